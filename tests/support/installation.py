"""A database of its own, the jobs processes started on it, and a burst of messages in its outbox."""

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import sessionmaker

from placement.accounts.models import Staff
from placement.clock import utcnow
from placement.db import ServiceSession, make_engine, make_session_factory
from placement.migrations.run import upgrade
from placement.notifications.models import Channel, Message, MessageState
from tests.support.factories.centres import make_centre, make_staff

ROOT = Path(__file__).parents[2]
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
        """Start a jobs process."""
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

    def queue(self, count: int, *, first: int = 0, due_in: timedelta = timedelta()) -> None:
        """Put so many messages into the outbox, numbered from the first on."""
        with self.factory.begin() as session:
            staff = session.scalars(select(Staff)).first() or make_staff(session, make_centre(session))
            now = utcnow()
            for number in range(first, first + count):
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
                        due_at=now + due_in,
                        message_id=f"<{uuid.uuid4()}@sauma>",
                        created_at=now,
                    )
                )

    def count(self, state: MessageState) -> int:
        """Return how many messages are in a state."""
        with self.factory() as session:
            return int(session.scalar(select(func.count(Message.id)).where(Message.state == state)) or 0)

    def end(self) -> None:
        """Make an end of every process and close the database."""
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            if process.stdout is not None and not process.stdout.closed:
                process.communicate()
        self.engine.dispose()


def wait_until(until: Callable[[], object], what: str) -> None:
    """Wait until something is so, or fail by saying what was waited for."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while not until():
        assert time.monotonic() < ends, f"waited in vain for {what}"
        time.sleep(0.02)
