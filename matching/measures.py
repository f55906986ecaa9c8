"""The features of the score for many offers at once: one array for each feature, not a number where it is missing.

As with the rules, what depends on one property of an offer is asked once for each value that occurs, through the
function for a single offer; sums over cards, wishes and parts of a schedule are written out here and tested.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

import numpy as np

from matching import features
from matching.board import NOT_SO, SO, Board
from matching.distinct import Numbers
from matching.facts import PersonFacts
from matching.features import FEATURES, UNANSWERED_CREDIT
from matching.shared import Shared
from matching.vocabulary import load_cards

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
    found |= _tasks(person, board)
    found["words_fit"] = _words(person, board)
    found["environment_fit"] = _environment(person, board)
    found["schedule_fit"] = _schedule(person, board, shared)
    found["values_fit"] = _values(person, board, found["way_there"], partial(_held, person, board, today, shared))
    found["employer_openness"] = board.amounts["employer_openness"]
    return {feature: found[feature] for feature in FEATURES}


def _spread(board: Board, column: str, answers: Iterable[float | None]) -> Numbers:
    return board.distinct[column].spread(np.nan if answer is None else answer for answer in answers)


def _tasks(person: PersonFacts, board: Board) -> dict[str, Numbers]:
    cards = load_cards()
    asked_about = np.array(
        [
            [
                person.credit.get(card, UNANSWERED_CREDIT),
                card in person.credit,
                person.interest.get(one.group, 0.5),
                one.group in person.interest,
                card in person.learning,
            ]
            for card, one in cards.items()
        ],
        dtype=np.float64,
    )
    credit, answered, interest, liked, learnt = np.asarray(board.asked @ asked_about).T
    total = np.where(board.asked_total > 0, board.asked_total, np.nan)
    learning = np.where(board.asked_total > 0, 1.0 - 0.65 * 0.4**learnt, np.nan)
    return {
        "strength_fit": np.where(answered > 0, credit / total, np.nan),
        "interest_fit": np.where(liked > 0, interest / total, np.nan),
        "learning_value": learning if person.learning else np.full(len(board), np.nan),
    }


def _words(person: PersonFacts, board: Board) -> Numbers:
    read = board.words.told
    if person.words is None or not read.any():
        return np.full(len(board), np.nan)
    close = board.words.closeness(person.words)
    half = features.HALF_CLOSE
    fits: Numbers = np.where(read, 1.0 - 0.8 * half / (half + np.maximum(close, 0.0)), np.nan)
    return fits[board.distinct["words"].codes]


def _environment(person: PersonFacts, board: Board) -> Numbers:
    so, not_so = np.zeros(len(board)), np.zeros(len(board))
    for card in person.suits:
        marks = board.marks(card)
        so += marks == SO
        not_so += marks == NOT_SO
    told, wishes = so + not_so, max(len(person.suits), 1)
    return np.where(told > 0, (so + 0.1 * not_so + 0.5 * (len(person.suits) - told)) / wishes, np.nan)


def _schedule(person: PersonFacts, board: Board, shared: Shared) -> Numbers:
    def ask() -> Numbers:
        return _spread(board, "day_parts", [features.day_part_fit(person, one) for one in board.examples("day_parts")])

    parts = (
        shared.column("day_parts", (frozenset(person.day_parts.items()), person.likes_day_parts), ask),
        _hours(person, board),
        _short_day(person, board),
    )
    return _mean(parts)


def _hours(person: PersonFacts, board: Board) -> Numbers:
    hours = board.amounts["hours_per_week"]
    least, most = person.person.hours_per_week_min, person.person.hours_per_week_max
    if least is None and most is None:
        return np.full(len(board), np.nan)
    over = np.maximum(0.0, hours - most) / max(most, 1.0) if most is not None else 0.0 * hours
    under = np.maximum(0.0, least - hours) / max(least, 1.0) if least is not None else 0.0 * hours
    fit: Numbers = np.maximum(0.05, 1.0 - 1.5 * np.maximum(over, under))
    return fit


def _short_day(person: PersonFacts, board: Board) -> Numbers:
    if not features.wishes_short_days(person):
        return np.full(len(board), np.nan)
    short, full = features.SHORT_DAY_HOURS
    fit: Numbers = 1.0 - 0.8 * np.clip((board.amounts["hours_per_day"] - short) / (full - short), 0.0, 1.0)
    return fit


def _held(person: PersonFacts, board: Board, today: date, shared: Shared) -> Numbers:
    """Return sum and number of the values held, apart from a short way."""
    # The way there has too many values to be asked for together with the others; it is added to their sum.
    here = replace(person, important=person.important - {"VAL08"})

    def ask() -> Numbers:
        held = [features.values_held(here, one, today) for one in board.examples("values")]
        column = board.distinct["values"]
        return np.stack([column.spread(sum(one.values()) for one in held), column.spread(len(one) for one in held)])

    return shared.column("values", here.important, ask)


def _values(person: PersonFacts, board: Board, way: Numbers, held: Callable[[], Numbers]) -> Numbers:
    if not person.important:
        return np.full(len(board), np.nan)
    total, count = held()
    if "VAL08" in person.important:
        told = ~np.isnan(way)
        total, count = total + np.where(told, way, 0.0), count + told
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _mean(parts: tuple[Numbers, ...]) -> Numbers:
    known = [~np.isnan(part) for part in parts]
    count = np.sum(known, axis=0)
    total = np.sum([np.where(is_known, part, 0.0) for is_known, part in zip(known, parts, strict=True)], axis=0)
    mean: Numbers = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return mean
