"""Making, changing, moving along and cancelling recruitment days."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from placement.audit.services import Actor, diff, record
from placement.clock import helsinki_instant
from placement.errors import DomainError, TransitionNotAllowed
from placement.i18n import lazy_gettext as _l
from placement.notifications.calendar import Method
from placement.notifications.models import Message, MessageState
from placement.recruitment_days.invitations import send_invitation
from placement.recruitment_days.messages import Post
from placement.recruitment_days.models import DayEmployer, DayInvitation, RecruitmentDay, ReminderRule, VenueKind
from placement.recruitment_days.queries import lock_day
from placement.recruitment_days.reminders import (
    default_rules,
    forget_unsent_reminders,
    plan_for,
    plan_reminders,
    supersede_unsent,
)
from placement.recruitment_days.states import COMING_STATES, TRANSITIONS, DayAction, DayState, InvitationState
from placement.recruitment_days.waiting_list import PLACE_FREED, offer_freed_places, tell_of_place

SCHEDULE = frozenset({"held_on", "begins", "ends", "venue_name", "venue_address"})
TOLD_IN_REMINDERS = frozenset({"title", "description", "access_notes"})
INVITATIONS = frozenset({"day_invitation", "day_employer_invitation"})


def make_day(
    session: Session,
    *,
    centre_id: int,
    actor: Actor,
    title: str,
    held_on: date,
    begins: time,
    ends: time,
    venue_kind: VenueKind,
    venue_name: str,
    venue_address: str = "",
    access_notes: str = "",
    description: str = "",
    capacity: int = 40,
    answer_by: date | None = None,
    quiet_from: time | None = None,
    quiet_until: time | None = None,
    cost: Decimal | None = None,
    work_hours: int | None = None,
    reminder_rules: list[ReminderRule] | None = None,
) -> RecruitmentDay:
    """Make a day as an idea, with the reminders that belong to every day unless others are given.

    ``cost`` is in euros, ``work_hours`` are hours of work in all.
    """
    day = RecruitmentDay(
        uid=str(uuid.uuid4()),
        centre_id=centre_id,
        title=title,
        held_on=held_on,
        begins=begins,
        ends=ends,
        starts_at=helsinki_instant(held_on, begins),
        ends_at=helsinki_instant(held_on, ends),
        venue_kind=venue_kind,
        venue_name=venue_name,
        venue_address=venue_address,
        access_notes=access_notes,
        description=description,
        capacity=capacity,
        answer_by=answer_by,
        quiet_from=quiet_from,
        quiet_until=quiet_until,
        cost=cost,
        work_hours=work_hours,
        state=DayState.IDEA,
        reminder_rules=default_rules() if reminder_rules is None else reminder_rules,
    )
    session.add(day)
    record(session, actor=actor, action="day.made", about=day)
    return day


def edit_day(session: Session, day: RecruitmentDay, *, actor: Actor, **values: Any) -> bool:
    """Change a day that is not over; return whether its time or place moved.

    A move tells everybody invited at once, replaces what has not been sent yet and plans it anew.
    Raises TransitionNotAllowed for a day that is over or cancelled.
    """
    if day.state not in COMING_STATES:
        raise TransitionNotAllowed(_l("This day is over, so it can no longer be changed."))
    lock_day(session, day.id)
    for name, value in values.items():
        if getattr(day, name) != value:
            setattr(day, name, value)
    changes = diff(day)
    if not changes:
        return False
    day.starts_at = helsinki_instant(day.held_on, day.begins)
    day.ends_at = helsinki_instant(day.held_on, day.ends)
    has_moved = bool(SCHEDULE & changes.keys())
    if has_moved:
        day.schedule_version += 1
    record(session, actor=actor, action="day.moved" if has_moved else "day.changed", about=day, changes=changes)
    session.flush()  # the new version and times are read back when reminders are planned
    if has_moved:
        _tell_of_move(session, day)
    elif TOLD_IN_REMINDERS & changes.keys():
        forget_unsent_reminders(session, day)
    offer_freed_places(session, day)
    plan_reminders(session, day_id=day.id)
    return has_moved


def _tell_of_move(session: Session, day: RecruitmentDay) -> None:
    """Replace what has not left yet; those whose invitation had not left get it in its new form."""
    unsent = supersede_unsent(session, day, why="the day has moved")
    for post in _posts_of_active(session, day):
        if _has_unsent(post, unsent, INVITATIONS):
            send_invitation(post)
            continue
        if _has_unsent(post, unsent, {PLACE_FREED}):
            tell_of_place(post)
        is_coming = post.invited.state is InvitationState.COMING
        condition = "day_invitation_active" if isinstance(post.invited, DayInvitation) else "day_employer_active"
        post.send(
            "day_moved",
            key=f"{day.uid}|{day.schedule_version}|moved",
            timing=post.at_a_good_hour(condition),
            calendar=Method.REQUEST if is_coming else None,
        )


def _has_unsent(post: Post, unsent: Iterable[Message], names: Collection[str]) -> bool:
    is_youth = isinstance(post.invited, DayInvitation)
    return any(
        message.name in names
        and message.precondition_id == post.invited.id
        and (message.youth_id is not None) == is_youth
        for message in unsent
    )


@dataclass(frozen=True, slots=True)
class Audience:
    """How many people hear of a cancellation by message, and how many somebody must call."""

    told: int
    to_call: int


def audience_of_cancelling(session: Session, day: RecruitmentDay) -> Audience:
    """Count those whom cancelling the day would tell; whose invitation has not left never hears of the day."""
    unsent = session.scalars(
        select(Message).where(
            Message.recruitment_day_id == day.id,
            Message.state == MessageState.PLANNED,
            Message.name.in_(INVITATIONS),
        )
    ).all()
    posts = [post for post in _posts_of_active(session, day) if not _has_unsent(post, unsent, INVITATIONS)]
    told = sum(post.receiver.can_be_reached for post in posts)
    return Audience(told, len(posts) - told)


def _posts_of_active(session: Session, day: RecruitmentDay) -> Sequence[Post]:
    """Return everybody who is invited and has not said no."""
    active = [InvitationState.INVITED, InvitationState.COMING, InvitationState.WAITING]
    invitations = session.scalars(
        select(DayInvitation)
        .where(DayInvitation.day_id == day.id, DayInvitation.state.in_(active))
        .options(joinedload(DayInvitation.youth))
        .order_by(DayInvitation.id)
    )
    employers = session.scalars(
        select(DayEmployer)
        .where(DayEmployer.day_id == day.id, DayEmployer.state.in_(active))
        .options(joinedload(DayEmployer.contact))
        .order_by(DayEmployer.id)
    )
    posts = [Post(session, day, row, row.youth) for row in invitations]
    return posts + [Post(session, day, row, row.contact) for row in employers]


def take_step(session: Session, day: RecruitmentDay, *, action: DayAction, actor: Actor) -> RecruitmentDay:
    """Move a day along its life. Cancelling has a verb of its own, because people must be told."""
    if action is DayAction.CANCEL:
        raise TransitionNotAllowed(_l("A day is cancelled on a page of its own, with a reason."))
    lock_day(session, day.id)
    _move(session, day, action=action, actor=actor)
    plan_for(session, day, _posts_of_active(session, day))
    return day


def cancel_day(session: Session, day: RecruitmentDay, *, reason: str, actor: Actor) -> int:
    """Cancel a day and tell everybody invited at once; return how many are told. Raises TransitionNotAllowed."""
    if not reason.strip():
        raise DomainError(_l("Write why the day is cancelled."), code="reason_missing")
    lock_day(session, day.id)
    _move(session, day, action=DayAction.CANCEL, actor=actor, reason=reason.strip())
    unsent = supersede_unsent(session, day, why="the day was cancelled")
    told = 0
    for post in _posts_of_active(session, day):
        if _has_unsent(post, unsent, INVITATIONS):
            continue
        message = post.send(
            "day_cancelled",
            key=f"{day.uid}|cancelled",
            timing=post.at_a_good_hour(),
            calendar=Method.CANCEL,
            values={"reason": day.cancel_reason},
        )
        told += message is not None
    return told


def _move(session: Session, day: RecruitmentDay, *, action: DayAction, actor: Actor, reason: str = "") -> None:
    """Write the state: the only place that does."""
    transition = TRANSITIONS[action]
    if day.state not in transition.sources:
        raise TransitionNotAllowed(_l("This cannot be done with the day as it is now. Open the page again."))
    before = day.state
    day.state = transition.target
    if transition.needs_reason:
        day.cancel_reason = reason
    changes = {"state": [before.value, day.state.value]}
    record(session, actor=actor, action=f"day.{action.value}", about=day, changes=changes, reason=reason)
    session.flush()  # the database checks that state and reason agree before anybody is told
