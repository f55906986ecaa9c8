"""Promises that were kept before this database was put back from an older copy."""

import hashlib

from sqlalchemy.orm import Session

from placement.notifications.models import KeptPromise, Message


def promise_mark(dedupe_key: str) -> str:
    """Return the one-way mark of a promise, 32 hexadecimal digits; it shows no person."""
    return hashlib.sha256(dedupe_key.encode()).hexdigest()[:32]


def was_kept_before_restore(session: Session, message: Message) -> bool:
    """Return whether the same promise was kept by the installation before it was restored."""
    return session.get(KeptPromise, promise_mark(message.dedupe_key)) is not None
