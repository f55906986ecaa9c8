"""Verbs that manage the staff of a centre. Here because they join accounts, the log and messages."""

import secrets
import uuid
from collections.abc import Collection

from flask import current_app
from flask_security import hash_password
from flask_security.recoverable import generate_reset_password_token
from sqlalchemy.orm import Session

from placement.accounts.models import Centre, Staff
from placement.accounts.permissions import Permission, Role, can
from placement.accounts.services import add_staff, ensure_roles
from placement.audit.services import Actor, diff, record
from placement.errors import DomainError
from placement.i18n import lazy_gettext as _l
from placement.links import page_address
from placement.notifications.messages import password_reset

GIVEN_BY_ADMINISTRATOR = frozenset({Role.ADMIN, Role.AUDITOR})


def roles_one_may_give(giver: Staff) -> list[Role]:
    """Return the roles that the worker may give and take: two of them only an administrator may."""
    everything = Role.ADMIN in giver.role_codes
    return [role for role in Role if everything or role not in GIVEN_BY_ADMINISTRATOR]


def new_secret() -> str:
    """Return the secret from which the codes of a second factor are made."""
    return str(current_app.extensions["security"].totp_factory.generate_totp_secret())


def invite_staff(
    session: Session,
    *,
    centre: Centre,
    first_name: str,
    last_name: str,
    email: str,
    language: str,
    roles: Collection[Role],
    actor: Actor,
) -> Staff:
    """Add a worker and send them the link where they choose their own password."""
    staff = add_staff(
        session,
        centre=centre,
        first_name=first_name,
        last_name=last_name,
        email=email,
        language=language,
        roles=roles,
        password_hash=hash_password(secrets.token_urlsafe(32)),
        totp_secret=new_secret(),
    )
    record(session, actor=actor, action="staff.added", about=staff, changes={"roles": _codes(roles)})
    _send_password_link(session, staff)
    return staff


def change_staff(
    session: Session,
    *,
    staff: Staff,
    giver: Staff,
    first_name: str,
    last_name: str,
    language: str,
    roles: Collection[Role],
    actor: Actor,
) -> None:
    """Change a worker's name, language and roles.

    Roles that the giver may not give stay as they are. DomainError when somebody would take the right to
    manage staff from themselves: nobody might be left to give it back.
    """
    may_give = set(roles_one_may_give(giver))
    new = (set(roles) & may_give) | (staff.role_codes - may_give)
    old = staff.role_codes
    known = ensure_roles(session)
    staff.first_name, staff.last_name, staff.language = first_name, last_name, language
    changes = diff(staff)
    staff.roles = [known[role] for role in Role if role in new]
    if staff.id == giver.id and not can(staff, Permission.STAFF_MANAGE):
        raise DomainError(_l("You cannot take your own right to manage staff away. Ask somebody else to do it."))
    if old != new:
        changes["roles"] = [_codes(old), _codes(new)]
    record(session, actor=actor, action="staff.changed", about=staff, changes=changes)


def deactivate_staff(session: Session, *, staff: Staff, actor: Actor) -> None:
    """Close a worker's account and end every sign-in of theirs; DomainError for one's own."""
    if staff.id == actor.staff_id:
        raise DomainError(_l("You cannot close your own account."))
    staff.active = False
    _end_sign_ins(staff)
    record(session, actor=actor, action="staff.deactivated", about=staff)


def let_in_again(session: Session, *, staff: Staff, actor: Actor) -> None:
    """Open an account again, for one who lost their phone or came back: new password, code by e-mail, no lock."""
    staff.active = True
    staff.password = hash_password(secrets.token_urlsafe(32))
    staff.tf_primary_method, staff.tf_totp_secret = "email", new_secret()
    staff.mf_recovery_codes = None
    staff.locked_until, staff.failed_sign_ins = None, 0
    _end_sign_ins(staff)
    record(session, actor=actor, action="staff.let_in_again", about=staff)
    _send_password_link(session, staff)


def _end_sign_ins(staff: Staff) -> None:
    staff.fs_uniquifier = uuid.uuid4().hex  # every cookie names the old one


def _send_password_link(session: Session, staff: Staff) -> None:
    token = generate_reset_password_token(staff)  # type: ignore[no-untyped-call]
    password_reset(session, staff=staff, address=page_address("security.reset_password", token=token))


def _codes(roles: Collection[Role]) -> list[str]:
    return sorted(role.value for role in roles)
