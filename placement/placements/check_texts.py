"""The sentences of the checklist, by code: what is so, and what the rule behind it says."""

from collections.abc import Mapping
from datetime import date

from placement.i18n import LazyString, format_day, format_number, quoted
from placement.i18n import lazy_gettext as _l
from placement.placements.kinds import PartyRole
from placement.placements.schedule import Length
from placement.placements.week_words import length_in_words
from placement.rules.answers import RuleAnswer, SlotValue

_NOTHING = ""
_LENGTHS = frozenset({"here", "all"})
_TEXTS: Mapping[str, tuple[LazyString, LazyString | str]] = {
    "goal_told": (_l("Goal in the words of %(name)s"), "%(goal)s"),
    "goal_missing": (_l("The goal is missing"), _l("Write together what %(name)s wants to find out.")),
    "content_told": (_l("Tasks, place and guide are written down"), _l("Guide: %(guide)s")),
    "tasks_missing": (_l("The tasks are missing"), _l("An agreement tells what is done.")),
    "guide_name_missing": (_l("The guide is missing"), _l("An agreement names the person who guides at work.")),
    "place_missing": (_l("The place is missing"), _l("An agreement tells where the work is done.")),
    "hours_missing": (_l("The hours are missing"), _l("Make the calendar: days, beginning, end and break.")),
    "hours_fit": (
        _l("%(hours)s h a day, %(days)s days a week"),
        _l("Allowed %(least)s–%(most)s h and at most %(most_days)s days"),
    ),
    "day_too_long": (_l("%(hours)s h on %(day)s is too long"), _l("A day of a work trial is at most %(most)s h.")),
    "day_too_short": (_l("%(hours)s h on %(day)s is too short"), _l("A day of a work trial is at least %(least)s h.")),
    "too_many_days": (_l("%(days)s days in one week are too many"), _l("At most %(most)s days a week.")),
    "length_fits": (
        _l("%(here)s here, %(all)s in all"),
        _l("At most %(most)s months with the same organiser, %(total)s months in all"),
    ),
    "too_long_here": (
        _l("%(here)s with this organiser is too long"),
        _l("At most %(most)s months with the same organiser. Earlier trials count."),
    ),
    "long_in_municipality": (
        _l("%(here)s with this municipality"),
        _l("Over %(usual)s months the tasks must change. Ask the employment authority."),
    ),
    "too_long_in_all": (
        _l("%(all)s of work trials in all is too long"),
        _l("At most %(total)s months in all. Earlier trials count."),
    ),
    "private_person": (_l("A private person cannot organise a work trial"), _NOTHING),
    "organiser_may": (_l("This employer may organise a work trial"), _NOTHING),
    "signatory_checked": (_l("The one who signs for the employer may do so"), _NOTHING),
    "signatory_open": (
        _l("May this person sign for the employer?"),
        _l("The employment authority checks it from the register."),
    ),
    "plan_agreed": (_l("The trial is in the employment plan"), _NOTHING),
    "plan_not_agreed": (
        _l("The trial is not in the employment plan"),
        _l("It is agreed there first, with the employment authority."),
    ),
    "plan_open": (_l("Is the trial in the employment plan?"), _l("Ask the employment authority before the start.")),
    "laid_off_no": (_l("Nobody was laid off or dismissed lately"), _l("The employer has said so.")),
    "laid_off_yes": (
        _l("People were laid off or dismissed"),
        _l("A person must check with the employment authority."),
    ),
    "laid_off_unknown": (
        _l("Nobody laid off or dismissed lately?"),
        _l("Ask the employer. If they are not sure, check with the employment authority."),
    ),
    "age_unknown": (_l("The age is not known"), _l("Ask for the date of birth: some rules depend on it.")),
    "over_service_age": (_l("%(age)s years old on the first day"), _l("Ohjaamo serves people under %(most)s.")),
    "too_young": (_l("Too young for this"), _l("Work is possible from the year when one turns %(age)s.")),
    "light_work_only": (_l("Under %(age)s: light work only"), _l("In holidays or for a short time. Check the tasks.")),
    "basic_education_open": (
        _l("Is basic education finished?"),
        _l("The employer must know it of a person under 18."),
    ),
    "young_hours_fit": (_l("The hours suit a person of %(age)s"), _l("Length, time of day and rest were looked at.")),
    "young_day_too_long": (_l("%(hours)s h a day is too long under 18"), _l("At most %(most)s h at this age.")),
    "young_day_over_usual": (
        _l("%(hours)s h a day is over the usual"),
        _l("Over %(most)s h only as overtime, with own consent."),
    ),
    "young_week_too_long": (_l("%(hours)s h a week is too long under 18"), _l("At most %(most)s h at this age.")),
    "young_week_over_usual": (
        _l("%(hours)s h a week is over the usual"),
        _l("Over %(most)s h only as overtime, with own consent."),
    ),
    "young_time_of_day": (
        _l("The hours of %(day)s are too early or too late"),
        _l("At this age work is between %(from_hour)s and %(until_hour)s o’clock."),
    ),
    "young_rest_too_short": (
        _l("Only %(hours)s h of rest between two days"),
        _l("At this age the rest is at least %(least)s h."),
    ),
    "young_break_missing": (
        _l("A longer break is needed"),
        _l("At this age a day of over %(after)s h has a break of %(least)s minutes."),
    ),
    "hazards_open": (_l("Does the work hold hazards?"), _l("Ask the employer: machines, chemicals, heights, loads.")),
    "no_hazards": (_l("No hazardous work"), _l("The employer has said so.")),
    "hazards_never": (_l("Hazardous work is not possible under %(age)s"), _NOTHING),
    "hazards_not_notified": (
        _l("The hazards have not been notified"),
        _l("The employer tells the occupational safety authority before the start, and the work is taught and guided."),
    ),
    "guardian_not_told": (
        _l("Has the guardian been told of the hazards?"),
        _l("The guardian of a person in compulsory education is told before the start."),
    ),
    "hazards_notified": (
        _l("Hazards notified %(day)s"),
        _l("The work is taught and guided, and the guardian knows."),
    ),
    "record_not_shown": (
        _l("The criminal record extract has not been shown"),
        _l("Work with children of over %(months)s months needs it. It is shown, never copied."),
    ),
    "record_may_be_asked": (
        _l("Does the employer ask to see a criminal record extract?"),
        _l("In work with children of at most %(months)s months the employer may ask."),
    ),
    "record_too_old": (_l("The extract was too old when it was shown"), _l("It may be at most %(months)s months old.")),
    "record_shown": (_l("Criminal record extract shown %(day)s"), _l("Seen by %(who)s. Nothing of it is kept here.")),
    "hygiene_held": (_l("Hygiene pass held"), _NOTHING),
    "hygiene_by": (
        _l("Hygiene pass by %(day)s"),
        _l("Needed when %(months)s months of work with food are full. The start does not wait for it."),
    ),
    "hygiene_not_yet": (_l("No hygiene pass needed yet"), _l("It is needed after %(months)s months of such work.")),
    "contract_made": (_l("Contract of employment made %(day)s"), _NOTHING),
    "contract_open": (
        _l("Has the contract of employment been made?"),
        _l("Pay, hours and length in writing. For a person under 15 the guardian signs."),
    ),
    "zero_hours": (_l("Zero hours"), _l("Talk about what it means for income. A subsidy is not possible.")),
    "job_hours_missing": (_l("The hours are missing"), _l("Real hours are agreed before the start.")),
    "decision_missing": (
        _l("No decision on the subsidy yet"),
        _l("The work may not begin before the decision."),
    ),
    "start_before_decision": (
        _l("The first day is before the decision of %(day)s"),
        _l("The work may not begin before the decision."),
    ),
    "start_on_decision_day": (
        _l("The first day is the day of the decision"),
        _l("Make sure that the decision came before the work began."),
    ),
    "decided": (_l("Subsidy granted %(day)s"), _l("The work begins after the decision.")),
    "household_subsidy": (_l("A private household cannot get a wage subsidy"), _l("Ask the employment authority.")),
    "municipality_subsidy": (_l("A municipality gets the subsidy only in a few cases"), _l("Ask the authority.")),
    "state_subsidy": (_l("A state agency is not likely to get a wage subsidy"), _l("Ask the employment authority.")),
    "age_is_no_ground": (
        _l("%(age)s years old: age alone gives no subsidy"),
        _l("Ask the authority whether there is another ground."),
    ),
    "voucher_not_valid": (_l("The youth voucher does not hold on the first day"), _l("Ask the authority.")),
    "voucher_age": (_l("%(age)s years old on the first day"), _l("The voucher is for ages %(least)s–%(most)s.")),
    "voucher_too_short": (_l("Too short for the youth voucher"), _l("The job lasts at least %(months)s months.")),
    "voucher_few_hours": (_l("Too few hours for the youth voucher"), _l("At least %(hours)s h a week.")),
    "voucher_companies_only": (_l("The youth voucher is for companies"), _l("Ask the authority.")),
    "not_sent": (_l("The agreement has not been sent to be signed"), _l("No start before everybody has signed.")),
    "not_signed": (_l("%(role)s has not signed"), _l("No start before everybody has signed.")),
    "all_signed": (_l("Everybody has signed"), _l("%(count)s signatures under the same text.")),
}


def title_of(answer: RuleAnswer) -> str:
    """Return what is so, in the reader's language."""
    return str(_TEXTS[answer.code][0]) % _shown(answer.slots)


def detail_of(answer: RuleAnswer) -> str:
    """Return what the rule says or what to do, in the reader's language; nothing for some."""
    return str(_TEXTS[answer.code][1]) % _shown(answer.slots)


def codes() -> frozenset[str]:
    """Return every code that has a sentence."""
    return frozenset(_TEXTS)


def _shown(slots: Mapping[str, SlotValue]) -> dict[str, str]:
    return {name: _one(name, value) for name, value in slots.items()}


def _one(name: str, value: SlotValue) -> str:
    if name == "role":
        return str(PartyRole(str(value)).label)
    if name == "goal":
        return quoted(value)
    if name in _LENGTHS:
        return length_in_words(Length.read(str(value)))
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, int | float):
        return format_number(value)
    return str(value)
