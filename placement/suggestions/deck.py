"""The order of the cards for one young person: the next card is the one that would tell most.

First one card of each group of strengths, so that no side of a person is left out. Then the cards whose answer would
change the first suggestions most. Every fourth card asks about ways and places of working, and after two cards of a
group another group comes, so that it never feels like an interview. Cards passed by come last.
"""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy.orm import Session

from placement.jobseekers.card_verbs import known_answers, skipped_cards
from placement.jobseekers.models import Youth
from placement.jobseekers.services import answers_for
from placement.suggestions.telling import telling_cards, wanted_by_offers
from placement.vocabulary import cards_by_id

OPENING = ("HAN02", "FOO01", "PEO03", "NAT03", "DIG01", "CAR01", "MOV02", "CRE01", "THI01")
"""One card of each group of strengths, each of them plain enough to begin with."""
WISH_GROUPS = frozenset({"style", "place", "values"})
WISH_EVERY = 4
MOST_OF_A_GROUP_IN_A_ROW = 2
MOST_TRIED = 18
"""Cards whose answers are tried on the ranking; the rest follow by how many open offers speak of them."""


def next_cards(session: Session, youth: Youth, *, count: int) -> list[str]:
    """Return the ids of the next cards for a young person loaded with their profile, at most ``count``.

    The number of queries does not depend on the number of cards or offers.
    """
    answered, skipped = known_answers(youth), skipped_cards(session, youth.id)
    waiting = [card for card in cards_by_id() if card not in answered and card not in skipped]
    opening = [card for card in OPENING if card in waiting]
    rest = [card for card in waiting if card not in opening]
    if len(opening) < count:
        rest = spread(_by_telling(session, youth, rest), done=len(answered) + len(opening))
    passed = [card for card in skipped if card not in answered]
    return [*opening, *rest, *passed][:count]


def _by_telling(session: Session, youth: Youth, cards: Sequence[str]) -> list[str]:
    wanted = wanted_by_offers(session, youth.centre_id)
    ordered = sorted(cards, key=lambda card: -wanted[card])  # keeps the order of the vocabulary among equals
    telling = telling_cards(session, youth, {card: _two_answers(card) for card in _to_try(ordered)})
    return sorted(ordered, key=lambda card: -telling.get(card, 0.0))


def _to_try(ordered: Sequence[str]) -> list[str]:
    """Return the most wanted strengths and wishes, so that neither kind takes all the places."""
    wishes = [card for card in ordered if _group(card) in WISH_GROUPS]
    strengths = [card for card in ordered if _group(card) not in WISH_GROUPS]
    part = MOST_TRIED // 3
    return [*strengths[: MOST_TRIED - part], *wishes[:part]]


def spread(ordered: Iterable[str], *, done: int) -> list[str]:
    """Mix wishes in among strengths, and break up long runs of one group; keeps the order otherwise.

    ``done`` is how many cards came before, so that the rhythm goes on from visit to visit.
    """
    left = list(ordered)
    result: list[str] = []
    while left:
        is_turn_of_wish = (done + len(result)) % WISH_EVERY == WISH_EVERY - 1
        result.append(_take(left, result[-MOST_OF_A_GROUP_IN_A_ROW:], wish=is_turn_of_wish))
    return result


def _take(left: list[str], latest: Sequence[str], *, wish: bool) -> str:
    groups = {_group(card) for card in latest}
    tired: Collection[str] = groups if len(latest) == MOST_OF_A_GROUP_IN_A_ROW and len(groups) == 1 else ()
    of_kind = [card for card in left if (_group(card) in WISH_GROUPS) == wish]
    fresh = [card for card in of_kind if _group(card) not in tired]
    card = (fresh or of_kind or left)[0]
    left.remove(card)
    return card


def _group(card_id: str) -> str:
    return cards_by_id()[card_id].group


def _two_answers(card_id: str) -> tuple[str, str]:
    """Return the two answers of a card that are furthest apart."""
    possible = answers_for(_group(card_id))
    return possible[0].value, possible[-1].value
