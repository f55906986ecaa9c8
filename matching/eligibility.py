"""Hard rules: what the law, the task or the young person's own "cannot" leaves out, and what is not known.

Three answers are possible. A `no` sets an offer aside and is kept with its rule; an `unknown` never hides anything.
Skills are never a hard rule.
"""

from collections.abc import Callable, Mapping
from datetime import date

from matching.codes import CheckCode, RuleId
from matching.facts import OfferFacts, PersonFacts, read_offer, read_person
from matching.index import OfferIndex
from matching.instruments import check_trial_length, check_trial_times, check_voucher
from matching.results import CheckResult, Slots, SlotValue, Verdict
from matching.travel import estimate_way
from matching.types import DayPart, Offer, Person
from matching.young_workers import (
    check_hazards,
    check_hiring_age,
    check_night,
    check_offer_age,
    check_service_age,
    check_young_hours,
)

RULES_VERSION = "2026.2"
TRAVEL_MARGIN = 0.15
"""The estimated time may be this share off: only clearly over the limit is a no."""
WORTH_ASKING = 1.5
"""Up to this many times the limit a longer way is worth asking about."""
LICENCES_INCLUDED: Mapping[str, frozenset[str]] = {
    "A1": frozenset({"AM"}),
    "A2": frozenset({"A1", "AM"}),
    "A": frozenset({"A2", "A1", "AM"}),
    "T": frozenset({"AM"}),
    "B": frozenset({"AM", "T"}),
    "BE": frozenset({"B", "AM", "T"}),
    "C1": frozenset({"B", "AM", "T"}),
    "C": frozenset({"C1", "B", "AM", "T"}),
    "CE": frozenset({"C", "C1", "B", "BE", "AM", "T"}),
    "D": frozenset({"B", "AM", "T"}),
}
Rule = Callable[[PersonFacts, OfferFacts, date], CheckResult | None]


def check_eligibility(
    person: Person, offer: Offer, *, today: date, index: OfferIndex | None = None
) -> tuple[CheckResult, ...]:
    """Return the answer of every hard rule in a fixed order.

    Parameters
    ----------
    person, offer
        Whom and what.
    today
        Day on which the question is asked.
    index
        Offers read in advance; with it the task family of an offer without one is guessed from its title, as in
        `rank`, and its usual hazards are asked about.

    Returns
    -------
    tuple of CheckResult
        One per rule; a `yes` has an empty code.
    """
    facts = read_person(person, {})
    offer_facts = (None if index is None else index.facts(offer)) or read_offer(offer, ())
    return tuple(
        rule(facts, offer_facts, today) or CheckResult(rule_id, Verdict.YES) for rule_id, rule in RULES.items()
    )


def findings(person: PersonFacts, offer: OfferFacts, today: date) -> list[CheckResult]:
    """Return only what is not a plain yes, in the order of the rules."""
    return [result for rule in RULES.values() if (result := rule(person, offer, today)) is not None]


def check_licence(person: PersonFacts, offer: OfferFacts, _today: date) -> CheckResult | None:
    """A driving licence the task needs."""
    needed, held = offer.offer.licence_needed, person.person.licence_classes
    if needed is None:
        return None
    if held is None:
        return _unknown(RuleId.LICENCE, CheckCode.LICENCE_UNKNOWN, {"licence": needed})
    if any(needed == one or needed in LICENCES_INCLUDED.get(one, ()) for one in held):
        return None
    return _no(RuleId.LICENCE, CheckCode.LICENCE_NEEDED, {"licence": needed})


def check_cards_at_start(person: PersonFacts, offer: OfferFacts, _today: date) -> CheckResult | None:
    """Work cards the task needs on the first day."""
    needed = {card for card, when in offer.offer.cards_needed.items() if when == "at_start"}
    held = person.person.cards_held
    missing = tuple(sorted(needed - (held or frozenset())))
    if not missing:
        return None
    result = _unknown if held is None else _no
    return result(RuleId.CARDS_AT_START, CheckCode.CARD_NEEDED_AT_START, {"cards": missing})


