"""Verbs that change offers. ``move`` is the only writer of ``offer.state``."""

from typing import Any

from sqlalchemy.orm import Session

from placement.audit.models import ActorKind
from placement.audit.services import Actor, diff, record
from placement.centre_rules.queries import rule_book
from placement.clock import today_in_helsinki, utcnow
from placement.employers.merging.services import refuse_merged_away
from placement.employers.models import Employer, EmployerContact
from placement.errors import ChangedMeanwhile, ReasonNeeded, RuleBlocks, TransitionNotAllowed
from placement.i18n import lazy_gettext as _l
from placement.offers.messages import employer_offer_received, offer_returned
from placement.offers.models import UNPAID_KINDS, Offer, OfferEvent, OfferKind, OfferOrigin, Visibility
from placement.offers.rule_checks import blocking_answers, check_offer_rules, values_of
from placement.offers.rule_texts import lazy_text_of
from placement.offers.states import EDITABLE_STATES, OPEN_STATES, TRANSITIONS, OfferAction, OfferState

ENDED = frozenset({OfferState.FILLED, OfferState.WITHDRAWN, OfferState.EXPIRED, OfferState.REJECTED})


def add_offer(
    session: Session,
    *,
    centre_id: int,
    employer_id: int,
    kind: OfferKind,
    origin: OfferOrigin,
    actor: Actor,
    employer_allows_open: bool = False,
    **fields: Any,
) -> Offer:
    """Add an offer as a draft; raise RuleBlocks for what its kind can never have.

    The languages of work are those of the employer unless they are given. ``employer_allows_open`` says that the
    employer has agreed to show a hidden job to everybody. Raises ChangedMeanwhile
    when the employer has just been merged with another.
    """
    refuse_merged_away(session, employer_id)
    if "working_languages" not in fields:
        spoken = session.get_one(Employer, employer_id).working_languages
        fields["working_languages"] = dict.fromkeys(spoken)  # no level is asked for until somebody tells one
    offer = Offer(centre_id=centre_id, employer_id=employer_id, kind=kind, origin=origin, state=OfferState.DRAFT)
    _set_fields(offer, fields)
    _refuse_impossible(offer, employer_allows_open=employer_allows_open)
    session.add(offer)
    record(session, actor=actor, action="offer.added", about=offer)
    return offer


def edit_offer(
    session: Session, *, offer: Offer, version: int, actor: Actor, employer_allows_open: bool = False, **fields: Any
) -> Offer:
    """Change what an offer says; raise ChangedMeanwhile, TransitionNotAllowed once it is over, or RuleBlocks."""
    refuse_unread(offer, version=version)
    may_employer_edit = {OfferState.DRAFT, OfferState.SUBMITTED}
    editable = may_employer_edit if actor.kind is ActorKind.EMPLOYER else EDITABLE_STATES
    if offer.state not in editable:
        raise TransitionNotAllowed(_l("This offer can no longer be changed."))
    was_open = offer.kind is OfferKind.HIDDEN_JOB and offer.visibility is Visibility.OPEN
    with session.no_autoflush:
        _set_fields(offer, fields)
        _refuse_impossible(offer, employer_allows_open=employer_allows_open or was_open)
        if offer.state is not OfferState.DRAFT:
            _refuse_blocked(session, offer)
        changes = diff(offer)
    if changes:
        record(session, actor=actor, action="offer.changed", about=offer, changes=changes)
    return offer


def refuse_unread(offer: Offer, *, version: int) -> None:
    """Raise ChangedMeanwhile when the offer is not as the worker saw it: its employer may change it at any time."""
    if offer.version != version:
        raise ChangedMeanwhile(_l("Somebody else has changed this offer. Open it again and look first."))


def move(session: Session, *, offer: Offer, action: OfferAction, actor: Actor, reason: str = "") -> OfferEvent:
    """Take one step in the life of an offer; raise TransitionNotAllowed or ReasonNeeded."""
    transition = TRANSITIONS[action]
    is_employer = actor.kind is ActorKind.EMPLOYER
    if offer.state not in transition.sources or (is_employer and not transition.employer_may):
        raise TransitionNotAllowed(_l("This step is not possible any more. Open the offer again to see where it is."))
    reason = reason.strip()
    if transition.needs_reason and not reason:
        raise ReasonNeeded(_l("Write the reason."))
    source = offer.state
    _stamp(offer, action=action, actor=actor)
    offer.state = transition.target
    offer_event = OfferEvent(
        offer_id=offer.id,
        at=utcnow(),
        action=action,
        source=source.value,
        target=transition.target.value,
        actor_kind=actor.kind,
        actor_id=actor.id,
        reason=reason,
    )
    session.add(offer_event)
    record(
        session,
        actor=actor,
        action=f"offer.{action.value}",
        about=offer,
        changes={"state": [source.value, transition.target.value]},
        reason=reason,
    )
    return offer_event


def submit_offer(session: Session, *, offer: Offer, actor: Actor) -> Offer:
    """Send a draft to be checked; raise RuleBlocks when a rule forbids it. An employer gets a receipt."""
    _refuse_blocked(session, offer)
    event = move(session, offer=offer, action=OfferAction.SUBMIT, actor=actor)
    contact = _contact_of_employer_offer(session, offer)
    if actor.kind is ActorKind.EMPLOYER and contact is not None:
        session.flush()  # the receipt is one promise per sending: it needs the id of the event
        employer_offer_received(session, offer=offer, contact=contact, event_id=event.id)
    return offer


def return_offer(session: Session, *, offer: Offer, actor: Actor, reason: str) -> Offer:
    """Ask for a correction: back to draft. An employer who sent the offer is told why and gets a link."""
    event = move(session, offer=offer, action=OfferAction.RETURN, actor=actor, reason=reason)
    contact = _contact_of_employer_offer(session, offer)
    if contact is not None:
        session.flush()  # each return is its own message: it needs the id of the event
        offer_returned(session, offer=offer, contact=contact, event_id=event.id, reason=event.reason)
    return offer


