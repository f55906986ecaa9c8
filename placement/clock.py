"""The only place that asks the time. UTC inside, Europe/Helsinki at the edges."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")
FRIDAY, SATURDAY = 4, 5
JUNE = 6
FREE_DAYS = frozenset({(1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)})
"""Days of the year on which offices are closed, as (month, day)."""
FREE_FROM_EASTER = frozenset({-2, 1, 39})
"""Good Friday, Easter Monday and Ascension Day, in days from Easter Sunday."""
MIDSUMMER_EVES = range(19, 26)


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


def working_days_late(due: date, today: date) -> int:
    """Return how many Finnish working days have passed since a day; one that is free moves to the next working day."""
    while due < today and not _is_working_day(due):
        due += timedelta(days=1)
    return sum(_is_working_day(due + timedelta(days=passed)) for passed in range(1, (today - due).days + 1))


def next_working_day(day: date) -> date:
    """Return the day itself, or the first Finnish working day after it."""
    while not _is_working_day(day):
        day += timedelta(days=1)
    return day


def _is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and (day.month, day.day) not in FREE_DAYS and not _moves_and_is_free(day)


def _moves_and_is_free(day: date) -> bool:
    is_midsummer_eve = day.month == JUNE and day.weekday() == FRIDAY and day.day in MIDSUMMER_EVES
    return is_midsummer_eve or (day - _easter_sunday(day.year)).days in FREE_FROM_EASTER


def _easter_sunday(year: int) -> date:
    # The Gregorian computus in the form of Butcher.
    century, of_century = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
