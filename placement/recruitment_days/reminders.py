"""Reminders: the rules each day is made with, when they fall due, and planning them into the outbox.

A rule counted in days means a Finnish clock time, whatever the clocks did in between; one counted in
hours means real hours. A reminder whose time has passed when it could first be planned is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from placement.clock import helsinki_instant, in_helsinki, utcnow
from placement.i18n import in_language
from placement.notifications.models import Channel, Message, MessageState
from placement.notifications.preconditions import register_condition, register_refresh
from placement.notifications.quiet_hours import outside_quiet_hours
from placement.notifications.services import Timing
from placement.recruitment_days.messages import Post, day_values, receiver_of
from placement.recruitment_days.models import (
    DayEmployer,
    DayInvitation,
    OffsetKind,
    RecruitmentDay,
    ReminderAnchor,
    ReminderAudience,
    ReminderRule,
)
from placement.recruitment_days.queries import lock_day, numbers_for_employers
from placement.recruitment_days.states import PUBLISHED_STATES, DayState, InvitationState
from placement.templating import render_message

TEN = time(10, 0)
NUDGES_APART = timedelta(hours=36)
EMPLOYER_STATES = PUBLISHED_STATES | {DayState.PARTNERS}
NUMBERS = "day_employer_numbers"

_A = ReminderAudience
_DAYS, _HOURS = OffsetKind.DAYS, OffsetKind.HOURS
_START, _INVITED, _ANSWER_BY = ReminderAnchor.START, ReminderAnchor.INVITED, ReminderAnchor.ANSWER_BY

DEFAULT_RULES = (
    (_A.UNANSWERED, "day_nudge", _INVITED, _DAYS, 3, TEN),
    (_A.UNANSWERED, "day_nudge", _ANSWER_BY, _DAYS, -2, TEN),
    (_A.COMING, "day_programme", _START, _DAYS, -7, TEN),
    (_A.COMING, "day_tomorrow", _START, _DAYS, -1, TEN),
    (_A.COMING, "day_soon", _START, _HOURS, -2, None),
    (_A.EMPLOYERS, "day_employer_check", _START, _DAYS, -14, TEN),
    (_A.EMPLOYERS, NUMBERS, _START, _DAYS, -5, TEN),
    (_A.EMPLOYERS, "day_employer_tomorrow", _START, _DAYS, -1, TEN),
)
REMINDER_NAMES = frozenset(rule[1] for rule in DEFAULT_RULES)


def default_rules() -> list[ReminderRule]:
    """Return the reminders that a new day is made with."""
    return [
        ReminderRule(audience=audience, message=message, anchor=anchor, offset_kind=kind, offset=offset, at=at)
        for audience, message, anchor, kind, offset, at in DEFAULT_RULES
    ]


def rules_in_use(session: Session, day_id: int) -> Sequence[ReminderRule]:
    """Return the rules by which a day sends reminders; drafts are left out."""
    query = select(ReminderRule).where(ReminderRule.day_id == day_id, ReminderRule.is_draft.is_(False))
    return session.scalars(query.order_by(ReminderRule.id)).all()


def due_time(rule: ReminderRule, day: RecruitmentDay, *, invited_at: datetime) -> datetime | None:
    """Return when a reminder falls due, outside quiet hours; None when it has nothing to count from."""
    if rule.anchor is ReminderAnchor.ANSWER_BY:
        if day.answer_by is None:
            return None
        anchor_on, anchor_at = day.answer_by, helsinki_instant(day.answer_by, time(0, 0))
    elif rule.anchor is ReminderAnchor.INVITED:
        anchor_on, anchor_at = in_helsinki(invited_at).date(), invited_at
    else:
        anchor_on, anchor_at = day.held_on, day.starts_at
    if rule.offset_kind is OffsetKind.DAYS:
        due = helsinki_instant(anchor_on + timedelta(days=rule.offset), rule.at or TEN)
    else:
        due = anchor_at + timedelta(hours=rule.offset)
    due = outside_quiet_hours(due, event_at=day.starts_at)
    return due if due < day.starts_at else None


def plan_reminders(session: Session, *, day_id: int) -> int:
    """Put every reminder of a day that is not yet in the outbox there; return how many were new.

    The day is locked, so that two planners cannot promise the same thing twice.
    """
    day = lock_day(session, day_id)
    invitations = session.scalars(
        select(DayInvitation)
        .where(DayInvitation.day_id == day_id)
        .options(joinedload(DayInvitation.youth))
        .order_by(DayInvitation.id)
    ).all()
    employers = session.scalars(
        select(DayEmployer)
        .where(DayEmployer.day_id == day_id)
        .options(joinedload(DayEmployer.contact))
        .order_by(DayEmployer.id)
    ).all()
    posts = [Post(session, day, row, row.youth) for row in invitations]
    posts += [Post(session, day, row, row.contact) for row in employers]
    return plan_for(session, day, posts)


def plan_for(session: Session, day: RecruitmentDay, posts: Sequence[Post]) -> int:
    """Plan the reminders of some of the invited people of a day that the caller has locked."""
    now = utcnow()
    rules = rules_in_use(session, day.id)
    session.flush()  # rows queued earlier in this transaction must be seen, or they would be planned twice
    planned = {
        message.dedupe_key: message
        for message in session.scalars(
            select(Message).where(Message.recruitment_day_id == day.id, Message.name.in_(REMINDER_NAMES))
        )
    }
    new = 0
    for post in posts:
        for rule, due in _rules_for(post, rules):
            key = f"{day.uid}|{day.schedule_version}|{rule.id}"
            timing = _timing(post, rule, due)
            known = planned.get(f"{key}|{post.receiver.key}")
            if known is not None:
                if known.state is MessageState.PLANNED and known.attempts == 0:
                    known.due_at, known.not_after = due, timing.not_after
            elif due > now and post.receiver.can_be_reached:
                values = _numbers(session, day) if rule.message == NUMBERS else {}
                post.send(rule.message, key=key, timing=timing, values=values)
                new += 1
    return new


def _audience(post: Post) -> ReminderAudience | None:
    state, day_state = post.invited.state, post.day.state
    if isinstance(post.invited, DayEmployer):
        is_told = state is InvitationState.COMING and day_state in EMPLOYER_STATES
        return ReminderAudience.EMPLOYERS if is_told else None
    if day_state not in PUBLISHED_STATES:
        return None
    audiences = {
        InvitationState.INVITED: ReminderAudience.UNANSWERED,
        InvitationState.COMING: ReminderAudience.COMING,
    }
    return audiences.get(state)


def _rules_for(post: Post, rules: Sequence[ReminderRule]) -> list[tuple[ReminderRule, datetime]]:
    """Return the rules that concern a person with their due times; nudges too near to another are left out."""
    audience = _audience(post)
    timed = [
        (rule, due)
        for rule in rules
        if rule.audience is audience
        and (due := due_time(rule, post.day, invited_at=post.invited.invited_at)) is not None
        and due > post.invited.invited_at
    ]
    timed.sort(key=lambda pair: (pair[1], pair[0].id))
    kept: list[tuple[ReminderRule, datetime]] = []
    for rule, due in timed:
        if any(other.message == rule.message and due - at < NUDGES_APART for other, at in kept):
            continue
        kept.append((rule, due))
    return kept


def _timing(post: Post, rule: ReminderRule, due: datetime) -> Timing:
    conditions = {
        ReminderAudience.UNANSWERED: "day_invitation_unanswered",
        ReminderAudience.COMING: "day_invitation_coming",
        ReminderAudience.EMPLOYERS: "day_employer_coming",
    }
    timing = post.at_a_good_hour(conditions[rule.audience], at=due)
    not_after = timing.not_after
    if rule.audience is ReminderAudience.UNANSWERED and post.day.answer_by is not None and not_after is not None:
        # Asking to answer by a day that has passed would only confuse.
        not_after = min(not_after, helsinki_instant(post.day.answer_by + timedelta(days=1), time(0, 0)))
    return Timing(due, not_after, timing.precondition, timing.precondition_id, timing.precondition_version)


def nearest_passed(session: Session, post: Post) -> str:
    """Return the name of the latest reminder that somebody who says yes only now has missed, or nothing.

    What it would have told is put into their confirmation.
    """
    rules = [rule for rule in rules_in_use(session, post.day.id) if rule.audience is ReminderAudience.COMING]
    now = utcnow()
    missed = [
        (due, rule.message)
        for rule in rules
        if (due := due_time(rule, post.day, invited_at=post.invited.invited_at)) is not None and due <= now
    ]
    return max(missed)[1] if missed else ""


def supersede_unsent(session: Session, day: RecruitmentDay, *, why: str) -> list[Message]:
    """End every message of a day that has not left yet, and return them."""
    unsent = session.scalars(
        select(Message)
        .where(Message.recruitment_day_id == day.id, Message.state == MessageState.PLANNED)
        .order_by(Message.id)
        .with_for_update()
    ).all()
    now = utcnow()
    for message in unsent:
        message.state, message.ended_at, message.outcome = MessageState.SUPERSEDED, now, why
    return list(unsent)


def forget_unsent_reminders(session: Session, day: RecruitmentDay) -> None:
    """Delete reminders that have not left yet, because their text has changed; planning writes them anew."""
    unsent = session.scalars(
        select(Message).where(
            Message.recruitment_day_id == day.id,
            Message.state == MessageState.PLANNED,
            Message.attempts == 0,
            Message.name.in_(REMINDER_NAMES),
        )
    )
    for message in unsent:
        session.delete(message)
    session.flush()  # their keys must be free before the same reminders are planned again


def _numbers(session: Session, day: RecruitmentDay) -> dict[str, int]:
    numbers = numbers_for_employers(session, day.id)
    return {"coming": numbers.coming, "waiting": numbers.waiting}


@dataclass(frozen=True, slots=True)
class _StillTrue:
    """The condition that a young person or an employer is in one of some states, about this version of the day."""

    model: type[DayInvitation] | type[DayEmployer]
    states: frozenset[InvitationState]
    day_states: frozenset[DayState]

    def __call__(self, session: Session, message: Message) -> bool:
        """Tell whether the message may still be sent, to this address."""
        row = _invited(session, self.model, message.precondition_id)
        if row is None or row.state not in self.states or row.day.state not in self.day_states:
            return False
        if row.day.schedule_version != message.precondition_version:
            return False
        receiver = receiver_of(row.youth if isinstance(row, DayInvitation) else row.contact)
        return (receiver.channel, receiver.address) == (message.channel, message.address)


def _invited(
    session: Session, model: type[DayInvitation] | type[DayEmployer], row_id: int | None
) -> DayInvitation | DayEmployer | None:
    if model is DayInvitation:
        options = [joinedload(DayInvitation.youth), joinedload(DayInvitation.day)]
        return session.get(DayInvitation, row_id, options=options, populate_existing=True)
    options = [joinedload(DayEmployer.contact), joinedload(DayEmployer.day)]
    return session.get(DayEmployer, row_id, options=options, populate_existing=True)


def _write_numbers(session: Session, message: Message) -> None:
    """Write the text about numbers anew: they change until the message leaves."""
    row = session.get_one(DayEmployer, message.precondition_id, options=[joinedload(DayEmployer.contact)])
    day = session.get_one(RecruitmentDay, row.day_id)
    post = Post(session, day, row, row.contact)
    values = day_values(session, day) | _numbers(session, day) | {"link": post.link()}
    with in_language(message.language):
        if message.channel is Channel.SMS:
            message.text = render_message(message.name, "sms.txt", **values)
        else:
            message.text = render_message(message.name, "body.txt", **values)
            message.html = render_message(message.name, "body.html", **values)


_S = InvitationState
_ACTIVE = frozenset({_S.INVITED, _S.COMING, _S.WAITING})
for _name, _model, _states, _day_states in (
    ("day_invitation_unanswered", DayInvitation, frozenset({_S.INVITED}), PUBLISHED_STATES),
    ("day_invitation_coming", DayInvitation, frozenset({_S.COMING}), PUBLISHED_STATES),
    ("day_invitation_waiting", DayInvitation, frozenset({_S.WAITING}), PUBLISHED_STATES),
    ("day_invitation_active", DayInvitation, _ACTIVE, PUBLISHED_STATES),
    ("day_employer_coming", DayEmployer, frozenset({_S.COMING}), EMPLOYER_STATES),
    ("day_employer_active", DayEmployer, frozenset({_S.INVITED, _S.COMING}), EMPLOYER_STATES),
):
    register_condition(_name, _StillTrue(_model, _states, frozenset(_day_states)))
register_refresh(NUMBERS, _write_numbers)
