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
        One for each text; None where nothing can be read.
    """

    def __init__(self, rows: Sequence[Row | None]) -> None:
        self._rows = tuple(rows)
        self._matrix: Any = None
        self.told = np.array([row is not None for row in rows], dtype=np.bool_)

    def closeness(self, person: Row) -> NDArray[np.float64]:
        """Return the closeness of each text to a person, see `matching.said.closeness`."""
        if not self._rows or not person:
            return np.zeros(len(self._rows))
        if self._matrix is None:
            self._matrix = self._together()
        # Only the columns that the person speaks of are looked at: offers hold many more.
        spoken = person.columns < self._matrix.shape[0]
        columns, values = person.columns[spoken], person.values[spoken]
        starts, ends = self._matrix.indptr[columns], self._matrix.indptr[columns + 1]
        lengths = ends - starts
        places = np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths) + np.arange(lengths.sum())
        found = np.repeat(values, lengths) * self._matrix.data[places]
        met = np.bincount(self._matrix.indices[places], found, minlength=len(self._rows))
        return met.astype(np.float64)

    def _together(self) -> Any:
        """Return columns × texts, so that one column is read in one go."""
        width = max((int(row.columns[-1]) for row in self._rows if row), default=0) + 1
        ends = np.cumsum([0, *(len(row.columns) if row else 0 for row in self._rows)])
        columns = np.concatenate([np.empty(0, np.intp), *(row.columns for row in self._rows if row)])
        values = np.concatenate([np.empty(0), *(row.values for row in self._rows if row)])
        return sparse.csr_array((values, columns, ends), shape=(len(self._rows), width)).T.tocsr()
