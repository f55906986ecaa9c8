"""The messages to staff about their account. Each function says who gets what, and what makes it one promise."""

import uuid
from datetime import timedelta

from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.clock import utcnow
from placement.notifications.models import Channel
from placement.notifications.services import Receiver, Timing, queue_message


def staff_receiver(staff: Staff) -> Receiver:
    """Return a worker as a receiver of e-mail."""
    return Receiver(
        centre_id=staff.centre_id,
        channel=Channel.EMAIL,
        address=staff.email,
        language=staff.language,
        staff_id=staff.id,
    )


def _once() -> str:
    # Each asking is its own promise: a second code is a second message.
    return uuid.uuid4().hex


def sign_in_code(session: Session, *, staff: Staff, code: str) -> None:
    """Send the second factor of a sign-in; it is worth nothing after ten minutes."""
    queue_message(
        session,
        name="sign_in_code",
        receiver=staff_receiver(staff),
        dedupe_key=f"sign_in_code|{_once()}",
        values={"code": code},
        timing=Timing(not_after=utcnow() + timedelta(minutes=10)),
    )


def password_reset(session: Session, *, staff: Staff, address: str) -> None:
    """Send the address where a new password is chosen."""
    queue_message(
        session,
        name="password_reset",
        receiver=staff_receiver(staff),
        dedupe_key=f"password_reset|{_once()}",
        values={"address": address},
    )


def password_changed(session: Session, *, staff: Staff) -> None:
    """Tell that the password was changed."""
    queue_message(
        session,
        name="password_changed",
        receiver=staff_receiver(staff),
        dedupe_key=f"password_changed|{_once()}",
        values={"name": staff.first_name},
    )