def check_language(person: PersonFacts, offer: OfferFacts, _today: date) -> CheckResult | None:
    """A minimum level the workplace states; one of its languages is enough. Places to try may only ask."""
    stated = offer.offer.working_languages
    known = person.person.languages
    if not stated or any(minimum is None for minimum in stated.values()):
        return None
    if any(lang in known and known[lang].step >= minimum.step for lang, minimum in stated.items() if minimum):
        return None
    not_known = tuple(sorted(language for language in stated if language not in known))
    if not_known:
        return _unknown(RuleId.LANGUAGE_MINIMUM, CheckCode.LANGUAGE_UNKNOWN, {"languages": not_known, "who": "person"})
    nearest = max(stated, key=lambda lang: (known[lang].step - (stated[lang] or known[lang]).step, lang))
    minimum = stated[nearest]
    slots: dict[str, SlotValue] = {
        "language": nearest,
        "level": known[nearest].value,
        "minimum": minimum.value if minimum else None,
    }
    result = _unknown if offer.offer.kind.is_exploration else _no
    return result(RuleId.LANGUAGE_MINIMUM, CheckCode.LANGUAGE_BELOW_MINIMUM, slots)


def check_dates(person: PersonFacts, offer: OfferFacts, today: date) -> CheckResult | None:
    """The start window must not have passed, and the person must be free in time."""
    until, free = offer.offer.starts_until, person.person.available_from
    if until is not None and until < today:
        slots: dict[str, SlotValue] = {"starts_until": until.isoformat()}
        return _no(RuleId.DATES, CheckCode.START_WINDOW_PASSED, slots, actionable=False)
    if until is not None and free is not None and free > until:
        slots = {"starts_until": until.isoformat(), "available_from": free.isoformat()}
        return _no(RuleId.DATES, CheckCode.START_TOO_EARLY, slots)
    if until is None and offer.offer.starts_from is None:
        return _unknown(RuleId.DATES, CheckCode.START_UNKNOWN, {"who": "offer"})
    return None


def check_day_parts(person: PersonFacts, offer: OfferFacts, _today: date) -> CheckResult | None:
    """Parts of the day the person marked not possible; other hours can be asked for."""
    offered = offer.offer.day_parts
    impossible = {part for part, possible in person.day_parts.items() if not possible}
    if not offered:
        if not impossible:
            return None
        return _unknown(RuleId.DAY_PARTS, CheckCode.SCHEDULE_UNKNOWN, {"who": "offer", "day_parts": _codes(impossible)})
    if offered & impossible:
        return _no(RuleId.DAY_PARTS, CheckCode.DAY_PARTS_NOT_POSSIBLE, {"day_parts": _codes(offered & impossible)})
    not_asked = {part for part in offered if part not in person.day_parts}
    if not_asked:
        return _unknown(RuleId.DAY_PARTS, CheckCode.SCHEDULE_UNKNOWN, {"who": "person", "day_parts": _codes(not_asked)})
    return None


def check_travel(person: PersonFacts, offer: OfferFacts, _today: date) -> CheckResult | None:
    """The longest way the person is ready to travel, compared with an estimate."""
    limit = person.person.travel_minutes_max
    if limit is None or offer.offer.remote:
        return None
    way = estimate_way(person.person, offer.offer)
    if way is None:
        who = "person" if person.person.travel_from is None else "offer"
        return _unknown(RuleId.TRAVEL_LIMIT, CheckCode.TRAVEL_UNKNOWN, {"who": who})
    if way.minutes <= limit * (1 - TRAVEL_MARGIN):
        return None
    slots: dict[str, SlotValue] = {"minutes": way.minutes, "limit": limit, "mode": way.mode.value}
    if person.person.protected_contact:
        slots = {}
    if way.minutes > limit * (1 + TRAVEL_MARGIN):
        reachable = way.minutes <= limit * WORTH_ASKING
        return _no(RuleId.TRAVEL_LIMIT, CheckCode.TRAVEL_OVER_LIMIT, slots, actionable=reachable)
    return _unknown(RuleId.TRAVEL_LIMIT, CheckCode.TRAVEL_NEAR_LIMIT, slots)


