"""Putting messages into the outbox. Sending them is another matter: ``delivery.py``."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.clock import utcnow
from placement.i18n import in_language
from placement.notifications.models import Channel, Message, MessageState
from placement.notifications.sms_text import plain
from placement.templating import render_message


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who gets a message, how, and in which language. Exactly one of the ids is set."""

    centre_id: int
    channel: Channel
    address: str
    language: str
    youth_id: int | None = None
    employer_contact_id: int | None = None
    staff_id: int | None = None

    @property
    def can_be_reached(self) -> bool:
        """Whether there is a channel and an address to use."""
        return self.channel is not Channel.NONE and bool(self.address)

    @property
    def key(self) -> str:
        """A short mark of person, channel and address for the dedupe key; it shows none of them."""
        person = f"y{self.youth_id}" if self.youth_id else f"e{self.employer_contact_id}"
        person = f"s{self.staff_id}" if self.staff_id else person
        address = hashlib.sha256(self.address.encode()).hexdigest()[:12]
        return f"{person}|{self.channel.value}|{address}"


@dataclass(frozen=True, slots=True)
class Timing:
    """When a message is due, until when it is worth sending, and what must still be true then."""

    due_at: datetime | None = None
    not_after: datetime | None = None
    precondition: str = ""
    precondition_id: int | None = None
    precondition_version: int = 0


NOW = Timing()


def new_message_id() -> str:
    """Return the Message-ID of a new message; every try of the message carries the same."""
    return f"<{uuid.uuid4()}@sauma>"


def queue_message(
    session: Session,
    *,
    name: str,
    receiver: Receiver,
    dedupe_key: str,
    values: dict[str, Any],
    timing: Timing = NOW,
    calendar: str = "",
    recruitment_day_id: int | None = None,
    unsubscribe: str = "",
) -> Message | None:
    """Put a message into the outbox in the receiver's language, within the caller's transaction.

    ``unsubscribe`` is the page where the receiver ends messages of this kind, for those that come again and
    again. Returns the message; the one already there when the same promise was made before; or None when the
    receiver has no channel, which the caller shows as somebody to call.
    """
    if not receiver.can_be_reached:
        return None
    key = f"{dedupe_key}|{receiver.key}"
    earlier = session.scalar(select(Message).where(Message.dedupe_key == key))
    if earlier is not None:
        return earlier
    subject = text = html = ""
    with in_language(receiver.language):
        if receiver.channel is Channel.EMAIL:
            subject = render_message(name, "subject.txt", **values)
            text = render_message(name, "body.txt", **values)
            html = render_message(name, "body.html", **values)
        else:
            text = plain(render_message(name, "sms.txt", **values))
    now = utcnow()
    message = Message(
        dedupe_key=key,
        centre_id=receiver.centre_id,
        name=name,
        youth_id=receiver.youth_id,
        employer_contact_id=receiver.employer_contact_id,
        staff_id=receiver.staff_id,
        recruitment_day_id=recruitment_day_id,
        channel=receiver.channel,
        address=receiver.address,
        language=receiver.language,
        subject=subject,
        text=text,
        html=html,
        calendar=calendar,
        state=MessageState.PLANNED,
        due_at=timing.due_at or now,
        not_after=timing.not_after,
        precondition=timing.precondition,
        precondition_id=timing.precondition_id,
        precondition_version=timing.precondition_version,
        unsubscribe=unsubscribe,
        message_id=new_message_id(),
        created_at=now,
    )
    session.add(message)
    return message
