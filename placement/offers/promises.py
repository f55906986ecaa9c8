"""What an employer has promised to answer about an offer, and by when. A promise that passes becomes a task."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from placement.audit.services import Actor, record
from placement.errors import TransitionNotAllowed
from placement.i18n import lazy_gettext as _l
from placement.offers.models import Offer
from placement.offers.states import OPEN_STATES


def note_promise(session: Session, *, offer: Offer, what: str, by: date, actor: Actor) -> Offer:
    """Note what the employer promised to answer by a day; a new promise takes the place of the one before."""
    if offer.state not in OPEN_STATES:
        raise TransitionNotAllowed(_l("This offer is not open any more."))
    offer.answer_promise, offer.answer_promised_on = what.strip(), by
    # What was promised is in somebody's own words: the log tells only by when.
    record(session, actor=actor, action="offer.promise_noted", about=offer, changes={"by": [None, by.isoformat()]})
    return offer


def promise_kept(session: Session, *, offer: Offer, actor: Actor) -> Offer:
    """Note that the answer came; without a promise nothing changes."""
    if offer.answer_promised_on is not None:
        offer.answer_promise, offer.answer_promised_on = "", None
        record(session, actor=actor, action="offer.promise_kept", about=offer)
    return offer


def promises_passed(session: Session, centre_id: int, *, on: date) -> Sequence[Offer]:
    """Return the open offers whose promised answer should have come before a day, with employer, oldest first."""
    query = (
        select(Offer)
        .where(Offer.centre_id == centre_id, Offer.state.in_(OPEN_STATES), Offer.answer_promised_on < on)
        .options(joinedload(Offer.employer))
    )
    return session.scalars(query.order_by(Offer.answer_promised_on, Offer.id)).all()
