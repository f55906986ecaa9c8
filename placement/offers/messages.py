"""The messages to employers about their offers. Each function says who gets what and what makes it one promise."""

from datetime import date

from sqlalchemy.orm import Session

from placement.accounts.models import Centre, LinkPurpose
from placement.accounts.personal_links import make_link
from placement.employers.messages import (
    CONTACT_REACHED,
    contact_receiver,
    contact_still_reached,
    to_present_contact_address,
)
from placement.employers.models import EmployerContact
from placement.i18n import format_day
from placement.links import page_address
from placement.notifications.models import Message
from placement.notifications.preconditions import register_condition, register_refresh
from placement.notifications.services import Timing, queue_message
from placement.notifications.sms_text import shortened
from placement.offers.models import Offer
from placement.offers.states import OfferState

SHORT_TITLE = 30
SHORT_CENTRE = 20
STILL_UNCONFIRMED = "offer_still_unconfirmed"


def employer_offer_received(session: Session, *, offer: Offer, contact: EmployerContact, event_id: int) -> None:
    """Tell the contact person that the offer came through and what happens next, once for each sending."""
    centre = session.get_one(Centre, offer.centre_id)
    queue_message(
        session,
        name="employer_offer_received",
        receiver=contact_receiver(contact),
        dedupe_key=f"employer_offer_received|{offer.id}|{event_id}",
        values={
            "name": contact.name,
            "title": offer.title,
            "short_title": shortened(offer.title, SHORT_TITLE),
            "short_centre": shortened(centre.name, SHORT_CENTRE),
            "centre_name": centre.name,
            "centre_phone": centre.phone,
        },
        timing=Timing(precondition=CONTACT_REACHED),
    )


def offer_returned(session: Session, *, offer: Offer, contact: EmployerContact, event_id: int, reason: str) -> None:
    """Ask the contact person for a correction, with a link that opens their page."""
    receiver = contact_receiver(contact)
    if not receiver.can_be_reached or not contact.is_active:
        return
    queue_message(
        session,
        name="offer_returned",
        receiver=receiver,
        dedupe_key=f"offer_returned|{offer.id}|{event_id}",
        values=_with_link(session, offer, contact, "employer.offer") | {"reason": reason},
        timing=Timing(precondition=CONTACT_REACHED),
    )


def offer_still_open(
    session: Session, *, offer: Offer, contact: EmployerContact, mark: str, since: date, closes: date
) -> Message | None:
    """Ask whether a live place is still open, with a link where one tap answers; once for each day count.

    Somebody who has no channel gets nothing: the place waits on Today for a call. Confirmed meanwhile, it is not sent.
    """
    if not contact_receiver(contact).can_be_reached or not contact.is_active:
        return None
    return queue_message(
        session,
        name="offer_still_open",
        receiver=contact_receiver(contact),
        dedupe_key=f"offer_still_open|{offer.id}|{mark}",
        values=_with_link(session, offer, contact, "employer.still_open_question")
        | {"since": format_day(since), "closes": format_day(closes)},
        timing=Timing(precondition=STILL_UNCONFIRMED, precondition_id=offer.id, precondition_version=since.toordinal()),
    )


def offer_closed(session: Session, *, offer: Offer, contact: EmployerContact, since: date) -> None:
    """Tell the contact person that the place was closed because nobody confirmed it, once."""
    if not contact_receiver(contact).can_be_reached or not contact.is_active:
        return
    queue_message(
        session,
        name="offer_closed",
        receiver=contact_receiver(contact),
        dedupe_key=f"offer_closed|{offer.id}|{since.isoformat()}",
        values=_with_link(session, offer, contact, "employer.offer") | {"since": format_day(since)},
        timing=Timing(precondition=CONTACT_REACHED),
    )


def _with_link(session: Session, offer: Offer, contact: EmployerContact, endpoint: str) -> dict[str, str]:
    centre = session.get_one(Centre, offer.centre_id)
    token = make_link(
        session,
        centre_id=offer.centre_id,
        purpose=LinkPurpose.EMPLOYER_PAGE,
        employer_contact_id=contact.id,
    )
    return {
        "name": contact.name,
        "title": offer.title,
        "short_title": shortened(offer.title, SHORT_TITLE),
        "short_centre": shortened(centre.name, SHORT_CENTRE),
        "centre_name": centre.name,
        "centre_phone": centre.phone,
        "address": page_address(endpoint, token=token, offer_id=offer.id),
    }


def _still_unconfirmed(session: Session, message: Message) -> bool:
    """Tell whether the place still waits for an answer from somebody who can be reached."""
    offer = session.get(Offer, message.precondition_id, populate_existing=True)
    if offer is None or offer.state is not OfferState.LIVE or offer.paused_until is not None:
        return False
    is_silent = offer.confirmed_on is None or offer.confirmed_on.toordinal() <= message.precondition_version
    return is_silent and contact_still_reached(session, message)


register_condition(STILL_UNCONFIRMED, _still_unconfirmed)
for _name in ("offer_still_open", "offer_closed"):
    register_refresh(_name, to_present_contact_address)
