"""Columns that come out the same for several people of one batch: worked out once and used again.

What a rule or feature reads of a person is named by a key. Two people with the same key, such as the same area,
ways of travelling and limit, get the same column.
"""

from collections.abc import Callable, Hashable
from typing import Any

from numpy.typing import NDArray

MOST_KEPT = 400
"""Columns kept at once: of 20,000 offers about 60 MB."""


class Shared:
    """The columns of one board and one day that were worked out for somebody in a batch."""

    __slots__ = ("_columns",)

    def __init__(self) -> None:
        self._columns: dict[tuple[str, Hashable], NDArray[Any]] = {}

    def column(self, name: str, key: Hashable, make: Callable[[], NDArray[Any]]) -> NDArray[Any]:
        """Return the column of this name for what is read of the person, making it the first time."""
        found = self._columns.get((name, key))
        if found is None:
            if len(self._columns) >= MOST_KEPT:
                # The oldest go first; what many people have in common comes back at once.
                self._columns.pop(next(iter(self._columns)))
            found = self._columns[(name, key)] = make()
        return found
