"""Table of the rule values that centres have set for themselves."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placement.clock import utcnow
from placement.db import Base

if TYPE_CHECKING:
    from placement.accounts.models import Staff


class RuleOverride(Base):
    """A value that a centre uses in place of the national one. It is revoked, never changed or removed."""

    __tablename__ = "rule_override"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="CASCADE"))
    rule_id: Mapped[str] = mapped_column(String(8))
    unit: Mapped[str] = mapped_column(String(40))
    value: Mapped[Decimal]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    revoked_because: Mapped[str] = mapped_column(Text, default="")

    made_by: Mapped["Staff | None"] = relationship(lazy="raise", foreign_keys=[made_by_id])

    __table_args__ = (
        CheckConstraint("length(reason) > 0", name="has_a_reason"),
        CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from", name="days_in_order"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_because = '')", name="revoked_with_a_reason"),
        Index("ix_rule_override_centre", "centre_id", "rule_id"),
    )
