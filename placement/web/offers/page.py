"""What the offer pages show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from placement.audit.models import ActorKind
from placement.clock import in_helsinki
from placement.employers.models import EmployerForm
from placement.i18n import current_language, format_day, format_number, format_time, gettext, language_name, local_name
from placement.offers.finding import OfferFilter
from placement.offers.models import DayPart, Offer, OfferOrigin, SubsidyPath
from placement.offers.rule_checks import check_offer_rules, values_of
from placement.offers.rule_texts import text_of
from placement.offers.states import TRANSITIONS, OfferAction, OfferState, possible_actions
from placement.rules.answers import AnswerKind, RuleAnswer
from placement.rules.book import RuleBook
from placement.vocabulary import WorkCard, cards_by_id, distance_km, families_by_id
from placement.web.access import may
from placement.web.forms import local_municipality

# Steps of other screens: talks begin and end with suggestions, and a job closes what nobody confirms.
_ELSEWHERE = frozenset({OfferAction.BEGIN_TALKS, OfferAction.END_TALKS, OfferAction.EXPIRE})
_SHOWN_AS = {AnswerKind.OK: "ok", AnswerKind.NEEDS_HUMAN: "ask", AnswerKind.BLOCKED: "stop"}
_SAY_THE_RULE_ITSELF = frozenset({"authority_checks", "start_after_decision", "household_subsidy"})
_ORDER = {AnswerKind.BLOCKED: 0, AnswerKind.NEEDS_HUMAN: 1, AnswerKind.OK: 2}


@dataclass(frozen=True, slots=True)
class StateTab:
    """One state as a tab above the list."""

    label: Any
    url: str
    is_current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class CheckLine:
    """What a rule says, ready to be shown: ok, ask or stop."""

    state: str
    text: str
    detail: str
    rule_id: str
    source_url: str


@dataclass(frozen=True, slots=True)
class LifeStep:
    """One step in the life of an offer for the timeline."""

    state: str
    text: str
    detail: str


def available_actions(offer: Offer) -> tuple[OfferAction, ...]:
    """Return the steps that the signed-in worker may take now, so that buttons and rules agree."""
    return tuple(
        action
        for action in possible_actions(offer.state)
        if action not in _ELSEWHERE and may(TRANSITIONS[action].permission)
    )


def check_lines(offer: Offer, employer_form: EmployerForm, on: date, book: RuleBook) -> list[CheckLine]:
    """Return what the rules of the centre say about an offer: what stops it first, then what a person must look at."""
    answers = check_offer_rules(values_of(offer), employer_form, on, book)
    return [_line(answer, on, book) for answer in sorted(answers, key=lambda answer: _ORDER[answer.kind])]


def _line(answer: RuleAnswer, on: date, book: RuleBook) -> CheckLine:
    rule = book.rule_on(answer.rule_id, on)
    says_more = rule is not None and answer.kind is not AnswerKind.OK and answer.code not in _SAY_THE_RULE_ITSELF
    detail = str(getattr(rule, current_language())) if says_more else ""
    return CheckLine(
        state=_SHOWN_AS[answer.kind],
        text=text_of(answer.code, answer.slots),
        detail=detail,
        rule_id=answer.rule_id,
        source_url=rule.source_url if rule is not None else "",
    )


def life_of(offer: Offer, names: Mapping[int, str]) -> list[LifeStep]:
    """Return the steps an offer has taken, oldest first, and what comes next."""
    steps = [LifeStep("done", gettext("Written down"), format_day(in_helsinki(offer.created_at).date()))]
    for event in offer.events:
        if event.actor_kind is ActorKind.EMPLOYER:
            who = gettext("Employer")
        else:
            who = names.get(event.actor_id or 0, gettext("The service"))
        day = format_day(in_helsinki(event.at).date())
        detail = f"{day} · {who}" + (f" · {event.reason}" if event.reason else "")
        steps.append(LifeStep("done", str(event.action.done_label), detail))
    following = {OfferState.DRAFT: OfferState.SUBMITTED, OfferState.SUBMITTED: OfferState.LIVE}
    coming = following.get(offer.state, OfferState.LIVE if offer.state is OfferState.CHECKED else None)
    if coming is not None:
        steps.append(LifeStep("next", str(coming.label), ""))
    return steps


def distance_words(wanted: OfferFilter, offer: Offer) -> str:
    """Return how far an offer is from the municipality that was searched near, as the crow flies; else nothing."""
    if not wanted.near or not offer.municipality_code:
        return ""
    kilometres = distance_km(wanted.near, offer.municipality_code)
    return "" if kilometres is None else str(gettext("%(km)s km", km=format_number(round(kilometres))))


def when_rows(offer: Offer) -> list[tuple[str, str]]:
    """Return days, hours and length in words."""
    labels = {part.value: str(part.label) for part in DayPart}
    return [
        (gettext("Days and times"), offer.schedule_notes),
        (gettext("Parts of the day"), ", ".join(labels.get(part, part) for part in offer.day_parts)),
        (gettext("Clock times"), _clock(offer)),
        (gettext("Hours a day"), _number(offer.hours_per_day)),
        (gettext("Days a week"), _number(offer.days_per_week)),
        (gettext("Hours a week"), _number(offer.hours_per_week)),
        (gettext("Can start"), _window(offer)),
        (gettext("Length in months"), _number(offer.months)),
        (gettext("Places"), str(offer.places)),
        (gettext("In talks at once, at most"), str(offer.talks_cap)),
    ]


def place_rows(offer: Offer) -> list[tuple[str, str]]:
    """Return where the work is and how one gets there."""
    return [
        (gettext("Place of business"), offer.unit.name if offer.unit else ""),
        (gettext("Where"), ", ".join(part for part in (offer.street_area, _municipality(offer)) if part)),
        (gettext("From home"), gettext("Yes") if offer.is_remote else ""),
        (gettext("How to get there"), offer.access_notes),
        (gettext("Accessibility of the place"), offer.premises_notes),
        (gettext("The place is like this"), _marks(offer, is_so=True)),
        (gettext("The place is surely not like this"), _marks(offer, is_so=False)),
        (gettext("Languages at work"), _languages(offer)),
    ]


def people_rows(offer: Offer) -> list[tuple[str, str]]:
    """Return who guides and whom to ask."""
    return [
        (gettext("Who guides?"), offer.guide_name),
        (gettext("The guide is there"), str(offer.guide_time.label) if offer.guide_time else ""),
        (gettext("Contact person"), offer.contact.name if offer.contact else ""),
        (gettext("Wants to be contacted"), offer.contact_way),
    ]


def declared_rows(offer: Offer) -> list[tuple[str, str]]:
    """Return what the employer declares about lay-offs, taxes and wages."""
    answers = {"yes": gettext("Yes"), "no": gettext("No")}
    open_answer = gettext("Not sure") if offer.origin is OfferOrigin.EMPLOYER_LINK else gettext("Not known")
    return [
        (gettext("People laid off or dismissed lately"), answers.get(offer.laid_off_lately, open_answer)),
        (gettext("Taxes and wages in order"), answers.get(offer.taxes_in_order, open_answer)),
    ]


def terms_rows(offer: Offer) -> list[tuple[str, str]]:
    """Return age, cards, skills, pay and what staff alone see."""
    deadlines = {"at_start": gettext("at the start"), "by_month_3": gettext("by month 3")}
    names = {card.value: card.label for card in WorkCard}
    cards = [f"{names.get(card, card)} ({deadlines.get(when, when)})" for card, when in offer.cards_needed.items()]
    age = "" if offer.minimum_age is None else f"{offer.minimum_age} · {offer.minimum_age_reason}".rstrip(" ·")
    paths = {path.value: str(path.label) for path in SubsidyPath}
    grows = {True: gettext("Yes"), False: gettext("No"), None: ""}
    return [
        (gettext("Minimum age"), age),
        (gettext("Cards and permits"), ", ".join(cards)),
        (gettext("Driving licence"), offer.licence_needed or ""),
        (gettext("Criminal record check"), gettext("After selection") if offer.needs_record_check else ""),
        (gettext("Skills that are needed"), offer.required_skills),
        (gettext("Pay"), offer.pay),
        (gettext("Can it grow into a job?"), grows[offer.can_grow_into_job]),
        (gettext("Support the employer might get"), ", ".join(paths.get(path, path) for path in offer.subsidy_paths)),
    ]


def family_name(offer: Offer) -> str:
    """Return the name of the task family in the reader's language; empty when none is chosen."""
    family = families_by_id().get(offer.task_family or "")
    return str(local_name(family)) if family is not None else ""


def _municipality(offer: Offer) -> str:
    return str(local_municipality(offer.municipality_code))


def _number(value: Any) -> str:
    return "" if value is None else format_number(float(value))


def _clock(offer: Offer) -> str:
    begins, ends = (format_time(one) if one else "" for one in (offer.work_begins, offer.work_ends))
    return f"{begins}–{ends}" if begins or ends else ""


def _window(offer: Offer) -> str:
    if offer.starts_from and offer.starts_until:
        return f"{format_day(offer.starts_from)} – {format_day(offer.starts_until)}"
    if offer.starts_from:
        return str(gettext("From %(day)s", day=format_day(offer.starts_from)))
    return str(gettext("By %(day)s", day=format_day(offer.starts_until))) if offer.starts_until else ""


def _marks(offer: Offer, *, is_so: bool) -> str:
    cards = cards_by_id()
    names: Sequence[str] = [
        local_name(cards[card]) for card, answer in offer.environment.items() if answer is is_so and card in cards
    ]
    return ", ".join(names)


def _languages(offer: Offer) -> str:
    return ", ".join(
        f"{language_name(code)} {level}" if level else language_name(code)
        for code, level in offer.working_languages.items()
    )
