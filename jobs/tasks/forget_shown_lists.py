"""Forgets the records of lists of places that were shown long ago."""

from jobs.runner import Work
from placement.suggestions.decisions.services import forget_old_records


def run(work: Work) -> None:
    """Delete what is too old; how old that is stands beside the records."""
    with work.transaction() as session:
        work.count("lists", forget_old_records(session))
