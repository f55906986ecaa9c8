"""Tables of placements: terms, calendar, parties, signatures, links, overrides and the log of steps."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, MappedColumn, mapped_column, relationship

from placement.audit.models import ActorKind
from placement.db import Base, Timestamped
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l
from placement.notifications.models import Channel
from placement.offers.models import OfferKind
from placement.placements.kinds import PartyRole, PlacementKind
from placement.placements.reasons import ExtensionReason, Side, StopReason
from placement.placements.schedule import Period
from placement.placements.states import PlacementAction, PlacementState

if TYPE_CHECKING:
    from placement.accounts.models import Centre, Staff
    from placement.employers.models import Employer, EmployerContact, EmployerUnit
    from placement.jobseekers.models import Youth
    from placement.offers.models import Offer


class YesNoUnknown(LabelledEnum):
    """An answer that may not be known yet."""

    YES = "yes", _l("Yes")
    NO = "no", _l("No")
    UNKNOWN = "unknown", _l("Not known yet")


def _answer(name: str) -> MappedColumn[YesNoUnknown]:
    """Return a column with an answer; several of them in one table need checks of different names."""
    kind = Enum(
        YesNoUnknown,
        name=name,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )
    return mapped_column(kind, default=YesNoUnknown.UNKNOWN)


class Placement(Timestamped, Base):
    """A young person at an employer: what was agreed, and where it is in its life.

    ``hours`` of the calendar stand in their own table. Nothing about health, benefits or the ground of a
    subsidy is kept. Of a criminal record extract only that it was shown, when, and to whom (CP-11).
    """

    __tablename__ = "placement"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="CASCADE"))
    youth_id: Mapped[int] = mapped_column(ForeignKey("youth.id", ondelete="CASCADE"), index=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("employer_unit.id", ondelete="SET NULL"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("employer_contact.id", ondelete="SET NULL"))
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offer.id", ondelete="SET NULL"))
    suggestion_id: Mapped[int | None] = mapped_column(ForeignKey("suggestion.id", ondelete="SET NULL"))
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("placement.id", ondelete="SET NULL"), index=True)
    group_key: Mapped[str | None] = mapped_column(String(36), index=True, comment="shared by the people of a group")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"), index=True)
    kind: Mapped[PlacementKind]
    state: Mapped[PlacementState] = mapped_column(default=PlacementState.PLANNED)
    began_as: Mapped[OfferKind | None] = mapped_column(comment="kind of the offer that the whole chain began with")
    extension_reason: Mapped[ExtensionReason | None]

    title: Mapped[str] = mapped_column(String(120), comment="what the work is called")
    goal: Mapped[str] = mapped_column(Text, default="", comment="in the young person's own words")
    tasks: Mapped[str] = mapped_column(Text, default="")
    guide_name: Mapped[str] = mapped_column(String(80), default="")
    guide_phone: Mapped[str] = mapped_column(String(40), default="")
    place: Mapped[str] = mapped_column(String(200), default="", comment="where the work is done")
    is_remote: Mapped[bool] = mapped_column(default=False)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    insurance: Mapped[str] = mapped_column(Text, default="")
    absence_practice: Mapped[str] = mapped_column(Text, default="")
    adjustments: Mapped[str] = mapped_column(Text, default="", comment="what was agreed to make it work, no diagnosis")

    plan_agreed: Mapped[YesNoUnknown] = _answer("plan_agreed")
    laid_off_lately: Mapped[YesNoUnknown] = _answer("laid_off_lately")
    signatory_checked: Mapped[bool] = mapped_column(default=False)
    has_hazards: Mapped[YesNoUnknown] = _answer("has_hazards")
    hazards_notified_on: Mapped[date | None]
    guardian_told_on: Mapped[date | None]
    basic_education_done: Mapped[YesNoUnknown] = _answer("basic_education_done")
    with_children: Mapped[bool] = mapped_column(default=False)
    record_shown_on: Mapped[date | None]
    record_dated: Mapped[date | None]
    record_seen_by: Mapped[str] = mapped_column(String(80), default="")
    handles_food: Mapped[bool] = mapped_column(default=False)
    is_zero_hours: Mapped[bool] = mapped_column(default=False)
    contract_on: Mapped[date | None] = mapped_column(comment="when the contract of employment was made")
    decided_on: Mapped[date | None] = mapped_column(comment="when the subsidy was granted")
    earlier_months: Mapped[Decimal | None] = mapped_column(comment="of trials that are not known here, as told")

    terms_version: Mapped[int] = mapped_column(default=0, comment="rises with each text that is sent to be signed")
    ready_at: Mapped[datetime | None]
    started_on: Mapped[date | None]
    ending_at: Mapped[datetime | None]
    last_day: Mapped[date | None]
    over_at: Mapped[datetime | None]
    stop_reason: Mapped[StopReason | None]
    stopped_by: Mapped[Side | None]
    stopped_in_first_days: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    centre: Mapped["Centre"] = relationship(lazy="raise")
    youth: Mapped["Youth"] = relationship(lazy="raise")
    employer: Mapped["Employer"] = relationship(lazy="raise")
    unit: Mapped["EmployerUnit | None"] = relationship(lazy="raise")
    contact: Mapped["EmployerContact | None"] = relationship(lazy="raise")
    offer: Mapped["Offer | None"] = relationship(lazy="raise")
    owner: Mapped["Staff | None"] = relationship(lazy="raise")
    follows: Mapped["Placement | None"] = relationship(lazy="raise", remote_side="Placement.id")
    hours: Mapped[list["PlacementHours"]] = relationship(
        back_populates="placement",
        lazy="raise",
        cascade="all, delete-orphan",
        order_by="PlacementHours.on, PlacementHours.begins",
    )
    parties: Mapped[list["PlacementParty"]] = relationship(
        back_populates="placement", lazy="raise", cascade="all, delete-orphan", order_by="PlacementParty.id"
    )
    texts: Mapped[list["AgreementText"]] = relationship(
        back_populates="placement", lazy="raise", cascade="all, delete-orphan", order_by="AgreementText.number"
    )
    overrides: Mapped[list["PlacementOverride"]] = relationship(
        back_populates="placement", lazy="raise", cascade="all, delete-orphan", order_by="PlacementOverride.id"
    )
    events: Mapped[list["PlacementEvent"]] = relationship(
        back_populates="placement", lazy="raise", cascade="all, delete-orphan", order_by="PlacementEvent.id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own attribute
    __table_args__ = (
        CheckConstraint("length(title) > 0", name="has_a_title"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_it_starts"),
        CheckConstraint("follows_id IS NOT NULL OR extension_reason IS NULL", name="extension_follows_something"),
        CheckConstraint("follows_id IS NULL OR follows_id <> id", name="follows_another"),
        CheckConstraint(
            "(record_shown_on IS NULL) = (record_dated IS NULL) AND (record_shown_on IS NULL) = (record_seen_by = '')",
            name="record_shown_wholly",
        ),
        CheckConstraint("record_dated IS NULL OR record_dated <= record_shown_on", name="record_dated_before_shown"),
        CheckConstraint(
            "kind NOT IN ('wage_subsidy_job', 'voucher_job') OR NOT is_zero_hours", name="subsidy_has_hours"
        ),
        CheckConstraint("state <> 'ready' OR ready_at IS NOT NULL", name="ready_at_if_ready"),
        CheckConstraint(
            "(state IN ('running', 'ending', 'ended', 'interrupted')) = (started_on IS NOT NULL)",
            name="started_if_started",
        ),
        CheckConstraint("state NOT IN ('ending', 'ended') OR ending_at IS NOT NULL", name="ending_at_if_ending"),
        CheckConstraint("(state IN ('ended', 'interrupted')) = (last_day IS NOT NULL)", name="last_day_if_ended"),
        CheckConstraint("last_day IS NULL OR last_day >= started_on", name="last_day_not_before_the_first"),
        CheckConstraint(
            "(state IN ('ended', 'interrupted', 'cancelled')) = (over_at IS NOT NULL)", name="over_if_over"
        ),
        CheckConstraint(
            "(state IN ('interrupted', 'cancelled')) = (stop_reason IS NOT NULL)", name="reason_if_stopped"
        ),
        CheckConstraint("(state IN ('interrupted', 'cancelled')) = (stopped_by IS NOT NULL)", name="side_if_stopped"),
        CheckConstraint("state = 'interrupted' OR NOT stopped_in_first_days", name="first_days_if_interrupted"),
        Index("ix_placement_list", "centre_id", "state", "starts_on"),
    )

    @property
    def periods(self) -> list[Period]:
        """The calendar as plain values, in order."""
        return [row.period for row in self.hours]


class PlacementHours(Base):
    """One stretch of work on one day of the calendar, on the Finnish clock."""

    __tablename__ = "placement_hours"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"))
    on: Mapped[date]
    begins: Mapped[time]
    ends: Mapped[time]
    break_minutes: Mapped[int] = mapped_column(default=0)

    placement: Mapped[Placement] = relationship(back_populates="hours", lazy="raise")

    __table_args__ = (
        UniqueConstraint("placement_id", "on", "begins", name="uq_placement_hours_once"),
        CheckConstraint("break_minutes BETWEEN 0 AND 480", name="break_is_sane"),
    )

    @property
    def period(self) -> Period:
        """The same as a plain value."""
        return Period(self.on, self.begins, self.ends, self.break_minutes)


class PlacementParty(Base):
    """A person who takes part in a placement, and how they are reached about it."""

    __tablename__ = "placement_party"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"))
    role: Mapped[PartyRole]
    name: Mapped[str] = mapped_column(String(120))
    organisation: Mapped[str] = mapped_column(String(160), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    channel: Mapped[Channel] = mapped_column(default=Channel.NONE)
    language: Mapped[str] = mapped_column(String(2), default="fi")
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("employer_contact.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    asked_number: Mapped[int | None] = mapped_column(comment="number of the text that was last sent to them")
    asks: Mapped[int] = mapped_column(default=0, comment="how many times the link was sent")

    placement: Mapped[Placement] = relationship(back_populates="parties", lazy="raise")
    signatures: Mapped[list["Signature"]] = relationship(
        back_populates="party", lazy="raise", cascade="all, delete-orphan", order_by="Signature.id"
    )

    __table_args__ = (
        UniqueConstraint("placement_id", "role", name="uq_placement_party_role"),
        CheckConstraint("length(name) > 0", name="has_a_name"),
        CheckConstraint("channel <> 'email' OR email <> ''", name="address_if_email"),
        CheckConstraint("channel <> 'sms' OR phone <> ''", name="number_if_sms"),
        CheckConstraint("language IN ('fi', 'sv', 'en')", name="language_is_offered"),
        CheckConstraint("(asks = 0) = (asked_at IS NULL)", name="asked_if_asked"),
        CheckConstraint("reminded_at IS NULL OR asked_at IS NOT NULL", name="asked_before_reminded"),
    )


class AgreementText(Base):
    """One text of an agreement as it was sent to be signed. Texts are added, never changed."""

    __tablename__ = "agreement_text"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"))
    number: Mapped[int]
    text_hash: Mapped[str] = mapped_column(String(64))
    terms: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="what was agreed, field by field")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))

    placement: Mapped[Placement] = relationship(back_populates="texts", lazy="raise")

    __table_args__ = (UniqueConstraint("placement_id", "number", name="uq_agreement_text_number"),)


class SignedHow(LabelledEnum):
    """In which way somebody signed."""

    LINK = "link", _l("By personal link")
    PAPER = "paper", _l("On paper")


class Signature(Base):
    """A signature under one text. One that the text has outgrown is void, and stays."""

    __tablename__ = "signature"

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("placement_party.id", ondelete="CASCADE"), index=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("agreement_text.id", ondelete="CASCADE"))
    text_hash: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(120), comment="as written by the one who signed")
    how: Mapped[SignedHow]
    language: Mapped[str] = mapped_column(String(2), comment="in which the text was read")
    signed_at: Mapped[datetime]
    signed_on: Mapped[date]
    signed_where: Mapped[str] = mapped_column(String(120), default="")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    void_at: Mapped[datetime | None]
    void_because: Mapped[list[str]] = mapped_column(default=list, comment="the fields that changed")

    party: Mapped[PlacementParty] = relationship(back_populates="signatures", lazy="raise")
    agreement: Mapped[AgreementText] = relationship(lazy="raise")

    __table_args__ = (
        CheckConstraint("length(name) > 0", name="has_a_name"),
        CheckConstraint("(how = 'paper') = (signed_where <> '')", name="place_if_on_paper"),
        Index(
            "uq_signature_in_force",
            "party_id",
            unique=True,
            sqlite_where=text("void_at IS NULL"),
            postgresql_where=text("void_at IS NULL"),
        ),
    )


class PlacementLink(Base):
    """A personal link of a party to the page of one placement: random, stored hashed, expiring, revocable."""

    __tablename__ = "placement_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("placement_party.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    party: Mapped[PlacementParty] = relationship(lazy="raise")

    __table_args__ = (CheckConstraint("expires_at > created_at", name="expires_after_made"),)


class PlacementOverride(Base):
    """A person's word on one line of the checklist; it holds only while the facts of the line are the same."""

    __tablename__ = "placement_override"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    rule_id: Mapped[str] = mapped_column(String(10))
    code: Mapped[str] = mapped_column(String(60))
    facts: Mapped[str] = mapped_column(Text, default="", comment="values of the line when it was looked at")
    reason: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]

    placement: Mapped[Placement] = relationship(back_populates="overrides", lazy="raise")
    made_by: Mapped["Staff | None"] = relationship(lazy="raise")

    __table_args__ = (CheckConstraint("length(reason) >= 5", name="reason_says_something"),)


class PlacementEvent(Base):
    """A step in the life of a placement."""

    __tablename__ = "placement_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    action: Mapped[PlacementAction]
    source: Mapped[str] = mapped_column(String(20))
    target: Mapped[str] = mapped_column(String(20))
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text, default="")

    placement: Mapped[Placement] = relationship(back_populates="events", lazy="raise")
