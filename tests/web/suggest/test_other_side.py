"""From the side of an offer, and a few places beside each other."""

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.accounts.permissions import Role
from placement.audit.models import AuditEntry
from placement.clock import today_in_helsinki
from placement.employers.models import Employer
from placement.jobseekers.models import Youth
from placement.offers.states import OfferState
from placement.suggestions.states import SuggestionState
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.employers import make_employer, make_offer
from tests.support.factories.suggestions import make_suggestion
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient
from tests.support.queries import counted_queries

CARDS = {"FOO01": "yes", "PEO16": "yes", "PEO01": "yes", "PEO04": "yes", "CAR01": "a_little"}


@pytest.fixture
def sari(session: Session) -> Staff:
    return make_staff(session)


@pytest.fixture
def employer(session: Session, sari: Staff) -> Employer:
    return make_employer(session, sari.centre)


def _youth(session: Session, sari: Staff, name: str, **values: object) -> Youth:
    return make_youth(session, sari, cards=CARDS, first_name=name, **values)


def test_an_offer_shows_whom_it_suits_among_ones_own_and_each_look_is_in_their_log(
    page: PageClient, session: Session, sari: Staff, employer: Employer
):
    offer = make_offer(session, employer, day_parts=["night"])
    aino = _youth(session, sari, "Aino", day_parts={"night": True})
    hidden = _youth(session, sari, "Helmi", day_parts={"night": True}, protected_contact=True)
    answered = _youth(session, sari, "Veikko", day_parts={"night": True})
    make_suggestion(session, youth=answered, offer=offer, made_by=sari, state=SuggestionState.INTERESTED)
    _youth(session, sari, "Ilona", day_parts={"night": False})
    _youth(session, sari, "Pauli", day_parts={"night": True}, paused_on=today_in_helsinki())
    _youth(session, make_staff(session, sari.centre), "Toini", day_parts={"night": True})

    opened = page.sign_in(sari).get(f"/young-people/that-fit/{offer.id}")

    lines = {line.get_text(" ", strip=True).split(" K.")[0].split()[-1]: line for line in opened.select("article.fit")}
    assert len(lines) == 3
    for name in ("Ilona", "Pauli", "Toini"):
        assert name not in opened.text
    assert "Wants to hear more" in opened.text
    told = next(line.get_text(" ") for line in opened.select("article.fit") if "Helmi" in line.get_text())
    assert "Protected contact" in told
    assert not any(word in told for word in (" km", " min", "same municipality"))
    looked = select(AuditEntry.youth_id).where(AuditEntry.action == "youth.fit_viewed")
    assert sorted(session.scalars(looked)) == sorted([aino.id, hidden.id, answered.id])


def _asked(statements: list[str]) -> list[str]:
    """Return what was asked of the database; each look is written into the log, one by one or at one go."""
    return [statement for statement in statements if statement.startswith("SELECT")]


def test_the_list_of_an_offer_asks_the_same_for_any_number_and_is_for_the_right_people(
    page: PageClient, session: Session, sari: Staff, employer: Employer, engine: Engine
):
    offer = make_offer(session, employer)
    closed = make_offer(session, employer, state=OfferState.SUBMITTED)
    foreign = make_offer(session, make_employer(session, make_centre(session)))
    _youth(session, sari, "Aino")
    page.sign_in(sari)
    address = f"/young-people/that-fit/{offer.id}"
    page.get(address)  # the offers are read in advance
    with counted_queries(engine) as one:
        page.get(address)
    for number in range(4):
        _youth(session, sari, f"Friend{number}")
    with counted_queries(engine) as five:
        assert "Friend3" in page.get(address).text
    assert len(_asked(five)) == len(_asked(one))
    assert "The offer is not open now." in page.get(f"/young-people/that-fit/{closed.id}").text
    page.get(f"/young-people/that-fit/{foreign.id}", status=404)
    for role in (Role.EMPLOYER_WORKER, Role.LEAD, Role.ADMIN):
        page.sign_in(make_staff(session, sari.centre, role)).get(address, status=403)


def test_two_places_are_told_field_by_field_what_is_asked_known_and_open(
    page: PageClient, session: Session, sari: Staff, employer: Employer
):
    aino = _youth(
        session,
        sari,
        "Aino",
        hours_per_week_min=10,
        hours_per_week_max=20,
        day_parts={"morning": True, "night": False},
        available_from=today_in_helsinki(),
    )
    fits = make_offer(session, employer, title="Café", hours_per_week=15, day_parts=["morning"])
    not_so = make_offer(session, employer, title="Bakery", hours_per_week=30, day_parts=["night"], licence_needed="B")

    opened = page.sign_in(sari).get(f"/young-people/{aino.id}/suggestions/compare?offer={fits.id}&offer={not_so.id}")

    rows = {
        row.find("th").get_text(strip=True): [cell.get_text(" ", strip=True) for cell in row.find_all("td")]
        for row in opened.select("table tbody tr")
    }
    assert rows["Hours a week"][1:] == ["15 h a week meets", "30 h a week does not meet"]
    assert "meets" in rows["Times of day"][1]
    assert "does not meet" in rows["Times of day"][2]
    assert rows["Driving licence"] == ["", "not asked for", "B not known"]
    assert "set aside by a rule" in rows["How well it fits"][2]
    assert "Send to Aino" in rows["What comes next"][1]
    assert "Why not this one?" in rows["What comes next"][2]


def test_comparing_needs_two_open_places_of_the_own_centre_and_tells_no_way_of_the_protected(
    page: PageClient, session: Session, sari: Staff, employer: Employer
):
    youth = _youth(session, sari, "Helmi", protected_contact=True, travel_minutes_max=5)
    here, there = make_offer(session, employer), make_offer(session, employer, municipality_code="091")
    foreign = make_offer(session, make_employer(session, make_centre(session)))
    page.sign_in(sari)
    address = f"/young-people/{youth.id}/suggestions/compare?offer="
    opened = page.get(f"{address}{here.id}&offer={there.id}")
    assert " min" not in opened.text.replace("minutes", "")
    for rest in ("", f"{here.id}", f"{here.id}&offer={foreign.id}", "x&offer=99999999999999999999"):
        assert "Choose two or three places" in page.get(address + rest).text
