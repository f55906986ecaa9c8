"""Taking messages out of the outbox and noting what became of them.

Every function is the work of one transaction, which the jobs process ends. Who holds a message is said
by ``owner`` and ``lease_until``; both are compared again before each try, so that a process that slept
past its lease cannot send what another one has taken over.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import CursorResult, Select, Update, and_, func, or_, select, update
from sqlalchemy.orm import Session

from placement.clock import utcnow
from placement.notifications.models import Channel, Message, MessageState
from placement.notifications.preconditions import UnknownPrecondition, refresh, still_holds
from placement.notifications.promises import was_kept_before_restore

# Longer than the slowest single try; it is extended before each one, so a batch may take any time.
LEASE = timedelta(seconds=60)
BATCH = 20
GIVE_UP_AFTER = timedelta(hours=72)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
LONGEST_ANSWER = 300


class OutcomeKind(StrEnum):
    """What a try led to."""

    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    OUTAGE = "outage"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a try led to, and what the other side answered."""

    kind: OutcomeKind
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as a channel needs it, free of the session."""

    id: int
    dedupe_key: str
    channel: Channel
    address: str
    language: str
    subject: str
    text: str
    html: str
    calendar: str
    message_id: str
    created_at: datetime


def _changed(session: Session, statement: Update) -> int:
    result = session.execute(statement, execution_options={"synchronize_session": False})
    return cast("CursorResult[Any]", result).rowcount


def _due(now: datetime, channels: Iterable[Channel]) -> Select[Message]:
    return select(Message).where(
        Message.state == MessageState.PLANNED,
        Message.due_at <= now,
        or_(Message.retry_at.is_(None), Message.retry_at <= now),
        Message.channel.in_(list(channels)),
    )


def count_due(session: Session) -> int:
    """Return how many messages wait to be sent now."""
    due = _due(utcnow(), (Channel.EMAIL, Channel.SMS)).subquery()
    return int(session.scalar(select(func.count()).select_from(due)) or 0)


def claim(session: Session, *, owner: str, channels: Iterable[Channel], limit: int = BATCH) -> list[int] | None:
    """Take due messages for an owner and return their ids; None when nothing at all was due.

    What is no longer worth sending or no longer true is ended here instead.
    """
    now = utcnow()  # before the query: a slow query must not lengthen the lease
    query = _due(now, channels).order_by(Message.due_at, Message.id).limit(limit).with_for_update(skip_locked=True)
    messages = session.scalars(query.execution_options(populate_existing=True)).all()
    if not messages:
        return None
    claimed = []
    for message in messages:
        if _end_if_pointless(session, message, now):
            continue
        refresh(session, message)
        message.state = MessageState.CLAIMED
        message.owner, message.lease_until = owner, now + LEASE
        message.tried_at = None
        claimed.append(message.id)
    return claimed


def _end_if_pointless(session: Session, message: Message, now: datetime) -> bool:
    """End a message that is too late, sent already, no longer true, or that nobody can judge; return whether it was."""
    if message.not_after is not None and message.not_after < now:
        _end(message, MessageState.EXPIRED, "too late")
        return True
    if was_kept_before_restore(session, message):
        _end(message, MessageState.SENT, "sent before the restore")
        return True
    try:
        holds = still_holds(session, message)
    except UnknownPrecondition:
        _end(message, MessageState.FAILED, f"unknown precondition {message.precondition}")
        return True
    if not holds:
        _end(message, MessageState.SUPERSEDED, "no longer true")
        return True
    return False


def _end(message: Message, state: MessageState, outcome: str) -> None:
    message.state, message.outcome, message.ended_at = state, outcome, utcnow()
    message.owner = message.lease_until = None


def begin_try(session: Session, *, message_id: int, owner: str) -> Letter | None:
    """Note that handing over begins, and return the letter; None when the message is not the owner's any more."""
    now = utcnow()
    mine = and_(
        Message.id == message_id,
        Message.state == MessageState.CLAIMED,
        Message.owner == owner,
        Message.lease_until > now,
    )
    values = {"lease_until": now + LEASE, "tried_at": now, "attempts": Message.attempts + 1}
    if _changed(session, update(Message).where(mine).values(values)) == 0:
        return None
    message = session.get_one(Message, message_id, populate_existing=True)
    if _end_if_pointless(session, message, now):
        return None
    return Letter(
        id=message.id,
        dedupe_key=message.dedupe_key,
        channel=message.channel,
        address=message.address,
        language=message.language,
        subject=message.subject,
        text=message.text,
        html=message.html,
        calendar=message.calendar,
        message_id=message.message_id,
        created_at=message.created_at,
    )


def note_outcome(session: Session, *, message_id: int, owner: str, outcome: Outcome) -> bool:
    """Write what a try led to; return whether it was still the owner's to write."""
    now = utcnow()
    answer = outcome.answer[:LONGEST_ANSWER]
    free: dict[str, Any] = {"owner": None, "lease_until": None, "outcome": answer}
    if outcome.kind is OutcomeKind.SENT:
        # It has left, whoever holds the row by now: saying so stops a second try that has not begun.
        open_row = and_(Message.id == message_id, Message.state.in_([MessageState.PLANNED, MessageState.CLAIMED]))
        values = free | {"state": MessageState.SENT, "ended_at": now}
        return _changed(session, update(Message).where(open_row).values(values)) == 1
    message = session.get_one(Message, message_id, populate_existing=True, with_for_update=True)
    if message.state is not MessageState.CLAIMED or message.owner != owner:
        return False
    if outcome.kind is OutcomeKind.REFUSED:
        _end(message, MessageState.FAILED, answer)
    elif outcome.kind is OutcomeKind.UNCERTAIN:
        _end(message, MessageState.UNCERTAIN, answer)
    elif now - message.due_at > GIVE_UP_AFTER:
        _end(message, MessageState.FAILED, answer)
    else:
        message.state, message.outcome = MessageState.PLANNED, answer
        message.owner = message.lease_until = None
        is_outage = outcome.kind is OutcomeKind.OUTAGE
        message.retry_at = None if is_outage else now + WAITS[min(message.attempts, len(WAITS)) - 1]
    return True


def release(session: Session, *, owner: str) -> int:
    """Give back what an owner holds but has not begun to send, so that it need not wait for the lease to end."""
    held = and_(Message.state == MessageState.CLAIMED, Message.owner == owner, Message.tried_at.is_(None))
    values = {"state": MessageState.PLANNED, "owner": None, "lease_until": None}
    return _changed(session, update(Message).where(held).values(values))


def take_back(session: Session, *, owners: str = "") -> int:
    """Take back messages from dead processes: those whose lease is over, or all of owners with this beginning.

    An e-mail is sent again under the same Message-ID. A text message that was being handed over may
    have arrived, so a person looks at it.
    """
    now = utcnow()
    abandoned = Message.owner.startswith(owners, autoescape=True) if owners else Message.lease_until < now
    dead = and_(Message.state == MessageState.CLAIMED, abandoned)
    unsure = and_(dead, Message.channel == Channel.SMS, Message.tried_at.is_not(None))
    free: dict[str, Any] = {"owner": None, "lease_until": None}
    uncertain = free | {
        "state": MessageState.UNCERTAIN,
        "ended_at": now,
        "outcome": "the process ended while handing it over",
    }
    count = _changed(session, update(Message).where(unsure).values(uncertain))
    return count + _changed(session, update(Message).where(dead).values(free | {"state": MessageState.PLANNED}))
