"""What people say and what offers say, as rows of one space in which they meet.

A row holds, side by side, character n-grams, word stems, skills and occupations. The closeness of a person and an
offer is the product of their rows, so it is a sum over pieces that both have; it depends on nothing but the two. Where
the two are in different languages, letters and stems have little in common and the concepts carry it alone.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.concepts import ConceptMap
from matching.hashed import CHARACTER_COLUMNS, STEM_COLUMNS, Characters, Rows, Stems, strongest, unit
from matching.said import OfferText, Row, Statement
from matching.taxonomy import LANGUAGES, ConceptKind, Taxonomy
from matching.text import phrases
from matching.types import Language

WEIGHTS = {"characters": 1.0, "stems": 0.5, "skills": 0.6, "named": 1.0, "implied": 0.4}
"""How much each part of the space counts; measured together, see docs/matching-quality.md."""
MOST_PIECES = 128
"""Character n-grams kept of one offer, the weightiest ones."""
MOST_IMPLIED = 10
"""Occupations that the skills of an offer point at."""


class Reader:
    """Reads people and offers into the common space. It never changes and may be shared by threads.

    Parameters
    ----------
    taxonomy
        The concepts at which texts meet.
    sample
        Further texts that show how offers are written; only for how rare pieces are.
    """

    def __init__(self, taxonomy: Taxonomy, sample: Sequence[str] = ()) -> None:
        self.taxonomy = taxonomy
        labels = {
            language: [text for concept in taxonomy.concepts for text in concept.labels.get(language, ())]
            for language in LANGUAGES
        }
        lowered = [text.lower() for texts in labels.values() for text in texts]
        self._letters = Characters([*lowered, *(text.lower() for text in sample)])
        self._stems = {language: Stems(language, [*texts, *sample]) for language, texts in labels.items()}
        skills = [concept for concept in taxonomy.concepts if concept.kind == ConceptKind.SKILL]
        occupations = [concept for concept in taxonomy.concepts if concept.kind == ConceptKind.OCCUPATION]
        self._skills = ConceptMap(skills, self._letters, self._stems)
        self._occupations = ConceptMap(occupations, self._letters, self._stems)
        self._places = {concept.id: place for place, concept in enumerate(skills)}
        self._rarity, self._needs = _needs(taxonomy, self._places, {one.id: n for n, one in enumerate(occupations)})

    @property
    def columns(self) -> int:
        """Number of columns of the space."""
        occupations, skills = self._needs.shape
        return int(CHARACTER_COLUMNS + STEM_COLUMNS * len(LANGUAGES) + skills + 2 * occupations)

    def people_rows(self, people: Sequence[Sequence[Statement]]) -> list[Row]:
        """Return `read_people` as single rows."""
        return split_rows(self.read_people(people))

    def offer_rows(self, offers: Sequence[OfferText]) -> list[Row]:
        """Return `read_offers` as single rows."""
        return split_rows(self.read_offers(offers))

    def read_people(self, people: Sequence[Sequence[Statement]]) -> Rows:
        """Return one row for each person; empty for a person who has said nothing."""
        said = [(row, one) for row, statements in enumerate(people) for one in statements]
        share = np.array([1.0 / len(people[row]) for row, _ in said])
        shape = (len(people), len(said))
        whose = sparse.csr_array((share, ([row for row, _ in said], np.arange(len(said)))), shape=shape)
        skills = scaled_columns(whose @ self._meant([one for _, one in said]), self._rarity)
        occupations = skills @ self._needs.T
        texts = [[(one.text, one.language) for one in statements] for statements in people]
        return self._joined(
            self._letters.rows([" ; ".join(text for text, _ in one).lower() for one in texts]),
            {
                language: self._stems[language].queries(
                    [" ; ".join(text for text, code in one if code == language) for one in texts]
                )
                for language in LANGUAGES
            },
            skills,
            occupations,
            occupations,
        )

    def read_offers(self, offers: Sequence[OfferText]) -> Rows:
        """Return one row for each offer."""
        whole = [f"{offer.title} . {offer.text}" for offer in offers]
        titles = [offer.title for offer in offers]
        languages = [_language(offer.language) for offer in offers]
        parts = [(row, phrase) for row, offer in enumerate(offers) for phrase in phrases(offer.text) or [offer.title]]
        found = self._linked(self._skills, [text for _, text in parts], [languages[row] for row, _ in parts])
        shape = (len(offers), len(parts))
        holds = sparse.csr_array((np.ones(len(parts)), ([row for row, _ in parts], np.arange(len(parts)))), shape=shape)
        skills = (holds @ found).tocsr()
        skills.data = np.minimum(skills.data, 1.0)
        skills = unit(scaled_columns(skills, self._rarity))
        return self._joined(
            strongest(self._letters.rows([text.lower() for text in whole]), MOST_PIECES),
            {
                language: self._stems[language].texts(
                    [text if code == language else "" for text, code in zip(whole, languages, strict=True)]
                )
                for language in LANGUAGES
            },
            skills,
            self._linked(self._occupations, titles, languages),
            _sharpened(strongest((skills @ self._needs.T).tocsr(), MOST_IMPLIED)),
        )

    def _meant(self, statements: Sequence[Statement]) -> Rows:
        """Statements × skills; what somebody has confirmed is certain and leaves no room for a guess."""
        guessed = [one for one in statements if not self._known(one)]
        found = iter(self._linked(self._skills, [one.text for one in guessed], [one.language for one in guessed]))
        rows = []
        for one in statements:
            places = self._known(one)
            known = (np.ones(len(places)), (np.zeros(len(places), np.intp), places))
            rows.append(sparse.csr_array(known, shape=(1, len(self._places))) if places else next(found))
        return sparse.vstack(rows, format="csr") if rows else sparse.csr_array((0, len(self._places)))

    def _known(self, statement: Statement) -> list[int]:
        return sorted({self._places[one] for one in statement.concepts if one in self._places})

    @staticmethod
    def _linked(concepts: ConceptMap, texts: Sequence[str], languages: Sequence[Language]) -> Rows:
        """Link texts of several languages; the same text is linked once."""
        asked = list(zip(texts, languages, strict=True))
        rows: dict[tuple[str, Language], int] = {}
        found = []
        for language in LANGUAGES:
            fresh = list(dict.fromkeys(text for text, code in asked if code == language))
            rows |= {(text, language): len(rows) + place for place, text in enumerate(fresh)}
            found.append(concepts.links(fresh, language))
        return sparse.vstack(found, format="csr")[[rows[one] for one in asked]]

    @staticmethod
    def _joined(letters: Rows, stems: dict[Language, Rows], skills: Rows, named: Rows, implied: Rows) -> Rows:
        parts = [
            letters * WEIGHTS["characters"],
            *(stems[language] * WEIGHTS["stems"] for language in LANGUAGES),
            skills * WEIGHTS["skills"],
            named * WEIGHTS["named"],
            implied * WEIGHTS["implied"],
        ]
        return sparse.hstack(parts, format="csr")


def split_rows(rows: Rows) -> list[Row]:
    """Return each row by itself."""
    rows.sort_indices()
    ends = zip(rows.indptr.tolist(), rows.indptr[1:].tolist(), strict=False)
    return [Row(rows.indices[start:end].astype(np.int64), rows.data[start:end]) for start, end in ends]


def scaled_columns(rows: Rows, factors: NDArray[np.float64]) -> Rows:
    """Return rows with each column times its factor."""
    result = rows.tocsr()
    result.data = result.data * factors[result.indices]
    return result


def _needs(taxonomy: Taxonomy, skills: dict[str, int], occupations: dict[str, int]) -> tuple[NDArray[np.float64], Rows]:
    """Return how telling each skill is, 0–1, and occupations × skills as unit rows.

    A skill that few occupations need tells more than one that nearly all need.
    """
    needs = [one for one in taxonomy.needs if one.occupation in occupations and one.skill in skills]
    places = ([occupations[one.occupation] for one in needs], [skills[one.skill] for one in needs])
    shape = (len(occupations), len(skills))
    table = sparse.csr_array((np.array([one.weight for one in needs]), places), shape=shape)
    needed_by = np.bincount(table.indices, minlength=len(skills))
    rarity = np.log(1.0 + len(occupations) / (1.0 + needed_by))
    rarity = rarity / rarity.max() if len(rarity) else rarity
    return rarity, unit(scaled_columns(table, rarity))


def _sharpened(rows: Rows) -> Rows:
    """Return rows in which what is less than the largest entry fades quickly."""
    result = rows.copy()
    largest = np.repeat(np.asarray(rows.max(axis=1).toarray()).ravel(), np.diff(rows.indptr))
    result.data = rows.data * (rows.data / np.where(largest > 0, largest, 1.0)) ** 4
    return result


def _language(code: str) -> Language:
    return "sv" if code == "sv" else "en" if code == "en" else "fi"
