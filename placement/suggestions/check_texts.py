"""What to look at before a place, as sentences: one function per code, told to a worker or to the young person."""

from collections.abc import Callable, Mapping

from placement.suggestions.adapter import NOTHING_TO_CHECK
from placement.suggestions.adapter import CheckCode as C
from placement.suggestions.instrument_texts import INSTRUMENT_CHECKS
from placement.suggestions.law_texts import LAW_CHECKS
from placement.suggestions.told_words import Words, duration, ngettext
from placement.suggestions.told_words import gettext as _

Teller = Callable[[Words], str]


def _hygiene(told: Words) -> str:
    if told.to_staff:
        return _("A hygiene pass is needed by month 3")
    return _("You need a hygiene pass by the third month. We help with it.")


def _card_later(told: Words) -> str:
    if told.to_staff:
        return _("Needed by month 3: %(card)s", card=told.work_cards("card"))
    return _("You need this by the third month: %(card)s. We help with it.", card=told.work_cards("card"))


def _card_at_start(told: Words) -> str:
    if told.to_staff:
        return _(
            "Needed before the start: %(cards)s. Ask what %(name)s has.", cards=told.work_cards("cards"), name=told.name
        )
    return _("You need this before you start: %(cards)s. We help with it.", cards=told.work_cards("cards"))


def _licence(told: Words) -> str:
    if told.to_staff:
        return _(
            "Driving licence %(licence)s is needed; %(name)s does not have it",
            licence=told.code("licence"),
            name=told.name,
        )
    return _("A driving licence is needed here: %(licence)s", licence=told.code("licence"))


def _licence_unknown(told: Words) -> str:
    if told.to_staff:
        return _(
            "Driving licence %(licence)s is needed: ask if %(name)s has it",
            licence=told.code("licence"),
            name=told.name,
        )
    return _("Do you have this driving licence: %(licence)s? Tell us.", licence=told.code("licence"))


def _schedule(told: Words) -> str:
    by_offer = told.slots.get("who") == "offer"
    if told.to_staff and by_offer:
        return _("The working hours are not known yet: ask the employer")
    if by_offer:
        return _("The working hours are not known yet. We ask.")
    if told.to_staff and told.has("day_parts"):
        return _("Ask %(name)s about these times: %(parts)s", name=told.name, parts=told.day_parts())
    if told.to_staff:
        return _("Ask %(name)s which times of the day suit", name=told.name)
    if told.has("day_parts"):
        return _("Do these times suit you: %(parts)s?", parts=told.day_parts())
    return _("Which times of the day suit you?")


def _day_parts(told: Words) -> str:
    if told.to_staff:
        return _(
            "%(name)s cannot do these times: %(parts)s. Other hours can be asked for.",
            name=told.name,
            parts=told.day_parts(),
        )
    return _(
        "The work is at times that you said you cannot do: %(parts)s. We can ask for other hours.",
        parts=told.day_parts(),
    )


def _hours_over(told: Words) -> str:
    numbers = {"hours": told.number("hours"), "wished": told.number("wished")}
    if told.to_staff:
        return _("%(hours)s hours a week; %(name)s wishes for at most %(wished)s", name=told.name, **numbers)
    return _("%(hours)s hours a week is more than you wished (%(wished)s). We can ask for less.", **numbers)


def _hours_under(told: Words) -> str:
    numbers = {"hours": told.number("hours"), "wished": told.number("wished")}
    if told.to_staff:
        return _("%(hours)s hours a week; %(name)s wishes for at least %(wished)s", name=told.name, **numbers)
    return _("%(hours)s hours a week is less than you wished (%(wished)s)", **numbers)


def _travel_unknown(told: Words) -> str:
    if told.slots.get("who") == "offer":
        return _("It is not known yet where exactly the work is")
    if told.to_staff:
        return _("The way there is not known: ask %(name)s from which area the way starts", name=told.name)
    return _("Check how you get there")


