"""What signing in leaves behind: failures counted, locks, and lines in the log."""

import hashlib

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from placement.accounts.models import IdempotencyKey, Staff
from placement.accounts.services import note_failed_sign_in, note_sign_in
from placement.audit.services import Actor, diff, record
from placement.clock import utcnow

CODE_USED = "second-factor-code"


def count_failed_sign_in(session: Session, *, staff: Staff) -> None:
    """Count a wrong password or code; the tenth in a row locks the account and is logged."""
    session.refresh(staff, ["failed_sign_ins", "locked_until"], with_for_update=True)  # two tries at once count as two
    was_locked = staff.is_locked()
    note_failed_sign_in(staff)
    if staff.is_locked() and not was_locked:
        record(session, actor=Actor.system(staff.centre_id), action="staff.locked", about=staff)


def welcome(session: Session, *, staff: Staff) -> None:
    """Forget earlier failures and log the sign-in."""
    note_sign_in(staff)
    record(session, actor=Actor.staff(staff), action="staff.signed_in", about=staff)


def note_own_change(session: Session, *, staff: Staff, action: str) -> None:
    """Log that a worker changed how they sign in; what was changed is secret."""
    record(session, actor=Actor.staff(staff), action=action, about=staff)


def change_own_account(session: Session, *, staff: Staff, language: str, phone_hours: str, actor: Actor) -> None:
    """Let a worker choose the language of their pages and messages, and tell when they can be called."""
    staff.language, staff.phone_hours = language, phone_hours
    record(session, actor=actor, action="staff.changed", about=staff, changes=diff(staff))


def use_code_once(session: Session, *, secret: str, counter: int) -> bool:
    """Remember that a code was used; return False when it had been used before."""
    key = hashlib.sha256(f"{secret}:{counter}".encode()).hexdigest()
    used = select(IdempotencyKey.id).where(IdempotencyKey.key == key, IdempotencyKey.endpoint == CODE_USED)
    if session.scalar(used) is not None:
        return False
    try:
        with session.begin_nested():
            session.add(IdempotencyKey(key=key, endpoint=CODE_USED, created_at=utcnow()))
    except IntegrityError:  # another request used it in the same instant
        return False
    return True
