"""Columns that come out the same for several people of one batch: worked out once and used again.

What a rule or feature reads of a person is named by a key. Two people with the same key, such as the same area,
ways of travelling and limit, get the same column.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

MOST_KEPT = 60
"""Columns of one name kept at once: of 20,000 offers about 9 MB for a feature."""
Column = TypeVar("Column")


class Shared:
    """The columns of one board and one day that were worked out for somebody in a batch.

    Parameters
    ----------
    most
        How many of each name are kept.
    """

    __slots__ = ("_columns", "_most")

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._columns: dict[str, dict[Hashable, Any]] = {}
        self._most = most

    def column(self, name: str, key: Hashable, make: Callable[[], Column]) -> Column:
        """Return the column of this name for what is read of the person, making it the first time."""
        columns = self._columns.setdefault(name, {})
        if key not in columns:
            if len(columns) >= self._most:
                # The oldest go first; what many people have in common comes back at once.
                columns.pop(next(iter(columns)))
            columns[key] = make()
        return cast("Column", columns[key])
