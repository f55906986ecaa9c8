"""Invented people and offers for the tests of the ranking library."""

from datetime import date
from typing import Any

from matching import CardAnswer, DayPart, GuideTime, LanguageLevel, Offer, OfferKind, Person, TravelMode

TODAY = date(2026, 11, 23)
TAMPERE, PIRKKALA, OULU, NOKIA = "837", "604", "564", "536"


def make_person(**changes: Any) -> Person:
    """A person of 19 about whom enough is known; a test changes only what it asserts on."""
    values: dict[str, Any] = {
        "id": "person",
        "cards": {
            "FOO01": CardAnswer.YES,
            "PEO16": CardAnswer.YES,
            "CAR01": CardAnswer.YES,
            "CAR03": CardAnswer.YES,
            "MOV02": CardAnswer.A_LITTLE,
            "FOO08": CardAnswer.WANT_TO_LEARN,
            "ENV05": CardAnswer.SUITS,
        },
        "birth_date": date(2007, 3, 1),
        "languages": {"fi": LanguageLevel.NATIVE},
        "hours_per_week_max": 30,
        "day_parts": {DayPart.MORNING: True, DayPart.DAY: True, DayPart.EVENING: True, DayPart.WEEKEND: True},
        "travel_from": TAMPERE,
        "travel_minutes_max": 60,
        "travel_modes": frozenset({TravelMode.CAR}),
        "cards_held": frozenset(),
        "licence_classes": frozenset(),
    }
    return Person(**(values | changes))


def make_offer(**changes: Any) -> Offer:
    """A café job near by that no rule says no to."""
    values: dict[str, Any] = {
        "id": "cafe",
        "kind": OfferKind.OPEN_JOB,
        "title": "Kahvilatyöntekijä",
        "task_family": "T11",
        "municipality": TAMPERE,
        "hours_per_week": 25,
        "day_parts": frozenset({DayPart.MORNING}),
        "starts_from": date(2026, 12, 7),
        "guide_time": GuideTime.WHOLE_DAY,
        "environment": {"ENV05": True},
        "working_languages": {"fi": LanguageLevel.A2},
        "confirmed_on": date(2026, 11, 20),
    }
    return Offer(**(values | changes))
