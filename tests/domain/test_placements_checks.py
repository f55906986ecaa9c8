"""The checklist, each boundary from a table written by hand: ok, ask or stop."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from placement.employers.models import Employer, EmployerForm
from placement.i18n import in_language
from placement.jobseekers.models import Youth
from placement.placements.check_texts import codes, detail_of, title_of
from placement.placements.checks import Case, check_placement
from placement.placements.kinds import PlacementKind
from placement.placements.models import Placement, PlacementHours, YesNoUnknown
from placement.placements.queries import EarlierTrial
from placement.placements.schedule import DayPattern, add_months, plan_days
from placement.rules.answers import AnswerKind

MONDAY = date(2026, 11, 23)
OK, ASK, STOP = AnswerKind.OK, AnswerKind.NEEDS_HUMAN, AnswerKind.BLOCKED
SHOWN = {OK: "ok", ASK: "ask", STOP: "stop"}
HERE, ELSEWHERE = 1, 2


def a_case(
    *,
    kind: PlacementKind = PlacementKind.WORK_TRIAL,
    form: EmployerForm = EmployerForm.COMPANY,
    born: date | None = date(2005, 1, 1),
    hours: tuple[str, str, int] = ("09:00", "14:30", 0),
    days: int = 4,
    months: int = 2,
    earlier: list[tuple[int, int]] | None = None,
    cards: list[str] | None = None,
    **fields: Any,
) -> Case:
    """A trial of two months, four days a week, in order unless said otherwise; earlier: (employer, months)."""
    begins, ends, pause = hours
    last = add_months(MONDAY, months) - timedelta(days=1)
    given = {
        "title": "Repair", "goal": "I want to find out.", "tasks": "Repair", "guide_name": "Jari", "place": "Katu 1",
        "plan_agreed": YesNoUnknown.YES, "laid_off_lately": YesNoUnknown.NO, "signatory_checked": True,
        "has_hazards": YesNoUnknown.NO, "basic_education_done": YesNoUnknown.YES, "with_children": False,
        "handles_food": False, "is_zero_hours": False, "record_seen_by": "", "is_remote": False,
    } | fields  # fmt: skip
    placement = Placement(kind=kind, starts_on=MONDAY, ends_on=last, employer_id=HERE, **given)
    placement.youth = Youth(first_name="Aino", birth_date=born, cards_held=cards or [])
    placement.employer = Employer(name="Pyöräpaja", form=form)
    week = dict.fromkeys(range(days), DayPattern(time.fromisoformat(begins), time.fromisoformat(ends), pause))
    placement.hours = [
        PlacementHours(on=one.on, begins=one.begins, ends=one.ends, break_minutes=one.break_minutes)
        for one in plan_days(week, MONDAY, last)
    ]
    placement.texts, placement.parties = [], []
    trials = [
        EarlierTrial(employer, date(2024, 1, 1), add_months(date(2024, 1, 1), length) - timedelta(days=1))
        for employer, length in earlier or []
    ]
    return Case(placement, trials)


def answers(case: Case) -> dict[str, str]:
    return {f"{answer.rule_id} {answer.code}": SHOWN[answer.kind] for answer in check_placement(case)}


W, V = PlacementKind.WAGE_SUBSIDY_JOB, PlacementKind.VOUCHER_JOB
U, N = YesNoUnknown.UNKNOWN, YesNoUnknown.NO
CHILD, TEEN, ADULT = date(2012, 12, 1), date(2009, 3, 1), date(2008, 11, 23)
BY_HAND: list[tuple[dict[str, Any], str, str | None]] = [
    ({}, "WT-17 goal_told", "ok"),
    ({"goal": ""}, "WT-17 goal_missing", "stop"),
    ({"tasks": ""}, "WT-17 tasks_missing", "stop"),
    ({"place": ""}, "WT-17 place_missing", "stop"),
    ({"place": "", "is_remote": True}, "WT-17 place_missing", None),
    ({"days": 0}, "WT-17 hours_missing", "stop"),
    ({"hours": ("09:00", "13:00", 0)}, "WT-05 hours_fit", "ok"),
    ({"hours": ("09:00", "12:59", 0)}, "WT-05 day_too_short", "stop"),
    ({"hours": ("08:00", "16:30", 30)}, "WT-05 hours_fit", "ok"),
    ({"hours": ("08:00", "16:31", 30)}, "WT-05 day_too_long", "stop"),
    ({"days": 5}, "WT-05 hours_fit", "ok"),
    ({"days": 6}, "WT-05 too_many_days", "stop"),
    ({"months": 6}, "WT-04 length_fits", "ok"),
    ({"months": 7}, "WT-04 too_long_here", "stop"),
    ({"months": 3, "earlier": [(HERE, 3)]}, "WT-04 length_fits", "ok"),
    ({"months": 3, "earlier": [(HERE, 4)]}, "WT-04 too_long_here", "stop"),
    ({"months": 6, "earlier": [(ELSEWHERE, 6)]}, "WT-04 length_fits", "ok"),
    ({"months": 6, "earlier": [(ELSEWHERE, 7)]}, "WT-03 too_long_in_all", "stop"),
    ({"months": 6, "earlier_months": Decimal("6.5")}, "WT-03 too_long_in_all", "stop"),
    ({"months": 7, "form": EmployerForm.MUNICIPALITY}, "WT-04 long_in_municipality", "ask"),
    ({"months": 13, "form": EmployerForm.MUNICIPALITY}, "WT-04 too_long_here", "stop"),
    ({"form": EmployerForm.PRIVATE_PERSON}, "WT-08 private_person", "stop"),
    ({"plan_agreed": N}, "WT-15 plan_not_agreed", "stop"),
    ({"plan_agreed": U}, "WT-15 plan_open", "ask"),
    ({"signatory_checked": False}, "WT-16 signatory_open", "ask"),
    ({"laid_off_lately": U}, "WT-10 laid_off_unknown", "ask"),
    ({"laid_off_lately": YesNoUnknown.YES}, "WT-10 laid_off_yes", "ask"),
    ({"born": None}, "OH-02 age_unknown", "ask"),
    ({"born": date(1996, 11, 23)}, "OH-02 over_service_age", "ask"),
    ({"born": date(1996, 11, 24)}, "OH-02 over_service_age", None),
    ({"born": date(2013, 6, 1)}, "YW-02 too_young", "stop"),
    ({"born": CHILD}, "YW-02 light_work_only", "ask"),
    ({"born": TEEN, "basic_education_done": U}, "YW-01 basic_education_open", "ask"),
    ({"born": TEEN, "hours": ("09:00", "14:30", 30)}, "YW-08 young_hours_fit", "ok"),
    ({"born": TEEN}, "YW-10 young_break_missing", "ask"),
    ({"born": TEEN, "hours": ("15:00", "22:00", 30)}, "YW-08 young_time_of_day", None),
    ({"born": TEEN, "hours": ("15:00", "22:30", 30)}, "YW-08 young_time_of_day", "stop"),
    ({"born": ADULT, "hours": ("15:00", "22:30", 30)}, "YW-08 young_time_of_day", None),
    ({"born": CHILD, "hours": ("07:30", "12:00", 0)}, "YW-13 young_time_of_day", "stop"),
    ({"born": CHILD, "hours": ("08:00", "15:31", 30)}, "YW-11 young_day_too_long", "stop"),
    ({"born": TEEN, "kind": W, "hours": ("08:00", "17:00", 30)}, "YW-06 young_day_over_usual", "ask"),
    ({"born": TEEN, "kind": W, "hours": ("08:00", "18:00", 30)}, "YW-07 young_day_too_long", "stop"),
    ({"born": CHILD, "hours": ("08:00", "19:30", 0)}, "YW-14 young_rest_too_short", "ask"),
    ({"born": TEEN, "hours": ("06:00", "21:00", 0)}, "YW-10 young_rest_too_short", "stop"),
    ({"born": TEEN, "has_hazards": U}, "YW-16 hazards_open", "ask"),
    ({"born": TEEN, "has_hazards": YesNoUnknown.YES}, "YW-16 hazards_not_notified", "stop"),
    ({"born": date(2011, 1, 1), "has_hazards": YesNoUnknown.YES}, "YW-16 hazards_never", "stop"),
    (
        {"born": TEEN, "has_hazards": YesNoUnknown.YES, "hazards_notified_on": MONDAY},
        "YW-16 guardian_not_told",
        "ask",
    ),
    ({"with_children": True, "months": 3}, "CP-10 record_may_be_asked", "ask"),
    ({"with_children": True, "months": 4}, "CP-10 record_not_shown", "stop"),
    (
        {"with_children": True, "record_shown_on": MONDAY, "record_dated": date(2026, 5, 23), "record_seen_by": "J"},
        "CP-11 record_shown",
        "ok",
    ),
    (
        {"with_children": True, "record_shown_on": MONDAY, "record_dated": date(2026, 5, 22), "record_seen_by": "J"},
        "CP-11 record_too_old",
        "ask",
    ),
    ({"handles_food": True, "months": 2}, "CP-02 hygiene_not_yet", "ok"),
    ({"handles_food": True, "months": 3}, "CP-01 hygiene_by", "ask"),
    ({"handles_food": True, "months": 3, "cards": ["hygiene"]}, "CP-01 hygiene_held", "ok"),
    ({"kind": W}, "PS-17 decision_missing", "stop"),
    ({"kind": W, "decided_on": MONDAY + timedelta(days=1)}, "PS-17 start_before_decision", "stop"),
    ({"kind": W, "decided_on": MONDAY}, "PS-17 start_on_decision_day", "ask"),
    ({"kind": W, "decided_on": MONDAY - timedelta(days=1)}, "PS-17 decided", "ok"),
    ({"kind": W, "laid_off_lately": YesNoUnknown.YES}, "PS-25 laid_off_yes", "ask"),
    ({"kind": W, "born": date(2001, 1, 1)}, "PS-11 age_is_no_ground", "ask"),
    ({"kind": W, "form": EmployerForm.MUNICIPALITY}, "PS-14 municipality_subsidy", "ask"),
    ({"kind": V}, "PS-17 decision_missing", "ask"),
    ({"kind": V, "months": 5}, "EV-03 voucher_too_short", "stop"),
    ({"kind": V, "months": 6, "days": 4}, "EV-03 voucher_few_hours", "stop"),
    ({"kind": V, "months": 6, "days": 5}, "EV-03 voucher_few_hours", None),
    ({"kind": V, "born": TEEN}, "EV-01 voucher_age", "stop"),
    ({"kind": PlacementKind.JOB, "is_zero_hours": True}, "PS-18 zero_hours", "ask"),
    ({"kind": PlacementKind.JOB}, "PS-18 contract_open", "ask"),
    ({"kind": PlacementKind.VISIT, "born": TEEN}, "YW-08 young_hours_fit", None),
    ({}, "WT-15 not_sent", "stop"),
    ({"kind": PlacementKind.VISIT}, "WT-15 not_sent", None),
]


@pytest.mark.parametrize(("changes", "line", "expected"), BY_HAND)
def test_each_line_at_its_boundary(changes: dict[str, Any], line: str, expected: str | None) -> None:
    found = answers(a_case(**changes))
    assert found.get(line) == expected, found


def test_a_trial_in_order_waits_only_for_its_agreement() -> None:
    assert [line for line, state in answers(a_case()).items() if state != "ok"] == ["WT-15 not_sent"]


def test_every_code_has_a_sentence_and_every_sentence_can_be_written(app: Any) -> None:
    seen = set()
    with app.test_request_context():
        for changes, _line, _expected in BY_HAND:
            for answer in check_placement(a_case(**changes)):
                seen.add(answer.code)
                assert "%(" not in title_of(answer) + detail_of(answer)
    assert seen <= codes()


@pytest.mark.parametrize(
    ("months", "days", "words"),
    [(2, 0, "2 months here, 2 months in all"), (0, 20, "20 days here"), (1, 3, "1 month 3 days here")],
)
def test_a_length_is_told_exactly(app: Any, months: int, days: int, words: str) -> None:
    case = a_case()
    case.placement.ends_on = add_months(MONDAY, months) + timedelta(days=days - 1)
    with app.test_request_context(), in_language("en"):
        titles = [title_of(answer) for answer in check_placement(case) if answer.code == "length_fits"]
    assert words in titles[0]
