"""What the law about age and work asks to be looked at, as sentences for a worker or the young person."""

from collections.abc import Callable, Mapping

from placement.suggestions.adapter import CheckCode as C
from placement.suggestions.told_words import Words
from placement.suggestions.told_words import gettext as _

Teller = Callable[[Words], str]


def _record_check(told: Words) -> str:
    if told.to_staff:
        return _("A criminal record check is needed for work with children")
    return _("You would work with children, so a criminal record check is needed. We help with it.")


def _hazards_ask(told: Words) -> str:
    if told.to_staff:
        return _("%(name)s is under 18: check the tasks against the list of hazardous work", name=told.name)
    return _("You are under 18. We check that every task is safe for you.")


def _hazards_no(told: Words) -> str:
    if told.to_staff:
        return _("The tasks hold hazards that are not allowed at the age of %(age)s", age=told.whole("age"))
    return _("Some tasks are not allowed at your age")


def _night(told: Words) -> str:
    if told.to_staff:
        return _(
            "Work at these times is not allowed at the age of %(age)s: %(parts)s",
            age=told.whole("age"),
            parts=told.day_parts(),
        )
    return _("Work at these times is not allowed at your age: %(parts)s", parts=told.day_parts())


def _evening(told: Words) -> str:
    if told.to_staff:
        return _("%(name)s is under 15: the day must end at 20", name=told.name)
    return _("At your age the working day ends at 20 at the latest")


def _adult_tasks(told: Words) -> str:
    if told.to_staff:
        return _("Such tasks are often for people over 18: ask what %(name)s may do", name=told.name)
    return _("Some tasks are for people over 18. We ask what you would do.")


def _young_hours(told: Words) -> str:
    numbers = {"hours": told.number("hours"), "limit": told.number("limit")}
    if told.slots.get("per") == "day":
        return _("%(hours)s hours a day is too much by law at this age; at most %(limit)s", **numbers)
    return _("%(hours)s hours a week is too much by law at this age; at most %(limit)s", **numbers)


def _under_hiring_age(told: Words) -> str:
    if told.to_staff:
        return _(
            "%(name)s is too young by law for this: the limit is %(limit)s years",
            name=told.name,
            limit=told.whole("limit"),
        )
    return _("By law you must be %(limit)s years old for this", limit=told.whole("limit"))


def _light_work(told: Words) -> str:
    if told.to_staff:
        return _("%(name)s is 14: light work in the holidays may be possible, ask first", name=told.name)
    return _("At 14 you can do light work in the holidays. We ask first.")


def _over_service_age(told: Words) -> str:
    if told.to_staff:
        return _(
            "%(name)s is older than the age limit of the service, %(limit)s years",
            name=told.name,
            limit=told.whole("limit"),
        )
    return _("The service is for people up to %(limit)s years old. Talk with us.", limit=told.whole("limit"))


def _under_offer_age(told: Words) -> str:
    if told.to_staff:
        return _(
            "The employer asks for at least %(limit)s years; %(name)s is %(age)s",
            name=told.name,
            limit=told.whole("limit"),
            age=told.whole("age"),
        )
    return _("You must be %(limit)s years old for this place", limit=told.whole("limit"))


def _age_unknown(told: Words) -> str:
    if told.to_staff:
        return _(
            "The age of %(name)s is not known; the limit here is %(limit)s years",
            name=told.name,
            limit=told.whole("limit"),
        )
    return _("The age limit here is %(limit)s years", limit=told.whole("limit"))


LAW_CHECKS: Mapping[str, Teller] = {
    C.RECORD_CHECK_NEEDED: _record_check,
    C.HAZARDS_ASK: _hazards_ask,
    C.HAZARDS_NOT_ALLOWED: _hazards_no,
    C.NIGHT_NOT_ALLOWED: _night,
    C.EVENING_END_BY_20: _evening,
    C.ADULT_TASKS_ASK: _adult_tasks,
    C.HOURS_OVER_YOUNG_LIMIT: _young_hours,
    C.UNDER_HIRING_AGE: _under_hiring_age,
    C.LIGHT_WORK_ASK: _light_work,
    C.OVER_SERVICE_AGE: _over_service_age,
    C.UNDER_OFFER_AGE: _under_offer_age,
    C.AGE_UNKNOWN: _age_unknown,
}
