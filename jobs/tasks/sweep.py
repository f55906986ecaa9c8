"""Takes back the messages of processes that died while holding them."""

from jobs.runner import Work
from placement.notifications.delivery import take_back


def run(work: Work) -> None:
    """Free what nobody holds any more."""
    with work.transaction() as session:
        work.count("taken back", take_back(session))
