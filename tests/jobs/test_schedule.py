"""The table of jobs: each can be run, says what for, and never at night when the clocks change."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from jobs.schedule import JOBS, Daily, EveryMinutes, EveryTick, Job, find_job
from placement.clock import HELSINKI

TESTS = Path(__file__).parent
CHANGE_NIGHTS = ("2026-10-25", "2027-03-28", "2027-10-31", "2028-03-26")


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_every_job_has_a_file_a_purpose_and_a_test(job: Job) -> None:
    assert job.function.__module__ == f"jobs.tasks.{job.name}"
    assert job.purpose.endswith(".")
    assert any(f"{job.name}.run" in path.read_text(encoding="utf-8") for path in TESTS.parent.rglob("test_*.py"))
    assert find_job(job.name) is job


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_no_job_has_a_clock_time_between_half_past_two_and_half_past_four(job: Job) -> None:
    if isinstance(job.trigger, Daily):
        assert not time(2, 30) <= job.trigger.at <= time(4, 30)
    assert str(job.trigger)


def test_every_task_file_is_in_the_table() -> None:
    files = {path.stem for path in (TESTS.parent.parent / "jobs" / "tasks").glob("*.py")} - {"__init__"}
    assert files == {job.name for job in JOBS}


@pytest.mark.parametrize("night", CHANGE_NIGHTS)
def test_a_daily_job_has_one_slot_a_day_also_when_the_clocks_change(night: str) -> None:
    trigger = Daily(time(5, 10))
    begins = datetime.fromisoformat(f"{night}T00:00").replace(tzinfo=HELSINKI).astimezone(UTC) - timedelta(days=1)
    slots = [trigger.slot(begins + timedelta(minutes=minutes)) for minutes in range(0, 3 * 24 * 60, 5)]
    changes = [slot for before, slot in zip([None, *slots], slots, strict=False) if slot != before and slot is not None]
    assert len(changes) == len(set(changes)) == 3


def test_slots_of_minutes_begin_on_the_minute_and_do_not_overlap() -> None:
    trigger = EveryMinutes(10)
    at = datetime(2026, 10, 25, 0, 59, 59, tzinfo=UTC)
    assert trigger.slot(at) == "2026-10-25T00:50:00+00:00"
    assert trigger.slot(at + timedelta(seconds=1)) == "2026-10-25T01:00:00+00:00"


def test_every_tick_is_a_slot_of_its_own() -> None:
    at = datetime(2026, 10, 25, 0, 59, 59, tzinfo=UTC)
    assert EveryTick().slot(at) != EveryTick().slot(at + timedelta(microseconds=1))
