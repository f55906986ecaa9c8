"""Addresses that take no messages: known from what a mail server or a gateway refused.

There is no list of its own: the mark stands on the message that was refused, and it is about the
address. When a person gets another address, nothing is left to forget.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, select, update
from sqlalchemy.orm import Session

from placement.audit.services import Actor, record
from placement.notifications.models import Channel, Message


def is_known_as_bad(session: Session, message: Message) -> bool:
    """Return whether an earlier message to a young person or an employer's contact showed the address as bad.

    A worker's own address is always tried: without its code nobody could sign in and correct it.
    """
    if message.staff_id is not None:
        return False
    return session.scalar(select(Message.id).where(_marked(message.channel, message.address)).limit(1)) is not None


def trust_address(session: Session, message: Message, *, actor: Actor) -> int:
    """Take the mark off an address, because somebody says that it is right; return how many messages told it.

    What comes next is tried again. What was refused stays refused: it can be sent again by hand.
    """
    marked: Sequence[int] = session.scalars(
        select(Message.id).where(_marked(message.channel, message.address), Message.centre_id == message.centre_id)
    ).all()
    session.execute(update(Message).where(Message.id.in_(marked)).values(address_is_bad=False))
    record(session, actor=actor, action="message.address_trusted", about=message, youth_id=message.youth_id)
    return len(marked)


def _marked(channel: Channel, address: str) -> ColumnElement[bool]:
    return and_(Message.address_is_bad, Message.address == address, Message.channel == channel)
