"""The table of packs. What is sensitive is told only in the e-service of the authority, and not kept here."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placement.db import Base
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l
from placement.placements.packs.states import PackState

if TYPE_CHECKING:
    from placement.placements.models import Placement


class ContractLength(LabelledEnum):
    """Whether the job has an end."""

    PERMANENT = "permanent", _l("Permanent")
    FIXED_TERM = "fixed_term", _l("Fixed term")


class SubsidyPack(Base):
    """What an application for wage subsidy or a voucher needs (PS-31, EV-06), and where it is.

    No ground for a subsidy, no bank account, no identity code: only whether the person has them at hand.
    An empty answer means that it is not known yet.
    """

    __tablename__ = "subsidy_pack"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), unique=True)
    state: Mapped[PackState] = mapped_column(default=PackState.IDEA)
    state_since: Mapped[datetime]
    has_business_activity: Mapped[bool | None]
    collective_agreement: Mapped[str] = mapped_column(String(160), default="")
    gross_pay: Mapped[Decimal | None] = mapped_column(comment="euros in a month, as agreed for the job")
    hours_per_week: Mapped[Decimal | None]
    contract_length: Mapped[ContractLength | None]
    other_aid_told: Mapped[bool | None] = mapped_column(comment="other aid and de minimis aid have been listed")
    lay_offs_told: Mapped[bool | None] = mapped_column(comment="dismissals and lay-offs have been declared")
    taxes_in_order: Mapped[bool | None]
    mandate_ready: Mapped[bool] = mapped_column(default=False, comment="right to act in the e-service (PS-20)")
    bank_details_at_hand: Mapped[bool] = mapped_column(default=False)
    identity_at_hand: Mapped[bool] = mapped_column(default=False)
    jobseeker_agreed_on: Mapped[date | None]

    applied_on: Mapped[date | None]
    supplement_by: Mapped[date | None]
    decided_on: Mapped[date | None]
    subsidy_from: Mapped[date | None]
    subsidy_to: Mapped[date | None]
    contract_on: Mapped[date | None]
    payment_applied_on: Mapped[date | None]
    paid_on: Mapped[date | None]
    extension_settled: Mapped[bool] = mapped_column(default=False, comment="applied for, or not wanted")
    note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    placement: Mapped["Placement"] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own attribute
    __table_args__ = (
        CheckConstraint("state IN ('idea', 'pack') OR applied_on IS NOT NULL", name="applied_if_applied"),
        CheckConstraint("state <> 'supplement' OR supplement_by IS NOT NULL", name="a_day_for_more"),
        CheckConstraint(
            "state NOT IN ('granted', 'refused', 'budget_empty', 'contract', 'running', 'paid')"
            " OR decided_on IS NOT NULL",
            name="decided_if_decided",
        ),
        CheckConstraint(
            "state NOT IN ('granted', 'contract', 'running', 'paid')"
            " OR (subsidy_from IS NOT NULL AND subsidy_to IS NOT NULL)",
            name="a_period_if_granted",
        ),
        CheckConstraint("subsidy_to IS NULL OR subsidy_to >= subsidy_from", name="period_in_order"),
        CheckConstraint(
            "state NOT IN ('contract', 'running', 'paid') OR contract_on IS NOT NULL", name="contract_made"
        ),
        CheckConstraint("(state = 'paid') = (paid_on IS NOT NULL)", name="paid_if_paid"),
        CheckConstraint("gross_pay IS NULL OR gross_pay > 0", name="pay_is_something"),
    )
