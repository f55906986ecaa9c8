"""Verbs of the card: making it, changing it, approving it, taking it back, sending it."""

import uuid
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from placement.audit.services import Actor, record
from placement.clock import helsinki_instant, today_in_helsinki, utcnow
from placement.employers.models import EmployerContact
from placement.errors import ChangedMeanwhile, DomainError
from placement.i18n import lazy_gettext as _l
from placement.introductions.card import (
    approval_now,
    draft_hours,
    draft_strengths,
    guardian_is_needed,
    names_a_place,
    texts_of,
)
from placement.introductions.links import make_guardian_link, make_introduction_link, make_receiver_link
from placement.introductions.meetings import take_back_meeting
from placement.introductions.messages import card_to_approve, introduction_over, introduction_sent, introduction_waits
from placement.introductions.models import CardApproval, Introduction, Signer
from placement.introductions.moves import move, party_of, refuse_unless_possible
from placement.introductions.queries import is_full, open_introduction_of
from placement.introductions.states import (
    VISIBLE_STATES,
    IntroductionAction,
    IntroductionState,
    Party,
)
from placement.offers.states import OPEN_STATES as OPEN_OFFERS
from placement.suggestions.models import Suggestion
from placement.suggestions.states import SuggestionState

_A = IntroductionAction
LONGEST_APPROVAL = timedelta(days=92)
ANSWER_WITHIN = timedelta(days=7)
END_OF_DAY = time(23, 59)


def make_introduction(
    session: Session, *, suggestion: Suggestion, contact: EmployerContact, actor: Actor
) -> Introduction:
    """Begin the card of a young person who wants to hear more of a place, drafted from what they have told.

    The suggestion must be loaded with its offer and its young person's profile. Raises DomainError when they
    have not said yes, the place has gone, the contact person is another's, an introduction is
    under way, or as many as the offer allows at once are being introduced.
    """
    offer, youth = suggestion.offer, suggestion.youth
    if suggestion.state is not SuggestionState.INTERESTED:
        raise DomainError(_l("The young person has not said yes to this place."), code="not_interested")
    if offer.state not in OPEN_OFFERS:
        raise DomainError(_l("This place is not open any more."), code="offer_not_open")
    if contact.employer_id != offer.employer_id or not contact.is_active:
        raise DomainError(_l("Choose a contact person of this employer."), code="another_employer")
    if is_full(session, offer):
        raise DomainError(
            _l("As many as agreed with the employer are being introduced already. Ask them first."), code="talks_full"
        )
    if open_introduction_of(session, suggestion.id) is not None:
        raise DomainError(_l("They are being introduced to this employer already."), code="introduced_already")
    introduction = Introduction(
        centre_id=suggestion.centre_id,
        youth=youth,
        offer=offer,
        suggestion=suggestion,
        contact=contact,
        made_by_id=actor.staff_id,
        state=IntroductionState.DRAFT,
        state_since=utcnow(),
        card_language=contact.language,
        strengths=draft_strengths(youth, contact.language),
        hours=draft_hours(youth, contact.language),
        meeting_uid=str(uuid.uuid4()),
    )
    session.add(introduction)
    suggestion.followed_up_at = utcnow()  # the step that the yes waited for
    session.flush()  # two at once: the second is refused here; the log needs the id
    record(session, actor=actor, action="introduction.made", about=introduction, youth_id=youth.id)
    return introduction


def change_card(
    session: Session,
    introduction: Introduction,
    *,
    version: int,
    strengths: str,
    hours: str,
    extra: str,
    actor: Actor,
) -> Introduction:
    """Write the card anew. An approval of the earlier text covers nothing any more.

    Raises ChangedMeanwhile for an older form, and DomainError when a place is named of somebody with
    protected contact (DP-07).
    """
    _refuse_older(introduction, version)
    if introduction.youth.protected_contact and names_a_place(f"{strengths}\n{hours}\n{extra}"):
        raise DomainError(
            _l("Leave out the names of places: they could tell where the young person is."), code="names_a_place"
        )
    is_own = party_of(actor) is Party.YOUTH
    move(session, introduction, _A.CHANGE_OWN if is_own else _A.CHANGE, actor=actor)
    introduction.strengths, introduction.hours, introduction.extra = strengths, hours, extra
    introduction.card_version += 1
    _revoke_approvals(introduction)
    return introduction


def ask_youth(session: Session, introduction: Introduction, *, actor: Actor) -> str:
    """Ask the young person to read the card on their own phone; return the address of their page."""
    move(session, introduction, _A.ASK, actor=actor)
    address = make_introduction_link(session, introduction=introduction, actor=actor)
    card_to_approve(session, introduction, address=address)
    return address


def approve_card(
    session: Session, introduction: Introduction, *, version: int, until: date, actor: Actor
) -> CardApproval:
    """Keep the young person's yes to exactly this text, this receiver and this day.

    Under 18 the guardian is asked as well before anything is sent. Raises ChangedMeanwhile when the card is
    not the one that was read.
    """
    _refuse_older(introduction, version)
    today = today_in_helsinki()
    if not today < until <= today + LONGEST_APPROVAL:
        raise DomainError(_l("Choose a day within the next three months."), code="day_out_of_range")
    is_minor = guardian_is_needed(introduction.youth)
    move(session, introduction, _A.APPROVE_AS_MINOR if is_minor else _A.APPROVE, actor=actor)
    return _signed(introduction, Signer.YOUTH, is_yes=True, until=until, actor=actor)


