"""Ends introductions whose approval has run out; the employer's link has shown nothing since that moment."""

from jobs.runner import Work
from placement.introductions.queries import run_out
from placement.introductions.services import let_run_out

AT_ONCE = 100


def run(work: Work) -> None:
    """End those that have run out, at most so many in one transaction."""
    with work.transaction() as session:
        found = run_out(session, limit=AT_ONCE)
        for introduction in found:
            let_run_out(session, introduction)
    if found:
        work.count("introductions", len(found))
