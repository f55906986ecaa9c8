"""Reads of the closing views, and of what is to be asked after a placement."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from placement.placements.closing.models import AfterCare, ClosingView
from placement.placements.kinds import PartyRole, PlacementKind
from placement.placements.models import Placement
from placement.placements.states import PlacementState
from placement.placements.support_plan.dates import MONTHS_AFTER, StepCode
from placement.placements.support_plan.models import StepState, SupportStep

BOTH_SIDES = (PartyRole.PARTICIPANT, PartyRole.ORGANISER)


def views_of(session: Session, placement_id: int) -> dict[PartyRole, ClosingView]:
    """Return the views given of a placement by side."""
    query = select(ClosingView).where(ClosingView.placement_id == placement_id)
    return {view.role: view for view in session.scalars(query)}


def view_of(session: Session, placement_id: int, role: PartyRole) -> ClosingView | None:
    """Return the view of one side, or None."""
    query = select(ClosingView).where(ClosingView.placement_id == placement_id, ClosingView.role == role)
    return session.scalar(query)


def after_care_answers(session: Session, placement_id: int) -> Sequence[AfterCare]:
    """Return the questions asked after a placement, and their answers."""
    query = select(AfterCare).where(AfterCare.placement_id == placement_id)
    return session.scalars(query.order_by(AfterCare.code)).all()


def after_care_of_code(session: Session, placement_id: int, code: StepCode) -> AfterCare | None:
    """Return the question of so many months after, or None."""
    query = select(AfterCare).where(AfterCare.placement_id == placement_id, AfterCare.code == code)
    return session.scalar(query)


def due_after_care(session: Session, placement_id: int, *, on: date) -> StepCode | None:
    """Return the latest open question after a placement that is due."""
    query = select(SupportStep.code).where(
        SupportStep.placement_id == placement_id,
        SupportStep.code.in_(list(MONTHS_AFTER)),
        SupportStep.state == StepState.OPEN,
        SupportStep.due_on <= on,
    )
    return session.scalar(query.order_by(SupportStep.due_on.desc()).limit(1))


def after_care_to_ask(session: Session, *, on: date) -> Sequence[tuple[int, StepCode]]:
    """Return the placements that are over and the questions that are due and not asked yet."""
    asked = exists().where(AfterCare.placement_id == SupportStep.placement_id, AfterCare.code == SupportStep.code)
    query = (
        select(SupportStep.placement_id, SupportStep.code)
        .join(SupportStep.placement)
        .where(
            SupportStep.code.in_(list(MONTHS_AFTER)),
            SupportStep.state == StepState.OPEN,
            SupportStep.due_on <= on,
            Placement.state.in_([PlacementState.ENDED, PlacementState.INTERRUPTED]),
            ~asked,
        )
    )
    return [(row[0], row[1]) for row in session.execute(query.order_by(SupportStep.placement_id, SupportStep.code))]


def closing_missing() -> ColumnElement[bool]:
    """Return the condition that a placement ends or has ended and the view of a side is missing."""
    given = [exists().where(ClosingView.placement_id == Placement.id, ClosingView.role == role) for role in BOTH_SIDES]
    return (
        Placement.state.in_([PlacementState.ENDING, PlacementState.ENDED, PlacementState.INTERRUPTED])
        & (Placement.kind != PlacementKind.VISIT)
        & ~(given[0] & given[1])
    )


def really_ends() -> ColumnElement[date]:
    """Return the last day as it became: the one agreed, unless it was ended on another."""
    return func.coalesce(Placement.last_day, Placement.ends_on)


def closings_to_ask(session: Session) -> Sequence[int]:
    """Return the ids of placements that come to their end and wait for a view of some side."""
    query = select(Placement.id).where(closing_missing(), Placement.state == PlacementState.ENDING)
    return session.scalars(query.order_by(Placement.id)).all()
