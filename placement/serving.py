"""Runs the processes of the service side by side, and starts one again when it ends by itself."""

import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MOST_ENDS, WITHIN_SECONDS = 5, 60.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 5.0
LOOK_SECONDS = 0.2
CALM_END_SECONDS, LEFTOVER_SECONDS = 30.0, 3.0


class GaveUp(Exception):
    """A process keeps ending; the message says which and how."""


@dataclass(slots=True)
class Child:
    """One process of the service, such as web or jobs, in a process group of its own."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[Any] | None = None
    begins_at: float = 0.0
    ends: deque[float] = field(default_factory=lambda: deque(maxlen=MOST_ENDS))

    def look(self, now: float) -> None:
        """Start it when its time has come, and note when it has ended; raise GaveUp when it ends too often."""
        if self.process is None:
            if now >= self.begins_at:
                self.process = subprocess.Popen(self.command, env=self.environment, process_group=0)
            return
        code = self.process.poll()
        if code is None:
            return
        # Workers that outlive their master would keep the port.
        self._end_group(self.process.pid)
        self.process = None
        self.ends.append(now)
        how = f"killed by signal {-code}" if code < 0 else f"exit code {code}"
        if len(self.ends) == MOST_ENDS and now - self.ends[0] <= WITHIN_SECONDS:
            message = f"The {self.name} process ended {MOST_ENDS} times within a minute ({how}): the service ends."
            raise GaveUp(message)
        _say(f"The {self.name} process ended ({how}); starting it again.")
        lately = sum(now - end <= WITHIN_SECONDS for end in self.ends)
        self.begins_at = now + min(FIRST_PAUSE * 2 ** (lately - 1), LONGEST_PAUSE)

    def ask_to_end(self) -> None:
        """Ask it to end calmly: it finishes what it is doing."""
        if self.process is not None:
            self.process.terminate()

    def wait_for_end(self, until: float) -> None:
        """Wait for its end; after that moment, or when something of it is left, make an end."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(until - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self._end_group(self.process.pid)

    @staticmethod
    def _end_group(group: int) -> None:
        end = time.monotonic() + LEFTOVER_SECONDS
        try:
            os.killpg(group, signal.SIGTERM)
            while time.monotonic() < end:
                time.sleep(0.05)
                os.killpg(group, 0)
            os.killpg(group, signal.SIGKILL)
        except ProcessLookupError:
            return  # nobody is left in the group


def run_side_by_side(children: Sequence[Child]) -> int:
    """Keep the processes running until interrupted; return the exit code, 1 when one of them keeps ending."""
    is_over = False

    def _stop(_number: int, _frame: object) -> None:
        nonlocal is_over
        is_over = True

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup and shells in the background ask for that
            signal.signal(number, _stop)
    try:
        while not is_over:
            for child in children:
                child.look(time.monotonic())
            time.sleep(LOOK_SECONDS)
    except GaveUp as error:
        _say(f"{error} The lines above tell why.")
        return 1
    finally:
        for child in children:
            child.ask_to_end()
        until = time.monotonic() + CALM_END_SECONDS
        for child in children:
            child.wait_for_end(until)
    return 0


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
