"""What a young person's own pages show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from placement.audit.models import ActorKind, AuditEntry
from placement.clock import in_helsinki
from placement.i18n import LazyString, gettext, local_name
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.models import SHOWN_STRENGTH_ANSWERS, CardAnswer, StrengthEvidence, Youth
from placement.offers.states import OPEN_STATES
from placement.placements.kinds import PartyRole
from placement.placements.models import Placement, PlacementParty
from placement.placements.states import BEFORE_START, STARTED
from placement.rules.book import RuleBook
from placement.suggestions.models import AnswerReason, Suggestion
from placement.suggestions.presenting import PlaceView, place_view
from placement.suggestions.services import may_undo
from placement.suggestions.states import ANSWERED_STATES, ANSWERS, TRANSITIONS, SuggestionAction, SuggestionState
from placement.vocabulary import cards_by_id

MOST_LOOKS = 20
AT_A_TIME = 3
SAYS_NO = frozenset({SuggestionState.NOT_NOW, SuggestionState.NOT_FOR_ME})

NEXT_STEPS: dict[SuggestionState, LazyString] = {
    SuggestionState.INTERESTED: _l(
        "Great! Your own adult talks with you first. Nothing about you is told to the employer without your yes."
    ),
    SuggestionState.NOT_NOW: _l("That is fine. We keep looking, and you can come back to this one."),
    SuggestionState.NOT_FOR_ME: _l("Thank you for telling. It helps us find something better. A no lowers nothing."),
}

OWN_ANSWERS: dict[SuggestionState, LazyString] = {
    SuggestionState.SENT: _l("Waits for your answer"),
    SuggestionState.INTERESTED: SuggestionAction.HEAR_MORE.label,
    SuggestionState.NOT_NOW: SuggestionAction.NOT_NOW.label,
    SuggestionState.NOT_FOR_ME: SuggestionAction.NOT_FOR_ME.label,
    SuggestionState.WITHDRAWN: _l("This place has gone"),
}

DEEDS: dict[str, LazyString] = {
    "youth.viewed": _l("looked at your page"),
    "youth.fit_viewed": _l("looked if a place would suit you"),
    "youth.reason_given": _l("told why they look at your page"),
    "message.viewed": _l("looked at a message to you"),
    "youth.added": _l("added you"),
    "youth.contact_changed": _l("changed your details"),
    "youth.contact_noted": _l("noted a talk with you"),
    "youth.frame_changed": _l("changed your wishes and hours"),
    "youth.cards_answered": _l("changed your strengths or wishes"),
    "youth.own_words_added": _l("changed your strengths"),
    "youth.own_words_changed": _l("changed your strengths"),
    "youth.own_words_removed": _l("changed your strengths"),
    "youth.evidence_added": _l("added where a strength of yours has shown"),
    "youth.evidence_removed": _l("removed where a strength of yours has shown"),
    "youth.request_ended": _l("answered what you had asked"),
    "consent.asked": _l("asked for your permission"),
    "youth.taken_over": _l("became your own adult"),
    "youth.hand_over_planned": _l("planned a new own adult for you"),
    "youth.hand_over_told": _l("told you about a new own adult"),
    "youth.handed_over": _l("handed you over to another worker"),
    "youth.link_made": _l("made a link to your page"),
    "suggestion.sent": _l("suggested a place"),
    "suggestion.withdraw": _l("took a suggestion back"),
    "suggestion.link_made": _l("made a link to a place"),
    "suggestion.followed_up": _l("noted the next step about a place"),
    "suggestion.close": _l("closed a suggestion after telling you"),
    "introduction.made": _l("began a card with you"),
    "introduction.change": _l("changed your card"),
    "introduction.ask": _l("asked you to read your card"),
    "introduction.send": _l("sent your card to an employer"),
    "introduction.revoke": _l("took your card back for you"),
    "introduction.withdraw": _l("ended an introduction"),
    "introduction.link_made": _l("made a link to your card"),
    "wish.talked_about": _l("talked with you about a place you had marked"),
    "placement.added": _l("planned a placement for you"),
    "placement.agreement_sent": _l("sent your agreement to be signed"),
    "placement.changed": _l("changed what was agreed about a placement"),
    "placement.cancel": _l("cancelled a placement"),
    "placement.interrupt": _l("ended a placement early"),
    "placement.handed_over": _l("handed your placement over to another worker"),
    "day.youth_invited": _l("invited you to a recruitment day"),
    "day.answered": _l("noted your answer to a recruitment day"),
    "day.place_offered": _l("offered you a place on a recruitment day"),
    "day.place_given": _l("gave you a place on a recruitment day"),
}
"""What workers do with the data of a young person, told to the young person; nothing vague is told."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer that can be given now."""

    action: SuggestionAction
    variant: str


@dataclass(frozen=True, slots=True)
class PlaceAddresses:
    """Where the buttons of the page of one place lead: the same place has a link of its own and one on the own page."""

    page: str
    answer: str
    undo: str
    reason: str
    back: str | None = None


