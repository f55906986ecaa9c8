"""Every hard rule at its boundary: yes, no and unknown, and whether a no can be acted on."""

from datetime import date, timedelta
from typing import Any

import pytest

from matching import (
    CardAnswer,
    CheckCode,
    CheckResult,
    DayPart,
    LanguageLevel,
    OfferIndex,
    OfferKind,
    RuleId,
    TravelMode,
    Verdict,
    check_eligibility,
)
from matching.eligibility import RULES
from matching.travel import estimate_way
from tests.matching.examples import NOKIA, OULU, TODAY, make_offer, make_person

START = date(2026, 12, 7)


def born_on_start(age: int, days: int = 0) -> date:
    """Birth date of somebody who is `age` on the first day of work, `days` later when above zero."""
    return START.replace(year=START.year - age) + timedelta(days=days)


def result(rule: RuleId, person: dict[str, Any] | None = None, offer: dict[str, Any] | None = None) -> CheckResult:
    results = check_eligibility(make_person(**(person or {})), make_offer(**(offer or {})), today=TODAY)
    return next(one for one in results if one.rule_id == rule)


def verdict(rule: RuleId, person: dict[str, Any] | None = None, offer: dict[str, Any] | None = None) -> str:
    return str(result(rule, person, offer).verdict)


def test_every_rule_answers_once_in_a_fixed_order_and_has_an_id() -> None:
    results = check_eligibility(make_person(), make_offer(), today=TODAY)

    assert [one.rule_id for one in results] == list(RULES) == list(RuleId)
    assert {one.verdict for one in results} == {Verdict.YES}
    assert {one.code for one in results} == {""}


def test_codes_are_given_for_everything_but_a_yes() -> None:
    for one in check_eligibility(make_person(birth_date=None), make_offer(talks_cap=0), today=TODAY):
        assert (one.code == "") == (one.verdict == Verdict.YES)
        assert one.code == "" or one.code in set(CheckCode)


@pytest.mark.parametrize(("days", "wanted"), [(1, "yes"), (0, "no")])
def test_the_service_is_for_people_under_30(days: int, wanted: str) -> None:
    born = TODAY.replace(year=TODAY.year - 30) + timedelta(days=days)

    assert verdict(RuleId.SERVICE_AGE, {"birth_date": born}) == wanted


def test_an_unknown_age_hides_nothing() -> None:
    results = check_eligibility(make_person(birth_date=None), make_offer(hazards=True, minimum_age=18), today=TODAY)

    assert not [one for one in results if one.verdict == Verdict.NO]
    assert [one.rule_id for one in results if one.code == CheckCode.AGE_UNKNOWN] == [
        "OH-02",
        "YW-01",
        "YW-16",
        "offer-age",
    ]


@pytest.mark.parametrize(
    ("born", "wanted"),
    [
        (born_on_start(15), "yes"),
        (born_on_start(15, days=1), "unknown"),
        (date(2012, 12, 31), "unknown"),
        (date(2013, 1, 1), "no"),
    ],
)
def test_work_begins_at_15_and_light_work_in_the_year_of_14(born: date, wanted: str) -> None:
    assert verdict(RuleId.HIRING_AGE, {"birth_date": born}) == wanted


def test_age_is_that_of_the_first_day_and_not_of_today() -> None:
    person = {"birth_date": born_on_start(18)}

    assert verdict(RuleId.OFFER_AGE, person, {"minimum_age": 18}) == "yes"
    assert verdict(RuleId.OFFER_AGE, person, {"minimum_age": 18, "starts_from": TODAY}) == "no"


def test_a_visit_is_not_work() -> None:
    assert verdict(RuleId.HIRING_AGE, {"birth_date": date(2014, 1, 1)}, {"kind": OfferKind.VISIT}) == "yes"


@pytest.mark.parametrize(("days", "wanted"), [(0, "yes"), (1, "no")])
def test_nobody_under_18_works_at_night(days: int, wanted: str) -> None:
    night = {"day_parts": frozenset({DayPart.NIGHT})}

    assert verdict(RuleId.YOUNG_WORKER_HOURS, {"birth_date": born_on_start(18, days)}, night) == wanted


