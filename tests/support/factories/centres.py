"""Centres and staff for the tests."""

import itertools
import uuid

from sqlalchemy.orm import Session

from placement.accounts.models import Centre, Staff
from placement.accounts.permissions import Role
from placement.accounts.services import ensure_roles
from placement.clock import utcnow

_numbers = itertools.count(1)


def make_centre(session: Session, *, name: str = "Ohjaamo Kivilampi", municipality_code: str = "698") -> Centre:
    """A centre."""
    centre = Centre(slug=f"centre-{next(_numbers)}", name=name, municipality_code=municipality_code)
    session.add(centre)
    session.flush()
    return centre


def make_staff(
    session: Session,
    centre: Centre | None = None,
    *roles: Role,
    first_name: str = "Sari",
    last_name: str = "Lahtinen",
    language: str = "en",
) -> Staff:
    """A worker of the centre; a counsellor unless roles are given."""
    known = ensure_roles(session)
    staff = Staff(
        centre=centre or make_centre(session),
        first_name=first_name,
        last_name=last_name,
        email=f"staff{next(_numbers)}@example.fi",
        language=language,
        fs_uniquifier=uuid.uuid4().hex,
        confirmed_at=utcnow(),
        tf_primary_method="email",
        roles=[known[role] for role in roles or (Role.COUNSELLOR,)],
    )
    session.add(staff)
    session.flush()
    return staff
