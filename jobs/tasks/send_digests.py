"""Sends workers what is new for the searches they keep, once a week."""

from datetime import timedelta

from jobs.runner import Work
from placement.clock import today_in_helsinki, utcnow
from placement.offers.saved_searches import searches_to_tell_of, tell_what_is_new

MONDAY = 0
NOT_SOONER_THAN = timedelta(days=5)
"""A search kept or told of in the last days waits for the next Monday."""


def run(work: Work) -> None:
    """Tell on Mondays, each search in a transaction of its own."""
    if today_in_helsinki().weekday() != MONDAY:
        return
    with work.transaction() as session:
        search_ids = searches_to_tell_of(session, before=utcnow() - NOT_SOONER_THAN)
    for search_id in search_ids:
        if work.stop.is_set():
            return
        with work.transaction() as session:
            work.count("digests", int(tell_what_is_new(session, search_id=search_id)))
