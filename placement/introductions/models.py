"""Tables of introductions: the card as it is now, each approval of it, the proposed times, the log of steps."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placement.db import Base, Timestamped
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l
from placement.introductions.states import IntroductionAction, IntroductionState, Party

if TYPE_CHECKING:
    from placement.accounts.models import Centre, Staff
    from placement.employers.models import EmployerContact
    from placement.jobseekers.models import Youth
    from placement.offers.models import Offer
    from placement.suggestions.models import Suggestion


class DeclineReason(LabelledEnum):
    """Why an employer says no. Reasons that teach something, and none about the person."""

    TAKEN = "taken", _l("The place has been taken")
    NO_TIME_TO_GUIDE = "no_time_to_guide", _l("Nobody has time to guide just now")
    WORK_CHANGED = "work_changed", _l("The work has changed or ended")
    HOURS = "hours", _l("The hours do not meet")
    OTHER_SKILLS = "other_skills", _l("We look for other skills")
    OTHER = "other", _l("Something else, we can tell by phone")


class MeetingKind(LabelledEnum):
    """Where a young person and an employer meet."""

    WORKPLACE = "workplace", _l("At the workplace")
    CENTRE = "centre", _l("At Ohjaamo")
    ONLINE = "online", _l("Online")


class Introduction(Timestamped, Base):
    """A young person who wants to hear more of a place is introduced to one contact person of its employer.

    ``strengths``, ``hours`` and ``extra`` are the card as it is being made. What an employer sees is never
    read from here but from the approval that the young person gave.
    """

    __tablename__ = "introduction"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="CASCADE"), index=True)
    youth_id: Mapped[int] = mapped_column(ForeignKey("youth.id", ondelete="CASCADE"), index=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"), index=True)
    suggestion_id: Mapped[int] = mapped_column(ForeignKey("suggestion.id", ondelete="CASCADE"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("employer_contact.id", ondelete="CASCADE"), index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    state: Mapped[IntroductionState] = mapped_column(default=IntroductionState.DRAFT)
    state_since: Mapped[datetime]

    card_version: Mapped[int] = mapped_column(default=1)
    card_language: Mapped[str] = mapped_column(String(2))
    strengths: Mapped[str] = mapped_column(Text, default="")
    hours: Mapped[str] = mapped_column(String(200), default="")
    extra: Mapped[str] = mapped_column(Text, default="", comment="what the young person adds in their own words")

    sent_at: Mapped[datetime | None]
    answer_by: Mapped[date | None]
    answered_at: Mapped[datetime | None]
    decline_reason: Mapped[DeclineReason | None]
    text_for_youth: Mapped[str] = mapped_column(Text, default="", comment="from the employer")
    text_for_worker: Mapped[str] = mapped_column(Text, default="", comment="from the employer")
    ask_again_on: Mapped[date | None]
    youth_told_at: Mapped[datetime | None] = mapped_column(comment="when a person told them what the employer said")

    meeting_uid: Mapped[str] = mapped_column(String(36), comment="of the calendar entry; never changes")
    meeting_sequence: Mapped[int] = mapped_column(default=0, comment="grows with every time agreed or cancelled")
    meeting_kind: Mapped[MeetingKind | None]
    meeting_place: Mapped[str] = mapped_column(String(160), default="")
    meeting_at: Mapped[datetime | None]
    meeting_minutes: Mapped[int | None]
    outcome_note: Mapped[str] = mapped_column(Text, default="")
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    centre: Mapped["Centre"] = relationship(lazy="raise")
    youth: Mapped["Youth"] = relationship(lazy="raise")
    offer: Mapped["Offer"] = relationship(lazy="raise")
    suggestion: Mapped["Suggestion"] = relationship(lazy="raise")
    contact: Mapped["EmployerContact"] = relationship(lazy="raise")
    made_by: Mapped["Staff | None"] = relationship(lazy="raise")
    approvals: Mapped[list["CardApproval"]] = relationship(
        back_populates="introduction", lazy="raise", cascade="all, delete-orphan", order_by="CardApproval.id"
    )
    times: Mapped[list["ProposedTime"]] = relationship(
        back_populates="introduction", lazy="raise", cascade="all, delete-orphan", order_by="ProposedTime.starts_at"
    )
    events: Mapped[list["IntroductionEvent"]] = relationship(
        back_populates="introduction", lazy="raise", cascade="all, delete-orphan", order_by="IntroductionEvent.id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own attribute
    __table_args__ = (
        CheckConstraint("card_language IN ('fi', 'sv', 'en')", name="language_is_offered"),
        CheckConstraint(
            "(state IN ('placed', 'refused', 'declined', 'revoked', 'withdrawn', 'expired', 'ended'))"
            " = (ended_at IS NOT NULL)",
            name="ended_if_ended",
        ),
        CheckConstraint("state <> 'declined' OR decline_reason IS NOT NULL", name="reason_if_declined"),
        CheckConstraint(
            "state <> 'agreed' OR (meeting_at IS NOT NULL AND meeting_minutes IS NOT NULL)", name="time_if_agreed"
        ),
        CheckConstraint("sent_at IS NULL OR answer_by IS NOT NULL", name="answer_by_if_sent"),
        Index(
            "uq_introduction_open",
            "suggestion_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_introduction_list", "centre_id", "state"),
    )


class Signer(LabelledEnum):
    """Who signed an approval."""

    YOUTH = "youth", _l("Young person")
    GUARDIAN = "guardian", _l("Guardian")


class CardApproval(Base):
    """A yes or no to showing one text of a card to one person until a day. It is kept as it was given.

    ``texts`` holds exactly what was read and may be shown, by the name of the field.
    """

    __tablename__ = "card_approval"

    id: Mapped[int] = mapped_column(primary_key=True)
    introduction_id: Mapped[int] = mapped_column(ForeignKey("introduction.id", ondelete="CASCADE"), index=True)
    signer: Mapped[Signer]
    is_yes: Mapped[bool]
    card_version: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    fields: Mapped[list[str]] = mapped_column(default=list)
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="what may be shown, by field")
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("employer_contact.id", ondelete="SET NULL"))
    receiver: Mapped[str] = mapped_column(String(300), comment="person and employer as they were named then")
    signed_name: Mapped[str] = mapped_column(String(120), default="", comment="as a guardian wrote it")
    written_down_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    how: Mapped[str] = mapped_column(String(160), default="", comment="how a worker got to know it")
    signed_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    introduction: Mapped[Introduction] = relationship(back_populates="approvals", lazy="raise")
    written_down_by: Mapped["Staff | None"] = relationship(lazy="raise")

    __table_args__ = (
        CheckConstraint("(is_yes) = (expires_at IS NOT NULL)", name="until_a_day_if_yes"),
        CheckConstraint("expires_at IS NULL OR expires_at > signed_at", name="holds_for_a_while"),
    )


class ProposedTime(Base):
    """A time at which the employer can meet."""

    __tablename__ = "proposed_time"

    id: Mapped[int] = mapped_column(primary_key=True)
    introduction_id: Mapped[int] = mapped_column(ForeignKey("introduction.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]

    introduction: Mapped[Introduction] = relationship(back_populates="times", lazy="raise")

    __table_args__ = (
        UniqueConstraint("introduction_id", "starts_at", name="uq_proposed_time_once"),
        CheckConstraint("minutes BETWEEN 10 AND 480", name="minutes_are_sane"),
    )


class IntroductionEvent(Base):
    """A step in the life of an introduction."""

    __tablename__ = "introduction_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    introduction_id: Mapped[int] = mapped_column(ForeignKey("introduction.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    action: Mapped[IntroductionAction]
    source: Mapped[str] = mapped_column(String(20))
    target: Mapped[str] = mapped_column(String(20))
    party: Mapped[Party]
    actor_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text, default="")

    introduction: Mapped[Introduction] = relationship(back_populates="events", lazy="raise")
