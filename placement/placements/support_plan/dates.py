"""The dates of a support plan, made from the dates of the placement. Pure: plain values in and out."""

from collections.abc import Iterable
from datetime import date, timedelta

from placement.clock import next_working_day
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l
from placement.placements.kinds import PlacementKind
from placement.placements.schedule import add_months

WEEK = timedelta(days=7)
LONG_ENOUGH_FOR_A_MIDDLE = timedelta(days=27)
BEFORE_THE_END = timedelta(days=14)
THIRD = 2
"""Index of the third day at work."""


class StepCode(LabelledEnum):
    """A step of the support plan."""

    DAY_1 = "day_1", _l("First-day call")
    DAY_3 = "day_3", _l("Message to both: how is it going?")
    WEEK_1 = "week_1", _l("Talk after the first week")
    MID_POINT = "mid_point", _l("Mid-point talk, three ways")
    BEFORE_END = "before_end", _l("Closing talk and next step")
    AFTER_1 = "after_1", _l("How is it now? 1 month after")
    AFTER_3 = "after_3", _l("How is it now? 3 months after")
    AFTER_6 = "after_6", _l("How is it now? 6 months after")


ASKED_BY_MESSAGE = frozenset({StepCode.DAY_3, StepCode.AFTER_1, StepCode.AFTER_3, StepCode.AFTER_6})
"""Steps that the service takes by itself when the people can be reached."""
MONTHS_AFTER = {StepCode.AFTER_1: 1, StepCode.AFTER_3: 3, StepCode.AFTER_6: 6}


def plan_of(kind: PlacementKind, first: date, last: date, days_at_work: Iterable[date]) -> dict[StepCode, date]:
    """Return the day of every step that a placement from ``first`` to ``last`` has, each a Finnish working day.

    A short placement has fewer steps; a half-day visit has only the first. ``days_at_work`` are those of the
    calendar: the third of them counts, not the third day of the week.
    """
    plan = {StepCode.DAY_1: first}
    if kind is PlacementKind.VISIT:
        return plan
    days = sorted(set(days_at_work))
    third = days[THIRD] if len(days) > THIRD else _working_days_on(first, THIRD)
    if third < last:
        plan[StepCode.DAY_3] = third
    if first + WEEK < last:
        plan[StepCode.WEEK_1] = next_working_day(first + WEEK)
    if last - first >= LONG_ENOUGH_FOR_A_MIDDLE:
        plan[StepCode.MID_POINT] = next_working_day(first + (last - first) // 2)
    if last - BEFORE_THE_END > first + WEEK:
        plan[StepCode.BEFORE_END] = next_working_day(last - BEFORE_THE_END)
    return plan | after_care_of(last)


def after_care_of(last: date) -> dict[StepCode, date]:
    """Return when to ask how it is, 1, 3 and 6 months after the last day."""
    return {code: next_working_day(add_months(last, months)) for code, months in MONTHS_AFTER.items()}


def _working_days_on(first: date, count: int) -> date:
    day = next_working_day(first)
    for _ in range(count):
        day = next_working_day(day + timedelta(days=1))
    return day
