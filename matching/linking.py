"""From free text to the vocabulary: which cards and which task family a text speaks of, in fi, sv and en.

Each label and alias of the vocabulary is one short text. A clause is compared with all of them by character n-grams,
and a short list of the nearest is then confirmed word by word, where a typing error may be forgiven in long words only.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from matching.heavy import load_reader
from matching.said import OfferText, Row, Statement
from matching.taxonomy import LANGUAGES, Taxonomy, own_taxonomy
from matching.text import clauses, lemma, make_vectoriser, normalise, stem, unaccented
from matching.types import Language

if TYPE_CHECKING:
    from matching.reading import Reader

SHORT_LIST = 25
"""Labels per clause that are confirmed word by word."""
SHORT_WORD = 4
"""Words up to this length must be equal; nothing is forgiven in them."""
TYPO_SHORTEST = 6
"""A typing error is forgiven in words of at least this many letters, never in the first one."""
ODD_REST = 3
"""So many letters after a whole word are too many for an ending and too few for a word."""
TYPO_LENGTHS = ((7, 85.0), (9, 84.0))
"""Up to this many letters a word needs this similarity (0–100) to count as the same word with a typing error."""
TYPO_SIMILARITY = 82.0
KIN_LETTERS, KIN_SHARE = 5, 0.7
"""Words are kin when they begin with this many same letters, and those are this share of the shorter word."""
GENERIC = frozenset(
    {
        "työ", "työt", "töitä", "duuni", "homma", "tehtävä", "tehtävät", "haluan", "haluaisin", "olen", "hyvä",
        "kiva", "mitään", "kaikki", "osaan", "tykkään", "pidän", "jobb", "arbete", "jobba", "arbeta", "jag",
        "vill", "gillar", "kan", "är", "bra", "allt", "work", "job", "jobs", "working", "i", "like", "want", "can",
        "am", "good", "at", "the", "a", "to", "with", "everything",
    }
)  # fmt: skip
"""Words that say nothing alone; a clause of nothing else links to nothing."""
NEGATIONS: Mapping[str, frozenset[str]] = {
    "fi": frozenset({"en", "et", "ei", "emme", "ette", "eivät", "enkä", "eikä", "inhoan", "vihaan", "inhottaa"}),
    "sv": frozenset({"inte", "ej", "aldrig", "ingen", "inget", "inga", "hatar", "avskyr", "ogillar"}),
    "en": frozenset(
        {"not", "never", "no", "don", "dont", "doesn", "doesnt", "cannot", "isn", "didn", "won", "hate", "dislike"}
    ),
}
"""A clause with one of these says what is not so, and links to nothing unless it is a card word for word."""
NAME_MARKS = frozenset(
    {
        "oy", "oyj", "ab", "abp", "ky", "tmi", "ry", "rf", "ltd", "inc", "gmbh", "kylä", "kylän", "kunta", "kunnan",
        "kaupunki", "kaupungin", "katu", "tie", "stad", "kommun", "by", "gata", "gatan", "city", "town", "village",
        "street", "road", "island", "islands",
    }
)  # fmt: skip
"""A clause of a few words with one of these is the name of a firm or a place, however its other words sound."""
LONGEST_NAME = 3
LIGHT_HEADS: Mapping[str, tuple[str, ...]] = {
    "fi": (
        "huolto",
        "hoito",
        "korjaus",
        "korjaaminen",
        "työt",
        "työ",
        "kurssi",
        "harrastus",
        "homma",
        "hommat",
        "duuni",
    ),
    "sv": ("arbete", "skötsel", "passning", "vård", "kurs", "jobb", "reparation", "lagning"),
    "en": ("work", "care", "walking", "sitting", "repair", "course"),
}
"""Last parts of compounds that leave the meaning to the first part: mopohuolto, hästskötsel."""
SHORTEST_PART = 3
LEAST_SCORE = 0.50
"""Links below this are not told; found on the invented examples of the test suite."""
LEAST_ABROAD = 0.62
"""The same for a label in another language than the text is said to be in: a stray equal word is not enough."""
MOST_REMEMBERED = 20_000
MET_AT_ONCE = 2_000
"""Clauses compared with the labels in one go; more would only need more memory."""


@dataclass(frozen=True, slots=True)
class Link:
    """A text speaks of one id of the vocabulary.

    Parameters
    ----------
    id
        Card or task family.
    score
        0–1; 1 means the same words.
    language
        Language of the label that was met.
    """

    id: str
    score: float
    language: Language


@dataclass(frozen=True, slots=True)
class _Label:
    id: str
    language: Language
    text: str


class _Words:
    """The words of one clause by their first letter; only words that share it can be the same word."""

    def __init__(self, clause: str, known: dict[tuple[str, str, Language], float]) -> None:
        self._all = {part for word in clause.split() for part in (word, *_first_parts(word))}
        self._by_letter: dict[str, list[str]] = {}
        for word in self._all:
            self._by_letter.setdefault(word[0], []).append(word)
        self._known = known

    def nearest(self, word: str, language: Language) -> float:
        """How much the most similar word of the clause is the same as this one, 0–1."""
        if word in self._all:
            return 1.0
        best = 0.0
        for other in self._by_letter.get(word[0], ()):
            asked = (word, other, language)
            same = self._known.get(asked)
            if same is None:
                same = self._known[asked] = _same_word(word, other, language)
            best = max(best, same)
        return best


class Linker:
    """Finds the cards and task families a text speaks of.

    Build one and keep it: building takes a moment, linking a clause about a millisecond, a clause met before almost
    nothing. Its answers never change after it is built and it may be shared by threads.

    Parameters
    ----------
    labels
        (id, language, text) of everything that can be met.
    taxonomy
        Concepts at which whole texts meet, see `reader`; the vocabulary when left out.
    reader
        Gives the reader when it is first needed; made from the taxonomy when left out.
    """

    def __init__(
        self,
        labels: Iterable[tuple[str, Language, str]],
        taxonomy: Taxonomy | None = None,
        reader: "Callable[[], Reader] | None" = None,
    ) -> None:
        self._make_reader = reader or (lambda: make_reader(self.taxonomy))
        self.taxonomy = own_taxonomy() if taxonomy is None else taxonomy
        self._labels = [_Label(id_, language, normalise(text)) for id_, language, text in labels]
        self._vectoriser = make_vectoriser()
        self._matrix = self._vectoriser.fit_transform([label.text for label in self._labels]).T.tocsc()
        weights = _word_weights(self._labels)
        self._words = [
            [(word, weights[label.language].get(word, 1.0)) for word in label.text.split()] for label in self._labels
        ]
        self._exact = frozenset(label.text for label in self._labels)
        self._remembered: dict[tuple[str, Language], list[Link]] = {}

    @cached_property
    def reader(self) -> "Reader":
        """Reader of whole texts, made when first asked."""
        return self._make_reader()

    def warm_up(self) -> None:
        """Make everything now that would otherwise be made when first needed."""
        self.reader.people_rows([])

    def read_offers(self, offers: Sequence[OfferText]) -> list[Row | None]:
        """Read the words of offers; equal words give the same row, and None when nothing can be read in them."""
        distinct = list(dict.fromkeys(offers))
        rows = dict(zip(distinct, self.reader.offer_rows(distinct), strict=True)) if distinct else {}
        return [rows[offer] or None for offer in offers]

    def read_people(self, people: Sequence[Sequence[Statement]]) -> list[Row | None]:
        """Read what people say; None for who says nothing."""
        return [row or None for row in self.reader.people_rows(people)] if any(people) else [None] * len(people)

    def link(self, text: str, language: Language = "fi", *, limit: int = 5) -> tuple[Link, ...]:
        """Return what a text speaks of, surest first; empty when nothing is sure enough.

        Parameters
        ----------
        text
            Any length; it is read clause by clause and as a whole.
        language
            Language the text is said to be in. Others are tried as well, because people mix them.
        limit
            Most links returned.
        """
        return self.link_many([(text, language)], limit=limit)[0]

    def link_many(self, texts: Sequence[tuple[str, Language]], *, limit: int = 5) -> list[tuple[Link, ...]]:
        """`link` for many texts at once, which is much quicker than one by one."""
        rows: list[tuple[int, str, Language]] = []
        for position, (text, language) in enumerate(texts):
            rows.extend((position, clause, language) for clause in dict.fromkeys([normalise(text), *clauses(text)]))
        rows = [row for row in rows if self._says_something(row[1], row[2])]
        best: list[dict[str, Link]] = [{} for _ in texts]
        if rows:
            self._collect(rows, best)
        return [tuple(sorted(found.values(), key=lambda link: (-link.score, link.id))[:limit]) for found in best]

    def _says_something(self, clause: str, language: Language) -> bool:
        words = set(clause.split())
        if words & NAME_MARKS and len(words) <= LONGEST_NAME:
            return clause in self._exact
        return clause in self._exact or bool(words - GENERIC and not words & NEGATIONS[language])

    def _collect(self, rows: list[tuple[int, str, Language]], best: list[dict[str, Link]]) -> None:
        unique = list(dict.fromkeys((clause, language) for _, clause, language in rows))
        met = {asked: links for asked in unique if (links := self._remembered.get(asked)) is not None}
        if len(met) < len(unique):
            fresh = self._meet([asked for asked in unique if asked not in met])
            met |= fresh
            self._remember(fresh)
        for position, clause, language in rows:
            for link in met[clause, language]:
                known = best[position].get(link.id)
                if known is None or (link.score, known.language) > (known.score, link.language):
                    best[position][link.id] = link

    def _meet(self, asked: list[tuple[str, Language]]) -> dict[tuple[str, Language], list[Link]]:
        met = {}
        known: dict[tuple[str, str, Language], float] = {}
        for first in range(0, len(asked), MET_AT_ONCE):
            some = asked[first : first + MET_AT_ONCE]
            similarities = (self._vectoriser.transform([clause for clause, _ in some]) @ self._matrix).tocsr()
            similarities.sort_indices()
            for row, (clause, language) in enumerate(some):
                start, end = similarities.indptr[row], similarities.indptr[row + 1]
                indices, cosines = similarities.indices[start:end], similarities.data[start:end]
                nearest = (-cosines).argsort(kind="stable")[:SHORT_LIST]
                pairs = zip(cosines[nearest].tolist(), indices[nearest].tolist(), strict=True)
                met[clause, language] = self._confirm(_Words(clause, known), language, pairs)
        return met

    def _remember(self, fresh: dict[tuple[str, Language], list[Link]]) -> None:
        # People's own words come back on every page: the same clause always has the same links.
        if len(fresh) > MOST_REMEMBERED:
            return  # the offers of a whole index: their links are kept there
        if len(self._remembered) + len(fresh) > MOST_REMEMBERED:
            self._remembered = {}
        self._remembered |= fresh

    def _confirm(self, words: _Words, language: Language, nearest: Iterable[tuple[float, int]]) -> list[Link]:
        links = []
        for cosine, index in nearest:
            label = self._labels[index]
            home, least = (1.0, LEAST_SCORE) if label.language == language else (0.95, LEAST_ABROAD)
            if home * (0.5 * cosine + 0.5) < least:  # not even with every word of the label
                continue
            covered = self._coverage(words, index)
            score = min(1.0, home * max(cosine, 0.5 * cosine + 0.5 * covered)) if covered else 0.0
            if score >= least:
                links.append(Link(label.id, round(score, 6), label.language))
        return links

    def _coverage(self, words: _Words, index: int) -> float:
        """Weighted share of the label's words that the clause holds."""
        language = self._labels[index].language
        total = met = 0.0
        for word, weight in self._words[index]:
            total += weight
            met += weight * words.nearest(word, language)
        return met / total if total else 0.0


