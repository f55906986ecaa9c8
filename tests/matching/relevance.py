"""The relevance suite: what a counsellor would say a text speaks of, in `relevance.tsv`.

`must`: at least one of these is among the first three links. `never`: none of these is linked at all; `*` means that
nothing may be. The rows of the part `held` were written first and looked at once, when the linking was done.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from matching import Language, Linker

FIRST = 3
FILE = Path(__file__).with_suffix(".tsv")


@dataclass(frozen=True, slots=True)
class Case:
    """One text and what it should be linked to."""

    part: str
    kind: str
    language: Language
    text: str
    must: frozenset[str]
    never: frozenset[str]

    def is_met(self, linker: Linker) -> bool:
        """Whether something that the text speaks of is found; true when nothing is asked for."""
        return not self.must or bool(self.must & set(self._found(linker)[:FIRST]))

    def is_crossed(self, linker: Linker) -> bool:
        """Whether something is found that the text does not speak of."""
        found = set(self._found(linker)) - self.must
        return bool(found if "*" in self.never else found & self.never)

    def _found(self, linker: Linker) -> list[str]:
        return [link.id for link in linker.link(self.text, self.language)]


def cases() -> Iterator[Case]:
    """Yield every case of the suite."""
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield Case(
                row["part"],
                row["kind"],
                cast("Language", row["language"]),
                row["text"],
                frozenset(row["must"].split()),
                frozenset((row["never"] or "").split()),
            )
