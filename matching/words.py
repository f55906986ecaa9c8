"""The words of many offers as one matrix, for asking how close each is to what a person says."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.said import Row


class Words:
    """Rows of offers under each other; put together when first asked, which only a list of offers needs.

    Parameters
    ----------
    rows
        One for each text.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = tuple(rows)
        self._matrix: Any = None

    def closeness(self, person: Row) -> NDArray[np.float64]:
        """Return the closeness of each text to a person, see `matching.said.closeness`."""
        if not self._rows or not person:
            return np.zeros(len(self._rows))
        said = np.zeros(1 + max(self._columns(), int(person.columns[-1])))
        said[person.columns] = person.values
        if self._matrix is None:
            self._matrix = self._together()
        met: NDArray[np.float64] = self._matrix @ said[: self._matrix.shape[1]]
        return met

    def _columns(self) -> int:
        return max((int(row.columns[-1]) for row in self._rows if row), default=0)

    def _together(self) -> Any:
        ends = np.cumsum([0, *(len(row.columns) for row in self._rows)])
        columns = np.concatenate([row.columns for row in self._rows])
        values = np.concatenate([row.values for row in self._rows])
        return sparse.csr_array((values, columns, ends), shape=(len(self._rows), self._columns() + 1))
