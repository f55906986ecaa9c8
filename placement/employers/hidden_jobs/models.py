"""Tables of talks with employers and of the leads that come of them."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placement.db import Base, Timestamped
from placement.employers.hidden_jobs.states import LeadState
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l

if TYPE_CHECKING:
    from placement.accounts.models import Staff
    from placement.employers.models import Employer, EmployerContact, EmployerUnit


class TalkChannel(LabelledEnum):
    """How a worker and an employer talked."""

    VISIT = "visit", _l("Visit")
    PHONE = "phone", _l("Phone call")
    AT_OHJAAMO = "at_ohjaamo", _l("They came here")
    ONLINE = "online", _l("Online")
    MESSAGE = "message", _l("Message")


FACE_TO_FACE = frozenset({TalkChannel.VISIT, TalkChannel.AT_OHJAAMO, TalkChannel.ONLINE})


class PromisedBy(LabelledEnum):
    """Whose promise it is."""

    US = "us", _l("We")
    EMPLOYER = "employer", _l("The employer")


class NeedPrompt(LabelledEnum):
    """The three open questions that a talk ends with."""

    UNDONE = "undone", _l("What is left undone each week?")
    HURRY = "hurry", _l("When are you in a hurry?")
    PEOPLE = "people", _l("Who is leaving or growing?")


class EmployerTalk(Base):
    """A visit, a call or a message: what was promised, and when the next step is."""

    __tablename__ = "employer_talk"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="CASCADE"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id", ondelete="CASCADE"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("employer_contact.id", ondelete="SET NULL"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    held_on: Mapped[date]
    channel: Mapped[TalkChannel]
    promise: Mapped[str] = mapped_column(String(300), default="")
    promised_by: Mapped[PromisedBy | None]
    next_on: Mapped[date | None]
    next_owner_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    next_done_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    employer: Mapped["Employer"] = relationship(lazy="raise")
    contact: Mapped["EmployerContact | None"] = relationship(lazy="raise")
    staff: Mapped["Staff | None"] = relationship(lazy="raise", foreign_keys=[staff_id])
    next_owner: Mapped["Staff | None"] = relationship(lazy="raise", foreign_keys=[next_owner_id])

    __table_args__ = (
        CheckConstraint("(promise = '') = (promised_by IS NULL)", name="a_promise_is_somebodys"),
        CheckConstraint("promise = '' OR next_on IS NOT NULL", name="a_promise_has_a_day"),
        CheckConstraint("next_done_at IS NULL OR next_on IS NOT NULL", name="only_a_step_is_done"),
        Index("ix_employer_talk_employer", "employer_id", "held_on"),
        Index("ix_employer_talk_next", "centre_id", "next_on"),
    )


class Lead(Timestamped, Base):
    """A job that may be: heard of or noted in a talk. Its id is the thread that offer and placement keep."""

    __tablename__ = "lead"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="CASCADE"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("employer_unit.id", ondelete="SET NULL"))
    talk_id: Mapped[int | None] = mapped_column(
        ForeignKey("employer_talk.id", ondelete="SET NULL"), comment="the talk in which the need was told"
    )
    heard: Mapped[str] = mapped_column(Text, default="", comment="what was heard before anybody talked")
    prompt: Mapped[NeedPrompt | None]
    need: Mapped[str] = mapped_column(Text, default="", comment="the need note")
    task_family: Mapped[str | None] = mapped_column(String(4))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    next_on: Mapped[date | None]
    state: Mapped[LeadState] = mapped_column(default=LeadState.HEARD)
    state_since: Mapped[datetime]
    drop_reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    employer: Mapped["Employer"] = relationship(lazy="raise")
    unit: Mapped["EmployerUnit | None"] = relationship(lazy="raise")
    talk: Mapped[EmployerTalk | None] = relationship(lazy="raise")
    owner: Mapped["Staff | None"] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own attribute
    __table_args__ = (
        CheckConstraint("heard <> '' OR need <> ''", name="says_something"),
        CheckConstraint("state NOT IN ('noted', 'offered') OR need <> ''", name="a_need_if_noted"),
        CheckConstraint("(state = 'dropped') = (drop_reason <> '')", name="a_reason_if_dropped"),
        Index("ix_lead_board", "centre_id", "state"),
    )

    @property
    def text(self) -> str:
        """The need as the employer told it, or what was heard."""
        return self.need or self.heard