def check_cannot_marks(person: PersonFacts, offer: OfferFacts, _today: date) -> CheckResult | None:
    """Things about the place the person marked "cannot". Nobody asks why, and nobody is asked to change it."""
    present = tuple(sorted(card for card in person.cannot if offer.place.get(card)))
    if present:
        return _no(RuleId.CANNOT_MARKS, CheckCode.PLACE_MARK_CANNOT, {"cards": present}, actionable=False)
    silent = tuple(sorted(card for card in person.cannot if card not in offer.place))
    if silent:
        return _unknown(RuleId.CANNOT_MARKS, CheckCode.PLACE_MARK_UNKNOWN, {"cards": silent})
    return None


def check_capacity(_person: PersonFacts, offer: OfferFacts, _today: date) -> CheckResult | None:
    """No more young people in talks than agreed with the employer."""
    cap, in_talks = offer.offer.talks_cap, offer.offer.people_in_talks
    if cap is None or in_talks < cap:
        return None
    return _no(RuleId.CAPACITY, CheckCode.TALKS_FULL, {"in_talks": in_talks, "cap": cap}, actionable=False)


def check_declined(person: PersonFacts, offer: OfferFacts, _today: date) -> CheckResult | None:
    """A no of the young person stands."""
    if offer.offer.id in person.person.declined_offer_ids:
        return _no(RuleId.DECLINED, CheckCode.DECLINED_BEFORE, {}, actionable=False)
    return None


def check_visibility(person: PersonFacts, offer: OfferFacts, _today: date) -> CheckResult | None:
    """Whether a young person who looks by themself may see the offer; a worker sees every one."""
    sees = person.person.sees
    if sees is None or offer.offer.visibility in sees:
        return None
    return _no(RuleId.VISIBILITY, CheckCode.NOT_SHOWN, {}, actionable=False)


def check_protected_contact(person: PersonFacts, _offer: OfferFacts, _today: date) -> CheckResult | None:
    """With protected contact, how the employer may be in touch is agreed before anything is told."""
    if not person.person.protected_contact:
        return None
    return _unknown(RuleId.PROTECTED_CONTACT, CheckCode.PROTECTED_CONTACT_ASK, {})


RULES: Mapping[RuleId, Rule] = {
    RuleId.SERVICE_AGE: check_service_age,
    RuleId.HIRING_AGE: check_hiring_age,
    RuleId.YOUNG_WORKER_HOURS: check_night,
    RuleId.YOUNG_WORKER_HAZARDS: check_hazards,
    RuleId.YOUNG_WORKER_WEEK: check_young_hours,
    RuleId.OFFER_AGE: check_offer_age,
    RuleId.LICENCE: check_licence,
    RuleId.CARDS_AT_START: check_cards_at_start,
    RuleId.LANGUAGE_MINIMUM: check_language,
    RuleId.DATES: check_dates,
    RuleId.DAY_PARTS: check_day_parts,
    RuleId.TRAVEL_LIMIT: check_travel,
    RuleId.CANNOT_MARKS: check_cannot_marks,
    RuleId.CAPACITY: check_capacity,
    RuleId.DECLINED: check_declined,
    RuleId.VISIBILITY: check_visibility,
    RuleId.PROTECTED_CONTACT: check_protected_contact,
    RuleId.TRIAL_TIMES: check_trial_times,
    RuleId.TRIAL_LENGTH: check_trial_length,
    RuleId.VOUCHER: check_voucher,
}
"""Every rule in the order in which results are told."""


def _no(rule: RuleId, code: CheckCode, slots: Slots, *, actionable: bool = True) -> CheckResult:
    return CheckResult(rule, Verdict.NO, code, slots, actionable)


def _unknown(rule: RuleId, code: CheckCode, slots: Slots) -> CheckResult:
    return CheckResult(rule, Verdict.UNKNOWN, code, slots)


def _codes(parts: set[DayPart] | frozenset[DayPart]) -> tuple[str, ...]:
    return tuple(part.value for part in DayPart if part in parts)
