"""What the rules of work trials and vouchers, visibility and protected contact ask, as sentences."""

from collections.abc import Callable, Mapping

from placement.suggestions.adapter import CheckCode as C
from placement.suggestions.told_words import Words
from placement.suggestions.told_words import gettext as _

Teller = Callable[[Words], str]


def _times_over(told: Words) -> str:
    numbers = {"hours": told.number("hours"), "limit": told.number("limit")}
    if told.slots.get("per") == "week":
        return _("%(hours)s days a week is too much for a work trial; at most %(limit)s", **numbers)
    return _("%(hours)s hours a day is too much for a work trial; at most %(limit)s", **numbers)


def _day_short(told: Words) -> str:
    return _(
        "%(hours)s hours a day is too little for a work trial; at least %(limit)s",
        hours=told.number("hours"),
        limit=told.number("limit"),
    )


def _length(told: Words) -> str:
    if told.to_staff:
        return _(
            "%(months)s months is long for a work trial: with one employer usually at most %(limit)s. Ask first.",
            months=told.number("months"),
            limit=told.number("limit"),
        )
    return _("We ask how long you could be there.")


def _voucher(told: Words) -> str:
    if not told.to_staff:
        return _("The employer hopes for a subsidy. We find out if it is possible.")
    ages = {"least": told.whole("least"), "most": told.whole("most")}
    if told.has("age"):
        return _(
            "The employer hopes for a youth voucher, for ages %(least)s–%(most)s; %(name)s is %(age)s then",
            name=told.name,
            age=told.whole("age"),
            **ages,
        )
    return _(
        "The employer hopes for a youth voucher, for ages %(least)s–%(most)s: the age of %(name)s is not known",
        name=told.name,
        **ages,
    )


def _voucher_days(told: Words) -> str:
    if not told.to_staff or not told.has("from"):
        return _("The employer hopes for a subsidy. We find out if it is possible.")
    return _(
        "The employer hopes for a youth voucher, which is given from %(first)s to %(last)s: look at the first day",
        first=told.day("from"),
        last=told.day("until"),
    )


def _not_shown(told: Words) -> str:
    if told.to_staff:
        return _("Young people do not see this offer by themselves")
    return _("This place is not shown here")


def _protected(told: Words) -> str:
    if told.to_staff:
        return _("Protected contact: agree with %(name)s first how the employer may be in touch", name=told.name)
    return _("We agree with you first how the employer may be in touch with you.")


INSTRUMENT_CHECKS: Mapping[str, Teller] = {
    C.TRIAL_TIMES_OVER: _times_over,
    C.TRIAL_DAY_SHORT: _day_short,
    C.TRIAL_LENGTH_ASK: _length,
    C.VOUCHER_ASK: _voucher,
    C.VOUCHER_DAYS_ASK: _voucher_days,
    C.NOT_SHOWN: _not_shown,
    C.PROTECTED_CONTACT_ASK: _protected,
}
