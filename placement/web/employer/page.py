"""What the pages of an employer show."""

from dataclasses import dataclass
from typing import Any

from placement.i18n import gettext
from placement.i18n import lazy_gettext as _l
from placement.offers.models import Offer
from placement.offers.states import TRANSITIONS, OfferAction, OfferState, possible_actions
from placement.web.forms import local_municipality
from placement.web.offers.page import people_rows, when_rows

_IN_PLAIN_WORDS = {
    OfferState.DRAFT: (_l("Not sent yet"), "warn"),
    OfferState.SUBMITTED: (_l("Being read at Ohjaamo"), "info"),
    OfferState.CHECKED: (_l("Read, soon published"), "info"),
    OfferState.LIVE: (_l("Open to young people"), "ok"),
    OfferState.MATCHED: (_l("Somebody is interested"), "ok"),
    OfferState.FILLED: (_l("Filled"), "neutral"),
    OfferState.WITHDRAWN: (_l("Taken back"), "neutral"),
    OfferState.EXPIRED: (_l("Closed, because nobody confirmed it"), "neutral"),
    OfferState.REJECTED: (_l("Could not be published"), "neutral"),
}
_CHANGEABLE = frozenset({OfferState.DRAFT, OfferState.SUBMITTED})


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place in words for the employer, and what they can do with it."""

    id: int
    title: str
    state: Any
    variant: str
    can_be_changed: bool
    can_be_withdrawn: bool
    can_be_filled: bool
    can_be_reopened: bool
    is_draft: bool
    correction: str


def place_view(offer: Offer) -> PlaceView:
    """Return how a place is shown to its employer."""
    state, variant = _IN_PLAIN_WORDS[offer.state]
    correction = asked_correction(offer)
    if correction:
        state = _l("Returned to you: please correct")
    if offer.paused_until is not None:
        state, variant = _l("Paused"), "warn"
    steps = {action for action in possible_actions(offer.state) if TRANSITIONS[action].employer_may}
    return PlaceView(
        id=offer.id,
        title=offer.title,
        state=state,
        variant=variant,
        can_be_changed=offer.state in _CHANGEABLE,
        can_be_withdrawn=OfferAction.WITHDRAW in steps,
        can_be_filled=OfferAction.FILL in steps,
        can_be_reopened=OfferAction.REOPEN in steps and offer.state is not OfferState.REJECTED,
        is_draft=offer.state is OfferState.DRAFT,
        correction=correction,
    )


def told_rows(offer: Offer) -> list[tuple[str, str]]:
    """Return what the employer told, in pairs."""
    where = ", ".join(part for part in (offer.street_area, local_municipality(offer.municipality_code)) if part)
    return [
        (gettext("Where"), where),
        (gettext("How to get there"), offer.access_notes),
        *when_rows(offer)[:8],
        *people_rows(offer)[:2],
    ]


def asked_correction(offer: Offer) -> str:
    """Return what Ohjaamo asked to correct, while the place waits for it; else nothing."""
    last = offer.events[-1] if offer.events else None
    return last.reason if last is not None and last.action is OfferAction.RETURN else ""