def test_a_night_among_other_hours_can_be_asked_away() -> None:
    both = {"day_parts": frozenset({DayPart.NIGHT, DayPart.MORNING})}
    person = {"birth_date": born_on_start(17)}

    assert result(RuleId.YOUNG_WORKER_HOURS, person, both).actionable
    assert not result(RuleId.YOUNG_WORKER_HOURS, person, {"day_parts": frozenset({DayPart.NIGHT})}).actionable
    assert verdict(RuleId.YOUNG_WORKER_HOURS, {"birth_date": None}, both) == "unknown"


def test_evenings_end_early_under_15() -> None:
    evening = {"day_parts": frozenset({DayPart.EVENING})}

    assert verdict(RuleId.YOUNG_WORKER_HOURS, {"birth_date": born_on_start(14)}, evening) == "unknown"
    assert verdict(RuleId.YOUNG_WORKER_HOURS, {"birth_date": born_on_start(15)}, evening) == "yes"


@pytest.mark.parametrize(
    ("age", "days", "wanted"), [(18, 0, "yes"), (18, 1, "unknown"), (16, 0, "unknown"), (16, 1, "no")]
)
def test_hazards_are_never_for_under_16_and_asked_about_under_18(age: int, days: int, wanted: str) -> None:
    assert verdict(RuleId.YOUNG_WORKER_HAZARDS, {"birth_date": born_on_start(age, days)}, {"hazards": True}) == wanted


def test_a_family_with_usual_hazards_is_asked_about_and_never_hidden() -> None:
    warehouse = {"task_family": "T37"}

    assert verdict(RuleId.YOUNG_WORKER_HAZARDS, {"birth_date": born_on_start(15)}, warehouse) == "unknown"
    assert verdict(RuleId.YOUNG_WORKER_HAZARDS, {"birth_date": born_on_start(18)}, warehouse) == "yes"
    assert verdict(RuleId.YOUNG_WORKER_HAZARDS, {"birth_date": None}, warehouse) == "yes"


@pytest.mark.parametrize(
    ("age", "offer", "wanted"),
    [
        (17, {"hours_per_week": 40}, "yes"),
        (17, {"hours_per_week": 40.5}, "no"),
        (17, {"hours_per_day": 8.25}, "no"),
        (14, {"hours_per_week": 35.5}, "no"),
        (18, {"hours_per_week": 48, "hours_per_day": 10}, "yes"),
    ],
)
def test_the_young_have_shorter_hours(age: int, offer: dict[str, Any], wanted: str) -> None:
    found = result(RuleId.YOUNG_WORKER_WEEK, {"birth_date": born_on_start(age)}, offer)

    assert found.verdict == wanted
    assert found.actionable == (wanted == "no")


def test_the_family_of_an_offer_without_one_is_guessed_with_an_index() -> None:
    person, offer = make_person(birth_date=born_on_start(16)), make_offer(title="Varastotyöntekijä", task_family=None)

    with_index = check_eligibility(person, offer, today=TODAY, index=OfferIndex.build([offer]))

    assert [one.code for one in with_index if one.code] == [CheckCode.HAZARDS_ASK]
    assert not [one.code for one in check_eligibility(person, offer, today=TODAY) if one.code]


def test_the_age_of_the_task_is_a_boundary_and_adult_tasks_are_asked_about() -> None:
    assert verdict(RuleId.OFFER_AGE, {"birth_date": born_on_start(18)}, {"minimum_age": 18}) == "yes"
    assert verdict(RuleId.OFFER_AGE, {"birth_date": born_on_start(18, 1)}, {"minimum_age": 18}) == "no"
    assert verdict(RuleId.OFFER_AGE, {"birth_date": born_on_start(17)}, {"task_family": "T40"}) == "unknown"
    assert verdict(RuleId.OFFER_AGE, {"birth_date": born_on_start(18)}, {"task_family": "T40"}) == "yes"


@pytest.mark.parametrize(
    ("held", "needed", "wanted"),
    [(None, "B", "unknown"), (frozenset(), "B", "no"), ({"AM"}, "B", "no"), ({"B"}, "B", "yes"), ({"B"}, "AM", "yes"),
     ({"CE"}, "B", "yes"), (frozenset(), None, "yes")],
)  # fmt: skip
def test_a_licence_is_asked_for_and_higher_classes_count(held: Any, needed: str | None, wanted: str) -> None:
    found = result(RuleId.LICENCE, {"licence_classes": held}, {"licence_needed": needed})

    assert found.verdict == wanted
    assert found.actionable == (wanted == "no")


