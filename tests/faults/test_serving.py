"""The whole service under ``sauma serve``: processes that are killed come back, and it ends without a trace."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from placement.audit.models import Heartbeat
from placement.cli import main
from placement.clock import utcnow
from placement.db import make_engine, make_session_factory
from placement.migrations.run import upgrade
from placement.serving import MOST_ENDS, Child, run_side_by_side
from tests.support.service import free_port

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 100  # it takes seconds, but the machine may be busy with other tests


class Service:
    """An installation of its own, made and run with the commands."""

    def __init__(self, folder: Path) -> None:
        self.instance = folder / "instance"
        self.port = free_port()
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SAUMA_")}
        self.environment = kept | {
            "SAUMA_INSTANCE": str(self.instance),
            "SAUMA_DATABASE_URL": "",
            "SAUMA_TICK_SECONDS": "1",
        }
        before = os.umask(0o022)
        try:
            made = CliRunner(env=self.environment).invoke(main, ["migrate"])
        finally:
            os.umask(before)
        assert made.exit_code == 0, made.output
        self.log = folder / "service.log"
        with self.log.open("wb") as log:
            self.process = self.run("serve", "--port", str(self.port), "--workers", "1", stderr=log)
        self.engine = make_engine(f"sqlite:///{self.instance / 'sauma.sqlite3'}")

    def run(self, *words: str, stderr: int | BinaryIO = subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "placement.cli", *words]
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            umask=0o022,
        )

    def children(self) -> dict[str, int]:
        """The processes that the service started itself, by name."""
        named = {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                words = (entry / "cmdline").read_text()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if parent == self.process.pid:
                named["web" if "gunicorn" in words else "jobs"] = int(entry.name)
        return named

    def group_is_alive(self, group: int) -> bool:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return False
        return True

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/accessibility", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def beats_after(self, moment: datetime) -> bool:
        with make_session_factory(self.engine)() as session:
            beat = session.scalar(select(Heartbeat.beat_at))
        return beat is not None and beat > moment

    def wait_until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.3)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    made = Service(tmp_path)
    try:
        yield made
    finally:
        made.process.terminate()
        made.process.wait(timeout=40)
        made.engine.dispose()


def test_killed_processes_come_back_and_the_end_is_whole(service: Service) -> None:
    service.wait_until(lambda: service.answers() and service.beats_after(datetime.min.replace(tzinfo=utcnow().tzinfo)))
    first = service.children()
    assert set(first) == {"web", "jobs"}

    os.kill(first["jobs"], signal.SIGKILL)
    os.kill(first["web"], signal.SIGKILL)
    killed_at = utcnow()
    service.wait_until(
        lambda: (
            service.children().keys() == {"web", "jobs"} and not set(first.values()) & set(service.children().values())
        )
    )
    service.wait_until(lambda: service.answers() and service.beats_after(killed_at))

    said = service.log.read_text()
    assert "The jobs process ended (killed by signal 9); starting it again." in said
    assert "The web process ended (killed by signal 9); starting it again." in said
    second = service.children()
    service.process.terminate()
    assert service.process.wait(timeout=40) == 0
    assert not any(service.group_is_alive(group) for group in (*first.values(), *second.values()))
    _only_the_owner_may_look(service.instance)


def _only_the_owner_may_look(instance: Path) -> None:
    assert stat.S_IMODE(instance.stat().st_mode) == 0o700
    files = [path for path in instance.rglob("*") if path.is_file()]
    assert {"sauma.sqlite3", "secret_key", "jobs.lock"} <= {path.name for path in files}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_process_that_keeps_ending_ends_the_whole_with_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("placement.serving.FIRST_PAUSE", 0.01)
    monkeypatch.setattr("placement.serving.LOOK_SECONDS", 0.01)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    steady = Child("jobs", ["sleep", "60"], os.environ)
    try:
        code = run_side_by_side([Child("web", ["sh", "-c", "exit 3"], os.environ), steady])
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)

    said = capfd.readouterr().err
    assert code == 1
    assert said.count("The web process ended (exit code 3); starting it again.") == MOST_ENDS - 1
    assert said.count("ended 5 times within a minute (exit code 3): the service ends.") == 1
    assert steady.process is not None
    assert steady.process.returncode == -signal.SIGTERM


def test_taken_port_is_told_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    upgrade(f"sqlite:///{tmp_path / 'sauma.sqlite3'}")
    monkeypatch.setenv("SAUMA_INSTANCE", str(tmp_path))
    monkeypatch.setenv("SAUMA_DATABASE_URL", "")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = CliRunner().invoke(main, ["serve", "--port", str(port)])
    assert result.exit_code == 1
    assert f"something listens on port {port} already" in result.output