def refuse_card(session: Session, introduction: Introduction, *, actor: Actor) -> None:
    """Keep the young person's no. It needs no reason and lowers nothing."""
    move(session, introduction, _A.REFUSE, actor=actor)
    _signed(introduction, Signer.YOUTH, is_yes=False, until=None, actor=actor)


def ask_guardian(session: Session, introduction: Introduction, *, actor: Actor) -> str:
    """Return the address of the page where a guardian sees this matter alone and answers yes or no."""
    refuse_unless_possible(introduction, _A.GUARDIAN_YES, Party.GUARDIAN)
    return make_guardian_link(session, introduction=introduction, actor=actor)


def answer_as_guardian(
    session: Session,
    introduction: Introduction,
    *,
    version: int,
    is_yes: bool,
    signed_name: str,
    actor: Actor,
    party: Party,
    how: str = "",
) -> CardApproval:
    """Keep a guardian's answer: through their link (party guardian) or written down by a worker, who tells how."""
    _refuse_older(introduction, version)
    theirs = approval_now(introduction)
    if is_yes and theirs is None:
        raise DomainError(_l("The young person’s own yes has run out. Ask them again first."), code="no_approval")
    move(session, introduction, _A.GUARDIAN_YES if is_yes else _A.GUARDIAN_NO, actor=actor, party=party)
    until = theirs.expires_at if theirs is not None and is_yes else None
    approval = _signed(introduction, Signer.GUARDIAN, is_yes=is_yes, until=None, actor=actor, expires_at=until)
    approval.signed_name, approval.how = signed_name, how
    if not is_yes:
        _revoke_approvals(introduction)
    return approval


def send_card(session: Session, introduction: Introduction, *, answer_by: date, actor: Actor) -> str:
    """Send the approved card: the contact person gets a link to it; return the address.

    Raises DomainError when no approval covers the card, or the day to answer by is later than it holds.
    """
    approval = approval_now(introduction)
    if approval is None or approval.expires_at is None:
        raise DomainError(_l("No approval covers this card now. Ask the young person again."), code="no_approval")
    if introduction.suggestion.state is not SuggestionState.INTERESTED:
        raise DomainError(_l("The young person has not said yes to this place."), code="not_interested")
    if not today_in_helsinki() <= answer_by or helsinki_instant(answer_by, time(0)) >= approval.expires_at:
        raise DomainError(_l("The answer must come while the approval holds."), code="day_out_of_range")
    move(session, introduction, _A.SEND, actor=actor)
    introduction.sent_at, introduction.answer_by = utcnow(), answer_by
    address = make_receiver_link(session, introduction=introduction, actor=actor)
    introduction_sent(session, introduction, address=address)
    introduction_waits(session, introduction, address=address)
    return address


def revoke_card(session: Session, introduction: Introduction, *, actor: Actor, party: Party | None = None) -> None:
    """Take the card back: from this moment the employer's link shows nothing of the young person."""
    was_visible, had_meeting = introduction.state in VISIBLE_STATES, introduction.state is IntroductionState.AGREED
    move(session, introduction, _A.REVOKE, actor=actor, party=party)
    _revoke_approvals(introduction)
    _tell_that_it_is_over(session, introduction, was_visible=was_visible, had_meeting=had_meeting)


def withdraw_introduction(session: Session, introduction: Introduction, *, reason: str, actor: Actor) -> None:
    """End an introduction that leads nowhere, such as when the place has gone."""
    was_visible, had_meeting = introduction.state in VISIBLE_STATES, introduction.state is IntroductionState.AGREED
    move(session, introduction, _A.WITHDRAW, actor=actor, reason=reason)
    _revoke_approvals(introduction)
    _tell_that_it_is_over(session, introduction, was_visible=was_visible, had_meeting=had_meeting)


def let_run_out(session: Session, introduction: Introduction) -> None:
    """End an introduction whose approval has run out; the employer's link has shown nothing since that moment."""
    move(session, introduction, _A.EXPIRE, actor=Actor.system(introduction.centre_id))


def _tell_that_it_is_over(
    session: Session, introduction: Introduction, *, was_visible: bool, had_meeting: bool
) -> None:
    if had_meeting:
        take_back_meeting(session, introduction, is_over=True)
    elif was_visible:
        introduction_over(session, introduction)


def _signed(
    introduction: Introduction,
    signer: Signer,
    *,
    is_yes: bool,
    until: date | None,
    actor: Actor,
    expires_at: datetime | None = None,
) -> CardApproval:
    texts = texts_of(introduction)
    contact = introduction.contact
    approval = CardApproval(
        signer=signer,
        is_yes=is_yes,
        card_version=introduction.card_version,
        language=introduction.card_language,
        fields=list(texts),
        texts=texts,
        contact_id=contact.id,
        receiver=f"{contact.name}, {contact.employer.name}",
        written_down_by_id=actor.staff_id,
        signed_at=utcnow(),
        expires_at=helsinki_instant(until, END_OF_DAY) if until is not None else expires_at,
    )
    introduction.approvals.append(approval)
    return approval


def _revoke_approvals(introduction: Introduction) -> None:
    now = utcnow()
    for approval in introduction.approvals:
        if approval.is_yes and approval.revoked_at is None:
            approval.revoked_at = now


def _refuse_older(introduction: Introduction, version: int) -> None:
    if introduction.card_version != version:
        raise ChangedMeanwhile(_l("The card has changed after you opened this page. Read it again."))
