"""What speaks for a place, as sentences: one function per code, told to a worker or to the young person."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from placement.suggestions.adapter import ReasonCode as R
from placement.suggestions.check_texts import CHECKS
from placement.suggestions.told_words import Words, ngettext
from placement.suggestions.told_words import gettext as _

Teller = Callable[[Words], str]


def sentence(code: str, slots: Mapping[str, Any], *, name: str = "") -> str:
    """Return the sentence of a reason or a check in the reader's language.

    With a name it is told to a worker about that young person, without one to the young person. A code that
    this version does not know, kept with an old suggestion, has no sentence.
    """
    teller = REASONS.get(code) or CHECKS.get(code)
    return teller(Words(slots, name)) if teller else ""


def sentences(told: Iterable[Mapping[str, Any]], *, name: str = "") -> list[str]:
    """Return the sentences of stored reasons or checks, without those that say nothing."""
    texts = (sentence(str(one["code"]), one["slots"], name=name) for one in told)
    return [text for text in texts if text]


def _strengths(told: Words) -> str:
    if told.to_staff:
        return ngettext(
            "%(cards)s meets the tasks here",
            "%(cards)s meet the tasks here",
            len(told.items("cards")),
            cards=told.cards(),
        )
    return _("You said: %(cards)s", cards=told.cards())


def _own_words(told: Words) -> str:
    if told.to_staff:
        return _("%(words)s – in %(name)s’s own words – meets the tasks here", words=told.own_words(), name=told.name)
    return _("You said: %(cards)s", cards=told.own_words())


def _interests(told: Words) -> str:
    if told.to_staff:
        return _("%(name)s likes what is done here: %(cards)s", name=told.name, cards=told.cards())
    return _("You like what is done here: %(cards)s", cards=told.cards())


def _learning(told: Words) -> str:
    if told.to_staff:
        return _("%(name)s wants to learn this: %(cards)s", name=told.name, cards=told.cards())
    return _("You want to learn this: %(cards)s", cards=told.cards())


def _day_parts(told: Words) -> str:
    if told.to_staff:
        return _("The hours suit %(name)s: %(parts)s", name=told.name, parts=told.day_parts())
    return _("The hours are as you wanted: %(parts)s", parts=told.day_parts())


def _hours(told: Words) -> str:
    if told.to_staff:
        return _("%(hours)s hours a week is what %(name)s wishes for", hours=told.number("hours"), name=told.name)
    return _("%(hours)s hours a week, as you wished", hours=told.number("hours"))


def _small_workplace(told: Words) -> str:
    if told.to_staff:
        return _("%(name)s wants a small workplace, and this is one", name=told.name)
    return _("A small workplace, as you wanted")


def _place(told: Words) -> str:
    if told.to_staff:
        return _("The place is as %(name)s wishes: %(cards)s", name=told.name, cards=told.cards())
    return _("The place is as you wished: %(cards)s", cards=told.cards())


def _guide_whole_day(told: Words) -> str:
    if told.to_staff and told.slots.get("wished"):
        return _("A guide is there the whole day; %(name)s wants someone near", name=told.name)
    if told.slots.get("wished"):
        return _("A guide is near you the whole day, as you wanted")
    return _("A guide is there the whole day")


def _guide_part(told: Words) -> str:
    if told.to_staff and told.slots.get("wished"):
        return _("A guide is there part of the day; %(name)s wants someone near", name=told.name)
    return _("A guide is there part of the day")


def _close_by(told: Words) -> str:
    if told.slots.get("inside"):
        return _("Close by: in the same municipality")
    if not told.has("minutes"):
        return _("The way there is not too long")
    if told.has("mode") and told.mode():
        return ngettext(
            "Close by: about %(minutes)s minute %(mode)s",
            "Close by: about %(minutes)s minutes %(mode)s",
            told.whole("minutes"),
            minutes=told.whole("minutes"),
            mode=told.mode(),
        )
    return _("Close by: about %(minutes)s minutes", minutes=told.whole("minutes"))


def _remote(told: Words) -> str:
    if told.to_staff:
        return _("The work can be done from home")
    return _("You can do the work from home")


def _language(told: Words) -> str:
    if told.to_staff:
        return _("%(name)s’s %(language)s is enough here", name=told.name, language=told.languages("language"))
    return _("Your %(language)s is enough here", language=told.languages("language"))


def _grows(told: Words) -> str:
    if told.to_staff and told.slots.get("wished"):
        return _("This could grow into a job, which %(name)s wants", name=told.name)
    if told.slots.get("wished"):
        return _("This could grow into a job, as you want")
    return _("This could grow into a job")


def _values(told: Words) -> str:
    if told.to_staff:
        return _("What matters to %(name)s is here: %(cards)s", name=told.name, cards=told.cards())
    return _("What matters to you is here: %(cards)s", cards=told.cards())


def _employer_open(told: Words) -> str:
    if told.to_staff:
        return _("The employer has been open to young people before")
    return _("This employer has been open to young people before")


def _confirmed(told: Words) -> str:
    days = told.whole("days")
    if days == 0:
        return _("The employer said today that the place is open")
    return ngettext(
        "The employer said %(days)s day ago that the place is open",
        "The employer said %(days)s days ago that the place is open",
        days,
        days=days,
    )


REASONS: Mapping[str, Teller] = {
    R.STRENGTHS_MEET_TASKS: _strengths,
    R.OWN_WORDS_MEET_TASKS: _own_words,
    R.INTERESTS_MEET_TASKS: _interests,
    R.WANTS_TO_LEARN_HERE: _learning,
    R.WISH_DAY_PARTS_MET: _day_parts,
    R.WISH_HOURS_MET: _hours,
    R.WISH_SMALL_WORKPLACE_MET: _small_workplace,
    R.WISH_PLACE_MET: _place,
    R.GUIDE_PRESENT_WHOLE_DAY: _guide_whole_day,
    R.GUIDE_PRESENT_PART_OF_DAY: _guide_part,
    R.CLOSE_BY: _close_by,
    R.REMOTE_POSSIBLE: _remote,
    R.LANGUAGE_ENOUGH: _language,
    R.COULD_GROW_INTO_JOB: _grows,
    R.VALUES_MET: _values,
    R.EMPLOYER_OPEN: _employer_open,
    R.CONFIRMED_LATELY: _confirmed,
}
