"""The door to the reference data of ``matching``: strength cards, task families, municipalities.

Domain packages and screens read the vocabulary here, so that only this module and the two
adapters know the matching library.
"""

from collections.abc import Mapping, Sequence

from matching import Card, Municipality, TaskFamily, distance_km, load_cards, load_municipalities, load_task_families

__all__ = [
    "CARD_GROUPS",
    "Card",
    "Municipality",
    "TaskFamily",
    "card_ids",
    "cards_by_id",
    "cards_in_group",
    "distance_km",
    "families_by_id",
    "municipalities_by_code",
]

CARD_GROUPS = (
    "people",
    "hands",
    "order",
    "body",
    "thinking",
    "digital",
    "nature",
    "food",
    "creative",
    "style",
    "place",
    "values",
)


def cards_by_id() -> Mapping[str, Card]:
    """Return every card of the strengths vocabulary by id."""
    return load_cards()


def card_ids() -> frozenset[str]:
    """Return the ids of all cards."""
    return frozenset(load_cards())


def cards_in_group(group: str) -> Sequence[Card]:
    """Return the cards of one group in their own order."""
    return tuple(card for card in load_cards().values() if card.group == group)


def families_by_id() -> Mapping[str, TaskFamily]:
    """Return every task family by id."""
    return load_task_families()


def municipalities_by_code() -> Mapping[str, Municipality]:
    """Return every municipality by its three-digit code."""
    return load_municipalities()