@pytest.mark.parametrize(
    ("held", "needed", "wanted"),
    [
        (frozenset(), {"hygiene": "at_start"}, "no"),
        (None, {"hygiene": "at_start"}, "unknown"),
        ({"hygiene"}, {"hygiene": "at_start"}, "yes"),
        (frozenset(), {"hygiene": "by_month_3"}, "yes"),
        ({"safety"}, {"safety": "at_start", "hot_work": "at_start"}, "no"),
    ],
)
def test_only_cards_needed_at_start_set_an_offer_aside(held: Any, needed: Any, wanted: str) -> None:
    assert verdict(RuleId.CARDS_AT_START, {"cards_held": held}, {"cards_needed": needed}) == wanted


def test_the_missing_cards_are_named() -> None:
    needed = {"safety": "at_start", "hot_work": "at_start"}

    found = result(RuleId.CARDS_AT_START, {"cards_held": {"safety"}}, {"cards_needed": needed})

    assert found.slots == {"cards": ("hot_work",)}


B1, A2 = LanguageLevel.B1, LanguageLevel.A2


@pytest.mark.parametrize(
    ("known", "stated", "wanted"),
    [
        ({"fi": A2}, {"fi": A2}, "yes"),
        ({"fi": A2}, {"fi": B1}, "no"),
        ({}, {"fi": B1}, "unknown"),
        ({"fi": A2}, {"fi": None}, "yes"),
        ({"fi": A2}, {}, "yes"),
        ({"fi": A2, "sv": B1}, {"fi": B1, "sv": B1}, "yes"),
        ({"fi": A2}, {"fi": B1, "sv": B1}, "unknown"),
    ],
)
def test_one_working_language_at_the_stated_level_is_enough(known: Any, stated: Any, wanted: str) -> None:
    assert verdict(RuleId.LANGUAGE_MINIMUM, {"languages": known}, {"working_languages": stated}) == wanted


def test_a_place_to_try_never_excludes_by_language() -> None:
    offer = {"kind": OfferKind.WORK_TRIAL, "working_languages": {"fi": LanguageLevel.C1}}

    found = result(RuleId.LANGUAGE_MINIMUM, {"languages": {"fi": A2}}, offer)

    assert (found.verdict, found.code) == ("unknown", CheckCode.LANGUAGE_BELOW_MINIMUM)
    assert found.slots == {"language": "fi", "level": "A2", "minimum": "C1"}


@pytest.mark.parametrize(
    ("person", "offer", "wanted", "actionable"),
    [
        ({}, {"starts_until": TODAY}, "yes", False),
        ({}, {"starts_until": TODAY - timedelta(days=1)}, "no", False),
        ({"available_from": START}, {"starts_until": START}, "yes", False),
        ({"available_from": START + timedelta(days=1)}, {"starts_until": START}, "no", True),
        ({}, {"starts_from": None}, "unknown", False),
        ({"available_from": date(2027, 6, 1)}, {}, "yes", False),
    ],
)
def test_the_start_window_must_be_open(person: Any, offer: Any, wanted: str, actionable: bool) -> None:
    found = result(RuleId.DATES, person, offer)

    assert (found.verdict, found.actionable) == (wanted, actionable)


def test_a_part_of_the_day_marked_not_possible_is_a_no_that_can_be_asked_about() -> None:
    both = {"day_parts": frozenset({DayPart.MORNING, DayPart.EVENING})}
    no_evenings = {"day_parts": {DayPart.MORNING: True, DayPart.EVENING: False}}

    found = result(RuleId.DAY_PARTS, no_evenings, both)

    assert (found.verdict, found.actionable) == ("no", True)
    assert found.slots == {"day_parts": ("evening",)}
    assert verdict(RuleId.DAY_PARTS, no_evenings) == "yes"


def test_a_card_that_says_cannot_counts_like_the_schedule() -> None:
    person = {"cards": {"STY15": CardAnswer.CANNOT}, "day_parts": {}}

    assert verdict(RuleId.DAY_PARTS, person, {"day_parts": frozenset({DayPart.EVENING})}) == "no"


def test_a_cannot_stands_whichever_place_it_was_said_in() -> None:
    evening = {"day_parts": frozenset({DayPart.EVENING})}

    for card, possible in ((CardAnswer.CANNOT, True), (CardAnswer.SUITS, False)):
        person = {"cards": {"STY15": card}, "day_parts": {DayPart.EVENING: possible}}
        assert verdict(RuleId.DAY_PARTS, person, evening) == "no"


