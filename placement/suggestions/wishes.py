"""Places that young people find themselves: which ones they may see, and what they want to talk about."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from placement.audit.services import Actor, record
from placement.clock import utcnow
from placement.errors import DomainError
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.models import Youth
from placement.offers.models import Offer, OfferKind, Visibility
from placement.offers.states import OPEN_STATES
from placement.suggestions.adapter import fits_for
from placement.suggestions.models import OfferWish, Suggestion
from placement.suggestions.queries import open_offers, served_by

MOST_BROWSED = 200
MOST_RANKED = 100


def offers_to_browse(session: Session, youth: Youth, *, kind: OfferKind | None = None) -> list[Offer]:
    """Return the open offers that every young person of the centre may see, those that fit best first.

    The young person is loaded with their profile. Offers for chosen young people or for staff only never come here.
    """
    query = select(Offer).where(open_offers(youth.centre_id), Offer.visibility == Visibility.OPEN)
    if kind is not None:
        query = query.where(Offer.kind == kind)
    query = query.options(joinedload(Offer.employer), joinedload(Offer.unit))
    found = session.scalars(query.order_by(Offer.live_at.desc(), Offer.id.desc()).limit(MOST_BROWSED)).all()
    fits = fits_for(session, youth, kind=kind, limit=MOST_RANKED).fits
    places = {fit.offer.id: place for place, fit in enumerate(fits)}
    return sorted(found, key=lambda offer: places.get(offer.id, MOST_BROWSED))


def find_offer_to_browse(session: Session, youth: Youth, offer_id: int) -> Offer | None:
    """Return one open offer that every young person of the centre may see, or None."""
    query = select(Offer).where(Offer.id == offer_id, open_offers(youth.centre_id), Offer.visibility == Visibility.OPEN)
    return session.scalar(query.options(joinedload(Offer.employer), joinedload(Offer.unit)))


def wishes_of_youth(session: Session, youth_id: int) -> Sequence[OfferWish]:
    """Return the places that a young person has marked, newest first, with offer and employer."""
    query = select(OfferWish).where(OfferWish.youth_id == youth_id)
    query = query.options(joinedload(OfferWish.offer).joinedload(Offer.employer))
    return session.scalars(query.order_by(OfferWish.wished_at.desc(), OfferWish.id.desc())).all()


def open_wishes(wishes: Iterable[OfferWish]) -> list[OfferWish]:
    """Return the wishes whose place every young person of the centre may still see; offers must be loaded."""
    return [wish for wish in wishes if wish.offer.state in OPEN_STATES and wish.offer.visibility is Visibility.OPEN]


def wishes_to_talk_about(session: Session, staff_id: int, *, limit: int) -> Sequence[OfferWish]:
    """Return what the young people of a worker have marked and nobody has talked about or suggested, oldest first."""
    is_suggested = exists().where(Suggestion.youth_id == OfferWish.youth_id, Suggestion.offer_id == OfferWish.offer_id)
    query = (
        select(OfferWish)
        .join(OfferWish.youth)
        .join(OfferWish.offer)
        .where(served_by(staff_id), open_offers(OfferWish.centre_id), OfferWish.talked_at.is_(None), ~is_suggested)
        .options(joinedload(OfferWish.youth), joinedload(OfferWish.offer).joinedload(Offer.employer))
    )
    return session.scalars(query.order_by(OfferWish.wished_at, OfferWish.id).limit(limit)).all()


def wished_offers(session: Session, youth_id: int, offer_ids: Iterable[int]) -> Mapping[int, OfferWish]:
    """Return the wishes of a young person for some offers, by offer."""
    query = select(OfferWish).where(OfferWish.youth_id == youth_id, OfferWish.offer_id.in_(list(offer_ids)))
    return {wish.offer_id: wish for wish in session.scalars(query)}


def mark_wish(session: Session, *, youth: Youth, offer: Offer, actor: Actor) -> OfferWish:
    """Mark a place as one to talk about; marking it again changes nothing. Raise DomainError for one not theirs."""
    if offer.centre_id != youth.centre_id or offer.visibility is not Visibility.OPEN:
        raise DomainError(_l("This place is not open any more."), code="offer_not_open")
    known = wished_offers(session, youth.id, [offer.id]).get(offer.id)
    if known is not None:
        return known
    wish = OfferWish(centre_id=youth.centre_id, youth_id=youth.id, offer_id=offer.id, wished_at=utcnow())
    session.add(wish)
    record(session, actor=actor, action="wish.marked", about=wish, youth_id=youth.id)
    return wish


def take_wish_back(session: Session, wish: OfferWish, *, actor: Actor) -> None:
    """Forget that a young person marked a place."""
    record(session, actor=actor, action="wish.taken_back", about=wish, youth_id=wish.youth_id)
    session.delete(wish)


def note_talk_about_wish(session: Session, wish: OfferWish, *, actor: Actor) -> OfferWish:
    """Note that a worker has talked about a marked place with the young person."""
    wish.talked_at = wish.talked_at or utcnow()
    record(session, actor=actor, action="wish.talked_about", about=wish, youth_id=wish.youth_id)
    return wish
