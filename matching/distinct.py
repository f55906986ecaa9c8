"""One property of many offers as a column: each value that occurs is told once, and offers point at it.

A rule or feature that depends on nothing else is then asked once per value instead of once per offer.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matching.facts import OfferFacts

Rows = NDArray[np.intp]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Distinct:
    """A column of values that repeat.

    Parameters
    ----------
    codes
        For each offer the place of its value.
    values
        The values that occur.
    examples
        For each value an offer that has it.
    """

    codes: Rows
    values: tuple[Hashable, ...]
    examples: tuple[OfferFacts, ...]

    @classmethod
    def of(cls, offers: Sequence[OfferFacts], key: Callable[[OfferFacts], Hashable]) -> Self:
        """Read a property of offers."""
        places: dict[Hashable, int] = {}
        codes = np.fromiter((places.setdefault(key(one), len(places)) for one in offers), np.intp, len(offers))
        _, first = np.unique(codes, return_index=True)
        return cls(codes, tuple(places), tuple(offers[row] for row in first))

    def followed_by(self, other: "Distinct") -> "Distinct":
        """Return the column of these offers and then the others."""
        places = {value: place for place, value in enumerate(self.values)}
        moved = np.fromiter((places.setdefault(value, len(places)) for value in other.values), np.intp)
        fresh = [one for one, place in zip(other.examples, moved, strict=True) if place >= len(self.values)]
        codes = np.concatenate([self.codes, moved[other.codes]])
        return Distinct(codes, tuple(places), (*self.examples, *fresh))

    def take(self, rows: Rows) -> "Distinct":
        """Return the column of some offers; values that no longer occur are forgotten."""
        codes = self.codes[rows]
        used = np.flatnonzero(np.bincount(codes, minlength=len(self.values)))
        if len(used) == len(self.values):
            return Distinct(codes, self.values, self.examples)
        moved = np.zeros(len(self.values), np.intp)
        moved[used] = np.arange(len(used))
        values = tuple(self.values[place] for place in used)
        return Distinct(moved[codes], values, tuple(self.examples[place] for place in used))

    def spread(self, answers: Iterable[Any], kind: type[np.generic] = np.float64) -> NDArray[Any]:
        """Return an answer for each offer from one answer for each value."""
        return np.fromiter(answers, kind, len(self.values))[self.codes]
