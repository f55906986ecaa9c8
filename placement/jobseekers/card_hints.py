"""A few words beside a card that make it easy to picture. They are only shown: matching never reads them."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from placement.i18n import current_language


def card_hint(card_id: str) -> str:
    """Return the examples of a card in the current language; empty when the card speaks for itself."""
    row = card_hints().get(card_id)
    return row[current_language()] if row else ""


@cache
def card_hints() -> Mapping[str, Mapping[str, str]]:
    """Return every hint: by card id, then by language."""
    text = (files("placement.jobseekers") / "data" / "card_hints.csv").read_text(encoding="utf-8")
    return MappingProxyType({row["id"]: row for row in csv.DictReader(text.splitlines())})
