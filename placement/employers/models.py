"""Tables of employers, units and contact people."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placement.db import Base, Timestamped
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l
from placement.notifications.models import Channel

if TYPE_CHECKING:
    from placement.accounts.models import Staff


class EmployerForm(LabelledEnum):
    """What kind of employer it is; the rules of some placements depend on it."""

    COMPANY = "company", _l("Company")
    SOLE_TRADER = "sole_trader", _l("Sole trader")
    ASSOCIATION = "association", _l("Association or foundation")
    PARISH = "parish", _l("Parish")
    MUNICIPALITY = "municipality", _l("Municipality or joint authority")
    WELLBEING_COUNTY = "wellbeing_county", _l("Wellbeing services county")
    STATE = "state", _l("State agency")
    WORKSHOP = "workshop", _l("Youth workshop")
    PRIVATE_PERSON = "private_person", _l("Private person or household")


class RegisterStatus(LabelledEnum):
    """What the company register says of an employer."""

    ACTIVE = "active", _l("Active in the register")
    IN_TROUBLE = "in_trouble", _l("In liquidation, restructuring or bankruptcy")
    CEASED = "ceased", _l("Ended")


class Employer(Timestamped, Base):
    """An employer known to a centre."""

    __tablename__ = "employer"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(160))
    sort_name: Mapped[str] = mapped_column(String(200), index=True)
    business_id: Mapped[str | None] = mapped_column(String(9))
    form: Mapped[EmployerForm] = mapped_column(default=EmployerForm.COMPANY)
    industry: Mapped[str] = mapped_column(String(120), default="")
    industry_code: Mapped[str] = mapped_column(String(6), default="", comment="TOL code of the main line of business")
    industry_version: Mapped[str] = mapped_column(String(10), default="", comment="the TOL version of the code")
    street_address: Mapped[str] = mapped_column(String(200), default="")
    municipality_code: Mapped[str | None] = mapped_column(String(3))
    phone: Mapped[str] = mapped_column(String(40), default="")
    website: Mapped[str] = mapped_column(String(200), default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    working_languages: Mapped[list[str]] = mapped_column(default=list, comment="codes of the languages used at work")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    asks_again_on: Mapped[date | None] = mapped_column(comment="not now, ask me then: said by the employer")
    register_status: Mapped[RegisterStatus | None]
    register_checked_on: Mapped[date | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("employer.id", ondelete="CASCADE"), index=True)
    search_text: Mapped[str] = mapped_column(Text, default="", comment="words and stems by which it is found")
    version: Mapped[int] = mapped_column(default=1)

    owner: Mapped["Staff | None"] = relationship(lazy="raise")
    units: Mapped[list["EmployerUnit"]] = relationship(
        back_populates="employer", lazy="raise", cascade="all, delete-orphan", order_by="EmployerUnit.id"
    )
    contacts: Mapped[list["EmployerContact"]] = relationship(
        back_populates="employer", lazy="raise", cascade="all, delete-orphan", order_by="EmployerContact.id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own attribute
    __table_args__ = (
        Index("uq_employer_business_id", "centre_id", "business_id", unique=True),
        CheckConstraint("length(name) > 0", name="has_a_name"),
        CheckConstraint("merged_into_id IS NULL OR business_id IS NULL", name="no_business_id_if_merged"),
    )


class EmployerUnit(Base):
    """A place of business: a shop, a workshop, a kitchen."""

    __tablename__ = "employer_unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    street_address: Mapped[str] = mapped_column(String(200), default="")
    municipality_code: Mapped[str | None] = mapped_column(String(3))
    access_notes: Mapped[str] = mapped_column(Text, default="", comment="bus, stairs, door")

    employer: Mapped[Employer] = relationship(back_populates="units", lazy="raise")


class EmployerContact(Timestamped, Base):
    """A person at an employer. They have no account: a personal link is their key."""

    __tablename__ = "employer_contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="CASCADE"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(80), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    language: Mapped[str] = mapped_column(String(2), default="fi")
    channel: Mapped[Channel] = mapped_column(default=Channel.EMAIL)
    is_active: Mapped[bool] = mapped_column(default=True)

    employer: Mapped[Employer] = relationship(back_populates="contacts", lazy="raise")

    __table_args__ = (
        CheckConstraint("channel <> 'email' OR email <> ''", name="address_if_email"),
        CheckConstraint("channel <> 'sms' OR phone <> ''", name="number_if_sms"),
        CheckConstraint("language IN ('fi', 'sv', 'en')", name="language_is_offered"),
    )
