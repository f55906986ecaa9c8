"""The words of many offers as one matrix, for asking how close each is to what a person says."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.said import Row

PIECE = 64
"""Columns of a text that are kept together."""


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
        places = _runs(starts, lengths)
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

    Columns that no text has are left out and the others moved together, so that what one person says fits into the
    caches of a processor. Texts are cut into pieces of one length, which are read faster than rows of any length.
    """

    def __init__(self, words: Words) -> None:
        columns, values, ends = words.joined()
        self._used = np.zeros(int(columns.max(initial=-1)) + 1, np.bool_)
        self._used[columns] = True
        self._places = np.cumsum(self._used) - 1
        lengths = np.diff(ends)
        self._pieces = -(-lengths // PIECE)
        self._firsts = np.cumsum(self._pieces) - self._pieces
        at = _runs(self._firsts * PIECE, lengths)
        shape = int(self._pieces.sum()), PIECE
        self._columns, self._values = np.zeros(shape, np.intp), np.zeros(shape, np.float64)
        self._columns.ravel()[at], self._values.ravel()[at] = self._places[columns], values
        self._said = np.zeros(max(int(self._used.sum()), 1))

    def closeness(self, person: Row, texts: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the closeness of some texts to a person, but for the last bits that of `matching.said.closeness`."""
        spoken = person.columns < len(self._used)
        columns, values = person.columns[spoken], person.values[spoken]
        met = self._used[columns]
        places = self._places[columns[met]]
        self._said[places] = values[met]
        pieces = self._pieces[texts]
        rows = _runs(self._firsts[texts], pieces)
        parts = np.einsum("ij,ij->i", self._values[rows], np.take(self._said, self._columns[rows], mode="clip"))
        self._said[places] = 0.0
        total = np.bincount(np.repeat(np.arange(len(texts)), pieces), parts, len(texts))
        return total.astype(np.float64, copy=False)


def _runs(starts: NDArray[np.intp], lengths: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the numbers from each start on, as many as its length, one run after the other."""
    ends = np.cumsum(lengths)
    return np.repeat(starts - ends + lengths, lengths) + np.arange(int(ends[-1]) if len(ends) else 0)
