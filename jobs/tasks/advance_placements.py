"""Starts placements on their first day, begins the closing of those near their end, reminds who has not signed."""

from jobs.runner import Work
from placement.clock import today_in_helsinki, utcnow
from placement.placements.advancing import advance, placements_to_advance, remind_signers, unsigned_to_remind

COUNTED_AS = {"started": "placements started", "sent back": "placements sent back", "closing": "placements closing"}


def run(work: Work) -> None:
    """Go placement by placement, each in a transaction of its own."""
    today, now = today_in_helsinki(), utcnow()
    with work.transaction() as session:
        due = placements_to_advance(session, on=today)
        waiting = unsigned_to_remind(session, now=now)
    for placement_id in due:
        if work.stop.is_set():
            return
        with work.transaction() as session:
            done = advance(session, placement_id, on=today)
        if done:
            work.count(COUNTED_AS[done])
    for placement_id in waiting:
        if work.stop.is_set():
            return
        with work.transaction() as session:
            work.count("signers reminded", remind_signers(session, placement_id, now=now))
