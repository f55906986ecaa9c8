"""Personal links: making, opening, withdrawing and renewing them."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.accounts.models import LinkPurpose, PersonalLink
from placement.clock import utcnow
from placement.errors import LinkNotValid
from placement.i18n import lazy_gettext as _l

TOKEN_BYTES = 16  # 128 bits
LIFETIME = {
    LinkPurpose.EMPLOYER_PAGE: timedelta(days=90),
    LinkPurpose.MY_PAGE: timedelta(days=30),
    LinkPurpose.SUGGESTION: timedelta(days=30),
    LinkPurpose.INTRODUCTION: timedelta(days=90),
    LinkPurpose.GUARDIAN: timedelta(days=14),
    LinkPurpose.INTRODUCED: timedelta(days=92),
    LinkPurpose.DAY_INVITATION: timedelta(days=90),
    LinkPurpose.DAY_EMPLOYER: timedelta(days=90),
}


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def make_link(
    session: Session,
    *,
    centre_id: int,
    purpose: LinkPurpose,
    youth_id: int | None = None,
    employer_contact_id: int | None = None,
    object_id: int | None = None,
    made_by_id: int | None = None,
) -> str:
    """Make a link and return its token. The token is shown once: only its hash is kept."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    now = utcnow()
    session.add(
        PersonalLink(
            centre_id=centre_id,
            token_hash=_hashed(token),
            purpose=purpose,
            youth_id=youth_id,
            employer_contact_id=employer_contact_id,
            object_id=object_id,
            made_by_id=made_by_id,
            created_at=now,
            expires_at=now + LIFETIME[purpose],
        )
    )
    return token


def find_link(session: Session, token: str, *, purpose: LinkPurpose) -> PersonalLink | None:
    """Return the link of this token and purpose, valid or not; None when there is none."""
    query = select(PersonalLink).where(PersonalLink.token_hash == _hashed(token), PersonalLink.purpose == purpose)
    return session.scalar(query)


def is_valid(link: PersonalLink) -> bool:
    """Return whether the link still opens its page."""
    return link.revoked_at is None and link.expires_at > utcnow()


def open_link(session: Session, token: str, *, purpose: LinkPurpose) -> PersonalLink:
    """Return the valid link of this token and purpose; raise LinkNotValid otherwise."""
    link = find_link(session, token, purpose=purpose)
    if link is None or not is_valid(link):
        raise LinkNotValid(_l("This link does not work any more."))
    return link


def withdraw_link(link: PersonalLink) -> None:
    """End a link at once."""
    link.revoked_at = link.revoked_at or utcnow()


def links_of_contact(session: Session, employer_contact_id: int) -> Sequence[PersonalLink]:
    """Return the links of an employer's contact person, newest first."""
    query = select(PersonalLink).where(PersonalLink.employer_contact_id == employer_contact_id)
    return session.scalars(query.order_by(PersonalLink.created_at.desc(), PersonalLink.id.desc())).all()


def links_of_youth(session: Session, youth_id: int) -> Sequence[PersonalLink]:
    """Return the links of a young person, newest first."""
    query = select(PersonalLink).where(PersonalLink.youth_id == youth_id)
    return session.scalars(query.order_by(PersonalLink.created_at.desc(), PersonalLink.id.desc())).all()
