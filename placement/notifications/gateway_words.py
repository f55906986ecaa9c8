"""What a gateway tells later about a text message: the signed words it sends, and its answers to our questions.

What is known only grows: a message that arrived stays so whatever comes after, in whichever order.
"""

import hashlib
import hmac
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from placement.clock import utcnow
from placement.notifications.models import Channel, Message, MessageState, MessageTry, OutcomeKind
from placement.notifications.sms_gateway import GatewayStatus

ASKED_FOR = timedelta(hours=24)
NEXT_QUESTION = timedelta(minutes=10)
HANDED_OVER = "accepted by the gateway"


def signature(key: str, body: bytes) -> str:
    """Return the signature of a request body: HMAC-SHA256, 64 hexadecimal digits."""
    return hmac.new(key.encode(), body, hashlib.sha256).hexdigest()


def is_signed(key: str, body: bytes, given: str) -> bool:
    """Return whether the body came from who holds the key; without a key nobody is believed."""
    return bool(key) and hmac.compare_digest(signature(key, body).encode(), given.encode())


def find_by_reference(session: Session, reference: str) -> Message | None:
    """Return the text message that a gateway calls by this reference, locked for a change."""
    query = select(Message).where(Message.message_id == f"<{reference}>", Message.channel == Channel.SMS)
    return session.scalar(query.with_for_update())


def take_word(session: Session, message: Message, status: GatewayStatus, *, number_is_wrong: bool = False) -> bool:
    """Write what the gateway says of a message it has; return whether it told anything new."""
    arrived = message.delivered_at is not None
    known_failed = message.state is MessageState.FAILED
    if arrived or status is GatewayStatus.UNKNOWN:
        return False
    if status is GatewayStatus.ACCEPTED:
        if message.state is not MessageState.UNCERTAIN:
            return False
        _settle(session, message, MessageState.SENT, OutcomeKind.SENT, HANDED_OVER)
    elif status is GatewayStatus.UNDELIVERED:
        if known_failed:
            return False
        _settle(session, message, MessageState.FAILED, OutcomeKind.UNDELIVERED, "the gateway could not deliver it")
        message.address_is_bad = number_is_wrong
    else:
        message.address_is_bad = False
        _settle(session, message, MessageState.SENT, OutcomeKind.DELIVERED, "arrived")
        message.delivered_at = utcnow()
    return True


def _settle(session: Session, message: Message, state: MessageState, kind: OutcomeKind, outcome: str) -> None:
    now = utcnow()
    message.state, message.outcome, message.retry_at = state, outcome, None
    message.ended_at = message.ended_at or now
    message.owner = message.lease_until = None
    session.add(MessageTry(message_id=message.id, at=now, kind=kind, answer=""))


def uncertain_to_ask_about(session: Session, *, limit: int) -> list[tuple[int, str]]:
    """Return number and Message-ID of uncertain text messages whose time to be asked about has come."""
    rows = session.execute(
        select(Message.id, Message.message_id).where(_asked(), Message.retry_at <= utcnow()).limit(limit)
    )
    return [(row.id, row.message_id) for row in rows]


def _asked() -> ColumnElement[bool]:
    return and_(Message.state == MessageState.UNCERTAIN, Message.channel == Channel.SMS)


def take_answer(session: Session, *, message_id: int, status: GatewayStatus | None) -> bool:
    """Write what the gateway answered about an uncertain message; return whether it is uncertain no more.

    One that never got there is tried again. While the gateway does not tell, it is asked again for a day;
    then a person decides.
    """
    now = utcnow()
    message = session.scalar(select(Message).where(_asked(), Message.id == message_id).with_for_update())
    if message is None:
        return False
    if status is None:
        since = message.ended_at or now
        message.retry_at = now + NEXT_QUESTION if now - since < ASKED_FOR else None
        return False
    if status is GatewayStatus.UNKNOWN:
        session.add(MessageTry(message_id=message.id, at=now, kind=OutcomeKind.UNKNOWN_THERE))
        message.state, message.retry_at, message.ended_at = MessageState.PLANNED, None, None
        return True
    return take_word(session, message, status)
