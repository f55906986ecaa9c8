"""The drill: the disk is lost, a copy two hours old is put back, and nobody gets a message twice."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from jobs.runner import Work
from jobs.tasks import send_due_messages
from placement.app import create_app
from placement.audit.models import JobSwitch
from placement.audit.queries import find_heartbeat
from placement.backups.making import make_backup
from placement.backups.restoring import SENDING_JOB, Restored, restore
from placement.clock import utcnow
from placement.notifications.models import MessageState
from placement.settings import Settings
from tests.support.installation import Installation, wait_until
from tests.support.mail import smtp_sink

BEFORE, AFTER, LATER = 30, 40, 10


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path)
    yield made
    made.end()


def _live_through(installation: Installation, address: str) -> Path:
    """Send some, copy, send what was waiting in the copy and more that is not in it; return the copy."""
    settings = Settings(_env_file=None, instance=installation.folder, mail_url=address)
    app = create_app(settings, installation.engine)
    installation.queue(BEFORE)
    send_due_messages.run(Work(app, "before"))
    installation.queue(AFTER, first=BEFORE)
    copy = make_backup(settings)
    installation.queue(LATER, first=BEFORE + AFTER)
    send_due_messages.run(Work(app, "after"))
    assert installation.count(MessageState.SENT) == BEFORE + AFTER + LATER
    return copy


def _restore(installation: Installation, copy: Path) -> Restored:
    installation.engine.dispose()
    done = restore(Settings(_env_file=None, instance=installation.folder), copy, replace=True)
    # What was planned after the copy is planned anew, as the daily work does it.
    installation.queue(LATER, first=BEFORE + AFTER)
    return done


def _switch_on_and_wait(installation: Installation, address: str, until_sent: int) -> None:
    with installation.factory.begin() as session:
        session.execute(delete(JobSwitch).where(JobSwitch.job == SENDING_JOB))
    installation.queue(1, first=900)
    installation.start(address)
    wait_until(lambda: installation.count(MessageState.SENT) == until_sent, "the rest")


def test_a_restored_installation_sends_nothing_again(installation: Installation) -> None:
    with smtp_sink() as (sink, address):
        copy = _live_through(installation, address)
        done = _restore(installation, copy)
        assert (done.known_as_sent, done.uncertain, done.ledger_is_whole) == (AFTER, 0, True)
        sent_before = len(sink.mails)

        resting = installation.start(address)
        started = utcnow()
        wait_until(lambda: _has_beaten_since(installation, started), "two looks of the jobs process")
        resting.terminate()
        resting.communicate()
        assert len(sink.mails) == sent_before, "sending is off until somebody has looked"

        _switch_on_and_wait(installation, address, BEFORE + AFTER + LATER + 1)
        seen = Counter(str(mail["Message-ID"]) for mail in sink.mails)
    assert len(sink.mails) == sent_before + 1, "only the new message went out"
    assert set(seen.values()) == {1}


def test_without_its_ledger_what_was_due_waits_for_a_person(installation: Installation) -> None:
    with smtp_sink() as (_, address):
        copy = _live_through(installation, address)
        (installation.folder / "sent.ledger").unlink()
        done = _restore(installation, copy)
    assert (done.known_as_sent, done.uncertain, done.ledger_is_whole) == (0, AFTER, False)
    assert installation.count(MessageState.UNCERTAIN) == AFTER


def _has_beaten_since(installation: Installation, started: object) -> bool:
    with installation.factory() as session:
        beat = find_heartbeat(session)
        return beat is not None and beat.beat_at > started + timedelta(seconds=1.5)  # type: ignore[operator]
