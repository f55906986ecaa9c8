"""Verbs that change centres, staff and their sign-in state."""

import uuid
from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.accounts.models import Centre, Staff, StaffRole
from placement.accounts.permissions import Role
from placement.clock import utcnow

FAILURES_BEFORE_LOCK = 10
LOCK_LASTS = timedelta(minutes=15)


def ensure_roles(session: Session) -> dict[Role, StaffRole]:
    """Make sure that every role exists as a row and return them by code."""
    rows = {row.name: row for row in session.scalars(select(StaffRole))}
    for role in Role:
        if role not in rows:
            rows[role] = StaffRole(name=role)
            session.add(rows[role])
    return rows


def add_staff(
    session: Session,
    *,
    centre: Centre,
    first_name: str,
    last_name: str,
    email: str,
    password_hash: str,
    roles: Iterable[Role],
    totp_secret: str,
    language: str = "fi",
    phone: str = "",
) -> Staff:
    """Add a worker to a centre. The second factor is an e-mailed code until they choose an app."""
    known = ensure_roles(session)
    staff = Staff(
        centre=centre,
        first_name=first_name,
        last_name=last_name,
        email=email.strip().lower(),
        phone=phone,
        language=language,
        password=password_hash,
        fs_uniquifier=uuid.uuid4().hex,
        confirmed_at=utcnow(),
        tf_primary_method="email",
        tf_totp_secret=totp_secret,
        roles=[known[role] for role in roles],
    )
    session.add(staff)
    return staff


def note_failed_sign_in(staff: Staff) -> None:
    """Count a failed sign-in; ten in a row lock the account for a quarter of an hour."""
    staff.failed_sign_ins += 1
    if staff.failed_sign_ins >= FAILURES_BEFORE_LOCK:
        staff.locked_until = utcnow() + LOCK_LASTS
        staff.failed_sign_ins = 0


def note_sign_in(staff: Staff) -> None:
    """Forget earlier failures after a good sign-in."""
    staff.failed_sign_ins = 0
    staff.locked_until = None


def is_locked(staff: Staff) -> bool:
    """Return whether the account is locked after failed sign-ins."""
    return staff.is_locked()
