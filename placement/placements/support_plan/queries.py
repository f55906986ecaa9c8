"""Reads of the support around a start."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from placement.placements.models import Placement
from placement.placements.queries import looked_after_by, whole_placement
from placement.placements.states import AT_WORK
from placement.placements.support_plan.dates import ASKED_BY_MESSAGE, MONTHS_AFTER, StepCode
from placement.placements.support_plan.models import (
    AfterCareStop,
    CheckIn,
    HelpGiven,
    HowItGoes,
    StepState,
    SupportStep,
    Worry,
)


def steps_of(session: Session, placement_id: int) -> Sequence[SupportStep]:
    """Return the steps of a placement that are open or done, by day, with their owners."""
    query = select(SupportStep).where(SupportStep.placement_id == placement_id, SupportStep.state != StepState.DROPPED)
    return session.scalars(
        query.options(joinedload(SupportStep.owner)).order_by(SupportStep.due_on, SupportStep.id)
    ).all()


def get_step(session: Session, placement_id: int, step_id: int) -> SupportStep | None:
    """Return a step of a placement, or None."""
    query = select(SupportStep).where(SupportStep.id == step_id, SupportStep.placement_id == placement_id)
    return session.scalar(query)


def check_ins_of(session: Session, placement_id: int) -> Sequence[CheckIn]:
    """Return how it was told to go, the newest first."""
    query = select(CheckIn).where(CheckIn.placement_id == placement_id)
    return session.scalars(query.order_by(CheckIn.on.desc(), CheckIn.role)).all()


def get_check_in(session: Session, placement_id: int, check_in_id: int) -> CheckIn | None:
    """Return a question or answer of a placement, or None."""
    query = select(CheckIn).where(CheckIn.id == check_in_id, CheckIn.placement_id == placement_id)
    return session.scalar(query)


def worries_of(session: Session, placement_id: int) -> Sequence[Worry]:
    """Return the worries of a placement, the open ones first."""
    query = select(Worry).where(Worry.placement_id == placement_id)
    return session.scalars(query.order_by(Worry.solved_at.is_not(None), Worry.raised_at.desc())).all()


def get_worry(session: Session, placement_id: int, worry_id: int) -> Worry | None:
    """Return a worry of a placement, or None."""
    return session.scalar(select(Worry).where(Worry.id == worry_id, Worry.placement_id == placement_id))


def help_of(session: Session, placement_id: int) -> Sequence[HelpGiven]:
    """Return the help given around a placement, the newest first."""
    query = select(HelpGiven).where(HelpGiven.placement_id == placement_id)
    return session.scalars(query.order_by(HelpGiven.on.desc(), HelpGiven.id.desc())).all()


def wants_no_after_care(session: Session, placement_id: int) -> bool:
    """Return whether the young person has asked not to be asked after the placement."""
    return session.get(AfterCareStop, placement_id) is not None


def placements_to_ask(session: Session, *, on: date) -> Sequence[int]:
    """Return the ids of placements that go on and whose message to both sides is due."""
    query = (
        select(SupportStep.placement_id)
        .join(SupportStep.placement)
        .where(
            SupportStep.code.in_(list(ASKED_BY_MESSAGE - MONTHS_AFTER.keys())),
            SupportStep.state == StepState.OPEN,
            SupportStep.due_on <= on,
            Placement.state.in_(list(AT_WORK)),
        )
    )
    return session.scalars(query.order_by(SupportStep.placement_id)).all()


def placement_of_job(session: Session, placement_id: int) -> Placement:
    """Return a placement loaded whole for a scheduled job, kept from being changed by others at the same time."""
    query = select(Placement).where(Placement.id == placement_id).options(*whole_placement())
    return session.scalars(query.with_for_update(of=Placement)).one()


def find_step(session: Session, placement_id: int, code: StepCode) -> SupportStep | None:
    """Return the step of a placement with this code, or None."""
    query = select(SupportStep).where(SupportStep.placement_id == placement_id, SupportStep.code == code)
    return session.scalar(query)


def steps_due(session: Session, *, centre_id: int, staff_id: int, until: date, limit: int) -> Sequence[SupportStep]:
    """Return the open steps of a worker that are due by a day: their own, and those of whom they look after."""
    query = (
        select(SupportStep)
        .join(SupportStep.placement)
        .join(Placement.youth)
        .where(
            Placement.centre_id == centre_id,
            SupportStep.state == StepState.OPEN,
            SupportStep.due_on <= until,
            (SupportStep.owner_id == staff_id) | (SupportStep.owner_id.is_(None) & looked_after_by(staff_id)),
            Placement.state.in_(list(AT_WORK)) | SupportStep.code.in_(list(MONTHS_AFTER)),
        )
        .options(
            contains_eager(SupportStep.placement).contains_eager(Placement.youth),
            contains_eager(SupportStep.placement).joinedload(Placement.employer),
        )
    )
    return session.scalars(query.order_by(SupportStep.due_on, SupportStep.id).limit(limit)).all()


def calls_asked_for(session: Session, *, centre_id: int, staff_id: int, limit: int) -> Sequence[CheckIn]:
    """Return the answers “call me” of those whom a worker looks after and nobody has called back."""
    return _answers(session, centre_id, staff_id, HowItGoes.CALL_ME, limit)


def not_so_well(session: Session, *, centre_id: int, staff_id: int, limit: int) -> Sequence[CheckIn]:
    """Return the answers “so-so” that nobody has talked about."""
    return _answers(session, centre_id, staff_id, HowItGoes.SO_SO, limit)


def _answers(session: Session, centre_id: int, staff_id: int, answer: HowItGoes, limit: int) -> Sequence[CheckIn]:
    query = (
        select(CheckIn)
        .join(CheckIn.placement)
        .join(Placement.youth)
        .where(
            Placement.centre_id == centre_id,
            looked_after_by(staff_id),
            CheckIn.answer == answer,
            CheckIn.settled_at.is_(None),
        )
        .options(
            contains_eager(CheckIn.placement).contains_eager(Placement.youth),
            contains_eager(CheckIn.placement).joinedload(Placement.employer),
        )
    )
    return session.scalars(query.order_by(CheckIn.on, CheckIn.id).limit(limit)).all()


def open_worries(session: Session, *, centre_id: int, staff_id: int, limit: int) -> Sequence[Worry]:
    """Return the worries not yet solved of those whom a worker looks after, the oldest first."""
    query = (
        select(Worry)
        .join(Worry.placement)
        .join(Placement.youth)
        .where(Placement.centre_id == centre_id, looked_after_by(staff_id), Worry.solved_at.is_(None))
        .options(
            contains_eager(Worry.placement).contains_eager(Placement.youth),
            contains_eager(Worry.placement).joinedload(Placement.employer),
        )
    )
    return session.scalars(query.order_by(Worry.raised_at, Worry.id).limit(limit)).all()
