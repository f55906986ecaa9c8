"""Many offers as columns: what the rules and features of a list need, one array for each property.

A board never changes. `followed_by` and `take` make a new one, so that one changed offer costs next to nothing.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from matching.arranging import UNKNOWN, draws_of
from matching.distinct import Distinct, Numbers, Rows
from matching.facts import OfferFacts
from matching.instruments import TRIALS, VOUCHER
from matching.vocabulary import load_cards
from matching.words import Words

NOTHING_TOLD, NOT_SO, SO = 0, 1, 2
"""What an offer says about a card of place or style."""
KEYS: Mapping[str, Callable[[OfferFacts], Hashable]] = {
    "kind": lambda one: one.offer.kind,
    "words": lambda one: one.words,
    "tasks": lambda one: tuple(one.asked.items()),
    "start": lambda one: one.offer.starts_from,
    "dates": lambda one: (one.offer.starts_until, one.offer.starts_from is None),
    "confirmed": lambda one: one.offer.confirmed_on,
    "day_parts": lambda one: one.offer.day_parts,
    "way": lambda one: (one.offer.municipality, one.offer.remote),
    "languages": lambda one: (one.offer.kind.is_exploration, frozenset(one.offer.working_languages.items())),
    "guide": lambda one: one.offer.guide_time,
    "licence": lambda one: one.offer.licence_needed,
    "cards": lambda one: frozenset(card for card, when in one.offer.cards_needed.items() if when == "at_start"),
    "values": lambda one: (
        one.offer.kind,
        one.place.get("ENV07"),
        one.offer.days_per_week,
        one.offer.can_grow_into_job,
    ),
    "age": lambda one: (one.offer.minimum_age, watched(one, "18")),
    "family": lambda one: None if one.family is None else one.family.id,
    "group": lambda one: None if one.family is None else one.family.group,
    "visibility": lambda one: one.offer.visibility,
    "trial": lambda one: (
        one.offer.kind in TRIALS,
        one.offer.hours_per_day,
        one.offer.days_per_week,
        one.offer.months,
    ),
    "voucher": lambda one: (VOUCHER in one.offer.subsidies, one.offer.starts_from),
    "hazards": lambda one: (one.offer.hazards, watched(one, "haz")),
}
"""Column to the property it tells: everything that the rules and features read from it depend on."""
AMOUNTS: Mapping[str, Callable[[OfferFacts], float | None]] = {
    "hours_per_week": lambda one: one.offer.hours_per_week,
    "hours_per_day": lambda one: one.offer.hours_per_day,
    "employer_openness": lambda one: one.offer.employer_openness,
}


@dataclass(frozen=True, slots=True)
class Board:
    """Columns over offers; every array has one entry, column or row for each offer.

    Parameters
    ----------
    offers
        The offers as read.
    ids
        Their ids.
    rows
        Offer id to its row.
    distinct
        Columns of values that repeat, by their name in `KEYS`.
    amounts
        Columns of numbers, by their name in `AMOUNTS`; not a number where nothing is told.
    place
        For each card of place or style that is told of, what the offers say about it.
    asked
        Offers × cards, what the tasks ask for.
    asked_total
        Sum of what is asked.
    full
        Whether as many people are in talks as agreed.
    order
        Place of the offer in the order of ids.
    draws
        A number for each id from which chance begins.
    words
        The words of each value of the column of words.
    """

    offers: tuple[OfferFacts, ...]
    ids: tuple[str, ...]
    rows: Mapping[str, int]
    distinct: Mapping[str, Distinct]
    amounts: Mapping[str, Numbers]
    place: Mapping[str, NDArray[np.int8]]
    asked: Any
    asked_total: Numbers
    full: NDArray[np.bool_]
    order: Rows
    draws: NDArray[np.uint64]
    words: Words

    @classmethod
    def of(cls, offers: Sequence[OfferFacts]) -> Self:
        """Read offers into columns; about twenty microseconds each."""
        ids = tuple(one.offer.id for one in offers)
        distinct = {name: Distinct.of(offers, key) for name, key in KEYS.items()}
        talks = ((one.offer.talks_cap, one.offer.people_in_talks) for one in offers)
        return cls(
            offers=tuple(offers),
            ids=ids,
            rows=_rows(ids),
            distinct=distinct,
            amounts={name: _amounts(amount(one) for one in offers) for name, amount in AMOUNTS.items()},
            place=_place(offers),
            asked=_asked(offers),
            asked_total=_amounts(sum(one.asked.values()) for one in offers),
            full=np.array([cap is not None and in_talks >= cap for cap, in_talks in talks], dtype=np.bool_),
            order=_order(ids),
            draws=draws_of(ids),
            words=_words(distinct),
        )

    def followed_by(self, other: "Board") -> "Board":
        """Return these offers and then the others."""
        ids = (*self.ids, *other.ids)
        distinct = {name: column.followed_by(other.distinct[name]) for name, column in self.distinct.items()}
        return Board(
            offers=(*self.offers, *other.offers),
            ids=ids,
            rows=_rows(ids),
            distinct=distinct,
            amounts={name: np.concatenate([column, other.amounts[name]]) for name, column in self.amounts.items()},
            place={
                card: np.concatenate([self.marks(card), other.marks(card)]) for card in {**self.place, **other.place}
            },
            asked=sparse.vstack([self.asked, other.asked], format="csr"),
            asked_total=np.concatenate([self.asked_total, other.asked_total]),
            full=np.concatenate([self.full, other.full]),
            order=_order(ids),
            draws=np.concatenate([self.draws, other.draws]),
            words=_words(distinct),
        )

    def take(self, rows: Sequence[int] | Rows) -> "Board":
        """Return a board of some offers, in the order asked."""
        rows = np.asarray(rows, np.intp)
        places = rows.tolist()
        distinct = {name: column.take(rows) for name, column in self.distinct.items()}
        ids = tuple(map(self.ids.__getitem__, places))
        return Board(
            offers=tuple(map(self.offers.__getitem__, places)),
            ids=ids,
            rows=_rows(ids),
            distinct=distinct,
            amounts={name: column[rows] for name, column in self.amounts.items()},
            place={card: column[rows] for card, column in self.place.items()},
            asked=self.asked[rows],
            asked_total=self.asked_total[rows],
            full=self.full[rows],
            order=self.order[rows],
            draws=self.draws[rows],
            words=_words(distinct),
        )

    def examples(self, column: str) -> tuple[OfferFacts, ...]:
        """Return for each value that occurs in a column an offer that has it."""
        return self.distinct[column].examples

    def __len__(self) -> int:
        """Return the number of offers."""
        return len(self.offers)

    def codes(self, column: str) -> Rows:
        """Return a number for each offer that is the same for the same value of a column, ``UNKNOWN`` for None."""
        found = self.distinct[column]
        known = np.array([UNKNOWN if value is None else place for place, value in enumerate(found.values)], np.intp)
        return known[found.codes] if len(known) else found.codes

    def marks(self, card: str) -> NDArray[np.int8]:
        """Return what each offer says about a card of place or style."""
        column = self.place.get(card)
        return np.full(len(self), NOTHING_TOLD, np.int8) if column is None else column


def _amounts(values: Any) -> Numbers:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _words(distinct: Mapping[str, Distinct]) -> Words:
    return Words([one.words for one in distinct["words"].examples])


def watched(one: OfferFacts, what: str) -> bool:
    """Whether the task family of an offer has a thing to look at."""
    return one.family is not None and what in one.family.watch


def _rows(ids: Sequence[str]) -> dict[str, int]:
    return dict(zip(ids, range(len(ids)), strict=True))


def _order(ids: Sequence[str]) -> Rows:
    order = np.empty(len(ids), np.intp)
    order[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    return order


def _place(offers: Sequence[OfferFacts]) -> dict[str, NDArray[np.int8]]:
    place: dict[str, NDArray[np.int8]] = {}
    for row, one in enumerate(offers):
        for card, so in one.place.items():
            if card not in place:
                place[card] = np.full(len(offers), NOTHING_TOLD, np.int8)
            place[card][row] = SO if so else NOT_SO
    return place


def _asked(offers: Sequence[OfferFacts]) -> Any:
    cards = {card: place for place, card in enumerate(load_cards())}
    lengths = np.array([0, *(len(one.asked) for one in offers)])
    columns = np.array([cards[card] for one in offers for card in one.asked], dtype=np.int32)
    weights = np.array([weight for one in offers for weight in one.asked.values()], dtype=np.float64)
    # The order within a row is kept, so that sums are made in the same order as for one offer alone.
    return sparse.csr_array((weights, columns, np.cumsum(lengths)), shape=(len(offers), len(cards)))
