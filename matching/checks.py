"""Honest checks: what is not known, what speaks against, and what must be arranged.

They come from three places: hard rules that answered unknown (or an actionable no), features that are missing or
pull down, and facts of the offer that always need a look. Each code is told once, the most important first.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from matching.codes import CheckCode
from matching.eligibility import TRAVEL_MARGIN
from matching.facts import OfferFacts, PersonFacts
from matching.results import CheckResult, Contribution, Reason, SlotValue, Verdict
from matching.travel import estimate_way
from matching.types import GuideTime

MOST_CHECKS = 3
FEW_STRENGTHS = 5
LATELY_DAYS = 30
NOTABLE_POINTS = 0.01
"""A feature must pull the score down by this many log points to be told."""
PRIORITY: Sequence[CheckCode] = (
    CheckCode.DAY_PARTS_NOT_POSSIBLE,
    CheckCode.CARD_NEEDED_AT_START,
    CheckCode.LICENCE_NEEDED,
    CheckCode.LANGUAGE_BELOW_MINIMUM,
    CheckCode.HOURS_OVER_YOUNG_LIMIT,
    CheckCode.NIGHT_NOT_ALLOWED,
    CheckCode.TRIAL_TIMES_OVER,
    CheckCode.TRIAL_DAY_SHORT,
    CheckCode.START_TOO_EARLY,
    CheckCode.TRAVEL_OVER_LIMIT,
    CheckCode.HAZARDS_ASK,
    CheckCode.LIGHT_WORK_ASK,
    CheckCode.ADULT_TASKS_ASK,
    CheckCode.EVENING_END_BY_20,
    CheckCode.PLACE_MARK_UNKNOWN,
    CheckCode.HYGIENE_PASS_BY_MONTH_3,
    CheckCode.CARD_NEEDED_BY_MONTH_3,
    CheckCode.LICENCE_UNKNOWN,
    CheckCode.RECORD_CHECK_NEEDED,
    CheckCode.PROTECTED_CONTACT_ASK,
    CheckCode.TRAVEL_NEAR_LIMIT,
    CheckCode.FEW_STRENGTHS_KNOWN,
    CheckCode.HOURS_OVER_WISH,
    CheckCode.HOURS_UNDER_WISH,
    CheckCode.GUIDE_LITTLE,
    CheckCode.NOT_WISHED_PLACE,
    CheckCode.STRENGTHS_ELSEWHERE,
    CheckCode.SCHEDULE_UNKNOWN,
    CheckCode.TRAVEL_UNKNOWN,
    CheckCode.LANGUAGE_UNKNOWN,
    CheckCode.GUIDE_UNKNOWN,
    CheckCode.TASKS_UNKNOWN,
    CheckCode.NOT_CONFIRMED_LATELY,
    CheckCode.START_UNKNOWN,
    CheckCode.TRIAL_LENGTH_ASK,
    CheckCode.VOUCHER_ASK,
    CheckCode.VOUCHER_DAYS_ASK,
    CheckCode.AGE_UNKNOWN,
    CheckCode.LITTLE_NEW_TO_LEARN,
    CheckCode.EMPLOYER_SLOW,
)
"""What is told first: a step to take, then the law, then a thing to arrange, then what is not known."""


def honest_checks(
    person: PersonFacts,
    offer: OfferFacts,
    results: Iterable[CheckResult],
    parts: Sequence[Contribution],
    today: date,
) -> tuple[Reason, ...]:
    """Return up to three checks, most important first.

    Parameters
    ----------
    person, offer
        The pair.
    results
        What the hard rules found besides a plain yes.
    parts
        Contributions of the pair.
    today
        Day of the list.
    """
    found: dict[str, Reason] = {}
    for reason in (
        *_from_rules(results),
        *_from_offer(person, offer, today),
        *_from_missing(person, offer, parts),
        *_from_hindrances(person, offer, parts),
    ):
        found.setdefault(reason.code, reason)
    order = {code.value: place for place, code in enumerate(PRIORITY)}
    ranked = sorted(found.values(), key=lambda reason: (order.get(reason.code, len(order)), reason.code))
    return tuple(ranked[:MOST_CHECKS])


def _from_rules(results: Iterable[CheckResult]) -> list[Reason]:
    return [
        Reason(result.code, -1 if result.verdict == Verdict.NO else 0, 0.0, result.slots, result.rule_id)
        for result in results
    ]


def _from_offer(person: PersonFacts, offer: OfferFacts, today: date) -> list[Reason]:
    told: list[tuple[CheckCode, dict[str, SlotValue]]] = []
    for card, when in sorted(offer.offer.cards_needed.items()):
        if when == "by_month_3" and card not in (person.person.cards_held or ()):
            hygiene = card == "hygiene"
            code = CheckCode.HYGIENE_PASS_BY_MONTH_3 if hygiene else CheckCode.CARD_NEEDED_BY_MONTH_3
            told.append((code, {} if hygiene else {"card": card}))
    if offer.offer.record_check:
        told.append((CheckCode.RECORD_CHECK_NEEDED, {}))
    confirmed = offer.offer.confirmed_on
    days = None if confirmed is None else (today - confirmed).days
    if days is None or days > LATELY_DAYS:
        told.append((CheckCode.NOT_CONFIRMED_LATELY, {"days": days}))
    if person.strengths_known < FEW_STRENGTHS:
        told.append((CheckCode.FEW_STRENGTHS_KNOWN, {"known": person.strengths_known}))
    reasons = [Reason(code, 0, 0.0, slots, "offer") for code, slots in told]
    gaps = (_hours_gap(person, offer), _guide_gap(person, offer))
    return reasons + [Reason(gap[0], -1, 0.0, gap[1], "offer") for gap in gaps if gap is not None]


def _from_missing(person: PersonFacts, offer: OfferFacts, parts: Sequence[Contribution]) -> list[Reason]:
    return [
        Reason(fact[0], 0, 0.0, fact[1], part.feature)
        for part in parts
        if part.missing and (fact := _missing_fact(part.feature, person, offer)) is not None
    ]


def _missing_fact(
    feature: str, person: PersonFacts, offer: OfferFacts
) -> tuple[CheckCode, dict[str, SlotValue]] | None:
    match feature:
        case "strength_fit" if not offer.asked:
            return CheckCode.TASKS_UNKNOWN, {}
        case "schedule_fit" if not offer.offer.day_parts:
            return CheckCode.SCHEDULE_UNKNOWN, {"who": "offer", "day_parts": ()}
        case "schedule_fit":
            return CheckCode.SCHEDULE_UNKNOWN, {"who": "person", "day_parts": _values(offer)}
        case "way_there":
            return CheckCode.TRAVEL_UNKNOWN, {"who": "person" if person.person.travel_from is None else "offer"}
        case "language_margin" if not offer.offer.working_languages:
            return CheckCode.LANGUAGE_UNKNOWN, {"languages": (), "who": "offer"}
        case "language_margin":
            languages = tuple(sorted(offer.offer.working_languages))
            return CheckCode.LANGUAGE_UNKNOWN, {"languages": languages, "who": "person"}
        case "guide_support":
            return CheckCode.GUIDE_UNKNOWN, {"wished": person.wishes_guide}
    return None


def _from_hindrances(person: PersonFacts, offer: OfferFacts, parts: Sequence[Contribution]) -> list[Reason]:
    told = []
    for part in parts:
        if part.missing or part.log_points > -NOTABLE_POINTS:
            continue
        fact = _hindrance(part.feature, person, offer)
        if fact is not None:
            told.append(Reason(fact[0], -1, -part.log_points, fact[1], part.feature))
    return told


def _hindrance(feature: str, person: PersonFacts, offer: OfferFacts) -> tuple[CheckCode, dict[str, SlotValue]] | None:
    match feature:
        case "strength_fit":
            absent = tuple(sorted(card for card in offer.asked if person.credit.get(card, 0.0) < 0.5))
            family = offer.family.id if offer.family else None
            return (CheckCode.STRENGTHS_ELSEWHERE, {"cards": absent, "family": family}) if absent else None
        case "environment_fit":
            cards = tuple(sorted(card for card in person.suits if offer.place.get(card) is False))
            return (CheckCode.NOT_WISHED_PLACE, {"cards": cards}) if cards else None
        case "way_there":
            return _way_fact(person, offer)
        case "learning_value":
            cards = tuple(sorted(person.learning))
            met = any(card in person.learning for card in offer.asked)
            return None if met else (CheckCode.LITTLE_NEW_TO_LEARN, {"cards": cards})
        case "employer_openness" if (offer.offer.employer_openness or 0.0) < 0.4:
            return CheckCode.EMPLOYER_SLOW, {}
    return None


def _guide_gap(person: PersonFacts, offer: OfferFacts) -> tuple[CheckCode, dict[str, SlotValue]] | None:
    little = offer.offer.guide_time in {GuideTime.NONE, GuideTime.START}
    if not little or not person.wishes_guide:
        return None
    return CheckCode.GUIDE_LITTLE, {"guide_time": str(offer.offer.guide_time)}


def _hours_gap(person: PersonFacts, offer: OfferFacts) -> tuple[CheckCode, dict[str, SlotValue]] | None:
    hours = offer.offer.hours_per_week
    least, most = person.person.hours_per_week_min, person.person.hours_per_week_max
    if hours is not None and most is not None and hours > most:
        return CheckCode.HOURS_OVER_WISH, {"hours": hours, "wished": most}
    if hours is not None and least is not None and hours < least:
        return CheckCode.HOURS_UNDER_WISH, {"hours": hours, "wished": least}
    return None


def _way_fact(person: PersonFacts, offer: OfferFacts) -> tuple[CheckCode, dict[str, SlotValue]] | None:
    way, limit = estimate_way(person.person, offer.offer), person.person.travel_minutes_max
    if way is None or limit is None or not 0.7 * limit <= way.minutes <= limit * (1 + TRAVEL_MARGIN):
        return None
    if person.person.protected_contact:
        return CheckCode.TRAVEL_NEAR_LIMIT, {}
    return CheckCode.TRAVEL_NEAR_LIMIT, {"minutes": way.minutes, "limit": limit, "mode": way.mode.value}


def _values(offer: OfferFacts) -> tuple[str, ...]:
    return tuple(sorted(part.value for part in offer.offer.day_parts))
