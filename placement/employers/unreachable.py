"""Contact people of employers whom messages do not reach: the address or number they have now was refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, contains_eager

from placement.employers.models import Employer, EmployerContact
from placement.notifications.models import Channel, Message


@dataclass(frozen=True, slots=True)
class UnreachableContact:
    """A contact person with their employer, the way that does not reach them, and since when that is known."""

    contact: EmployerContact
    channel: Channel
    since: datetime


def unreachable_contacts(
    session: Session, *, centre_id: int, staff_id: int, limit: int
) -> Sequence[UnreachableContact]:
    """Return contacts whose present address takes no messages, of employers of a worker or of nobody."""
    since = func.min(Message.ended_at)
    query = (
        select(EmployerContact, Message.channel, since)
        .join(EmployerContact.employer)
        .join(Message, Message.employer_contact_id == EmployerContact.id)
        .where(
            EmployerContact.centre_id == centre_id,
            EmployerContact.is_active,
            or_(Employer.owner_id == staff_id, Employer.owner_id.is_(None)),
            Message.address_is_bad,
            or_(Message.address == EmployerContact.email, Message.address == EmployerContact.phone),
        )
        .options(contains_eager(EmployerContact.employer))
        .group_by(EmployerContact.id, Employer.id, Message.channel)
        .order_by(since, EmployerContact.id)
    )
    rows = session.execute(query.limit(limit))
    return [UnreachableContact(person, channel, at) for person, channel, at in rows if at is not None]
