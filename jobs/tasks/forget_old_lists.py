"""Forgets lists of offers that nobody took in, and rows that nobody mended."""

from jobs.runner import Work
from placement.offers.importing.lists import forget_old_lists


def run(work: Work) -> None:
    """Delete what is too old; how old that is stands beside the lists."""
    with work.transaction() as session:
        work.count("lists", forget_old_lists(session))
