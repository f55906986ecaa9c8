"""Keeps with every open offer how surely its employer answers, so that ranking can weigh it."""

from jobs.runner import Work
from placement.placements.reliability import keep_reliability_for_ranking


def run(work: Work) -> None:
    """Bring the figures up to date; a second run changes nothing."""
    with work.transaction() as session:
        work.count("answer figures", keep_reliability_for_ranking(session))
