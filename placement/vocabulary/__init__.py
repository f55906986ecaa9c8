"""The door to the reference data of ``matching``: strength cards, task families, municipalities.

Domain packages and screens read the vocabulary here, so that only this module and the two
adapters know the matching library.
"""

from collections.abc import Mapping, Sequence

from matching import (
    Card,
    Language,
    Municipality,
    TaskFamily,
    distance_km,
    find_municipality,
    load_cards,
    load_municipalities,
    load_task_families,
)
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l
from placement.vocabulary.esco import (
    EscoError,
    EscoReport,
    esco_in_use,
    esco_size,
    keep_esco_in,
    linker,
    take_in_esco,
)

__all__ = [
    "CARD_GROUPS",
    "Card",
    "EscoError",
    "EscoReport",
    "Municipality",
    "TaskFamily",
    "WorkCard",
    "card_ids",
    "cards_by_id",
    "cards_in_group",
    "distance_km",
    "esco_in_use",
    "esco_size",
    "families_by_id",
    "find_municipality",
    "guess_task_families",
    "guess_task_family",
    "keep_esco_in",
    "link_own_words",
    "linker",
    "municipalities_by_code",
    "take_in_esco",
    "warm_up",
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


class WorkCard(LabelledEnum):
    """A card that some work asks for. The codes are shared with the matching library."""

    HYGIENE = "hygiene", _l("Hygiene pass")
    SAFETY = "safety", _l("Occupational safety card")
    HOT_WORK = "hot_work", _l("Hot work card")
    SERVING = "serving", _l("Alcohol serving pass")
    FIRST_AID = "first_aid", _l("First aid course")


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


def link_own_words(text: str, language: str) -> list[str]:
    """Return the ids of the strength cards that a text in someone's own words speaks of, surest first."""
    known = load_cards()
    return [link.id for link in linker().link(text, _language(language)) if link.id in known]


def guess_task_family(title: str, text: str, language: str) -> str | None:
    """Return the id of the task family that a title, or else the text below it, speaks of most surely, or None."""
    return guess_task_families([(title, text, language)])[0]


def guess_task_families(offers: Sequence[tuple[str, str, str]]) -> list[str | None]:
    """Guess the task family of many offers (title, text, language) at once, which is much quicker than one by one."""
    families = load_task_families()

    def _guess(texts: Sequence[tuple[str, Language]]) -> list[str | None]:
        linked = linker().link_many(texts, limit=15)
        return [next((link.id for link in links if link.id in families), None) for links in linked]

    reading: list[Language] = [_language(code) for _title, _text, code in offers]
    guesses = _guess([(title, code) for (title, _text, _code), code in zip(offers, reading, strict=True)])
    unsure = [place for place, guess in enumerate(guesses) if guess is None and offers[place][1]]
    for place, guess in zip(unsure, _guess([(offers[place][1], reading[place]) for place in unsure]), strict=True):
        guesses[place] = guess
    return guesses


def _language(code: str) -> Language:
    return "sv" if code == "sv" else "en" if code == "en" else "fi"


def warm_up() -> None:
    """Load what linking words needs, so that the first reader does not wait for it."""
    linker().warm_up()
