"""How a young person is reached, and what must still be true when a message to them goes out."""

from sqlalchemy.orm import Session

from placement.jobseekers.models import Youth
from placement.notifications.models import Channel, Message
from placement.notifications.preconditions import register_condition
from placement.notifications.services import Receiver

YOUTH_REACHED = "youth_reached"


def youth_receiver(youth: Youth) -> Receiver:
    """Return a young person as a receiver by the channel they chose; who has left gets nothing more."""
    addresses = {Channel.EMAIL: youth.email, Channel.SMS: youth.phone, Channel.NONE: ""}
    channel = youth.channel if youth.is_active else Channel.NONE
    return Receiver(
        centre_id=youth.centre_id,
        channel=channel,
        address=addresses[channel],
        language=youth.language,
        youth_id=youth.id,
    )


def youth_still_reached(session: Session, message: Message) -> bool:
    """Tell whether the young person is still reached by the channel for which the message was written."""
    youth = session.get(Youth, message.youth_id, populate_existing=True)
    return youth is not None and youth.is_active and youth.channel is message.channel


def to_present_youth_address(session: Session, message: Message) -> None:
    """Send to the address known now: a message holds a link, and the number may have gone to somebody else."""
    message.address = youth_receiver(session.get_one(Youth, message.youth_id)).address


register_condition(YOUTH_REACHED, youth_still_reached)
