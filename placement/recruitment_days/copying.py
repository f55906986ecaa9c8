"""Making a new day like an earlier one."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.audit.services import Actor
from placement.recruitment_days.models import RecruitmentDay, ReminderRule
from placement.recruitment_days.services import make_day

_COPIED = (
    "title", "begins", "ends", "venue_kind", "venue_name", "venue_address", "access_notes", "description", "capacity",
    "quiet_from", "quiet_until",
)  # fmt: skip
_COPIED_OF_RULE = ("message", "audience", "anchor", "offset_kind", "offset", "at")


def clone_day(session: Session, day: RecruitmentDay, *, held_on: date, actor: Actor) -> RecruitmentDay:
    """Make an idea like an earlier day on another date; nobody is invited to it.

    The reminders come along as drafts: nothing of a copy is sent before somebody has looked at them. The last
    day to answer, the cost and the hours belong to the earlier day and stay there.
    """
    rules = session.scalars(select(ReminderRule).where(ReminderRule.day_id == day.id).order_by(ReminderRule.id))
    drafts = [ReminderRule(is_draft=True, **{name: getattr(rule, name) for name in _COPIED_OF_RULE}) for rule in rules]
    return make_day(
        session,
        centre_id=day.centre_id,
        actor=actor,
        held_on=held_on,
        reminder_rules=drafts,
        **{name: getattr(day, name) for name in _COPIED},
    )
