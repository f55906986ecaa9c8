"""What would make a place fit and what to ask next, as sentences for a worker."""

from collections.abc import Callable, Mapping

from placement.suggestions.adapter import ChangeCode as C
from placement.suggestions.adapter import QuestionCode as Q
from placement.suggestions.adapter import Told
from placement.suggestions.told_words import Words, duration, listed, ngettext
from placement.suggestions.told_words import gettext as _

Teller = Callable[[Words], str]


def change_sentence(told: Told, *, name: str) -> str:
    """Return a change as something that somebody could do."""
    return CHANGES[told.code](Words(told.slots, name))


def question_sentence(told: Told, *, name: str) -> str:
    """Return a question to ask a young person, told to their worker."""
    return QUESTIONS[told.code](Words(told.slots, name))


def _cards(told: Words) -> str:
    return _("%(name)s gets this before the start: %(cards)s", name=told.name, cards=told.work_cards("cards"))


def _licence(told: Words) -> str:
    return _("%(name)s gets a driving licence: %(licence)s", name=told.name, licence=told.code("licence"))


def _language(told: Words) -> str:
    return _(
        "%(name)s’s %(language)s rises from %(level)s to %(minimum)s",
        name=told.name,
        language=told.languages("language"),
        level=told.code("level"),
        minimum=told.code("minimum"),
    )


def _way(told: Words) -> str:
    if not told.has("minutes"):
        return _("Talk with %(name)s about the other practical wish", name=told.name)
    return _("%(name)s travels up to %(way)s one way", name=told.name, way=duration(told.whole("minutes")))


def _other_hours(told: Words) -> str:
    return _("Ask the employer for other hours, without: %(parts)s", parts=told.day_parts())


def _shorter(told: Words) -> str:
    hours = told.number("hours")
    if told.slots.get("per") == "day":
        return _("Ask the employer for at most %(hours)s hours a day", hours=hours)
    return _("Ask the employer for at most %(hours)s hours a week", hours=hours)


def _fewer_days(told: Words) -> str:
    return _("Ask the employer for at most %(days)s days a week", days=told.number("days"))


def _later(told: Words) -> str:
    return _("Ask the employer if the start can wait until %(day)s", day=told.day("day"))


def _ask_cards(told: Words) -> str:
    return ngettext(
        "Does %(name)s have this card: %(cards)s?",
        "Which of these does %(name)s have: %(cards)s?",
        len(told.items("cards")),
        name=told.name,
        cards=listed(told.work_cards_each("cards")),
    )


def _ask_licence(told: Words) -> str:
    return _("Does %(name)s have a driving licence: %(licence)s?", name=told.name, licence=told.code("licence"))


def _ask_language(told: Words) -> str:
    return _("How well does %(name)s speak: %(language)s?", name=told.name, language=told.languages("language"))


def _ask_day_part(told: Words) -> str:
    return _("Can %(name)s work at these times: %(parts)s?", name=told.name, parts=told.day_parts())


def _ask_way(told: Words) -> str:
    return _("How long a way is all right for %(name)s?", name=told.name)


def _ask_hours(told: Words) -> str:
    return _("How many hours a week does %(name)s wish for?", name=told.name)


def _ask_first_day(told: Words) -> str:
    return _("When could %(name)s start?", name=told.name)


def _ask_guide(told: Words) -> str:
    return _("Does %(name)s want somebody near at the beginning?", name=told.name)


CHANGES: Mapping[str, Teller] = {
    C.GET_CARDS: _cards,
    C.GET_LICENCE: _licence,
    C.LEARN_LANGUAGE: _language,
    C.LONGER_WAY: _way,
    C.OTHER_HOURS: _other_hours,
    C.SHORTER_HOURS: _shorter,
    C.FEWER_DAYS: _fewer_days,
    C.LATER_START: _later,
}
QUESTIONS: Mapping[str, Teller] = {
    Q.CARDS_HELD: _ask_cards,
    Q.LICENCES: _ask_licence,
    Q.LANGUAGE: _ask_language,
    Q.DAY_PART: _ask_day_part,
    Q.LONGEST_WAY: _ask_way,
    Q.WEEKLY_HOURS: _ask_hours,
    Q.FIRST_DAY: _ask_first_day,
    Q.GUIDE_NEAR: _ask_guide,
}
