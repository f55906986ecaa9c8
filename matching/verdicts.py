"""The hard rules for many offers at once: one array of verdicts for each rule.

A rule that looks at one property of an offer is asked once for each value that occurs, through the function that
answers for a single offer. Rules that look at more are written out here and tested against those functions.
"""

from collections.abc import Callable, Hashable, Mapping
from datetime import date
from functools import partial

import numpy as np
from numpy.typing import NDArray

from matching.board import NOTHING_TOLD, SO, Board, watched
from matching.codes import RuleId
from matching.eligibility import RULES
from matching.facts import PersonFacts
from matching.results import CheckResult, Verdict
from matching.shared import Shared
from matching.types import DayPart, OfferKind
from matching.young_workers import (
    ADULT_AGE,
    HAZARD_AGE,
    HIRING_AGE,
    LIGHT_WORK_AGE,
    YOUNG_HOURS,
    YOUNGEST_HOURS,
    check_service_age,
    start_day,
)

YES, UNKNOWN, NO_WITH_A_STEP, NO = 0, 1, 2, 3
"""Verdicts in the order of how much they hinder: the highest of all rules decides about an offer."""
Verdicts = NDArray[np.int8]
Flags = NDArray[np.bool_]
ONE_PROPERTY: Mapping[RuleId, str] = {
    RuleId.LICENCE: "licence",
    RuleId.CARDS_AT_START: "cards",
    RuleId.LANGUAGE_MINIMUM: "languages",
    RuleId.DATES: "dates",
    RuleId.DAY_PARTS: "day_parts",
    RuleId.TRAVEL_LIMIT: "way",
    RuleId.VISIBILITY: "visibility",
    RuleId.TRIAL_TIMES: "trial",
    RuleId.TRIAL_LENGTH: "trial",
    RuleId.VOUCHER: "voucher",
}
"""Rules that look at nothing else of the offer than one column of the board."""
READ_OF_PERSON: Mapping[RuleId, Callable[[PersonFacts], Hashable]] = {
    RuleId.LICENCE: lambda one: one.person.licence_classes,
    RuleId.CARDS_AT_START: lambda one: one.person.cards_held,
    RuleId.LANGUAGE_MINIMUM: lambda one: frozenset(one.person.languages.items()),
    RuleId.DATES: lambda one: one.person.available_from,
    RuleId.DAY_PARTS: lambda one: frozenset(one.day_parts.items()),
    RuleId.TRAVEL_LIMIT: lambda one: (
        one.person.travel_from,
        one.person.travel_minutes_max,
        one.person.travel_modes,
    ),
    RuleId.VISIBILITY: lambda one: one.person.sees,
    RuleId.TRIAL_TIMES: lambda one: None,
    RuleId.TRIAL_LENGTH: lambda one: None,
    RuleId.VOUCHER: lambda one: (one.person.birth_date, one.person.available_from),
}
"""What the verdict of each of these rules reads of a person."""


NEVER_A_NO = frozenset({RuleId.TRIAL_LENGTH, RuleId.VOUCHER})
"""Rules of one property that may ask but set nothing aside."""
GROWN = "grown"
"""Stands for the birth date of everybody whom no rule of age sets aside."""


def verdicts(person: PersonFacts, board: Board, today: date, shared: Shared) -> dict[RuleId, Verdicts]:
    """Return the verdict of every rule for every offer, in the order of the rules.

    Parameters
    ----------
    person
        The young person.
    board
        The offers.
    today
        Day on which the question is asked.
    shared
        Columns of others of the same batch.
    """

    def ask(rule: RuleId) -> Verdicts:
        column = ONE_PROPERTY[rule]
        answers = (verdict_code(RULES[rule](person, one, today)) for one in board.examples(column))
        return board.distinct[column].spread(answers, np.int8)

    found = {rule: shared.column(rule, READ_OF_PERSON[rule](person), partial(ask, rule)) for rule in ONE_PROPERTY}
    found[RuleId.SERVICE_AGE] = _service_age(person, board, today)
    found[RuleId.CANNOT_MARKS] = _cannot_marks(person, board)
    found[RuleId.CAPACITY] = np.where(board.full, NO, YES).astype(np.int8)
    found[RuleId.DECLINED] = _declined(person, board)
    protected = UNKNOWN if person.person.protected_contact else YES
    found[RuleId.PROTECTED_CONTACT] = np.full(len(board), protected, np.int8)
    found |= _young(person, board, today)
    return {rule: found[rule] for rule in RULES}


