"""“Ready to start?”: what the rules that hold on the first day say about a placement.

Nothing here decides. A confirmed rule stops the start, an unconfirmed one asks a person, and a person may
put most lines aside with a reason (``overrides.py``). The sentences stand in ``check_texts.py``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import add
from typing import Any

from placement.employers.models import EmployerForm
from placement.placements import schedule
from placement.placements.kinds import HAS_AGREEMENT, JOBS, SUBSIDISED, TRIALS, PartyRole, PlacementKind, signing_roles
from placement.placements.models import Placement, PlacementParty, Signature, YesNoUnknown
from placement.placements.queries import EarlierTrial
from placement.placements.schedule import Length, length_of
from placement.rules.answers import AnswerKind, RuleAnswer, ask, fine, refuse
from placement.rules.book import NATIONAL, RuleBook
from placement.vocabulary import WorkCard

MINUTES = 60
HARD_CODES = frozenset({"not_signed", "not_sent", "decision_missing", "start_before_decision"})
"""Lines that no reason puts aside: the signatures, and a subsidy that is not granted yet."""


@dataclass(frozen=True, slots=True)
class Case:
    """A placement loaded with youth, employer, hours and parties, the person's other trials, the centre's rules."""

    placement: Placement
    earlier: Sequence[EarlierTrial] = ()
    book: RuleBook = NATIONAL

    @property
    def on(self) -> date:
        """The day on which the rules are read."""
        return self.placement.starts_on

    @property
    def age(self) -> int | None:
        """The age on the first day, if it is known."""
        return self.placement.youth.age_on(self.on)

    @property
    def is_minor(self) -> bool:
        """Whether the person is known to be under 18 on the first day."""
        return is_minor(self.placement)

    def limit(self, rule_id: str, unit: str) -> float:
        """The number of a rule on the first day."""
        return float(self.book.amount_on(rule_id, self.on, unit))


Slots = dict[str, Any]
_Check = Callable[[Case], Iterable[RuleAnswer]]


def is_minor(placement: Placement) -> bool:
    """Return whether the young person is known to be under 18 on the first day (YW-15)."""
    age = placement.youth.age_on(placement.starts_on)
    return age is not None and age < float(NATIONAL.amount_on("YW-15", placement.starts_on, "age"))


def signature_in_force(party: PlacementParty) -> Signature | None:
    """Return the signature of a party that no change has voided, if there is one."""
    return next((signature for signature in party.signatures if signature.void_at is None), None)


def missing_roles(placement: Placement) -> list[PartyRole]:
    """Return whose signature is missing, in the order of signing."""
    signed = {party.role for party in placement.parties if signature_in_force(party) is not None}
    return [role for role in signing_roles(placement.kind, is_minor=is_minor(placement)) if role not in signed]


def check_placement(case: Case) -> list[RuleAnswer]:
    """Return every line of the checklist, in the order in which people talk about it."""
    return [answer for check in _CHECKS for answer in check(case)]


def _hours_text(minutes: int) -> float:
    return round(minutes / MINUTES, 2)


def _goal(case: Case) -> Iterable[RuleAnswer]:
    placement = case.placement
    if placement.kind not in HAS_AGREEMENT:
        return
    if placement.goal:
        yield fine("WT-17", "goal_told", field="goal", name=placement.youth.first_name, goal=placement.goal)
    else:
        yield refuse("WT-17", "goal_missing", on=case.on, field="goal", name=placement.youth.first_name)


def _content(case: Case) -> Iterable[RuleAnswer]:
    placement = case.placement
    if placement.kind not in HAS_AGREEMENT:
        return
    missing = [name for name in ("tasks", "guide_name", "place") if not getattr(placement, name)]
    if placement.is_remote and "place" in missing:
        missing.remove("place")
    for name in missing:
        yield refuse("WT-17", f"{name}_missing", on=case.on, field=name)
    if not missing:
        yield fine("WT-17", "content_told", guide=placement.guide_name)
    if not placement.periods:
        yield refuse("WT-17", "hours_missing", on=case.on, field="hours")


def _trial_hours(case: Case) -> Iterable[RuleAnswer]:
    periods = case.placement.periods
    if case.placement.kind not in TRIALS or not periods:
        return
    least, most = case.limit("WT-05", "hours_per_day_least"), case.limit("WT-05", "hours_per_day_most")
    most_days = case.limit("WT-05", "days_per_week")
    by_day = schedule.minutes_by_day(periods)
    longest, shortest = max(by_day.values()), min(by_day.values())
    days = max(schedule.days_by_week(periods).values())
    if longest > most * MINUTES:
        day = next(day for day, minutes in by_day.items() if minutes == longest)
        yield refuse("WT-05", "day_too_long", on=case.on, field="hours", most=most, hours=_hours_text(longest), day=day)
    if shortest < least * MINUTES:
        day = next(day for day, minutes in by_day.items() if minutes == shortest)
        slots: Slots = {"least": least, "hours": _hours_text(shortest), "day": day}
        yield refuse("WT-05", "day_too_short", on=case.on, field="hours", **slots)
    if days > most_days:
        yield refuse("WT-05", "too_many_days", on=case.on, field="hours", most=most_days, days=days)
    if least * MINUTES <= shortest <= longest <= most * MINUTES and days <= most_days:
        hours = _hours_text(longest)
        yield fine("WT-05", "hours_fit", hours=hours, days=days, least=least, most=most, most_days=most_days)


def _trial_length(case: Case) -> Iterable[RuleAnswer]:
    placement = case.placement
    if placement.kind not in TRIALS:
        return
    own = length_of(placement.starts_on, placement.ends_on)
    told = placement.earlier_months or 0
    elsewhere = Length(int(told), round((float(told) - int(told)) * 30))
    here = _sum([own, *(_length(one) for one in case.earlier if one.employer_id == placement.employer_id)])
    in_all = _sum([own, elsewhere, *map(_length, case.earlier)])
    is_municipality = placement.employer.form is EmployerForm.MUNICIPALITY
    usual, total = case.limit("WT-04", "months"), case.limit("WT-03", "months")
    most = case.limit("WT-04", "months_municipality") if is_municipality else usual
    slots: Slots = {"here": str(here), "all": str(in_all), "most": most, "total": total}
    if here > Length(int(most), 0):
        yield refuse("WT-04", "too_long_here", on=case.on, field="ends_on", **slots)
    elif here > Length(int(usual), 0):
        yield ask("WT-04", "long_in_municipality", field="ends_on", usual=usual, **slots)
    if in_all > Length(int(total), 0):
        yield refuse("WT-03", "too_long_in_all", on=case.on, field="ends_on", **slots)
    if here <= Length(int(usual), 0) and in_all <= Length(int(total), 0):
        yield fine("WT-04", "length_fits", **slots)


def _length(trial: EarlierTrial) -> Length:
    return length_of(trial.first, trial.last)


def _sum(lengths: Iterable[Length]) -> Length:
    return reduce(add, lengths, schedule.NO_TIME)


def _organiser(case: Case) -> Iterable[RuleAnswer]:
    placement = case.placement
    if placement.kind not in TRIALS:
        return
    if placement.employer.form is EmployerForm.PRIVATE_PERSON:
        yield refuse("WT-08", "private_person", on=case.on)
    else:
        yield fine("WT-08", "organiser_may", form=str(placement.employer.form.value))
    if placement.signatory_checked:
        yield fine("WT-16", "signatory_checked")
    else:
        yield ask("WT-16", "signatory_open", field="signatory_checked")


def _plan(case: Case) -> Iterable[RuleAnswer]:
    if case.placement.kind not in TRIALS:
        return
    answer = case.placement.plan_agreed
    if answer is YesNoUnknown.YES:
        yield fine("WT-15", "plan_agreed")
    elif answer is YesNoUnknown.NO:
        yield refuse("WT-15", "plan_not_agreed", on=case.on, field="plan_agreed")
    else:
        yield ask("WT-15", "plan_open", field="plan_agreed")


def _laid_off(case: Case) -> Iterable[RuleAnswer]:
    kind = case.placement.kind
    if kind not in TRIALS | SUBSIDISED:
        return
    rule_id = "WT-10" if kind in TRIALS else "PS-25"
    codes = {
        YesNoUnknown.YES: "laid_off_yes",
        YesNoUnknown.NO: "laid_off_no",
        YesNoUnknown.UNKNOWN: "laid_off_unknown",
    }
    code = codes[case.placement.laid_off_lately]
    yield fine(rule_id, code) if code == "laid_off_no" else ask(rule_id, code, field="laid_off_lately")


def _age(case: Case) -> Iterable[RuleAnswer]:
    age = case.age
    if age is None:
        yield ask("OH-02", "age_unknown")
        return
    oldest = case.limit("OH-02", "age")
    if age >= oldest:
        yield ask("OH-02", "over_service_age", age=age, most=oldest)
    if case.placement.kind is PlacementKind.VISIT:
        return
    hiring, light = case.limit("YW-01", "age"), case.limit("YW-02", "age")
    turns = (case.placement.youth.birth_date or case.on).year + int(light)
    if age < light and turns > case.on.year:
        yield refuse("YW-02", "too_young", on=case.on, age=light)
    elif age < hiring:
        yield ask("YW-02", "light_work_only", age=hiring)
    elif case.is_minor and case.placement.basic_education_done is not YesNoUnknown.YES:
        yield ask("YW-01", "basic_education_open", field="basic_education_done")


def _young_hours(case: Case) -> Iterable[RuleAnswer]:
    age, periods = case.age, case.placement.periods
    if age is None or not case.is_minor or not periods or case.placement.kind is PlacementKind.VISIT:
        return
    found = [*_young_lengths(case, age), *_young_times(case, age), *_young_rest(case, age)]
    yield from found
    if not found:
        yield fine("YW-08", "young_hours_fit", age=age)


def _young_lengths(case: Case, age: int) -> Iterable[RuleAnswer]:
    day = max(schedule.minutes_by_day(case.placement.periods).values())
    week = max(schedule.minutes_by_week(case.placement.periods).values())
    is_child = age < case.limit("YW-01", "age")
    usual, never = ("YW-11", "YW-11") if is_child else ("YW-06", "YW-07")
    for minutes, unit, code in ((day, "hours_per_day", "young_day"), (week, "hours_per_week", "young_week")):
        hours, most, absolute = _hours_text(minutes), case.limit(usual, unit), case.limit(never, unit)
        if hours > absolute:
            yield refuse(never, f"{code}_too_long", on=case.on, field="hours", hours=hours, most=absolute)
        elif hours > most:
            yield ask(usual, f"{code}_over_usual", field="hours", hours=hours, most=most)


def _young_times(case: Case, age: int) -> Iterable[RuleAnswer]:
    rule_id = "YW-13" if age < case.limit("YW-01", "age") else "YW-08"
    from_hour, until_hour = int(case.limit(rule_id, "hour_from")), int(case.limit(rule_id, "hour_until"))
    late = [
        period.on
        for period in case.placement.periods
        if schedule.is_night(period, from_hour=from_hour, until_hour=until_hour)
    ]
    if late:
        slots: Slots = {"day": late[0], "from_hour": from_hour, "until_hour": until_hour}
        yield refuse(rule_id, "young_time_of_day", on=case.on, field="hours", **slots)


def _young_rest(case: Case, age: int) -> Iterable[RuleAnswer]:
    periods = case.placement.periods
    rest = schedule.shortest_rest(periods)
    rule_id = "YW-14" if age < case.limit("YW-01", "age") else "YW-10"
    needed = case.limit(rule_id, "hours_rest")
    if rest is not None and rest < timedelta(hours=needed):
        hours = round(rest.total_seconds() / 3600, 1)
        yield refuse(rule_id, "young_rest_too_short", on=case.on, field="hours", hours=hours, least=needed)
    after, least = case.limit("YW-10", "hours_before_break"), case.limit("YW-10", "minutes_break")
    if any(period.gross_minutes > after * MINUTES and period.break_minutes < least for period in periods):
        yield ask("YW-10", "young_break_missing", field="hours", after=after, least=least)


def _hazards(case: Case) -> Iterable[RuleAnswer]:
    placement, age = case.placement, case.age
    if age is None or not case.is_minor or placement.kind is PlacementKind.VISIT:
        return
    if placement.has_hazards is YesNoUnknown.UNKNOWN:
        yield ask("YW-16", "hazards_open", field="has_hazards")
    elif placement.has_hazards is YesNoUnknown.NO:
        yield fine("YW-16", "no_hazards")
    elif age < case.limit("YW-16", "age_never_under"):
        yield refuse("YW-16", "hazards_never", on=case.on, age=case.limit("YW-16", "age_never_under"))
    elif placement.hazards_notified_on is None:
        yield refuse("YW-16", "hazards_not_notified", on=case.on, field="hazards_notified_on")
    elif placement.guardian_told_on is None:
        yield ask("YW-16", "guardian_not_told", field="guardian_told_on")
    else:
        yield fine("YW-16", "hazards_notified", day=placement.hazards_notified_on)


def _record(case: Case) -> Iterable[RuleAnswer]:
    placement = case.placement
    if not placement.with_children:
        return
    months, valid = case.limit("CP-10", "months"), case.limit("CP-11", "months")
    if placement.record_shown_on is None or placement.record_dated is None:
        if length_of(placement.starts_on, placement.ends_on) > Length(int(months), 0):
            yield refuse("CP-10", "record_not_shown", on=case.on, field="record_shown_on", months=months)
        else:
            yield ask("CP-10", "record_may_be_asked", field="record_shown_on", months=months)
    elif schedule.add_months(placement.record_dated, int(valid)) < placement.record_shown_on:
        yield ask("CP-11", "record_too_old", field="record_dated", months=valid)
    else:
        yield fine("CP-11", "record_shown", day=placement.record_shown_on, who=placement.record_seen_by)


def _hygiene(case: Case) -> Iterable[RuleAnswer]:
    placement = case.placement
    if not placement.handles_food:
        return
    months = case.limit("CP-01", "months")
    by = schedule.add_months(placement.starts_on, int(months)) - timedelta(days=1)
    if WorkCard.HYGIENE.value in placement.youth.cards_held:
        yield fine("CP-01", "hygiene_held")
    elif by <= placement.ends_on:
        yield ask("CP-01", "hygiene_by", day=by, months=months)
    else:
        yield fine("CP-02", "hygiene_not_yet", months=months)


def _employment(case: Case) -> Iterable[RuleAnswer]:
    placement = case.placement
    if placement.kind not in JOBS:
        return
    if placement.contract_on is None:
        yield ask("YW-04" if case.is_minor else "PS-18", "contract_open", field="contract_on")
    else:
        yield fine("PS-18", "contract_made", day=placement.contract_on)
    if placement.is_zero_hours:
        yield ask("PS-18", "zero_hours", field="is_zero_hours")
    elif not placement.periods:
        yield ask("PS-18", "job_hours_missing", field="hours")


def _decision(case: Case) -> Iterable[RuleAnswer]:
    placement = case.placement
    if placement.kind not in SUBSIDISED:
        return
    stop = placement.kind is PlacementKind.WAGE_SUBSIDY_JOB
    if placement.decided_on is None:
        yield _stop_or_ask(stop, "PS-17", "decision_missing", case, field="decided_on")
    elif placement.starts_on < placement.decided_on:
        yield _stop_or_ask(stop, "PS-17", "start_before_decision", case, field="starts_on", day=placement.decided_on)
    elif placement.starts_on == placement.decided_on:
        yield ask("PS-17", "start_on_decision_day", field="starts_on", day=placement.decided_on)
    else:
        yield fine("PS-17", "decided", day=placement.decided_on)


def _stop_or_ask(stop: bool, rule_id: str, code: str, case: Case, *, field: str, **slots: date) -> RuleAnswer:
    return refuse(rule_id, code, on=case.on, field=field, **slots) if stop else ask(rule_id, code, field=field, **slots)


def _subsidy(case: Case) -> Iterable[RuleAnswer]:
    placement, form, age = case.placement, case.placement.employer.form, case.age
    if placement.kind is not PlacementKind.WAGE_SUBSIDY_JOB:
        return
    if form is EmployerForm.PRIVATE_PERSON:
        yield ask("PS-15", "household_subsidy")
    elif form is EmployerForm.MUNICIPALITY:
        yield ask("PS-14", "municipality_subsidy")
    elif form is EmployerForm.STATE:
        yield ask("PS-16", "state_subsidy")
    if age is not None and age >= case.limit("PS-11", "age"):
        yield ask("PS-11", "age_is_no_ground", age=age)


def _voucher(case: Case) -> Iterable[RuleAnswer]:
    placement, age = case.placement, case.age
    if placement.kind is not PlacementKind.VOUCHER_JOB:
        return
    if case.book.rule_on("EV-03", case.on) is None:
        yield ask("EV-05", "voucher_not_valid")
        return
    least, most = case.limit("EV-01", "age_least"), case.limit("EV-01", "age_most")
    if age is not None and not least <= age <= most:
        yield refuse("EV-01", "voucher_age", on=case.on, age=age, least=least, most=most)
    months = case.limit("EV-03", "months")
    if length_of(placement.starts_on, placement.ends_on) < Length(int(months), 0):
        yield refuse("EV-03", "voucher_too_short", on=case.on, field="ends_on", months=months)
    hours = case.limit("EV-03", "hours_per_week")
    weeks = list(schedule.minutes_by_week(placement.periods).values())
    if weeks and sorted(weeks)[len(weeks) // 2] < hours * MINUTES:
        yield refuse("EV-03", "voucher_few_hours", on=case.on, field="hours", hours=hours)
    if placement.employer.form is not EmployerForm.COMPANY:
        yield ask("EV-06", "voucher_companies_only")


def _signatures(case: Case) -> Iterable[RuleAnswer]:
    placement = case.placement
    roles = signing_roles(placement.kind, is_minor=case.is_minor)
    if not roles:
        return
    if not placement.texts:
        yield RuleAnswer(AnswerKind.BLOCKED, "WT-15", "not_sent", {}, "signatures")
        return
    missing = missing_roles(placement)
    for role in missing:
        yield RuleAnswer(AnswerKind.BLOCKED, "WT-15", "not_signed", {"role": role.value}, "signatures")
    if not missing:
        yield fine("WT-15", "all_signed", count=len(roles))


_CHECKS: tuple[_Check, ...] = (
    _goal,
    _content,
    _trial_hours,
    _trial_length,
    _plan,
    _organiser,
    _laid_off,
    _age,
    _young_hours,
    _hazards,
    _record,
    _hygiene,
    _employment,
    _decision,
    _subsidy,
    _voucher,
    _signatures,
)
