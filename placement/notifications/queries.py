"""Reads of messages."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.notifications.models import Message

MOST_MESSAGES = 100


def messages_to_youth(session: Session, youth_id: int) -> Sequence[Message]:
    """Return the messages to a young person, newest first."""
    query = select(Message).where(Message.youth_id == youth_id)
    return session.scalars(query.order_by(Message.created_at.desc(), Message.id.desc()).limit(MOST_MESSAGES)).all()
