"""Tables of recruitment days, their employers, invitations and reminder rules."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placement.clock import utcnow
from placement.db import Base, Timestamped
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l
from placement.recruitment_days.states import DayState, InvitationState

if TYPE_CHECKING:
    from placement.accounts.models import Centre
    from placement.employers.models import Employer, EmployerContact
    from placement.jobseekers.models import Youth


class VenueKind(LabelledEnum):
    """What kind of place the day is held in."""

    LIBRARY = "library", _l("Library")
    HALL = "hall", _l("Hall")
    CENTRE = "centre", _l("Ohjaamo")
    POP_UP = "pop_up", _l("Pop-up")
    VAN = "van", _l("Van")
    ONLINE = "online", _l("Online")


class RecruitmentDay(Timestamped, Base):
    """A day when young people and employers meet. ``schedule_version`` rises when time or place changes."""

    __tablename__ = "recruitment_day"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[DayState] = mapped_column(default=DayState.IDEA)
    held_on: Mapped[date]
    begins: Mapped[time] = mapped_column(comment="wall clock in Finland")
    ends: Mapped[time] = mapped_column(comment="wall clock in Finland")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    venue_kind: Mapped[VenueKind] = mapped_column(default=VenueKind.CENTRE)
    venue_name: Mapped[str] = mapped_column(String(120))
    venue_address: Mapped[str] = mapped_column(String(200), default="")
    access_notes: Mapped[str] = mapped_column(Text, default="")
    capacity: Mapped[int] = mapped_column(default=40)
    answer_by: Mapped[date | None]
    quiet_from: Mapped[time | None] = mapped_column(comment="a calm hour: few people, no music")
    quiet_until: Mapped[time | None]
    cost: Mapped[Decimal | None] = mapped_column(comment="euros, what the day costs the centre")
    work_hours: Mapped[int | None] = mapped_column(comment="hours of work that the day takes in all")
    schedule_version: Mapped[int] = mapped_column(default=0)
    cancel_reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    centre: Mapped["Centre"] = relationship(lazy="raise")
    invitations: Mapped[list["DayInvitation"]] = relationship(
        back_populates="day", lazy="raise", cascade="all, delete-orphan", order_by="DayInvitation.id"
    )
    employers: Mapped[list["DayEmployer"]] = relationship(
        back_populates="day", lazy="raise", cascade="all, delete-orphan", order_by="DayEmployer.id"
    )
    reminder_rules: Mapped[list["ReminderRule"]] = relationship(
        back_populates="day", lazy="raise", cascade="all, delete-orphan", order_by="ReminderRule.id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own attribute
    __table_args__ = (
        CheckConstraint("ends > begins", name="ends_after_it_begins"),
        CheckConstraint("capacity >= 1", name="room_for_somebody"),
        CheckConstraint(
            "(quiet_from IS NULL AND quiet_until IS NULL)"
            " OR (quiet_from >= begins AND quiet_until > quiet_from AND quiet_until <= ends)",
            name="quiet_hour_within_the_day",
        ),
        CheckConstraint("cost >= 0 AND work_hours >= 0", name="cost_not_below_zero"),
        CheckConstraint("(state = 'cancelled') = (cancel_reason <> '')", name="reason_if_cancelled"),
        Index("ix_recruitment_day_list", "centre_id", "held_on"),
    )


class DayInvitation(Base):
    """A young person invited to a day."""

    __tablename__ = "day_invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("recruitment_day.id", ondelete="CASCADE"))
    youth_id: Mapped[int] = mapped_column(ForeignKey("youth.id", ondelete="CASCADE"), index=True)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    state: Mapped[InvitationState] = mapped_column(default=InvitationState.INVITED)
    invited_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    offered_until: Mapped[datetime | None] = mapped_column(comment="who waits may take a free place until then")
    needs: Mapped[str] = mapped_column(String(200), default="", comment="interpreter, quiet time, companion, step-free")

    day: Mapped[RecruitmentDay] = relationship(back_populates="invitations", lazy="raise")
    youth: Mapped["Youth"] = relationship(lazy="raise")

    __table_args__ = (
        UniqueConstraint("day_id", "youth_id", name="uq_day_invitation_once"),
        CheckConstraint(
            "state = 'withdrawn' OR (state IN ('coming', 'not_coming', 'waiting')) = (answered_at IS NOT NULL)",
            name="answered_if_answered",
        ),
        CheckConstraint("offered_until IS NULL OR state = 'waiting'", name="offered_to_who_waits"),
    )

    @property
    def has_offer(self) -> bool:
        """Whether a free place is kept for them just now."""
        return self.offered_until is not None and self.offered_until > utcnow()


class DayEmployer(Base):
    """An employer invited to a day."""

    __tablename__ = "day_employer"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("recruitment_day.id", ondelete="CASCADE"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id", ondelete="CASCADE"), index=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("employer_contact.id", ondelete="CASCADE"))
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    state: Mapped[InvitationState] = mapped_column(default=InvitationState.INVITED)
    invited_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    people: Mapped[int | None]
    brings: Mapped[str] = mapped_column(Text, default="", comment="what they offer, in their words")

    day: Mapped[RecruitmentDay] = relationship(back_populates="employers", lazy="raise")
    employer: Mapped["Employer"] = relationship(lazy="raise")
    contact: Mapped["EmployerContact"] = relationship(lazy="raise")

    __table_args__ = (
        UniqueConstraint("day_id", "employer_id", name="uq_day_employer_once"),
        CheckConstraint("state <> 'waiting'", name="employers_do_not_wait"),
        CheckConstraint(
            "state = 'withdrawn' OR (state IN ('coming', 'not_coming')) = (answered_at IS NOT NULL)",
            name="answered_if_answered",
        ),
    )


class ReminderAudience(LabelledEnum):
    """Who gets a reminder."""

    UNANSWERED = "unanswered", _l("Young people who have not answered")
    COMING = "coming", _l("Young people who are coming")
    EMPLOYERS = "employers", _l("Employers who are coming")


class OffsetKind(LabelledEnum):
    """How the time of a reminder is counted."""

    DAYS = "days", _l("Days, at a clock time")
    HOURS = "hours", _l("Hours")


class ReminderAnchor(LabelledEnum):
    """From what the time of a reminder is counted."""

    START = "start", _l("Start of the day")
    INVITED = "invited", _l("Invitation")
    ANSWER_BY = "answer_by", _l("Last day to answer")


class ReminderRule(Base):
    """One reminder of a day: to whom, when, with which text."""

    __tablename__ = "reminder_rule"

    id: Mapped[int] = mapped_column(primary_key=True)
    day_id: Mapped[int] = mapped_column(ForeignKey("recruitment_day.id", ondelete="CASCADE"), index=True)
    message: Mapped[str] = mapped_column(String(60), comment="folder of its texts in templates/messages")
    audience: Mapped[ReminderAudience]
    anchor: Mapped[ReminderAnchor] = mapped_column(default=ReminderAnchor.START)
    offset_kind: Mapped[OffsetKind]
    offset: Mapped[int] = mapped_column(comment="negative is before the anchor")
    at: Mapped[time | None]
    is_draft: Mapped[bool] = mapped_column(default=False, comment="not sent before somebody has looked at it")

    day: Mapped[RecruitmentDay] = relationship(back_populates="reminder_rules", lazy="raise")

    __table_args__ = (CheckConstraint("(offset_kind = 'days') = (at IS NOT NULL)", name="clock_time_if_days"),)
