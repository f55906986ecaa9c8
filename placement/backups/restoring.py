"""Putting a copy back, so that nothing which was sent since is sent again."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from placement.audit.models import JobSwitch
from placement.backups.archive import SECRET, opened_archive
from placement.backups.databases import SQLITE_FILE, database_file, is_empty, put_back, set_aside, verify
from placement.backups.ledger import SentLedger
from placement.clock import utcnow
from placement.db import make_engine, make_session_factory
from placement.migrations.run import upgrade
from placement.notifications.models import KeptPromise, Message, MessageState
from placement.notifications.promises import promise_mark
from placement.settings import Settings

SENDING_JOB = "send_due_messages"


class RestoreRefused(RuntimeError):
    """The copy was not put back and nothing has changed; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and what became of the messages."""

    made_at: datetime
    set_aside: Path | None
    known_as_sent: int
    uncertain: int
    waiting: int
    ledger_is_whole: bool


def restore(settings: Settings, archive: Path, *, replace: bool = False) -> Restored:
    """Put a copy back and leave sending switched off.

    A database that is there is kept under another name when ``replace`` is given (SQLite), and refused
    otherwise. Messages that the ledger names as sent are marked so. Without a ledger that covers the
    time since the copy was made, messages that were due by now become uncertain: a person decides.

    Raises ArchiveRefused, DatabaseNotCopied, RestoreRefused; the installation is then as it was.
    """
    address = settings.database_address
    with opened_archive(archive, key=settings.backup_key) as (manifest, folder):
        if manifest.database != database_file(address):
            message = "the copy is of the other kind of database: set SAUMA_DATABASE_URL to the kind it was made from"
            raise RestoreRefused(message)
        verify(folder / manifest.database)
        aside = None
        if not is_empty(address):
            if not replace or manifest.database != SQLITE_FILE:
                message = "there is a database already: give --replace to set it aside, or use an empty database"
                raise RestoreRefused(message)
            aside = set_aside(address, suffix=f"before-restore-{utcnow():%Y%m%dT%H%M%S}")
        settings.make_instance()
        put_back(folder / manifest.database, address)
        _put_key_back(settings, (folder / SECRET).read_text(encoding="ascii"))
        upgrade(address)
    engine = make_engine(address)
    try:
        with make_session_factory(engine).begin() as session:
            return _settle_messages(session, settings, manifest.made_at, aside)
    finally:
        engine.dispose()


def _put_key_back(settings: Settings, key: str) -> None:
    # With another key the second step of every worker and every open session would end.
    if not settings.secret_key:
        path = settings.instance / "secret_key"
        path.touch(mode=0o600, exist_ok=True)
        path.write_text(key, encoding="ascii")


def _settle_messages(session: Session, settings: Settings, made_at: datetime, aside: Path | None) -> Restored:
    now = utcnow()
    sent = SentLedger(settings.instance).since(made_at)
    session.merge(JobSwitch(job=SENDING_JOB, reason="restored", off_since=now))
    known_marks = set(session.scalars(select(KeptPromise.mark)))
    session.add_all(KeptPromise(mark=mark) for mark in sorted(sent.marks - known_marks))
    known = uncertain = waiting = 0
    is_open = Message.state.in_((MessageState.PLANNED, MessageState.CLAIMED))
    # Whoever held a message when the copy was made is gone.
    free = {"state": MessageState.PLANNED, "owner": None, "lease_until": None}
    session.execute(update(Message).where(is_open).values(free))
    for message in session.scalars(select(Message).where(is_open)):
        if promise_mark(message.dedupe_key) in sent.marks:
            message.state, message.outcome, message.ended_at = MessageState.SENT, "sent before the restore", now
            known += 1
        elif message.due_at <= now and not sent.is_whole:
            message.state, message.outcome, message.ended_at = MessageState.UNCERTAIN, "due before the restore", now
            uncertain += 1
        elif message.due_at <= now:
            waiting += 1
    return Restored(made_at, aside, known, uncertain, waiting, sent.is_whole)
