"""The library stays pure, quick to import, and tells no slot that its codes do not promise."""

import ast
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import matching
from matching import CheckCode, Offer, Person, ReasonCode, RuleId, Verdict, check_eligibility, rank
from matching.checks import PRIORITY
from matching.features import FEATURES
from matching.reasons import TELLERS
from tests.matching.examples import TODAY
from tests.matching.test_ranking import offers_strategy, people_strategy

SOURCES = sorted(Path(matching.__file__).parent.glob("*.py"))


def promised_slots() -> dict[str, set[str]]:
    """Code to the slot names that stand in back quotes under it."""
    tree = ast.parse(Path(matching.__file__).with_name("codes.py").read_text(encoding="utf-8"))
    promised: dict[str, set[str]] = {}
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name in {"ReasonCode", "CheckCode"}:
            for member, text in zip(node.body, node.body[1:], strict=False):
                if isinstance(member, ast.Assign) and isinstance(text, ast.Expr):
                    code = ast.literal_eval(member.value)
                    promised[code] = set(re.findall(r"`(\w+)`", ast.literal_eval(text.value)))
    return promised


def test_every_code_says_its_slots() -> None:
    assert set(promised_slots()) == {str(code) for code in (*ReasonCode, *CheckCode)}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(people_strategy, offers_strategy)
def test_no_slot_is_told_that_its_code_does_not_promise(person: Person, offers: list[Offer]) -> None:
    promised = promised_slots()
    ranking = rank(person, offers, today=TODAY)

    for suggestion in (*ranking.suggestions, *ranking.one_step_away):
        for reason in (*suggestion.reasons_for, *suggestion.checks):
            assert set(reason.slots) <= promised[reason.code], reason
    for offer in offers:
        for result in check_eligibility(person, offer, today=TODAY):
            assert result.verdict == Verdict.YES or set(result.slots) <= promised[result.code], result


def test_codes_and_rule_ids_are_unique() -> None:
    codes = [str(code) for code in (*ReasonCode, *CheckCode)]

    assert len(set(codes)) == len(codes)
    assert len(set(RuleId)) == len(RuleId)


def test_every_check_that_can_be_shown_has_its_place_in_the_order() -> None:
    only_in_set_aside = {
        CheckCode.HAZARDS_NOT_ALLOWED,
        CheckCode.UNDER_HIRING_AGE,
        CheckCode.OVER_SERVICE_AGE,
        CheckCode.UNDER_OFFER_AGE,
        CheckCode.START_WINDOW_PASSED,
        CheckCode.PLACE_MARK_CANNOT,
        CheckCode.TALKS_FULL,
        CheckCode.DECLINED_BEFORE,
        CheckCode.NOT_SHOWN,
    }

    assert set(PRIORITY) | only_in_set_aside == set(CheckCode)
    assert not set(PRIORITY) & only_in_set_aside


def test_every_feature_can_be_told() -> None:
    assert list(TELLERS) == list(FEATURES)


def test_importing_is_light_and_knows_no_framework() -> None:
    heavy = {"sklearn", "scipy", "numpy", "flask", "sqlalchemy", "placement", "jobs", "snowballstemmer"}
    program = "import sys, matching; print(' '.join(sorted({name.split('.')[0] for name in sys.modules})))"

    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()

    assert not heavy & set(loaded)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_nothing_asks_the_clock(source: Path) -> None:
    called = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }

    assert not [name for name in called if re.search(r"(^|\.)(today|now|utcnow|time|monotonic|perf_counter)$", name)]


def test_today_decides_and_nothing_else() -> None:
    offer = Offer("o", matching.OfferKind.OPEN_JOB, "Siivooja", starts_until=date(2026, 12, 1))
    person = Person("p")

    assert rank(person, [offer], today=date(2026, 12, 1)).eligible == 1
    assert rank(person, [offer], today=date(2026, 12, 2)).eligible == 0
