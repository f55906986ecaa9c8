"""Sending a message once more, because a person asks for it."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.audit.services import Actor, record
from placement.clock import utcnow
from placement.errors import DomainError
from placement.i18n import lazy_gettext as _l
from placement.notifications.bad_addresses import is_known_as_bad
from placement.notifications.models import ENDED_STATES, Message, MessageState
from placement.notifications.preconditions import UnknownPrecondition, still_holds
from placement.notifications.services import new_message_id

_COPIED = (
    "centre_id", "name", "youth_id", "employer_contact_id", "staff_id", "recruitment_day_id", "channel",
    "language", "subject", "text", "html", "calendar", "precondition", "precondition_id", "precondition_version",
    "unsubscribe",
)  # fmt: skip
_AGAIN = "|again "


def may_be_sent_again(message: Message) -> bool:
    """Return whether a message has ended in a way after which a person may want to send it once more."""
    return message.state in ENDED_STATES - {MessageState.SUPERSEDED}


def send_again(session: Session, message: Message, *, address: str, reason: str, actor: Actor) -> Message:
    """Put the same text into the outbox once more, as a promise of its own, to the address that is right now.

    Asking twice while the new one still waits gives the same one. Raises DomainError when the message
    still waits itself, when what it says is no longer true, or when the address takes no messages.
    """
    if not may_be_sent_again(message):
        raise DomainError(_l("This message has not ended yet, so it cannot be sent again."))
    try:
        is_true = still_holds(session, message)
    except UnknownPrecondition:
        is_true = False
    if not is_true:
        raise DomainError(_l("What this message says is no longer true, so it cannot be sent again."))
    if not address or (address == message.address and is_known_as_bad(session, message)):
        raise DomainError(_l("This address takes no messages. Correct it first, or say that it is right."))
    first_key = message.dedupe_key.split(_AGAIN)[0]
    copies = Message.dedupe_key.startswith(first_key + _AGAIN, autoescape=True)
    waiting = session.scalar(select(Message).where(copies, Message.state.not_in(ENDED_STATES)))
    if waiting is not None:
        return waiting
    number = session.scalar(select(func.count(Message.id)).where(copies)) or 0
    now = utcnow()
    again = Message(
        **{column: getattr(message, column) for column in _COPIED},
        address=address,
        dedupe_key=f"{first_key}{_AGAIN}{number + 1}",
        state=MessageState.PLANNED,
        due_at=now,
        created_at=now,
        message_id=new_message_id(),
    )
    session.add(again)
    record(session, actor=actor, action="message.sent_again", about=again, youth_id=message.youth_id, reason=reason)
    return again
