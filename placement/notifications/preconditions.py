"""What must still be true when a message is sent, and what is read anew just before.

The packages that own the facts register functions here. They are called in the transaction that
takes a message out of the outbox, so that a change made since it was planned is never missed.
"""

from collections.abc import Callable

from sqlalchemy.orm import Session

from placement.notifications.models import Message

Condition = Callable[[Session, Message], bool]
Refresh = Callable[[Session, Message], None]

_CONDITIONS: dict[str, Condition] = {}
_REFRESHES: dict[str, Refresh] = {}


class UnknownPrecondition(LookupError):
    """A message names a precondition that no package has registered."""


def register_condition(name: str, condition: Condition) -> None:
    """Register the function that tells whether a message with this precondition may still be sent."""
    _CONDITIONS[name] = condition


def register_refresh(message_name: str, refresh: Refresh) -> None:
    """Register the function that writes numbers into a message of this name just before it is sent."""
    _REFRESHES[message_name] = refresh


def still_holds(session: Session, message: Message) -> bool:
    """Return whether the message may be sent; raise UnknownPrecondition when nobody can tell."""
    if not message.precondition:
        return True
    condition = _CONDITIONS.get(message.precondition)
    if condition is None:
        raise UnknownPrecondition(message.precondition)
    return condition(session, message)


def refresh(session: Session, message: Message) -> None:
    """Bring the text of a message up to date, when its numbers change until the end."""
    write = _REFRESHES.get(message.name)
    if write is not None:
        write(session, message)
