"""Verbs of the support plan: keep it in step with the dates, take and move its steps, worries, help given."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.audit.models import ActorKind
from placement.audit.services import Actor, record
from placement.clock import today_in_helsinki, utcnow
from placement.errors import DomainError, TransitionNotAllowed
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.services import note_word
from placement.placements.kinds import PartyRole
from placement.placements.models import Placement
from placement.placements.states import OVER, PlacementState
from placement.placements.support_plan.dates import ASKED_BY_MESSAGE, MONTHS_AFTER, StepCode, plan_of
from placement.placements.support_plan.models import (
    AfterCareStop,
    HelpedWith,
    HelpGiven,
    StepState,
    SupportStep,
    Worry,
)


def keep_plan(session: Session, placement: Placement) -> list[SupportStep]:
    """Make the plan of a placement loaded whole, or bring it in line with the dates; return its steps.

    A step that is done or that a person has moved stays where it is, unless the day fell outside the placement.
    What no longer has a place is dropped. Calling it again changes nothing.
    """
    if placement.state is PlacementState.PLANNED:
        return []
    wanted = _wanted(session, placement)
    steps = {step.code: step for step in _steps(session, placement.id)}
    for code, day in wanted.items():
        step = steps.get(code)
        if step is None:
            owner_id = None if code in ASKED_BY_MESSAGE else placement.owner_id
            steps[code] = SupportStep(placement_id=placement.id, code=code, due_on=day, owner_id=owner_id)
            session.add(steps[code])
        elif step.state is StepState.DROPPED:
            step.state, step.due_on, step.is_moved = StepState.OPEN, day, False
        elif step.state is StepState.OPEN and not (step.is_moved and _fits(placement, step)):
            step.due_on, step.is_moved = day, False
    for code, step in steps.items():
        if code not in wanted and step.state is StepState.OPEN:
            step.state = StepState.DROPPED
    return sorted(steps.values(), key=lambda step: (step.due_on, step.id or 0))


def _steps(session: Session, placement_id: int) -> list[SupportStep]:
    return list(session.scalars(select(SupportStep).where(SupportStep.placement_id == placement_id)))


def _wanted(session: Session, placement: Placement) -> Mapping[StepCode, date]:
    first, last = placement.started_on or placement.starts_on, placement.last_day or placement.ends_on
    if placement.state is PlacementState.CANCELLED:
        return {}
    whole = plan_of(placement.kind, first, max(first, last), [period.on for period in placement.periods])
    if session.get(AfterCareStop, placement.id) is not None:
        whole = {code: day for code, day in whole.items() if code not in MONTHS_AFTER}
    if placement.state in OVER:
        return {code: day for code, day in whole.items() if code in MONTHS_AFTER}
    return whole


def _fits(placement: Placement, step: SupportStep) -> bool:
    if step.code in MONTHS_AFTER:
        return step.due_on > (placement.last_day or placement.ends_on)
    return placement.starts_on <= step.due_on <= placement.ends_on


def move_step(
    session: Session, step: SupportStep, *, placement: Placement, due_on: date, owner_id: int | None, actor: Actor
) -> SupportStep:
    """Set the day and the owner of an open step by hand. Raises DomainError for a day outside the placement."""
    _refuse_unless_open(step)
    if due_on != step.due_on:
        kept, step.due_on = step.due_on, due_on
        if not _fits(placement, step):
            step.due_on = kept
            raise DomainError(
                _l("Choose a day within the placement, or after it for the questions that come later."), code="step_day"
            )
        step.is_moved = True
    step.owner_id = owner_id
    _note(session, placement, "placement.support_step_moved", actor, step=step.code.value)
    return step


def take_support_step(
    session: Session, step: SupportStep, *, placement: Placement, note: str, minutes: int, actor: Actor
) -> SupportStep:
    """Note that an open step was taken, with what came of it and how long it took in minutes."""
    _refuse_unless_open(step)
    step.state, step.done_at, step.done_by_id = StepState.DONE, utcnow(), actor.staff_id
    step.note, step.minutes = note, minutes
    if actor.kind in {ActorKind.STAFF, ActorKind.YOUTH}:  # a message that the service sends is no word yet
        note_word(session, placement.youth_id)
    _note(session, placement, "placement.support_step_done", actor, step=step.code.value)
    return step


def _refuse_unless_open(step: SupportStep) -> None:
    if step.state is not StepState.OPEN:
        raise TransitionNotAllowed(_l("This step has been taken already, or is not needed any more."))


def raise_worry(
    session: Session, placement: Placement, *, text: str, raised_by: PartyRole | None, actor: Actor
) -> Worry:
    """Write down something that is not going well, so that it is solved before anybody gives up."""
    worry = Worry(
        placement_id=placement.id, text=text, raised_by=raised_by, raised_at=utcnow(), noted_by_id=actor.staff_id
    )
    session.add(worry)
    _note(session, placement, "placement.worry_raised", actor)
    return worry


def solve_worry(session: Session, worry: Worry, *, placement: Placement, solution: str, actor: Actor) -> Worry:
    """Write down what helped. Raises TransitionNotAllowed when it is solved already."""
    if worry.solved_at is not None:
        raise TransitionNotAllowed(_l("This is marked as solved already."))
    worry.solution, worry.solved_at, worry.solved_by_id = solution, utcnow(), actor.staff_id
    _note(session, placement, "placement.worry_solved", actor)
    return worry


def note_help(
    session: Session,
    placement: Placement,
    *,
    on: date,
    to_role: PartyRole,
    helped_with: HelpedWith,
    minutes: int,
    actor: Actor,
) -> HelpGiven:
    """Note help with a form or another matter in minutes. Raises DomainError for a day to come."""
    if on > today_in_helsinki():
        raise DomainError(_l("The day is today or before."), code="help_day")
    given = HelpGiven(
        placement_id=placement.id,
        on=on,
        to_role=to_role,
        helped_with=helped_with,
        minutes=minutes,
        by_id=actor.staff_id,
    )
    session.add(given)
    _note(session, placement, "placement.help_noted", actor, helped_with=helped_with.value)
    return given


def stop_after_care(session: Session, placement: Placement, *, actor: Actor) -> None:
    """Ask nothing more after the placement; open questions are dropped. Asking for it twice is the same."""
    if session.get(AfterCareStop, placement.id) is None:
        session.add(AfterCareStop(placement_id=placement.id, stopped_at=utcnow()))
        session.flush()  # the plan is made anew without after-care
        _note(session, placement, "placement.after_care_stopped", actor)
    keep_plan(session, placement)


def _note(session: Session, placement: Placement, action: str, actor: Actor, **changes: str) -> None:
    record(session, actor=actor, action=action, about=placement, youth_id=placement.youth_id, changes=changes)
