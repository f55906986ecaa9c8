"""What would help and what to ask next: every advice is true when it is tried, and nothing impossible is advised."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from matching import (
    BANDS,
    CardAnswer,
    ChangeCode,
    DayPart,
    LanguageLevel,
    Offer,
    OfferIndex,
    OfferKind,
    Person,
    QuestionCode,
    Verdict,
    ask_next,
    band_matrix,
    check_eligibility,
    opens_most,
    rank,
    what_would_help,
)
from matching.changes import MOST_CHANGES
from tests.matching.examples import NOKIA, OULU, TODAY, make_offer, make_person
from tests.matching.test_columns import any_offer, any_offers, any_person

FORTY = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
MANY = settings(FORTY, max_examples=150)


def noes(person: Person, offer: Offer) -> list[str]:
    index = OfferIndex.build([offer])
    checks = check_eligibility(person, offer, today=TODAY, index=index)
    return [check.rule_id for check in checks if check.verdict == Verdict.NO]


@MANY
@given(any_person, any_offer)
def test_every_plan_does_what_it_says_and_no_part_of_it_is_idle(person: Person, offer: Offer) -> None:
    plan = what_would_help(person, offer, today=TODAY)
    before = noes(person, offer)
    if plan is None:
        return
    assert before
    assert 1 <= len(plan.changes) <= MOST_CHANGES
    changed = (person, offer)
    for change in plan.changes:
        assert noes(*changed), "the changes before this one were enough"
        changed = change.applied(*changed)
    assert noes(*changed) == []
    bands = band_matrix([changed[0]], [changed[1]], today=TODAY)
    assert BANDS[bands[0, 0]] == plan.band


CASES = {
    "a card": ({"cards_held": frozenset()}, {"cards_needed": {"hygiene": "at_start"}}, [ChangeCode.GET_CARDS]),
    "a licence": ({"licence_classes": frozenset()}, {"licence_needed": "B"}, [ChangeCode.GET_LICENCE]),
    "a language": (
        {"languages": {"fi": LanguageLevel.A2}},
        {"working_languages": {"fi": LanguageLevel.B1}},
        [ChangeCode.LEARN_LANGUAGE],
    ),
    "a longer way": ({"travel_minutes_max": 18, "travel_from": NOKIA}, {}, [ChangeCode.LONGER_WAY]),
    "other hours": (
        {"day_parts": {DayPart.NIGHT: False, DayPart.DAY: True}},
        {"day_parts": frozenset({DayPart.NIGHT, DayPart.DAY})},
        [ChangeCode.OTHER_HOURS],
    ),
    "day instead of night": (
        {"day_parts": {DayPart.NIGHT: False}},
        {"day_parts": frozenset({DayPart.NIGHT})},
        [ChangeCode.OTHER_HOURS],
    ),
    "shorter hours for the young": (
        {"birth_date": date(2010, 1, 1)},
        {"hours_per_day": 10},
        [ChangeCode.SHORTER_HOURS],
    ),
    "a later start": (
        {"available_from": date(2027, 1, 10)},
        {"starts_until": date(2026, 12, 20)},
        [ChangeCode.LATER_START],
    ),
    "two things": (
        {"cards_held": frozenset(), "licence_classes": frozenset()},
        {"cards_needed": {"safety": "at_start"}, "licence_needed": "B"},
        [ChangeCode.GET_LICENCE, ChangeCode.GET_CARDS],
    ),
    "never a cannot": ({"cards": {"ENV05": CardAnswer.CANNOT}}, {}, None),
    "never age": ({"birth_date": date(2010, 1, 1)}, {"minimum_age": 18}, None),
    "never a full place": ({}, {"talks_cap": 1, "people_in_talks": 1}, None),
    "never a no": ({"declined_offer_ids": frozenset({"cafe"})}, {}, None),
    "never a way far too long": ({"travel_minutes_max": 30}, {"municipality": OULU}, None),
    "nothing when nothing is in the way": ({}, {}, None),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_advised(case: str) -> None:
    of_person, of_offer, wanted = CASES[case]
    plan = what_would_help(make_person(**of_person), make_offer(**of_offer), today=TODAY)
    assert (None if plan is None else [change.code for change in plan.changes]) == wanted


def test_protected_contact_is_told_no_minutes() -> None:
    person = make_person(travel_minutes_max=18, travel_from=NOKIA, protected_contact=True)
    plan = what_would_help(person, make_offer(), today=TODAY)
    assert plan is not None
    assert plan.changes[0].slots == {}


@FORTY
@given(any_person, any_offers)
def test_the_change_that_opens_most_opens_what_it_says(person: Person, offers: list[Offer]) -> None:
    opening = opens_most(person, offers, today=TODAY)
    if opening is None:
        return
    before = {one.offer_id for one in rank(person, offers, today=TODAY).suggestions}
    changed = replace(person, **opening.change.sets)
    after = {one.offer_id for one in rank(changed, offers, today=TODAY).suggestions}
    assert after - before == set(opening.offer_ids) != set()
    assert not opening.change.by_employer


def test_the_change_that_opens_most_is_the_one_that_opens_most() -> None:
    person = make_person(cards_held=frozenset(), licence_classes=frozenset())
    needs = {"cards_needed": {"hygiene": "at_start"}}
    offers = [make_offer(id=str(number), **needs) for number in range(3)]
    offers += [make_offer(id=f"l{number}", licence_needed="B") for number in range(2)]
    opening = opens_most(person, offers, today=TODAY)
    assert opening is not None
    assert opening.change.code is ChangeCode.GET_CARDS
    assert opening.offer_ids == ("0", "1", "2")
    assert opens_most(make_person(), [make_offer()], today=TODAY) is None


@FORTY
@given(any_person, any_offers)
def test_a_question_is_asked_only_when_its_answers_lead_to_other_places(person: Person, offers: list[Offer]) -> None:
    for question in ask_next(person, offers, today=TODAY, most=3):
        firsts = {
            tuple(one.offer_id for one in rank(replace(person, **answer), offers, today=TODAY, limit=5).suggestions)
            for answer in question.answers
        }
        assert len(firsts) > 1
        assert question.value > 0


def test_what_is_known_is_not_asked_and_the_rest_only_when_it_matters() -> None:
    offers = [
        make_offer(id=f"{number}", licence_needed="B" if number % 2 else None, kind=OfferKind.WORK_TRIAL)
        for number in range(10)
    ]
    asked = ask_next(make_person(licence_classes=None), offers, today=TODAY, most=9)
    assert asked[0].code is QuestionCode.LICENCES
    assert asked[0].slots == {"licence": "B"}
    assert QuestionCode.CARDS_HELD not in {one.code for one in asked}
    assert ask_next(make_person(), [], today=TODAY) == ()
    known = ask_next(make_person(licence_classes=frozenset()), offers, today=TODAY, most=9)
    assert QuestionCode.LICENCES not in {one.code for one in known}
