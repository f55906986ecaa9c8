"""The support around a start: the plan follows the dates, answers are heard, absences are told."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobs.runner import Work
from jobs.tasks import ask_how_it_goes
from placement.accounts.models import Staff
from placement.audit.models import ActorKind
from placement.audit.services import Actor
from placement.clock import helsinki_instant, today_in_helsinki
from placement.errors import DomainError, TransitionNotAllowed
from placement.notifications.models import Channel, Message
from placement.notifications.preconditions import still_holds
from placement.placements.attendance.models import AttendanceDay, DayMark
from placement.placements.attendance.queries import month_list
from placement.placements.attendance.services import follow_up_absence, mark_day
from placement.placements.kinds import PartyRole, PlacementKind
from placement.placements.models import Placement
from placement.placements.reasons import StopReason
from placement.placements.services import edit_placement, interrupt
from placement.placements.states import PlacementState
from placement.placements.support_plan.check_ins import ask_how_it_goes as ask_both
from placement.placements.support_plan.check_ins import settle_check_in, tell_how_it_goes
from placement.placements.support_plan.models import CheckIn, HowItGoes, StepState, SupportStep
from placement.placements.support_plan.queries import steps_of
from placement.placements.support_plan.services import (
    keep_plan,
    move_step,
    raise_worry,
    solve_worry,
    stop_after_care,
    take_support_step,
)
from tests.support.factories.centres import make_staff
from tests.support.factories.placements import make_placement, whole_placement
from tests.support.factories.support import make_running, set_state
from tests.support.factories.youths import make_youth

pytestmark = pytest.mark.database
MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)


@pytest.fixture
def sari(session: Session) -> Staff:
    return make_staff(session)


@pytest.fixture
def trial(session: Session, sari: Staff) -> Placement:
    with time_machine.travel(NOON, tick=False):
        return make_running(session, sari, starts_on=MONDAY)


def days_of(session: Session, placement: Placement) -> dict[str, date]:
    return {step.code.value: step.due_on for step in steps_of(session, placement.id)}


def step_of(session: Session, placement: Placement, code: str) -> SupportStep:
    return next(step for step in steps_of(session, placement.id) if step.code.value == code)


def test_making_the_plan_again_changes_nothing(session: Session, trial: Placement):
    before = [(step.id, step.due_on) for step in steps_of(session, trial.id)]
    keep_plan(session, trial)
    session.flush()
    assert [(step.id, step.due_on) for step in steps_of(session, trial.id)] == before


def test_the_plan_follows_new_dates_but_what_was_moved_by_hand_stays(session: Session, sari: Staff):
    actor = Actor.staff(sari)
    trial = make_placement(session, sari, starts_on=MONDAY)
    set_state(session, trial, PlacementState.PREPARING)
    moved = step_of(session, trial, "week_1")
    move_step(session, moved, placement=trial, due_on=date(2026, 12, 4), owner_id=sari.id, actor=actor)
    edit_placement(session, trial, version=trial.version, actor=actor, starts_on=date(2026, 11, 30))
    session.flush()
    days = days_of(session, trial)
    assert (days["day_1"], days["week_1"]) == (date(2026, 11, 30), date(2026, 12, 4))
    edit_placement(session, trial, version=trial.version, actor=actor, starts_on=date(2026, 12, 7))
    session.flush()
    assert days_of(session, trial)["week_1"] == date(2026, 12, 14)


def test_a_step_is_moved_within_the_placement_alone(session: Session, sari: Staff, trial: Placement):
    step = step_of(session, trial, "mid_point")
    with pytest.raises(DomainError):
        move_step(
            session,
            step,
            placement=trial,
            due_on=trial.ends_on + timedelta(days=1),
            owner_id=None,
            actor=Actor.staff(sari),
        )
    assert step.due_on <= trial.ends_on


@time_machine.travel(NOON, tick=False)
def test_after_an_early_end_only_the_questions_of_after_care_are_left(session: Session, sari: Staff, trial: Placement):
    interrupt(session, trial, reason=StopReason.JOB, last_day=date(2026, 11, 25), actor=Actor.staff(sari))
    session.flush()
    assert trial.stopped_in_first_days
    assert days_of(session, trial) == {
        "after_1": date(2026, 12, 28),
        "after_3": date(2027, 2, 25),
        "after_6": date(2027, 5, 25),
    }


@pytest.mark.parametrize(("last_day", "apart"), [(date(2026, 11, 27), True), (date(2026, 11, 30), False)])
def test_the_fifth_working_day_is_still_counted_apart(
    session: Session, sari: Staff, trial: Placement, last_day: date, apart: bool
):
    with time_machine.travel(datetime(2026, 12, 8, 10, tzinfo=UTC), tick=False):
        interrupt(session, trial, reason=StopReason.DID_NOT_SUIT, last_day=last_day, actor=Actor.staff(sari))
    assert trial.stopped_in_first_days is apart


def test_who_wants_no_after_care_is_not_asked(session: Session, sari: Staff, trial: Placement):
    for _ in range(2):
        stop_after_care(session, trial, actor=Actor.youth(trial.youth_id, trial.centre_id))
    session.flush()
    assert not {code for code in days_of(session, trial) if code.startswith("after")}


def test_a_step_is_taken_once(session: Session, sari: Staff, trial: Placement):
    step = step_of(session, trial, "day_1")
    take_support_step(session, step, placement=trial, note="All well", minutes=10, actor=Actor.staff(sari))
    with pytest.raises(TransitionNotAllowed):
        take_support_step(session, step, placement=trial, note="", minutes=0, actor=Actor.staff(sari))


def test_the_job_asks_both_sides_once_and_takes_the_step(app, session: Session, trial: Placement):
    for hour in (8, 9, 33):
        with time_machine.travel(datetime(2026, 11, 25, tzinfo=UTC) + timedelta(hours=hour), tick=False):
            ask_how_it_goes.run(Work(app, "test:1"))
    session.expire_all()
    messages = session.scalars(select(Message).where(Message.name == "how_is_it_going")).all()
    assert sorted((m.channel, m.youth_id is not None) for m in messages) == [
        (Channel.SMS, False),
        (Channel.SMS, True),
    ]
    assert step_of(session, trial, "day_3").state is StepState.DONE
    set_state(session, whole_placement(session, trial), PlacementState.ENDED)
    assert not any(still_holds(session, message) for message in messages), "no question after the end"


@time_machine.travel(NOON, tick=False)
def test_both_sides_of_a_job_without_an_agreement_are_asked_too(session: Session, sari: Staff):
    job = make_running(session, sari, starts_on=MONDAY, kind=PlacementKind.JOB, week={})
    assert not job.parties
    assert {check_in.role for check_in in ask_both(session, job)} == {PartyRole.PARTICIPANT, PartyRole.GUIDE}


def test_who_cannot_be_reached_is_left_for_a_call(app, session: Session, sari: Staff):
    with time_machine.travel(NOON, tick=False):
        youth = make_youth(session, sari, channel=Channel.NONE)
        trial = make_running(session, sari, starts_on=MONDAY, youth=youth, guide_phone="")
        trial.contact.channel = Channel.NONE
        session.flush()
        ask_how_it_goes.run(Work(app, "test:1"))
    session.expire_all()
    assert step_of(session, trial, "day_3").state is StepState.OPEN
    assert session.scalar(select(func.count(CheckIn.id))) == 0


@time_machine.travel(NOON, tick=False)
def test_the_last_answer_counts_until_somebody_has_called(session: Session, sari: Staff, trial: Placement):
    youth = Actor.youth(trial.youth_id, trial.centre_id)
    ask_both(session, trial)
    session.flush()
    for answer in (HowItGoes.GOOD, HowItGoes.CALL_ME):
        told = tell_how_it_goes(session, trial, role=PartyRole.PARTICIPANT, answer=answer, actor=youth)
        session.flush()
    assert session.scalar(select(func.count(CheckIn.id)).where(CheckIn.role == PartyRole.PARTICIPANT)) == 1
    settle_check_in(session, told, placement=trial, actor=Actor.staff(sari))
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        again = tell_how_it_goes(session, trial, role=PartyRole.PARTICIPANT, answer=HowItGoes.SO_SO, actor=youth)
    assert again is not told
    assert told.settled_at is not None


def test_nobody_answers_for_a_placement_that_does_not_go_on(session: Session, sari: Staff):
    trial = make_placement(session, sari)
    with pytest.raises(TransitionNotAllowed):
        tell_how_it_goes(
            session,
            trial,
            role=PartyRole.GUIDE,
            answer=HowItGoes.GOOD,
            actor=Actor(ActorKind.EMPLOYER, None, trial.centre_id),
        )


def test_a_worry_is_solved_once(session: Session, sari: Staff, trial: Placement):
    actor = Actor.staff(sari)
    worry = raise_worry(session, trial, text="The bus comes late", raised_by=None, actor=actor)
    solve_worry(session, worry, placement=trial, solution="Starts at 9.30", actor=actor)
    with pytest.raises(TransitionNotAllowed):
        solve_worry(session, worry, placement=trial, solution="Again", actor=actor)


@time_machine.travel(NOON, tick=False)
def test_an_absence_not_told_reaches_the_own_adult_the_same_day_once(session: Session, sari: Staff, trial: Placement):
    guide = Actor(ActorKind.EMPLOYER, trial.contact_id, trial.centre_id)
    for mark in (DayMark.PRESENT, DayMark.ABSENT, DayMark.PRESENT, DayMark.ABSENT):
        row = mark_day(session, trial, on=today_in_helsinki(), mark=mark, actor=guide)
        session.flush()
    messages = session.scalars(select(Message).where(Message.name == "absence_not_told")).all()
    assert [message.staff_id for message in messages] == [sari.id]
    assert "Kela" in messages[0].text
    follow_up_absence(session, row, placement=trial, actor=Actor.staff(sari))
    session.flush()
    mark_day(session, trial, on=today_in_helsinki(), mark=DayMark.TOLD, actor=Actor.staff(sari))
    session.flush()
    assert row.followed_up_at is None


@time_machine.travel(NOON, tick=False)
def test_a_young_person_marks_themselves_but_not_over_the_workplace(session: Session, trial: Placement):
    youth = Actor.youth(trial.youth_id, trial.centre_id)
    guide = Actor(ActorKind.EMPLOYER, trial.contact_id, trial.centre_id)
    with pytest.raises(DomainError):
        mark_day(session, trial, on=MONDAY, mark=DayMark.ABSENT, actor=youth)
    mark_day(session, trial, on=MONDAY, mark=DayMark.PRESENT, actor=youth)
    session.flush()
    mark_day(session, trial, on=MONDAY, mark=DayMark.TOLD, actor=guide)
    session.flush()
    with pytest.raises(TransitionNotAllowed):
        mark_day(session, trial, on=MONDAY, mark=DayMark.PRESENT, actor=youth)
    assert session.scalars(select(AttendanceDay.mark)).all() == [DayMark.TOLD]


@pytest.mark.parametrize(
    ("on", "kind"),
    [
        (date(2026, 11, 22), ActorKind.STAFF),  # before the first day
        (date(2026, 11, 26), ActorKind.STAFF),  # tomorrow
        (date(2026, 11, 26), ActorKind.EMPLOYER),
    ],
)
@time_machine.travel(NOON, tick=False)
def test_days_outside_are_not_marked(session: Session, trial: Placement, on: date, kind: ActorKind):
    with pytest.raises(DomainError):
        mark_day(session, trial, on=on, mark=DayMark.PRESENT, actor=Actor(kind, None, trial.centre_id))


def test_a_link_marks_a_week_back_and_a_worker_any_day(session: Session, sari: Staff, trial: Placement):
    guide = Actor(ActorKind.EMPLOYER, None, trial.centre_id)
    with time_machine.travel(NOON + timedelta(days=12), tick=False):
        with pytest.raises(DomainError):
            mark_day(session, trial, on=MONDAY, mark=DayMark.PRESENT, actor=guide)
        assert (
            mark_day(session, trial, on=MONDAY, mark=DayMark.PRESENT, actor=Actor.staff(sari)).mark is DayMark.PRESENT
        )


@pytest.mark.parametrize(("hour", "day"), [((23, 30), date(2026, 11, 25)), ((0, 30), date(2026, 11, 26))])
def test_today_is_the_finnish_day(session: Session, trial: Placement, hour: tuple[int, int], day: date):
    with time_machine.travel(helsinki_instant(day, datetime(2026, 1, 1, *hour).time()), tick=False):
        row = mark_day(session, trial, on=day, mark=DayMark.PRESENT, actor=Actor(ActorKind.EMPLOYER, None, None))
    assert row.on == day


def test_the_list_of_december_knows_the_calendar_and_the_holidays(session: Session, sari: Staff, trial: Placement):
    with time_machine.travel(datetime(2026, 12, 9, 10, tzinfo=UTC), tick=False):
        for day, mark in ((1, DayMark.PRESENT), (2, DayMark.TOLD), (5, DayMark.PRESENT)):
            mark_day(session, trial, on=date(2026, 12, day), mark=mark, actor=Actor.staff(sari))
        session.flush()
        listed = month_list(session, trial, date(2026, 12, 1), today=today_in_helsinki(), language="en")
    days = {day.on.day: day for day in listed.days}
    assert 4 not in days, "Fridays are free"
    assert days[5].mark is DayMark.PRESENT, "a Saturday that was worked is listed"
    assert 24 not in days, "Christmas Eve is free"
    assert listed.counts == {DayMark.PRESENT: 2, DayMark.TOLD: 1}
    assert listed.unmarked == 4, "3, 7, 8 and today, 9 December"
