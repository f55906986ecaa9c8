"""The open places: what everybody sees, and above all what nobody sees."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from placement.accounts.models import Centre
from placement.audit.services import Actor
from placement.centre_rules.services import override_rule
from placement.clock import today_in_helsinki
from placement.offers.models import Offer, OfferKind, Visibility
from placement.offers.states import OfferState
from tests.support.factories.centres import make_centre
from tests.support.factories.employers import make_employer, make_offer
from tests.support.page import PageClient
from tests.support.queries import counted_queries

pytestmark = pytest.mark.database
VEILED = "Salainen Kahvila"


@pytest.fixture
def centre(session: Session) -> Centre:
    return make_centre(session, name="Ohjaamo Kivilampi")


def open_place(session: Session, centre: Centre, **values: Any) -> Offer:
    employer = make_employer(session, centre, name=values.pop("employer", "Kahvila Aamu"))
    return make_offer(session, employer, **{"visibility": Visibility.OPEN, "street_area": "Rantakatu 3"} | values)


@pytest.mark.parametrize(
    "values",
    [
        {"visibility": Visibility.SELECTED},
        {"visibility": Visibility.INSIDE},
        {"paused_until": today_in_helsinki() + timedelta(days=5)},
        *({"state": state} for state in OfferState if state not in {OfferState.LIVE, OfferState.MATCHED}),
    ],
)
def test_what_is_not_open_to_all_is_nowhere(
    page: PageClient, session: Session, centre: Centre, values: dict[str, Any]
) -> None:
    hidden = open_place(session, centre, title="Not for everybody", **values)
    for address in ("/places/", "/places/?words=everybody", "/places/feed.atom"):
        assert "Not for everybody" not in page.client.get(address).text
    page.get(f"/places/{hidden.id}", status=404)
    page.get(f"/places/{hidden.id}/poster", status=404)


def test_veiled_employer_is_neither_shown_nor_found(page: PageClient, session: Session, centre: Centre) -> None:
    place = open_place(session, centre, employer=VEILED, employer_name_hidden=True, guide_name="Henna", title="Myyjä")
    addresses = ("/places/", "/places/feed.atom", f"/places/{place.id}", f"/places/{place.id}/poster")
    for address in addresses:
        shown = page.client.get(address).text
        assert "Myyjä" in shown
        assert not [word for word in (VEILED, "Rantakatu", "Henna") if word in shown], address
    assert "Myyjä" not in page.get("/places/?words=Salainen").text


def test_page_is_a_job_posting_that_machines_read(page: PageClient, session: Session, centre: Centre) -> None:
    place = open_place(session, centre, kind=OfferKind.OPEN_JOB, title="</script><b>Myyjä & co", pay="TES")
    shown = page.get(f"/places/{place.id}")
    [script] = shown.select('script[type="application/ld+json"]')
    posting = json.loads(script.string or "")
    assert posting["@type"] == "JobPosting"
    assert posting["title"] == "</script><b>Myyjä & co"
    assert posting["hiringOrganization"]["name"] == "Kahvila Aamu"
    assert posting["jobLocation"]["address"] == {
        "@type": "PostalAddress",
        "addressLocality": "Rovaniemi",
        "addressCountry": "FI",
        "streetAddress": "Rantakatu 3",
    }
    assert posting["employmentType"] == "PART_TIME"
    assert {"description", "datePosted", "validThrough"} <= set(posting)
    assert "noindex" not in shown.html


def test_places_are_found_by_words_kind_and_distance(page: PageClient, session: Session, centre: Centre) -> None:
    open_place(session, centre, title="Kahvila-apulainen", municipality_code="698")
    other = {"tasks": "", "task_family": None, "municipality_code": "091", "employer": "Pulla"}
    open_place(session, centre, title="Leipuri", kind=OfferKind.SUMMER_JOB, **other)
    assert "Leipuri" not in page.get("/places/?words=kahvilassa").text
    assert "Kahvila-apulainen" in page.get("/places/?words=kahvlia").text
    assert "Kahvila-apulainen" not in page.get("/places/?kind=summer_job").text
    assert "Leipuri" not in page.get("/places/?near=698&within_km=50").text
    assert "No place was found" in page.get("/places/?words=zeppelin").text


def test_feed_is_well_formed_whatever_was_written(page: PageClient, session: Session, centre: Centre) -> None:
    open_place(session, centre, title="Myyjä <&> \x0b siivooja")
    response = page.client.get("/places/feed.atom")
    assert response.content_type.startswith("application/atom+xml")
    feed = ET.fromstring(response.data)  # noqa: S314 - our own feed
    name = "{http://www.w3.org/2005/Atom}"
    [entry] = feed.findall(f"{name}entry")
    assert entry.findtext(f"{name}title") == "Myyjä <&>  siivooja"
    for wanted in ("id", "updated", "published", "summary"):
        assert entry.findtext(f"{name}{wanted}")


def test_the_expenses_of_a_trial_are_those_of_the_centre(page: PageClient, session: Session, centre: Centre) -> None:
    offer = make_offer(session, make_employer(session, centre), visibility=Visibility.OPEN)
    assert "9 € a day" in page.get(f"/places/{offer.id}").text
    override_rule(
        session,
        centre_id=centre.id,
        rule_id="WT-23",
        unit="euros_per_day",
        value=Decimal(11),
        reason="Told by Kela",
        actor=Actor.system(centre.id),
    )
    session.flush()
    assert "11 € a day" in page.get(f"/places/{offer.id}").text


def test_poster_has_a_code_that_leads_to_the_page(page: PageClient, session: Session, centre: Centre) -> None:
    place = open_place(session, centre)
    shown = page.get(f"/places/{place.id}/poster")
    assert shown.select("svg")
    assert f"http://sauma.test/places/{place.id}" in shown.text


def test_list_asks_the_database_as_often_for_many_as_for_few(
    page: PageClient, session: Session, centre: Centre, engine: Engine
) -> None:
    counts = []
    for number in (1, 12):
        for _ in range(number):
            open_place(session, centre)
        session.commit()
        with counted_queries(engine) as statements:
            page.get("/places/")
        counts.append(len(statements))
    assert counts[0] == counts[1]
