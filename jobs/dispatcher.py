"""Sending what is due: claim a batch, hand each message over, note each outcome at once.

The outbox rows are the only memory. What is kept here is how long a way out that does not answer is
left alone, and that may be forgotten at any moment.
"""

import logging
import threading
import time
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.exc import OperationalError

from jobs.runner import Work
from placement.backups.ledger import SentLedger
from placement.clock import utcnow
from placement.notifications.channels import ChannelAdapter
from placement.notifications.delivery import (
    Letter,
    Outcome,
    OutcomeKind,
    begin_try,
    claim,
    note_outcome,
    release,
)
from placement.notifications.models import Channel

log = logging.getLogger("jobs")

SECONDS_A_RUN = 10.0  # then the heart beats and the other jobs have their turn
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(minutes=15)
NOTE_TRIES = 5


class Dispatcher:
    """Sends due messages through the channels of the installation."""

    def __init__(self, channels: Mapping[Channel, ChannelAdapter], ledger: SentLedger) -> None:
        self._ledger = ledger
        self._ledger.keep_from_now()
        self._channels = dict(channels)
        self._pauses: dict[Channel, timedelta] = {}
        self._resting_until: dict[Channel, datetime] = {}

    def send_due(self, work: Work) -> None:
        """Send until nothing is due, the time of this run is over, or the process is asked to end."""
        ends = time.monotonic() + SECONDS_A_RUN
        try:
            while not work.stop.is_set() and time.monotonic() < ends:
                usable = self._usable()
                if not usable:
                    return
                with work.transaction() as session:
                    claimed = claim(session, owner=work.owner, channels=usable)
                if claimed is None:
                    return
                self._send_batch(work, claimed, ends)
        finally:
            for channel in self._channels.values():
                channel.close()

    def _send_batch(self, work: Work, claimed: list[int], ends: float) -> None:
        try:
            for message_id in claimed:
                if work.stop.is_set() or time.monotonic() >= ends:
                    return
                with work.transaction() as session:
                    letter = begin_try(session, message_id=message_id, owner=work.owner)
                if letter is None:
                    work.count("no longer ours or no longer true")
                    continue
                outcome = self._hand_over(letter)
                if outcome.kind is OutcomeKind.SENT:
                    self._write_ledger(letter)
                self._note(work, letter, outcome)
                if outcome.kind is OutcomeKind.OUTAGE:
                    return
        finally:
            # The rest of the batch must not wait for a way out that is down, nor for the lease of a dead run.
            with work.transaction() as session:
                release(session, owner=work.owner)

    def _hand_over(self, letter: Letter) -> Outcome:
        try:
            outcome = self._channels[letter.channel].send(letter)
        except Exception as error:  # one bad message must not stop the others
            log.exception("message %s could not be handed over", letter.id)
            sms = letter.channel is Channel.SMS
            outcome = Outcome(OutcomeKind.UNCERTAIN if sms else OutcomeKind.LATER, type(error).__name__)
        if outcome.kind is OutcomeKind.OUTAGE:
            pause = min(self._pauses.get(letter.channel, FIRST_PAUSE / 2) * 2, LONGEST_PAUSE)
            self._pauses[letter.channel] = pause
            self._resting_until[letter.channel] = utcnow() + pause
            log.warning("%s is down, next try in %s: %s", letter.channel.value, pause, outcome.answer)
        else:
            self._pauses.pop(letter.channel, None)
            self._resting_until.pop(letter.channel, None)
        return outcome

    def _write_ledger(self, letter: Letter) -> None:
        # Before the row is marked: a copy made between the two must not forget what has left.
        try:
            self._ledger.note(letter.dedupe_key)
        except OSError:
            log.exception("message %s was sent, but the ledger could not be written", letter.id)

    @staticmethod
    def _note(work: Work, letter: Letter, outcome: Outcome) -> None:
        """Write the outcome, with patience: a sent message whose mark is lost is sent twice."""
        for tries_left in reversed(range(NOTE_TRIES)):
            try:
                with work.transaction() as session:
                    note_outcome(session, message_id=letter.id, owner=work.owner, outcome=outcome)
            except OperationalError:
                if tries_left == 0:
                    raise
                threading.Event().wait(1.0)
            else:
                work.count(outcome.kind.value)
                return

    def _usable(self) -> list[Channel]:
        now = utcnow()
        return [channel for channel in self._channels if self._resting_until.get(channel, now) <= now]
