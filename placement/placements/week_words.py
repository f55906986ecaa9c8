"""The usual week of a placement in words, ``Mon–Thu 9–14.30``, and lengths: ``1 month 12 days``."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from itertools import groupby

from placement.i18n import format_time, format_weekday, ngettext
from placement.placements.schedule import DayPattern, Length, Period, usual_week

MONDAY = date(2024, 1, 1)


def week_in_words(periods: Sequence[Period]) -> str:
    """Return the usual hours in the reader's language, days with the same hours together; nothing without hours."""
    week = usual_week(periods)
    return ", ".join(
        f"{_days([weekday for weekday, _hours in found])} {_hours_text(hours)}"
        for hours, found in ((hours, list(found)) for hours, found in groupby(week.items(), key=lambda pair: pair[1]))
    )


def length_in_words(length: Length) -> str:
    """Return a length exactly, in the reader's language: what a rule limits is not rounded."""
    parts = []
    if length.months:
        parts.append(ngettext("%(num)s month", "%(num)s months", length.months))
    if length.days or not length.months:
        parts.append(ngettext("%(num)s day", "%(num)s days", length.days))
    return " ".join(parts)


def _days(weekdays: Sequence[int]) -> str:
    """Return the days as one stretch when they follow each other, else one by one."""
    names = [format_weekday(MONDAY + timedelta(days=number)) for number in weekdays]
    if len(weekdays) > 2 and weekdays[-1] - weekdays[0] == len(weekdays) - 1:
        return f"{names[0]}–{names[-1]}"
    return ", ".join(names)


def _hours_text(hours: DayPattern) -> str:
    return f"{_clock(hours.begins)}–{_clock(hours.ends)}"


def _clock(at: time) -> str:
    return str(at.hour) if at.minute == 0 else format_time(at)
