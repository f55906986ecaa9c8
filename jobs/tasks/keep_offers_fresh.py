"""Asks employers whether their places are still open, closes those nobody confirms, ends pauses that are over."""

from jobs.runner import Work
from placement.clock import today_in_helsinki
from placement.offers.freshness import keep_fresh, offers_to_keep_fresh

COUNTED_AS = {"asked": "offers asked", "closed": "offers closed", "woken": "offers woken"}


def run(work: Work) -> None:
    """Take the step that is due for each offer, in a transaction of its own."""
    today = today_in_helsinki()
    with work.transaction() as session:
        offer_ids = offers_to_keep_fresh(session, on=today)
    for offer_id in offer_ids:
        if work.stop.is_set():
            return
        with work.transaction() as session:
            done = keep_fresh(session, offer_id=offer_id, on=today)
        if done:
            work.count(COUNTED_AS[done])
