"""The dates of a support plan, from a table made by hand with a calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.clock import next_working_day
from placement.placements.kinds import PlacementKind
from placement.placements.support_plan.dates import StepCode, after_care_of, plan_of

TRIAL = PlacementKind.WORK_TRIAL
MONDAYS = [date(2026, 11, day) for day in (2, 9, 16, 23)]
FOUR_DAYS = [date(2026, 11, 23) + timedelta(days=number) for number in range(61)]
FOUR_DAYS = [day for day in FOUR_DAYS if day.weekday() < 4]


def test_a_two_month_trial_from_a_monday_in_november():
    plan = plan_of(TRIAL, date(2026, 11, 23), date(2027, 1, 22), FOUR_DAYS)
    assert plan == {
        StepCode.DAY_1: date(2026, 11, 23),
        StepCode.DAY_3: date(2026, 11, 25),
        StepCode.WEEK_1: date(2026, 11, 30),
        StepCode.MID_POINT: date(2026, 12, 23),
        StepCode.BEFORE_END: date(2027, 1, 8),
        StepCode.AFTER_1: date(2027, 2, 22),
        StepCode.AFTER_3: date(2027, 4, 22),
        StepCode.AFTER_6: date(2027, 7, 22),
    }


@pytest.mark.parametrize(
    ("first", "last", "days", "code", "wanted"),
    [
        # The third day at work, not of the week: Mondays only.
        (
            date(2026, 11, 2),
            date(2026, 12, 28),
            MONDAYS,
            "day_3",
            date(2026, 11, 16),
        ),
        # No calendar: the third working day, over Independence Day (a Sunday) and over Christmas.
        (date(2026, 12, 4), date(2027, 1, 31), [], "day_3", date(2026, 12, 8)),
        (date(2026, 12, 23), date(2027, 1, 31), [], "day_3", date(2026, 12, 29)),
        # A week later is Good Friday: after Easter Monday.
        (date(2027, 3, 19), date(2027, 5, 31), [], "week_1", date(2027, 3, 30)),
        # Two weeks before the end is New Year's Day, a Friday: Monday.
        (date(2026, 11, 16), date(2027, 1, 15), [], "before_end", date(2027, 1, 4)),
        # A month after the last day of January is the last day of February.
        (date(2027, 1, 4), date(2027, 1, 31), [], "after_1", date(2027, 3, 1)),
        (date(2027, 11, 1), date(2028, 1, 31), [], "after_1", date(2028, 2, 29)),
        # The clocks change on 28 March 2027 and 25 October 2026: days stay days.
        (date(2027, 3, 22), date(2027, 5, 21), [], "week_1", date(2027, 3, 30)),
        (date(2026, 10, 19), date(2026, 12, 18), [], "week_1", date(2026, 10, 26)),
        # A mid-point on Midsummer Eve moves past the weekend.
        (date(2027, 6, 1), date(2027, 7, 19), [], "mid_point", date(2027, 6, 28)),
    ],
)
def test_steps_fall_on_working_days(first: date, last: date, days: list[date], code: str, wanted: date):
    assert plan_of(TRIAL, first, last, days)[StepCode(code)] == wanted


@pytest.mark.parametrize(
    ("kind", "length", "codes"),
    [
        (PlacementKind.VISIT, 0, {"day_1"}),
        (TRIAL, 0, {"day_1"}),
        (TRIAL, 7, {"day_1", "day_3"}),
        (TRIAL, 8, {"day_1", "day_3", "week_1"}),
        (TRIAL, 21, {"day_1", "day_3", "week_1"}),
        (TRIAL, 22, {"day_1", "day_3", "week_1", "before_end"}),
        (TRIAL, 26, {"day_1", "day_3", "week_1", "before_end"}),
        (TRIAL, 27, {"day_1", "day_3", "week_1", "before_end", "mid_point"}),
    ],
)
def test_a_short_placement_has_fewer_steps(kind: PlacementKind, length: int, codes: set[str]):
    first = date(2026, 11, 2)
    plan = plan_of(kind, first, first + timedelta(days=length), [])
    assert {code.value for code in plan if not code.value.startswith("after")} == codes


@given(st.dates(date(2024, 1, 1), date(2035, 1, 1)), st.integers(0, 700))
def test_every_plan_is_in_order_and_on_working_days(first: date, length: int):
    last = first + timedelta(days=length)
    plan = plan_of(TRIAL, first, last, [])
    later = {code: day for code, day in plan.items() if code is not StepCode.DAY_1}
    assert all(day == next_working_day(day) for day in later.values())
    after = after_care_of(last)
    assert all(day > last for day in after.values())
    order = [plan[code] for code in StepCode if code in plan and code not in {StepCode.MID_POINT, StepCode.BEFORE_END}]
    assert order == sorted(order)