def refused(person: PersonFacts, board: Board, today: date, shared: Shared) -> Flags:
    """Return which offers some rule says no to; the same as a worst verdict above ``UNKNOWN``.

    Parameters
    ----------
    person, board, today
        As in `verdicts`.
    shared
        Columns of others of the same batch; not those of `verdicts`.
    """

    def ask(rule: RuleId) -> Flags | None:
        column = ONE_PROPERTY[rule]
        answers = [verdict_code(RULES[rule](person, one, today)) > UNKNOWN for one in board.examples(column)]
        return board.distinct[column].spread(answers, np.bool_) if any(answers) else None

    def ask_age() -> Flags | None:
        flags = np.maximum.reduce(list(_young(person, board, today).values())) > UNKNOWN
        return flags if flags.any() else None

    if any(verdict_code(check_service_age(person, one, today)) > UNKNOWN for one in board.offers[:1]):
        return np.ones(len(board), np.bool_)
    noes = [
        shared.column(rule, READ_OF_PERSON[rule](person), partial(ask, rule))
        for rule in ONE_PROPERTY
        if rule not in NEVER_A_NO
    ]
    born = person.person.birth_date, person.person.available_from
    noes.append(shared.column("age", GROWN if _grown(person, board, today) else born, ask_age))
    noes += [board.marks(card) == SO for card in person.cannot]
    flags = board.full.copy()
    for one in noes:
        if one is not None:
            flags |= one
    flags[_declined_rows(person, board)] = True
    return flags


def verdict_code(result: CheckResult | None) -> int:
    """Verdict of one answer as a number."""
    if result is None or result.verdict == Verdict.YES:
        return YES
    if result.verdict == Verdict.UNKNOWN:
        return UNKNOWN
    return NO_WITH_A_STEP if result.actionable else NO


def _service_age(person: PersonFacts, board: Board, today: date) -> Verdicts:
    answers = {verdict_code(check_service_age(person, one, today)) for one in board.offers[:1]}
    return np.full(len(board), max(answers, default=YES), np.int8)


def _cannot_marks(person: PersonFacts, board: Board) -> Verdicts:
    answer = np.full(len(board), YES, np.int8)
    for card in person.cannot:
        marks = board.marks(card)
        answer = np.maximum(answer, _choose((marks == SO, NO), (marks == NOTHING_TOLD, UNKNOWN)))
    return answer


def _declined(person: PersonFacts, board: Board) -> Verdicts:
    answer = np.full(len(board), YES, np.int8)
    answer[_declined_rows(person, board)] = NO
    return answer


def _declined_rows(person: PersonFacts, board: Board) -> list[int]:
    return [board.rows[offer_id] for offer_id in person.person.declined_offer_ids if offer_id in board.rows]


def _young(person: PersonFacts, board: Board, today: date) -> dict[RuleId, Verdicts]:
    rules: dict[RuleId, Callable[[Board, NDArray[np.intp]], Verdicts]] = {
        RuleId.YOUNG_WORKER_HOURS: _night,
        RuleId.YOUNG_WORKER_HAZARDS: _hazards,
        RuleId.YOUNG_WORKER_WEEK: _young_hours,
        RuleId.OFFER_AGE: _offer_age,
    }
    born = person.person.birth_date
    if born is None:
        return _age_unknown(board)
    if _grown(person, board, today):
        return {rule: np.full(len(board), YES, np.int8) for rule in (RuleId.HIRING_AGE, *rules)}
    starts = board.distinct["start"]
    days = [start_day(person, one, today) for one in starts.examples]
    ages = starts.spread((person.person.age_on(day) for day in days), np.intp)
    light = starts.spread((day.year - born.year >= LIGHT_WORK_AGE for day in days), np.bool_)
    found = {rule: answer(board, ages) for rule, answer in rules.items()}
    works = ~_visits(board)
    found[RuleId.HIRING_AGE] = _choose((works & (ages < HIRING_AGE), np.where(light, UNKNOWN, NO)))
    return found


