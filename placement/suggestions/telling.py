"""Which cards would tell most of a young person: how their answers would move the first suggestions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

import matching
from placement.clock import today_in_helsinki
from placement.jobseekers.models import Youth
from placement.suggestions.live_index import live_offers_of
from placement.suggestions.rows import as_person

FIRST_SHOWN = 7
MOST_WEIGHED = 100
"""Offers among which an answer is tried: those that are first in the list now."""
NOT_RANKED = -1.0


def telling_cards(session: Session, youth: Youth, cards: Mapping[str, tuple[str, str]]) -> dict[str, float]:
    """Return how much the first suggestions would differ between two answers to each card, 0 for not at all.

    ``cards`` gives the two answers by card id. The offers now first in the list are scored again with each answer;
    every offer counts the difference of 1/place among the first seven. Nothing is kept.
    """
    live = live_offers_of(session, youth.centre_id)
    if not cards or len(live.offers) < 2:
        return dict.fromkeys(cards, 0.0)
    today, person = today_in_helsinki(), as_person(youth)
    offers = list(live.offers.values())
    scores, eligible = matching.score_matrix([person], offers, today=today, index=live.index)
    now = [score if fits else NOT_RANKED for score, fits in zip(scores[0].tolist(), eligible[0].tolist(), strict=True)]
    near = [offers[row] for row in sorted(range(len(offers)), key=lambda row: (-now[row], row))[:MOST_WEIGHED]]
    people = [
        replace(person, id=f"{card}|{answer}", cards={**person.cards, card: matching.CardAnswer(answer)})
        for card, pair in cards.items()
        for answer in pair
    ]
    scores, eligible = matching.score_matrix(people, near, today=today, index=live.index)
    places = [_first_places(*row) for row in zip(scores.tolist(), eligible.tolist(), strict=True)]
    return {card: _difference(places[2 * number], places[2 * number + 1]) for number, card in enumerate(cards)}


def wanted_by_offers(session: Session, centre_id: int) -> Counter[str]:
    """Return how many open offers each card speaks of: by their task family, or by the marks of the place."""
    families = matching.load_task_families()
    found: Counter[str] = Counter()
    for offer in live_offers_of(session, centre_id).offers.values():
        family = families.get(offer.task_family or "")
        found.update(family.fits if family else ())
        found.update(offer.environment)
    return found


def _first_places(scores: Sequence[float], eligible: Sequence[bool]) -> dict[int, float]:
    rows = sorted((row for row, fits in enumerate(eligible) if fits), key=lambda row: (-scores[row], row))
    return {row: 1 / place for place, row in enumerate(rows[:FIRST_SHOWN], start=1)}


def _difference(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    return sum(abs(one.get(row, 0.0) - other.get(row, 0.0)) for row in one.keys() | other.keys())
