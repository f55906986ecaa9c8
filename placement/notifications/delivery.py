"""Taking messages out of the outbox and noting what became of them.

Every function is the work of one transaction, which the jobs process ends. Who holds a message is said
by ``owner`` and ``lease_until``; both are compared again before each try, so that a process that slept
past its lease cannot send what another one has taken over.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, Select, Update, and_, func, insert, literal, or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from placement.accounts.models import Centre
from placement.clock import utcnow
from placement.notifications.bad_addresses import is_known_as_bad
from placement.notifications.models import Channel, Message, MessageState, MessageTry, OutcomeKind
from placement.notifications.preconditions import UnknownPrecondition, refresh, still_holds
from placement.notifications.promises import was_kept_before_restore

# Longer than the slowest single try; it is extended before each one, so a batch may take any time.
LEASE = timedelta(seconds=60)
BATCH = 20
GIVE_UP_AFTER = timedelta(hours=72)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
FIRST_QUESTION = timedelta(minutes=1)
"""An uncertain text message is asked about after so long: the gateway may still be taking it in."""
LONGEST_ANSWER = 300

log = logging.getLogger("outbox")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a try led to, and what the other side answered.

    ``address_is_bad``: it was refused because of the address. ``rest``: the other side asked to be left
    alone for so long.
    """

    kind: OutcomeKind
    answer: str = ""
    address_is_bad: bool = False
    rest: timedelta | None = None


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
    sender_name: str = ""
    reply_to: str = ""
    unsubscribe: str = ""


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
        if not _prepare(session, message, now, anew=True):
            continue
        message.state = MessageState.CLAIMED
        message.owner, message.lease_until = owner, now + LEASE
        message.tried_at = None
        claimed.append(message.id)
    return claimed


def _prepare(session: Session, message: Message, now: datetime, *, anew: bool) -> bool:
    """End what is pointless, bring the rest up to date if ``anew``; return whether it may be sent.

    One message that breaks on the way is put aside with its reason: it must not stop the others.
    """
    try:
        with session.begin_nested():
            if _end_if_pointless(session, message, now):
                return False
            if anew:
                refresh(session, message)
            if is_known_as_bad(session, message):
                _end(message, MessageState.FAILED, "the address takes no messages")
                return False
    except SQLAlchemyError:  # the database, not the message
        raise
    except Exception as error:
        log.exception("message %s could not be judged", message.id)
        session.refresh(message)
        _end(message, MessageState.FAILED, f"could not be judged: {type(error).__name__}")
        return False
    return True


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
    if not _prepare(session, message, now, anew=False):
        return None
    centre = session.get_one(Centre, message.centre_id)
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
        sender_name=centre.name,
        reply_to=centre.email,
        unsubscribe=message.unsubscribe,
    )


def note_outcome(session: Session, *, message_id: int, owner: str, outcome: Outcome) -> bool:
    """Write what a try led to; return whether it was still the owner's to write."""
    now = utcnow()
    answer = outcome.answer[:LONGEST_ANSWER]
    session.add(MessageTry(message_id=message_id, at=now, kind=outcome.kind, answer=answer))
    if outcome.kind is OutcomeKind.SENT:
        # It has left, whoever holds the row by now: saying so stops a second try that has not begun.
        open_row = and_(Message.id == message_id, Message.state.in_([MessageState.PLANNED, MessageState.CLAIMED]))
        values = {"owner": None, "lease_until": None, "outcome": answer, "state": MessageState.SENT, "ended_at": now}
        return _changed(session, update(Message).where(open_row).values(values)) == 1
    message = session.get_one(Message, message_id, populate_existing=True, with_for_update=True)
    if message.state is not MessageState.CLAIMED or message.owner != owner:
        return False
    if outcome.kind is OutcomeKind.REFUSED:
        _end(message, MessageState.FAILED, answer)
        message.address_is_bad = outcome.address_is_bad
    elif outcome.kind is OutcomeKind.UNCERTAIN:
        _end(message, MessageState.UNCERTAIN, answer)
        message.retry_at = now + FIRST_QUESTION
    elif now - message.due_at > GIVE_UP_AFTER:
        _end(message, MessageState.FAILED, answer)
    else:
        _plan_again(message, outcome.kind, answer, now)
    return True


def _plan_again(message: Message, kind: OutcomeKind, answer: str, now: datetime) -> None:
    message.state, message.outcome = MessageState.PLANNED, answer
    message.owner = message.lease_until = None
    if kind is OutcomeKind.OUTAGE:
        # Nobody has seen the message: the way out rests, and this was no try of it.
        message.attempts -= 1
        message.retry_at = None
    else:
        message.retry_at = now + WAITS[min(message.attempts, len(WAITS)) - 1]


def release(session: Session, *, owner: str) -> int:
    """Give back what an owner holds but has not begun to send, so that it need not wait for the lease to end."""
    held = and_(Message.state == MessageState.CLAIMED, Message.owner == owner, Message.tried_at.is_(None))
    values = {"state": MessageState.PLANNED, "owner": None, "lease_until": None}
    return _changed(session, update(Message).where(held).values(values))


def take_back(session: Session, *, owners: str = "") -> int:
    """Take back messages from dead processes: those whose lease is over, or all of owners with this beginning.

    An e-mail is sent again under the same Message-ID. A text message that was being handed over may
    have arrived, so the gateway is asked first.
    """
    now = utcnow()
    abandoned = Message.owner.startswith(owners, autoescape=True) if owners else Message.lease_until < now
    dead = and_(Message.state == MessageState.CLAIMED, abandoned)
    _note_interrupted(session, and_(dead, Message.tried_at.is_not(None)), now)
    unsure = and_(dead, Message.channel == Channel.SMS, Message.tried_at.is_not(None))
    free: dict[str, Any] = {"owner": None, "lease_until": None}
    uncertain = free | {
        "state": MessageState.UNCERTAIN,
        "ended_at": now,
        "retry_at": now + FIRST_QUESTION,
        "outcome": "the process ended while handing it over",
    }
    count = _changed(session, update(Message).where(unsure).values(uncertain))
    return count + _changed(session, update(Message).where(dead).values(free | {"state": MessageState.PLANNED}))


def _note_interrupted(session: Session, begun: Any, now: datetime) -> None:
    interrupted = select(
        Message.id,
        literal(now, MessageTry.at.type),
        literal(OutcomeKind.INTERRUPTED, MessageTry.kind.type),
        literal("", MessageTry.answer.type),
    ).where(begun)
    columns = [MessageTry.message_id, MessageTry.at, MessageTry.kind, MessageTry.answer]
    session.execute(insert(MessageTry).from_select(columns, interrupted))
