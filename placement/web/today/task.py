"""One line of what to do today, and how it is marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from placement.clock import working_days_late
from placement.i18n import format_day, gettext, ngettext

MOST_OF_A_KIND = 5
MOST_COUNTED = 200


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the list: by when, what, and the one thing to press."""

    on: date
    tag: str
    variant: str
    text: str
    detail: str
    label: str
    url: str


def capped(tasks: Sequence[Task], url: str) -> list[Task]:
    """Return the first few tasks of a kind, and how many more there are."""
    rest = len(tasks) - MOST_OF_A_KIND
    if rest <= 0:
        return list(tasks)
    text = ngettext("And %(num)s more like the ones above", "And %(num)s more like the ones above", rest)
    # On the day of the last one shown, so that it stands right below it.
    more = Task(tasks[MOST_OF_A_KIND - 1].on, gettext("Today"), "warn", text, "", gettext("See all"), url)
    return [*tasks[:MOST_OF_A_KIND], more]


def tag_of(on: date, today: date) -> tuple[str, str]:
    """Return the words and the colour of a day: late by working days, today, or when."""
    if late := working_days_late(on, today):
        return ngettext("%(num)s day late", "%(num)s days late", late), "bad"
    if on <= today:
        return gettext("Today"), "warn"
    return format_day(on, weekday=True, year=False), ""