def _grown(person: PersonFacts, board: Board, today: date) -> bool:
    """Whether a person is today as old as any rule asks, so that no first day of work needs a look."""
    age = person.person.age_on(today)
    return age is not None and age >= max([ADULT_AGE, *(limit for limit, _ in _limits(board) if limit is not None)])


def _age_unknown(board: Board) -> dict[RuleId, Verdicts]:
    ages = board.distinct["age"]
    asked = {
        RuleId.HIRING_AGE: ~_visits(board),
        RuleId.YOUNG_WORKER_HOURS: _works_at(board, DayPart.NIGHT),
        RuleId.YOUNG_WORKER_HAZARDS: _hazards_told(board)[0],
        RuleId.YOUNG_WORKER_WEEK: np.zeros(len(board), np.bool_),
        RuleId.OFFER_AGE: ages.spread((limit is not None or adult for limit, adult in _limits(board)), np.bool_),
    }
    return {rule: _choose((flags, UNKNOWN)) for rule, flags in asked.items()}


def _night(board: Board, ages: NDArray[np.intp]) -> Verdicts:
    only = board.distinct["day_parts"].spread(
        (one.offer.day_parts == {DayPart.NIGHT} for one in board.examples("day_parts")), np.bool_
    )
    return _choose(
        (_works_at(board, DayPart.NIGHT) & (ages < ADULT_AGE), np.where(only, NO, NO_WITH_A_STEP)),
        (_works_at(board, DayPart.EVENING) & (ages < HIRING_AGE), UNKNOWN),
    )


def _hazards(board: Board, ages: NDArray[np.intp]) -> Verdicts:
    stated, likely = _hazards_told(board)
    return _choose((stated & (ages < HAZARD_AGE), NO), ((stated | likely) & (ages < ADULT_AGE), UNKNOWN))


def _young_hours(board: Board, ages: NDArray[np.intp]) -> Verdicts:
    per_day, per_week = board.amounts["hours_per_day"], board.amounts["hours_per_week"]
    too_long = {
        name: (per_day > limits["day"]) | (per_week > limits["week"])
        for name, limits in (("young", YOUNG_HOURS), ("youngest", YOUNGEST_HOURS))
    }
    over = np.where(ages >= HIRING_AGE, too_long["young"], too_long["youngest"])
    return _choose(((ages < ADULT_AGE) & over, NO_WITH_A_STEP))


def _offer_age(board: Board, ages: NDArray[np.intp]) -> Verdicts:
    limits = board.distinct["age"]
    least = limits.spread((-np.inf if limit is None else limit for limit, _ in _limits(board)))
    adult = limits.spread((limit is None and adult for limit, adult in _limits(board)), np.bool_)
    return _choose((ages < least, NO), (adult & (ages < ADULT_AGE), UNKNOWN))


def _limits(board: Board) -> list[tuple[int | None, bool]]:
    return [(one.offer.minimum_age, watched(one, "18")) for one in board.examples("age")]


def _visits(board: Board) -> Flags:
    kinds = board.distinct["kind"]
    return kinds.spread((one.offer.kind == OfferKind.VISIT for one in kinds.examples), np.bool_)


def _works_at(board: Board, part: DayPart) -> Flags:
    parts = board.distinct["day_parts"]
    return parts.spread((part in one.offer.day_parts for one in parts.examples), np.bool_)


def _hazards_told(board: Board) -> tuple[Flags, Flags]:
    hazards = board.distinct["hazards"]
    stated = hazards.spread((one.offer.hazards for one in hazards.examples), np.bool_)
    return stated, hazards.spread((watched(one, "haz") for one in hazards.examples), np.bool_)


def _choose(*cases: tuple[Flags, int | NDArray[np.int_]]) -> Verdicts:
    """Return the answer of the first case that holds, else yes."""
    return np.select([flags for flags, _ in cases], [answer for _, answer in cases], YES).astype(np.int8)
