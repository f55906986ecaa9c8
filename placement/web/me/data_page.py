"""What the pages about one's own data show: consents, messages, and everything kept, in words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from placement.i18n import LazyString, format_day, format_instant, gettext, language_name, local_name
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.models import Consent, ConsentItem, LanguageLevel, TravelMode
from placement.jobseekers.own_data import OwnTable
from placement.jobseekers.states import CONSENT_STEPS, ConsentAction
from placement.notifications.models import Message
from placement.offers.models import DayPart
from placement.vocabulary import WorkCard, cards_by_id
from placement.web.forms import local_municipality

_LINK_KEY = re.compile(r"(https?://[^\s<>\"]*/)[\w-]{20,}")

TABLE_NAMES: dict[str, LazyString] = {
    "youth": _l("About me"),
    "strength_answer": _l("My answers to cards"),
    "card_skip": _l("Cards I passed by"),
    "own_words": _l("My own words"),
    "strength_evidence": _l("Where my strengths have shown"),
    "suggestion": _l("Places suggested to me"),
    "suggestion_event": _l("What happened to the suggestions"),
    "offer_wish": _l("Places I marked"),
    "day_invitation": _l("Recruitment days"),
    "placement": _l("Work trials and jobs"),
    "message": _l("Messages to me"),
    "personal_link": _l("Links made for me"),
    "consent": _l("What I have allowed"),
    "youth_request": _l("What I have asked"),
    "audit_entry": _l("Who has looked or changed"),
    "look_reason": _l("Why somebody else looked"),
    "list_record": _l("Lists of places made for me"),
}
COLUMN_NAMES: dict[str, LazyString] = {
    "first_name": _l("First name"),
    "last_name": _l("Last name"),
    "birth_date": _l("Date of birth"),
    "language": _l("Language"),
    "languages": _l("Languages"),
    "phone": _l("Phone number"),
    "email": _l("E-mail address"),
    "channel": _l("Way of messages"),
    "protected_contact": _l("Protected contact"),
    "day_parts": _l("Times that suit"),
    "hours_per_week_min": _l("Hours a week, at least"),
    "hours_per_week_max": _l("Hours a week, at most"),
    "travel_from": _l("Travels from"),
    "travel_minutes_max": _l("Longest way in one direction"),
    "travel_modes": _l("Ways to get there"),
    "available_from": _l("Can start from"),
    "cards_held": _l("Cards held"),
    "licence_classes": _l("Driving licence"),
    "question": _l("Own question"),
    "one_adult_id": _l("Own adult"),
    "deputy_id": _l("Deputy"),
    "next_step": _l("Next step"),
    "next_on": _l("On which day"),
    "last_contact_on": _l("Last contact"),
    "is_active": _l("Served now"),
    "card_id": _l("Card"),
    "card_ids": _l("Linked cards"),
    "answer": _l("Answer"),
    "answered_at": _l("Answered"),
    "text": _l("Text"),
    "subject": _l("Subject"),
    "address": _l("Address"),
    "state": _l("State"),
    "sent_at": _l("Sent"),
    "created_at": _l("Made"),
    "updated_at": _l("Changed"),
    "expires_at": _l("Works until"),
    "purpose": _l("Purpose"),
    "made_by_id": _l("Made by"),
    "asked_by_id": _l("Asked by"),
    "actor_id": _l("Who"),
    "actor_kind": _l("Who acted"),
    "at": _l("When"),
    "action": _l("What was done"),
    "reason": _l("Reason"),
    "why": _l("Why"),
    "to_whom": _l("To whom"),
    "until": _l("Until"),
    "note": _l("Note"),
    "place": _l("Where"),
    "told": _l("What happened"),
    "seen_by": _l("Who saw it"),
    "staff_id": _l("Worker"),
}
"""Names of columns; one that is not here is shown by its own name, so that nothing is left out."""
CODE_WORDS: dict[str, LazyString] = {
    one.value: one.label for group in (DayPart, TravelMode, WorkCard, LanguageLevel, ConsentItem) for one in group
}
"""Codes that stand in lists and pairs, in words."""
HIDDEN = frozenset({"id", "youth_id", "centre_id", "sort_name", "version", "fingerprint", "message_id"})


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One consent and the steps that can be taken with it now."""

    consent: Consent
    is_over: bool
    steps: tuple[ConsentAction, ...]


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One message as it went out, without the keys of its links."""

    message: Message
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """All rows of one table, each as pairs of name and value."""

    name: str
    rows: list[list[tuple[str, str]]]


def consent_lines(consents: Sequence[Consent], *, on: date) -> list[ConsentLine]:
    """Return consents with what can be done about each on a day."""
    lines = []
    for consent in consents:
        is_over = consent.until < on
        possible = tuple(action for action, step in CONSENT_STEPS.items() if consent.state in step.sources)
        lines.append(ConsentLine(consent, is_over, () if is_over else possible))
    return lines


def message_lines(messages: Sequence[Message]) -> list[MessageLine]:
    """Return messages in the words that went out. The keys of links are left out: this page may be shown to others."""
    return [MessageLine(message, _LINK_KEY.sub(r"\1…", message.text)) for message in messages]


def readable(tables: Sequence[OwnTable], workers: Mapping[int, str]) -> list[Section]:
    """Return everything as words for people; what nobody has named yet keeps its code."""
    return [
        Section(
            str(TABLE_NAMES.get(table.name, table.name.replace("_", " "))),
            [_pairs(row, workers) for row in table.rows],
        )
        for table in tables
        if table.rows
    ]


def _pairs(row: Mapping[str, Any], workers: Mapping[int, str]) -> list[tuple[str, str]]:
    shown = {name: value for name, value in row.items() if name not in HIDDEN and value not in (None, "", [], {})}
    return [(_column(name), _in_words(name, value, workers)) for name, value in shown.items()]


def _key(name: str, key: str) -> str:
    if name == "languages":
        return language_name(key)
    return str(CODE_WORDS.get(key) or _column(key))


def _column(name: str) -> str:
    return str(COLUMN_NAMES.get(name, name.removesuffix("_id").replace("_", " ")))


def _in_words(name: str, value: Any, workers: Mapping[int, str]) -> str:
    if isinstance(value, bool):
        return str(gettext("Yes") if value else gettext("No"))
    if isinstance(value, datetime):
        return format_instant(value, year=True)
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, Enum):
        return str(getattr(value, "label", value.value))
    if isinstance(value, str) and name == "card_id" and value in cards_by_id():
        return local_name(cards_by_id()[value])
    if name.endswith("by_id") or name in {"one_adult_id", "deputy_id", "staff_id", "actor_id", "owner_id"}:
        return workers.get(value, str(value))
    if name in {"travel_from", "municipality_code"}:
        return local_municipality(value) or str(value)
    if name == "language":
        return language_name(value)
    if isinstance(value, str) and value in CODE_WORDS:
        return str(CODE_WORDS[value])
    if isinstance(value, list):
        return ", ".join(_in_words("card_id" if name.startswith("card") else name, item, workers) for item in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{_key(name, key)}: {_in_words(key, item, workers)}" for key, item in value.items())
    return _LINK_KEY.sub(r"\1…", str(value))
