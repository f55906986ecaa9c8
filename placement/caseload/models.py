"""The table of hand-overs from one worker to another."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placement.db import Base, Timestamped
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l

if TYPE_CHECKING:
    from placement.accounts.models import Staff
    from placement.jobseekers.models import Youth


class HandOverReason(LabelledEnum):
    """Why a young person gets another own adult."""

    WISH = "wish", _l("The young person wishes so")
    LEAVE = "leave", _l("The worker is away for long")
    LEAVES_WORK = "leaves_work", _l("The worker leaves")
    WORKLOAD = "workload", _l("Work is shared anew")
    CLOSER_HELP = "closer_help", _l("Another worker can help better")


class HandOver(Timestamped, Base):
    """A planned change of the own adult: the young person is told first, both adults meet them once."""

    __tablename__ = "hand_over"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="CASCADE"))
    youth_id: Mapped[int] = mapped_column(ForeignKey("youth.id", ondelete="CASCADE"), index=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    reason: Mapped[HandOverReason]
    tell_by: Mapped[date] = mapped_column(comment="by this day the young person has been told")
    meet_on: Mapped[date] = mapped_column(comment="both adults meet the young person")
    takes_effect_on: Mapped[date]
    stays_deputy: Mapped[bool] = mapped_column(default=False)
    told_at: Mapped[datetime | None]
    youth_view: Mapped[str] = mapped_column(Text, default="", comment="what the young person said of it")
    done_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]

    youth: Mapped["Youth"] = relationship(lazy="raise")
    from_staff: Mapped["Staff"] = relationship(lazy="raise", foreign_keys=[from_id])
    to_staff: Mapped["Staff"] = relationship(lazy="raise", foreign_keys=[to_id])

    __table_args__ = (
        CheckConstraint("from_id <> to_id", name="to_another"),
        CheckConstraint("tell_by < takes_effect_on AND meet_on <= takes_effect_on", name="days_in_order"),
        CheckConstraint("done_at IS NULL OR told_at IS NOT NULL", name="told_before_done"),
        CheckConstraint("done_at IS NULL OR cancelled_at IS NULL", name="done_or_cancelled"),
        Index(
            "uq_hand_over_open",
            "youth_id",
            unique=True,
            sqlite_where=text("done_at IS NULL AND cancelled_at IS NULL"),
            postgresql_where=text("done_at IS NULL AND cancelled_at IS NULL"),
        ),
    )
