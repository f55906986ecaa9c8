"""The list of young people and adding one."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.accounts.permissions import Role
from placement.audit.models import AuditEntry
from placement.clock import today_in_helsinki
from placement.jobseekers.models import Youth
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient
from tests.support.queries import counted_queries

pytestmark = pytest.mark.database

NEW = {
    "first_name": "Elias",
    "last_name": "Niemi",
    "birth_date": "9.3.2006",
    "language": "en",
    "channel": "sms",
    "phone": "040 111 2233",
}


@pytest.fixture
def sari(session: Session) -> Staff:
    return make_staff(session)


def _count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Youth)) or 0


def test_a_worker_sees_the_young_people_they_serve(page: PageClient, session: Session, sari: Staff) -> None:
    today = today_in_helsinki()
    mikko = make_staff(session, sari.centre, first_name="Mikko")
    make_youth(session, sari, cards={"PEO01": "yes"}, next_step="Visit a café", next_on=today - timedelta(days=1))
    make_youth(session, mikko, first_name="Onni", deputy_id=sari.id, last_contact_on=today - timedelta(days=30))
    make_youth(session, mikko, first_name="Venla")
    shown = page.sign_in(sari).get("/young-people/")
    assert shown.heading == "Young people"
    assert "Aino K." in shown.text
    assert "Visit a café" in shown.text
    assert "Day has passed" in shown.text
    assert "Onni K." in shown.text
    assert "You are the deputy" in shown.text
    assert "Quiet for 30 days" in shown.text
    assert "Strengths being found" in shown.text
    assert "Venla" not in shown.text
    assert "Koskela" not in shown.text


def test_the_list_of_all_tells_only_short_name_and_own_adult(page: PageClient, session: Session, sari: Staff) -> None:
    mikko = make_staff(session, sari.centre, first_name="Mikko", last_name="Salo")
    make_youth(session, mikko, first_name="Venla", phone="+358401234567", next_step="Secret step")
    elsewhere = make_staff(session, make_centre(session))
    make_youth(session, elsewhere, first_name="Otso")
    shown = page.sign_in(sari).get("/young-people/all")
    assert "Venla K." in shown.text
    assert "Mikko Salo" in shown.text
    for hidden in ("Koskela", "1234567", "Secret step", "Otso"):
        assert hidden not in shown.html


def test_the_list_is_searched_by_name(page: PageClient, session: Session, sari: Staff) -> None:
    make_youth(session, sari)
    make_youth(session, sari, first_name="Onni")
    shown = page.sign_in(sari).get("/young-people/?search=onni")
    assert "Onni K." in shown.text
    assert "Aino" not in shown.text
    assert "Nobody with that name" in page.get("/young-people/?search=zzz").text


def test_an_empty_list_says_what_to_do_first(page: PageClient, sari: Staff) -> None:
    shown = page.sign_in(sari).get("/young-people/")
    assert "No young people yet" in shown.text
    assert "/young-people/add" in shown.links()


def test_protected_contact_is_never_told_by_a_list(page: PageClient, session: Session, sari: Staff) -> None:
    make_youth(session, sari, protected_contact=True, phone="+358401234567", email="secret@example.fi")
    page.sign_in(sari)
    for address in ("/young-people/", "/young-people/all"):
        shown = page.get(address)
        assert "Aino K." in shown.text
        for hidden in ("1234567", "secret@", "rotected"):
            assert hidden not in shown.html


@pytest.mark.parametrize("address", ["/young-people/", "/young-people/all"])
def test_a_longer_list_asks_the_database_no_more(
    page: PageClient, session: Session, sari: Staff, engine: Engine, address: str
) -> None:
    deputy = make_staff(session, sari.centre, first_name="Mikko")

    def add(count: int) -> None:
        for _number in range(count):
            make_youth(session, sari, deputy_id=deputy.id, cards={"PEO01": "yes"})

    add(2)
    page.sign_in(sari).get(address)
    with counted_queries(engine) as few:
        page.get(address)
    add(20)
    session.commit()
    with counted_queries(engine) as many:
        page.get(address)
    assert len(many) == len(few)


def test_a_long_list_has_pages(page: PageClient, session: Session, sari: Staff) -> None:
    for number in range(27):
        make_youth(session, sari, first_name=f"Name{number:02}")
    first = page.sign_in(sari).get("/young-people/")
    assert "Name00" in first.text
    assert "Name26" not in first.text
    assert "Name26" in page.get("/young-people/?page=2").text


def test_roles_without_permission_do_not_open_the_lists(page: PageClient, session: Session, sari: Staff) -> None:
    worker = make_staff(session, sari.centre, Role.EMPLOYER_WORKER)
    page.sign_in(worker).get("/young-people/", status=403)
    page.get("/young-people/add", status=403)
    pair_member = make_staff(session, sari.centre, Role.PAIR_MEMBER)
    page.sign_in(pair_member).get("/young-people/all", status=403)


def test_a_young_person_is_added_and_strengths_come_next(page: PageClient, session: Session, sari: Staff) -> None:
    page.sign_in(sari).get("/young-people/add")
    shown = page.submit("Add", **NEW)
    assert shown.flashes == ["Done: Elias N. was added. Next: find strengths together."]
    youth = session.scalars(select(Youth)).one()
    assert (youth.phone, youth.one_adult_id, youth.birth_date) == ("+358401112233", sari.id, date(2006, 3, 9))
    assert youth.centre_id == sari.centre_id


def test_what_is_missing_is_said_and_what_was_typed_stays(page: PageClient, session: Session, sari: Staff) -> None:
    page.sign_in(sari).get("/young-people/add")
    given = {**NEW, "first_name": " ", "birth_date": "1.13.2006", "phone": "", "last_name": "Niemi"}
    shown = page.submit("Add", status=422, **given)
    assert shown.errors == [
        "First name – Write the first name.",
        "Date of birth – There is no such day. Check the day and the month.",
        "Phone number – Write the phone number, or choose another way for messages.",
    ]
    assert shown.select("#last_name")[0]["value"] == "Niemi"
    assert shown.select("#birth_date")[0]["value"] == "1.13.2006"
    assert _count(session) == 0


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"birth_date": "1.1.1990"}, "13 to 29 years"),
        ({"channel": "email", "email": ""}, "Write the e-mail address, or choose"),
        ({"email": "elias@"}, "like this: name@example.fi"),
        ({"phone": "12"}, "like this: 040 123 4567"),
        ({"last_name": "Niemi 090306A123N"}, "Remove the personal identity code"),
    ],
)
def test_wrong_details_are_refused(
    page: PageClient, session: Session, sari: Staff, changed: dict[str, str], message: str
) -> None:
    page.sign_in(sari).get("/young-people/add")
    shown = page.submit("Add", status=422, **{**NEW, **changed})
    assert message in shown.text
    assert _count(session) == 0


def test_the_deputy_is_somebody_else(page: PageClient, session: Session, sari: Staff) -> None:
    page.sign_in(sari).get("/young-people/add")
    shown = page.submit("Add", status=422, **NEW, deputy_id=str(sari.id))
    assert "Choose somebody else than the own adult" in shown.text


def test_a_worker_of_another_centre_cannot_be_own_adult(page: PageClient, session: Session, sari: Staff) -> None:
    stranger = make_staff(session, make_centre(session))
    page.sign_in(sari).get("/young-people/add")
    page.submit("Add", status=422, **NEW, one_adult_id=str(stranger.id))
    assert _count(session) == 0


def test_a_lookalike_is_shown_and_can_be_passed_by_a_tick(page: PageClient, session: Session, sari: Staff) -> None:
    make_youth(session, sari, first_name="Elias", last_name="Nieminen", phone="+358401112233")
    page.sign_in(sari).get("/young-people/add")
    shown = page.submit("Add", status=422, **NEW)
    assert "Elias N., own adult Sari Lahtinen" in shown.text
    assert _count(session) == 1
    page.submit("Add", is_another="y")
    assert _count(session) == 2


def test_the_same_form_twice_adds_one_person(page: PageClient, session: Session, sari: Staff) -> None:
    form = page.sign_in(sari).get("/young-people/add")
    page.submit("Add", **NEW)
    page.page = form
    page.submit("Add", **NEW)
    assert _count(session) == 1


def test_switching_the_language_keeps_what_was_typed(page: PageClient, session: Session, sari: Staff) -> None:
    page.sign_in(sari).get("/young-people/add")
    shown = page.submit(form="main-form", status=422, **NEW, _language="sv")
    assert shown.soup.html is not None
    assert shown.soup.html["lang"] == "sv"
    assert shown.errors == []
    assert shown.select("#first_name")[0]["value"] == "Elias"
    assert _count(session) == 0


def test_looking_at_the_names_of_the_centre_is_logged(page: PageClient, session: Session, sari: Staff) -> None:
    youth = make_youth(session, make_staff(session, sari.centre, first_name="Mikko"))
    page.sign_in(sari).get("/young-people/all")
    seen = session.scalars(select(AuditEntry).where(AuditEntry.action == "youth.names_viewed")).one()
    assert seen.changes == {"youth_ids": [youth.id]}
    assert seen.actor_id == sari.id
