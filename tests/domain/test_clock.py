"""Time: UTC inside, Finnish wall clock at the edges, also in the nights when the clocks are moved."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.clock import HELSINKI, helsinki_instant, in_helsinki, working_days_late


@pytest.mark.parametrize(
    ("day", "at", "expected"),
    [
        (date(2026, 1, 15), time(10, 0), datetime(2026, 1, 15, 8, 0, tzinfo=UTC)),
        (date(2026, 7, 15), time(10, 0), datetime(2026, 7, 15, 7, 0, tzinfo=UTC)),
        # Autumn: 03:30 happens twice, the first one counts.
        (date(2026, 10, 25), time(3, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        # Spring: 03:30 is skipped, 04:00 summer time is the first valid minute.
        (date(2027, 3, 28), time(3, 30), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (date(2027, 3, 28), time(4, 0), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (date(2028, 2, 29), time(23, 59), datetime(2028, 2, 29, 21, 59, tzinfo=UTC)),
    ],
)
def test_a_wall_clock_time_in_finland_is_one_instant(day: date, at: time, expected: datetime) -> None:
    assert helsinki_instant(day, at) == expected


@given(st.dates(date(2024, 1, 1), date(2032, 12, 31)), st.times())
def test_the_instant_shows_the_same_wall_clock_unless_the_time_is_skipped(day: date, at: time) -> None:
    shown = in_helsinki(helsinki_instant(day, at)).replace(tzinfo=None)
    wanted = datetime.combine(day, at)
    there_and_back = wanted.replace(tzinfo=HELSINKI).astimezone(UTC).astimezone(HELSINKI).replace(tzinfo=None)
    assert shown == wanted or (there_and_back != wanted and shown.time() == time(4, 0))


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        in_helsinki(datetime(2026, 11, 22, 12, 0))


@pytest.mark.parametrize(
    ("due", "today", "late"),
    [
        (date(2026, 11, 19), date(2026, 11, 19), 0),
        (date(2026, 11, 19), date(2026, 11, 20), 1),
        (date(2026, 11, 20), date(2026, 11, 22), 0),
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 11, 21), date(2026, 11, 23), 0),
        (date(2026, 11, 21), date(2026, 11, 24), 1),
        (date(2026, 11, 25), date(2026, 11, 20), 0),
        # Easter 2027: Good Friday 26.3. and Easter Monday 29.3. are free.
        (date(2027, 3, 25), date(2027, 3, 29), 0),
        (date(2027, 3, 25), date(2027, 3, 30), 1),
        # Ascension Day 6.5.2027, Midsummer Eve 25.6.2027, Christmas 2026.
        (date(2027, 5, 5), date(2027, 5, 6), 0),
        (date(2027, 6, 24), date(2027, 6, 27), 0),
        (date(2026, 12, 23), date(2026, 12, 27), 0),
        (date(2026, 12, 23), date(2026, 12, 28), 1),
    ],
)
def test_only_finnish_working_days_make_late(due: date, today: date, late: int):
    assert working_days_late(due, today) == late
