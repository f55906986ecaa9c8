"""Which occupation needs which skill, as tables: what that tells about skills that go together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.hashed import Rows, scaled, strongest, unit
from matching.taxonomy import ESSENTIAL, Concept, Taxonomy
from matching.types import Language

MOST_TOGETHER = 20
"""Skills kept as often needed together with one."""


@dataclass(frozen=True, slots=True)
class Needs:
    """Tables over skills and occupations.

    Parameters
    ----------
    skills, occupations
        The concepts, in the order of columns and rows.
    rarity
        How telling each skill is, 0–1: one that few occupations need tells more than one that nearly all need.
    table
        Occupations × skills, how much each is needed.
    wanted
        The same by rarity, as unit rows.
    together
        Skills × skills, how often they are needed by the same occupation; each row sums to 1.
    """

    skills: tuple[Concept, ...]
    occupations: tuple[Concept, ...]
    rarity: NDArray[np.float64]
    table: Rows
    wanted: Rows
    together: Rows

    @classmethod
    def of(cls, taxonomy: Taxonomy, skills: Sequence[Concept], occupations: Sequence[Concept]) -> "Needs":
        """Work out the tables of a taxonomy."""
        rows = {concept.id: place for place, concept in enumerate(occupations)}
        columns = {concept.id: place for place, concept in enumerate(skills)}
        needs = [one for one in taxonomy.needs if one.occupation in rows and one.skill in columns]
        places = ([rows[one.occupation] for one in needs], [columns[one.skill] for one in needs])
        shape = (len(occupations), len(skills))
        table = sparse.csr_array((np.array([one.weight for one in needs]), places), shape=shape)
        needed_by = np.bincount(table.indices, minlength=len(skills))
        rarity = np.log(1.0 + len(occupations) / (1.0 + needed_by))
        rarity = rarity / rarity.max() if len(rarity) else rarity
        weighed = scaled_columns(table, rarity)
        return cls(tuple(skills), tuple(occupations), rarity, table, unit(weighed), _together(weighed))

    def by_rarity(self, rows: Rows) -> Rows:
        """Return rows over skills with each skill times how telling it is."""
        return scaled_columns(rows, self.rarity)

    def documents(self, language: Language) -> list[str]:
        """Return a text for each occupation: its names, its description and the skills it cannot do without."""
        texts = []
        for row, occupation in enumerate(self.occupations):
            start, end = self.table.indptr[row], self.table.indptr[row + 1]
            skills = self.table.indices[start:end][self.table.data[start:end] >= ESSENTIAL]
            names = [self.skills[one].labels[language][0] for one in skills if self.skills[one].labels.get(language)]
            described = occupation.descriptions.get(language, "")
            texts.append(" . ".join([*occupation.labels.get(language, ()), described, *names]))
        return texts


def scaled_columns(rows: Rows, factors: NDArray[np.float64]) -> Rows:
    """Return rows with each column times its factor."""
    result = rows.tocsr().copy()
    result.data = result.data * factors[result.indices]
    return result


def sharpened(rows: Rows) -> Rows:
    """Return rows in which what is less than the largest entry fades quickly."""
    result = rows.copy()
    largest = np.repeat(np.asarray(rows.max(axis=1).toarray()).ravel(), np.diff(rows.indptr))
    result.data = rows.data * (rows.data / np.where(largest > 0, largest, 1.0)) ** 4
    return result


def _together(weighed: Rows) -> Rows:
    columns = unit(weighed.T.tocsr())
    both = (columns @ columns.T).tocsr()
    both.setdiag(0.0)
    both.eliminate_zeros()
    both = strongest(both, MOST_TOGETHER)
    total = np.asarray(both.sum(axis=1)).ravel()
    return scaled(both, 1.0 / np.where(total > 0, total, 1.0))
