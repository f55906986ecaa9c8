"""The ledger of what has been sent: a file beside the database, so that an older copy cannot forget it.

A line is the time and a one-way mark of the promise (its dedupe key). Nothing in it tells about a person.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from placement.clock import utcnow
from placement.notifications.promises import promise_mark

NAME = "sent.ledger"
_BEGAN = "began"


@dataclass(frozen=True, slots=True)
class SentSince:
    """What the ledger tells about the time after an instant.

    ``is_whole`` says that the ledger was kept all that time: what it does not name has not been sent.
    """

    is_whole: bool
    marks: frozenset[str] = field(default_factory=frozenset)


class SentLedger:
    """The ledger of one installation; each line is on the disk before the call returns."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME

    def note(self, dedupe_key: str) -> None:
        """Write that this promise has been kept."""
        self._append(promise_mark(dedupe_key))

    def keep_from_now(self) -> None:
        """Write that the ledger is kept from now on, when it is new."""
        if not self._path.exists():
            self._append(_BEGAN)

    def since(self, instant: datetime) -> SentSince:
        """Return what was sent from an instant on."""
        began: datetime | None = None
        marks = set()
        for at, mark in self._lines():
            if mark == _BEGAN:
                began = at if began is None else began
            elif at >= instant:
                marks.add(mark)
        return SentSince(is_whole=began is not None and began <= instant, marks=frozenset(marks))

    def forget_before(self, instant: datetime) -> int:
        """Leave out the lines before an instant; return how many. Only the jobs process, which writes, calls it."""
        kept, forgotten = [], 0
        for at, mark in self._lines():
            if at < instant:
                forgotten += 1
            else:
                kept.append(f"{at.isoformat()} {mark}\n")
        if forgotten:
            new = self._path.with_suffix(".new")
            new.write_text(f"{instant.isoformat()} {_BEGAN}\n" + "".join(kept), encoding="ascii")
            with new.open("rb") as file:
                os.fsync(file.fileno())
            new.replace(self._path)
        return forgotten

    def _append(self, word: str) -> None:
        with self._path.open("a", encoding="ascii") as file:
            # The line break stands first too: a line that a loss of power cut short must not swallow this one.
            file.write(f"\n{utcnow().isoformat()} {word}\n")
            file.flush()
            os.fsync(file.fileno())

    def _lines(self) -> Iterator[tuple[datetime, str]]:
        if not self._path.exists():
            return
        with self._path.open(encoding="ascii", errors="replace") as file:
            for line in file:
                words = line.split()
                if len(words) != 2:
                    continue
                try:
                    yield datetime.fromisoformat(words[0]), words[1]
                except ValueError:
                    continue
