"""What the service does with placements by itself each morning: start, begin the closing, remind who has not signed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.audit.services import Actor
from placement.errors import TransitionNotAllowed
from placement.placements.agreements import ask_to_sign
from placement.placements.checks import missing_roles
from placement.placements.models import Placement, PlacementParty
from placement.placements.queries import due_to_close, due_to_start, whole_placement
from placement.placements.states import PlacementAction, PlacementState
from placement.placements.steps import move

CLOSING_BEGINS = timedelta(days=14)
REMIND_AFTER = timedelta(days=3)
MOST_ASKS = 4


def placements_to_advance(session: Session, *, on: date) -> Sequence[int]:
    """Return the ids of placements whose next step has come by itself."""
    return [*due_to_start(session, on=on), *due_to_close(session, ends_by=on + CLOSING_BEGINS)]


def advance(session: Session, placement_id: int, *, on: date) -> str:
    """Take the step that has come; return what was done in a word, or nothing.

    What was in order when it became ready may not be so on the first day: then it goes back to preparing.
    """
    placement = _locked(session, placement_id)
    service = Actor.system(placement.centre_id)
    if placement.state is PlacementState.READY and placement.starts_on <= on:
        try:
            move(session, placement, PlacementAction.START, actor=service)
        except TransitionNotAllowed:
            move(session, placement, PlacementAction.REOPEN, actor=service)
            return "sent back"
        return "started"
    if placement.state is PlacementState.RUNNING and placement.ends_on - CLOSING_BEGINS <= on:
        move(session, placement, PlacementAction.BEGIN_ENDING, actor=service)
        return "closing"
    return ""


def unsigned_to_remind(session: Session, *, now: datetime) -> Sequence[int]:
    """Return the ids of placements in which somebody was asked to sign days ago, and not reminded since."""
    latest = func.coalesce(PlacementParty.reminded_at, PlacementParty.asked_at)
    query = (
        select(Placement.id)
        .join(Placement.parties)
        .where(
            Placement.state == PlacementState.PREPARING,
            PlacementParty.asked_at.is_not(None),
            latest <= now - REMIND_AFTER,
            PlacementParty.asks < MOST_ASKS,
        )
        .distinct()
        .order_by(Placement.id)
    )
    return session.scalars(query).all()


def remind_signers(session: Session, placement_id: int, *, now: datetime) -> int:
    """Remind everybody of a placement whose turn it is; return how many. Nobody is asked more than four times."""
    placement = _locked(session, placement_id)
    missing = missing_roles(placement) if placement.state is PlacementState.PREPARING else []
    reminded = 0
    for party in placement.parties:
        latest = party.reminded_at or party.asked_at
        is_due = latest is not None and latest <= now - REMIND_AFTER and party.asks < MOST_ASKS
        if party.role in missing and is_due:
            reminded += ask_to_sign(session, placement, party, actor=Actor.system(placement.centre_id))
    return reminded


def _locked(session: Session, placement_id: int) -> Placement:
    query = select(Placement).where(Placement.id == placement_id).options(*whole_placement())
    return session.scalars(query.with_for_update(of=Placement)).one()
