"""Hard rules that come from age: the service itself, hiring, night, hazards, hours and the offer's own limit.

Ages are those on the first day of work, except for the service, which is used today.
Sources stand beside each rule in the rule table of the service.
"""

from datetime import date

from matching.codes import CheckCode, RuleId
from matching.facts import OfferFacts, PersonFacts
from matching.results import CheckResult, SlotValue, Verdict
from matching.types import DayPart, OfferKind

SERVICE_AGE_LIMIT = 30
HIRING_AGE = 15
LIGHT_WORK_AGE = 14
HAZARD_AGE = 16
ADULT_AGE = 18
YOUNG_HOURS = {"day": 8.0, "week": 40.0}
YOUNGEST_HOURS = {"day": 7.0, "week": 35.0}


def start_day(person: PersonFacts, offer: OfferFacts, today: date) -> date:
    """Return the first possible day of work, never before today."""
    return max(today, offer.offer.starts_from or today, person.person.available_from or today)


def check_service_age(person: PersonFacts, _offer: OfferFacts, today: date) -> CheckResult | None:
    """Ohjaamo serves people under 30."""
    age = person.person.age_on(today)
    if age is None:
        return _unknown_age(RuleId.SERVICE_AGE, SERVICE_AGE_LIMIT)
    if age >= SERVICE_AGE_LIMIT:
        return _no(RuleId.SERVICE_AGE, CheckCode.OVER_SERVICE_AGE, age=age, limit=SERVICE_AGE_LIMIT)
    return None


def check_hiring_age(person: PersonFacts, offer: OfferFacts, today: date) -> CheckResult | None:
    """Work may begin at 15; at 14 light work may be possible, also in the year one turns 14. A visit is not work."""
    if offer.offer.kind == OfferKind.VISIT:
        return None
    day = start_day(person, offer, today)
    age = person.person.age_on(day)
    if age is None:
        return _unknown_age(RuleId.HIRING_AGE, HIRING_AGE)
    if age >= HIRING_AGE:
        return None
    born = person.person.birth_date
    if born is not None and day.year - born.year >= LIGHT_WORK_AGE:
        return _unknown(RuleId.HIRING_AGE, CheckCode.LIGHT_WORK_ASK, age=age)
    return _no(RuleId.HIRING_AGE, CheckCode.UNDER_HIRING_AGE, age=age, limit=HIRING_AGE)


def check_night(person: PersonFacts, offer: OfferFacts, today: date) -> CheckResult | None:
    """No work between 22 and 06 under 18, and none after 20 under 15."""
    parts = offer.offer.day_parts
    age = person.person.age_on(start_day(person, offer, today))
    if DayPart.NIGHT in parts:
        if age is None:
            return _unknown_age(RuleId.YOUNG_WORKER_HOURS, ADULT_AGE)
        if age < ADULT_AGE:
            return CheckResult(
                RuleId.YOUNG_WORKER_HOURS,
                Verdict.NO,
                CheckCode.NIGHT_NOT_ALLOWED,
                {"age": age, "day_parts": (DayPart.NIGHT.value,)},
                actionable=parts != {DayPart.NIGHT},
            )
    if age is not None and age < HIRING_AGE and DayPart.EVENING in parts:
        return _unknown(RuleId.YOUNG_WORKER_HOURS, CheckCode.EVENING_END_BY_20, age=age)
    return None


def check_hazards(person: PersonFacts, offer: OfferFacts, today: date) -> CheckResult | None:
    """Hazardous work never under 16; at 16–17 with care and after asking."""
    stated = offer.offer.hazards
    likely = offer.family is not None and "haz" in offer.family.watch
    if not stated and not likely:
        return None
    age = person.person.age_on(start_day(person, offer, today))
    if age is None:
        return _unknown_age(RuleId.YOUNG_WORKER_HAZARDS, ADULT_AGE) if stated else None
    if age >= ADULT_AGE:
        return None
    if stated and age < HAZARD_AGE:
        return _no(RuleId.YOUNG_WORKER_HAZARDS, CheckCode.HAZARDS_NOT_ALLOWED, age=age)
    return _unknown(RuleId.YOUNG_WORKER_HAZARDS, CheckCode.HAZARDS_ASK, age=age)


def check_young_hours(person: PersonFacts, offer: OfferFacts, today: date) -> CheckResult | None:
    """Regular hours of the young: 8 a day and 40 a week under 18, 7 and 35 under 15. The employer may be asked."""
    age = person.person.age_on(start_day(person, offer, today))
    if age is None or age >= ADULT_AGE:
        return None
    limits = YOUNG_HOURS if age >= HIRING_AGE else YOUNGEST_HOURS
    for per, hours in (("day", offer.offer.hours_per_day), ("week", offer.offer.hours_per_week)):
        if hours is not None and hours > limits[per]:
            slots: dict[str, SlotValue] = {"hours": hours, "limit": limits[per], "per": per}
            code = CheckCode.HOURS_OVER_YOUNG_LIMIT
            return CheckResult(RuleId.YOUNG_WORKER_WEEK, Verdict.NO, code, slots, actionable=True)
    return None


def check_offer_age(person: PersonFacts, offer: OfferFacts, today: date) -> CheckResult | None:
    """The lowest age which the task itself has; tasks usually done by adults are asked about."""
    limit = offer.offer.minimum_age
    adult_tasks = limit is None and offer.family is not None and "18" in offer.family.watch
    if limit is None and not adult_tasks:
        return None
    age = person.person.age_on(start_day(person, offer, today))
    if age is None:
        return _unknown_age(RuleId.OFFER_AGE, limit or ADULT_AGE)
    if limit is not None and age < limit:
        return _no(RuleId.OFFER_AGE, CheckCode.UNDER_OFFER_AGE, age=age, limit=limit)
    if adult_tasks and age < ADULT_AGE:
        return _unknown(RuleId.OFFER_AGE, CheckCode.ADULT_TASKS_ASK, age=age)
    return None


def _no(rule: RuleId, code: CheckCode, **slots: int) -> CheckResult:
    return CheckResult(rule, Verdict.NO, code, slots)


def _unknown(rule: RuleId, code: CheckCode, **slots: int) -> CheckResult:
    return CheckResult(rule, Verdict.UNKNOWN, code, slots)


def _unknown_age(rule: RuleId, limit: int) -> CheckResult:
    return _unknown(rule, CheckCode.AGE_UNKNOWN, limit=limit)
