"""The calendar of a placement as its page shows it."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from flask import url_for

from placement.i18n import current_language, format_time
from placement.placements import schedule
from placement.placements.models import Placement
from placement.web.placements.page import hours_text


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day of the calendar of a placement."""

    day: date
    hours: str
    total: str
    holiday: str
    url: str


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """One week of the calendar."""

    number: int
    days: list[CalendarDay]
    total: str


def calendar_weeks(placement: Placement) -> list[CalendarWeek]:
    """Return every day from the first week to the last, with hours, public holidays and totals."""
    periods = placement.periods
    by_day = {day: list(found) for day, found in groupby(periods, key=lambda period: period.on)}
    totals = schedule.minutes_by_week(periods)
    free = schedule.free_days(placement.starts_on, placement.ends_on, current_language())
    weeks = []
    monday = schedule.week_of(placement.starts_on)
    while monday <= placement.ends_on:
        days = [monday + timedelta(days=number) for number in range(7)]
        shown = [
            CalendarDay(
                day,
                hours=", ".join(f"{format_time(one.begins)}–{format_time(one.ends)}" for one in by_day.get(day, [])),
                total=hours_text(sum(one.minutes for one in by_day[day])) if day in by_day else "",
                holiday=free.get(day, ""),
                url=url_for("placements.day", placement_id=placement.id, on=day.isoformat()),
            )
            for day in days
            if placement.starts_on <= day <= placement.ends_on and (day in by_day or day in free or day.weekday() < 5)
        ]
        if shown:
            weeks.append(CalendarWeek(monday.isocalendar().week, shown, hours_text(totals.get(monday, 0))))
        monday += timedelta(days=7)
    return weeks
