"""The whole service as people run it: ``sauma serve`` with its web and jobs processes, on a database of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask
from flask_security import hash_password
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from placement.accounts.models import Centre, Staff
from placement.accounts.permissions import Role
from placement.accounts.services import add_staff
from placement.app import create_app
from placement.clock import utcnow
from placement.migrations.run import upgrade
from placement.notifications.models import Message, MessageState
from placement.settings import Settings

Found = TypeVar("Found")
PASSWORD = "harjoitus-sauma-2026"
START_SECONDS = 60
MAIL_SECONDS = 40


@dataclass
class RunningService:
    """A running installation: where it answers, where its messages land, and an app on the same database.

    ``cookies`` are those of the workers who have signed in once, by e-mail address.
    """

    address: str
    settings: Settings
    app: Flask
    cookies: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A transaction on the database of the service, for what a story takes as given."""
        with self.app.app_context(), self.app.extensions["session_factory"].begin() as session:
            yield session

    def worker(self, session: Session, address: str) -> Staff:
        """The worker with this e-mail address."""
        return session.scalars(select(Staff).where(Staff.email == address)).one()

    def bring_forward(self, name: str) -> None:
        """Make the messages of this name due now, whatever the hour, and wait until the jobs process has sent them."""
        waiting = Message.name == name, Message.state.in_([MessageState.PLANNED, MessageState.CLAIMED])
        end = time.monotonic() + MAIL_SECONDS
        while time.monotonic() < end:
            with self.transaction() as session:
                if session.scalar(select(func.count()).select_from(Message).where(*waiting)) == 0:
                    return
                # Planning may set the time back, so it is said again at every look.
                planned = update(Message).where(Message.name == name, Message.state == MessageState.PLANNED)
                session.execute(planned.values(due_at=utcnow()))
            time.sleep(0.5)
        raise AssertionError(f"the jobs process did not send {name}")

    def messages(self, suffix: str) -> list[Path]:
        """The files of sent messages, oldest first: ``.eml`` or ``.txt``."""
        return sorted(self.settings.mail_folder.glob(f"*{suffix}"), key=lambda path: path.stat().st_mtime_ns)

    def letter_to(self, address: str, *, after: int = 0) -> EmailMessage:
        """Wait for an e-mail to the address and return the newest."""
        return self._newest(lambda: self.letters_to(address), after)

    def letters_to(self, address: str) -> list[EmailMessage]:
        """Every e-mail to the address so far, oldest first."""
        return [letter for letter in map(_parsed, self.messages(".eml")) if address in str(letter["To"])]

    def text_to(self, number: str, *, after: int = 0) -> str:
        """Wait for a text message to the number and return the newest."""
        return self._newest(lambda: self.texts_to(number), after)

    def texts_to(self, number: str) -> list[str]:
        """Every text message to the number so far, oldest first."""
        return [text for text in (path.read_text(encoding="utf-8") for path in self.messages(".txt")) if number in text]

    @staticmethod
    def _newest(find: Callable[[], list[Found]], after: int) -> Found:
        end = time.monotonic() + MAIL_SECONDS
        while time.monotonic() < end:
            found = find()
            if len(found) > after:
                return found[-1]
            time.sleep(0.3)
        raise AssertionError("the message did not come")


def _parsed(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), policy=policy.default)


def link_in(text: str) -> str:
    """Return the first address in a message, as a path."""
    found = re.search(r"http://127\.0\.0\.1:\d+(/\S+)", text)
    assert found, f"no link in {text!r}"
    return found.group(1).rstrip(".,)")


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_service(folder: Path) -> Iterator[RunningService]:
    """Make an installation with one centre and three workers in the folder, run it, and end it."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    settings = Settings(_env_file=None, instance=folder, public_url=address, tick_seconds=1)
    folder.mkdir(parents=True, exist_ok=True)
    upgrade(settings.database_address)
    app = create_app(settings)
    _add_workers(app)
    environment = os.environ | {
        "SAUMA_INSTANCE": str(folder),
        "SAUMA_PUBLIC_URL": address,
        "SAUMA_TICK_SECONDS": "1",
        "SAUMA_SECRET_KEY": "",
        "SAUMA_DATABASE_URL": "",
    }
    command = [sys.executable, "-m", "placement.cli", "serve", "--port", str(port), "--workers", "1"]
    log = (folder / "service.log").open("w", encoding="utf-8")
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_until_healthy(address, process, folder)
        yield RunningService(address, settings, app)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
        log.close()
        app.extensions["engine"].dispose()


def _add_workers(app: Flask) -> None:
    security = app.extensions["security"]
    people = {
        "sari@example.fi": ("Sari", "Lahtinen", [Role.COUNSELLOR, Role.ONE_ADULT]),
        "mikko@example.fi": ("Mikko", "Aalto", [Role.LEAD]),
        "outi@example.fi": ("Outi", "Virta", [Role.EMPLOYER_WORKER]),
    }
    with app.app_context(), app.extensions["session_factory"].begin() as session:
        centre = Centre(slug="kivilampi", name="Ohjaamo Kivilampi", municipality_code="698")
        session.add(centre)
        session.flush()
        hashed = hash_password(PASSWORD)
        for email, (first_name, last_name, roles) in people.items():
            add_staff(
                session,
                centre=centre,
                first_name=first_name,
                last_name=last_name,
                email=email,
                password_hash=hashed,
                roles=roles,
                totp_secret=security._totp_factory.generate_totp_secret(),
                language="en",
            )


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes], folder: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, TimeoutError):
            pass
        time.sleep(0.3)
    raise AssertionError("the service did not start:\n" + (folder / "service.log").read_text(encoding="utf-8")[-4000:])