def _travel_near(told: Words) -> str:
    if not told.has("minutes"):
        return _("Check how the way there would go")
    times = {"way": duration(told.whole("minutes")), "limit": duration(told.whole("limit"))}
    if told.to_staff:
        return _("The way takes about %(way)s; %(name)s travels up to %(limit)s", name=told.name, **times)
    return _("The way takes about %(way)s. You said up to %(limit)s. Check it first.", **times)


def _travel_over(told: Words) -> str:
    if told.slots.get("inside") and told.to_staff:
        return _(
            "The way may be too long also inside the municipality: %(name)s travels up to %(limit)s",
            name=told.name,
            limit=duration(told.whole("limit")),
        )
    if told.slots.get("inside"):
        return _(
            "The way may be longer than you wished (%(limit)s). Check it first.", limit=duration(told.whole("limit"))
        )
    if not told.has("minutes"):
        return _("Another practical wish is not met here")
    times = {"way": duration(told.whole("minutes")), "limit": duration(told.whole("limit"))}
    if told.to_staff:
        return _("The way is too long: about %(way)s; %(name)s travels up to %(limit)s", name=told.name, **times)
    return _("The way is longer than you wished: about %(way)s. You said up to %(limit)s.", **times)


def _guide_unknown(told: Words) -> str:
    if told.to_staff and told.slots.get("wished"):
        return _("%(name)s wants someone near: ask who guides and when", name=told.name)
    if told.to_staff:
        return _("Ask the employer who guides and when")
    return _("We ask who guides you at work")


def _guide_little(told: Words) -> str:
    if told.slots.get("guide_time") == "start":
        return _("A guide is there only at the beginning")
    return _("There is no guide at this place")


def _language_unknown(told: Words) -> str:
    if told.slots.get("who") == "offer":
        return _("It is not known which language is used at work")
    if told.to_staff:
        return _("Ask how well %(name)s speaks: %(languages)s", name=told.name, languages=told.languages("languages"))
    return _("How well do you speak: %(languages)s?", languages=told.languages("languages"))


def _language_below(told: Words) -> str:
    values = {"language": told.languages("language"), "minimum": told.code("minimum")}
    if told.to_staff:
        return _(
            "Language asked for: %(language)s %(minimum)s; %(name)s has %(level)s",
            name=told.name,
            level=told.code("level"),
            **values,
        )
    return _("The place asks for this language level: %(language)s %(minimum)s. Talk about it with us.", **values)


def _not_confirmed(told: Words) -> str:
    if told.slots.get("days") is None and told.to_staff:
        return _("The employer has never confirmed that the place is open: ask first")
    if told.to_staff:
        return ngettext(
            "Last confirmed by the employer %(days)s day ago: ask first",
            "Last confirmed by the employer %(days)s days ago: ask first",
            told.whole("days"),
            days=told.whole("days"),
        )
    return _("We ask the employer if the place is still open")


def _start_unknown(told: Words) -> str:
    if told.slots.get("who") == "person" and told.to_staff:
        return _("Ask %(name)s when it is possible to start", name=told.name)
    if told.slots.get("who") == "person":
        return _("When could you start?")
    return _("The first day is not agreed yet")


def _start_too_early(told: Words) -> str:
    days = {"until": told.day("starts_until"), "free": told.day("available_from")}
    if told.to_staff:
        return _("The work starts by %(until)s; %(name)s can start on %(free)s", name=told.name, **days)
    return _("The work starts by %(until)s. You said that you can start on %(free)s.", **days)


def _start_passed(told: Words) -> str:
    return _("The time to start has passed: %(until)s", until=told.day("starts_until"))


def _place_cannot(told: Words) -> str:
    if told.to_staff:
        return _("%(name)s said “cannot”: %(cards)s", name=told.name, cards=told.cards())
    return _("You said “cannot”: %(cards)s", cards=told.cards())


def _place_unknown(told: Words) -> str:
    if told.to_staff:
        return _("Ask the employer, because %(name)s said “cannot”: %(cards)s", name=told.name, cards=told.cards())
    return _("You said “cannot” to this: %(cards)s. We ask if it is so here.", cards=told.cards())


