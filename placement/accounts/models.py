"""Tables of centres, organisations, staff and personal links."""

from datetime import datetime
from typing import Any

from flask_security import RoleMixin, UserMixin
from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placement.accounts.permissions import Role
from placement.clock import utcnow
from placement.db import Base, Timestamped
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l


class Centre(Timestamped, Base):
    """An Ohjaamo centre. Everything else belongs to exactly one."""

    __tablename__ = "centre"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    municipality_code: Mapped[str] = mapped_column(String(3))
    languages: Mapped[list[str]] = mapped_column(default=lambda: ["fi", "sv", "en"])
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    street_address: Mapped[str] = mapped_column(String(200), default="")
    opening_hours: Mapped[str] = mapped_column(String(200), default="")


class Organisation(Base):
    """The employer of a staff member: municipality, employment area, county, parish, association."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(160), unique=True)
    sector: Mapped[str] = mapped_column(String(40))


staff_role = Table(
    "staff_role",
    Base.metadata,
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id", ondelete="RESTRICT"), primary_key=True),
)


class StaffRole(RoleMixin, Base):
    """A role that can be given to staff; the codes are those of ``permissions.Role``."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Role] = mapped_column(unique=True)


class Staff(UserMixin, Timestamped, Base):
    """A worker of a centre who signs in. The ``tf_`` and ``mf_`` columns belong to the sign-in library."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="RESTRICT"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="SET NULL"))
    first_name: Mapped[str] = mapped_column(String(60))
    last_name: Mapped[str] = mapped_column(String(60))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    phone: Mapped[str] = mapped_column(String(40), default="")
    phone_hours: Mapped[str] = mapped_column(String(80), default="", comment="when they can be called")
    language: Mapped[str] = mapped_column(String(2), default="fi")
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    confirmed_at: Mapped[datetime | None]
    create_datetime: Mapped[datetime | None]  # type: ignore[assignment]
    update_datetime: Mapped[datetime | None]  # type: ignore[assignment]
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_phone_number: Mapped[str | None] = mapped_column(String(128))
    mf_recovery_codes: Mapped[list[Any] | None] = mapped_column(JSON)
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]

    centre: Mapped[Centre] = relationship(lazy="joined", innerjoin=True)
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
    roles: Mapped[list[StaffRole]] = relationship(  # type: ignore[assignment]
        secondary=staff_role, lazy="selectin"
    )

    __table_args__ = (CheckConstraint("language IN ('fi', 'sv', 'en')", name="language_is_offered"),)

    @property
    def display_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"

    @property
    def role_codes(self) -> frozenset[Role]:
        """The roles held now."""
        return frozenset(role.name for role in self.roles)

    def is_locked(self, form_error: list[str] | None = None) -> bool:
        """Whether signing in is stopped after too many failures; says nothing, so that nothing can be learned."""
        return self.locked_until is not None and self.locked_until > utcnow()


class LinkPurpose(LabelledEnum):
    """What a personal link opens. A link opens nothing else."""

    EMPLOYER_PAGE = "employer_page", _l("Employer’s own page")
    MY_PAGE = "my_page", _l("Young person’s own page")
    SUGGESTION = "suggestion", _l("Answer to a suggestion")
    INTRODUCTION = "introduction", _l("Card and meeting of a young person")
    GUARDIAN = "guardian", _l("Permission of a guardian")
    INTRODUCED = "introduced", _l("Employer’s answer to a card")
    DAY_INVITATION = "day_invitation", _l("Answer to an invitation to a recruitment day")
    DAY_EMPLOYER = "day_employer", _l("Employer’s answer about a recruitment day")


class PersonalLink(Base):
    """A link that stands in for a password: random, stored hashed, bound to person, purpose and object."""

    __tablename__ = "personal_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="CASCADE"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[LinkPurpose]
    youth_id: Mapped[int | None] = mapped_column(ForeignKey("youth.id", ondelete="CASCADE"))
    employer_contact_id: Mapped[int | None] = mapped_column(ForeignKey("employer_contact.id", ondelete="CASCADE"))
    object_id: Mapped[int | None]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("(youth_id IS NULL) <> (employer_contact_id IS NULL)", name="one_person"),
        CheckConstraint("expires_at > created_at", name="expires_after_made"),
        CheckConstraint(
            "(purpose IN ('employer_page', 'my_page')) = (object_id IS NULL)",
            name="object_if_purpose_has_one",
        ),
        Index("ix_personal_link_person", "youth_id", "employer_contact_id"),
    )


class IdempotencyKey(Base):
    """A form that has been acted on: the same form sent twice has one effect."""

    __tablename__ = "idempotency_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    endpoint: Mapped[str] = mapped_column(String(80))
    location: Mapped[str] = mapped_column(String(400), default="")
    created_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("key", "endpoint", name="uq_idempotency_key_once"),)


class RateCount(Base):
    """Hits of one client on one limited page in one window; shared by all web processes."""

    __tablename__ = "rate_count"

    key: Mapped[str] = mapped_column(String(300), primary_key=True)
    hits: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)
