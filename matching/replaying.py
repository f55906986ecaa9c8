"""People, offers and weights as plain JSON values and back, so that a list can be kept and made again exactly."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any

from matching.scoring import Weights
from matching.types import (
    CardAnswer,
    DayPart,
    GuideTime,
    LanguageLevel,
    Offer,
    OfferKind,
    OwnWords,
    Person,
    TravelMode,
)

Data = dict[str, Any]


def as_data(thing: Person | Offer | Weights) -> Data:
    """Return a person, an offer or weights as values that JSON can hold, in a fixed order."""
    return {one.name: _plain(getattr(thing, one.name)) for one in fields(thing)}


def digest(data: object) -> str:
    """Return 32 letters that stand for a JSON value; equal values have equal ones whatever the order of their keys."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def person_from(data: Mapping[str, Any]) -> Person:
    """Return the person that was written down; fields this version does not know are a TypeError."""
    return Person(
        **{
            **data,
            "cards": {card: CardAnswer(answer) for card, answer in data["cards"].items()},
            "own_words": tuple(
                OwnWords(words["text"], words["language"], tuple(words["card_ids"])) for words in data["own_words"]
            ),
            "birth_date": _day(data["birth_date"]),
            "languages": {code: LanguageLevel(level) for code, level in data["languages"].items()},
            "day_parts": {DayPart(part): so for part, so in data["day_parts"].items()},
            "travel_modes": frozenset(TravelMode(mode) for mode in data["travel_modes"]),
            "cards_held": _set(data["cards_held"]),
            "licence_classes": _set(data["licence_classes"]),
            "available_from": _day(data["available_from"]),
            "declined_offer_ids": frozenset(data["declined_offer_ids"]),
            "sees": _set(data["sees"]),
        }
    )


def offer_from(data: Mapping[str, Any]) -> Offer:
    """Return the offer that was written down; fields this version does not know are a TypeError."""
    return Offer(
        **{
            **data,
            "kind": OfferKind(data["kind"]),
            "day_parts": frozenset(DayPart(part) for part in data["day_parts"]),
            "starts_from": _day(data["starts_from"]),
            "starts_until": _day(data["starts_until"]),
            "guide_time": GuideTime(data["guide_time"]) if data["guide_time"] else None,
            "working_languages": {
                code: LanguageLevel(level) if level else None for code, level in data["working_languages"].items()
            },
            "confirmed_on": _day(data["confirmed_on"]),
            "subsidies": frozenset(data["subsidies"]),
        }
    )


def weights_from(data: Mapping[str, Any]) -> Weights:
    """Return the weights that were written down."""
    return Weights(**data)


def _plain(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(one) for key, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(_plain(one) for one in value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, OwnWords):
        return {"text": value.text, "language": value.language, "card_ids": list(value.card_ids)}
    return value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _set(values: list[str] | None) -> frozenset[str] | None:
    return None if values is None else frozenset(values)