@cache
def default_linker() -> Linker:
    """Return the linker over all cards of strengths and all task families with their aliases."""
    return make_linker(own_taxonomy())


def make_reader(taxonomy: Taxonomy) -> "Reader":
    """Return a reader that meets at the concepts of a taxonomy; about a minute for one of the size of ESCO."""
    return load_reader().of(taxonomy)


def make_linker(taxonomy: Taxonomy, reader: "Callable[[], Reader] | None" = None) -> Linker:
    """Return a linker over the labels of the vocabulary, whose reader meets at the concepts of a taxonomy."""
    labels = [
        (concept.id, language, text)
        for concept in own_taxonomy().concepts
        for language in LANGUAGES
        for text in concept.labels.get(language, ())
    ]
    return Linker(labels, taxonomy, reader)


def _word_weights(labels: Sequence[_Label]) -> dict[Language, dict[str, float]]:
    """Rare words of the vocabulary count more than "I", "jag" or "and"."""
    weights: dict[Language, dict[str, float]] = {}
    for language in LANGUAGES:
        texts = [set(label.text.split()) for label in labels if label.language == language]
        counts: dict[str, int] = {}
        for words in texts:
            for word in words:
                counts[word] = counts.get(word, 0) + 1
        weights[language] = {
            word: math.log(1 + len(texts) / count) ** 2 * (0.1 if word in GENERIC else 1.0)
            for word, count in counts.items()
        }
    return weights


