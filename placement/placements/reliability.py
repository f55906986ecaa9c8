"""What introductions and placements tell of how surely employers answer and carry through."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.orm import Session

from placement.clock import utcnow
from placement.employers.reliability import Asked, Reliability, reliability_of
from placement.introductions.models import Introduction
from placement.introductions.states import TAKEN_STATES, VISIBLE_STATES
from placement.offers.models import Offer
from placement.offers.states import OPEN_STATES
from placement.placements.models import Placement
from placement.placements.states import PlacementState

AT_ONCE = 500
"""Employers that are looked at in one query."""
_BEGAN = (PlacementState.RUNNING, PlacementState.ENDING, PlacementState.ENDED, PlacementState.INTERRUPTED)


def reliability_of_employers(session: Session, employer_ids: Iterable[int]) -> dict[int, Reliability]:
    """Return the reliability of each of these employers, in two queries; one who was never asked has the rate 0.5."""
    ids = set(employer_ids)
    asked: dict[int, list[Asked]] = defaultdict(list)
    query = (
        select(Offer.employer_id, Introduction.sent_at, Introduction.answered_at)
        .join(Offer, Offer.id == Introduction.offer_id)
        .where(Offer.employer_id.in_(ids), Introduction.sent_at.is_not(None))
    )
    for employer_id, sent_at, answered_at in session.execute(query):
        if sent_at is not None:
            asked[employer_id].append(Asked(sent_at, answered_at))
    done = (
        select(Placement.employer_id, func.count())
        .where(Placement.employer_id.in_(ids), Placement.state == PlacementState.ENDED)
        .group_by(Placement.employer_id)
    )
    completed = {row[0]: row[1] for row in session.execute(done)}
    now = utcnow()
    return {one: reliability_of(asked[one], now=now, completed=completed.get(one, 0)) for one in ids}


def keep_reliability_for_ranking(session: Session) -> int:
    """Keep with every open offer how surely its employer answers; return how many offers have a new figure.

    An employer of whom nothing is known has no figure, so that nobody is ranked by a guess. The mark of the offer
    moves with the figure, but not its version: nobody who is changing the offer meanwhile is told of a colleague.
    """
    is_open = Offer.state.in_(OPEN_STATES)
    employer_ids = sorted(session.scalars(select(Offer.employer_id).where(is_open).distinct()))
    changed = 0
    for first in range(0, len(employer_ids), AT_ONCE):
        found = reliability_of_employers(session, employer_ids[first : first + AT_ONCE])
        for employer_id, told in found.items():
            figure = Decimal(str(round(told.rate, 2))) if told.asked else None
            kept = update(Offer).where(
                is_open, Offer.employer_id == employer_id, Offer.employer_answers.is_distinct_from(figure)
            )
            done = session.execute(kept.values(employer_answers=figure, updated_at=utcnow()))
            changed += cast("CursorResult[Any]", done).rowcount
    return changed


def introduced_offers(session: Session, offer_ids: Iterable[int]) -> frozenset[int]:
    """Return those of the offers whose employer has been introduced to somebody."""
    query = select(Introduction.offer_id).where(
        Introduction.offer_id.in_(set(offer_ids)), Introduction.state.in_(VISIBLE_STATES | TAKEN_STATES)
    )
    return frozenset(session.scalars(query.distinct()))


def placed_offers(session: Session, offer_ids: Iterable[int]) -> frozenset[int]:
    """Return those of the offers in which a placement has begun: the end of the thread that a talk began."""
    query = select(Placement.offer_id).where(Placement.offer_id.in_(set(offer_ids)), Placement.state.in_(_BEGAN))
    return frozenset(one for one in session.scalars(query.distinct()) if one is not None)
