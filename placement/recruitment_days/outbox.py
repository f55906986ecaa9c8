"""Reads of the messages of a day: what goes out when, to how many, and whom somebody must call instead."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, contains_eager

from placement.clock import in_helsinki, utcnow
from placement.employers.models import Employer, EmployerContact
from placement.i18n import LazyString
from placement.jobseekers.models import Youth
from placement.notifications.models import Channel, Message, MessageState
from placement.recruitment_days.messages import LABELS
from placement.recruitment_days.models import DayEmployer, DayInvitation, RecruitmentDay, ReminderAnchor
from placement.recruitment_days.queries import only_served
from placement.recruitment_days.reminders import REMINDER_NAMES, due_time, rules_in_use
from placement.recruitment_days.states import InvitationState

ACTIVE = (InvitationState.INVITED, InvitationState.COMING, InvitationState.WAITING)
MEANT_FOR = {
    "day_invitation_unanswered": {InvitationState.INVITED},
    "day_invitation_coming": {InvitationState.COMING},
    "day_employer_coming": {InvitationState.COMING},
}


@dataclass(slots=True)
class MessageGroup:
    """Messages of one kind that go out together."""

    name: str
    at: datetime
    youths: int = 0
    employers: int = 0
    channels: Counter[Channel] = field(default_factory=Counter)
    states: Counter[MessageState] = field(default_factory=Counter)

    @property
    def label(self) -> LazyString:
        """What the messages are, in words."""
        return LABELS[self.name]

    @property
    def is_ahead(self) -> bool:
        """Whether any of them still waits."""
        return bool(self.states[MessageState.PLANNED] + self.states[MessageState.CLAIMED])


def message_groups(session: Session, day_id: int) -> list[MessageGroup]:
    """Return the messages of a day in groups by time; those that will not leave any more are left out."""
    query = select(
        Message.name, Message.due_at, Message.channel, Message.state, Message.youth_id, Message.precondition,
        Message.precondition_id,
    ).where(Message.recruitment_day_id == day_id, Message.state != MessageState.SUPERSEDED)  # fmt: skip
    youth_states = _states(session, day_id)
    employer_states = _employer_states(session, day_id)
    groups: dict[tuple[str, object], MessageGroup] = {}
    for name, due_at, channel, state, youth_id, precondition, invited_id in session.execute(
        query.order_by(Message.due_at, Message.id)
    ):
        states = youth_states if youth_id is not None else employer_states
        meant_for = MEANT_FOR.get(precondition)
        if state is MessageState.PLANNED and meant_for and states.get(invited_id) not in meant_for:
            continue
        together: object = due_at if name in REMINDER_NAMES else in_helsinki(due_at).date()
        group = groups.setdefault((name, together), MessageGroup(name, due_at))
        group.youths += youth_id is not None
        group.employers += youth_id is None
        group.channels[channel] += 1
        group.states[state] += 1
    return list(groups.values())


def _states(session: Session, day_id: int) -> dict[int | None, InvitationState]:
    query = select(DayInvitation.id, DayInvitation.state).where(DayInvitation.day_id == day_id)
    return {row.id: row.state for row in session.execute(query)}


def _employer_states(session: Session, day_id: int) -> dict[int | None, InvitationState]:
    query = select(DayEmployer.id, DayEmployer.state).where(DayEmployer.day_id == day_id)
    return {row.id: row.state for row in session.execute(query)}


def youths_to_call(session: Session, day_id: int, *, served_by: int | None = None) -> Sequence[DayInvitation]:
    """Return the invitations of young people whom no message can reach, by name; those of one worker if given."""
    query = (
        select(DayInvitation)
        .join(DayInvitation.youth)
        .where(DayInvitation.day_id == day_id, DayInvitation.state.in_(ACTIVE), Youth.channel == Channel.NONE)
        .options(contains_eager(DayInvitation.youth))
        .order_by(Youth.sort_name, DayInvitation.id)
    )
    return session.scalars(only_served(query, served_by)).all()


def employers_to_call(session: Session, day_id: int) -> Sequence[DayEmployer]:
    """Return the invitations of employers whose contact person no message can reach or has left, by name."""
    unreachable = or_(EmployerContact.channel == Channel.NONE, EmployerContact.is_active.is_(False))
    query = (
        select(DayEmployer)
        .join(DayEmployer.employer)
        .join(DayEmployer.contact)
        .where(DayEmployer.day_id == day_id, DayEmployer.state.in_(ACTIVE), unreachable)
        .options(contains_eager(DayEmployer.employer), contains_eager(DayEmployer.contact))
        .order_by(Employer.sort_name, DayEmployer.id)
    )
    return session.scalars(query).all()


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A reminder of a day in words; ``at`` is None when it depends on when each person was invited."""

    label: LazyString
    audience: LazyString
    at: datetime | None
    days_after_invitation: int | None


def rule_lines(session: Session, day: RecruitmentDay) -> list[RuleLine]:
    """Return the reminders that a day will still send by itself, soonest first.

    Those counted from each invitation have no time of their own and stand last.
    """
    now, lines = utcnow(), []
    for rule in rules_in_use(session, day.id):
        is_relative = rule.anchor is ReminderAnchor.INVITED
        at = None if is_relative else due_time(rule, day, invited_at=day.starts_at)
        if not is_relative and (at is None or at <= now):
            continue
        lines.append(RuleLine(LABELS[rule.message], rule.audience.label, at, rule.offset if is_relative else None))
    return sorted(lines, key=lambda line: (line.at is None, line.at or now))
