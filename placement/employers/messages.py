"""The messages to an employer's contact person about their own page."""

import uuid

from sqlalchemy.orm import Session

from placement.accounts.models import Centre
from placement.employers.models import EmployerContact
from placement.links import page_address
from placement.notifications.services import Receiver, queue_message
from placement.notifications.sms_text import shortened

SHORT_CENTRE = 20


def contact_receiver(contact: EmployerContact) -> Receiver:
    """Return a contact person as a receiver by the channel they chose."""
    addresses = {"email": contact.email, "sms": contact.phone}
    return Receiver(
        centre_id=contact.centre_id,
        channel=contact.channel,
        address=addresses.get(contact.channel.value, ""),
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
    )
