"""The messages to employers about their offers. Each function says who gets what and what makes it one promise."""

from sqlalchemy.orm import Session

from placement.accounts.models import Centre, LinkPurpose
from placement.accounts.personal_links import make_link
from placement.employers.messages import CONTACT_REACHED, contact_receiver
from placement.employers.models import EmployerContact
from placement.links import page_address
from placement.notifications.services import Timing, queue_message
from placement.notifications.sms_text import shortened
from placement.offers.models import Offer

SHORT_TITLE = 30
SHORT_CENTRE = 20


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
    centre = session.get_one(Centre, offer.centre_id)
    token = make_link(
        session,
        centre_id=offer.centre_id,
        purpose=LinkPurpose.EMPLOYER_PAGE,
        employer_contact_id=contact.id,
    )
    queue_message(
        session,
        name="offer_returned",
        receiver=receiver,
        dedupe_key=f"offer_returned|{offer.id}|{event_id}",
        values={
            "name": contact.name,
            "title": offer.title,
            "short_title": shortened(offer.title, SHORT_TITLE),
            "short_centre": shortened(centre.name, SHORT_CENTRE),
            "reason": reason,
            "centre_name": centre.name,
            "centre_phone": centre.phone,
            "address": page_address("employer.offer", token=token, offer_id=offer.id),
        },
        timing=Timing(precondition=CONTACT_REACHED),
    )
