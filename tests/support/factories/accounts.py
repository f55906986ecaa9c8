"""Workers who can really sign in: with a password and a second factor."""

from flask import current_app
from flask_security import hash_password
from sqlalchemy.orm import Session

from placement.accounts.models import Centre, Staff
from placement.accounts.permissions import Role
from tests.support.factories.centres import make_staff

PASSWORD = "seven green lamps"


def make_account(session: Session, centre: Centre | None = None, *roles: Role, **values: str) -> Staff:
    """A worker with a password whose second factor is an e-mailed code."""
    staff = make_staff(session, centre, *roles, **values)
    staff.password = hash_password(PASSWORD)
    staff.tf_totp_secret = current_app.extensions["security"].totp_factory.generate_totp_secret()
    session.flush()
    return staff
