"""The real jobs process: killed in the middle of a burst, started twice, asked to end."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import sessionmaker

from jobs.lock import only_process
from placement.clock import utcnow
from placement.db import ServiceSession, make_engine, make_session_factory
from placement.migrations.run import upgrade
from placement.notifications.models import Channel, Message, MessageState
from placement.settings import Settings
from tests.support.factories.centres import make_centre, make_staff
from tests.support.mail import smtp_sink

ROOT = Path(__file__).parents[2]
BURST = 300
PATIENCE_SECONDS = 60


class Installation:
    """A database of its own and the jobs processes started on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[str]] = []
        address = f"sqlite:///{folder / 'sauma.sqlite3'}"
        upgrade(address)
        self.engine = make_engine(address)
        self.factory: sessionmaker[ServiceSession] = make_session_factory(self.engine)

    def start(self, mail_url: str = "") -> subprocess.Popen[str]:
        settings = {"SAUMA_INSTANCE": str(self.folder), "SAUMA_MAIL_URL": mail_url, "SAUMA_TICK_SECONDS": "1"}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SAUMA_")}
        process = subprocess.Popen(
            [sys.executable, "-m", "jobs"],
            cwd=ROOT,
            env=kept | settings | {"SAUMA_DATABASE_URL": ""},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.processes.append(process)
        return process

    def queue(self, count: int) -> None:
        with self.factory.begin() as session:
            staff = make_staff(session, make_centre(session))
            now = utcnow()
            for number in range(count):
                session.add(
                    Message(
                        dedupe_key=f"burst {number}",
                        centre_id=staff.centre_id,
                        name="password_changed",
                        staff_id=staff.id,
                        channel=Channel.EMAIL,
                        address=staff.email,
                        language="en",
                        subject="Hello",
                        text="Hello",
                        due_at=now,
                        message_id=f"<{uuid.uuid4()}@sauma>",
                        created_at=now,
                    )
                )

    def count(self, state: MessageState) -> int:
        with self.factory() as session:
            return int(session.scalar(select(func.count(Message.id)).where(Message.state == state)) or 0)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path)
    yield made
    for process in made.processes:
        if process.poll() is None:
            process.kill()
        process.communicate()
    made.engine.dispose()


def _wait(until: Callable[[], object], what: str) -> None:
    ends = time.monotonic() + PATIENCE_SECONDS
    while not until():
        assert time.monotonic() < ends, f"waited in vain for {what}"
        time.sleep(0.02)


def test_a_kill_in_the_middle_of_a_burst_loses_nothing_and_doubles_one_at_most(installation: Installation) -> None:
    installation.queue(BURST)
    with smtp_sink() as (sink, address):
        process = installation.start(address)
        _wait(lambda: len(sink.mails) >= BURST // 3, "a third of the mails")
        process.kill()
        process.wait()
        assert installation.count(MessageState.SENT) < BURST
        installation.start(address)
        _wait(lambda: installation.count(MessageState.SENT) == BURST, "the whole burst")
        seen = Counter(str(mail["Message-ID"]) for mail in sink.mails)
    assert len(seen) == BURST, "nothing is lost"
    assert sum(seen.values()) - BURST <= 1, "at most the one in the hand of the process is doubled"


def test_a_second_process_refuses_to_run(installation: Installation) -> None:
    settings = Settings(_env_file=None, instance=installation.folder)
    with only_process(settings, installation.engine):
        second = installation.start()
        output, _ = second.communicate(timeout=PATIENCE_SECONDS)
    assert second.returncode == 1
    assert output.strip() == "Error: another jobs process is running for this installation"


def test_a_process_that_is_asked_to_end_ends_well_and_leaves_nothing_taken(installation: Installation) -> None:
    installation.queue(BURST)
    with smtp_sink() as (sink, address):
        process = installation.start(address)
        _wait(lambda: len(sink.mails) >= 20, "20 mails")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0
    assert installation.count(MessageState.CLAIMED) == 0
    assert installation.count(MessageState.SENT) == len(sink.mails) < BURST
