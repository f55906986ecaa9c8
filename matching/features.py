"""The features of the score: named, 0–1, higher is better for this person.

Each is a pure function of one person, one offer and today; None means that something needed is not known, and the
score then uses the neutral value of `data/weights.json`.
"""

import math
from collections.abc import Callable, Mapping
from datetime import date

from matching.facts import OfferFacts, PersonFacts
from matching.said import closeness
from matching.travel import estimate_way
from matching.types import DayPart, GuideTime, LanguageLevel, OfferKind

UNANSWERED_CREDIT = 0.35
"""An asked card the person has not answered: neither a strength nor its absence."""
HALF_CLOSE = 0.35
"""A closeness of words at which the feature is half the way from nothing to all."""
USUAL_LIMIT_MINUTES = 45
"""Stands for the person's own limit of travel while they have told none."""
SHORT_DAY_HOURS = (5.0, 8.0)
FRESH_DAYS, STALE_DAYS = 7, 90
GUIDE_VALUE = {GuideTime.NONE: 0.1, GuideTime.START: 0.45, GuideTime.PART_OF_DAY: 0.8, GuideTime.WHOLE_DAY: 1.0}
PAID_KINDS = frozenset(
    {
        OfferKind.WAGE_SUBSIDY_JOB,
        OfferKind.HIDDEN_JOB,
        OfferKind.OPEN_JOB,
        OfferKind.SUMMER_JOB,
        OfferKind.WINTER_JOB,
        OfferKind.APPRENTICESHIP,
    }
)
Feature = Callable[[PersonFacts, OfferFacts, date], float | None]


def strength_fit(person: PersonFacts, offer: OfferFacts, _today: date) -> float | None:
    """Weighted share of what the tasks ask for that the person brings.

    Cards: yes 1, a little 0.6, want to learn 0.35, not me 0, unanswered 0.35. Missing when the tasks are not known or
    no asked card is answered.
    """
    if not any(card in person.credit for card in offer.asked):
        return None
    total = sum(offer.asked.values())
    return sum(weight * person.credit.get(card, UNANSWERED_CREDIT) for card, weight in offer.asked.items()) / total


def words_fit(person: PersonFacts, offer: OfferFacts, _today: date) -> float | None:
    """How much what the person says they can do and what the offer says speak of the same things, in any language.

    Missing when either says nothing that can be read.
    """
    if person.words is None or offer.words is None:
        return None
    return fit_of_closeness(closeness(person.words, offer.words))


def fit_of_closeness(close: float) -> float:
    """Return the feature for a closeness: 0.2 for nothing in common, rising towards 1."""
    return 1.0 - 0.8 * HALF_CLOSE / (HALF_CLOSE + max(close, 0.0))


def interest_fit(person: PersonFacts, offer: OfferFacts, _today: date) -> float | None:
    """How much the person likes the kinds of things done here, by card group, shrunk while few are answered.

    Missing when the tasks are not known or nothing of their groups is answered.
    """
    if not any(group in person.interest for group in offer.groups):
        return None
    return sum(share * person.interest.get(group, 0.5) for group, share in offer.groups.items())


def environment_fit(person: PersonFacts, offer: OfferFacts, _today: date) -> float | None:
    """Share of the wishes about place and way of working that hold; a wish nobody has told about counts a half.

    Missing when there are no wishes or the offer tells about none of them.
    """
    told = [offer.place[card] for card in person.suits if card in offer.place]
    if not told:
        return None
    so = sum(told)
    return (so + 0.1 * (len(told) - so) + 0.5 * (len(person.suits) - len(told))) / len(person.suits)


def schedule_fit(person: PersonFacts, offer: OfferFacts, _today: date) -> float | None:
    """Mean of the known parts: parts of the day, weekly hours, short days when wished. Missing when none is known."""
    parts = [
        value
        for value in (day_part_fit(person, offer), hours_fit(person, offer), _short_day_fit(person, offer))
        if value is not None
    ]
    return sum(parts) / len(parts) if parts else None


def hours_fit(person: PersonFacts, offer: OfferFacts) -> float | None:
    """1 within the wished weekly hours, falling with the relative distance outside; None when not known."""
    hours = offer.offer.hours_per_week
    least, most = person.person.hours_per_week_min, person.person.hours_per_week_max
    if hours is None or (least is None and most is None):
        return None
    over = max(0.0, hours - most) / max(most, 1.0) if most is not None else 0.0
    under = max(0.0, least - hours) / max(least, 1.0) if least is not None else 0.0
    return max(0.05, 1.0 - 1.5 * max(over, under))


def way_there(person: PersonFacts, offer: OfferFacts, _today: date) -> float | None:
    """Logistic in estimated minutes relative to the person's limit; 1 for remote work. Missing when not known."""
    if offer.offer.remote:
        return 1.0
    way = estimate_way(person.person, offer.offer)
    if way is None:
        return None
    limit = person.person.travel_minutes_max or USUAL_LIMIT_MINUTES
    return 1.0 / (1.0 + math.exp(min(60.0, 6.0 * (way.minutes / limit - 0.9))))


