"""Reasons for: at most three, each from a feature whose contribution is above zero.

A reason is told only when it can name something true of this pair; a feature that merely happens to be above the
typical offer without such a fact stays silent.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from matching.codes import ReasonCode
from matching.facts import OfferFacts, PersonFacts
from matching.features import hours_fit, values_held
from matching.results import Contribution, Reason, SlotValue
from matching.said import closeness
from matching.travel import estimate_way
from matching.types import DayPart, GuideTime

MOST_REASONS = 3
CARDS_SHOWN = 3
LEAST_NEAR = 0.35
"""An own text at least this close to the words of an offer is told as a reason."""
LEAST_POINTS = 1e-6
STRENGTH_FEATURES = ("strength_fit", "interest_fit", "learning_value")
"""The first of these that speaks for an offer is told before anything practical."""
BACKGROUND_FEATURES = frozenset({"language_margin", "employer_openness", "freshness"})
"""Good to know, and told after what the person wished for."""
Told = tuple[ReasonCode, dict[str, SlotValue]]
Teller = Callable[[PersonFacts, OfferFacts, date], Told | None]


def reasons_for(
    person: PersonFacts, offer: OfferFacts, parts: Sequence[Contribution], today: date
) -> tuple[Reason, ...]:
    """Return up to three reasons, a strength first, then wishes by the size of the contribution.

    Parameters
    ----------
    person, offer
        The pair.
    parts
        Its contributions.
    today
        Day of the list.
    """
    found: list[Reason] = []
    for part in parts:
        if part.missing or part.log_points <= LEAST_POINTS:
            continue
        told = TELLERS[part.feature](person, offer, today)
        if told is not None:
            found.append(Reason(told[0], 1, part.log_points, told[1], part.feature))
    found.sort(key=lambda reason: (reason.source in BACKGROUND_FEATURES, -reason.weight, reason.code))
    # What the person can and wants is told first and once; the same cards as an interest would add nothing.
    first = next((reason for source in STRENGTH_FEATURES for reason in found if reason.source == source), None)
    rest = [reason for reason in found if reason is not first and not _repeats(reason, first)]
    return tuple(([first] if first else []) + rest)[:MOST_REASONS]


def _repeats(reason: Reason, first: Reason | None) -> bool:
    return first is not None and reason.source == "interest_fit" and first.source == "strength_fit"


def _strengths(person: PersonFacts, offer: OfferFacts, _today: date) -> Told | None:
    met = sorted(
        (card for card in offer.asked if person.credit.get(card, 0.0) >= 0.5),
        key=lambda card: (-person.credit[card] * offer.asked[card], card),
    )
    if not met:
        return None
    family = offer.family.id if offer.family else None
    text = next((person.own_words[card] for card in met if card in person.own_words), None)
    if text is not None:
        same = tuple(card for card in met if person.own_words.get(card) == text)
        return ReasonCode.OWN_WORDS_MEET_TASKS, {"own_words": text, "cards": same[:CARDS_SHOWN], "family": family}
    return ReasonCode.STRENGTHS_MEET_TASKS, {"cards": tuple(met[:CARDS_SHOWN]), "family": family}


def _words(person: PersonFacts, offer: OfferFacts, _today: date) -> Told | None:
    """The own text that is nearest to the offer, when it is near enough by itself to be named."""
    if offer.words is None or not person.spoken:
        return None
    near, text = max(((closeness(row, offer.words), text) for text, row in person.spoken), key=lambda one: one[0])
    if near < LEAST_NEAR:
        return None
    family = offer.family.id if offer.family else None
    same = tuple(card for card in offer.asked if person.own_words.get(card) == text)
    return ReasonCode.OWN_WORDS_MEET_TASKS, {"own_words": text, "cards": same[:CARDS_SHOWN], "family": family}


def _interests(person: PersonFacts, offer: OfferFacts, _today: date) -> Told | None:
    liked = sorted(card for card in offer.asked if person.credit.get(card, 0.0) >= 0.5)
    if not liked:
        return None
    family = offer.family.id if offer.family else None
    return ReasonCode.INTERESTS_MEET_TASKS, {"cards": tuple(liked[:CARDS_SHOWN]), "family": family}


def _learning(person: PersonFacts, offer: OfferFacts, _today: date) -> Told | None:
    cards = tuple(card for card in offer.asked if card in person.learning)
    if not cards:
        return None
    family = offer.family.id if offer.family else None
    return ReasonCode.WANTS_TO_LEARN_HERE, {"cards": cards[:CARDS_SHOWN], "family": family}


def _place(person: PersonFacts, offer: OfferFacts, _today: date) -> Told | None:
    met = tuple(sorted(card for card in person.suits if offer.place.get(card)))
    if not met:
        return None
    if met == ("ENV05",):
        return ReasonCode.WISH_SMALL_WORKPLACE_MET, {"cards": met}
    return ReasonCode.WISH_PLACE_MET, {"cards": met[:CARDS_SHOWN]}


def _schedule(person: PersonFacts, offer: OfferFacts, _today: date) -> Told | None:
    offered = offer.offer.day_parts
    if offered and all(person.day_parts.get(part) for part in offered):
        return ReasonCode.WISH_DAY_PARTS_MET, {"day_parts": tuple(part.value for part in DayPart if part in offered)}
    if hours_fit(person, offer) == 1.0:
        return ReasonCode.WISH_HOURS_MET, {"hours": offer.offer.hours_per_week}
    return None


def _way(person: PersonFacts, offer: OfferFacts, _today: date) -> Told | None:
    if offer.offer.remote:
        return ReasonCode.REMOTE_POSSIBLE, {}
    way = estimate_way(person.person, offer.offer)
    limit = person.person.travel_minutes_max
    if way is None or (limit is not None and way.minutes > limit):
        return None
    if person.person.protected_contact:
        return ReasonCode.CLOSE_BY, {}
    return ReasonCode.CLOSE_BY, {"minutes": way.minutes, "kilometres": way.kilometres, "mode": way.mode.value}


def _language(person: PersonFacts, offer: OfferFacts, _today: date) -> Told | None:
    known = person.person.languages
    enough = [
        (known[language].step - (minimum.step if minimum else 0), language, minimum)
        for language, minimum in offer.offer.working_languages.items()
        if language in known and (minimum is None or known[language].step >= minimum.step)
    ]
    if not enough:
        return None
    _, language, minimum = max(enough, key=lambda one: one[:2])
    return ReasonCode.LANGUAGE_ENOUGH, {
        "language": language,
        "level": known[language].value,
        "minimum": minimum.value if minimum else None,
    }


def _guide(person: PersonFacts, offer: OfferFacts, _today: date) -> Told | None:
    codes = {
        GuideTime.WHOLE_DAY: ReasonCode.GUIDE_PRESENT_WHOLE_DAY,
        GuideTime.PART_OF_DAY: ReasonCode.GUIDE_PRESENT_PART_OF_DAY,
    }
    code = codes.get(offer.offer.guide_time) if offer.offer.guide_time else None
    return (code, {"wished": person.wishes_guide}) if code else None


def _values(person: PersonFacts, offer: OfferFacts, today: date) -> Told | None:
    held = values_held(person, offer, today)
    if held.get("VAL09", 0.0) == 1.0:
        return ReasonCode.COULD_GROW_INTO_JOB, {"wished": True}
    if person.person.protected_contact:
        held.pop("VAL08", None)
    met = tuple(card for card, value in held.items() if value >= 0.8)
    return (ReasonCode.VALUES_MET, {"cards": met[:CARDS_SHOWN]}) if met else None


def _openness(_person: PersonFacts, offer: OfferFacts, _today: date) -> Told | None:
    open_enough = (offer.offer.employer_openness or 0.0) >= 0.6
    return (ReasonCode.EMPLOYER_OPEN, {}) if open_enough else None


def _freshness(_person: PersonFacts, offer: OfferFacts, today: date) -> Told | None:
    if offer.offer.confirmed_on is None:
        return None
    days = max(0, (today - offer.offer.confirmed_on).days)
    return (ReasonCode.CONFIRMED_LATELY, {"days": days}) if days <= 30 else None


TELLERS: Mapping[str, Teller] = {
    "strength_fit": _strengths,
    "words_fit": _words,
    "interest_fit": _interests,
    "environment_fit": _place,
    "schedule_fit": _schedule,
    "way_there": _way,
    "language_margin": _language,
    "guide_support": _guide,
    "learning_value": _learning,
    "values_fit": _values,
    "employer_openness": _openness,
    "freshness": _freshness,
}
