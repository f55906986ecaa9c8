"""What the pages about young people show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from flask import url_for

from placement.accounts.models import Staff
from placement.accounts.permissions import Permission
from placement.audit.models import ActorKind, AuditEntry
from placement.clock import in_helsinki, today_in_helsinki
from placement.i18n import LazyString, format_day, gettext, language_name, local_name, ngettext
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.models import LanguageLevel, StrengthEvidence, TravelMode, Youth
from placement.jobseekers.queries import STRENGTHS_NEEDED, is_named_worker, strength_count
from placement.offers.models import DayPart
from placement.suggestions.models import Suggestion
from placement.suggestions.states import SuggestionState
from placement.vocabulary import WorkCard, cards_by_id
from placement.web.access import may, signed_in_staff
from placement.web.forms import local_municipality

SOME_LEVELS = frozenset({"A1", "A2"})
SPEAKING_ORDER = ("native", "C2", "C1", "B2", "B1", "A2", "A1")

ACTION_NAMES: dict[str, LazyString] = {
    "youth.viewed": _l("Looked at the details"),
    "youth.fit_viewed": _l("Looked if a place would suit"),
    "youth.reason_given": _l("Gave a reason to look"),
    "youth.added": _l("Added to Sauma"),
    "youth.contact_changed": _l("Changed contact details"),
    "youth.contact_noted": _l("Noted a contact"),
    "youth.frame_changed": _l("Changed the practical frame"),
    "youth.cards_answered": _l("Changed answers to cards"),
    "youth.own_words_added": _l("Added own words"),
    "youth.own_words_changed": _l("Changed what own words mean"),
    "youth.own_words_removed": _l("Removed own words"),
    "youth.taken_over": _l("Became own adult"),
    "youth.evidence_added": _l("Added where a strength has shown"),
    "youth.evidence_removed": _l("Removed where a strength has shown"),
    "youth.messages_chosen": _l("Chose language and way of messages"),
    "youth.break_began": _l("Began a break from suggestions"),
    "youth.break_ended": _l("Ended the break from suggestions"),
    "youth.asked_to_correct": _l("Asked for a correction"),
    "youth.asked_to_erase": _l("Asked for deletion"),
    "youth.request_ended": _l("Answered a request"),
    "consent.asked": _l("Asked for a permission"),
    "consent.give": _l("Gave a permission"),
    "consent.refuse": _l("Did not give a permission"),
    "consent.withdraw": _l("Took a permission back"),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the pages about a person."""

    label: LazyString
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """The head that all pages about one young person share."""

    youth_id: int
    name: str
    facts: list[str]
    tabs: list[Tab]
    current: str
    current_label: LazyString
    is_named_worker: bool
    strengths: int
    strengths_missing: int
    may_edit: bool
    may_suggest: bool


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """Where a strength has shown and who saw it."""

    strength: str
    place: LazyString
    told: str
    seen_by: str


