"""Estimates of support for an employer: every figure was counted by hand."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from placement.employers.models import EmployerForm
from placement.i18n import in_language
from placement.offers.money import AgeGroup, Estimate, Job, MoneyPath, estimate, estimates
from placement.offers.money_texts import NOT_COVERED
from placement.offers.rule_texts import text_of
from placement.rules.answers import RuleAnswer
from placement.rules.book import NATIONAL, OwnValue, RuleBook

START = date(2027, 1, 11)
JOB = Job(
    starts_on=START,
    gross_per_month=Decimal(2000),
    months=Decimal(6),
    hours_per_week=Decimal("37.5"),
    full_hours_per_week=Decimal("37.5"),
    employer_form=EmployerForm.COMPANY,
)
P, F = MoneyPath, EmployerForm


def counted(path: MoneyPath, **changes: object) -> Estimate:
    return estimate(path, replace(JOB, **changes), NATIONAL)  # type: ignore[arg-type]


def codes(answers: Iterable[RuleAnswer]) -> set[str]:
    return {answer.code for answer in answers}


@pytest.mark.parametrize(
    ("path", "changes", "month", "months", "total", "employer_month", "employer_total"),
    [
        # half of 2,000 is 1,000, for 5 of the 6 months
        (P.SUBSIDY_50, {}, "1000", "5", "5000", "1000", "5000"),
        # the same after a year of unemployment: 10 months at most, the job is 6
        (P.SUBSIDY_50, {"is_long_unemployed": True}, "1000", "6", "6000", "1000", "6000"),
        # half of 3,000 is 1,500, the ceiling is 1,260; 15,000 - 6,300
        (P.SUBSIDY_50, {"gross_per_month": Decimal(3000)}, "1260", "5", "6300", "1740", "8700"),
        # half of 1,555.55 is 777.775
        (P.SUBSIDY_50, {"gross_per_month": Decimal("1555.55")}, "777.78", "5", "3888.90", "777.77", "3888.85"),
        # 70% of 2,000 is 1,400, for the whole job
        (P.SUBSIDY_70, {}, "1400", "6", "8400", "600", "3600"),
        # 70% of 3,000 is 2,100, the ceiling is 1,770; the job is longer than 24 months
        (
            P.SUBSIDY_70,
            {"gross_per_month": Decimal(3000), "months": Decimal(30)},
            "1770", "24", "42480", "1230", "29520",
        ),
        # 24 hours are under 65% of 37.5: 1,300 x 1.23 = 1,599, more than the pay
        (
            P.SUBSIDY_100,
            {"employer_form": F.ASSOCIATION, "gross_per_month": Decimal(1300), "hours_per_week": Decimal(24)},
            "1599", "6", "9594", "0", "0",
        ),
        # full hours: 65% of 2,000 is 1,300, x 1.23 = 1,599
        (P.SUBSIDY_100, {"employer_form": F.ASSOCIATION}, "1599", "6", "9594", "401", "2406"),
        # 65% of 3,000 is 1,950, x 1.23 = 2,398.50, the ceiling is 2,020; 10 of 12 months
        (
            P.SUBSIDY_100,
            {"employer_form": F.PARISH, "gross_per_month": Decimal(3000), "months": Decimal(12)},
            "2020", "10", "20200", "980", "9800",
        ),
        # half of 1,900 for the whole training
        (
            P.APPRENTICESHIP,
            {"gross_per_month": Decimal(1900), "months": Decimal(24)},
            "950", "24", "22800", "950", "22800",
        ),
        # half of 2,400 is 1,200, for 6 months
        (
            P.YOUTH_VOUCHER,
            {"gross_per_month": Decimal(2400), "months": Decimal(12)},
            "1200", "6", "7200", "1200", "7200",
        ),
        # half of 3,500 is 1,750, the ceilings are 1,500 and 9,000
        (P.YOUTH_VOUCHER, {"gross_per_month": Decimal(3500)}, "1500", "6", "9000", "2000", "12000"),
    ],
)  # fmt: skip
def test_figures_are_those_counted_by_hand(  # noqa: PLR0917 - one line of the table each
    path: MoneyPath,
    changes: dict[str, object],
    month: str,
    months: str,
    total: str,
    employer_month: str,
    employer_total: str,
) -> None:
    one = counted(path, **changes)
    assert one.is_possible
    assert (one.per_month, one.months, one.total) == (Decimal(month), Decimal(months), Decimal(total))
    assert (one.employer_per_month, one.employer_total) == (Decimal(employer_month), Decimal(employer_total))


@pytest.mark.parametrize(
    ("path", "day", "holds"),
    [
        (P.SUBSIDY_50, date(2023, 6, 30), False),
        (P.SUBSIDY_50, date(2023, 7, 1), True),
        (P.SUBSIDY_70, date(2023, 6, 30), False),
        (P.SUBSIDY_70, date(2023, 7, 1), True),
        (P.APPRENTICESHIP, date(2023, 6, 30), False),
        (P.APPRENTICESHIP, date(2023, 7, 1), True),
        (P.YOUTH_VOUCHER, date(2026, 1, 31), False),
        (P.YOUTH_VOUCHER, date(2026, 2, 1), True),
        (P.YOUTH_VOUCHER, date(2027, 6, 30), True),
        (P.YOUTH_VOUCHER, date(2027, 7, 1), False),
    ],
)
def test_the_rules_of_the_first_working_day_count(path: MoneyPath, day: date, holds: bool) -> None:
    one = counted(path, starts_on=day)
    assert one.is_possible is holds
    assert (one.total > 0) is holds


MAY_GET = {
    P.SUBSIDY_50: set(F) - {F.MUNICIPALITY, F.PRIVATE_PERSON},
    P.SUBSIDY_70: set(F) - {F.PRIVATE_PERSON},
    P.SUBSIDY_100: {F.ASSOCIATION, F.PARISH},
    P.APPRENTICESHIP: set(F) - {F.PRIVATE_PERSON},
    P.YOUTH_VOUCHER: {F.COMPANY, F.SOLE_TRADER},
}


@pytest.mark.parametrize("path", list(P))
@pytest.mark.parametrize("form", list(F))
def test_each_kind_of_employer_gets_what_the_law_gives_it(path: MoneyPath, form: EmployerForm) -> None:
    assert counted(path, employer_form=form).is_possible is (form in MAY_GET[path])


@pytest.mark.parametrize(
    ("months", "hours", "holds"), [("6", "25", True), ("5.99", "25", False), ("6", "24.99", False)]
)
def test_a_voucher_needs_a_real_job(months: str, hours: str, holds: bool) -> None:
    assert counted(P.YOUTH_VOUCHER, months=Decimal(months), hours_per_week=Decimal(hours)).is_possible is holds


def test_age_from_25_to_29_is_told_to_be_no_ground() -> None:
    asked = {group: codes(counted(P.SUBSIDY_50, age_group=group).answers) for group in AgeGroup}
    assert "age_is_no_ground" in asked[AgeGroup.FROM_25_TO_29]
    assert "age_may_be_ground" in asked[AgeGroup.UNDER_25]
    assert "which_ground" in asked[AgeGroup.UNKNOWN]
    assert all(counted(P.SUBSIDY_50, age_group=group).is_possible for group in AgeGroup)


def test_unconfirmed_rules_only_ask() -> None:
    assert not [answer for answer in counted(P.YOUTH_VOUCHER).answers if answer.rule_id == "PS-29" and answer.blocks]


def test_own_ceiling_of_a_centre_counts() -> None:
    book = RuleBook([OwnValue("PS-02", "eur_per_month", Decimal(900))])
    assert estimate(P.SUBSIDY_50, JOB, book).per_month == Decimal(900)


@pytest.mark.parametrize("name", ["gross_per_month", "months", "hours_per_week", "full_hours_per_week"])
def test_nothing_is_counted_from_nothing(name: str) -> None:
    with pytest.raises(ValueError, match="above zero"):
        counted(P.SUBSIDY_50, **{name: Decimal(0)})


@given(
    gross=st.decimals(1, 20000, places=2),
    months=st.decimals("0.5", 60, places=1),
    hours=st.decimals(1, 60, places=2),
    full=st.decimals(1, 60, places=2),
    form=st.sampled_from(list(F)),
)
def test_support_stays_within_its_ceilings_whatever_the_job(
    gross: Decimal, months: Decimal, hours: Decimal, full: Decimal, form: EmployerForm
) -> None:
    job = Job(START, gross, months, hours, full, form)
    most = {P.SUBSIDY_50: 1260, P.SUBSIDY_70: 1770, P.SUBSIDY_100: 2020, P.APPRENTICESHIP: 1260, P.YOUTH_VOUCHER: 1500}
    for one in estimates(job, NATIONAL):
        assert 0 <= one.per_month <= most[one.path]
        assert one.months <= months
        assert one.total >= 0
        assert one.employer_per_month >= 0
        assert one.employer_total >= 0
        assert one.path is not P.YOUTH_VOUCHER or one.total <= 9000


def test_every_code_of_an_estimate_has_its_sentence(app: Flask) -> None:
    with app.test_request_context():
        for language in ("fi", "sv", "en"):
            with in_language(language):
                for form in F:
                    for one in estimates(replace(JOB, employer_form=form), NATIONAL):
                        assert all("%(" not in text_of(answer.code, answer.slots) for answer in one.answers)
                        assert all(str(NOT_COVERED[code]) for code in one.not_covered)