def test_unknown_hours_are_asked_about_on_either_side() -> None:
    offer_silent = result(RuleId.DAY_PARTS, {"day_parts": {DayPart.NIGHT: False}}, {"day_parts": frozenset()})
    person_silent = result(RuleId.DAY_PARTS, {"day_parts": {}})

    assert (offer_silent.verdict, offer_silent.slots["who"]) == ("unknown", "offer")
    assert (person_silent.verdict, person_silent.slots["who"]) == ("unknown", "person")
    assert verdict(RuleId.DAY_PARTS, {"day_parts": {}}, {"day_parts": frozenset()}) == "yes"


def test_the_travel_limit_has_a_margin_on_both_sides() -> None:
    way = estimate_way(make_person(), make_offer(municipality=NOKIA))
    assert way is not None
    limits = {share: round(way.minutes / share) for share in (0.8, 1.0, 1.3, 1.7)}

    found = {
        share: result(RuleId.TRAVEL_LIMIT, {"travel_minutes_max": limit}, {"municipality": NOKIA})
        for share, limit in limits.items()
    }

    assert [one.verdict for one in found.values()] == ["yes", "unknown", "no", "no"]
    assert [one.actionable for one in found.values()] == [False, False, True, False]


def test_unknown_places_and_remote_work_never_hide() -> None:
    assert verdict(RuleId.TRAVEL_LIMIT, {}, {"municipality": None}) == "unknown"
    assert verdict(RuleId.TRAVEL_LIMIT, {"travel_from": None}) == "unknown"
    assert verdict(RuleId.TRAVEL_LIMIT, {}, {"municipality": "000"}) == "unknown"
    assert verdict(RuleId.TRAVEL_LIMIT, {}, {"municipality": OULU}) == "no"
    assert verdict(RuleId.TRAVEL_LIMIT, {}, {"municipality": OULU, "remote": True}) == "yes"
    assert verdict(RuleId.TRAVEL_LIMIT, {"travel_minutes_max": None}, {"municipality": OULU}) == "yes"


def test_the_quickest_mode_counts() -> None:
    walking = estimate_way(make_person(travel_modes=frozenset({TravelMode.WALK})), make_offer(municipality=NOKIA))
    either = estimate_way(make_person(travel_modes=frozenset(TravelMode)), make_offer(municipality=NOKIA))

    assert walking is not None
    assert either is not None
    assert either.minutes < walking.minutes
    assert either.mode == TravelMode.CAR


def test_protected_contact_tells_no_distance() -> None:
    for limit in (5, 15):
        found = result(
            RuleId.TRAVEL_LIMIT, {"protected_contact": True, "travel_minutes_max": limit}, {"municipality": NOKIA}
        )
        assert found.verdict != Verdict.YES
        assert found.slots == {}


@pytest.mark.parametrize(
    ("environment", "wanted"), [({"ENV12": True}, "no"), ({"ENV12": False}, "yes"), ({}, "unknown")]
)
def test_a_cannot_mark_is_a_gate_and_is_never_asked_to_change(environment: Any, wanted: str) -> None:
    found = result(RuleId.CANNOT_MARKS, {"cards": {"ENV12": CardAnswer.CANNOT}}, {"environment": environment})

    assert found.verdict == wanted
    assert not found.actionable


@pytest.mark.parametrize(("in_talks", "cap", "wanted"), [(2, 3, "yes"), (3, 3, "no"), (9, None, "yes"), (0, 0, "no")])
def test_talks_are_capped(in_talks: int, cap: int | None, wanted: str) -> None:
    assert verdict(RuleId.CAPACITY, {}, {"people_in_talks": in_talks, "talks_cap": cap}) == wanted


def test_a_no_of_the_young_person_stands() -> None:
    assert verdict(RuleId.DECLINED, {"declined_offer_ids": frozenset({"cafe"})}) == "no"
    assert verdict(RuleId.DECLINED, {"declined_offer_ids": frozenset({"other"})}) == "yes"


def test_skills_never_exclude() -> None:
    nothing_fits = make_person(cards=dict.fromkeys(("FOO08", "PEO16", "FOO04", "FOO01"), CardAnswer.NOT_ME))

    results = check_eligibility(nothing_fits, make_offer(), today=TODAY)

    assert {one.verdict for one in results} == {Verdict.YES}
