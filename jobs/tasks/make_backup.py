"""Makes the daily copy of the installation, and forgets lines of the ledger that no kept copy needs."""

from datetime import timedelta

from jobs.runner import Work
from placement.backups.ledger import SentLedger
from placement.backups.making import make_backup
from placement.clock import utcnow

# Longer than the oldest copy that is kept, so that restoring any of them finds a whole ledger.
LEDGER_KEPT = timedelta(weeks=10)


def run(work: Work) -> None:
    """Make the copy and read it back; a dry run does nothing, because a copy cannot be half made."""
    if work.dry_run:
        return
    settings = work.app.config["SAUMA_SETTINGS"]
    make_backup(settings)
    work.count("copies made")
    SentLedger(settings.instance).forget_before(utcnow() - LEDGER_KEPT)
