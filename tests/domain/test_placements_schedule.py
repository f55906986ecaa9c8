"""The calendar: public holidays, clock changes, totals, and lengths counted by hand."""

from datetime import date, time, timedelta

import pytest

from placement.i18n import in_language
from placement.placements.schedule import (
    DayPattern,
    Length,
    Period,
    add_months,
    days_by_week,
    faults,
    free_days,
    is_night,
    length_of,
    minutes_by_week,
    plan_days,
    replace_day,
    shortest_rest,
    total_minutes,
)
from placement.placements.week_words import week_in_words

NINE_TO_THREE = DayPattern(time(9), time(15), 30)
EVERY_WORKDAY = dict.fromkeys(range(5), NINE_TO_THREE)
# From the calendar of the University of Helsinki Almanac Office, read by a person.
FREE_2026_27 = {"2026-12-24", "2026-12-25", "2026-12-26", "2027-01-01", "2027-01-06", "2027-03-26", "2027-03-28",
                "2027-03-29"}  # fmt: skip


def test_public_holidays_and_eves_are_known_in_three_languages() -> None:
    found = free_days(date(2026, 12, 10), date(2027, 4, 1), "fi")
    assert {day.isoformat() for day in found} == FREE_2026_27
    assert found[date(2027, 1, 6)] == "Loppiainen"
    assert free_days(date(2027, 1, 6), date(2027, 1, 6), "sv")[date(2027, 1, 6)] == "Trettondag"
    assert free_days(date(2027, 1, 6), date(2027, 1, 6), "en")[date(2027, 1, 6)] == "Epiphany"


def test_a_week_is_repeated_without_public_holidays_unless_asked_for() -> None:
    first, last = date(2026, 12, 21), date(2027, 1, 8)
    assert len(plan_days(EVERY_WORKDAY, first, last)) == 15 - 4  # 24., 25.12., 1.1., 6.1.
    assert len(plan_days(EVERY_WORKDAY, first, last, on_holidays=True)) == 15


def test_a_calendar_of_more_than_two_years_is_refused() -> None:
    with pytest.raises(ValueError, match="two years"):
        plan_days(EVERY_WORKDAY, date(2026, 1, 1), date(2028, 6, 1))


@pytest.mark.parametrize(("night", "hours"), [("2026-10-24", 9), ("2027-03-27", 7), ("2026-11-24", 8)])
def test_a_night_in_which_the_clocks_change_has_its_real_length(night: str, hours: int) -> None:
    assert Period(date.fromisoformat(night), time(22), time(6)).minutes == hours * 60


def test_weeks_of_a_clock_change_have_the_same_hours_as_others_by_day() -> None:
    periods = plan_days(EVERY_WORKDAY, date(2026, 10, 19), date(2026, 10, 30))
    assert minutes_by_week(periods) == {date(2026, 10, 19): 1650, date(2026, 10, 26): 1650}
    assert days_by_week(periods) == {date(2026, 10, 19): 5, date(2026, 10, 26): 5}
    assert total_minutes(periods) == 3300


def test_one_day_is_replaced_and_the_rest_stays() -> None:
    periods = plan_days(EVERY_WORKDAY, date(2026, 11, 23), date(2026, 11, 27))
    day = date(2026, 11, 25)
    new = [Period(day, time(8), time(10)), Period(day, time(12), time(15))]
    changed = replace_day(periods, day, new)
    assert [period for period in changed if period.on == day] == new
    assert len(changed) == 6


@pytest.mark.parametrize(
    ("periods", "found"),
    [
        ([Period(date(2026, 11, 22), time(9), time(10))], ["outside"]),
        ([Period(date(2026, 11, 23), time(9), time(10), 60)], ["empty"]),
        ([Period(date(2026, 11, 23), time(9), time(12)), Period(date(2026, 11, 23), time(11), time(13))], ["overlap"]),
        ([Period(date(2026, 11, 23), time(22), time(6)), Period(date(2026, 11, 24), time(5), time(9))], ["overlap"]),
        ([Period(date(2026, 11, 23), time(9), time(12)), Period(date(2026, 11, 23), time(12), time(13))], []),
    ],
)
def test_what_is_wrong_with_a_calendar_is_told(periods: list[Period], found: list[str]) -> None:
    assert faults(periods, date(2026, 11, 23), date(2026, 11, 30)) == found


LENGTHS = [
    ("2026-03-01", "2026-05-31", 3, 0),
    ("2026-11-23", "2027-01-22", 2, 0),
    ("2026-11-23", "2027-01-23", 2, 1),
    ("2026-01-31", "2026-02-27", 1, 0),
    ("2026-01-31", "2026-02-28", 1, 1),
    ("2026-11-25", "2026-11-25", 0, 1),
    ("2027-02-01", "2027-07-31", 6, 0),
]


@pytest.mark.parametrize(("first", "last", "months", "days"), LENGTHS)
def test_a_length_is_counted_in_calendar_months(first: str, last: str, months: int, days: int) -> None:
    assert length_of(date.fromisoformat(first), date.fromisoformat(last)) == Length(months, days)


def test_lengths_of_different_stretches_are_added_in_days_of_which_thirty_make_a_month() -> None:
    assert Length(2, 20) + Length(3, 15) == Length(6, 5)
    assert Length(6, 0) < Length(6, 1) < Length(7, 0)


def test_a_month_later_is_the_last_day_when_there_is_no_such_day() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("begins", "ends", "late"),
    [("06:00", "22:00", False), ("05:59", "12:00", True), ("14:00", "22:01", True), ("16:00", "00:00", True)],
)
def test_night_begins_to_the_minute(begins: str, ends: str, late: bool) -> None:
    period = Period(date(2026, 11, 23), time.fromisoformat(begins), time.fromisoformat(ends))
    assert is_night(period, from_hour=6, until_hour=22) == late


def test_rest_is_counted_from_the_end_of_a_day_to_the_next() -> None:
    periods = [Period(date(2026, 11, 23), time(12), time(22)), Period(date(2026, 11, 24), time(8), time(12))]
    assert shortest_rest(periods) == timedelta(hours=10)
    assert shortest_rest(periods[:1]) is None


def test_a_week_in_words_puts_days_of_the_same_hours_together(app: object) -> None:
    week = dict.fromkeys(range(4), DayPattern(time(9), time(14, 30))) | {4: DayPattern(time(8), time(12))}
    periods = plan_days(week, date(2026, 11, 23), date(2026, 12, 4))
    with app.test_request_context(), in_language("fi"):  # type: ignore[attr-defined]
        assert week_in_words(periods) == "ma–to 9–14.30, pe 8–12"
