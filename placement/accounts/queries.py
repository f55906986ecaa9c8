"""Reads of centres and staff."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.accounts.models import Centre, Staff, StaffRole
from placement.accounts.permissions import Role


def staff_of_centre(session: Session, centre_id: int, *, with_role: Role | None = None) -> Sequence[Staff]:
    """Return the active staff of a centre by name, optionally only those with a role."""
    query = select(Staff).where(Staff.centre_id == centre_id, Staff.active)
    if with_role is not None:
        query = query.where(Staff.roles.any(StaffRole.name == with_role))
    return session.scalars(query.order_by(Staff.last_name, Staff.first_name, Staff.id)).all()


def find_staff_by_email(session: Session, email: str) -> Staff | None:
    """Return the staff member with this address, if any; addresses are stored in lower case."""
    return session.scalar(select(Staff).where(Staff.email == email.strip().lower()))


def staff_names(session: Session, staff_ids: Iterable[int]) -> Mapping[int, str]:
    """Return the names of workers by id, in one query, also of those who have left."""
    rows = session.execute(select(Staff.id, Staff.first_name, Staff.last_name).where(Staff.id.in_(set(staff_ids))))
    return {row.id: f"{row.first_name} {row.last_name}" for row in rows}


def get_centre(session: Session, slug: str) -> Centre | None:
    """Return the centre with this short name, if any."""
    return session.scalar(select(Centre).where(Centre.slug == slug))


def all_centres(session: Session) -> Sequence[Centre]:
    """Return every centre of the installation by name."""
    return session.scalars(select(Centre).order_by(Centre.name, Centre.id)).all()