def language_margin(person: PersonFacts, offer: OfferFacts, _today: date) -> float | None:
    """CEFR steps over the stated minimum in the best working language, saturating; A2 stands for an unstated minimum.

    Missing when the offer tells no working language or the person's level in none of them is known.
    """
    steps = [
        person.person.languages[language].step - (minimum or LanguageLevel.A2).step
        for language, minimum in offer.offer.working_languages.items()
        if language in person.person.languages
    ]
    if not steps:
        return None
    return {0: 0.7, 1: 0.85}.get(max(steps), 1.0 if max(steps) > 1 else max(0.1, 0.3 + 0.1 * max(steps)))


def guide_support(person: PersonFacts, offer: OfferFacts, _today: date) -> float | None:
    """How much a guide is near; the differences count half as much when the person has not wished for one."""
    if offer.offer.guide_time is None:
        return None
    value = GUIDE_VALUE[offer.offer.guide_time]
    return value if person.wishes_guide else 0.5 + 0.5 * value


def learning_value(person: PersonFacts, offer: OfferFacts, _today: date) -> float | None:
    """How much of what the person wants to learn is met here. Missing without such wishes or known tasks."""
    if not person.learning or not offer.asked:
        return None
    met = sum(weight for card, weight in offer.asked.items() if card in person.learning)
    return 1.0 - 0.65 * 0.4**met


def values_fit(person: PersonFacts, offer: OfferFacts, today: date) -> float | None:
    """Mean over the values that matter to the person and about which the offer tells something."""
    held = values_held(person, offer, today)
    return sum(held.values()) / len(held) if held else None


def values_held(person: PersonFacts, offer: OfferFacts, today: date) -> dict[str, float]:
    """Value card to 0–1 for the values that matter and can be judged here."""
    kind, days = offer.offer.kind, offer.offer.days_per_week
    grows = True if kind == OfferKind.APPRENTICESHIP else offer.offer.can_grow_into_job
    judged: dict[str, float | None] = {
        "VAL01": 0.9 if kind.is_exploration or kind == OfferKind.APPRENTICESHIP else None,
        "VAL02": 1.0 if kind in PAID_KINDS else 0.2,
        "VAL03": None if (many := offer.place.get("ENV07")) is None else (0.9 if many else 0.4),
        "VAL05": None if days is None else min(1.0, 0.2 + 0.2 * days),
        "VAL07": 1.0 if kind.is_exploration else 0.5,
        "VAL08": way_there(person, offer, today),
        "VAL09": None if grows is None else (1.0 if grows else 0.25),
    }
    return {card: value for card, value in judged.items() if card in person.important and value is not None}


def employer_openness(_person: PersonFacts, offer: OfferFacts, _today: date) -> float | None:
    """How open the employer has been so far, as given."""
    return offer.offer.employer_openness


def freshness(_person: PersonFacts, offer: OfferFacts, today: date) -> float | None:
    """1 within a week of the employer's last word, falling evenly to 0.3 at 90 days. Missing when never confirmed."""
    if offer.offer.confirmed_on is None:
        return None
    days = max(0, (today - offer.offer.confirmed_on).days)
    share = min(1.0, max(0.0, (days - FRESH_DAYS) / (STALE_DAYS - FRESH_DAYS)))
    return 1.0 - 0.7 * share


FEATURES: Mapping[str, Feature] = {
    "strength_fit": strength_fit,
    "words_fit": words_fit,
    "interest_fit": interest_fit,
    "environment_fit": environment_fit,
    "schedule_fit": schedule_fit,
    "way_there": way_there,
    "language_margin": language_margin,
    "guide_support": guide_support,
    "learning_value": learning_value,
    "values_fit": values_fit,
    "employer_openness": employer_openness,
    "freshness": freshness,
}
"""Every feature in the order of contributions."""


def day_part_fit(person: PersonFacts, offer: OfferFacts) -> float | None:
    """Mean over the parts of day of the offer; None when they or the person's answers are not known."""
    offered = offer.offer.day_parts
    if not offered or not any(part in person.day_parts for part in offered):
        return None
    # In the order of the day: a set has none of its own, and the last bits of a sum depend on it.
    return sum(_day_part_value(person, part) for part in DayPart if part in offered) / len(offered)


def _day_part_value(person: PersonFacts, part: DayPart) -> float:
    possible = person.day_parts.get(part)
    if possible is None:
        return 0.5
    if not possible:
        return 0.05
    return 1.0 if part in person.likes_day_parts or not person.likes_day_parts else 0.75


def wishes_short_days(person: PersonFacts) -> bool:
    """Whether the person said that short days suit them."""
    return person.credit.get("STY17") == 1.0


def _short_day_fit(person: PersonFacts, offer: OfferFacts) -> float | None:
    hours = offer.offer.hours_per_day
    if hours is None or not wishes_short_days(person):
        return None
    short, full = SHORT_DAY_HOURS
    return 1.0 - 0.8 * min(1.0, max(0.0, (hours - short) / (full - short)))
