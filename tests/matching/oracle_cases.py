"""Cases at every boundary for the rules written twice: ages, days, hours, levels and answers."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

from matching import CardAnswer, DayPart, LanguageLevel, Offer, OfferKind, Person, RuleId
from tests.matching import rule_oracle as oracle

TODAY = date(2026, 11, 25)
KINDS = [kind.value for kind in OfferKind]
BIRTHDAYS = [None, *(day for age in (14, 15, 16, 18, 30) for day in oracle.around(date(2026 - age, 11, 25)))]
LEAP = [date(2008, 2, 29), date(2012, 2, 29)]
STARTS = [None, TODAY, date(2026, 12, 31), date(2027, 1, 1), date(2027, 2, 28), date(2027, 3, 1)]
HOURS = [None, 3.9, 4, 6.9, 7, 7.1, 8, 8.1, 12]
WEEKS = [None, 34.9, 35, 35.1, 40, 40.1]
PARTS: list[set[str]] = [set(), {"day"}, {"evening"}, {"night"}, {"night", "day"}, {"evening", "night"}]
Case = tuple[dict[str, Any], dict[str, Any], RuleId, str]


def all_cases() -> Iterator[Case]:
    """Yield what differs of the person and of the offer, the rule, and its answer."""
    yield from _ages()
    yield from _requirements()
    yield from _practice()
    yield from _instruments()


def _ages() -> Iterator[Case]:
    for born, starts, free in product([*BIRTHDAYS, *LEAP], STARTS, [None, date(2027, 2, 28)]):
        day = oracle.first_day(TODAY, starts, free)
        person = {"birth_date": born, "available_from": free}
        yield person, {"starts_from": starts}, RuleId.SERVICE_AGE, oracle.service_age(born, TODAY)
        for kind in KINDS:
            offer = {"starts_from": starts, "kind": OfferKind(kind)}
            yield person, offer, RuleId.HIRING_AGE, oracle.hiring_age(kind, born, day)
        for parts in PARTS:
            offer = {"starts_from": starts, "day_parts": frozenset(map(DayPart, parts))}
            yield person, offer, RuleId.YOUNG_WORKER_HOURS, oracle.night(parts, born, day)
        for per_day, per_week in product(HOURS, WEEKS):
            offer = {"starts_from": starts, "hours_per_day": per_day, "hours_per_week": per_week}
            yield person, offer, RuleId.YOUNG_WORKER_WEEK, oracle.young_hours(per_day, per_week, born, day)
        for stated in (True, False):
            offer = {"starts_from": starts, "hazards": stated}
            yield person, offer, RuleId.YOUNG_WORKER_HAZARDS, oracle.hazards(stated, born, day)
        for least in (None, 15, 16, 18):
            offer = {"starts_from": starts, "minimum_age": least}
            yield person, offer, RuleId.OFFER_AGE, oracle.offer_age(least, born, day)


def _requirements() -> Iterator[Case]:
    for needed, held in product([None, "at_start", "by_month_3"], [None, set(), {"hygiene"}, {"safety"}]):
        person = {"cards_held": None if held is None else frozenset(held)}
        cards = {"hygiene": needed} if needed else {}
        yield person, {"cards_needed": cards}, RuleId.CARDS_AT_START, oracle.card(needed, held)
    for kind, minimum, level in product(KINDS, [None, *oracle.LEVELS], [None, *oracle.LEVELS]):
        person = {"languages": {"fi": LanguageLevel(level)} if level else {}}
        offer = {
            "kind": OfferKind(kind),
            "working_languages": {"fi": LanguageLevel(minimum)} if minimum else {},
        }
        yield person, offer, RuleId.LANGUAGE_MINIMUM, oracle.language(kind, minimum, level)


def _practice() -> Iterator[Case]:
    ends = [None, *oracle.around(TODAY)]
    for starts, until, free in product([None, TODAY], ends, [None, *oracle.around(TODAY)]):
        if starts and until and until < starts:
            continue
        offer = {"starts_from": starts, "starts_until": until}
        yield {"available_from": free}, offer, RuleId.DATES, oracle.dates(TODAY, starts, until, free)
    answers = [None, True, False]
    for parts, day, evening, at_night in product(PARTS, answers, answers, answers):
        possible = {
            name: so for name, so in (("day", day), ("evening", evening), ("night", at_night)) if so is not None
        }
        person = {"day_parts": {DayPart(name): so for name, so in possible.items()}}
        offer = {"day_parts": frozenset(map(DayPart, parts))}
        yield person, offer, RuleId.DAY_PARTS, oracle.times(parts, possible)
    for answer, so_here in product([None, "suits", "does_not_matter", "cannot"], [None, True, False]):
        person = {"cards": {"ENV05": CardAnswer(answer)} if answer else {}}
        offer = {"environment": {} if so_here is None else {"ENV05": so_here}}
        yield person, offer, RuleId.CANNOT_MARKS, oracle.mark(answer, so_here)
    for in_talks, cap in product(range(4), [None, 1, 2, 3]):
        offer = {"people_in_talks": in_talks, "talks_cap": cap}
        yield {}, offer, RuleId.CAPACITY, oracle.capacity(in_talks, cap)
    for sees, shown in product([None, {"open"}, {"open", "selected"}], ["inside", "selected", "open"]):
        wanted = "yes" if sees is None or shown in sees else "no"
        person = {"sees": None if sees is None else frozenset(sees)}
        yield person, {"visibility": shown}, RuleId.VISIBILITY, wanted
    for protected in (True, False):
        yield {"protected_contact": protected}, {}, RuleId.PROTECTED_CONTACT, "unknown" if protected else "yes"
    for declined in (True, False):
        person = {"declined_offer_ids": frozenset({"offer"} if declined else {"other"})}
        yield person, {}, RuleId.DECLINED, "no" if declined else "yes"


def _instruments() -> Iterator[Case]:
    for kind, per_day, days in product(KINDS, HOURS, [None, 4, 5, 5.5, 6]):
        offer = {"kind": OfferKind(kind), "hours_per_day": per_day, "days_per_week": days}
        yield {}, offer, RuleId.TRIAL_TIMES, oracle.trial_times(kind, per_day, days)
    for kind, months in product(KINDS, [None, 1, 6, 6.1, 12]):
        offer = {"kind": OfferKind(kind), "months": months}
        yield {}, offer, RuleId.TRIAL_LENGTH, oracle.trial_length(kind, months)
    ends = [None, TODAY, *oracle.around(date(2027, 6, 30))]
    births = [None, *(day for age in (18, 30) for day in oracle.around(date(2027 - age, 6, 30)))]
    for wished, born, starts in product([True, False], births, ends):
        offer = {"subsidies": frozenset({"youth_voucher"} if wished else ()), "starts_from": starts}
        day = oracle.first_day(TODAY, starts, None)
        yield {"birth_date": born}, offer, RuleId.VOUCHER, oracle.voucher(wished, born, day)


def person_of(changes: dict[str, Any]) -> Person:
    """A person about whom nothing is known but the changes."""
    return Person(id="person", **changes)


def offer_of(changes: dict[str, Any]) -> Offer:
    """An offer of which nothing is told but the changes; its words belong to no task family."""
    return Offer(**({"id": "offer", "kind": OfferKind.OPEN_JOB, "title": "???"} | changes))
