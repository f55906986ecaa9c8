"""Merging on the page, filling in from the company register, two who edit at once, and finding employers."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from placement.employers.models import Employer, RegisterStatus
from placement.employers.register.models import CompanyRecord
from placement.settings import Settings
from tests.support.company_register import NUMBER, Register, running_register
from tests.support.factories.centres import make_staff
from tests.support.factories.employers import make_contact, make_employer, make_offer, make_talk
from tests.support.page import PageClient
from tests.support.queries import counted_queries


@pytest.fixture
def asked(app: Flask, settings: Settings) -> Iterator[Register]:
    """The register, used by the service of this test."""
    with running_register() as made:
        app.config["SAUMA_SETTINGS"] = settings.model_copy(update={"company_register_url": made.address})
        yield made
    app.config["SAUMA_SETTINGS"] = settings


def test_a_pair_is_compared_merged_and_taken_back(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    kept = make_employer(session, staff.centre, name="Leipomo Rukiinen")
    other = make_employer(session, staff.centre, name="Rukiinen Leipomo Oy", phone="+358401234567")
    make_contact(session, other, name="Henna Aalto")
    page.sign_in(staff)
    shown = page.get("/employers/duplicates")
    assert "A name like this" in shown.text
    page.get(f"/employers/{kept.id}/merge?other_id={other.id}")
    other.industry = "Bakery"
    shown = page.submit("Merge them", status=409)
    assert "Somebody else has changed one of these employers" in shown.text
    assert "Bakery" in shown.text
    shown = page.submit("Merge them")
    assert "Henna Aalto" in shown.text
    assert "Rukiinen Leipomo Oy" not in page.get("/employers/").text
    # The old address leads to the one that stays.
    assert page.get(f"/employers/{other.id}", status=303).response.location.endswith(f"/employers/{kept.id}")
    page.get(f"/employers/{other.id}/edit", status=409)
    page.get(f"/employers/{kept.id}")
    shown = page.submit("Take the merge back")
    assert "Henna Aalto" not in shown.text
    assert "Henna Aalto" in page.get(f"/employers/{other.id}").text


def test_the_register_fills_in_the_form_once_and_is_remembered(
    page: PageClient, session: Session, asked: Register
) -> None:
    page.sign_in(make_staff(session))
    page.get("/employers/look-up")
    shown = page.submit("Fetch", business_id=NUMBER)
    assert shown.select("#name")[0]["value"] == "Leipomo Koe Oy"
    assert shown.select("#street_address")[0]["value"] == "Rantakatu 4 B, 33100 Tampere"
    shown = page.submit("Save")
    employer = session.scalars(select(Employer)).one()
    assert (employer.industry_code, employer.industry_version) == ("10710", "TOL 2008")
    assert employer.register_status is RegisterStatus.ACTIVE
    assert "10710 (TOL 2008)" in shown.text
    page.get(f"/employers/{employer.id}")
    page.submit("Fetch from the company register")
    assert len(asked.asked) == 1


@pytest.mark.parametrize(("status", "said"), [(429, "too often"), (503, "does not answer"), (404, "does not know")])
def test_without_an_answer_the_employer_is_added_by_hand(
    page: PageClient, session: Session, asked: Register, status: int, said: str
) -> None:
    asked.status = status
    page.sign_in(make_staff(session))
    page.get("/employers/look-up")
    shown = page.submit("Fetch", business_id=NUMBER)
    assert said in shown.flashes[0]
    assert shown.select("#business_id")[0]["value"] == NUMBER
    page.submit("Save", name="Leipomo Koe")
    assert session.scalars(select(Employer)).one().register_status is None


def test_a_wrong_business_id_is_told_beside_its_field_and_nobody_is_asked(
    page: PageClient, session: Session, asked: Register
) -> None:
    page.sign_in(make_staff(session))
    page.get("/employers/look-up")
    shown = page.submit("Fetch", status=422, business_id="0112038-8")
    assert "the last digit" in shown.select("#business_id-error")[0].get_text()
    assert asked.asked == []


def test_without_the_setting_nobody_is_asked(page: PageClient, session: Session) -> None:
    page.sign_in(make_staff(session))
    page.get("/employers/look-up")
    page.submit("Go on", business_id=NUMBER)
    assert session.scalars(select(CompanyRecord)).all() == []


def test_two_who_edit_at_once_see_both_and_keep_what_they_typed(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    employer = make_employer(session, staff.centre)
    page.sign_in(staff)
    page.get(f"/employers/{employer.id}/edit")
    employer.industry = "Bakery"
    shown = page.submit("Save", status=409, name="Kahvila Ilta", industry="Café")
    assert shown.select("#name")[0]["value"] == "Kahvila Ilta"
    assert "Bakery" in shown.text
    page.submit("Save")
    assert session.get_one(Employer, employer.id).industry == "Café"


@pytest.mark.parametrize("words", ["ravintolan", "RAVINTOLOISTA", "ravintla", "restaurangen", "raision"])
def test_employers_are_found_in_any_inflection_and_with_a_slip(page: PageClient, session: Session, words: str) -> None:
    staff = make_staff(session)
    found = make_employer(session, staff.centre, name="Katajainen", industry="Ravintola, restaurang")
    found.municipality_code = "680"
    make_employer(session, staff.centre, name="Rakennus Virtanen", industry="Rakentaminen")
    page.sign_in(staff)
    rows = [row.get_text() for row in page.get(f"/employers/?words={words}").select("tbody th")]
    assert len(rows) == 1
    assert "Katajainen" in rows[0]


def test_employers_are_narrowed_by_distance_work_and_silence(
    page: PageClient, session: Session, engine: Engine
) -> None:
    staff = make_staff(session)
    near = make_employer(session, staff.centre, name="Near")
    near.municipality_code = "049"
    far = make_employer(session, staff.centre, name="Far")
    far.municipality_code = "564"
    make_offer(session, near, task_family="T11")
    make_offer(session, far, task_family="T02")
    make_talk(session, near, staff)
    page.sign_in(staff)

    def names(query: str) -> set[str]:
        return {row.get_text().strip() for row in page.get(f"/employers/?{query}").select("tbody th a")}

    assert names("municipality_code=091&within_km=25") == {"Near"}
    assert names("municipality_code=091") == set()
    assert names("task_family=T02") == {"Far"}
    assert names("silent_days=30") == {"Far"}
    assert names("within_km=abc&silent_days=7&task_family=zz") == set()
    counts = []
    for _round in range(2):
        with counted_queries(engine) as statements:
            names("municipality_code=091&within_km=25&words=near&silent_days=90&task_family=T11")
        counts.append(len(statements))
        for number in range(5):
            make_offer(session, make_employer(session, staff.centre, name=f"Near {number}"))
    assert counts[0] == counts[1]
