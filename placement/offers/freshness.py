"""Keeping offers true: asking whether a place is still open, closing what nobody confirms, pausing.

The days are counted from when somebody last said that the place is open, else from when it was published. A
paused place is asked about again when its pause is over: a pause is not leaving.
"""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from placement.audit.services import Actor, record
from placement.clock import in_helsinki, today_in_helsinki
from placement.errors import DomainError, TransitionNotAllowed
from placement.i18n import lazy_gettext as _l
from placement.notifications.models import Message
from placement.offers.messages import offer_closed, offer_still_open
from placement.offers.models import Offer
from placement.offers.services import expire_offer
from placement.offers.states import OPEN_STATES, OfferState

ASK_ON_DAYS = (30, 45, 60, 75)
"""The question comes every 30 days, with a reminder half-way to the next one."""
CLOSE_AFTER_DAYS = 90
LONGEST_PAUSE = timedelta(days=365)


def fresh_since(offer: Offer) -> date:
    """Return the day from which the silence about an offer is counted."""
    if offer.confirmed_on is not None:
        return offer.confirmed_on
    return in_helsinki(offer.live_at or offer.created_at).date()


def closes_on(offer: Offer) -> date:
    """Return the day on which the offer closes by itself unless somebody confirms it."""
    return fresh_since(offer) + timedelta(days=CLOSE_AFTER_DAYS)


def offers_to_keep_fresh(session: Session, *, on: date) -> list[int]:
    """Return the ids of the live offers that may have to be asked about, closed, or woken from their pause."""
    last_quiet = on - timedelta(days=ASK_ON_DAYS[0])
    silent = (Offer.confirmed_on.is_(None)) | (Offer.confirmed_on <= last_quiet)
    paused_over = Offer.paused_until <= on
    query = select(Offer.id).where(Offer.state.in_(OPEN_STATES), silent | paused_over)
    return list(session.scalars(query.order_by(Offer.id)))


def keep_fresh(session: Session, *, offer_id: int, on: date) -> str:
    """Take the step that is due for one offer and return what was done: ``asked``, ``closed``, ``woken`` or nothing.

    Safe to run again: a question of the same day count goes out once.
    """
    query = select(Offer).where(Offer.id == offer_id).options(joinedload(Offer.contact)).with_for_update(of=Offer)
    offer = session.scalar(query)
    if offer is None or offer.state not in OPEN_STATES:
        return ""
    if offer.paused_until is not None:
        return _wake(session, offer, on)
    if offer.state is not OfferState.LIVE:
        return ""
    days = (on - fresh_since(offer)).days
    if days >= CLOSE_AFTER_DAYS:
        expire_offer(session, offer=offer, actor=Actor.system(offer.centre_id))
        if offer.contact is not None:
            offer_closed(session, offer=offer, contact=offer.contact, since=fresh_since(offer))
        return "closed"
    steps = [step for step in ASK_ON_DAYS if step <= days]
    return "asked" if steps and _ask(session, offer, steps[-1]) else ""


def _ask(session: Session, offer: Offer, step: int) -> bool:
    if offer.contact is None:
        return False
    mark = f"{fresh_since(offer).isoformat()}|{step}"
    if offer.asked_open_mark == mark:
        return False
    message: Message | None = offer_still_open(
        session, offer=offer, contact=offer.contact, mark=mark, since=fresh_since(offer), closes=closes_on(offer)
    )
    offer.asked_open_mark = mark
    return message is not None


def _wake(session: Session, offer: Offer, on: date) -> str:
    if offer.paused_until is None or offer.paused_until > on:
        return ""
    offer.paused_until = None
    # Nobody was asked during the pause, so the days of silence begin anew, and the question comes at once.
    offer.confirmed_on = on - timedelta(days=ASK_ON_DAYS[0])
    record(session, actor=Actor.system(offer.centre_id), action="offer.resumed", about=offer)
    _ask(session, offer, ASK_ON_DAYS[0])
    return "woken"


def pause_offer(session: Session, *, offer: Offer, until: date, actor: Actor) -> Offer:
    """Pause an open offer until a day: it is not suggested or shown to anybody new, and comes back by itself.

    Raises TransitionNotAllowed when it is not open and DomainError for a day that has passed or is over a year away.
    """
    if offer.state not in OPEN_STATES:
        raise TransitionNotAllowed(_l("Only a live offer can be paused."))
    today = today_in_helsinki()
    if not today < until <= today + LONGEST_PAUSE:
        raise DomainError(_l("Choose a day after today, at most a year away."), code="pause_day")
    changes = {"paused_until": [str(offer.paused_until) if offer.paused_until else None, until.isoformat()]}
    offer.paused_until = until
    record(session, actor=actor, action="offer.paused", about=offer, changes=changes)
    return offer


def resume_offer(session: Session, *, offer: Offer, actor: Actor) -> Offer:
    """End a pause at once; whoever ends it says that the place is open. Without a pause nothing changes."""
    if offer.paused_until is not None:
        offer.paused_until = None
        offer.confirmed_on = today_in_helsinki()
        record(session, actor=actor, action="offer.resumed", about=offer)
    return offer
