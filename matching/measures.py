"""The features of the score for many offers at once: one array for each feature, not a number where it is missing.

As with the rules, what depends on one property of an offer is asked once for each value that occurs, through the
function for a single offer; sums over cards, wishes and parts of a schedule are written out here and tested.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from typing import Any

import numpy as np

from matching import features
from matching.board import NOT_SO, SO, Board
from matching.distinct import Numbers, Rows
from matching.facts import OfferFacts, PersonFacts
from matching.features import FEATURES, UNANSWERED_CREDIT
from matching.shared import Shared
from matching.vocabulary import load_cards

SHORT_WAY = "VAL08"
"""The value card that is judged by the way there."""
ONE_PROPERTY: Mapping[str, str] = {
    "way_there": "way",
    "language_margin": "languages",
    "guide_support": "guide",
    "freshness": "confirmed",
}
"""Features that look at nothing else of the offer than one column of the board."""

READ_OF_PERSON: Mapping[str, Callable[[PersonFacts], Hashable]] = {
    "way_there": lambda one: (one.person.travel_from, one.person.travel_minutes_max, one.person.travel_modes),
    "language_margin": lambda one: frozenset(one.person.languages.items()),
    "guide_support": lambda one: one.wishes_guide,
    "freshness": lambda one: None,
}
"""What each of these features reads of a person."""


def measures(person: PersonFacts, board: Board, today: date, shared: Shared) -> dict[str, Numbers]:
    """Return every feature for every offer, in the order of the features.

    Parameters
    ----------
    person
        The young person.
    board
        The offers.
    today
        Day of the list.
    shared
        Columns of others of the same batch.
    """

    def ask(feature: str) -> Numbers:
        column = ONE_PROPERTY[feature]
        return _spread(board, column, [FEATURES[feature](person, one, today) for one in board.examples(column)])

    found = {
        feature: shared.column(feature, READ_OF_PERSON[feature](person), partial(ask, feature))
        for feature in ONE_PROPERTY
    }
    tasks = task_fits([person], board.asked, board.asked_total)
    found |= {feature: column[:, 0] for feature, column in tasks.items()}
    found["words_fit"] = _words(person, board)
    found["environment_fit"] = environment_fits(person, board)
    found["schedule_fit"] = _schedule(person, board, shared)
    total, count = _held(person, board, today, shared)
    found["values_fit"] = values_fits(person, total, count, found["way_there"])
    found["employer_openness"] = board.amounts["employer_openness"]
    return {feature: found[feature] for feature in FEATURES}


def _spread(board: Board, column: str, answers: Iterable[float | None]) -> Numbers:
    return board.distinct[column].spread(np.nan if answer is None else answer for answer in answers)


def task_fits(people: Sequence[PersonFacts], asked: Any, asked_total: Numbers) -> dict[str, Numbers]:
    """Return the three features of the tasks, offers × people.

    Parameters
    ----------
    people
        Young people.
    asked
        Offers × cards, as in `matching.board.Board`.
    asked_total
        Sum of each of its rows.
    """
    told = np.zeros((len(load_cards()), 5, len(people)))
    told[:, 0], told[:, 2] = UNANSWERED_CREDIT, 0.5
    for column, person in enumerate(people):
        _tell_cards(told[:, :, column], person)
    found = np.asarray(asked @ told.reshape(len(told), -1)).reshape(-1, 5, len(people))
    credit, answered, interest, liked, learnt = (found[:, part] for part in range(5))
    total = np.where(asked_total > 0, asked_total, np.nan)[:, np.newaxis]
    wishes = np.array([bool(person.learning) for person in people], np.bool_)
    return {
        "strength_fit": np.where(answered > 0, credit / total, np.nan),
        "interest_fit": np.where(liked > 0, interest / total, np.nan),
        "learning_value": np.where((total > 0) & wishes, 1.0 - 0.65 * 0.4**learnt, np.nan),
    }


def _tell_cards(told: Numbers, person: PersonFacts) -> None:
    """Fill in what each card is for a person: credit, whether answered, liking, whether told, wish to learn."""
    places = card_places()
    for card, credit in person.credit.items():
        told[places[card], 0:2] = credit, 1.0
    for card in person.learning:
        told[places[card], 4] = 1.0
    for group, liking in person.interest.items():
        told[group_places()[group], 2:4] = liking, 1.0


def _words(person: PersonFacts, board: Board) -> Numbers:
    read = board.words.told
    if person.words is None or not read.any():
        return np.full(len(board), np.nan)
    fits = np.where(read, words_fits(board.words.closeness(person.words)), np.nan)
    return fits[board.distinct["words"].codes]


def words_fits(close: Numbers) -> Numbers:
    """Return the feature of the words for closenesses, as `matching.features.fit_of_closeness`."""
    half = features.HALF_CLOSE
    fits: Numbers = 1.0 - 0.8 * half / (half + np.maximum(close, 0.0))
    return fits


def environment_fits(person: PersonFacts, board: Board, rows: Rows | slice = slice(None)) -> Numbers:
    """Return the feature of place and way of working for some offers of a board, all when none are named."""
    if not person.suits:
        return np.full(len(board.order[rows]), np.nan)
    marks = np.array([board.marks(card)[rows] for card in person.suits])
    so, not_so = (marks == SO).sum(axis=0), (marks == NOT_SO).sum(axis=0)
    told = so + not_so
    return np.where(told > 0, (so + 0.1 * not_so + 0.5 * (len(marks) - told)) / len(marks), np.nan)


def _schedule(person: PersonFacts, board: Board, shared: Shared) -> Numbers:
    def ask() -> Numbers:
        return _spread(board, "day_parts", [features.day_part_fit(person, one) for one in board.examples("day_parts")])

    parts = shared.column("day_parts", (frozenset(person.day_parts.items()), person.likes_day_parts), ask)
    return schedule_fits(person, parts, board.amounts["hours_per_week"], board.amounts["hours_per_day"])


def schedule_fits(person: PersonFacts, day_parts: Numbers, hours_per_week: Numbers, hours_per_day: Numbers) -> Numbers:
    """Return the feature of the schedule from how well the parts of the day fit and the hours of offers."""
    return _mean((day_parts, _hours(person, hours_per_week), _short_day(person, hours_per_day)))


def _hours(person: PersonFacts, hours: Numbers) -> Numbers:
    least, most = person.person.hours_per_week_min, person.person.hours_per_week_max
    if least is None and most is None:
        return np.full(len(hours), np.nan)
    over = np.maximum(0.0, hours - most) / max(most, 1.0) if most is not None else 0.0 * hours
    under = np.maximum(0.0, least - hours) / max(least, 1.0) if least is not None else 0.0 * hours
    fit: Numbers = np.maximum(0.05, 1.0 - 1.5 * np.maximum(over, under))
    return fit


def _short_day(person: PersonFacts, hours: Numbers) -> Numbers:
    if not features.wishes_short_days(person):
        return np.full(len(hours), np.nan)
    short, full = features.SHORT_DAY_HOURS
    fit: Numbers = 1.0 - 0.8 * np.clip((hours - short) / (full - short), 0.0, 1.0)
    return fit


def _held(person: PersonFacts, board: Board, today: date, shared: Shared) -> Numbers:
    """Return sum and number of the values held, apart from a short way."""

    def ask() -> Numbers:
        column = board.distinct["values"]
        return np.stack([column.spread(one) for one in values_held_by(person, board.examples("values"), today)])

    return shared.column("values", person.important - {SHORT_WAY}, ask)


def values_held_by(person: PersonFacts, offers: Sequence[OfferFacts], today: date) -> Numbers:
    """Return sum and number of the values that are held by each offer, apart from a short way.

    The way there has too many values to be asked for together with the others; `values_fits` adds it.
    """
    here = replace(person, important=person.important - {SHORT_WAY})
    held = [features.values_held(here, one, today).values() for one in offers]
    return np.array([[sum(one) for one in held], [len(one) for one in held]])


def values_fits(person: PersonFacts, total: Numbers, count: Numbers, way: Numbers) -> Numbers:
    """Return the feature of the values from sum and number of those held and the feature of the way there."""
    if SHORT_WAY in person.important:
        told = ~np.isnan(way)
        total, count = total + np.where(told, way, 0.0), count + told
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _mean(parts: tuple[Numbers, ...]) -> Numbers:
    known = [~np.isnan(part) for part in parts]
    count = np.sum(known, axis=0)
    total = np.sum([np.where(is_known, part, 0.0) for is_known, part in zip(known, parts, strict=True)], axis=0)
    mean: Numbers = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return mean


@cache
def card_places() -> Mapping[str, int]:
    """Return the place of each card in the order of the vocabulary."""
    return {card: place for place, card in enumerate(load_cards())}


@cache
def group_places() -> Mapping[str, list[int]]:
    """Return the places of the cards of each group."""
    places: dict[str, list[int]] = {}
    for place, card in enumerate(load_cards().values()):
        places.setdefault(card.group, []).append(place)
    return places
