"""Verbs that change suggestions. ``_move`` is the only writer of a suggestion's state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.audit.services import Actor, record
from placement.clock import utcnow
from placement.errors import DomainError, TransitionNotAllowed
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.models import Youth
from placement.offers.models import Offer
from placement.offers.states import OPEN_STATES
from placement.suggestions.adapter import Fit
from placement.suggestions.links import make_suggestion_link
from placement.suggestions.messages import suggestion_sent, take_back_message
from placement.suggestions.models import Suggestion, SuggestionEvent
from placement.suggestions.queries import find_pair, people_in_talks
from placement.suggestions.states import ANSWERED_STATES, TRANSITIONS, SuggestionAction, SuggestionState


@dataclass(frozen=True, slots=True)
class SentSuggestion:
    """A suggestion that was sent, the address of its page, and whether a message goes out."""

    suggestion: Suggestion
    address: str
    is_on_its_way: bool


def refuse_unless_sendable(session: Session, *, youth: Youth, offer: Offer) -> None:
    """Raise DomainError when the offer is not open, was suggested before, or enough people are in talks."""
    if offer.state not in OPEN_STATES or offer.centre_id != youth.centre_id:
        raise DomainError(_l("This place is not open any more."), code="offer_not_open")
    if find_pair(session, youth_id=youth.id, offer_id=offer.id) is not None:
        raise DomainError(_l("This place has been suggested to them already."), code="suggested_before")
    if people_in_talks(session, offer.centre_id).get(offer.id, 0) >= offer.talks_cap * offer.places:
        raise DomainError(
            _l("Enough young people are in talks about this place. Try again when the talks have ended."),
            code="talks_full",
        )


def send_suggestion(
    session: Session,
    *,
    youth: Youth,
    offer: Offer,
    fit: Fit,
    considered: int,
    versions: Mapping[str, str],
    note: str,
    sender: Staff,
    actor: Actor,
) -> SentSuggestion:
    """Suggest an offer to a young person, keep the reasons shown, and tell them by the channel they chose.

    Raises DomainError when the offer cannot be suggested to them.
    """
    refuse_unless_sendable(session, youth=youth, offer=offer)
    suggestion = Suggestion(
        centre_id=youth.centre_id,
        youth_id=youth.id,
        offer_id=offer.id,
        made_by_id=sender.id,
        state=SuggestionState.SENT,
        band=fit.band,
        position=fit.position,
        considered=considered,
        reasons=[told.as_data() for told in fit.reasons],
        checks=[told.as_data() for told in fit.checks],
        versions=dict(versions),
        note=note,
        sent_at=utcnow(),
    )
    session.add(suggestion)
    session.flush()  # the link and the message are bound to the id
    record(session, actor=actor, action="suggestion.sent", about=suggestion, youth_id=youth.id)
    address = make_suggestion_link(session, suggestion=suggestion, actor=actor)
    message = suggestion_sent(
        session,
        youth=youth,
        suggestion_id=suggestion.id,
        title=offer.title,
        sender=sender.first_name,
        address=address,
    )
    return SentSuggestion(suggestion, address, message is not None)


def answer_suggestion(
    session: Session, suggestion: Suggestion, action: SuggestionAction, *, actor: Actor, reason: str = ""
) -> Suggestion:
    """Keep the young person's answer; the last one counts. The same answer again changes nothing.

    Raises TransitionNotAllowed when the suggestion was withdrawn or the place has gone.
    """
    if not TRANSITIONS[action].by_youth:
        raise TransitionNotAllowed(_l("This is not one of the answers."))
    if suggestion.offer.state not in OPEN_STATES:
        raise TransitionNotAllowed(_l("This place is not open any more."))
    if suggestion.state is not TRANSITIONS[action].target:
        _move(session, suggestion, action, actor=actor)
        suggestion.answered_at = utcnow()
        suggestion.answer_reason = ""
        suggestion.followed_up_at = None
    if reason:
        explain_answer(session, suggestion, reason=reason, actor=actor)
    return suggestion


def explain_answer(session: Session, suggestion: Suggestion, *, reason: str, actor: Actor) -> Suggestion:
    """Keep why the young person answered as they did; nobody has to tell."""
    if suggestion.state not in ANSWERED_STATES:
        raise TransitionNotAllowed(_l("Answer first, then tell why if you want."))
    suggestion.answer_reason = reason
    record(session, actor=actor, action="suggestion.explained", about=suggestion, youth_id=suggestion.youth_id)
    return suggestion


def withdraw_suggestion(session: Session, suggestion: Suggestion, *, actor: Actor) -> Suggestion:
    """Take a suggestion back while the young person has not said yes; a message not yet gone stays unsent."""
    _move(session, suggestion, SuggestionAction.WITHDRAW, actor=actor)
    take_back_message(session, suggestion_id=suggestion.id)
    return suggestion


def close_suggestion(session: Session, suggestion: Suggestion, *, actor: Actor) -> Suggestion:
    """Close a suggestion whose place has gone to somebody else, after a person has told the young person."""
    _move(session, suggestion, SuggestionAction.CLOSE, actor=actor)
    take_back_message(session, suggestion_id=suggestion.id)
    return suggestion


def follow_up_suggestion(
    session: Session, suggestion: Suggestion, *, next_step: str, next_on: date | None, actor: Actor
) -> Suggestion:
    """Note that a worker has taken the step that a yes waits for, and what comes next and when."""
    if suggestion.state is not SuggestionState.INTERESTED:
        raise TransitionNotAllowed(_l("The young person has changed the answer. Look at it first."))
    suggestion.followed_up_at = utcnow()
    youth = suggestion.youth
    # What the step is, is in somebody's own words: the log tells only that it was written.
    changes = {"next_step": "changed", "next_on": [_iso(youth.next_on), _iso(next_on)]}
    youth.next_step, youth.next_on = next_step, next_on
    record(
        session,
        actor=actor,
        action="suggestion.followed_up",
        about=suggestion,
        youth_id=suggestion.youth_id,
        changes=changes,
    )
    return suggestion


def _move(session: Session, suggestion: Suggestion, action: SuggestionAction, *, actor: Actor) -> None:
    transition = TRANSITIONS[action]
    if suggestion.state not in transition.sources:
        raise TransitionNotAllowed(_l("This suggestion is over. Ask your own adult for what comes next."))
    source = suggestion.state
    suggestion.state = transition.target
    session.add(
        SuggestionEvent(
            suggestion_id=suggestion.id,
            at=utcnow(),
            action=action,
            source=source.value,
            target=transition.target.value,
            actor_kind=actor.kind,
            actor_id=actor.id,
        )
    )
    record(
        session,
        actor=actor,
        action=f"suggestion.{action.value}",
        about=suggestion,
        youth_id=suggestion.youth_id,
        changes={"state": [source.value, transition.target.value]},
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