def _talks_full(told: Words) -> str:
    if told.to_staff:
        return ngettext(
            "%(people)s young person is already in talks about this place",
            "%(people)s young people are already in talks about this place",
            told.whole("in_talks"),
            people=told.whole("in_talks"),
        )
    return _("Others are already in talks about this place")


def _declined(told: Words) -> str:
    if told.to_staff:
        return _("%(name)s has said no to this place", name=told.name)
    return _("You have said no to this place")


def _few_strengths(told: Words) -> str:
    if told.to_staff:
        return ngettext(
            "Only %(known)s strength of %(name)s is known: find more together",
            "Only %(known)s strengths of %(name)s are known: find more together",
            told.whole("known"),
            known=told.whole("known"),
            name=told.name,
        )
    return _("We know only a few of your strengths. Tell us more.")


def _tasks_unknown(told: Words) -> str:
    if told.to_staff:
        return _("The offer says little about the tasks: ask the employer")
    return _("We ask more about what you would do there")


def _strengths_elsewhere(told: Words) -> str:
    if told.to_staff:
        return _("Asked for here, but not told by %(name)s: %(cards)s", name=told.name, cards=told.cards())
    return _("This would be new to you: %(cards)s", cards=told.cards())


def _not_wished_place(told: Words) -> str:
    if told.to_staff:
        return _("%(name)s wishes for this, and it is not so here: %(cards)s", name=told.name, cards=told.cards())
    return _("You wished for this, and it is not so here: %(cards)s", cards=told.cards())


def _little_new(told: Words) -> str:
    if told.to_staff:
        return _("%(name)s wants to learn other things: %(cards)s", name=told.name, cards=told.cards())
    return _("You want to learn other things: %(cards)s", cards=told.cards())


def _employer_slow(told: Words) -> str:
    if told.to_staff:
        return _("This employer has been slow to answer: agree on a day")
    return _("This employer may take some time to answer")


def _nothing(told: Words) -> str:
    if told.to_staff:
        return _("Ask %(name)s how this place feels", name=told.name)
    return _("How does this place feel to you?")


CHECKS: Mapping[str, Teller] = {
    **LAW_CHECKS,
    **INSTRUMENT_CHECKS,
    C.HYGIENE_PASS_BY_MONTH_3: _hygiene,
    C.CARD_NEEDED_BY_MONTH_3: _card_later,
    C.CARD_NEEDED_AT_START: _card_at_start,
    C.LICENCE_NEEDED: _licence,
    C.LICENCE_UNKNOWN: _licence_unknown,
    C.SCHEDULE_UNKNOWN: _schedule,
    C.DAY_PARTS_NOT_POSSIBLE: _day_parts,
    C.HOURS_OVER_WISH: _hours_over,
    C.HOURS_UNDER_WISH: _hours_under,
    C.TRAVEL_UNKNOWN: _travel_unknown,
    C.TRAVEL_NEAR_LIMIT: _travel_near,
    C.TRAVEL_OVER_LIMIT: _travel_over,
    C.GUIDE_UNKNOWN: _guide_unknown,
    C.GUIDE_LITTLE: _guide_little,
    C.LANGUAGE_UNKNOWN: _language_unknown,
    C.LANGUAGE_BELOW_MINIMUM: _language_below,
    C.NOT_CONFIRMED_LATELY: _not_confirmed,
    C.START_UNKNOWN: _start_unknown,
    C.START_TOO_EARLY: _start_too_early,
    C.START_WINDOW_PASSED: _start_passed,
    C.PLACE_MARK_CANNOT: _place_cannot,
    C.PLACE_MARK_UNKNOWN: _place_unknown,
    C.TALKS_FULL: _talks_full,
    C.DECLINED_BEFORE: _declined,
    C.FEW_STRENGTHS_KNOWN: _few_strengths,
    C.TASKS_UNKNOWN: _tasks_unknown,
    C.STRENGTHS_ELSEWHERE: _strengths_elsewhere,
    C.NOT_WISHED_PLACE: _not_wished_place,
    C.LITTLE_NEW_TO_LEARN: _little_new,
    C.EMPLOYER_SLOW: _employer_slow,
    NOTHING_TO_CHECK: _nothing,
}
