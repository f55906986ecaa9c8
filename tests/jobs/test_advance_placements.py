"""The morning job of placements, and what may happen on the way: extensions, an end in the first days."""

from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.runner import Work
from jobs.tasks import advance_placements
from placement.accounts.models import Staff
from placement.audit.services import Actor
from placement.clock import helsinki_instant
from placement.errors import DomainError, TransitionNotAllowed
from placement.notifications.models import Message
from placement.placements.checks import missing_roles
from placement.placements.kinds import PartyRole
from placement.placements.models import Placement
from placement.placements.overrides import checklist
from placement.placements.reasons import ExtensionReason, Side, StopReason
from placement.placements.services import cancel, extend_placement, interrupt
from placement.placements.states import PlacementState
from tests.support.factories.centres import make_staff
from tests.support.factories.placements import sent_placement, sign_as, whole_placement

pytestmark = pytest.mark.database
MONDAY = date(2026, 11, 30)
BEFORE = date(2026, 11, 23)


def at(day: date) -> Any:
    return time_machine.travel(helsinki_instant(day, time(9)), tick=False)


def a_morning(app: Flask, day: date) -> None:
    with at(day):
        advance_placements.run(Work(app, "test:1"))


@pytest.fixture
def sari(session: Session) -> Staff:
    return make_staff(session)


@pytest.fixture
def placement(session: Session, sari: Staff) -> Placement:
    """A trial from 30.11.2026 to 29.1.2027 that everybody has signed a week before."""
    with at(BEFORE):
        made = sent_placement(session, sari, starts_on=MONDAY)
        sign_as(session, made)
    session.commit()
    return made


def test_it_starts_on_its_first_day_and_its_closing_begins_two_weeks_before_the_end(
    app: Flask, session: Session, placement: Placement
) -> None:
    states = {}
    for day in (MONDAY - timedelta(days=1), MONDAY, placement.ends_on - timedelta(days=15)):
        a_morning(app, day)
        states[day] = whole_placement(session, placement).state
    a_morning(app, placement.ends_on - timedelta(days=14))
    assert list(states.values()) == [PlacementState.READY, PlacementState.RUNNING, PlacementState.RUNNING]
    found = whole_placement(session, placement)
    assert found.state is PlacementState.ENDING
    assert found.started_on == MONDAY
    assert [event.action.value for event in found.events][-2:] == ["start", "begin_ending"]


def test_one_that_is_no_longer_in_order_goes_back_instead_of_starting(
    app: Flask, session: Session, placement: Placement
) -> None:
    whole_placement(session, placement).tasks = "Changed by a fault, past every check"
    session.commit()
    a_morning(app, MONDAY)
    assert whole_placement(session, placement).state is PlacementState.PREPARING


def test_who_has_not_signed_is_reminded_every_three_days_and_at_most_three_times(
    app: Flask, session: Session, sari: Staff
) -> None:
    with at(BEFORE):
        made = sent_placement(session, sari, starts_on=MONDAY + timedelta(days=30))
        sign_as(session, made, PartyRole.PARTICIPANT, PartyRole.AUTHORITY)
    session.commit()
    reminders = []
    for passed in range(20):
        a_morning(app, BEFORE + timedelta(days=passed, minutes=1))
        names = session.scalars(select(Message.name).where(Message.name == "agreement_reminder")).all()
        reminders.append(len(names))
    assert reminders[2:11:3] == [0, 1, 2]
    assert reminders[-1] == 3


@pytest.mark.parametrize(
    ("last_day", "apart"),
    [("2026-11-30", True), ("2026-12-04", True), ("2026-12-06", True), ("2026-12-07", False), ("2026-12-08", False)],
)
def test_an_end_within_the_first_five_working_days_is_counted_apart(
    app: Flask, session: Session, placement: Placement, last_day: str, apart: bool
) -> None:
    a_morning(app, MONDAY)
    found = whole_placement(session, placement)
    with at(date(2026, 12, 10)):
        interrupt(
            session,
            found,
            reason=StopReason.DID_NOT_SUIT,
            last_day=date.fromisoformat(last_day),
            actor=Actor.youth(found.youth_id, found.centre_id),
        )
        session.flush()
    assert (found.state, found.stopped_by) == (PlacementState.INTERRUPTED, Side.PARTICIPANT)
    assert found.stopped_in_first_days == apart


def test_an_employer_may_cancel_before_the_start_but_not_end_what_has_not_begun(
    session: Session, placement: Placement
) -> None:
    found = whole_placement(session, placement)
    actor = Actor.employer(found.contact_id or 0, found.centre_id)
    with pytest.raises(TransitionNotAllowed):
        interrupt(session, found, reason=StopReason.OTHER, last_day=MONDAY, actor=actor)
    cancel(session, found, reason=StopReason.WORKPLACE, actor=actor)
    session.flush()
    assert (found.state, found.stopped_by) == (PlacementState.CANCELLED, Side.ORGANISER)


def test_an_extension_is_a_linked_agreement_with_its_own_checks_and_signatures(
    app: Flask, session: Session, sari: Staff, placement: Placement
) -> None:
    with pytest.raises(TransitionNotAllowed):
        extend(session, placement, sari, months=1)
    a_morning(app, MONDAY)
    extension = whole_placement(session, extend(session, placement, sari, months=3))
    assert (extension.follows_id, extension.state) == (placement.id, PlacementState.PLANNED)
    assert extension.starts_on == placement.ends_on + timedelta(days=1)
    assert {one.on.weekday() for one in extension.hours} == {0, 1, 2, 3}
    assert len(missing_roles(extension)) == 3
    assert {party.role for party in extension.parties} == {party.role for party in placement.parties}
    too_long = whole_placement(session, extend(session, placement, sari, months=6))
    stops = {line.answer.code for line in checklist(session, too_long) if line.stops}
    assert "too_long_here" in stops
    with pytest.raises(DomainError, match="ends_on"):
        extend(session, placement, sari, months=0)


def extend(session: Session, placement: Placement, sari: Staff, *, months: int) -> Placement:
    found = whole_placement(session, placement)
    ends_on = found.ends_on + timedelta(days=30 * months)
    actor = Actor.staff(sari)
    made = extend_placement(session, found, ends_on=ends_on, reason=ExtensionReason.QUESTION_OPEN, actor=actor)
    session.flush()
    return made
