"""Reads of the marks of days, and the list of a month."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager

from placement.placements.attendance.models import AttendanceDay, DayMark
from placement.placements.models import Placement
from placement.placements.queries import looked_after_by
from placement.placements.schedule import add_months, free_days, minutes_by_day


@dataclass(frozen=True, slots=True)
class ListedDay:
    """One day of the list: the minutes planned, the mark if there is one, the name of a public holiday."""

    on: date
    minutes: int
    mark: DayMark | None
    holiday: str
    is_followed_up: bool


@dataclass(frozen=True, slots=True)
class MonthList:
    """The days of one calendar month that belong to a placement, and how many have each mark."""

    first: date
    days: Sequence[ListedDay]
    counts: Mapping[DayMark, int]
    unmarked: int


def marks_of(session: Session, placement_id: int, *, first: date, last: date) -> dict[date, AttendanceDay]:
    """Return the marks from a day to another, both included."""
    query = select(AttendanceDay).where(
        AttendanceDay.placement_id == placement_id, AttendanceDay.on >= first, AttendanceDay.on <= last
    )
    return {row.on: row for row in session.scalars(query)}


def month_list(session: Session, placement: Placement, month: date, *, today: date, language: str) -> MonthList:
    """Return the list of a month of a placement loaded whole: every day of the calendar and every day marked.

    Without a calendar every weekday counts. Days to come are listed, but not counted as unmarked.
    """
    first = month.replace(day=1)
    last = add_months(first, 1) - timedelta(days=1)
    begins = max(first, placement.started_on or placement.starts_on)
    ends = min(last, placement.last_day or placement.ends_on)
    marks = marks_of(session, placement.id, first=first, last=last)
    planned = minutes_by_day(placement.periods)
    free = free_days(first, last, language)
    days = []
    for passed in range(max(0, (ends - begins).days + 1)):
        day = begins + timedelta(days=passed)
        row = marks.get(day)
        is_working = day in planned if planned else day.weekday() < 5 and day not in free
        if is_working or row is not None:
            days.append(
                ListedDay(
                    day,
                    planned.get(day, 0),
                    row.mark if row else None,
                    free.get(day, ""),
                    is_followed_up=row is not None and row.followed_up_at is not None,
                )
            )
    counts = Counter(day.mark for day in days if day.mark is not None)
    unmarked = sum(day.mark is None and day.on <= today for day in days)
    return MonthList(first, days, counts, unmarked)


def months_of(placement: Placement) -> list[date]:
    """Return the first day of every calendar month that a placement touches."""
    month = (placement.started_on or placement.starts_on).replace(day=1)
    last = placement.last_day or placement.ends_on
    months = []
    while month <= last:
        months.append(month)
        month = add_months(month, 1)
    return months


def is_workday(placement: Placement, day: date) -> bool:
    """Return whether a day belongs to the calendar of a placement, or is a weekday when there is no calendar."""
    planned = {period.on for period in placement.periods}
    return day in planned if planned else day.weekday() < 5 and day not in free_days(day, day)


def get_day(session: Session, placement_id: int, day_id: int) -> AttendanceDay | None:
    """Return the mark of a day of a placement, or None."""
    query = select(AttendanceDay).where(AttendanceDay.id == day_id, AttendanceDay.placement_id == placement_id)
    return session.scalar(query)


def absences_to_follow_up(session: Session, *, centre_id: int, staff_id: int, limit: int) -> Sequence[AttendanceDay]:
    """Return the days on which somebody whom a worker looks after was away untold and nobody has reached them yet."""
    query = (
        select(AttendanceDay)
        .join(AttendanceDay.placement)
        .join(Placement.youth)
        .where(
            Placement.centre_id == centre_id,
            looked_after_by(staff_id),
            AttendanceDay.mark == DayMark.ABSENT,
            AttendanceDay.followed_up_at.is_(None),
        )
        .options(
            contains_eager(AttendanceDay.placement).contains_eager(Placement.youth),
            contains_eager(AttendanceDay.placement).joinedload(Placement.employer),
        )
    )
    return session.scalars(query.order_by(AttendanceDay.on, AttendanceDay.id).limit(limit)).all()


def count_marks(session: Session, placement_id: int, mark: DayMark) -> int:
    """Return how many days of a placement have a mark."""
    query = select(func.count()).where(AttendanceDay.placement_id == placement_id, AttendanceDay.mark == mark)
    return session.scalar(query) or 0
