"""The calendar of a placement: periods of work by day, made from a week, with all totals computed from them.

Pure: plain values in, plain values out. Lengths are real time on the Finnish clock, so that a night
in which the clocks change has nine hours or seven.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import pairwise

import holidays

from placement.clock import helsinki_instant

LONGEST_CALENDAR = timedelta(days=731)
SIX_IN_THE_MORNING = time(6)
_NAMES_IN = {"fi": "fi", "sv": "sv_FI", "en": "en_US"}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One stretch of work. One that ends at or before the clock time it begins at ends on the next day."""

    on: date
    begins: time
    ends: time
    break_minutes: int = 0

    @property
    def last_day(self) -> date:
        """The calendar day on which it ends."""
        return self.on if self.ends > self.begins else self.on + timedelta(days=1)

    @property
    def gross_minutes(self) -> int:
        """Minutes from beginning to end in real time, the break included."""
        length = helsinki_instant(self.last_day, self.ends) - helsinki_instant(self.on, self.begins)
        return int(length.total_seconds()) // 60

    @property
    def minutes(self) -> int:
        """Minutes of work: the break is not counted."""
        return self.gross_minutes - self.break_minutes

    @property
    def crosses_midnight(self) -> bool:
        """Whether it goes on after midnight."""
        return self.last_day > self.on and self.ends > time(0)


@dataclass(frozen=True, slots=True)
class DayPattern:
    """The hours of one day of the week."""

    begins: time
    ends: time
    break_minutes: int = 0


Week = Mapping[int, DayPattern]
"""Hours by day of the week, Monday is 0; a day that is left out is free."""


def free_days(first: date, last: date, language: str = "fi") -> Mapping[date, str]:
    """Return the Finnish public holidays and eves from the first to the last day, with their names."""
    known = holidays.country_holidays(
        "FI", years=range(first.year, last.year + 1), language=_NAMES_IN.get(language, "fi")
    )
    return {day: known[day] for day in sorted(known) if first <= day <= last}


def plan_days(week: Week, first: date, last: date, *, on_holidays: bool = False) -> list[Period]:
    """Return the periods of a week repeated from the first to the last day, both included.

    Public holidays are left free unless ``on_holidays``. A calendar longer than two years is a ValueError.
    """
    if last - first > LONGEST_CALENDAR:
        message = "a calendar of at most two years"
        raise ValueError(message)
    free = {} if on_holidays else free_days(first, last)
    planned = []
    for passed in range((last - first).days + 1):
        day = first + timedelta(days=passed)
        hours = week.get(day.weekday())
        if hours is not None and day not in free:
            planned.append(Period(day, hours.begins, hours.ends, hours.break_minutes))
    return planned


def replace_day(periods: Iterable[Period], day: date, new: Iterable[Period]) -> list[Period]:
    """Return the calendar with the periods of one day replaced."""
    return sorted([*(period for period in periods if period.on != day), *new])


def faults(periods: Sequence[Period], first: date, last: date) -> list[str]:
    """Return codes of what is wrong with a calendar: ``outside``, ``empty`` (no time left), ``overlap``."""
    found = []
    ordered = sorted(periods)
    if any(not first <= period.on <= last for period in ordered):
        found.append("outside")
    if any(period.minutes <= 0 for period in ordered):
        found.append("empty")
    if any(
        helsinki_instant(one.last_day, one.ends) > helsinki_instant(two.on, two.begins)
        for one, two in pairwise(ordered)
    ):
        found.append("overlap")
    return found


def minutes_by_day(periods: Iterable[Period]) -> dict[date, int]:
    """Return the minutes of work of each day that has any, in order."""
    total: Counter[date] = Counter()
    for period in sorted(periods):
        total[period.on] += period.minutes
    return dict(total)


def week_of(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def minutes_by_week(periods: Iterable[Period]) -> dict[date, int]:
    """Return the minutes of work of each week by its Monday, in order."""
    total: Counter[date] = Counter()
    for day, minutes in minutes_by_day(periods).items():
        total[week_of(day)] += minutes
    return dict(total)


def days_by_week(periods: Iterable[Period]) -> dict[date, int]:
    """Return how many days each week has work, by its Monday."""
    return dict(Counter(week_of(day) for day in minutes_by_day(periods)))


def total_minutes(periods: Iterable[Period]) -> int:
    """Return all minutes of work."""
    return sum(period.minutes for period in periods)


def usual_week(periods: Iterable[Period]) -> Week:
    """Return the hours that each day of the week most often has; a day with work in under half of its weeks is free."""
    first_of_day: dict[date, Period] = {}
    for period in sorted(periods):
        first_of_day.setdefault(period.on, period)
    if not first_of_day:
        return {}
    weeks = len({week_of(day) for day in first_of_day})
    patterns: dict[int, Counter[DayPattern]] = {}
    for day, period in first_of_day.items():
        pattern = DayPattern(period.begins, period.ends, period.break_minutes)
        patterns.setdefault(day.weekday(), Counter())[pattern] += 1
    return {
        weekday: max(found, key=lambda pattern: (found[pattern], -pattern.begins.hour))
        for weekday, found in sorted(patterns.items())
        if sum(found.values()) * 2 >= weeks or weeks == 1
    }


def is_night(period: Period, *, from_hour: int, until_hour: int) -> bool:
    """Return whether a period touches the time when people of an age may not work."""
    begins_early = period.begins < time(from_hour)
    ends_late = period.crosses_midnight or (period.ends == time(0)) or period.ends > time(until_hour)
    return begins_early or ends_late


def shortest_rest(periods: Iterable[Period]) -> timedelta | None:
    """Return the shortest rest between two days of work, or None when there are not two."""
    ordered = sorted(periods)
    rests = [
        helsinki_instant(two.on, two.begins) - helsinki_instant(one.last_day, one.ends)
        for one, two in pairwise(ordered)
        if two.on > one.on
    ]
    return min(rests, default=None)


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """A length in calendar months and days; thirty days of different stretches make a month."""

    months: int
    days: int

    @classmethod
    def read(cls, text: str) -> "Length":
        """Return the length that ``str`` wrote."""
        months, days = text.removeprefix("P").removesuffix("D").split("M")
        return cls(int(months), int(days))

    def __str__(self) -> str:
        return f"P{self.months}M{self.days}D"

    def __add__(self, other: "Length") -> "Length":
        months, days = self.months + other.months, self.days + other.days
        return Length(months + days // 30, days % 30)


NO_TIME = Length(0, 0)


def length_of(first: date, last: date) -> Length:
    """Return how long it is from the first day to the last, both included: 1.3.–31.5. is three months."""
    after = last + timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    while months > 0 and add_months(first, months) > after:
        months -= 1
    months = max(months, 0)
    return Length(months, (after - add_months(first, months)).days)


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month when it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (first_of_next - timedelta(days=1)).day))


def period_from(on: str, begins: str, ends: str, break_minutes: int) -> Period:
    """Return a period kept as texts: an ISO date and two clock times."""
    return Period(date.fromisoformat(on), time.fromisoformat(begins), time.fromisoformat(ends), break_minutes)
