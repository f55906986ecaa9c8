"""What could change: for one offer that is set aside, for the whole list, and what to ask next."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

import matching
from placement.clock import today_in_helsinki
from placement.jobseekers.models import Youth
from placement.offers.models import Offer
from placement.suggestions.adapter import ChangeCode, Told, person_of
from placement.suggestions.live_index import live_offers_of
from placement.suggestions.models import Band


@dataclass(frozen=True, slots=True)
class Help:
    """The changes that would make an offer fit, each with who makes it, and how well it would fit then."""

    changes: tuple[Told, ...]
    band: Band


@dataclass(frozen=True, slots=True)
class Advice:
    """For a list: the one change that opens most places and how many, and the question that tells most."""

    change: Told | None
    opens: int
    question: Told | None


def what_would_help(session: Session, youth: Youth, offer: Offer) -> Help | None:
    """Return what would make an offer fit that is set aside; None when nothing that can be acted on would."""
    live = live_offers_of(session, youth.centre_id)
    if offer.id not in live.offers:
        return None
    found = matching.what_would_help(
        person_of(session, youth), live.offers[offer.id], today=today_in_helsinki(), index=live.index
    )
    if found is None:
        return None
    return Help(tuple(Told(str(one.code), dict(one.slots)) for one in found.changes), Band(found.band.value))


def advice_for(session: Session, youth: Youth) -> Advice:
    """Return what could be done about the whole list of a young person loaded with their profile.

    It is worked out again only when the young person or an offer has changed.
    """
    live, today = live_offers_of(session, youth.centre_id), today_in_helsinki()
    person = person_of(session, youth)
    known = live.advice.get(person.id)
    if known is not None and known[0] == (person, today):
        found: Advice = known[1]
        return found
    offers = list(live.offers.values())
    opening = matching.opens_most(person, offers, today=today, index=live.index)
    if opening and youth.protected_contact and opening.change.code is ChangeCode.LONGER_WAY:
        opening = None  # how many places a longer way opens would tell where the person moves about
    asked = matching.ask_next(person, offers, today=today, index=live.index)
    advice = Advice(
        change=Told(str(opening.change.code), dict(opening.change.slots)) if opening else None,
        opens=len(opening.offer_ids) if opening else 0,
        question=Told(str(asked[0].code), dict(asked[0].slots)) if asked else None,
    )
    live.remember(person, today, advice)
    return advice
