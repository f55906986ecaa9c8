"""The linker says what a counsellor would say, and never what would be plainly wrong."""

from collections import Counter

import pytest

from matching import default_linker, load_cards, load_task_families
from tests.matching.relevance import Case, cases

CASES = tuple(cases())
NOT_YET = frozenset({"gillar att plugga in grejer", "kakkuleipomo"})
"""Texts that a counsellor understands and the linker does not; the test tells when one of them is understood."""


def named(case: Case) -> str:
    return f"{case.language}: {case.text}"


@pytest.mark.parametrize("case", [one for one in CASES if one.never], ids=named)
def test_what_a_text_does_not_speak_of_is_never_linked(case: Case) -> None:
    assert not case.is_crossed(default_linker())


@pytest.mark.parametrize("case", [one for one in CASES if one.must], ids=named)
def test_what_a_text_speaks_of_is_among_the_first_links(case: Case) -> None:
    assert case.is_met(default_linker()) != (case.text in NOT_YET)


def test_the_suite_is_large_covers_every_kind_and_names_real_concepts() -> None:
    known = {*load_cards(), *load_task_families(), "*"}
    kinds = Counter((one.kind, one.language) for one in CASES)

    assert len(CASES) >= 150
    assert sum(one.part == "held" for one in CASES) >= 30
    assert {kind for kind, _ in kinds} >= {"inflected", "compound", "spoken", "typo", "trap", "zero", "denied", "title"}
    assert {language for _, language in kinds} == {"fi", "sv", "en"}
    assert all(one.must | one.never <= known and (one.must or one.never) for one in CASES)