@dataclass(frozen=True, slots=True)
class LogLine:
    """Who looked at or changed something, and when. Looks of one worker in a row on one day are one line."""

    at: datetime
    who: str
    what: LazyString
    times: int
    why: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a timeline."""

    state: str
    text: str
    detail: str


def person_page(youth: Youth, *, current: str) -> PersonPage:
    """Return the head of a page about a young person loaded with their profile.

    ``current`` is the tab: overview, strengths, wishes, suggestions or contact.
    """
    tabs = {
        "overview": (_l("Overview"), "jobseekers.show"),
        "strengths": (_l("Strengths"), "jobseekers.strengths"),
        "wishes": (_l("Wishes and frame"), "jobseekers.wishes"),
        "suggestions": (_l("Suggestions"), "suggest.show"),
        "contact": (_l("Contact"), "jobseekers.contact"),
    }
    if not may(Permission.SUGGESTION_VIEW):
        del tabs["suggestions"]
    told = strength_count(youth)
    missing = max(0, STRENGTHS_NEEDED - told)
    return PersonPage(
        youth_id=youth.id,
        name=youth.short_name,
        facts=person_facts(youth),
        tabs=[
            Tab(label, url_for(endpoint, youth_id=youth.id), code == current)
            for code, (label, endpoint) in tabs.items()
        ],
        current=current,
        current_label=tabs[current][0],
        is_named_worker=is_named_worker(signed_in_staff(), youth),
        strengths=told,
        strengths_missing=missing,
        may_edit=may(Permission.YOUTH_EDIT),
        may_suggest=may(Permission.SUGGESTION_SEND),
    )


def evidence_lines(evidence: Sequence[StrengthEvidence]) -> list[EvidenceLine]:
    """Return where strengths have shown, newest first, each with the words of its card."""
    known = cards_by_id()
    return [
        EvidenceLine(local_name(known[one.card_id]), one.place.label, one.told, one.seen_by)
        for one in evidence
        if one.card_id in known
    ]


def person_facts(youth: Youth) -> list[str]:
    """Return the few facts under the name. Those about places stay with the named workers."""
    facts = []
    age = youth.age_on(today_in_helsinki())
    if age is not None:
        facts.append(ngettext("%(num)s year", "%(num)s years", age))
    if spoken := _spoken(youth):
        facts.append(gettext("speaks %(languages)s", languages=", ".join(spoken)))
    if youth.travel_minutes_max and places_may_be_shown(youth):
        facts.append(gettext("travels up to %(minutes)s min", minutes=youth.travel_minutes_max))
    if youth.one_adult is not None and youth.deputy is not None:
        names = {"adult": youth.one_adult.first_name, "deputy": youth.deputy.first_name}
        facts.append(gettext("own adult %(adult)s, deputy %(deputy)s", **names))
    elif youth.one_adult is not None:
        facts.append(gettext("own adult %(adult)s", adult=youth.one_adult.first_name))
    else:
        facts.append(gettext("no own adult yet"))
    if youth.paused_on is not None:
        facts.append(gettext("has a break from suggestions"))
    return facts


def places_may_be_shown(youth: Youth) -> bool:
    """Return whether the reader may see where the person travels from and how far."""
    return not youth.protected_contact or is_named_worker(signed_in_staff(), youth)


def _spoken(youth: Youth) -> list[str]:
    order = {level: place for place, level in enumerate(SPEAKING_ORDER)}
    known = sorted(youth.languages.items(), key=lambda pair: (order.get(str(pair[1]), len(order)), pair[0]))
    return [
        gettext("some %(language)s", language=language_name(code)) if level in SOME_LEVELS else language_name(code)
        for code, level in known
    ]


def _language_rows(youth: Youth) -> list[str]:
    levels = {level.value: level.label for level in LanguageLevel}
    return [
        gettext("%(language)s: %(level)s", language=language_name(code), level=levels[level])
        for code, level in sorted(youth.languages.items())
        if level in levels
    ]


def frame_rows(youth: Youth) -> list[tuple[str, str]]:
    """Return what is known of the practical frame, as rows of a summary."""
    suits = [str(part.label) for part in DayPart if youth.day_parts.get(part.value) is True]
    not_suits = [str(part.label) for part in DayPart if youth.day_parts.get(part.value) is False]
    rows = [
        (gettext("Languages"), ", ".join(_language_rows(youth))),
        (gettext("Suits"), ", ".join(suits)),
        (gettext("Does not suit"), ", ".join(not_suits)),
        (gettext("Hours a week"), hours_text(youth.hours_per_week_min, youth.hours_per_week_max)),
    ]
    if places_may_be_shown(youth):
        minutes = youth.travel_minutes_max
        rows.append((gettext("Travels from"), local_municipality(youth.travel_from)))
        rows.append((gettext("Longest way"), gettext("%(minutes)s min", minutes=minutes) if minutes else ""))
    modes = [str(mode.label) for mode in TravelMode if mode.value in youth.travel_modes]
    cards = [str(card.label) for card in WorkCard if card.value in youth.cards_held]
    return [
        *rows,
        (gettext("Ways to get there"), ", ".join(modes)),
        (gettext("Can start from"), format_day(youth.available_from) if youth.available_from else ""),
        (gettext("Cards held"), ", ".join(cards)),
        (gettext("Driving licence"), ", ".join(youth.licence_classes)),
    ]


def hours_text(least: int | None, most: int | None) -> str:
    """Return the wished weekly hours in words."""
    if least is not None and most is not None:
        return str(gettext("%(least)s to %(most)s hours", least=least, most=most))
    if least is not None:
        return str(gettext("at least %(hours)s hours", hours=least))
    return str(gettext("at most %(hours)s hours", hours=most)) if most is not None else ""


def log_lines(entries: Sequence[AuditEntry], names: Mapping[int, str]) -> list[LogLine]:
    """Return the lines of the log about a person, with the names of the workers."""
    kin = groupby(entries, key=_kinship)
    rows = [list(group) for _key, group in kin]
    return [LogLine(row[0].at, _who(row[0], names), _what(row[0].action), len(row), row[0].reason) for row in rows]


def _kinship(entry: AuditEntry) -> tuple[object, ...]:
    if entry.action != "youth.viewed":
        return (entry.id,)
    return entry.action, entry.actor_kind, entry.actor_id, in_helsinki(entry.at).date()


def _what(action: str) -> LazyString:
    if action.startswith("suggestion."):
        return _l("Worked on a suggestion")
    if action.startswith("introduction."):
        return _l("Worked on an introduction")
    return ACTION_NAMES.get(action, _l("Another change"))


def _who(entry: AuditEntry, names: Mapping[int, str]) -> str:
    if entry.actor_kind is ActorKind.STAFF and entry.actor_id is not None:
        return names.get(entry.actor_id, gettext("A worker who has left"))
    return str(entry.actor_kind.label)


def chosen_workers(workers: Sequence[Staff], youth: Youth | None = None) -> list[Staff]:
    """Return the workers who can be chosen, with those serving the person now even if they could not be."""
    now = [worker for worker in (youth.one_adult, youth.deputy) if worker is not None] if youth else []
    known = {worker.id for worker in workers}
    return [*workers, *(worker for worker in now if worker.id not in known)]


def suggestion_steps(suggestions: Sequence[Suggestion]) -> list[Step]:
    """Return suggestions, loaded with their offers, as steps of a timeline."""
    return [
        Step(
            state="next" if suggestion.state is SuggestionState.SENT else "done",
            text=suggestion.offer.title,
            detail=gettext(
                "%(state)s, suggested %(day)s",
                state=suggestion.state.label,
                day=format_day(in_helsinki(suggestion.sent_at).date()),
            ),
        )
        for suggestion in suggestions
    ]