@dataclass(frozen=True, slots=True)
class SuggestionPage:
    """The page of one suggestion."""

    view: PlaceView
    suggestion: Suggestion
    sender: str
    sent_on: date
    is_open: bool
    is_answered: bool
    answers: list[Answer]
    own_answer: LazyString
    next_step: LazyString | str
    may_undo: bool
    reasons: tuple[AnswerReason, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """A worker looked at or changed something on a day."""

    day: date
    who: str
    what: str
    why: str


def in_threes(suggestions: Sequence[Suggestion]) -> tuple[list[Suggestion], int, list[Suggestion]]:
    """Return at most three suggestions that wait for an answer, how many more do, and those that are answered."""
    waiting = [one for one in suggestions if one.state is SuggestionState.SENT and one.offer.state in OPEN_STATES]
    rest = [one for one in suggestions if one not in waiting]
    return waiting[:AT_A_TIME], max(0, len(waiting) - AT_A_TIME), rest


def suggestion_page(suggestion: Suggestion, book: RuleBook) -> SuggestionPage:
    """Return what the page of a suggestion shows; the buttons come from the table of transitions."""
    youth, offer = suggestion.youth, suggestion.offer
    is_open = offer.state in OPEN_STATES and suggestion.state is not SuggestionState.WITHDRAWN
    possible = [
        action
        for action in ANSWERS
        if suggestion.state in TRANSITIONS[action].sources and TRANSITIONS[action].target is not suggestion.state
    ]
    variants = {SuggestionAction.NOT_NOW: "ghost", SuggestionAction.NOT_FOR_ME: "quiet"}
    return SuggestionPage(
        view=place_view(
            offer, youth, reasons=suggestion.reasons, checks=suggestion.checks, note=suggestion.note, book=book
        ),
        suggestion=suggestion,
        sender=suggestion.made_by.first_name if suggestion.made_by else gettext("Ohjaamo"),
        sent_on=in_helsinki(suggestion.sent_at).date(),
        is_open=is_open,
        is_answered=suggestion.state in ANSWERED_STATES,
        answers=[Answer(action, variants.get(action, "")) for action in possible] if is_open else [],
        own_answer=OWN_ANSWERS[suggestion.state],
        next_step=NEXT_STEPS.get(suggestion.state, ""),
        may_undo=is_open and may_undo(suggestion),
        reasons=tuple(AnswerReason) if suggestion.state in SAYS_NO else (),
    )


def strengths_of(youth: Youth) -> list[str]:
    """Return the texts of the cards that the young person has said yes or a little to."""
    known = cards_by_id()
    return [
        local_name(known[answer.card_id])
        for answer in youth.answers
        if answer.answer in SHOWN_STRENGTH_ANSWERS and answer.card_id in known
    ]


@dataclass(frozen=True, slots=True)
class StrengthLine:
    """One answered card on the page of own strengths, with where it has shown."""

    card_id: str
    text: str
    answer: LazyString
    is_strength: bool
    evidence: tuple[StrengthEvidence, ...]


def strength_lines(youth: Youth, evidence: Sequence[StrengthEvidence]) -> list[StrengthLine]:
    """Return every answered card, strengths first, then what one wants to learn, then wishes and the rest."""
    known = cards_by_id()
    shown = [
        StrengthLine(
            row.card_id,
            local_name(known[row.card_id]),
            row.answer.label,
            row.answer in SHOWN_STRENGTH_ANSWERS or row.answer is CardAnswer.WANT_TO_LEARN,
            tuple(one for one in evidence if one.card_id == row.card_id),
        )
        for row in sorted(youth.answers, key=lambda row: list(CardAnswer).index(row.answer))
        if row.card_id in known
    ]
    return sorted(shown, key=lambda line: not line.is_strength)


def page_of_placement(placement: Placement) -> str | None:
    """Return the endpoint that a young person may open of their placement now: at work, the agreement, or nothing."""
    party = own_party(placement)
    if party is None:
        return None
    if placement.state in STARTED:
        return "at_work.show"
    return "agreement.show" if placement.state in BEFORE_START and party.asked_at is not None else None


def own_party(placement: Placement) -> PlacementParty | None:
    """Return the young person's own row among the parties of a placement."""
    return next((party for party in placement.parties if party.role is PartyRole.PARTICIPANT), None)


def looks(entries: Sequence[AuditEntry], names: Mapping[int, str]) -> list[Look]:
    """Return who of the staff has looked at or changed the data, once a day each, newest first."""
    found: dict[Look, None] = {}
    for entry in entries:
        if entry.actor_kind is not ActorKind.STAFF or entry.actor_id is None:
            continue
        what = DEEDS.get(entry.action)
        if what is None:
            continue
        who = names.get(entry.actor_id) or gettext("A worker of the centre")
        found.setdefault(Look(in_helsinki(entry.at).date(), who, str(what), entry.reason))
    return list(found)[:MOST_LOOKS]
