"""Verbs of the employer's answer, of agreeing on a time, and of what came of the meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from placement.audit.services import Actor, record
from placement.clock import utcnow
from placement.errors import DomainError, TransitionNotAllowed
from placement.i18n import lazy_gettext as _l
from placement.introductions.card import approval_now, shown_card
from placement.introductions.links import make_introduction_link, make_receiver_link
from placement.introductions.meetings import announce_meeting, take_back_meeting
from placement.introductions.messages import introduction_times, introduction_times_asked
from placement.introductions.models import DeclineReason, Introduction, MeetingKind, ProposedTime
from placement.introductions.moves import move, party_of
from placement.introductions.states import IntroductionAction, IntroductionState, Party

_A = IntroductionAction
MOST_TIMES = 5


@dataclass(frozen=True, slots=True)
class PlacementIdea:
    """An introduction that led to a placement: who, where, with whom. What begins a placement."""

    introduction_id: int
    suggestion_id: int
    youth_id: int
    offer_id: int
    employer_contact_id: int


def propose_times(
    session: Session,
    introduction: Introduction,
    *,
    times: Sequence[datetime],
    minutes: int,
    kind: MeetingKind,
    place: str,
    actor: Actor,
) -> None:
    """Keep that the employer wants to meet, and when they can; the young person is asked to choose.

    Raises DomainError for times that have passed, stand twice or lie beyond the young person's approval.
    """
    _refuse_without_card(introduction)
    approval = approval_now(introduction)
    chosen = sorted(set(times))
    if not chosen or len(chosen) > MOST_TIMES:
        raise DomainError(_l("Give from one to five times."), code="wrong_number_of_times")
    if chosen[0] <= utcnow():
        raise DomainError(_l("One of the times has passed."), code="time_has_passed")
    if approval is None or approval.expires_at is None or chosen[-1] + timedelta(minutes=minutes) > approval.expires_at:
        raise DomainError(_l("The last time is too far away. Give earlier ones."), code="time_too_late")
    move(session, introduction, _A.WANT_TO_MEET, actor=actor)
    introduction.answered_at = utcnow()
    introduction.meeting_kind, introduction.meeting_place = kind, place
    # Those offered before and now too keep their rows: a page may be open on which one is being chosen.
    kept = {row.starts_at: row for row in introduction.times if row.starts_at in chosen}
    introduction.times[:] = [kept.get(at) or ProposedTime(starts_at=at, minutes=minutes) for at in chosen]
    for row in introduction.times:
        row.minutes = minutes
    session.flush()  # the message tells the number of this round
    introduction_times(
        session, introduction, address=make_introduction_link(session, introduction=introduction, actor=actor)
    )


def say_not_now(
    session: Session, introduction: Introduction, *, ask_again_on: date | None, text_for_worker: str, actor: Actor
) -> None:
    """Keep that the employer cannot meet just now, and when to ask again."""
    _refuse_without_card(introduction)
    move(session, introduction, _A.SAY_NOT_NOW, actor=actor)
    introduction.answered_at = utcnow()
    introduction.ask_again_on, introduction.text_for_worker = ask_again_on, text_for_worker


def decline(
    session: Session,
    introduction: Introduction,
    *,
    reason: DeclineReason,
    text_for_youth: str,
    text_for_worker: str,
    actor: Actor,
) -> None:
    """Keep the employer's no. A worker tells the young person; the employer's link shows nothing of them any more."""
    _refuse_without_card(introduction)
    had_meeting = introduction.state is IntroductionState.AGREED
    move(session, introduction, _A.DECLINE, actor=actor, reason=reason.value)
    introduction.decline_reason, introduction.answered_at = reason, utcnow()
    introduction.text_for_youth, introduction.text_for_worker = text_for_youth, text_for_worker
    introduction.youth_told_at = None
    if had_meeting:
        take_back_meeting(session, introduction)


def tell_youth(session: Session, introduction: Introduction, *, actor: Actor) -> None:
    """Keep that a worker has told the young person what the employer answered; now they can read it too."""
    if introduction.state is not IntroductionState.DECLINED:
        raise TransitionNotAllowed(_l("There is no answer to tell."))
    if introduction.youth_told_at is None:
        introduction.youth_told_at = utcnow()
        record(session, actor=actor, action="introduction.told", about=introduction, youth_id=introduction.youth_id)


def pick_time(session: Session, introduction: Introduction, *, time_id: int, actor: Actor) -> None:
    """Agree on one of the proposed times; both sides get it in their calendars and are reminded.

    The same choice again changes nothing. Raises DomainError when the time is not there any more or has passed.
    """
    row = next((one for one in introduction.times if one.id == time_id), None)
    if introduction.state is IntroductionState.AGREED and row is not None and row.starts_at == introduction.meeting_at:
        return
    if row is None or row.starts_at <= utcnow():
        raise DomainError(_l("This time is not free any more. Choose another."), code="time_is_gone")
    if approval_now(introduction) is None:
        raise DomainError(_l("No approval covers this card now. Ask the young person again."), code="no_approval")
    move(session, introduction, _A.PICK_TIME, actor=actor)
    introduction.meeting_at, introduction.meeting_minutes = row.starts_at, row.minutes
    introduction.meeting_sequence += 1
    announce_meeting(session, introduction)


def ask_other_times(session: Session, introduction: Introduction, *, actor: Actor) -> None:
    """Tell the employer that none of the times suits, without a reason."""
    move(session, introduction, _A.ASK_OTHER_TIMES, actor=actor)
    introduction.times.clear()
    introduction_times_asked(
        session, introduction, address=make_receiver_link(session, introduction=introduction, actor=actor)
    )


def cancel_meeting(session: Session, introduction: Introduction, *, actor: Actor) -> None:
    """Give up the agreed time, from either side; the employer proposes new ones."""
    move(session, introduction, _A.CANCEL_MEETING, actor=actor)
    take_back_meeting(session, introduction)
    introduction.times.clear()
    if party_of(actor) is not Party.EMPLOYER:
        introduction_times_asked(
            session, introduction, address=make_receiver_link(session, introduction=introduction, actor=actor)
        )


def meet_again(session: Session, introduction: Introduction, *, note: str, actor: Actor) -> None:
    """Keep that they have met and want to meet again; the employer proposes new times.

    Raises DomainError when the young person's approval no longer holds.
    """
    if approval_now(introduction) is None:
        raise DomainError(_l("No approval covers this card now. Ask the young person again."), code="no_approval")
    move(session, introduction, _A.MEET_AGAIN, actor=actor)
    introduction.outcome_note = note
    introduction.meeting_at = introduction.meeting_minutes = None
    introduction.times.clear()
    introduction_times_asked(
        session, introduction, address=make_receiver_link(session, introduction=introduction, actor=actor)
    )


def choose_for_placement(session: Session, introduction: Introduction, *, note: str, actor: Actor) -> None:
    """Keep that young person and employer both want to go on: the introduction leads to a placement."""
    move(session, introduction, _A.CHOOSE, actor=actor)
    introduction.outcome_note = note


def end_without_placement(session: Session, introduction: Introduction, *, note: str, actor: Actor) -> None:
    """Keep that they met and nothing comes of it this time."""
    move(session, introduction, _A.END, actor=actor)
    introduction.outcome_note = note


def hand_on_to_placement(session: Session, introduction: Introduction, *, actor: Actor) -> PlacementIdea:
    """Close an introduction because its placement begins, and return what the placement is made from.

    The introduction must be chosen and locked, so that two placements cannot come of one. Raises
    TransitionNotAllowed otherwise.
    """
    move(session, introduction, _A.HAND_ON, actor=actor)
    return PlacementIdea(
        introduction_id=introduction.id,
        suggestion_id=introduction.suggestion_id,
        youth_id=introduction.youth_id,
        offer_id=introduction.offer_id,
        employer_contact_id=introduction.contact_id,
    )


def _refuse_without_card(introduction: Introduction) -> None:
    if shown_card(introduction) is None:
        raise TransitionNotAllowed(_l("The introduction is over."))
