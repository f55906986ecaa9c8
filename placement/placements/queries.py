"""Reads of placements, always within one centre, one young person or one party."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from placement.jobseekers.models import Youth
from placement.placements.kinds import TRIALS
from placement.placements.models import Placement, PlacementOverride, PlacementParty, Signature
from placement.placements.states import ALIVE, STARTED, PlacementState


@dataclass(frozen=True, slots=True)
class EarlierTrial:
    """A stretch of another trial of the same young person."""

    employer_id: int
    first: date
    last: date


def get_placement(session: Session, placement_id: int, centre_id: int, *, lock: bool = False) -> Placement | None:
    """Return a placement of the centre with everything its page shows, or None.

    ``lock`` keeps others from changing it at the same time.
    """
    query = select(Placement).where(Placement.id == placement_id, Placement.centre_id == centre_id)
    query = query.options(*whole_placement())
    return session.scalar(query.with_for_update(of=Placement) if lock else query)


def whole_placement() -> tuple[ORMOption, ...]:
    """Return the options that load a placement with people, calendar, parties, signatures and steps."""
    return (
        selectinload(Placement.centre),
        selectinload(Placement.youth).selectinload(Youth.one_adult),
        selectinload(Placement.employer),
        selectinload(Placement.contact),
        selectinload(Placement.unit),
        selectinload(Placement.offer),
        selectinload(Placement.owner),
        selectinload(Placement.follows),
        selectinload(Placement.hours),
        selectinload(Placement.texts),
        selectinload(Placement.events),
        selectinload(Placement.overrides).selectinload(PlacementOverride.made_by),
        selectinload(Placement.parties).selectinload(PlacementParty.signatures).selectinload(Signature.agreement),
    )


def placements_of_youth(session: Session, youth_id: int) -> Sequence[Placement]:
    """Return the placements of a young person with their employers and parties, the newest first."""
    query = select(Placement).where(Placement.youth_id == youth_id)
    query = query.options(joinedload(Placement.employer), selectinload(Placement.parties))
    return session.scalars(query.order_by(Placement.starts_on.desc(), Placement.id.desc())).all()


def placements_looked_after(session: Session, youth_id: int, *, owner_id: int) -> Sequence[Placement]:
    """Return the placements of a young person that are not over and that one worker looks after."""
    query = select(Placement).where(Placement.youth_id == youth_id, Placement.owner_id == owner_id)
    return session.scalars(query.where(Placement.state.in_(ALIVE)).order_by(Placement.id)).all()


def placements_of_worker(
    session: Session,
    *,
    centre_id: int,
    staff_id: int,
    states: Iterable[PlacementState],
    limit: int,
    offset: int = 0,
) -> tuple[Sequence[Placement], int]:
    """Return the placements a worker looks after, by first day, and how many there are in all."""
    query = select(Placement).join(Placement.youth).where(Placement.centre_id == centre_id, looked_after_by(staff_id))
    query = query.where(Placement.state.in_(list(states)))
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    query = query.options(
        joinedload(Placement.youth),
        joinedload(Placement.employer),
        joinedload(Placement.owner),
        selectinload(Placement.parties).selectinload(PlacementParty.signatures),
    )
    rows = session.scalars(query.order_by(Placement.starts_on, Placement.id).limit(limit).offset(offset)).all()
    return rows, total


def counts_by_state(session: Session, *, centre_id: int, staff_id: int) -> dict[PlacementState, int]:
    """Return how many placements a worker looks after in each state."""
    query = (
        select(Placement.state, func.count())
        .join(Placement.youth)
        .where(Placement.centre_id == centre_id, looked_after_by(staff_id))
        .group_by(Placement.state)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def earlier_trials(session: Session, placement: Placement) -> list[EarlierTrial]:
    """Return the other trials of the young person that began, or are ready to, on or before the last day of this one.

    One that is over counts to its last day, one that goes on to the day agreed.
    """
    began = [*STARTED, PlacementState.READY]
    query = select(
        Placement.employer_id, Placement.starts_on, Placement.ends_on, Placement.started_on, Placement.last_day
    ).where(
        Placement.youth_id == placement.youth_id,
        Placement.kind.in_(list(TRIALS)),
        Placement.state.in_(began),
        Placement.starts_on <= placement.ends_on,
    )
    if placement.id is not None:
        query = query.where(Placement.id != placement.id)
    return [
        EarlierTrial(row.employer_id, row.started_on or row.starts_on, row.last_day or row.ends_on)
        for row in session.execute(query.order_by(Placement.starts_on, Placement.id))
    ]


def overlapping(
    session: Session, *, youth_id: int, employer_id: int, starts_on: date, ends_on: date, without: int | None = None
) -> Sequence[Placement]:
    """Return living placements of the same person at the same employer whose dates overlap: likely duplicates."""
    query = select(Placement).where(
        Placement.youth_id == youth_id,
        Placement.employer_id == employer_id,
        Placement.state.in_(list(ALIVE)),
        Placement.starts_on <= ends_on,
        Placement.ends_on >= starts_on,
    )
    if without is not None:
        query = query.where(Placement.id != without)
    return session.scalars(query.options(joinedload(Placement.employer)).order_by(Placement.id)).all()


def due_to_start(session: Session, *, on: date) -> Sequence[int]:
    """Return the ids of placements that are ready and whose first day has come."""
    query = select(Placement.id).where(Placement.state == PlacementState.READY, Placement.starts_on <= on)
    return session.scalars(query.order_by(Placement.id)).all()


def due_to_close(session: Session, *, ends_by: date) -> Sequence[int]:
    """Return the ids of placements that go on and whose last day is near."""
    query = select(Placement.id).where(Placement.state == PlacementState.RUNNING, Placement.ends_on <= ends_by)
    return session.scalars(query.order_by(Placement.id)).all()


def looked_after_by(staff_id: int) -> ColumnElement[bool]:
    """Return the condition that a worker owns the placement or serves the young person."""
    return or_(Placement.owner_id == staff_id, Youth.one_adult_id == staff_id, Youth.deputy_id == staff_id)
