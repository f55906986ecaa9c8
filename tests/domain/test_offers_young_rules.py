"""What an offer may ask of people under 18: hours and clock times at every boundary, from the law's own table."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from placement.employers.models import EmployerForm
from placement.offers.models import OfferKind
from placement.offers.rule_checks import check_offer_rules
from placement.rules.answers import AnswerKind
from placement.rules.book import NATIONAL

TODAY = date(2026, 11, 22)
OK, ASK, NO = None, AnswerKind.NEEDS_HUMAN, AnswerKind.BLOCKED


def worst(field: str, kind: OfferKind = OfferKind.SUMMER_JOB, **values: Any) -> AnswerKind | None:
    """The most serious thing that is said beside a field."""
    found = check_offer_rules({"kind": kind} | values, EmployerForm.COMPANY, TODAY, NATIONAL)
    kinds = {answer.kind for answer in found if answer.field == field and answer.kind is not AnswerKind.OK}
    return NO if NO in kinds else (ASK if ASK in kinds else OK)


# age: hours a day up to which it is fine, and up to which a person is asked
@pytest.mark.parametrize(
    ("age", "fine_to", "asked_to"), [(14, 7, 7), (15, 8, 9), (16, 8, 9), (17, 8, 9), (18, 24, 24), (None, 8, 24)]
)
def test_hours_of_a_day(age: int | None, fine_to: int, asked_to: int) -> None:
    for quarter in range(4, 97):
        hours = Decimal(quarter) / 4
        expected = OK if hours <= fine_to else (ASK if hours <= asked_to else NO)
        assert worst("hours_per_day", minimum_age=age, hours_per_day=hours) is expected, hours


@pytest.mark.parametrize(
    ("age", "fine_to", "asked_to"), [(14, 35, 35), (15, 40, 48), (17, 40, 48), (18, 80, 80), (None, 40, 80)]
)
def test_hours_of_a_week(age: int | None, fine_to: int, asked_to: int) -> None:
    for hours in range(1, 81):
        expected = OK if hours <= fine_to else (ASK if hours <= asked_to else NO)
        assert worst("hours_per_week", minimum_age=age, hours_per_week=hours) is expected, hours


@pytest.mark.parametrize(
    ("age", "first", "last", "beyond"),
    [(14, 8, 20, NO), (15, 6, 22, NO), (16, 6, 22, NO), (17, 6, 22, NO), (18, 0, 24, OK), (None, 6, 22, ASK)],
)
def test_clock_times_minute_by_minute_around_each_boundary(
    age: int | None, first: int, last: int, beyond: AnswerKind | None
) -> None:
    for hour in range(24):
        for minute in (0, 1, 59):
            begins = OK if hour >= first else beyond
            assert worst("work_begins", minimum_age=age, work_begins=time(hour, minute)) is begins, (hour, minute)
            ends = OK if (hour, minute) <= (last, 0) else beyond
            assert worst("work_ends", minimum_age=age, work_ends=time(hour, minute)) is ends, (hour, minute)


@pytest.mark.parametrize(("age", "expected"), [(14, NO), (17, NO), (18, OK), (None, ASK)])
def test_shift_past_midnight_is_for_adults(age: int | None, expected: AnswerKind | None) -> None:
    assert worst("work_ends", minimum_age=age, work_begins=time(18), work_ends=time(2)) is expected
    assert worst("minimum_age", minimum_age=age, day_parts=["night"]) in {expected, ASK if age == 14 else expected}


@pytest.mark.parametrize("kind", [OfferKind.WORK_TRIAL, OfferKind.GROUP_TRIAL, OfferKind.WORKSHOP_PLACE])
def test_unpaid_kinds_follow_the_clock_as_a_policy_that_asks(kind: OfferKind) -> None:
    assert worst("work_ends", kind, minimum_age=14, work_ends=time(22)) is ASK
    assert worst("hours_per_day", kind, minimum_age=14, hours_per_day=8) is ASK


@pytest.mark.parametrize(
    "tasks",
    ["Sahaat puita moottorisahalla", "Du svetsar räcken", "You work on a scaffold", "Siivoat kemikaaleilla"],
)
def test_tasks_in_words_can_tell_of_hazards(tasks: str) -> None:
    assert worst("minimum_age", tasks=tasks) is ASK
    assert worst("minimum_age", tasks=tasks, minimum_age=18) is OK


@pytest.mark.parametrize("tasks", ["Keität kahvia", "Du kokar kaffe", "You make coffee"])
def test_ordinary_tasks_tell_of_none(tasks: str) -> None:
    assert worst("minimum_age", tasks=tasks) is OK


@pytest.mark.parametrize("tasks", ["Leikit lasten kanssa", "Du leker med barnen", "You play with the children"])
def test_tasks_in_words_can_tell_of_children(tasks: str) -> None:
    assert worst("needs_record_check", tasks=tasks) is ASK
    assert worst("needs_record_check", tasks=tasks, needs_record_check=True) is OK


@pytest.mark.parametrize(("places", "expected"), [(3, ASK), (4, OK), (12, OK), (13, ASK)])
def test_group_trial_is_for_four_to_twelve(places: int, expected: AnswerKind | None) -> None:
    assert worst("places", OfferKind.GROUP_TRIAL, places=places) is expected