def _first_parts(word: str) -> Iterator[str]:
    """Yield the first part of a compound whose last part says little, without the letter that joins them."""
    for heads in LIGHT_HEADS.values():
        for head in heads:
            first = word.removesuffix(head)
            if len(first) >= SHORTEST_PART and first != word:
                yield first
                if first[-1] in "ns" and len(first) > SHORTEST_PART:
                    yield first[:-1]


def _same_word(word: str, other: str, language: Language) -> float:
    """1 for the same word, less for the same stem, a likely typing error or kin, 0 otherwise."""
    if word == other:
        return 1.0
    shorter = min(len(word), len(other))
    if shorter < SHORTEST_PART or word[0] != other[0]:
        return 0.0
    if lemma(word, language) == lemma(other, language):
        return 0.95
    if shorter <= SHORT_WORD:
        return 0.0
    if stem(word, language) == stem(other, language):
        return 0.95
    if unaccented(word) == unaccented(other):
        return 0.9
    shared = next((place for place, pair in enumerate(zip(word, other, strict=False)) if pair[0] != pair[1]), shorter)
    # What is left of the longer word must be an ending or a word of its own: Tallinna is no stable (talli).
    odd = shared == shorter and max(len(word), len(other)) - shorter == ODD_REST
    kin = 0.7 if shared >= max(KIN_LETTERS, KIN_SHARE * shorter) and not odd else 0.0
    if shorter < TYPO_SHORTEST:
        return kin
    needed = next((least for length, least in TYPO_LENGTHS if shorter <= length), TYPO_SIMILARITY)
    similarity = fuzz.ratio(word, other, score_cutoff=needed)
    return max(kin, 0.9 * similarity / 100)
