"""What people say and what offers say, as rows of one space in which they meet.

A row holds, side by side, character n-grams, word stems, skills, occupations named by a title (apart for each language
of the offer), and occupations implied by skills. The closeness of a person and an offer is the product of their rows,
so it is a sum over what both have; it depends on nothing but the two. Where they are in different languages, letters
and stems have little in common and the concepts carry it alone. Every weight is in `Mix`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from matching.concepts import ConceptMap
from matching.hashed import Characters, Rows, Stems, scaled, strongest, unit
from matching.needs import Needs, sharpened
from matching.said import OfferText, Row, Statement
from matching.taxonomy import LANGUAGES, ConceptKind, Taxonomy
from matching.text import phrases
from matching.types import Language

MOST_IMPLIED = 10
"""Occupations that the skills of an offer point at."""
MOST_DESCRIBED = 100
"""Occupations whose description is like what a person says."""


@dataclass(frozen=True, slots=True)
class Mix:
    """How much each part counts; measured together, see docs/matching-quality.md.

    Parameters
    ----------
    letters, stems
        Texts that are alike.
    skills, near
        Skills both speak of; skills of the offer that are often needed together with those of the person.
    needed
        Occupations in the title that need the person's skills.
    described, described_abroad
        Occupations in the title whose description is like the person's words, when the offer is in their language and
        when it is in another. Within one language letters and stems say most of it already.
    implied
        Occupations that the offer's skills point at and that need the person's skills.
    """

    letters: float = 1.0
    stems: float = 0.4
    skills: float = 0.8
    near: float = 0.6
    needed: float = 2.5
    described: float = 0.15
    described_abroad: float = 1.5
    implied: float = 0.3


@dataclass(frozen=True, slots=True)
class TextReaders:
    """How texts are read as letters and stems, with how rare pieces are in a sample of texts."""

    letters: Characters
    stems: dict[Language, Stems]

    @classmethod
    def of(cls, sample: dict[Language, list[str]]) -> "TextReaders":
        """Learn how rare pieces are."""
        return cls(
            Characters([text.lower() for texts in sample.values() for text in texts]),
            {language: Stems(language, texts) for language, texts in sample.items()},
        )


class Reader:
    """Reads people and offers into the common space. It never changes and may be shared by threads.

    Parameters
    ----------
    texts
        Reads whole texts.
    skills, occupations
        Links texts to concepts.
    needs
        Which occupation needs which skill.
    mix
        The weights.
    """

    def __init__(self, texts: TextReaders, skills: ConceptMap, occupations: ConceptMap, needs: Needs, mix: Mix) -> None:
        self._texts, self._skills, self._occupations, self._needs = texts, skills, occupations, needs
        documents = {language: needs.documents(language) for language in LANGUAGES}
        self._descriptions = Characters([text.lower() for found in documents.values() for text in found])
        self._described = {
            language: self._descriptions.rows([text.lower() for text in found]).T.tocsr()
            for language, found in documents.items()
        }
        self._places = {concept.id: place for place, concept in enumerate(skills.concepts)}
        self._mix = mix

    @classmethod
    def of(cls, taxonomy: Taxonomy, mix: Mix | None = None) -> "Reader":
        """Make a reader for a taxonomy; whole texts are expected to be like the descriptions of its occupations."""
        names = {
            one: [text for concept in taxonomy.concepts for text in concept.labels.get(one, ())] for one in LANGUAGES
        }
        labels = TextReaders.of(names)
        skills, occupations = (
            ConceptMap([one for one in taxonomy.concepts if one.kind == kind], labels.letters, labels.stems)
            for kind in (ConceptKind.SKILL, ConceptKind.OCCUPATION)
        )
        needs = Needs.of(taxonomy, skills.concepts, occupations.concepts)
        documents = {language: needs.documents(language) for language in LANGUAGES}
        return cls(TextReaders.of(documents), skills, occupations, needs, mix or Mix())

    def with_sample(self, sample: Iterable[tuple[str, str]]) -> "Reader":
        """Return a reader that takes from a sample of texts, with their languages, how rare pieces are in offers."""
        texts: dict[Language, list[str]] = {language: [] for language in LANGUAGES}
        for text, language in sample:
            texts[known_language(language)].append(text)
        changed = Reader.__new__(Reader)
        changed.__dict__ |= self.__dict__ | {"_texts": TextReaders.of(texts)}
        return changed

    def read_people(self, people: Sequence[Sequence[Statement]]) -> Rows:
        """Return one row for each person; empty for a person who has said nothing."""
        mix = self._mix
        skills = self._skills_of(people)
        occupations = skills @ self._needs.wanted.T
        alike = self._descriptions_like(people)
        return self._joined(
            self._texts.letters.rows([_together(one) for one in people]) * mix.letters,
            [
                self._texts.stems[one].queries([_together(said, one) for said in people]) * mix.stems
                for one in LANGUAGES
            ],
            skills * mix.skills + (skills @ self._needs.together) * mix.near,
            [occupations * mix.needed + self._described_in(code, alike) for code in LANGUAGES],
            occupations * mix.implied,
        )

    def read_offers(self, offers: Sequence[OfferText]) -> Rows:
        """Return one row for each offer."""
        whole = [f"{offer.title} . {offer.text}" for offer in offers]
        languages = [known_language(offer.language) for offer in offers]
        skills = self._skills_in(offers, languages)
        named = self._linked(self._occupations, [offer.title for offer in offers], languages)
        return self._joined(
            self._texts.letters.rows([text.lower() for text in whole]),
            [
                self._texts.stems[one].texts(
                    [text if code == one else "" for text, code in zip(whole, languages, strict=True)]
                )
                for one in LANGUAGES
            ],
            skills,
            [_only(named, [code == one for code in languages]) for one in LANGUAGES],
            sharpened(strongest((skills @ self._needs.wanted.T).tocsr(), MOST_IMPLIED)),
        )

    def people_rows(self, people: Sequence[Sequence[Statement]]) -> list[Row]:
        """Return `read_people` as single rows."""
        return split_rows(self.read_people(people))

    def offer_rows(self, offers: Sequence[OfferText]) -> list[Row]:
        """Return `read_offers` as single rows."""
        return split_rows(self.read_offers(offers))

    def _skills_of(self, people: Sequence[Sequence[Statement]]) -> Rows:
        """People × skills; with many statements each counts less, but together they count more than one."""
        said = [(row, one) for row, statements in enumerate(people) for one in statements]
        share = np.array([1.0 / len(people[row]) for row, _ in said])
        places = ([row for row, _ in said], np.arange(len(said)))
        whose = sparse.csr_array((share, places), shape=(len(people), len(said)))
        return self._needs.by_rarity(whose @ self._meant([one for _, one in said]))

    def _skills_in(self, offers: Sequence[OfferText], languages: Sequence[Language]) -> Rows:
        parts = [(row, phrase) for row, offer in enumerate(offers) for phrase in phrases(offer.text)]
        found = self._linked(self._skills, [text for _, text in parts], [languages[row] for row, _ in parts])
        places = ([row for row, _ in parts], np.arange(len(parts)))
        holds = sparse.csr_array((np.ones(len(parts)), places), shape=(len(offers), len(parts)))
        skills = (holds @ found).tocsr()
        skills.data = np.minimum(skills.data, 1.0)
        return unit(self._needs.by_rarity(skills))

    def _meant(self, statements: Sequence[Statement]) -> Rows:
        """Statements × skills; what somebody has confirmed is certain and leaves no room for a guess."""
        known = [sorted({self._places[one] for one in said.concepts if one in self._places}) for said in statements]
        rest = [(place, one) for place, one in enumerate(statements) if not known[place]]
        guessed = self._linked(self._skills, [one.text for _, one in rest], [one.language for _, one in rest])
        lines = np.array([row for row, places in enumerate(known) for _ in places], dtype=np.intp)
        columns = np.array([place for places in known for place in places], dtype=np.intp)
        shape = (len(statements), len(self._places))
        sure = sparse.csr_array((np.ones(len(lines)), (lines, columns)), shape=shape)
        whose = sparse.csr_array(
            (np.ones(len(rest)), ([place for place, _ in rest], np.arange(len(rest)))), shape=(shape[0], len(rest))
        )
        return sure + whose @ guessed

    def _descriptions_like(self, people: Sequence[Sequence[Statement]]) -> dict[Language, Rows]:
        """Language of what is said to people × occupations: how like their descriptions in it are to what is said."""
        return {
            language: strongest(
                (
                    self._descriptions.rows([_together(one, language) for one in people]) @ self._described[language]
                ).tocsr(),
                MOST_DESCRIBED,
            )
            for language in LANGUAGES
        }

    def _described_in(self, language: Language, alike: dict[Language, Rows]) -> Rows:
        """Weigh the likenesses for offers in one language."""
        mix = self._mix
        weights = {said: mix.described if said == language else mix.described_abroad for said in LANGUAGES}
        return sum(alike[said] * weights[said] for said in LANGUAGES)

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
    def _joined(letters: Rows, stems: Sequence[Rows], skills: Rows, named: Sequence[Rows], implied: Rows) -> Rows:
        return sparse.hstack([letters, *stems, skills, *named, implied], format="csr")


def _only(rows: Rows, kept: Sequence[bool]) -> Rows:
    result = scaled(rows, np.array(kept, dtype=np.float64))
    result.eliminate_zeros()
    return result


def split_rows(rows: Rows) -> list[Row]:
    """Return each row by itself."""
    rows.sort_indices()
    ends = zip(rows.indptr.tolist(), rows.indptr[1:].tolist(), strict=False)
    return [Row(rows.indices[start:end].astype(np.int64), rows.data[start:end]) for start, end in ends]


def known_language(code: str) -> Language:
    """Return the language as which a text is read; other languages are read like Finnish, letter by letter."""
    return "sv" if code == "sv" else "en" if code == "en" else "fi"


def _together(said: Sequence[Statement], language: Language | None = None) -> str:
    return " ; ".join(one.text for one in said if language in {None, one.language}).lower()
