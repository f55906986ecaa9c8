"""The sentences of rule answers, by code, in one place."""

from collections.abc import Mapping

from placement.i18n import LazyString, format_number
from placement.i18n import lazy_gettext as _l
from placement.offers.money_texts import MONEY_TEXTS
from placement.rules.answers import SlotValue

_TEXTS = MONEY_TEXTS | {
    "private_person_trial": _l("A private person cannot organise a work trial."),
    "season_winter": _l("Ask the municipality whether it has a voucher for winter jobs."),
    "season_unknown": _l("Ask the municipality whether it gives a summer-job voucher, and when it must be asked for."),
    "season_of_before": _l("In %(year)s the summer-job voucher was %(euros)s €. Ask the municipality what it is now."),
    "season_known": _l("The employer may ask for a summer-job voucher of %(euros)s €."),
    "season_after": _l("The employer may ask for a summer-job voucher of %(euros)s € once the job has ended."),
    "season_not_for_this_employer": _l("An employer of this kind does not get the summer-job voucher."),
    "season_week": _l("For the summer-job voucher the work is at least %(hours)s hours a week."),
    "season_in_all": _l(
        "For the summer-job voucher the job is at least %(hours)s hours in all, and the pay at least %(euros)s €."
    ),
    "season_age": _l("The summer-job voucher is for people under %(age)s."),
    "season_people": _l("One employer gets the summer-job voucher for at most %(most)s young people."),
    "organiser_may": _l("This employer may organise a work trial."),
    "pay_on_unpaid": _l("This kind of place has no pay. Leave the pay empty or choose another kind."),
    "no_pay": _l("No pay is promised."),
    "skills_on_trial": _l("A work trial may not ask for skills. Tell what is done instead."),
    "no_skills": _l("No skills are asked for."),
    "trial_day_too_long": _l("A work-trial day is at most %(most)s hours. You wrote %(hours)s."),
    "trial_day_too_short": _l("A work-trial day is at least %(least)s hours. You wrote %(hours)s."),
    "trial_days_too_many": _l("A work trial takes at most %(most)s days a week. You wrote %(days)s."),
    "trial_week_too_long": _l("A work-trial week is at most %(most)s hours. You wrote %(hours)s."),
    "trial_hours_missing": _l("The hours of a day are not told yet."),
    "trial_hours_fit": _l("The hours fit a work trial."),
    "trial_too_long": _l("With the same organiser a work trial lasts at most %(most)s months. You wrote %(months)s."),
    "trial_long_in_municipality": _l(
        "Over %(most)s months in a municipality: the tasks must change. Ask the employment authority."
    ),
    "trial_length_fits": _l("The length fits a work trial."),
    "trial_guide_missing": _l("Nobody is named to guide the newcomer. Ask the employer who does it and when."),
    "authority_checks": _l("The employment authority checks the place before the trial begins."),
    "laid_off_yes": _l("The employer says that people were laid off or dismissed. Ask the employment authority."),
    "laid_off_unknown": _l("Ask the employer whether people were laid off or dismissed lately."),
    "laid_off_no": _l("The employer says that nobody was laid off or dismissed lately."),
    "taxes_no": _l("The employer says that taxes or wages are not in order. Ask the employment authority."),
    "taxes_unknown": _l("Ask the employer whether taxes and wages are in order."),
    "taxes_yes": _l("The employer says that taxes and wages are in order."),
    "wording_personal": _l("The text seems to ask for sex, age, origin or looks. Ask the employer for neutral words."),
    "zero_hours": _l("A wage-subsidised job cannot be a zero-hours contract."),
    "commission_only": _l("A wage-subsidised job cannot be paid by commission alone."),
    "real_hours_and_pay": _l("The job has real hours and real pay."),
    "start_after_decision": _l("The work may not begin before the decision on the subsidy."),
    "municipality_subsidy": _l("A municipality gets the subsidy only in a few cases. Ask the employment authority."),
    "household_subsidy": _l("A private household cannot get a wage subsidy."),
    "state_subsidy": _l("A state agency is not likely to get a wage subsidy. Ask the employment authority."),
    "light_work_only": _l("At %(age)s only light work is allowed. Check the tasks."),
    "too_young": _l("Nobody under %(age)s can be taken. Write a higher minimum age."),
    "night_adults_only": _l("Nights are only for people of at least %(age)s. Write it as the minimum age."),
    "night_likely": _l("This work is often done at night, which is only for people of at least %(age)s."),
    "young_day_too_long": _l("For people under 18 a day is at most %(most)s hours."),
    "young_week_too_long": _l("For people under 18 a week is at most %(most)s hours."),
    "young_day_never": _l("Nobody under 18 works more than %(most)s hours a day."),
    "young_week_never": _l("Nobody under 18 works more than %(most)s hours a week."),
    "child_day_too_long": _l("At 14 a day is at most %(most)s hours. Write fewer hours or a higher minimum age."),
    "child_week_too_long": _l("At 14 a week is at most %(most)s hours. Write fewer hours or a higher minimum age."),
    "young_too_early": _l("For people under 18 work begins at %(hour)s at the earliest."),
    "young_too_late": _l("For people under 18 work ends at %(hour)s at the latest."),
    "child_too_early": _l("At 14 work begins at %(hour)s at the earliest. Write a later time or a higher minimum age."),
    "child_too_late": _l("At 14 work ends at %(hour)s at the latest. Write an earlier time or a higher minimum age."),
    "group_fits": _l("The size of the group fits."),
    "group_size": _l("A group trial is usually for %(least)s–%(most)s people. Check how many places there are."),
    "hazards_young": _l(
        "The work may hold hazards: never under %(never)s, with care and advance notice under %(care)s."
    ),
    "record_check_missing": _l("The work may be with children. Ask whether a criminal record check is needed."),
    "record_check_told": _l("The offer tells that a criminal record check is asked for after selection."),
    "hygiene_by_month_3": _l("A hygiene pass is needed by month %(months)s. The start does not wait for it."),
    "hygiene_at_start": _l("A hygiene pass is asked for at the start. By month %(months)s is usually enough."),
    "licence_age": _l("Driving licence %(licence)s is possible at %(age)s. Check the minimum age."),
}


def text_of(code: str, slots: Mapping[str, SlotValue] | None = None) -> str:
    """Return the sentence of a code in the reader's language."""
    shown = {
        name: format_number(value) if isinstance(value, int | float) else value for name, value in (slots or {}).items()
    }
    return str(_TEXTS[code]) % shown


def lazy_text_of(code: str, slots: Mapping[str, SlotValue] | None = None) -> LazyString:
    """Return the sentence of a code, put into words only when somebody reads it."""
    return LazyString(text_of, code, slots)


def codes() -> frozenset[str]:
    """Return every code that has a sentence."""
    return frozenset(_TEXTS)
