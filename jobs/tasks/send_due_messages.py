"""Sends the messages that are due."""

from jobs.dispatcher import Dispatcher
from jobs.runner import Work
from placement.backups.ledger import SentLedger
from placement.notifications.channels import make_channels
from placement.notifications.delivery import count_due

_KEY = "dispatcher"


def run(work: Work) -> None:
    """Send what is due; a dry run only counts it."""
    if work.dry_run:
        with work.transaction() as session:
            work.count("due", count_due(session))
        return
    if _KEY not in work.app.extensions:
        settings = work.app.config["SAUMA_SETTINGS"]
        settings.make_instance()
        work.app.extensions[_KEY] = Dispatcher(make_channels(settings), SentLedger(settings.instance))
    work.app.extensions[_KEY].send_due(work)
