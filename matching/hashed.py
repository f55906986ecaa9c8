"""Texts as sparse rows: hashed character n-grams, and hashed stems with BM25 weights.

Hashing needs no list of known words, so a word that nobody has met before still meets itself. How rare a piece is
comes from a sample of texts given once; it does not depend on the offers of the day, so neither does a score.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer

from matching.text import stems

LETTERS = (2, 5)
"""Shortest and longest character n-gram, inside word borders."""
CHARACTER_COLUMNS = 2**20
STEM_COLUMNS = 2**18
SATURATION, LENGTH_SHARE = 1.2, 0.75
"""The usual constants of BM25: how soon repeating a word stops to count, and how much long texts are held back."""
Rows = Any
"""A scipy CSR array with one row for each text."""


class Characters:
    """Unit rows of character n-grams, damped and weighted by rarity.

    Parameters
    ----------
    sample
        Texts that show how rare a piece is.
    """

    def __init__(self, sample: Sequence[str]) -> None:
        self._hasher = _hasher("char_wb", CHARACTER_COLUMNS, LETTERS)
        self._rarity = _rarity(_counts(self._hasher, sample), CHARACTER_COLUMNS)

    def rows(self, texts: Sequence[str]) -> Rows:
        """Return one unit row for each text; empty rows for texts with nothing readable."""
        counts = _counts(self._hasher, texts)
        counts.data = (1.0 + np.log(counts.data)) * self._rarity[counts.indices]
        return unit(counts)


class Stems:
    """Rows of word stems of one language: BM25 on the side of texts met, shares of the query on the other.

    The product of a query row and a text row is 0–1 for texts of usual length: the share of the query that is met.

    Parameters
    ----------
    language
        fi, sv or en; other codes are read without stemming.
    sample
        Texts that show how rare a stem is and how long texts are.
    """

    def __init__(self, language: str, sample: Sequence[str]) -> None:
        self._hasher = _hasher(partial(stems, language=language), STEM_COLUMNS, (1, 1))
        counts = _counts(self._hasher, sample)
        self._rarity = _rarity(counts, STEM_COLUMNS)
        self._usual_length = max(float(counts.sum()) / max(counts.shape[0], 1), 1.0)

    def rows(self, texts: Sequence[str]) -> Rows:
        """Return unit rows, for comparing short texts with each other."""
        counts = _counts(self._hasher, texts)
        counts.data = (1.0 + np.log(counts.data)) * self._rarity[counts.indices]
        return unit(counts)

    def queries(self, texts: Sequence[str]) -> Rows:
        """Return rows of queries; each sums to 1."""
        counts = _counts(self._hasher, texts)
        counts.data = counts.data * self._rarity[counts.indices]
        total = np.asarray(counts.sum(axis=1)).ravel()
        return scaled(counts, 1.0 / np.where(total > 0, total, 1.0))

    def texts(self, texts: Sequence[str]) -> Rows:
        """Return rows of texts to be met; each entry is 0–1."""
        counts = _counts(self._hasher, texts)
        length = np.asarray(counts.sum(axis=1)).ravel() / self._usual_length
        held = SATURATION * (1.0 - LENGTH_SHARE + LENGTH_SHARE * length)
        counts.data = counts.data / (counts.data + np.repeat(held, np.diff(counts.indptr)))
        return counts


def unit(rows: Rows) -> Rows:
    """Return rows of length one; empty rows stay empty."""
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return scaled(rows, 1.0 / np.where(length > 0, length, 1.0))


def scaled(rows: Rows, factors: NDArray[np.float64]) -> Rows:
    """Return each row times its factor."""
    result = rows.copy()
    result.data = result.data * np.repeat(factors, np.diff(result.indptr))
    return result


def strongest(rows: Rows, most: int) -> Rows:
    """Return rows with at most so many entries each, the largest ones; of equal ones the first."""
    kept = [
        start + np.sort(np.argsort(-rows.data[start:end], kind="stable")[:most])
        for start, end in zip(rows.indptr, rows.indptr[1:], strict=False)
    ]
    lengths = np.array([0, *(len(one) for one in kept)])
    places = np.concatenate(kept) if kept else np.empty(0, np.intp)
    return sparse.csr_array((rows.data[places], rows.indices[places], np.cumsum(lengths)), shape=rows.shape)


def _hasher(
    analyser: str | Callable[[str], Iterable[str]], columns: int, letters: tuple[int, int]
) -> HashingVectorizer:
    return HashingVectorizer(
        analyzer=analyser, ngram_range=letters, n_features=columns, alternate_sign=False, norm=None, dtype=np.float64
    )


def _counts(hasher: HashingVectorizer, texts: Sequence[str]) -> Rows:
    return hasher.transform(texts or [""])[: len(texts)]


def _rarity(counts: Rows, columns: int) -> NDArray[np.float64]:
    seen = np.bincount(counts.indices, minlength=columns)
    rarity: NDArray[np.float64] = np.log((1.0 + counts.shape[0]) / (1.0 + seen)) + 1.0
    return rarity
