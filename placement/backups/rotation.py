"""Which copies are kept: the newest of each of the last days and weeks that have one."""

from collections.abc import Iterable
from datetime import datetime

DAYS_KEPT, WEEKS_KEPT = 14, 8


def to_forget(made_at: Iterable[datetime]) -> set[datetime]:
    """Return the times of the copies to remove.

    Kept are the newest copy of each of the last 14 days, and of each of the last 8 weeks, that have
    one. The newest of all is therefore always kept, however old it is.
    """
    newest_first = sorted(made_at, reverse=True)
    by_day: dict[object, datetime] = {}
    by_week: dict[object, datetime] = {}
    for at in newest_first:
        by_day.setdefault(at.date(), at)
        by_week.setdefault(at.isocalendar()[:2], at)
    kept = {*list(by_day.values())[:DAYS_KEPT], *list(by_week.values())[:WEEKS_KEPT]}
    return set(newest_first) - kept
