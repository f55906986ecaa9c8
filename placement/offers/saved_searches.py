"""Searches that a worker keeps, and what is new for them each week."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.clock import in_helsinki, utcnow
from placement.errors import DomainError
from placement.i18n import in_language
from placement.i18n import lazy_gettext as _l
from placement.links import page_address
from placement.notifications.messages import staff_receiver
from placement.notifications.services import queue_message
from placement.offers.finding import OfferFilter, new_matches, read_filter
from placement.offers.models import SavedSearch

MOST_KEPT = 20
MOST_TOLD = 20


def keep_search(session: Session, *, staff: Staff, name: str, wanted: OfferFilter) -> SavedSearch:
    """Keep a search of a worker; what is new for it comes once a week. Raises DomainError over 20 of them."""
    kept = session.scalar(select(func.count()).where(SavedSearch.staff_id == staff.id)) or 0
    if kept >= MOST_KEPT:
        raise DomainError(_l("You have 20 searches already. Remove one first."), code="too_many_searches")
    search = SavedSearch(
        centre_id=staff.centre_id,
        staff_id=staff.id,
        name=name,
        wanted=wanted.as_data(),
        looked_until=utcnow(),
    )
    session.add(search)
    return search


def searches_of(session: Session, staff_id: int) -> Sequence[SavedSearch]:
    """Return the searches of a worker by name."""
    query = select(SavedSearch).where(SavedSearch.staff_id == staff_id)
    return session.scalars(query.order_by(SavedSearch.name, SavedSearch.id)).all()


def find_search(session: Session, search_id: int, staff_id: int) -> SavedSearch | None:
    """Return a search of the worker, or None."""
    return session.scalar(select(SavedSearch).where(SavedSearch.id == search_id, SavedSearch.staff_id == staff_id))


def find_search_by_key(session: Session, key: str) -> SavedSearch | None:
    """Return the search whose messages carry this key, or None."""
    return session.scalar(select(SavedSearch).where(SavedSearch.stop_key == key))


def searches_to_tell_of(session: Session, *, before: datetime) -> list[int]:
    """Return the ids of the searches whose weekly message is due: looked through before an instant, wanted, in use."""
    query = (
        select(SavedSearch.id)
        .join(Staff, Staff.id == SavedSearch.staff_id)
        .where(SavedSearch.sends_digest, SavedSearch.looked_until <= before, Staff.active)
    )
    return list(session.scalars(query.order_by(SavedSearch.id)))


def tell_what_is_new(session: Session, *, search_id: int) -> bool:
    """Send a worker what is new for a search, once; return whether there was anything."""
    search = session.get_one(SavedSearch, search_id, with_for_update=True)
    staff = session.get_one(Staff, search.staff_id)
    since, search.looked_until = search.looked_until, utcnow()
    with in_language(staff.language):
        offers = new_matches(session, search.centre_id, read_filter(search.wanted), since=since, limit=MOST_TOLD)
    if not offers:
        return False
    week = in_helsinki(search.looked_until).date().isocalendar()
    end_address = page_address("offers.end_digest", token=search.stop_key)
    queue_message(
        session,
        name="offer_digest",
        receiver=staff_receiver(staff),
        dedupe_key=f"offer_digest|{search.id}|{week.year}-{week.week}",
        values={
            "name": staff.first_name,
            "search": search.name,
            "offers": [
                {
                    "title": offer.title,
                    "employer": offer.employer.name,
                    "address": page_address("offers.show", offer_id=offer.id),
                }
                for offer in offers
            ],
            "searches_address": page_address("offers.searches"),
            "end_address": end_address,
        },
        unsubscribe=end_address,
    )
    return True
