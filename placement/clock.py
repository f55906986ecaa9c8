"""The only place that asks the time. UTC inside, Europe/Helsinki at the edges."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")


def utcnow() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one permitted caller


def today_in_helsinki() -> date:
    """Return the calendar day it is now in Finland."""
    return utcnow().astimezone(HELSINKI).date()


def in_helsinki(instant: datetime) -> datetime:
    """Return the same instant on a Finnish clock; raise ValueError for a naive one."""
    if instant.tzinfo is None:
        message = "a naive datetime has no instant"
        raise ValueError(message)
    return instant.astimezone(HELSINKI)


def helsinki_instant(day: date, at: time) -> datetime:
    """Return the UTC instant of a Finnish wall-clock time.

    A time that the spring gap skips becomes the first valid minute after it; a time that occurs
    twice in autumn means its first occurrence.
    """
    wall = datetime.combine(day, at, tzinfo=HELSINKI)
    instant = wall.astimezone(UTC)
    if instant.astimezone(HELSINKI).replace(tzinfo=None) != wall.replace(tzinfo=None):
        before = (wall - timedelta(hours=3)).astimezone(UTC)
        offset_before = before.astimezone(HELSINKI).utcoffset() or timedelta(0)
        offset_after = (before + timedelta(hours=6)).astimezone(HELSINKI).utcoffset() or timedelta(0)
        gap_start = datetime.combine(day, time(3, 0), tzinfo=UTC) - offset_before
        instant = gap_start if offset_after > offset_before else instant
    return instant