def check_offer(session: Session, *, offer: Offer, actor: Actor) -> Offer:
    """Mark an offer as read and checked by a worker; raise RuleBlocks when a rule forbids it."""
    _refuse_blocked(session, offer)
    move(session, offer=offer, action=OfferAction.CHECK, actor=actor)
    return offer


def publish_offer(session: Session, *, offer: Offer, actor: Actor) -> Offer:
    """Publish a checked offer; raise RuleBlocks when a rule forbids it."""
    _refuse_blocked(session, offer)
    move(session, offer=offer, action=OfferAction.PUBLISH, actor=actor)
    return offer


def check_and_publish_offer(session: Session, *, offer: Offer, actor: Actor) -> Offer:
    """Check an offer and publish it in one go."""
    check_offer(session, offer=offer, actor=actor)
    return publish_offer(session, offer=offer, actor=actor)


def reject_offer(session: Session, *, offer: Offer, actor: Actor, reason: str) -> Offer:
    """Do not accept an offer."""
    move(session, offer=offer, action=OfferAction.REJECT, actor=actor, reason=reason)
    return offer


def withdraw_offer(session: Session, *, offer: Offer, actor: Actor, reason: str) -> Offer:
    """Take an offer back."""
    move(session, offer=offer, action=OfferAction.WITHDRAW, actor=actor, reason=reason)
    return offer


def fill_offer(session: Session, *, offer: Offer, actor: Actor) -> Offer:
    """Mark an offer as filled."""
    move(session, offer=offer, action=OfferAction.FILL, actor=actor)
    return offer


def expire_offer(session: Session, *, offer: Offer, actor: Actor) -> Offer:
    """Close a live offer that nobody has confirmed for long."""
    move(session, offer=offer, action=OfferAction.EXPIRE, actor=actor)
    return offer


def reopen_offer(session: Session, *, offer: Offer, actor: Actor) -> Offer:
    """Open an ended offer again; it is checked anew before it is live."""
    move(session, offer=offer, action=OfferAction.REOPEN, actor=actor)
    return offer


def confirm_offer_open(session: Session, *, offer: Offer, actor: Actor) -> Offer:
    """Note that the offer is still open today; raise TransitionNotAllowed when it is not live."""
    if offer.state not in OPEN_STATES:
        raise TransitionNotAllowed(_l("Only a live offer can be confirmed as open."))
    offer.confirmed_on = today_in_helsinki()
    offer.paused_until = None
    record(session, actor=actor, action="offer.confirmed_open", about=offer)
    return offer


def _stamp(offer: Offer, *, action: OfferAction, actor: Actor) -> None:
    now = utcnow()
    target = TRANSITIONS[action].target
    if action in {OfferAction.SUBMIT, OfferAction.REOPEN}:
        offer.submitted_at = now
    if action in {OfferAction.RETURN, OfferAction.REOPEN}:
        offer.checked_at = offer.checked_by_id = None
    if action is OfferAction.CHECK:
        offer.checked_at, offer.checked_by_id = now, actor.staff_id
    if action is OfferAction.PUBLISH:
        offer.live_at, offer.confirmed_on = now, today_in_helsinki()
    offer.ended_at = now if target in ENDED else None
    if target not in OPEN_STATES:
        offer.paused_until = offer.answer_promised_on = None
        offer.answer_promise = ""
    if target is OfferState.WITHDRAWN:
        # A draft can be withdrawn without ever having been sent; its only date is that of the end.
        offer.submitted_at = offer.submitted_at or now


def _set_fields(offer: Offer, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        if name in {"id", "state", "version", "centre_id", "employer_id"} or name not in Offer.__mapper__.column_attrs:
            message = f"not a field to be set: {name}"
            raise ValueError(message)
        setattr(offer, name, value)


def _refuse_impossible(offer: Offer, *, employer_allows_open: bool) -> None:
    """Refuse, also in a draft, what the database would refuse and what the employer has not allowed."""
    if offer.kind in UNPAID_KINDS and (offer.pay or offer.is_zero_hours or offer.is_commission_only):
        raise RuleBlocks(lazy_text_of("pay_on_unpaid"), code="WT-07")
    if offer.kind in {OfferKind.WORK_TRIAL, OfferKind.GROUP_TRIAL} and offer.required_skills:
        raise RuleBlocks(lazy_text_of("skills_on_trial"), code="WT-12")
    if offer.kind is OfferKind.WAGE_SUBSIDY_JOB and (offer.is_zero_hours or offer.is_commission_only):
        raise RuleBlocks(lazy_text_of("zero_hours" if offer.is_zero_hours else "commission_only"), code="PS-18")
    if offer.kind is OfferKind.HIDDEN_JOB and offer.visibility is Visibility.OPEN and not employer_allows_open:
        raise RuleBlocks(_l("A hidden job is shown to everybody only if the employer says so."), code="visibility")


def _refuse_blocked(session: Session, offer: Offer) -> None:
    employer = session.get_one(Employer, offer.employer_id)
    book = rule_book(session, offer.centre_id)
    answers = check_offer_rules(values_of(offer), employer.form, today_in_helsinki(), book)
    for answer in blocking_answers(answers):
        raise RuleBlocks(lazy_text_of(answer.code, answer.slots), code=answer.rule_id)


def _contact_of_employer_offer(session: Session, offer: Offer) -> EmployerContact | None:
    if offer.origin is not OfferOrigin.EMPLOYER_LINK or offer.contact_id is None:
        return None
    return session.get(EmployerContact, offer.contact_id)
