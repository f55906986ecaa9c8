"""Linking texts to the concepts of a taxonomy, with how sure each link is.

A text is compared with every label of its language by character n-grams and by stems, and a little with all labels of
a concept together. The similarity becomes a probability through one curve, so that a vague likeness counts for nearly
nothing and the words of a label for nearly everything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.hashed import Characters, Rows, Stems, unit
from matching.taxonomy import LANGUAGES, Concept
from matching.types import Language

DOCUMENT_WEIGHT = 0.5
"""How much all labels of a concept together count beside the nearest one."""
STEM_WEIGHT = 0.25
"""How much stems count beside character n-grams."""
SURE_AT, SURE_SLOPE = 0.58, 0.07
"""Similarity at which a link is right every second time, and how steeply that changes; measured on reworded labels."""
SHARPNESS = 8
"""How quickly a concept that is less like the text than the best one loses weight."""
LEAST_SURE = 0.01
MOST_LINKS = 10
AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class _Labels:
    """The labels of one language: pieces × labels, pieces × concepts, and where the labels of a concept begin."""

    labels: Rows
    documents: Rows
    starts: NDArray[np.intp]
    named: NDArray[np.intp]


class ConceptMap:
    """Links texts to concepts. It never changes after it is built and may be shared by threads.

    Parameters
    ----------
    concepts
        What can be met; columns are in this order.
    characters
        Reader of character n-grams.
    stems
        Language to its reader of stems.
    """

    def __init__(self, concepts: Sequence[Concept], characters: Characters, stems: dict[Language, Stems]) -> None:
        self.concepts = tuple(concepts)
        self._characters, self._stems = characters, stems
        self._languages = {language: self._read(language) for language in LANGUAGES}

    def links(self, texts: Sequence[str], language: Language) -> Rows:
        """Return texts × concepts, how sure each link is, 0–1; at most `MOST_LINKS` for each text."""
        if not texts or not self.concepts:
            return sparse.csr_array((len(texts), len(self.concepts)))
        found = [
            self._link(texts[first : first + AT_ONCE], self._languages[language], language)
            for first in range(0, len(texts), AT_ONCE)
        ]
        return sparse.vstack(found, format="csr")

    def _link(self, texts: Sequence[str], labels: _Labels, language: Language) -> Rows:
        alike = self._similar(self._pieces(texts, language), labels)
        most = min(MOST_LINKS, alike.shape[1])
        columns = np.sort(np.argpartition(-alike, most - 1, axis=1)[:, :most], axis=1)
        values = np.take_along_axis(alike, columns, axis=1)
        best = values.max(axis=1, keepdims=True)
        share = (values / np.where(best > 0, best, 1.0)) ** SHARPNESS
        sure = sureness(values) * share / np.sqrt(np.maximum(share.sum(axis=1, keepdims=True), 1.0))
        sure[sure < LEAST_SURE] = 0.0
        lines = np.repeat(np.arange(len(texts)), most)
        shape = (len(texts), len(self.concepts))
        found = sparse.csr_array((sure.ravel(), (lines, labels.named[columns.ravel()])), shape=shape)
        found.eliminate_zeros()
        return found

    def _similar(self, pieces: Rows, labels: _Labels) -> NDArray[np.float64]:
        nearest = np.maximum.reduceat((pieces @ labels.labels).toarray(), labels.starts, axis=1)
        alike: NDArray[np.float64] = nearest + DOCUMENT_WEIGHT * (pieces @ labels.documents).toarray()
        return alike / (1.0 + DOCUMENT_WEIGHT)

    def _pieces(self, texts: Sequence[str], language: Language) -> Rows:
        lowered = [text.lower() for text in texts]
        characters = self._characters.rows(lowered) * np.sqrt(1.0 - STEM_WEIGHT)
        return sparse.hstack([characters, self._stems[language].rows(lowered) * np.sqrt(STEM_WEIGHT)], format="csr")

    def _read(self, language: Language) -> _Labels:
        named = [place for place, concept in enumerate(self.concepts) if concept.labels.get(language)]
        texts = [(row, text) for row, place in enumerate(named) for text in self.concepts[place].labels[language]]
        pieces = self._pieces([text for _, text in texts], language)
        owner = np.array([row for row, _ in texts], dtype=np.intp)
        together = sparse.csr_array(
            (np.ones(len(texts)), (owner, np.arange(len(texts)))), shape=(len(named), len(texts))
        )
        starts = np.flatnonzero(np.diff(owner, prepend=-1))
        return _Labels(pieces.T.tocsr(), unit(together @ pieces).T.tocsr(), starts, np.array(named, dtype=np.intp))


def sureness(similarity: Any) -> Any:
    """Return how often a link of this similarity is right, 0–1."""
    return 1.0 / (1.0 + np.exp((SURE_AT - similarity) / SURE_SLOPE))
