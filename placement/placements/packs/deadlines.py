"""Deadlines of a granted subsidy and when they are told. Pure: plain values in and out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l
from placement.placements.schedule import add_months

EXTENSION_RULE, PAYMENT_RULE = "PS-19", "PS-22"


LATE = "late"


class Deadline(LabelledEnum):
    """What must be done by a day."""

    EXTENSION = "extension", _l("Apply for an extension before the subsidy ends")
    PAYMENT = "payment", _l("Apply for the payment of the subsidy")


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline and the stage of its reminders that has come, such as ``2_weeks``, or ``LATE``."""

    deadline: Deadline
    by: date
    stage: str


def extension_by(subsidy_to: date) -> date:
    """Return the last day on which an extension may be applied for (PS-19): the last day of the subsidy."""
    return subsidy_to


def payment_by(subsidy_to: date, *, months: int = 3) -> date:
    """Return the last day of the third month after the calendar month in which the subsidy ends (PS-22)."""
    return add_months(subsidy_to.replace(day=1), months + 1) - timedelta(days=1)


def reminder_days(by: date) -> Sequence[tuple[str, date]]:
    """Return when a deadline is told: 8 weeks, 1 month and 2 weeks before it, the earliest first."""
    return (
        ("8_weeks", by - timedelta(weeks=8)),
        ("1_month", add_months(by, -1)),
        ("2_weeks", by - timedelta(weeks=2)),
    )


def due_stage(by: date, today: date) -> str | None:
    """Return the latest stage of reminders that has come, ``LATE`` after the deadline, None before the first."""
    if today > by:
        return LATE
    come = [stage for stage, day in reminder_days(by) if day <= today]
    return come[-1] if come else None
