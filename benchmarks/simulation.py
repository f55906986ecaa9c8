"""A seeded two-sided market whose truth is known and does not look like the score of the product.

Young people and tasks have hidden tastes and abilities in a space of six dimensions. What a young person tells is a
noisy, incomplete trace of them: a third of the answers and of the facts of offers is missing. Whether a place would
suit and work out follows from the hidden values by sums, a square of the way, steps and the weakest abilities, not by
the weighted geometric means of the library.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from matching import (
    CardAnswer,
    DayPart,
    GuideTime,
    LanguageLevel,
    Offer,
    OfferKind,
    Person,
    TravelMode,
    estimate_way,
    load_cards,
    load_task_families,
)

TODAY = date(2026, 11, 25)
DIMENSIONS = 6
EMPLOYERS_PER_OFFER = 4
HOME = ("837", "604", "211", "536", "418", "980", "562", "922")
MISSING = 0.3
STRENGTHS = [card for card in load_cards().values() if card.group not in {"style", "place", "values"}]
PLACES = [card for card in load_cards().values() if card.group == "place"]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Hidden:
    """What nobody sees: tastes and abilities, who needs a guide near, what tasks are like, how employers reply."""

    taste: Numbers
    ability: Numbers
    shy: Numbers
    tasks: Numbers
    replies: Numbers
    cards: dict[str, Numbers]


@dataclass(frozen=True, slots=True)
class Market:
    """People and offers as told, employers of the offers, and the hidden worth of every pair."""

    people: list[Person]
    offers: list[Offer]
    employers: NDArray[np.intp]
    worth: Numbers


def invent_market(seed: int, people: int = 1_000, offers: int = 400) -> Market:
    """Draw a market; the same seed gives the same one."""
    draw = np.random.default_rng(seed)
    cards = _card_vectors(draw)
    taste = draw.normal(size=(people, DIMENSIONS))
    ability = 0.6 * taste + 0.8 * draw.normal(size=(people, DIMENSIONS))
    shy = draw.random(people)
    families = list(load_task_families().values())
    chosen = draw.integers(len(families), size=offers)
    tasks = np.stack([_task_vector(families[one].fits, cards, draw) for one in chosen])
    replies = draw.beta(2, 2, size=offers)
    hidden = Hidden(taste, ability, shy, tasks, replies, cards)
    told_people = [_person(row, hidden, draw) for row in range(people)]
    told_offers = [_offer(row, families[one], replies[row], draw) for row, one in enumerate(chosen)]
    worth = _worth(told_people, told_offers, hidden, draw)
    seen_offers = [_with_gaps(one, draw) for one in told_offers]
    employers = draw.integers(max(1, offers // EMPLOYERS_PER_OFFER), size=offers)
    return Market([_half_told(one, draw) for one in told_people], seen_offers, employers, worth)


def _card_vectors(draw: np.random.Generator) -> dict[str, Numbers]:
    groups = {card.group: draw.normal(size=DIMENSIONS) for card in STRENGTHS}
    return {card.id: 0.7 * groups[card.group] + 0.7 * draw.normal(size=DIMENSIONS) for card in STRENGTHS}


def _task_vector(fits: tuple[str, ...], cards: dict[str, Numbers], draw: np.random.Generator) -> Numbers:
    known = [cards[card] for card in fits if card in cards] or [draw.normal(size=DIMENSIONS)]
    vector = np.mean(known, axis=0) + 0.4 * draw.normal(size=DIMENSIONS)
    return vector / (np.linalg.norm(vector) + 1e-9)


def _person(row: int, hidden: Hidden, draw: np.random.Generator) -> Person:
    taste, ability, cards = hidden.taste[row], hidden.ability[row], hidden.cards
    answers = {}
    for card in draw.permutation(len(STRENGTHS))[:45]:
        one = STRENGTHS[card]
        vector = cards[one.id]
        likes = float(taste @ vector) / 2.5 + draw.normal(scale=0.4)
        can = float(ability @ vector) / 2.5 + draw.normal(scale=0.4)
        if can > 0.5:
            answers[one.id] = CardAnswer.YES
        elif can > 0.0:
            answers[one.id] = CardAnswer.A_LITTLE
        else:
            answers[one.id] = CardAnswer.WANT_TO_LEARN if likes > 0.6 else CardAnswer.NOT_ME
    for place in draw.permutation(len(PLACES))[:5]:
        answers[PLACES[place].id] = draw.choice([CardAnswer.SUITS, CardAnswer.DOES_NOT_MATTER])
    if hidden.shy[row] > 0.6:
        answers["STY10"] = CardAnswer.SUITS
    possible = {part: bool(draw.random() < 0.8) for part in DayPart if part is not DayPart.NIGHT}
    return Person(
        id=f"p{row:04d}",
        cards=answers,
        birth_date=date(2008 - int(draw.integers(9)), 5, 4),
        languages={"fi": LanguageLevel(draw.choice(["A2", "B1", "B2", "native", "native"]))},
        hours_per_week_max=float(draw.choice([20, 30, 40])),
        day_parts={**possible, DayPart.NIGHT: False},
        travel_from=str(draw.choice(HOME)),
        travel_minutes_max=int(draw.choice([30, 45, 60, 90])),
        travel_modes=frozenset({TravelMode.PUBLIC_TRANSPORT}),
        cards_held=frozenset(),
        licence_classes=frozenset(),
    )


def _offer(row: int, family: object, reply: float, draw: np.random.Generator) -> Offer:
    kinds = [OfferKind.WORK_TRIAL, OfferKind.WORK_TRIAL, OfferKind.OPEN_JOB, OfferKind.HIDDEN_JOB, OfferKind.SUMMER_JOB]
    hours = float(draw.choice([20, 25, 30, 37.5]))
    parts = draw.permutation([part for part in DayPart if part is not DayPart.NIGHT])[: int(draw.integers(1, 3))]
    return Offer(
        id=f"o{row:04d}",
        kind=kinds[int(draw.integers(len(kinds)))],
        title=family.fi,  # type: ignore[attr-defined]
        task_family=family.id,  # type: ignore[attr-defined]
        municipality=str(draw.choice(HOME)),
        hours_per_week=hours,
        hours_per_day=hours / 5,
        days_per_week=5,
        day_parts=frozenset(DayPart(part) for part in parts),
        starts_from=TODAY + timedelta(days=int(draw.integers(60))),
        guide_time=list(GuideTime)[int(draw.integers(len(GuideTime)))],
        environment={card.id: bool(draw.random() < 0.5) for card in PLACES},
        working_languages={"fi": LanguageLevel(draw.choice(["A2", "B1", "B2"]))},
        employer_openness=float(np.clip(reply + draw.normal(scale=0.15), 0, 1)),
        confirmed_on=TODAY - timedelta(days=int(draw.integers(80))),
    )


def _worth(
    people: list[Person],
    offers: list[Offer],
    hidden: Hidden,
    draw: np.random.Generator,
) -> Numbers:
    suits = 1 / (1 + np.exp(-1.2 * hidden.taste @ hidden.tasks.T))
    families, cards = load_task_families(), hidden.cards
    needed = [[cards[card] for card in families[one.task_family or ""].fits if card in cards] for one in offers]
    works = np.empty_like(suits)
    for column, vectors in enumerate(needed):
        can = 1 / (1 + np.exp(-hidden.ability @ np.stack(vectors).T)) if vectors else np.full((len(people), 1), 0.5)
        works[:, column] = np.sort(can, axis=1)[:, :2].mean(axis=1)
    for row, person in enumerate(people):
        for column, offer in enumerate(offers):
            suits[row, column] += _practice(person, offer)
            if hidden.shy[row] > 0.6:
                works[row, column] += 0.15 if offer.guide_time is GuideTime.WHOLE_DAY else -0.1
    works *= 0.5 + 0.5 * hidden.replies
    suits += draw.normal(scale=0.08, size=suits.shape)
    works += draw.normal(scale=0.08, size=works.shape)
    return np.maximum(0, suits - 0.3) + np.maximum(0, works - 0.15) + 0.4 * ((suits > 0.6) & (works > 0.4))


def _practice(person: Person, offer: Offer) -> float:
    way = estimate_way(person, offer)
    share = 1.0 if way is None else way.minutes / (person.travel_minutes_max or 60)
    wishes = [card for card, answer in person.cards.items() if answer == CardAnswer.SUITS and card in offer.environment]
    met = sum(0.06 if offer.environment[card] else -0.06 for card in wishes)
    hours = -0.1 if (offer.hours_per_week or 0) > (person.hours_per_week_max or 40) else 0.0
    return met + hours - 0.25 * share * share


def _half_told(person: Person, draw: np.random.Generator) -> Person:
    cards = {card: answer for card, answer in person.cards.items() if draw.random() >= MISSING}
    gaps: dict[str, object] = {"cards": cards}
    if draw.random() < MISSING:
        gaps["hours_per_week_max"] = None
    if draw.random() < MISSING:
        gaps["languages"] = {}
    return _replaced(person, gaps)


def _with_gaps(offer: Offer, draw: np.random.Generator) -> Offer:
    gaps: dict[str, object] = {
        "environment": {card: so for card, so in offer.environment.items() if draw.random() >= MISSING}
    }
    for name in ("hours_per_week", "hours_per_day", "guide_time", "employer_openness", "confirmed_on", "municipality"):
        if draw.random() < MISSING:
            gaps[name] = None
    if draw.random() < MISSING:
        gaps["working_languages"] = {}
    return _replaced(offer, gaps)


def _replaced(thing, gaps):  # type: ignore[no-untyped-def]  # a person or an offer
    return type(thing)(**{name: gaps.get(name, getattr(thing, name)) for name in thing.__dataclass_fields__})
