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
        columns, values, ends = self.joined()
        shape = (len(self._rows), int(columns.max(initial=0)) + 1)
        return sparse.csr_array((values, columns, ends), shape=shape).T.tocsr()

    def joined(self) -> tuple[NDArray[np.intp], NDArray[np.float64], NDArray[np.intp]]:
        """Return columns and values of all texts, one text after the other, and where each begins and ends."""
        ends = np.cumsum([0, *(len(row.columns) if row else 0 for row in self._rows)])
        columns = np.concatenate([np.empty(0, np.intp), *(row.columns for row in self._rows if row)])
        values = np.concatenate([np.empty(0), *(row.values for row in self._rows if row)])
        return columns, values, ends


class Narrow:
    """The same words for asking about a few texts of each of many people; not to be shared between threads.

    Columns that no text has are left out, and the others moved together, so that what one person says fits into the
    caches of a processor.
    """

    def __init__(self, words: Words) -> None:
        columns, values, ends = words.joined()
        used = np.zeros(int(columns.max(initial=-1)) + 1, np.bool_)
        used[columns] = True
        self._places = np.cumsum(used) - 1
        self._used = used
        self._texts = sparse.csr_array(
            (values, self._places[columns].astype(np.int32), ends.astype(np.int32)),
            shape=(len(ends) - 1, int(used.sum())),
        )
        self._said = np.zeros(self._texts.shape[1])
        self.told = words.told

    def closeness(self, person: Row, texts: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the closeness of some texts to a person, but for the last bits that of `matching.said.closeness`."""
        spoken = person.columns < len(self._used)
        columns, values = person.columns[spoken], person.values[spoken]
        met = self._used[columns]
        places = self._places[columns[met]]
        self._said[places] = values[met]
        close: NDArray[np.float64] = self._texts[texts] @ self._said
        self._said[places] = 0.0
        return close
