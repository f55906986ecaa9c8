"""Boards of what placements need next: each is a list, with the rows that are shown and the whole count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from placement.clock import helsinki_instant
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l
from placement.placements.attendance.models import AttendanceDay, DayMark
from placement.placements.closing.queries import closing_missing, really_ends
from placement.placements.kinds import HAS_AGREEMENT, PartyRole
from placement.placements.models import Placement, PlacementParty, Signature
from placement.placements.queries import looked_after_by
from placement.placements.states import AT_WORK, BEFORE_START, PlacementState
from placement.placements.support_plan.dates import MONTHS_AFTER
from placement.placements.support_plan.models import CheckIn, HowItGoes, StepState, SupportStep, Worry

SHOWN = 20
SIGN_AHEAD = timedelta(days=14)
ENDS_SOON = timedelta(days=14)
SIGNS_WITHIN = timedelta(days=7)
"""Who has not signed a week after being asked is a task; before that the reminders do it."""
CLOSING_COUNTS_FOR = timedelta(days=60)
"""A view that nobody has given two months after the end is not asked for any more."""


class Board(LabelledEnum):
    """What placements may need."""

    SIGNING = "signing", _l("Needs signing or checking")
    STARTS = "starts", _l("Starts this week")
    TROUBLE = "trouble", _l("Needs help now")
    ENDS_SOON = "ends_soon", _l("Ends soon")
    CLOSING = "closing", _l("A closing view is missing")
    AFTER_CARE = "after_care", _l("Ask how it is now")


@dataclass(frozen=True, slots=True)
class Listed:
    """The placements of one board: those shown, and how many there are in all."""

    rows: Sequence[Placement]
    total: int


def boards_of(session: Session, *, centre_id: int, staff_id: int, today: date) -> Mapping[Board, Listed]:
    """Return every board of a worker: the placements they look after, by what is needed next.

    The queries are the same however many placements there are.
    """
    return {board: _listed(session, centre_id, staff_id, condition) for board, condition in _conditions(today).items()}


def _listed(session: Session, centre_id: int, staff_id: int, condition: ColumnElement[bool]) -> Listed:
    query = (
        select(Placement)
        .join(Placement.youth)
        .where(Placement.centre_id == centre_id, looked_after_by(staff_id), condition)
    )
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    if not total:
        return Listed([], 0)
    query = query.options(
        joinedload(Placement.youth),
        joinedload(Placement.employer),
        joinedload(Placement.owner),
        selectinload(Placement.parties).selectinload(PlacementParty.signatures),
    )
    return Listed(session.scalars(query.order_by(Placement.starts_on, Placement.id).limit(SHOWN)).all(), total)


def _conditions(today: date) -> dict[Board, ColumnElement[bool]]:
    goes_on = Placement.state.in_(list(AT_WORK))
    sunday = today + timedelta(days=6 - today.weekday())
    return {
        Board.TROUBLE: goes_on & _in_trouble(),
        Board.SIGNING: Placement.state.in_([PlacementState.PLANNED, PlacementState.PREPARING])
        & or_(Placement.kind.in_(list(HAS_AGREEMENT)), Placement.starts_on <= today + SIGN_AHEAD),
        Board.STARTS: Placement.state.in_(list(BEFORE_START)) & (Placement.starts_on <= sunday),
        Board.ENDS_SOON: goes_on & (Placement.ends_on <= today + ENDS_SOON),
        Board.CLOSING: closing_missing() & (really_ends() >= today - CLOSING_COUNTS_FOR),
        Board.AFTER_CARE: exists().where(
            SupportStep.placement_id == Placement.id,
            SupportStep.state == StepState.OPEN,
            SupportStep.due_on <= today,
            SupportStep.code.in_(list(MONTHS_AFTER)),
        ),
    }


def _in_trouble() -> ColumnElement[bool]:
    worry = exists().where(Worry.placement_id == Placement.id, Worry.solved_at.is_(None))
    call = exists().where(
        CheckIn.placement_id == Placement.id,
        CheckIn.settled_at.is_(None),
        CheckIn.answer.in_([HowItGoes.CALL_ME, HowItGoes.SO_SO]),
    )
    away = exists().where(
        AttendanceDay.placement_id == Placement.id,
        AttendanceDay.mark == DayMark.ABSENT,
        AttendanceDay.followed_up_at.is_(None),
    )
    return or_(worry, call, away)


def closings_missing(
    session: Session, *, centre_id: int, staff_id: int, today: date, limit: int
) -> Sequence[Placement]:
    """Return the placements of a worker that end today or have ended without the view of both sides."""
    query = (
        select(Placement)
        .join(Placement.youth)
        .where(
            Placement.centre_id == centre_id,
            looked_after_by(staff_id),
            closing_missing(),
            really_ends() <= today,
            really_ends() >= today - CLOSING_COUNTS_FOR,
        )
        .options(joinedload(Placement.youth), joinedload(Placement.employer))
    )
    return session.scalars(query.order_by(really_ends(), Placement.id).limit(limit)).all()


def not_ended(session: Session, *, centre_id: int, staff_id: int, today: date, limit: int) -> Sequence[Placement]:
    """Return the placements of a worker whose last day has passed, with no view to wait for, and that go on still."""
    query = (
        select(Placement)
        .join(Placement.youth)
        .where(
            Placement.centre_id == centre_id,
            looked_after_by(staff_id),
            Placement.state.in_(list(AT_WORK)),
            Placement.ends_on < today,
            ~(closing_missing() & (really_ends() >= today - CLOSING_COUNTS_FOR)),
        )
        .options(joinedload(Placement.youth), joinedload(Placement.employer))
    )
    return session.scalars(query.order_by(Placement.ends_on, Placement.id).limit(limit)).all()


def waiting_to_sign(
    session: Session, *, centre_id: int, staff_id: int, today: date, limit: int
) -> Sequence[PlacementParty]:
    """Return who was asked to sign over a week ago and has not, of the placements that begin later than soon."""
    signed = exists().where(Signature.party_id == PlacementParty.id, Signature.void_at.is_(None))
    query = (
        select(PlacementParty)
        .join(PlacementParty.placement)
        .join(Placement.youth)
        .where(
            Placement.centre_id == centre_id,
            looked_after_by(staff_id),
            Placement.state == PlacementState.PREPARING,
            Placement.starts_on > today + SIGN_AHEAD,
            PlacementParty.role != PartyRole.GUIDE,
            PlacementParty.asked_at <= helsinki_instant(today - SIGNS_WITHIN, time()),
            ~signed,
        )
        .options(
            contains_eager(PlacementParty.placement).contains_eager(Placement.youth),
            contains_eager(PlacementParty.placement).joinedload(Placement.employer),
        )
    )
    return session.scalars(query.order_by(PlacementParty.asked_at, PlacementParty.id).limit(limit)).all()


def starting_soon(session: Session, *, centre_id: int, staff_id: int, today: date, limit: int) -> Sequence[Placement]:
    """Return the placements of a worker that begin within two weeks or should have, and who signs; soonest first."""
    query = (
        select(Placement)
        .join(Placement.youth)
        .where(
            Placement.centre_id == centre_id,
            looked_after_by(staff_id),
            Placement.state.in_(list(BEFORE_START)),
            Placement.starts_on <= today + SIGN_AHEAD,
        )
        .options(
            joinedload(Placement.youth),
            joinedload(Placement.employer),
            selectinload(Placement.parties).selectinload(PlacementParty.signatures),
        )
    )
    return session.scalars(query.order_by(Placement.starts_on, Placement.id).limit(limit)).all()
