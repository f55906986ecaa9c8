"""Messages in the outbox for the tests."""

import itertools
from typing import Any

from sqlalchemy.orm import Session

from placement.clock import utcnow
from placement.notifications.models import Channel, Message, MessageState

_numbers = itertools.count(1)


def make_message(session: Session, *, centre_id: int, **values: Any) -> Message:
    """An e-mail of the centre that was sent, to the receiver whose id is given."""
    number = next(_numbers)
    now = utcnow()
    given: dict[str, Any] = {
        "name": "greeting",
        "channel": Channel.EMAIL,
        "address": f"receiver{number}@example.fi",
        "language": "en",
        "subject": "A greeting",
        "text": "Hello there.",
        "state": MessageState.SENT,
        "due_at": now,
        "created_at": now,
        "dedupe_key": f"message{number}",
        "message_id": f"<{number}@sauma>",
    } | values
    given.setdefault("ended_at", None if given["state"] is MessageState.PLANNED else now)
    message = Message(centre_id=centre_id, **given)
    session.add(message)
    session.flush()
    return message
