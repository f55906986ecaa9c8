"""The dated rule table: every row can be read and holds on the right days."""

import re
from datetime import date
from decimal import Decimal

import pytest

from matching import instruments, young_workers
from placement.rules.answers import AnswerKind, refuse
from placement.rules.table import Confidence, amount_on, load_rules, rule_on

TODAY = date(2026, 11, 22)
NEEDED = {
    "WT": (3, 4, 5, 6, 7, 8, 10, 12, 13, 14, 16),
    "PS": (2, 3, 4, 11, 14, 15, 17, 18),
    "EV": (1, 2, 3, 4, 5, 6),
    "YW": (1, 2, 6, 7, 8, 11, 13, 15, 16),
    "CP": (1, 2, 8, 10, 11),
    "OH": (2,),
    "DP": (6, 7),
}


def test_every_rule_that_the_service_uses_is_in_the_table() -> None:
    ids = {f"{area}-{number:02}" for area, numbers in NEEDED.items() for number in numbers}
    assert ids <= set(load_rules())


def test_every_row_says_itself_in_three_languages_and_names_its_source() -> None:
    for versions in load_rules().values():
        for rule in versions:
            assert re.fullmatch(r"[A-Z]{2}-\d\d", rule.rule_id)
            assert all(text.endswith(".") for text in (rule.fi, rule.sv, rule.en)), rule
            assert rule.source_url.startswith("http") or rule.confidence is Confidence.UNCONFIRMED, rule
            assert (rule.value is None) == (rule.unit == ""), rule


def test_no_two_rows_of_a_rule_hold_the_same_unit_on_the_same_day() -> None:
    for versions in load_rules().values():
        units = [rule.unit for rule in versions if rule.holds_on(TODAY)]
        assert len(units) == len(set(units)), versions


@pytest.mark.parametrize(
    ("rule_id", "unit", "value"),
    [
        ("WT-03", "months", "12"),
        ("WT-04", "months", "6"),
        ("WT-04", "months_municipality", "12"),
        ("WT-05", "hours_per_day_least", "4"),
        ("WT-05", "hours_per_day_most", "8"),
        ("WT-05", "days_per_week", "5"),
        ("PS-02", "eur_per_month", "1260"),
        ("PS-03", "eur_per_month", "1770"),
        ("PS-04", "eur_per_month", "2020"),
        ("PS-04", "wage_factor", "1.23"),
        ("YW-06", "hours_per_day", "8"),
        ("YW-07", "hours_per_week", "48"),
        ("YW-11", "hours_per_week", "35"),
        ("YW-16", "age_never_under", "16"),
        ("CP-08", "age_A", "24"),
        ("CP-08", "age_AM", "15"),
        ("CP-11", "months", "6"),
        ("OH-02", "age", "30"),
    ],
)
def test_the_numbers_are_those_of_the_sources(rule_id: str, unit: str, value: str) -> None:
    assert amount_on(rule_id, TODAY, unit) == Decimal(value)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 1, 31), False),
        (date(2026, 2, 1), True),
        (date(2027, 6, 30), True),
        (date(2027, 7, 1), False),
    ],
)
def test_the_youth_voucher_holds_from_its_first_to_its_last_day(day: date, holds: bool) -> None:
    assert (rule_on("EV-05", day) is not None) is holds


def test_an_amount_that_does_not_hold_on_the_day_is_an_error() -> None:
    with pytest.raises(LookupError):
        amount_on("EV-04", date(2028, 1, 1), "eur")
    with pytest.raises(KeyError):
        rule_on("XX-99", TODAY)


def test_an_unconfirmed_rule_asks_a_person_and_never_blocks() -> None:
    assert refuse("PS-25", "laid_off_yes", on=TODAY).kind is AnswerKind.NEEDS_HUMAN
    assert refuse("EV-05", "laid_off_yes", on=date(2028, 1, 1)).kind is AnswerKind.NEEDS_HUMAN
    assert refuse("WT-08", "private_person_trial", on=TODAY).kind is AnswerKind.BLOCKED
    assert refuse("WT-05", "trial_day_too_long", on=TODAY).kind is AnswerKind.BLOCKED


def test_the_ranking_library_knows_the_same_numbers_as_the_table():
    told = {
        ("WT-05", "hours_per_day_least"): instruments.TRIAL_DAY[0],
        ("WT-05", "hours_per_day_most"): instruments.TRIAL_DAY[1],
        ("WT-05", "days_per_week"): instruments.TRIAL_DAYS_A_WEEK,
        ("WT-04", "months"): instruments.TRIAL_MONTHS,
        ("EV-01", "age_least"): instruments.VOUCHER_AGES[0],
        ("EV-01", "age_most"): instruments.VOUCHER_AGES[1],
        ("YW-01", "age"): young_workers.HIRING_AGE,
        ("YW-06", "hours_per_day"): young_workers.YOUNG_HOURS["day"],
        ("YW-06", "hours_per_week"): young_workers.YOUNG_HOURS["week"],
        ("YW-11", "hours_per_day"): young_workers.YOUNGEST_HOURS["day"],
        ("YW-11", "hours_per_week"): young_workers.YOUNGEST_HOURS["week"],
        ("YW-16", "age_never_under"): young_workers.HAZARD_AGE,
        ("OH-02", "age"): young_workers.SERVICE_AGE_LIMIT,
    }
    assert {key: float(amount_on(key[0], TODAY, key[1])) for key in told} == told
    voucher = rule_on("EV-01", TODAY, "age_least")
    assert voucher is not None
    assert (voucher.valid_from, voucher.valid_to) == instruments.VOUCHER_DAYS
