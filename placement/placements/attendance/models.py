"""The mark of one day at work."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placement.audit.models import ActorKind
from placement.db import Base
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l

if TYPE_CHECKING:
    from placement.placements.models import Placement


class DayMark(LabelledEnum):
    """Whether somebody was there. Why not is not asked."""

    PRESENT = "present", _l("At work")
    TOLD = "told", _l("Away, told beforehand")
    ABSENT = "absent", _l("Away, did not tell")
    DAY_OFF = "day_off", _l("Day off")


class AttendanceDay(Base):
    """The mark of one day, the last one given."""

    __tablename__ = "attendance_day"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"))
    on: Mapped[date]
    mark: Mapped[DayMark]
    by_kind: Mapped[ActorKind]
    by_id: Mapped[int | None]
    marked_at: Mapped[datetime]
    followed_up_at: Mapped[datetime | None] = mapped_column(comment="when a worker had reached the young person")

    placement: Mapped["Placement"] = relationship(lazy="raise")

    __table_args__ = (
        UniqueConstraint("placement_id", "on", name="uq_attendance_day_once"),
        CheckConstraint("followed_up_at IS NULL OR mark = 'absent'", name="followed_up_if_absent"),
        Index("ix_attendance_day_mark", "mark", "on"),
    )
