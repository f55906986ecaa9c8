"""Log points of many offers for many people, each worked out once for everybody who is alike in what it reads.

The score of an offer is a sum of log points of its features (see `matching.scoring`). Offers that are the same in the
properties a feature looks at get the same points, and so do people who are the same in what it reads of them.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.board import Board
from matching.distinct import Numbers, Rows
from matching.facts import OfferFacts, PersonFacts
from matching.features import FEATURES, day_part_fit, wishes_short_days
from matching.measures import (
    ONE_PROPERTY,
    READ_OF_PERSON,
    SHORT_WAY,
    environment_fits,
    schedule_fits,
    task_fits,
    values_fits,
    values_held_by,
    words_fits,
)
from matching.scoring import Weights
from matching.shared import Shared
from matching.types import OfferKind
from matching.words import Narrow

MOST_KEPT = 500
"""Columns of one feature kept at once: of 20,000 offers about 40 MB."""
Single = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Kinds:
    """Offers put together that are the same in some properties, and of a kind that is weighed the same.

    Parameters
    ----------
    codes
        For each offer the number of its kind.
    rows
        For each kind an offer of it.
    weighing
        For each kind the place of its exponents.
    """

    codes: Rows
    rows: Rows
    weighing: Rows


@dataclass(frozen=True, slots=True)
class Part:
    """The log points of one feature: exact for each kind of offer, and in single precision for each offer."""

    kinds: Kinds
    exact: Numbers
    nearly: Single

    @classmethod
    def of(cls, kinds: Kinds, exact: Numbers) -> "Part":
        """Spread exact points over the offers."""
        return cls(kinds, exact, exact.astype(np.float32)[kinds.codes])

    def at(self, rows: Rows) -> Numbers:
        """Return the exact points of some offers."""
        return self.exact[self.kinds.codes[rows]]


class Points:
    """Asks the features of one board; not to be shared between threads.

    Parameters
    ----------
    board
        The offers.
    today
        Day of the question.
    weights, powers
        Weights of the score, and the exponents of the features for each kind of offer.
    """

    def __init__(
        self, board: Board, today: date, weights: Weights, powers: Mapping[OfferKind, Mapping[str, float]]
    ) -> None:
        self._board, self._today, self._weights = board, today, weights
        column = board.distinct["kind"]
        exponents = [tuple(powers[one.offer.kind][name] for name in FEATURES) for one in column.examples]
        ways = list(dict.fromkeys(exponents))
        self._weighing = np.array([ways.index(one) for one in exponents], np.intp)[column.codes]
        self._powers = {name: np.array([way[place] for way in ways]) for place, name in enumerate(FEATURES)}
        codes, amounts = {name: one.codes for name, one in board.distinct.items()}, board.amounts
        self._single = {name: self._kinds(codes[column]) for name, column in ONE_PROPERTY.items()}
        self._times = self._kinds(codes["day_parts"], amounts["hours_per_week"], amounts["hours_per_day"])
        self._held = self._kinds(codes["values"])
        self.tasks = self._kinds(codes["tasks"])
        self._openness = self._openness_alone()
        self._narrow = Narrow(board.words)
        self._shared = Shared(MOST_KEPT)

    def parts(self, person: PersonFacts) -> list[Part]:
        """Return what can be told of a person from a few properties of offers; tasks and `late` are not in it."""
        found = [self._one_property(person, feature) for feature in ONE_PROPERTY]
        found += [self._openness, self._by_times(person)]
        return found if SHORT_WAY in person.important else [*found, self._by_values(person)]

    def by_tasks(self, people: Sequence[PersonFacts]) -> Numbers:
        """Return the points of the tasks, people × kinds of tasks."""
        rows, weighing = self.tasks.rows, self.tasks.weighing[:, np.newaxis]
        found = task_fits(people, self._board.asked[rows], self._board.asked_total[rows])
        points = sum(self._points(feature, weighing, values) for feature, values in found.items())
        return np.ascontiguousarray(np.asarray(points).T)

    def late(self, person: PersonFacts, rows: Rows) -> Numbers:
        """Return the points of the place, and of the values when they look at the way there; never above 0."""
        weighing = self._weighing[rows]
        found = self._points("environment_fit", weighing, environment_fits(person, self._board, rows))
        if SHORT_WAY not in person.important:
            return found
        total, count = self._values_held(person)[:, self._held.codes[rows]]
        way = self._answers(person, "way_there")[self._codes("way_there")[rows]]
        found += self._points("values_fit", weighing, values_fits(person, total, count, way))
        return found

    def of_words(self, person: PersonFacts, rows: Rows) -> Numbers:
        """Return the points of the words; never above 0."""
        values = np.full(len(rows), np.nan)
        if person.words is not None:
            texts = self._board.distinct["words"].codes[rows]
            told = np.flatnonzero(self._board.words.told[texts])
            values[told] = words_fits(self._narrow.closeness(person.words, texts[told]))
        return self._points("words_fit", self._weighing[rows], values)

    def _one_property(self, person: PersonFacts, feature: str) -> Part:
        key, kinds, column = READ_OF_PERSON[feature](person), self._single[feature], self._codes(feature)
        return self._part(feature, key, kinds, lambda: self._answers(person, feature)[column[kinds.rows]])

    def _codes(self, feature: str) -> Rows:
        return self._board.distinct[ONE_PROPERTY[feature]].codes

    def _answers(self, person: PersonFacts, feature: str) -> Numbers:
        """Return a feature for each value that occurs of the one property it looks at."""

        def ask() -> Numbers:
            offers = self._board.examples(ONE_PROPERTY[feature])
            return _numbers(FEATURES[feature](person, one, self._today) for one in offers)

        return self._shared.column(f"{feature} as answered", READ_OF_PERSON[feature](person), ask)

    def _openness_alone(self) -> Part:
        openness = self._board.amounts["employer_openness"]
        kinds = self._kinds(openness)
        return Part.of(kinds, self._points("employer_openness", kinds.weighing, openness[kinds.rows]))

    def _by_times(self, person: PersonFacts) -> Part:
        rows, amounts, parts = self._times.rows, self._board.amounts, self._board.distinct["day_parts"]
        day_parts = frozenset(person.day_parts.items()), person.likes_day_parts

        def ask_day_parts() -> Numbers:
            return _numbers(day_part_fit(person, one) for one in parts.examples)[parts.codes[rows]]

        def ask() -> Numbers:
            fits = self._shared.column("day parts", day_parts, ask_day_parts)
            return schedule_fits(person, fits, amounts["hours_per_week"][rows], amounts["hours_per_day"][rows])

        hours = person.person.hours_per_week_min, person.person.hours_per_week_max, wishes_short_days(person)
        return self._part("schedule_fit", (day_parts, hours), self._times, ask)

    def _by_values(self, person: PersonFacts) -> Part:
        def ask() -> Numbers:
            total, count = self._values_held(person)
            return values_fits(person, total, count, np.full(len(total), np.nan))

        return self._part("values_fit", person.important, self._held, ask)

    def _values_held(self, person: PersonFacts) -> Numbers:
        def ask() -> Numbers:
            return values_held_by(person, self._examples(self._held), self._today)

        return self._shared.column("values held", person.important - {SHORT_WAY}, ask)

    def _part(self, feature: str, key: Hashable, kinds: Kinds, ask: Callable[[], Numbers]) -> Part:
        return self._shared.column(feature, key, lambda: Part.of(kinds, self._points(feature, kinds.weighing, ask())))

    def _points(self, feature: str, weighing: Rows, values: Numbers) -> Numbers:
        """Return the log points of values of a feature, not a number where it is missing."""
        filled = np.where(np.isnan(values), self._weights.neutral[feature], np.clip(values, self._weights.floor, 1.0))
        points: Numbers = self._powers[feature][weighing] * np.log(filled)
        return points

    def _kinds(self, *columns: NDArray[Any]) -> Kinds:
        codes = self._weighing
        for column in columns:
            values, places = np.unique(column, return_inverse=True)
            codes = codes * len(values) + places
        _, rows, codes = np.unique(codes, return_index=True, return_inverse=True)
        return Kinds(codes, rows, self._weighing[rows])

    def _examples(self, kinds: Kinds) -> list[OfferFacts]:
        return [self._board.offers[row] for row in kinds.rows.tolist()]


def _numbers(answers: Iterable[float | None]) -> Numbers:
    return np.array([np.nan if answer is None else answer for answer in answers])
