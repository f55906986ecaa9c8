"""What the Finnish rules say about an offer. Nothing here decides: a confirmed rule refuses, the rest asks a person.

Limits come from the dated rule table; the sentences of the codes stand in ``rule_texts.py``.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from placement.employers.models import EmployerForm
from placement.offers.models import TRIAL_KINDS, UNPAID_KINDS, GuideTime, Offer, OfferKind
from placement.offers.rule_case import Case, Values
from placement.offers.season_rules import season_voucher
from placement.offers.young_rules import minimum_age, young_workers
from placement.rules.answers import RuleAnswer, ask, fine, refuse
from placement.rules.book import RuleBook
from placement.rules.neutral_wording import asks_for_personal_traits
from placement.rules.task_words import tells_of_children


def values_of(offer: Offer) -> dict[str, Any]:
    """Return the columns of an offer as plain values, the same names as on its form."""
    return {name: getattr(offer, name) for name in Offer.__table__.columns.keys()}  # noqa: SIM118 - a column collection, not a dict


def check_offer_rules(values: Values, employer_form: EmployerForm, on: date, book: RuleBook) -> list[RuleAnswer]:
    """Return what every rule that concerns an offer says about it on a day; a value that is missing is not known.

    ``book`` holds the rules of the centre that the offer is for.
    """
    case = Case(values, employer_form, on, book)
    return [answer for check in _CHECKS for answer in check(case)]


def blocking_answers(answers: Iterable[RuleAnswer]) -> list[RuleAnswer]:
    """Return the answers with which the offer may not go on."""
    return [answer for answer in answers if answer.blocks]


def _organiser(case: Case) -> Iterable[RuleAnswer]:
    if case.get("kind") not in TRIAL_KINDS:
        return
    if case.form is EmployerForm.PRIVATE_PERSON:
        yield refuse("WT-08", "private_person_trial", on=case.on, field="kind")
    else:
        yield fine("WT-08", "organiser_may")


def _pay_and_skills(case: Case) -> Iterable[RuleAnswer]:
    kind = case.get("kind")
    if kind in UNPAID_KINDS:
        paid = next((name for name in ("pay", "is_zero_hours", "is_commission_only") if case.get(name)), "")
        yield refuse("WT-07", "pay_on_unpaid", on=case.on, field=paid) if paid else fine("WT-07", "no_pay")
    if kind in TRIAL_KINDS:
        if case.get("required_skills"):
            yield refuse("WT-12", "skills_on_trial", on=case.on, field="required_skills")
        else:
            yield fine("WT-12", "no_skills")


def _trial_hours(case: Case) -> Iterable[RuleAnswer]:
    if case.get("kind") not in TRIAL_KINDS:
        return
    day, days, week = (case.number(name) for name in ("hours_per_day", "days_per_week", "hours_per_week"))
    least, most = case.limit("WT-05", "hours_per_day_least"), case.limit("WT-05", "hours_per_day_most")
    most_days = case.limit("WT-05", "days_per_week")
    wrong = []
    if day is not None and day > most:
        wrong.append(refuse("WT-05", "trial_day_too_long", on=case.on, field="hours_per_day", most=most, hours=day))
    if day is not None and day < least:
        wrong.append(refuse("WT-05", "trial_day_too_short", on=case.on, field="hours_per_day", least=least, hours=day))
    if days is not None and days > most_days:
        wrong.append(
            refuse("WT-05", "trial_days_too_many", on=case.on, field="days_per_week", most=most_days, days=days)
        )
    if not wrong and week is not None and week > most * most_days:
        slots = {"most": most * most_days, "hours": week}
        wrong.append(refuse("WT-05", "trial_week_too_long", on=case.on, field="hours_per_week", **slots))
    if wrong:
        yield from wrong
    elif day is None:
        yield ask("WT-05", "trial_hours_missing", field="hours_per_day")
    else:
        yield fine("WT-05", "trial_hours_fit")


def _trial_length(case: Case) -> Iterable[RuleAnswer]:
    months = case.number("months")
    if case.get("kind") not in TRIAL_KINDS or months is None:
        return
    usual = case.limit("WT-04", "months")
    is_municipality = case.form is EmployerForm.MUNICIPALITY
    most = case.limit("WT-04", "months_municipality") if is_municipality else usual
    if months > most:
        yield refuse("WT-04", "trial_too_long", on=case.on, field="months", most=most, months=months)
    elif months > usual:
        yield ask("WT-04", "trial_long_in_municipality", field="months", most=usual)
    else:
        yield fine("WT-04", "trial_length_fits")


def _trial_guidance(case: Case) -> Iterable[RuleAnswer]:
    if case.get("kind") not in TRIAL_KINDS:
        return
    if case.get("guide_time") in {None, "", GuideTime.NONE}:
        yield ask("WT-18", "trial_guide_missing", field="guide_time")
    yield ask("WT-13", "authority_checks")


def _declarations(case: Case) -> Iterable[RuleAnswer]:
    kind = case.get("kind")
    is_subsidy = kind is OfferKind.WAGE_SUBSIDY_JOB
    if kind in TRIAL_KINDS or is_subsidy:
        rule_id = "PS-25" if is_subsidy else "WT-10"
        answer = case.get("laid_off_lately") or "unknown"
        yield (fine if answer == "no" else ask)(rule_id, f"laid_off_{answer}", field="laid_off_lately")
    answer = case.get("taxes_in_order") or "unknown"
    if kind in TRIAL_KINDS or is_subsidy or answer == "no":
        yield (fine if answer == "yes" else ask)("PS-24", f"taxes_{answer}", field="taxes_in_order")


def _wording(case: Case) -> Iterable[RuleAnswer]:
    found = next((name for name in ("title", "tasks") if asks_for_personal_traits(case.get(name) or "")), None)
    if found is not None:
        yield ask("EQ-01", "wording_personal", field=found)


def _subsidy(case: Case) -> Iterable[RuleAnswer]:
    if case.get("kind") is not OfferKind.WAGE_SUBSIDY_JOB:
        return
    if case.get("is_zero_hours"):
        yield refuse("PS-18", "zero_hours", on=case.on, field="is_zero_hours")
    if case.get("is_commission_only"):
        yield refuse("PS-18", "commission_only", on=case.on, field="is_commission_only")
    if not case.get("is_zero_hours") and not case.get("is_commission_only"):
        yield fine("PS-18", "real_hours_and_pay")
    if case.form is EmployerForm.PRIVATE_PERSON:
        yield refuse("PS-15", "household_subsidy", on=case.on, field="kind")
    if case.form is EmployerForm.MUNICIPALITY:
        yield ask("PS-14", "municipality_subsidy", field="kind")
    if case.form is EmployerForm.STATE:
        yield ask("PS-16", "state_subsidy", field="kind")
    yield ask("PS-17", "start_after_decision", field="starts_from")


def _group(case: Case) -> Iterable[RuleAnswer]:
    if case.get("kind") is not OfferKind.GROUP_TRIAL:
        return
    least, most = case.limit("GT-01", "people_least"), case.limit("GT-01", "people_most")
    places = case.number("places") or 1
    if least <= places <= most:
        yield fine("GT-01", "group_fits")
    else:
        yield ask("GT-01", "group_size", field="places", least=least, most=most)


def _cards_and_checks(case: Case) -> Iterable[RuleAnswer]:
    watch = case.watch
    if case.get("needs_record_check"):
        yield fine("CP-10", "record_check_told")
    elif "rec" in watch or tells_of_children(case.told):
        yield ask("CP-10", "record_check_missing", field="needs_record_check")
    hygiene = (case.get("cards_needed") or {}).get("hygiene")
    months = case.limit("CP-01", "months")
    if hygiene == "at_start":
        yield ask("CP-02", "hygiene_at_start", field="cards_needed", months=months)
    elif hygiene or "hyg" in watch:
        yield fine("CP-01", "hygiene_by_month_3", months=months)
    licence = str(case.get("licence_needed") or "")
    rule = case.book.rule_on("CP-08", case.on, f"age_{licence}") if licence else None
    if rule is not None and rule.value is not None:
        age = case.number("minimum_age")
        if age is None or age < rule.value:
            yield ask("CP-08", "licence_age", field="minimum_age", licence=licence, age=int(rule.value))


# What the employer declares comes first: nobody may overlook it before publishing.
_CHECKS: tuple[Callable[[Case], Iterable[RuleAnswer]], ...] = (
    _declarations,
    _wording,
    _organiser,
    _pay_and_skills,
    _trial_hours,
    _trial_length,
    _trial_guidance,
    _subsidy,
    minimum_age,
    young_workers,
    _group,
    season_voucher,
    _cards_and_checks,
)
