"""The record of a merge: all that is needed to take it back exactly."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placement.db import Base

if TYPE_CHECKING:
    from placement.accounts.models import Staff
    from placement.employers.models import Employer


class EmployerMerge(Base):
    """One employer taken into another: which rows moved and which details were filled in."""

    __tablename__ = "employer_merge"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="CASCADE"))
    kept_id: Mapped[int] = mapped_column(ForeignKey("employer.id", ondelete="CASCADE"))
    merged_id: Mapped[int] = mapped_column(ForeignKey("employer.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    moved: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="table.column: ids of the rows that moved")
    filled: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="column of the kept one: [before, after]")
    business_id: Mapped[str | None] = mapped_column(comment="that the merged one had")
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))

    kept: Mapped["Employer"] = relationship(lazy="raise", foreign_keys=[kept_id])
    merged: Mapped["Employer"] = relationship(lazy="raise", foreign_keys=[merged_id])
    by: Mapped["Staff | None"] = relationship(lazy="raise", foreign_keys=[by_id])

    __table_args__ = (
        CheckConstraint("kept_id <> merged_id", name="two_employers"),
        Index("ix_employer_merge_kept", "kept_id", "undone_at"),
    )
