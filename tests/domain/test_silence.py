"""Silence: 21 days, and 5 around a start; any word with the young person ends it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.audit.services import Actor
from placement.caseload.queries import caseload_of
from placement.caseload.silence import days_of_silence, quiet_young_people
from placement.clock import today_in_helsinki
from placement.placements.kinds import PartyRole
from placement.placements.states import PlacementState
from placement.placements.support_plan.check_ins import tell_how_it_goes
from placement.placements.support_plan.models import HowItGoes
from placement.placements.support_plan.queries import steps_of
from placement.placements.support_plan.services import take_support_step
from tests.support.factories.centres import make_staff
from tests.support.factories.support import make_running, set_state
from tests.support.factories.youths import make_youth

pytestmark = pytest.mark.database
MONDAY = date(2026, 11, 2)


@pytest.fixture
def sari(session: Session) -> Staff:
    return make_staff(session)


def at(day: date) -> time_machine.travel:
    return time_machine.travel(datetime(day.year, day.month, day.day, 10, tzinfo=UTC), tick=False)


def test_twenty_one_days_without_contact_are_quiet(session: Session, sari: Staff) -> None:
    today = today_in_helsinki()
    named = {days: make_youth(session, sari, last_contact_on=today - timedelta(days=days)) for days in (20, 21, 40)}
    never = make_youth(session, sari)
    assert quiet_young_people(session, sari, on=today) == [named[40], named[21]]
    assert days_of_silence(session, named.values(), on=today) == {named[21].id: 21, named[40].id: 40}
    later = today + timedelta(days=21)
    assert never in quiet_young_people(session, sari, on=later)
    assert never not in quiet_young_people(session, sari, on=later - timedelta(days=1))


@pytest.mark.parametrize(
    ("week", "days", "is_quiet"),
    [(0, 4, False), (0, 5, True), (4, 5, True), (5, 5, False), (5, 20, False), (5, 21, True)],
)
def test_five_days_are_quiet_in_the_first_four_weeks_of_a_placement(
    session: Session, sari: Staff, week: int, days: int, is_quiet: bool
) -> None:
    today = MONDAY + timedelta(weeks=week)
    with at(MONDAY):
        youth = make_youth(session, sari, last_contact_on=today - timedelta(days=days))
        make_running(session, sari, starts_on=MONDAY, youth=youth)
    with at(today):
        assert [one.id for one in quiet_young_people(session, sari, on=today)] == [youth.id] * is_quiet
        assert days_of_silence(session, [youth], on=today) == ({youth.id: days} if is_quiet else {})
        assert [row.is_quiet for row in caseload_of(session, sari, on=today)] == [is_quiet]


def test_a_placement_that_is_over_asks_for_no_more_than_usual(session: Session, sari: Staff) -> None:
    with at(MONDAY):
        trial = make_running(session, sari, starts_on=MONDAY)
        trial.youth.last_contact_on = MONDAY - timedelta(days=10)
    assert quiet_young_people(session, sari, on=MONDAY) == [trial.youth]
    set_state(session, trial, PlacementState.ENDED)
    assert quiet_young_people(session, sari, on=MONDAY) == []
    assert not any(row.is_quiet for row in caseload_of(session, sari, on=MONDAY))


@pytest.mark.parametrize("word", ["talk", "answer", "message"])
def test_a_talk_and_an_answer_end_the_silence_and_a_message_does_not(session: Session, sari: Staff, word: str) -> None:
    with at(MONDAY):
        trial = make_running(session, sari, starts_on=MONDAY)
        trial.youth.last_contact_on = MONDAY - timedelta(days=10)
        session.flush()
        version = trial.youth.version
        if word != "answer":
            step, actor = steps_of(session, trial.id)[0], Actor.staff(sari) if word == "talk" else Actor.system()
            take_support_step(session, step, placement=trial, note="", minutes=5, actor=actor)
        else:
            actor = Actor.youth(trial.youth_id, trial.centre_id)
            tell_how_it_goes(session, trial, role=PartyRole.PARTICIPANT, answer=HowItGoes.GOOD, actor=actor)
        session.flush()
        session.refresh(trial.youth)
    assert trial.youth.last_contact_on == (MONDAY - timedelta(days=10) if word == "message" else MONDAY)
    assert trial.youth.version == version, "nobody who has a form of theirs open is refused"
