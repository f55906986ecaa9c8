"""What the Finnish rules say about an offer. Nothing here decides: a confirmed rule refuses, the rest asks a person.

Limits come from the dated rule table; the sentences of the codes stand in ``rule_texts.py``.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from placement.employers.models import EmployerForm
from placement.offers.models import TRIAL_KINDS, UNPAID_KINDS, DayPart, GuideTime, Offer, OfferKind
from placement.rules.answers import RuleAnswer, ask, fine, refuse
from placement.rules.neutral_wording import asks_for_personal_traits
from placement.rules.table import amount_on, rule_on
from placement.vocabulary import families_by_id

Values = Mapping[str, Any]
_Check = Callable[[Values, EmployerForm, date], Iterable[RuleAnswer]]


def values_of(offer: Offer) -> dict[str, Any]:
    """Return the columns of an offer as plain values, the same names as on its form."""
    return {name: getattr(offer, name) for name in Offer.__table__.columns.keys()}  # noqa: SIM118 - a column collection, not a dict


def check_offer_rules(values: Values, employer_form: EmployerForm, on: date) -> list[RuleAnswer]:
    """Return what every rule that concerns an offer says about it on a day; a value that is missing is not known."""
    return [answer for check in _CHECKS for answer in check(values, employer_form, on)]


def blocking_answers(answers: Iterable[RuleAnswer]) -> list[RuleAnswer]:
    """Return the answers with which the offer may not go on."""
    return [answer for answer in answers if answer.blocks]


def _limit(rule_id: str, on: date, unit: str) -> int | float:
    amount = amount_on(rule_id, on, unit)
    return int(amount) if amount == int(amount) else float(amount)


def _number(value: Any) -> float | None:
    return None if value is None or value == "" else float(value)


def _watch(values: Values) -> frozenset[str]:
    family = families_by_id().get(values.get("task_family") or "")
    return family.watch if family is not None else frozenset()


def _organiser(values: Values, form: EmployerForm, on: date) -> Iterable[RuleAnswer]:
    if values.get("kind") not in TRIAL_KINDS:
        return
    if form is EmployerForm.PRIVATE_PERSON:
        yield refuse("WT-08", "private_person_trial", on=on, field="kind")
    else:
        yield fine("WT-08", "organiser_may")


def _pay_and_skills(values: Values, _form: EmployerForm, on: date) -> Iterable[RuleAnswer]:
    kind = values.get("kind")
    if kind in UNPAID_KINDS:
        paid = next((name for name in ("pay", "is_zero_hours", "is_commission_only") if values.get(name)), "")
        yield refuse("WT-07", "pay_on_unpaid", on=on, field=paid) if paid else fine("WT-07", "no_pay")
    if kind in TRIAL_KINDS:
        if values.get("required_skills"):
            yield refuse("WT-12", "skills_on_trial", on=on, field="required_skills")
        else:
            yield fine("WT-12", "no_skills")


def _trial_hours(values: Values, _form: EmployerForm, on: date) -> Iterable[RuleAnswer]:
    if values.get("kind") not in TRIAL_KINDS:
        return
    day, days, week = (_number(values.get(name)) for name in ("hours_per_day", "days_per_week", "hours_per_week"))
    least, most = _limit("WT-05", on, "hours_per_day_least"), _limit("WT-05", on, "hours_per_day_most")
    most_days = _limit("WT-05", on, "days_per_week")
    wrong = []
    if day is not None and day > most:
        wrong.append(refuse("WT-05", "trial_day_too_long", on=on, field="hours_per_day", most=most, hours=day))
    if day is not None and day < least:
        wrong.append(refuse("WT-05", "trial_day_too_short", on=on, field="hours_per_day", least=least, hours=day))
    if days is not None and days > most_days:
        wrong.append(refuse("WT-05", "trial_days_too_many", on=on, field="days_per_week", most=most_days, days=days))
    if not wrong and week is not None and week > most * most_days:
        slots = {"most": most * most_days, "hours": week}
        wrong.append(refuse("WT-05", "trial_week_too_long", on=on, field="hours_per_week", **slots))
    if wrong:
        yield from wrong
    elif day is None:
        yield ask("WT-05", "trial_hours_missing", field="hours_per_day")
    else:
        yield fine("WT-05", "trial_hours_fit")


def _trial_length(values: Values, form: EmployerForm, on: date) -> Iterable[RuleAnswer]:
    months = _number(values.get("months"))
    if values.get("kind") not in TRIAL_KINDS or months is None:
        return
    usual = _limit("WT-04", on, "months")
    is_municipality = form is EmployerForm.MUNICIPALITY
    most = _limit("WT-04", on, "months_municipality") if is_municipality else usual
    if months > most:
        yield refuse("WT-04", "trial_too_long", on=on, field="months", most=most, months=months)
    elif months > usual:
        yield ask("WT-04", "trial_long_in_municipality", field="months", most=usual)
    else:
        yield fine("WT-04", "trial_length_fits")


def _trial_guidance(values: Values, _form: EmployerForm, _on: date) -> Iterable[RuleAnswer]:
    if values.get("kind") not in TRIAL_KINDS:
        return
    if values.get("guide_time") in {None, "", GuideTime.NONE}:
        yield ask("WT-18", "trial_guide_missing", field="guide_time")
    yield ask("WT-13", "authority_checks")


def _declarations(values: Values, _form: EmployerForm, _on: date) -> Iterable[RuleAnswer]:
    kind = values.get("kind")
    is_subsidy = kind is OfferKind.WAGE_SUBSIDY_JOB
    if kind in TRIAL_KINDS or is_subsidy:
        rule_id = "PS-25" if is_subsidy else "WT-10"
        answer = values.get("laid_off_lately") or "unknown"
        yield (fine if answer == "no" else ask)(rule_id, f"laid_off_{answer}", field="laid_off_lately")
    answer = values.get("taxes_in_order") or "unknown"
    if kind in TRIAL_KINDS or is_subsidy or answer == "no":
        yield (fine if answer == "yes" else ask)("PS-24", f"taxes_{answer}", field="taxes_in_order")


def _wording(values: Values, _form: EmployerForm, _on: date) -> Iterable[RuleAnswer]:
    found = next((name for name in ("title", "tasks") if asks_for_personal_traits(values.get(name) or "")), None)
    if found is not None:
        yield ask("EQ-01", "wording_personal", field=found)


def _subsidy(values: Values, form: EmployerForm, on: date) -> Iterable[RuleAnswer]:
    if values.get("kind") is not OfferKind.WAGE_SUBSIDY_JOB:
        return
    if values.get("is_zero_hours"):
        yield refuse("PS-18", "zero_hours", on=on, field="is_zero_hours")
    if values.get("is_commission_only"):
        yield refuse("PS-18", "commission_only", on=on, field="is_commission_only")
    if not values.get("is_zero_hours") and not values.get("is_commission_only"):
        yield fine("PS-18", "real_hours_and_pay")
    if form is EmployerForm.PRIVATE_PERSON:
        yield refuse("PS-15", "household_subsidy", on=on, field="kind")
    if form is EmployerForm.MUNICIPALITY:
        yield ask("PS-14", "municipality_subsidy", field="kind")
    if form is EmployerForm.STATE:
        yield ask("PS-16", "state_subsidy", field="kind")
    yield ask("PS-17", "start_after_decision", field="starts_from")


def _minimum_age(values: Values, _form: EmployerForm, on: date) -> Iterable[RuleAnswer]:
    age = _number(values.get("minimum_age"))
    if age is None or values.get("kind") is OfferKind.VISIT:
        return
    light, hiring = _limit("YW-02", on, "age"), _limit("YW-01", on, "age")
    if age < light:
        yield refuse("YW-02", "too_young", on=on, field="minimum_age", age=light)
    elif age < hiring:
        yield ask("YW-02", "light_work_only", field="minimum_age", age=light)


def _young_workers(values: Values, _form: EmployerForm, on: date) -> Iterable[RuleAnswer]:
    age = _number(values.get("minimum_age"))
    adult = _limit("YW-15", on, "age")
    if age is not None and age >= adult:
        return
    watch = _watch(values)
    if DayPart.NIGHT in (values.get("day_parts") or []):
        yield ask("YW-15", "night_adults_only", field="minimum_age", age=adult)
    elif "night" in watch:
        yield ask("YW-15", "night_likely", field="minimum_age", age=adult)
    if "haz" in watch:
        never, care = _limit("YW-16", on, "age_never_under"), _limit("YW-16", on, "age_care_under")
        yield ask("YW-16", "hazards_young", field="minimum_age", never=never, care=care)
    if values.get("kind") in TRIAL_KINDS:
        return  # the hours of a trial are within those of young workers
    for name, unit, code in (
        ("hours_per_day", "hours_per_day", "young_day_too_long"),
        ("hours_per_week", "hours_per_week", "young_week_too_long"),
    ):
        hours, most = _number(values.get(name)), _limit("YW-06", on, unit)
        if hours is not None and hours > most:
            yield ask("YW-06", code, field=name, most=most)


def _cards_and_checks(values: Values, _form: EmployerForm, on: date) -> Iterable[RuleAnswer]:
    watch = _watch(values)
    if values.get("needs_record_check"):
        yield fine("CP-10", "record_check_told")
    elif "rec" in watch:
        yield ask("CP-10", "record_check_missing", field="needs_record_check")
    hygiene = (values.get("cards_needed") or {}).get("hygiene")
    months = _limit("CP-01", on, "months")
    if hygiene == "at_start":
        yield ask("CP-02", "hygiene_at_start", field="cards_needed", months=months)
    elif hygiene or "hyg" in watch:
        yield fine("CP-01", "hygiene_by_month_3", months=months)
    licence = str(values.get("licence_needed") or "")
    rule = rule_on("CP-08", on, f"age_{licence}") if licence else None
    if rule is not None and rule.value is not None:
        age = _number(values.get("minimum_age"))
        if age is None or age < rule.value:
            yield ask("CP-08", "licence_age", field="minimum_age", licence=licence, age=int(rule.value))


# What the employer declares comes first: nobody may overlook it before publishing.
_CHECKS: tuple[_Check, ...] = (
    _declarations,
    _wording,
    _organiser,
    _pay_and_skills,
    _trial_hours,
    _trial_length,
    _trial_guidance,
    _subsidy,
    _minimum_age,
    _young_workers,
    _cards_and_checks,
)
