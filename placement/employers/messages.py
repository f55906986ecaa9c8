"""The messages to an employer's contact person about their own page."""

import uuid

from sqlalchemy.orm import Session

from placement.accounts.models import Centre
from placement.employers.models import EmployerContact
from placement.links import page_address
from placement.notifications.models import Channel, Message
from placement.notifications.preconditions import register_condition, register_refresh
from placement.notifications.services import Receiver, Timing, queue_message
from placement.notifications.sms_text import shortened

SHORT_CENTRE = 20
CONTACT_REACHED = "contact_reached"


def contact_receiver(contact: EmployerContact) -> Receiver:
    """Return a contact person as a receiver by the channel they chose; who has left gets nothing more."""
    addresses = {Channel.EMAIL: contact.email, Channel.SMS: contact.phone, Channel.NONE: ""}
    channel = contact.channel if contact.is_active else Channel.NONE
    return Receiver(
        centre_id=contact.centre_id,
        channel=channel,
        address=addresses[channel],
        language=contact.language,
        employer_contact_id=contact.id,
    )


def employer_link(session: Session, *, contact: EmployerContact, token: str) -> None:
    """Send a contact person the address of their own page. Each link is its own promise."""
    centre = session.get_one(Centre, contact.centre_id)
    queue_message(
        session,
        name="employer_link",
        receiver=contact_receiver(contact),
        dedupe_key=f"employer_link|{uuid.uuid4().hex}",
        values={
            "name": contact.name,
            "centre_name": centre.name,
            "short_centre": shortened(centre.name, SHORT_CENTRE),
            "centre_phone": centre.phone,
            "address": page_address("employer.home", token=token),
        },
        timing=Timing(precondition=CONTACT_REACHED),
    )


def contact_still_reached(session: Session, message: Message) -> bool:
    """Tell whether the person is still a contact person, by the channel for which the message was written."""
    contact = session.get(EmployerContact, message.employer_contact_id, populate_existing=True)
    return contact is not None and contact.is_active and contact.channel is message.channel


def to_present_contact_address(session: Session, message: Message) -> None:
    """Send to the address known now: a message holds a link, and the address may have been put right meanwhile."""
    contact = session.get_one(EmployerContact, message.employer_contact_id)
    message.address = contact_receiver(contact).address


register_condition(CONTACT_REACHED, contact_still_reached)
for _name in ("employer_link", "employer_offer_received", "offer_returned"):
    register_refresh(_name, to_present_contact_address)
