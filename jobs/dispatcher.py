"""Sending what is due: claim a batch, hand each message over, note each outcome at once.

The outbox rows are the only memory. What is kept here is how long a way out that does not answer is
left alone, and that may be forgotten at any moment.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.exc import OperationalError

from jobs.runner import Work
from placement.backups.ledger import SentLedger
from placement.clock import utcnow
from placement.notifications.channels import ChannelAdapter
from placement.notifications.delivery import Letter, Outcome, begin_try, claim, note_outcome, release
from placement.notifications.models import Channel, OutcomeKind
from placement.notifications.sms_gateway import LONGEST_REST

log = logging.getLogger("jobs")

SECONDS_A_RUN = 10.0  # then the heart beats and the other jobs have their turn
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(minutes=15)
NOTE_TRIES = 5
UNCLEAR_IN_A_ROW = 3
"""So many messages without a clear answer, one after the other: the way out itself is ill, not the messages."""
_UNCLEAR = frozenset({OutcomeKind.BROKEN, OutcomeKind.UNCERTAIN})


class Dispatcher:
    """Sends due messages through the channels of the installation."""

    def __init__(self, channels: Mapping[Channel, ChannelAdapter], ledger: SentLedger) -> None:
        self._ledger = ledger
        self._ledger.keep_from_now()
        self._channels = dict(channels)
        self._pauses: dict[Channel, timedelta] = {}
        self._resting_until: dict[Channel, datetime] = {}
        self._unclear: Counter[Channel] = Counter()

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
                if self._rests(letter.channel):
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
        self._unclear[letter.channel] = self._unclear[letter.channel] + 1 if outcome.kind in _UNCLEAR else 0
        if outcome.kind is OutcomeKind.OUTAGE or self._unclear[letter.channel] >= UNCLEAR_IN_A_ROW:
            self._let_rest(letter.channel, outcome)
        elif outcome.kind not in _UNCLEAR:
            self._pauses.pop(letter.channel, None)
            self._resting_until.pop(letter.channel, None)
        return outcome

    def _let_rest(self, channel: Channel, outcome: Outcome) -> None:
        pause = min(self._pauses.get(channel, FIRST_PAUSE / 2) * 2, LONGEST_PAUSE)
        self._pauses[channel] = pause
        pause = max(pause, outcome.rest or pause)
        self._resting_until[channel] = utcnow() + pause
        log.warning("%s is down, next try in %s: %s", channel.value, pause, outcome.answer)

    def _rests(self, channel: Channel) -> bool:
        until = self._resting_until.get(channel)
        if until is None:
            return False
        rest = until - utcnow()
        if rest > LONGEST_REST:  # the clock was set back: nobody asked for so long a rest
            del self._resting_until[channel]
            return False
        return rest > timedelta()

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
        return [channel for channel in self._channels if not self._rests(channel)]
