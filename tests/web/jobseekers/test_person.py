"""The pages about one young person: who may open them, what they show, what can be changed."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.accounts.permissions import Role
from placement.audit.models import AuditEntry, LookReason
from placement.clock import today_in_helsinki, utcnow
from placement.jobseekers.models import OwnWords, Youth
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient
from tests.support.queries import counted_queries

pytestmark = pytest.mark.database

FIVE = {"PEO01": "yes", "PEO02": "yes", "PEO03": "a_little", "FOO01": "yes", "HAN01": "yes"}
PAGES = ("", "/strengths", "/wishes", "/frame", "/contact", "/contact/edit", "/own-words")


@pytest.fixture
def sari(session: Session) -> Staff:
    return make_staff(session)


@pytest.fixture
def aino(session: Session, sari: Staff) -> Youth:
    return make_youth(session, sari)


def _views(session: Session, youth: Youth) -> int:
    query = select(AuditEntry).where(AuditEntry.action == "youth.viewed", AuditEntry.youth_id == youth.id)
    return len(session.scalars(query).all())


def _reason(session: Session, staff: Staff, youth: Youth, *, hours: int = 1) -> None:
    now = utcnow()
    values = {"created_at": now - timedelta(days=1), "until": now + timedelta(hours=hours)}
    session.add(LookReason(staff_id=staff.id, youth_id=youth.id, reason="covering for Sari", **values))


def test_the_head_tells_who_the_person_is_in_one_line(page: PageClient, session: Session, sari: Staff) -> None:
    mikko = make_staff(session, sari.centre, first_name="Mikko")
    youth = make_youth(session, sari, deputy_id=mikko.id, languages={"fi": "native", "en": "A2", "sv": "B1"})
    shown = page.sign_in(sari).get(f"/young-people/{youth.id}")
    assert shown.heading == "Aino K."
    assert "speaks Finnish, Swedish, some English · travels up to 40 min · own adult Sari, deputy Mikko" in shown.text


@pytest.mark.parametrize("path", PAGES)
def test_each_view_of_a_person_is_logged_once(
    page: PageClient, session: Session, sari: Staff, aino: Youth, path: str
) -> None:
    page.sign_in(sari).get(f"/young-people/{aino.id}{path}")
    assert _views(session, aino) == 1


@pytest.mark.parametrize("path", PAGES)
def test_a_person_of_another_centre_is_not_there(page: PageClient, session: Session, aino: Youth, path: str) -> None:
    stranger = make_staff(session, make_centre(session))
    page.sign_in(stranger).get(f"/young-people/{aino.id}{path}", status=404)
    page.get(f"/young-people/{aino.id}/why", status=404)
    assert _views(session, aino) == 0


def test_another_worker_gives_a_reason_first_and_then_looks(
    page: PageClient, session: Session, sari: Staff, aino: Youth
) -> None:
    mikko = make_staff(session, sari.centre, first_name="Mikko", last_name="Salo")
    shown = page.sign_in(mikko).get(f"/young-people/{aino.id}/strengths", status=303)
    assert _views(session, aino) == 0
    shown = page.get(shown.response.location)
    assert shown.heading == "Why do you look?"
    shown = page.submit("Look at the details", status=422, reason="abc")
    assert "Write a few words more" in shown.text
    shown = page.submit("Look at the details", reason="Sari is ill and a visit was moved")
    assert shown.heading == "Aino K."
    assert "/strengths" in shown.response.request.path
    assert _views(session, aino) == 1
    log = page.sign_in(sari).get(f"/young-people/{aino.id}/contact").text
    assert "Mikko Salo" in log
    assert "Sari is ill and a visit was moved" in log


def test_a_reason_given_too_long_ago_does_not_hold(
    page: PageClient, session: Session, sari: Staff, aino: Youth
) -> None:
    mikko = make_staff(session, sari.centre)
    _reason(session, mikko, aino, hours=-1)
    page.sign_in(mikko).get(f"/young-people/{aino.id}", status=303)


def test_the_way_back_after_a_reason_stays_on_these_pages(
    page: PageClient, session: Session, sari: Staff, aino: Youth
) -> None:
    mikko = make_staff(session, sari.centre)
    page.sign_in(mikko).get(f"/young-people/{aino.id}/why?next=https://example.org/")
    shown = page.submit("Look at the details", reason="covering for Sari")
    assert shown.response.request.path == f"/young-people/{aino.id}"


def test_a_form_sent_without_a_reason_changes_nothing_and_can_be_sent_again(
    page: PageClient, session: Session, sari: Staff, aino: Youth
) -> None:
    mikko = make_staff(session, sari.centre)
    _reason(session, mikko, aino)
    form = page.sign_in(mikko).get(f"/young-people/{aino.id}/own-words")
    session.query(LookReason).delete()
    page.submit("Save", status=302, text="I fix bikes")
    assert session.scalars(select(OwnWords)).all() == []
    _reason(session, mikko, aino)
    page.page = form
    page.submit("Save", text="I fix bikes")
    assert len(session.scalars(select(OwnWords)).all()) == 1


def test_roles_without_permission_do_not_open_a_person(
    page: PageClient, session: Session, sari: Staff, aino: Youth
) -> None:
    for role in (Role.EMPLOYER_WORKER, Role.AUTHORITY, Role.ADMIN, Role.AUDITOR, Role.PAIR_MEMBER):
        worker = make_staff(session, sari.centre, role)
        page.sign_in(worker).get(f"/young-people/{aino.id}", status=403)
    assert _views(session, aino) == 0


def test_a_coordinator_with_a_reason_looks_but_changes_nothing(
    page: PageClient, session: Session, sari: Staff, aino: Youth
) -> None:
    lead = make_staff(session, sari.centre, Role.LEAD)
    _reason(session, lead, aino)
    shown = page.sign_in(lead).get(f"/young-people/{aino.id}/strengths")
    assert not shown.select("#main-form button")
    page.submit(form="main-form", status=403, PEO01="yes")
    page.get(f"/young-people/{aino.id}")
    page.get(f"/young-people/{aino.id}/frame", status=403)


def test_only_the_named_workers_see_contact_details_and_area(page: PageClient, session: Session, sari: Staff) -> None:
    secrets = ("1234567", "hidden@example.fi", "Rovaniemi", "up to 40 min", "rotected contact")
    youth = make_youth(session, sari, protected_contact=True, phone="+358401234567", email="hidden@example.fi")
    mikko = make_staff(session, sari.centre)
    _reason(session, mikko, youth)
    page.sign_in(mikko)
    for path in ("", "/strengths", "/wishes", "/contact"):
        html = page.get(f"/young-people/{youth.id}{path}").html
        assert not [secret for secret in secrets if secret in html]
    page.get(f"/young-people/{youth.id}/contact/edit", status=403)
    page.get(f"/young-people/{youth.id}/frame", status=403)
    page.sign_in(sari)
    assert "Rovaniemi" in page.get(f"/young-people/{youth.id}").text
    contact = page.get(f"/young-people/{youth.id}/contact").text
    assert "+358401234567" in contact
    assert "Protected contact" in contact


def test_a_contact_is_noted_with_the_next_step(page: PageClient, session: Session, sari: Staff, aino: Youth) -> None:
    page.sign_in(sari).get(f"/young-people/{aino.id}")
    shown = page.submit("Record a contact", status=422, next_step="Visit a café", next_on="1.1.2020")
    assert shown.errors == ["On which day – Give a day that is today or later."]
    assert shown.select("#next_step")[0]["value"] == "Visit a café"
    tomorrow = today_in_helsinki() + timedelta(days=1)
    shown = page.submit("Record a contact", next_step="Visit a café", next_on=tomorrow.isoformat())
    assert shown.flashes == ["Done: The contact was noted."]
    assert "Visit a café" in shown.text
    assert (aino.last_contact_on, aino.next_on) == (today_in_helsinki(), tomorrow)


def test_the_strengths_shown_and_missing_are_told(page: PageClient, session: Session, sari: Staff) -> None:
    youth = make_youth(session, sari, cards={"PEO01": "yes"})
    shown = page.sign_in(sari).get(f"/young-people/{youth.id}")
    assert "I get along with different people" in shown.text
    assert "4 more strengths are needed before places can be suggested." in shown.text
    ready = make_youth(session, sari, cards=FIVE)
    assert "5 strengths told. Places can be suggested." in page.get(f"/young-people/{ready.id}/strengths").text


def test_contact_details_are_changed(page: PageClient, session: Session, sari: Staff, aino: Youth) -> None:
    page.sign_in(sari).get(f"/young-people/{aino.id}/contact/edit")
    shown = page.submit("Save", status=422, channel="email", first_name="Aina")
    assert shown.errors == ["E-mail address – Write the e-mail address, or choose another way for messages."]
    assert shown.select("#first_name")[0]["value"] == "Aina"
    shown = page.submit("Save", email="aina@example.fi")
    assert shown.flashes == ["Done: The details were saved."]
    assert (aino.first_name, aino.email, aino.sort_name) == ("Aina", "aina@example.fi", "koskela aina")


def test_a_change_made_meanwhile_is_not_overwritten_unknowingly(
    page: PageClient, session: Session, sari: Staff, aino: Youth
) -> None:
    page.sign_in(sari).get(f"/young-people/{aino.id}/contact/edit")
    aino.phone = "+358409999999"
    session.commit()
    shown = page.submit("Save", status=409, first_name="Aina")
    assert "Different from what is saved now: First name, Phone number." in shown.text
    assert (aino.first_name, aino.phone) == ("Aino", "+358409999999")
    page.submit("Save", phone="+358409999999")
    assert (aino.first_name, aino.phone) == ("Aina", "+358409999999")


def test_a_person_whose_workers_have_left_gets_a_new_own_adult(
    page: PageClient, session: Session, sari: Staff, aino: Youth
) -> None:
    mikko = make_staff(session, sari.centre, first_name="Mikko")
    _reason(session, mikko, aino)
    page.sign_in(mikko)
    assert "Become the own adult" not in page.get(f"/young-people/{aino.id}").html
    sari.active = False
    page.get(f"/young-people/{aino.id}")
    shown = page.submit("Become the own adult")
    assert "own adult Mikko" in shown.text
    assert aino.one_adult_id == mikko.id


def test_the_birth_date_shows_only_as_age_outside_the_contact_page(
    page: PageClient, session: Session, sari: Staff
) -> None:
    youth = make_youth(session, sari, birth_date=date(2007, 5, 4))
    assert "4.5.2007" not in page.sign_in(sari).get(f"/young-people/{youth.id}").text
    assert "4.5.2007" in page.get(f"/young-people/{youth.id}/contact").text


@pytest.mark.parametrize("path", ["", "/strengths", "/contact"])
def test_a_fuller_profile_asks_the_database_no_more(
    page: PageClient, session: Session, sari: Staff, engine: Engine, path: str
) -> None:
    bare = make_youth(session, sari, cards={"PEO01": "yes"})
    full = make_youth(session, sari, cards=FIVE)
    for youth in (bare, full, full, full):
        session.add(OwnWords(youth_id=youth.id, text="I cook", language="en", card_ids=[]))
    page.sign_in(sari)
    for youth, views in ((bare, 1), (full, 6)):
        for _number in range(views):
            page.get(f"/young-people/{youth.id}{path}")
    with counted_queries(engine) as few:
        page.get(f"/young-people/{bare.id}{path}")
    with counted_queries(engine) as many:
        page.get(f"/young-people/{full.id}{path}")
    assert len(many) == len(few)
