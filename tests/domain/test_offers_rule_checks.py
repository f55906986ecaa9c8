"""What the rules say about an offer, at every boundary."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from placement.employers.models import EmployerForm
from placement.i18n import in_language
from placement.offers.models import DayPart, GuideTime, OfferKind
from placement.offers.rule_checks import check_offer_rules
from placement.offers.rule_texts import codes, text_of
from placement.rules.answers import AnswerKind, RuleAnswer
from placement.rules.book import NATIONAL

TODAY = date(2026, 11, 22)
OK, ASK, NO = AnswerKind.OK, AnswerKind.NEEDS_HUMAN, AnswerKind.BLOCKED
TRIALS = (OfferKind.WORK_TRIAL, OfferKind.GROUP_TRIAL)


def answers(form: EmployerForm = EmployerForm.COMPANY, **values: Any) -> list[RuleAnswer]:
    return check_offer_rules({"kind": OfferKind.WORK_TRIAL} | values, form, TODAY, NATIONAL)


def said(found: list[RuleAnswer], rule_id: str) -> set[tuple[AnswerKind, str]]:
    return {(answer.kind, answer.code) for answer in found if answer.rule_id == rule_id}


@pytest.mark.parametrize("kind", TRIALS)
@pytest.mark.parametrize("form", list(EmployerForm))
def test_only_a_private_person_may_not_organise_a_trial(kind: OfferKind, form: EmployerForm) -> None:
    private = form is EmployerForm.PRIVATE_PERSON
    expected = (NO, "private_person_trial") if private else (OK, "organiser_may")
    assert said(answers(form, kind=kind), "WT-08") == {expected}


@pytest.mark.parametrize("kind", [kind for kind in OfferKind if kind not in TRIALS])
def test_trial_rules_concern_trials_only(kind: OfferKind) -> None:
    found = answers(EmployerForm.PRIVATE_PERSON, kind=kind, hours_per_day=9, days_per_week=7, months=20)
    assert not {"WT-04", "WT-05", "WT-08", "WT-12", "WT-13"} & {answer.rule_id for answer in found}


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ("3.99", (NO, "trial_day_too_short")),
        ("4", (OK, "trial_hours_fit")),
        ("8", (OK, "trial_hours_fit")),
        ("8.01", (NO, "trial_day_too_long")),
        (None, (ASK, "trial_hours_missing")),
    ],
)
def test_a_trial_day_is_four_to_eight_hours(hours: str | None, expected: tuple[AnswerKind, str]) -> None:
    value = None if hours is None else Decimal(hours)
    assert said(answers(hours_per_day=value), "WT-05") == {expected}


@pytest.mark.parametrize(
    ("days", "expected"), [(5, (OK, "trial_hours_fit")), (Decimal("5.01"), (NO, "trial_days_too_many"))]
)
def test_a_trial_takes_at_most_five_days_a_week(days: Any, expected: tuple[AnswerKind, str]) -> None:
    assert said(answers(hours_per_day=5, days_per_week=days), "WT-05") == {expected}


@pytest.mark.parametrize(("week", "kind"), [(40, OK), (Decimal("40.01"), NO)])
def test_a_trial_week_is_at_most_forty_hours(week: Any, kind: AnswerKind) -> None:
    assert {answer[0] for answer in said(answers(hours_per_day=8, hours_per_week=week), "WT-05")} == {kind}


@pytest.mark.parametrize(
    ("form", "months", "expected"),
    [
        (EmployerForm.COMPANY, Decimal(6), (OK, "trial_length_fits")),
        (EmployerForm.COMPANY, Decimal("6.01"), (NO, "trial_too_long")),
        (EmployerForm.MUNICIPALITY, Decimal(6), (OK, "trial_length_fits")),
        (EmployerForm.MUNICIPALITY, Decimal("6.01"), (ASK, "trial_long_in_municipality")),
        (EmployerForm.MUNICIPALITY, Decimal(12), (ASK, "trial_long_in_municipality")),
        (EmployerForm.MUNICIPALITY, Decimal("12.01"), (NO, "trial_too_long")),
    ],
)
def test_a_trial_with_one_organiser_has_a_longest_length(
    form: EmployerForm, months: Decimal, expected: tuple[AnswerKind, str]
) -> None:
    assert said(answers(form, months=months), "WT-04") == {expected}


@pytest.mark.parametrize(
    ("kind", "is_unpaid"),
    [(kind, kind.value in {"work_trial", "group_trial", "workshop_place", "visit"}) for kind in OfferKind],
)
def test_unpaid_kinds_have_no_pay(kind: OfferKind, is_unpaid: bool) -> None:
    found = said(answers(kind=kind, pay="12 €/h"), "WT-07")
    assert found == ({(NO, "pay_on_unpaid")} if is_unpaid else set())


@pytest.mark.parametrize("kind", TRIALS)
def test_a_trial_asks_for_no_skills(kind: OfferKind) -> None:
    assert said(answers(kind=kind, required_skills="Barista"), "WT-12") == {(NO, "skills_on_trial")}
    assert said(answers(kind=kind, required_skills=""), "WT-12") == {(OK, "no_skills")}


@pytest.mark.parametrize(("guide_time", "asked"), [(None, True), (GuideTime.NONE, True), (GuideTime.START, False)])
def test_a_trial_without_a_guide_is_asked_about(guide_time: GuideTime | None, asked: bool) -> None:
    assert bool(said(answers(guide_time=guide_time), "WT-18")) is asked


@pytest.mark.parametrize(("answer", "kind"), [("yes", ASK), ("unknown", ASK), ("no", OK)])
def test_lay_offs_ask_a_person_and_never_block(answer: str, kind: AnswerKind) -> None:
    assert said(answers(laid_off_lately=answer), "WT-10") == {(kind, f"laid_off_{answer}")}
    subsidy = answers(kind=OfferKind.WAGE_SUBSIDY_JOB, laid_off_lately=answer)
    assert said(subsidy, "PS-25") == {(kind, f"laid_off_{answer}")}


@pytest.mark.parametrize("offer_kind", [*TRIALS, OfferKind.WAGE_SUBSIDY_JOB])
@pytest.mark.parametrize(("answer", "kind"), [("no", ASK), ("unknown", ASK), ("yes", OK)])
def test_unpaid_taxes_ask_a_person(offer_kind: OfferKind, answer: str, kind: AnswerKind) -> None:
    found = answers(kind=offer_kind, taxes_in_order=answer)
    assert said(found, "PS-24") == {(kind, f"taxes_{answer}")}


def test_taxes_not_in_order_ask_a_person_in_every_kind_of_place() -> None:
    assert said(answers(kind=OfferKind.SUMMER_JOB, taxes_in_order="no"), "PS-24") == {(ASK, "taxes_no")}
    assert not said(answers(kind=OfferKind.SUMMER_JOB, taxes_in_order="unknown"), "PS-24")


@pytest.mark.parametrize("name", ["title", "tasks"])
def test_wording_that_asks_for_a_person_of_a_kind_is_asked_about(name: str) -> None:
    assert said(answers(**{name: "Etsimme: nuori nainen, 18-20 v"}), "EQ-01") == {(ASK, "wording_personal")}
    assert not said(answers(**{name: "You work with elderly people."}), "EQ-01")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"is_zero_hours": True}, {(NO, "zero_hours")}),
        ({"is_commission_only": True}, {(NO, "commission_only")}),
        ({}, {(OK, "real_hours_and_pay")}),
    ],
)
def test_a_subsidised_job_has_real_hours_and_pay(
    values: dict[str, bool], expected: set[tuple[AnswerKind, str]]
) -> None:
    assert said(answers(kind=OfferKind.WAGE_SUBSIDY_JOB, **values), "PS-18") == expected


@pytest.mark.parametrize(
    ("form", "rule_id", "kind"),
    [
        (EmployerForm.PRIVATE_PERSON, "PS-15", NO),
        (EmployerForm.MUNICIPALITY, "PS-14", ASK),
        (EmployerForm.STATE, "PS-16", ASK),
    ],
)
def test_some_employers_seldom_or_never_get_a_subsidy(form: EmployerForm, rule_id: str, kind: AnswerKind) -> None:
    found = answers(form, kind=OfferKind.WAGE_SUBSIDY_JOB)
    assert {answer for answer, _code in said(found, rule_id)} == {kind}
    assert not said(answers(EmployerForm.COMPANY, kind=OfferKind.WAGE_SUBSIDY_JOB), rule_id)


def test_a_subsidised_job_is_reminded_to_start_after_the_decision() -> None:
    assert said(answers(kind=OfferKind.WAGE_SUBSIDY_JOB), "PS-17") == {(ASK, "start_after_decision")}


@pytest.mark.parametrize(
    ("age", "expected"),
    [(13, {(NO, "too_young")}), (14, {(ASK, "light_work_only")}), (15, set()), (None, set())],
)
def test_the_minimum_age_is_not_below_the_law(age: int | None, expected: set[tuple[AnswerKind, str]]) -> None:
    assert said(answers(minimum_age=age), "YW-02") == expected
    assert not said(answers(kind=OfferKind.VISIT, minimum_age=age), "YW-02")


@pytest.mark.parametrize(("age", "asked"), [(None, True), (17, True), (18, False)])
def test_nights_and_hazards_are_for_adults(age: int | None, asked: bool) -> None:
    night = answers(day_parts=[DayPart.NIGHT.value], minimum_age=age)
    assert bool(said(night, "YW-15")) is asked
    assert bool(said(answers(task_family="T48", minimum_age=age), "YW-16")) is asked


@pytest.mark.parametrize(("hours", "week", "asked"), [(8, 40, 0), (Decimal("8.01"), 40, 1), (9, Decimal("40.01"), 2)])
def test_long_hours_of_a_job_are_asked_about_for_the_young(hours: Any, week: Any, asked: int) -> None:
    found = answers(kind=OfferKind.SUMMER_JOB, hours_per_day=hours, hours_per_week=week)
    assert len(said(found, "YW-06")) == asked
    assert not said(answers(kind=OfferKind.SUMMER_JOB, hours_per_day=9, minimum_age=18), "YW-06")


def test_work_with_children_mentions_the_record_check() -> None:
    assert said(answers(task_family="T68"), "CP-10") == {(ASK, "record_check_missing")}
    assert said(answers(task_family="T68", needs_record_check=True), "CP-10") == {(OK, "record_check_told")}
    assert not said(answers(task_family="T01"), "CP-10")


def test_a_hygiene_pass_is_told_but_does_not_stop_the_start() -> None:
    assert said(answers(task_family="T11"), "CP-01") == {(OK, "hygiene_by_month_3")}
    assert said(answers(cards_needed={"hygiene": "by_month_3"}), "CP-01") == {(OK, "hygiene_by_month_3")}
    assert said(answers(cards_needed={"hygiene": "at_start"}), "CP-02") == {(ASK, "hygiene_at_start")}


@pytest.mark.parametrize(
    ("licence", "age", "asked"),
    [("B", 17, True), ("B", 18, False), ("AM", 15, False), ("A", 23, True), ("C", 18, False)],
)
def test_a_licence_has_its_age(licence: str, age: int, asked: bool) -> None:
    assert bool(said(answers(licence_needed=licence, minimum_age=age), "CP-08")) is asked


def test_every_code_has_a_sentence_in_every_language(app: Flask) -> None:
    names = ("hours", "least", "most", "days", "months", "age", "licence", "never", "care", "hour", "euros", "year")
    slots = dict.fromkeys(names, 3)
    with app.test_request_context():
        for language in ("fi", "sv", "en"):
            with in_language(language):
                for code in codes():
                    assert "%(" not in text_of(code, slots)


def test_numbers_in_a_sentence_have_the_decimal_mark_of_the_language(app: Flask) -> None:
    with app.test_request_context(), in_language("fi"):
        assert "8,5" in text_of("trial_day_too_long", {"most": 8, "hours": 8.5})
