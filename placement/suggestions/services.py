"""Verbs that change suggestions. ``_move`` is the only writer of a suggestion's state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.audit.services import Actor, record
from placement.clock import utcnow
from placement.errors import DomainError, TransitionNotAllowed
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.models import Youth
from placement.offers.models import Offer
from placement.offers.queries import lock_offer
from placement.offers.states import OPEN_STATES
from placement.suggestions.adapter import Fit
from placement.suggestions.decisions.models import ListAction
from placement.suggestions.decisions.services import note_step
from placement.suggestions.links import make_suggestion_link
from placement.suggestions.messages import suggestion_sent, take_back_message
from placement.suggestions.models import AnswerReason, Suggestion, SuggestionEvent
from placement.suggestions.queries import find_pair, people_in_talks
from placement.suggestions.states import ANSWERED_STATES, ANSWERS, TRANSITIONS, SuggestionAction, SuggestionState

UNDO_FOR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class SentSuggestion:
    """A suggestion that was sent, the address of its page, and whether a message goes out."""

    suggestion: Suggestion
    address: str
    is_on_its_way: bool


def refuse_unless_sendable(session: Session, *, youth: Youth, offer: Offer) -> None:
    """Raise DomainError when the offer is not open or was suggested before, talks are full, or they have a break."""
    if youth.paused_on is not None:
        raise DomainError(_l("The young person has a break from suggestions. Ask them first."), code="has_a_break")
    if offer.state not in OPEN_STATES or offer.centre_id != youth.centre_id:
        raise DomainError(_l("This place is not open any more."), code="offer_not_open")
    if offer.paused_until is not None:
        raise DomainError(_l("This place is paused. It comes back by itself."), code="offer_paused")
    if find_pair(session, youth_id=youth.id, offer_id=offer.id) is not None:
        raise DomainError(_l("This place has been suggested to them already."), code="suggested_before")
    if _is_full(session, offer):
        raise DomainError(
            _l("Enough young people are in talks about this place. Try again when the talks have ended."),
            code="talks_full",
        )


def _is_full(session: Session, offer: Offer) -> bool:
    """Tell whether as many are in talks as the employer wants; two who ask at once are counted one by one."""
    lock_offer(session, offer.id)
    return people_in_talks(session, offer.centre_id).get(offer.id, 0) >= offer.talks_cap * offer.places


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
    note_step(session, youth_id=youth.id, action=ListAction.SENT, offer_id=offer.id, actor=actor)
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
    if action not in ANSWERS:
        raise TransitionNotAllowed(_l("This is not one of the answers."))
    if suggestion.offer.state not in OPEN_STATES:
        raise TransitionNotAllowed(_l("This place is not open any more."))
    if suggestion.state is not TRANSITIONS[action].target:
        if action is SuggestionAction.HEAR_MORE and _is_full(session, suggestion.offer):
            raise DomainError(
                _l("Many are talking about this place just now. Answer “Not now”, and we tell you if it frees."),
                code="talks_full",
            )
        _move(session, suggestion, action, actor=actor)
        suggestion.answered_at = utcnow()
        suggestion.answer_reason, suggestion.reason_code = "", None
        suggestion.followed_up_at = None
    if reason:
        explain_answer(session, suggestion, reason=reason, actor=actor)
    return suggestion


def explain_answer(
    session: Session,
    suggestion: Suggestion,
    *,
    actor: Actor,
    reason: str | None = None,
    code: AnswerReason | None = None,
) -> Suggestion:
    """Keep why the young person answered as they did, in words or in one tap; nobody has to tell.

    The reason lowers nothing: other offers keep their place in the list (``heard.py`` tells how it is used).
    """
    if suggestion.state not in ANSWERED_STATES:
        raise TransitionNotAllowed(_l("Answer first, then tell why if you want."))
    if reason is not None:
        suggestion.answer_reason = reason
    if code is not None:
        suggestion.reason_code = code
    record(session, actor=actor, action="suggestion.explained", about=suggestion, youth_id=suggestion.youth_id)
    return suggestion


def may_undo(suggestion: Suggestion) -> bool:
    """Return whether the answer is so fresh that it can be taken back, and nobody has acted on it."""
    if suggestion.answered_at is None or suggestion.state not in TRANSITIONS[SuggestionAction.UNDO].sources:
        return False
    return suggestion.followed_up_at is None and utcnow() - suggestion.answered_at <= UNDO_FOR


def undo_answer(session: Session, suggestion: Suggestion, *, actor: Actor) -> Suggestion:
    """Take the latest answer back as if it had not been given; raise TransitionNotAllowed when it is too late."""
    if not may_undo(suggestion):
        raise TransitionNotAllowed(_l("It is too late to undo. You can still change your answer."))
    _move(session, suggestion, SuggestionAction.UNDO, actor=actor)
    suggestion.answered_at, suggestion.answer_reason, suggestion.reason_code = None, "", None
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
