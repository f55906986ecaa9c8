"""Tables of the support around a start: steps, short answers, worries, help given, and who wants no after-care."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placement.db import Base
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l
from placement.placements.kinds import PartyRole
from placement.placements.support_plan.dates import StepCode

if TYPE_CHECKING:
    from placement.accounts.models import Staff
    from placement.placements.models import Placement


class StepState(LabelledEnum):
    """Where a step of the support plan is."""

    OPEN = "open", _l("To do")
    DONE = "done", _l("Done")
    DROPPED = "dropped", _l("Not needed")


class SupportStep(Base):
    """One step of the plan: when, what and who. ``is_moved`` when a person has set the day by hand."""

    __tablename__ = "support_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"))
    code: Mapped[StepCode]
    due_on: Mapped[date]
    is_moved: Mapped[bool] = mapped_column(default=False)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"), index=True)
    state: Mapped[StepState] = mapped_column(default=StepState.OPEN)
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    note: Mapped[str] = mapped_column(Text, default="")
    minutes: Mapped[int] = mapped_column(default=0)

    placement: Mapped["Placement"] = relationship(lazy="raise")
    owner: Mapped["Staff | None"] = relationship(lazy="raise", foreign_keys=[owner_id])

    __table_args__ = (
        UniqueConstraint("placement_id", "code", name="uq_support_step_code"),
        CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done_if_done"),
        CheckConstraint("minutes BETWEEN 0 AND 1440", name="minutes_are_of_a_day"),
        Index("ix_support_step_due", "state", "due_on"),
    )


class HowItGoes(LabelledEnum):
    """The answer of one tap."""

    GOOD = "good", _l("Good")
    SO_SO = "so_so", _l("So-so")
    CALL_ME = "call_me", _l("Call me")


class CheckIn(Base):
    """“How is it going?” asked of one side, or told unasked. The answer may be changed until it is settled."""

    __tablename__ = "check_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    role: Mapped[PartyRole]
    on: Mapped[date] = mapped_column(comment="the Finnish day on which it was asked or told")
    asked_at: Mapped[datetime | None]
    answer: Mapped[HowItGoes | None]
    answered_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))

    placement: Mapped["Placement"] = relationship(lazy="raise")

    __table_args__ = (
        UniqueConstraint("placement_id", "role", "on", name="uq_check_in_once_a_day"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_if_answered"),
        CheckConstraint("asked_at IS NOT NULL OR answer IS NOT NULL", name="asked_or_told"),
        CheckConstraint("settled_at IS NULL OR answer IS NOT NULL", name="only_an_answer_is_settled"),
    )


class Worry(Base):
    """Something that was not going well, and how it was solved. Nothing about health."""

    __tablename__ = "worry"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    raised_by: Mapped[PartyRole | None] = mapped_column(comment="empty: the centre noticed it")
    text: Mapped[str] = mapped_column(Text)
    raised_at: Mapped[datetime]
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    solution: Mapped[str] = mapped_column(Text, default="")
    solved_at: Mapped[datetime | None]
    solved_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))

    placement: Mapped["Placement"] = relationship(lazy="raise")

    __table_args__ = (
        CheckConstraint("length(text) > 0", name="says_something"),
        CheckConstraint("(solved_at IS NULL) = (solution = '')", name="solved_by_something"),
    )


class HelpedWith(LabelledEnum):
    """What a worker helped with."""

    SUBSIDY_APPLICATION = "subsidy_application", _l("Application for wage subsidy or voucher")
    PAYMENT_APPLICATION = "payment_application", _l("Application for payment")
    AGREEMENT = "agreement", _l("Agreement or contract")
    ATTENDANCE_REPORT = "attendance_report", _l("Report of days to Kela")
    TAX_CARD = "tax_card", _l("Tax card and bank details")
    TRAVEL = "travel", _l("Way to work")
    WORK_CLOTHES = "work_clothes", _l("Work clothes or tools")
    OTHER = "other", _l("Something else")


class HelpGiven(Base):
    """Help of some minutes to one side."""

    __tablename__ = "help_given"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    on: Mapped[date]
    to_role: Mapped[PartyRole]
    helped_with: Mapped[HelpedWith]
    minutes: Mapped[int]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))

    placement: Mapped["Placement"] = relationship(lazy="raise")

    __table_args__ = (CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes_are_of_a_day"),)


class AfterCareStop(Base):
    """The young person does not want to be asked after the placement."""

    __tablename__ = "after_care_stop"

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), primary_key=True)
    stopped_at: Mapped[datetime]
