"""Support and days at work: the pages of staff, and of the young person and the workplace by link."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.audit.services import Actor
from placement.clock import today_in_helsinki, utcnow
from placement.notifications.models import Message
from placement.placements.kinds import PartyRole
from placement.placements.links import LIFETIME
from placement.placements.models import Placement, PlacementLink
from placement.placements.support_plan.models import CheckIn, HowItGoes, Worry
from placement.placements.support_plan.services import raise_worry
from tests.support.factories.centres import make_staff
from tests.support.factories.support import link_of, make_running
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient
from tests.support.queries import counted_queries

pytestmark = pytest.mark.database
MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def sari(session: Session) -> Staff:
    return make_staff(session)


@pytest.fixture
def trial(session: Session, sari: Staff) -> Placement:
    return make_running(session, sari, starts_on=MONDAY)


def test_the_plan_is_seen_taken_and_moved(page: PageClient, sari: Staff, trial: Placement):
    opened = page.sign_in(sari).get(f"/placements/{trial.id}")
    assert "First-day call" in opened.text
    page.get(f"/placements/{trial.id}/support")
    [done, move] = [link for link in page.page.links() if link.endswith(("/done", "/move"))][:2]
    page.get(done)
    assert page.submit("Save", note="Aino was happy", minutes="15").flashes == ["Done: Noted."]
    assert "Aino was happy · 15 min" in page.page.text
    later = next(link for link in page.page.links() if link.endswith("/move"))
    assert later != move
    page.get(later)
    page.submit("Save", status=409, due_on="1.6.2030")
    page.get(later)
    page.submit("Save", due_on="27.11.2026")
    assert "Fri 27.11.2026" in page.page.text


def test_a_worry_and_help_are_noted_and_what_was_typed_stays(page: PageClient, sari: Staff, trial: Placement):
    page.sign_in(sari).get(f"/placements/{trial.id}/worries/new")
    assert page.submit("Save", status=422).errors == ["What is not going well? – Tell what it is."]
    page.submit("Save", status=422, text="Their code is 131052-308T")
    page.submit("Save", text="The bus comes late")
    page.get(next(link for link in page.page.links() if link.endswith("/solve")))
    page.submit("Save", solution="Starts at 9.30")
    assert "What helped: Starts at 9.30" in page.page.text
    page.get(f"/placements/{trial.id}/help")
    page.submit("Save", minutes="45", helped_with="tax_card")
    assert "Tax card and bank details" in page.page.text
    assert "45 min in all" in page.page.text


def test_one_tap_of_the_young_person_becomes_a_task_today_until_called_back(
    page: PageClient, session: Session, sari: Staff, trial: Placement
):
    token = link_of(session, trial, PartyRole.PARTICIPANT)
    for _ in range(2):
        page.get(f"/at-work/{token}")
    assert session.scalar(select(CheckIn.id)) is None, "opening the page told nothing"
    assert page.submit("Call me").flashes == ["Done: Thank you. Somebody from Ohjaamo calls you."]
    assert "You answered: Call me" in page.page.text
    assert "Aino K. asks you to call: Pyöräpaja Sato" in page.sign_in(sari).get("/today/").text
    page.get(f"/placements/{trial.id}/support")
    page.submit("Called back")
    assert "asks you to call" not in page.get("/today/").text


def test_the_guide_marks_an_untold_absence_and_the_adult_hears(
    page: PageClient, session: Session, sari: Staff, trial: Placement
):
    token = link_of(session, trial, PartyRole.GUIDE)
    page.get(f"/at-work/{token}")
    page.submit("Away, did not tell : 25.11.2026")
    assert session.scalar(select(Message.name).where(Message.staff_id == sari.id)) == "absence_not_told"
    assert "was away from Pyöräpaja Sato and had not told" in page.sign_in(sari).get("/today/").text
    page.get(f"/placements/{trial.id}/attendance")
    page.submit("Reached them")
    assert "had not told" not in page.get("/today/").text


def test_a_young_person_marks_and_prints_their_own_days(page: PageClient, session: Session, trial: Placement):
    token = link_of(session, trial, PartyRole.PARTICIPANT)
    opened = page.get(f"/at-work/{token}")
    assert "did not tell" not in opened.text
    page.submit("I am at work : 25.11.2026")
    listed = page.get(f"/at-work/{token}/days")
    assert "At work: 1 · 2 days not marked" in listed.text
    assert "Ohjaamo sends nothing to Kela" in listed.text
    page.get(f"/at-work/{link_of(session, trial, PartyRole.GUIDE)}/days", status=404)


@pytest.mark.parametrize("role", [PartyRole.PARTICIPANT, PartyRole.GUIDE, PartyRole.ORGANISER])
def test_protected_contact_and_other_details_are_not_on_the_page_of_the_workplace(
    page: PageClient, session: Session, sari: Staff, role: PartyRole
):
    youth = make_youth(
        session, sari, protected_contact=True, phone="+358409998877", email="hidden@example.fi", last_name="Salainen"
    )
    trial = make_running(session, sari, starts_on=MONDAY, youth=youth)
    text = page.get(f"/at-work/{link_of(session, trial, role)}").html
    assert not any(secret in text for secret in ("9998877", "hidden@example.fi", "Salainen"))


def test_an_old_link_offers_a_new_one_once_an_hour(page: PageClient, session: Session, trial: Placement):
    token = link_of(session, trial, PartyRole.PARTICIPANT)
    with time_machine.travel(NOON + LIFETIME + timedelta(hours=1), tick=False):
        page.get(f"/at-work/{token}", status=404)
        for _ in range(2):
            page.submit("Send me a new link")
            page.get(f"/at-work/{token}", status=404)
        page.get("/at-work/made-up", status=404)
        page.submit("Send me a new link")
    names = session.scalars(select(Message.name)).all()
    assert names == ["placement_link_again"]


def test_a_withdrawn_link_stays_closed(page: PageClient, session: Session, trial: Placement):
    token = link_of(session, trial, PartyRole.PARTICIPANT)
    session.scalars(select(PlacementLink)).one().revoked_at = utcnow()
    page.get(f"/at-work/{token}", status=404)
    page.submit("Send me a new link")
    assert session.scalars(select(Message)).all() == []


def test_odd_answers_are_refused(page: PageClient, session: Session, trial: Placement):
    token = link_of(session, trial, PartyRole.GUIDE)
    page.get(f"/at-work/{token}")
    page.submit("Good", status=400, answer="perfect")
    page.get(f"/at-work/{token}")
    page.submit("At work : 25.11.2026", status=409, on="2031-01-01")


def test_the_boards_show_what_is_needed_and_their_queries_do_not_grow(
    page: PageClient, session: Session, sari: Staff, engine: Engine
):
    def add(number: int) -> None:
        for index in range(number):
            youth = make_youth(session, sari, first_name=f"Nuori{index}")
            trial = make_running(session, sari, starts_on=MONDAY, youth=youth, months=0 if index % 2 else 2)
            raise_worry(session, trial, text="Late bus", raised_by=None, actor=Actor.staff(sari))
        session.flush()

    def count(address: str) -> int:
        with counted_queries(engine) as statements:
            page.get(address)
        return len(statements)

    addresses = ("/placements/board", "/today/")
    page.sign_in(sari)
    assert "Nothing waits now" in page.get("/placements/board").text
    add(2)
    few = [count(address) for address in addresses]
    assert "Needs help now" in page.get("/placements/board").text
    add(8)
    assert [count(address) for address in addresses] == few


def test_an_open_worry_is_a_task_after_three_days(page: PageClient, session: Session, sari: Staff, trial: Placement):
    session.add(Worry(placement_id=trial.id, text="Late bus", raised_at=NOON - timedelta(days=3)))
    assert "A worry is open: Aino K. at Pyöräpaja Sato" in page.sign_in(sari).get("/today/").text


def test_another_worker_gives_a_reason_first(page: PageClient, session: Session, sari: Staff, trial: Placement):
    other = make_staff(session, sari.centre)
    response = page.sign_in(other).client.get(f"/placements/{trial.id}/support")
    assert response.status_code == 303
    assert "/why?" in response.location


def test_answers_of_both_sides_stand_beside_each_other(
    page: PageClient, session: Session, sari: Staff, trial: Placement
):
    for role, answer in ((PartyRole.PARTICIPANT, HowItGoes.SO_SO), (PartyRole.GUIDE, HowItGoes.GOOD)):
        session.add(
            CheckIn(placement_id=trial.id, role=role, on=today_in_helsinki(), answer=answer, answered_at=utcnow())
        )
    text = page.sign_in(sari).get(f"/placements/{trial.id}/support").text
    assert "So-so Aino Koskela" in text
    assert "Good Jari" in text
