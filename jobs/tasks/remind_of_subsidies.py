"""Reminds workers of the deadlines of granted subsidies: 8 weeks, 1 month and 2 weeks before."""

from jobs.runner import Work
from placement.clock import today_in_helsinki
from placement.placements.packs.reminders import remind_of_deadlines


def run(work: Work) -> None:
    """Queue the reminders that have come."""
    with work.transaction() as session:
        work.count("reminders", remind_of_deadlines(session, today=today_in_helsinki()))
