"""The real jobs process: killed in the middle of a burst, started twice, asked to end."""

import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobs.lock import only_process
from placement.notifications.models import MessageState
from placement.settings import Settings
from tests.support.installation import PATIENCE_SECONDS, Installation, wait_until
from tests.support.mail import smtp_sink

BURST = 300


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path)
    yield made
    made.end()


def test_a_kill_in_the_middle_of_a_burst_loses_nothing_and_doubles_one_at_most(installation: Installation) -> None:
    installation.queue(BURST)
    with smtp_sink() as (sink, address):
        process = installation.start(address)
        wait_until(lambda: len(sink.mails) >= BURST // 3, "a third of the mails")
        process.kill()
        process.wait()
        assert installation.count(MessageState.SENT) < BURST
        installation.start(address)
        wait_until(lambda: installation.count(MessageState.SENT) == BURST, "the whole burst")
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
        wait_until(lambda: len(sink.mails) >= 20, "20 mails")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0
    assert installation.count(MessageState.CLAIMED) == 0
    assert installation.count(MessageState.SENT) == len(sink.mails) < BURST
