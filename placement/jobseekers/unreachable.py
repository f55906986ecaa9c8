"""Young people whom messages do not reach: the number or address they have now was refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from placement.jobseekers.models import Youth
from placement.notifications.models import Channel, Message


@dataclass(frozen=True, slots=True)
class UnreachableYouth:
    """A young person, the way that does not reach them, and since when that is known."""

    youth: Youth
    channel: Channel
    since: datetime


def unreachable_young_people(session: Session, which: ColumnElement[bool], *, limit: int) -> Sequence[UnreachableYouth]:
    """Return those young people whose present address takes no messages, the longest known first."""
    since = func.min(Message.ended_at)
    query = (
        select(Youth, Message.channel, since)
        .join(Message, Message.youth_id == Youth.id)
        .where(which, Message.address_is_bad, or_(Message.address == Youth.email, Message.address == Youth.phone))
        .group_by(Youth.id, Message.channel)
        .order_by(since, Youth.id)
    )
    rows = session.execute(query.limit(limit))
    return [UnreachableYouth(person, channel, at) for person, channel, at in rows if at is not None]
