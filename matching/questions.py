"""What to ask next: the missing answer that would change most which places come first.

Each question is tried with its plausible answers; how far the first places of the resulting lists differ is its value.
A question whose answers all lead to the same first places is not worth a young person's time.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations
from math import isnan

from matching.facts import GUIDE_CARDS
from matching.heavy import score_pairs
from matching.index import OfferIndex
from matching.linking import default_linker
from matching.results import Slots
from matching.setting import make_settings
from matching.types import CardAnswer, DayPart, LanguageLevel, Offer, Person

FIRST = 5
"""The first so many places are compared."""
MOST_WEIGHED = 300
"""Offers among which the answers are tried: the best of now, eligible or not."""
LEAST_VALUE = 0.05
GUIDE_CARD = min(GUIDE_CARDS)


class QuestionCode(StrEnum):
    """What could be asked."""

    CARDS_HELD = "cards_held"
    """`cards` (work cards that offers need at the start)."""
    LICENCES = "licences"
    """`licence` (class that offers need)."""
    LANGUAGE = "language"
    """`language` (working language whose level is not known)."""
    DAY_PART = "day_part"
    """`day_parts` (one part of the day not asked yet)."""
    LONGEST_WAY = "longest_way"
    """No slots."""
    WEEKLY_HOURS = "weekly_hours"
    """No slots."""
    FIRST_DAY = "first_day"
    """No slots."""
    GUIDE_NEAR = "guide_near"
    """No slots: whether somebody near is wished."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question and how much its answer matters.

    Parameters
    ----------
    code, slots
        What to ask.
    value
        Mean difference of the first places between two answers, 0 (none) to 2 (all others).
    answers
        The answers tried, as changes of the person.
    """

    code: QuestionCode
    slots: Slots
    value: float
    answers: tuple[Mapping[str, object], ...]


def ask_next(
    person: Person,
    offers: Iterable[Offer],
    *,
    today: date,
    index: OfferIndex | None = None,
    balance: float = 0.5,
    most: int = 1,
) -> tuple[Question, ...]:
    """Return the questions whose answers would change the first places most, the most telling first.

    Parameters
    ----------
    person, offers
        Whom and what.
    today
        Day of the question.
    index
        Offers read in advance; what it does not hold is read now.
    balance
        0 only "likely to work out", 1 only "what the young person wants".
    most
        Most questions returned.
    """
    wanted = list(offers)
    index = (OfferIndex({}, default_linker()) if index is None else index).with_offers(wanted)
    asked = [Question(code, slots, 0.0, answers) for code, slots, answers in _open(person, wanted, today)]
    if not asked or not wanted:
        return ()
    people = [replace(person, **answer) for question in asked for answer in question.answers]  # type: ignore[arg-type]
    near = _nearest(person, index, today, balance)
    scores, eligible = score_pairs(make_settings(people, index.linker, today, balance), near.board)
    firsts = iter([_first(*row) for row in zip(scores.tolist(), eligible.tolist(), strict=True)])
    valued = []
    for question in asked:
        found = [next(firsts) for _answer in question.answers]
        pairs = [_difference(*pair) for pair in combinations(found, 2)]
        valued.append(replace(question, value=round(sum(pairs) / len(pairs), 6)))
    valued.sort(key=lambda one: (-one.value, one.code, str(one.slots)))
    return tuple(one for one in valued[:most] if one.value >= LEAST_VALUE)


def _nearest(person: Person, index: OfferIndex, today: date, balance: float) -> OfferIndex:
    if len(index) <= MOST_WEIGHED:
        return index
    scores, _eligible = score_pairs(make_settings([person], index.linker, today, balance), index.board)
    values = [-1.0 if isnan(value) else value for value in scores[0].tolist()]
    rows = sorted(range(len(values)), key=lambda row: (-values[row], index.board.ids[row]))[:MOST_WEIGHED]
    return index.with_offers([index.board.offers[row].offer for row in rows])


Answers = tuple[Mapping[str, object], ...]
Open = tuple[QuestionCode, Slots, Answers]


def _open(person: Person, offers: Sequence[Offer], today: date) -> list[Open]:
    """Questions that have not been answered, with the answers to try."""
    return [
        *_cards_and_licences(person, offers),
        *_languages(person, offers),
        *_day_parts(person, offers),
        *_wishes(person, today),
    ]


def _cards_and_licences(person: Person, offers: Sequence[Offer]) -> list[Open]:
    found: list[Open] = []
    cards = {card for offer in offers for card, when in offer.cards_needed.items() if when == "at_start"}
    if person.cards_held is None and cards:
        answers: Answers = ({"cards_held": frozenset()}, {"cards_held": frozenset(cards)})
        found.append((QuestionCode.CARDS_HELD, {"cards": tuple(sorted(cards))}, answers))
    licences = sorted({offer.licence_needed for offer in offers if offer.licence_needed})
    if person.licence_classes is None and licences:
        licence = "B" if "B" in licences else licences[0]
        held: Answers = ({"licence_classes": frozenset()}, {"licence_classes": frozenset({licence})})
        found.append((QuestionCode.LICENCES, {"licence": licence}, held))
    return found


def _languages(person: Person, offers: Sequence[Offer]) -> list[Open]:
    asked = sorted({code for offer in offers for code in offer.working_languages} - person.languages.keys())
    return [
        (
            QuestionCode.LANGUAGE,
            {"language": code},
            tuple({"languages": {**person.languages, code: level}} for level in (LanguageLevel.A1, LanguageLevel.B2)),
        )
        for code in asked
    ]


def _day_parts(person: Person, offers: Sequence[Offer]) -> list[Open]:
    offered = {part for offer in offers for part in offer.day_parts}
    return [
        (
            QuestionCode.DAY_PART,
            {"day_parts": (part.value,)},
            tuple({"day_parts": {**person.day_parts, part: so}} for so in (True, False)),
        )
        for part in DayPart
        if part in offered and part not in person.day_parts
    ]


def _wishes(person: Person, today: date) -> list[Open]:
    found: list[Open] = []
    if person.travel_minutes_max is None and person.travel_from is not None:
        ways = tuple({"travel_minutes_max": minutes} for minutes in (30, 60, 90))
        found.append((QuestionCode.LONGEST_WAY, {}, ways))
    if person.hours_per_week_max is None and person.hours_per_week_min is None:
        hours = tuple({"hours_per_week_min": least, "hours_per_week_max": most} for least, most in ((10, 20), (30, 40)))
        found.append((QuestionCode.WEEKLY_HOURS, {}, hours))
    if person.available_from is None:
        days = tuple({"available_from": today + timedelta(days=days)} for days in (0, 60))
        found.append((QuestionCode.FIRST_DAY, {}, days))
    if not GUIDE_CARDS & person.cards.keys():
        guides = tuple(
            {"cards": {**person.cards, GUIDE_CARD: answer}} for answer in (CardAnswer.SUITS, CardAnswer.DOES_NOT_MATTER)
        )
        found.append((QuestionCode.GUIDE_NEAR, {}, guides))
    return found


def _first(scores: Sequence[float], eligible: Sequence[bool]) -> dict[int, float]:
    rows = sorted((row for row, so in enumerate(eligible) if so), key=lambda row: (-scores[row], row))[:FIRST]
    total = sum(1 / place for place in range(1, FIRST + 1))
    return {row: 1 / place / total for place, row in enumerate(rows, start=1)}


def _difference(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    return sum(abs(one.get(row, 0.0) - other.get(row, 0.0)) for row in one.keys() | other.keys())
