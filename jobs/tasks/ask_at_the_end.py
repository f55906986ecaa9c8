"""Asks both sides how it went when a placement comes to its end, and the young person how it is months later."""

from jobs.runner import Work
from placement.clock import today_in_helsinki
from placement.placements.closing.asking import ask_after_care, ask_for_views
from placement.placements.closing.queries import after_care_to_ask, closings_to_ask
from placement.placements.support_plan.queries import placement_of_job


def run(work: Work) -> None:
    """Ask placement by placement, each in a transaction of its own."""
    today = today_in_helsinki()
    with work.transaction() as session:
        ending, after = closings_to_ask(session), after_care_to_ask(session, on=today)
    for placement_id in ending:
        if work.stop.is_set():
            return
        with work.transaction() as session:
            work.count("views", ask_for_views(session, placement_of_job(session, placement_id), today=today))
    for placement_id, code in after:
        if work.stop.is_set():
            return
        with work.transaction() as session:
            work.count("after care", ask_after_care(session, placement_of_job(session, placement_id), code))
