"""Tables of offers and of the log of their steps."""

from datetime import date, datetime, time
from decimal import Decimal
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placement.audit.models import ActorKind
from placement.clock import utcnow
from placement.db import Base, Timestamped
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l
from placement.offers.states import OfferAction, OfferState

if TYPE_CHECKING:
    from placement.employers.models import Employer, EmployerContact, EmployerUnit


class OfferKind(LabelledEnum):
    """What kind of place is offered. The codes are shared with the matching library."""

    WORK_TRIAL = "work_trial", _l("Work trial")
    WAGE_SUBSIDY_JOB = "wage_subsidy_job", _l("Wage-subsidised job")
    HIDDEN_JOB = "hidden_job", _l("Hidden job")
    OPEN_JOB = "open_job", _l("Open job")
    SUMMER_JOB = "summer_job", _l("Summer job")
    WINTER_JOB = "winter_job", _l("Winter job")
    APPRENTICESHIP = "apprenticeship", _l("Apprenticeship")
    GROUP_TRIAL = "group_trial", _l("Group trial")
    WORKSHOP_PLACE = "workshop_place", _l("Workshop place")
    VISIT = "visit", _l("Half-day visit")


UNPAID_KINDS = frozenset({OfferKind.WORK_TRIAL, OfferKind.GROUP_TRIAL, OfferKind.WORKSHOP_PLACE, OfferKind.VISIT})
TRIAL_KINDS = frozenset({OfferKind.WORK_TRIAL, OfferKind.GROUP_TRIAL})


class Visibility(LabelledEnum):
    """Who may see a live offer."""

    INSIDE = "inside", _l("Staff only")
    SELECTED = "selected", _l("Chosen young people")
    OPEN = "open", _l("All young people of the area")


class GuideTime(LabelledEnum):
    """How much of the day the workplace guide is there."""

    NONE = "none", _l("No guide")
    START = "start", _l("At the beginning")
    PART_OF_DAY = "part_of_day", _l("Part of the day")
    WHOLE_DAY = "whole_day", _l("The whole day")


class DayPart(LabelledEnum):
    """Parts of the day and week when work is done."""

    MORNING = "morning", _l("Mornings")
    DAY = "day", _l("Daytime")
    EVENING = "evening", _l("Evenings")
    NIGHT = "night", _l("Nights")
    WEEKEND = "weekend", _l("Weekends")


class SubsidyPath(LabelledEnum):
    """Money that an employer might get; only the authority decides. Shown to staff only."""

    WAGE_SUBSIDY = "wage_subsidy", _l("Wage subsidy")
    APPRENTICESHIP = "apprenticeship", _l("Subsidy for an apprenticeship")
    YOUTH_VOUCHER = "youth_voucher", _l("Youth employment voucher")
    SUMMER_VOUCHER = "summer_voucher", _l("Summer job voucher of the municipality")
    MUNICIPAL = "municipal", _l("Other support of the municipality")


class OfferOrigin(LabelledEnum):
    """How the offer came to the centre."""

    EMPLOYER_LINK = "employer_link", _l("From the employer")
    STAFF = "staff", _l("Typed by staff")
    IMPORT = "import", _l("From a list")


class Offer(Timestamped, Base):
    """A place at an employer."""

    __tablename__ = "offer"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="CASCADE"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("employer_unit.id", ondelete="SET NULL"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("employer_contact.id", ondelete="SET NULL"))
    lead_id: Mapped[int | None] = mapped_column(
        ForeignKey("lead.id", ondelete="SET NULL"), index=True, comment="the thread that began with a talk"
    )
    kind: Mapped[OfferKind]
    state: Mapped[OfferState] = mapped_column(default=OfferState.DRAFT)
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.SELECTED)
    origin: Mapped[OfferOrigin]
    import_key: Mapped[str | None] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(2), default="fi")
    title: Mapped[str] = mapped_column(String(120))
    tasks: Mapped[str] = mapped_column(Text, default="")
    task_family: Mapped[str | None] = mapped_column(String(4))

    street_area: Mapped[str] = mapped_column(String(160), default="")
    municipality_code: Mapped[str | None] = mapped_column(String(3))
    access_notes: Mapped[str] = mapped_column(Text, default="")
    is_remote: Mapped[bool] = mapped_column(default=False)
    premises_notes: Mapped[str] = mapped_column(Text, default="", comment="accessibility of the premises")

    day_parts: Mapped[list[str]] = mapped_column(default=list)
    hours_per_day: Mapped[Decimal | None]
    days_per_week: Mapped[Decimal | None]
    hours_per_week: Mapped[Decimal | None]
    work_begins: Mapped[time | None]
    work_ends: Mapped[time | None]
    schedule_notes: Mapped[str] = mapped_column(String(200), default="")
    starts_from: Mapped[date | None]
    starts_until: Mapped[date | None]
    months: Mapped[Decimal | None]
    places: Mapped[int] = mapped_column(default=1)
    talks_cap: Mapped[int] = mapped_column(default=3, comment="most people in talks at once per place")

    guide_name: Mapped[str] = mapped_column(String(80), default="")
    guide_time: Mapped[GuideTime | None]
    environment: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="place card: true or false")
    working_languages: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="language: level or null")
    minimum_age: Mapped[int | None]
    minimum_age_reason: Mapped[str] = mapped_column(String(160), default="")
    cards_needed: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="card: at_start or by_month_3")
    licence_needed: Mapped[str | None] = mapped_column(String(4))
    needs_record_check: Mapped[bool] = mapped_column(default=False)
    required_skills: Mapped[str] = mapped_column(Text, default="")
    pay: Mapped[str] = mapped_column(String(160), default="")
    search_text: Mapped[str] = mapped_column(Text, default="", comment="words and stems by which it is found")
    is_zero_hours: Mapped[bool] = mapped_column(default=False)
    is_commission_only: Mapped[bool] = mapped_column(default=False)
    subsidy_paths: Mapped[list[str]] = mapped_column(default=list, comment="shown to staff only")
    can_grow_into_job: Mapped[bool | None]
    employer_name_hidden: Mapped[bool] = mapped_column(default=False)
    contact_way: Mapped[str] = mapped_column(String(200), default="")

    laid_off_lately: Mapped[str] = mapped_column(String(10), default="unknown")
    taxes_in_order: Mapped[str] = mapped_column(String(10), default="unknown")
    submitted_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    live_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    confirmed_on: Mapped[date | None]
    asked_open_mark: Mapped[str] = mapped_column(String(20), default="", comment="the last question: since|days")
    paused_until: Mapped[date | None] = mapped_column(comment="first day on which it is offered again")
    employer_answers: Mapped[Decimal | None] = mapped_column(
        comment="how surely the employer answers, 0-1, for ranking; kept by a job, null while nothing is known"
    )
    answer_promise: Mapped[str] = mapped_column(String(200), default="")
    answer_promised_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    employer: Mapped["Employer"] = relationship(lazy="raise")
    unit: Mapped["EmployerUnit | None"] = relationship(lazy="raise")
    contact: Mapped["EmployerContact | None"] = relationship(lazy="raise")
    events: Mapped[list["OfferEvent"]] = relationship(
        back_populates="offer", lazy="raise", cascade="all, delete-orphan", order_by="OfferEvent.id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own attribute
    __table_args__ = (
        CheckConstraint("length(title) > 0", name="has_a_title"),
        CheckConstraint("places >= 1 AND talks_cap >= 1", name="at_least_one_place"),
        CheckConstraint(
            "starts_until IS NULL OR starts_from IS NULL OR starts_until >= starts_from", name="start_window"
        ),
        CheckConstraint(
            "kind NOT IN ('work_trial', 'group_trial', 'workshop_place', 'visit')"
            " OR (pay = '' AND NOT is_zero_hours AND NOT is_commission_only)",
            name="no_pay_if_unpaid_kind",
        ),
        CheckConstraint(
            "kind NOT IN ('work_trial', 'group_trial') OR required_skills = ''", name="no_skills_for_a_trial"
        ),
        CheckConstraint(
            "kind <> 'wage_subsidy_job' OR (NOT is_zero_hours AND NOT is_commission_only)",
            name="subsidy_needs_real_hours",
        ),
        CheckConstraint("laid_off_lately IN ('yes', 'no', 'unknown')", name="laid_off_answer"),
        CheckConstraint("taxes_in_order IN ('yes', 'no', 'unknown')", name="taxes_answer"),
        CheckConstraint("state = 'draft' OR submitted_at IS NOT NULL", name="submitted_unless_draft"),
        CheckConstraint(
            "state NOT IN ('checked', 'live', 'matched', 'filled', 'expired') OR checked_at IS NOT NULL",
            name="checked_if_published",
        ),
        CheckConstraint(
            "state NOT IN ('live', 'matched', 'filled', 'expired') OR live_at IS NOT NULL", name="live_at_if_live"
        ),
        CheckConstraint(
            "(state IN ('filled', 'withdrawn', 'expired', 'rejected')) = (ended_at IS NOT NULL)", name="ended_if_ended"
        ),
        CheckConstraint("paused_until IS NULL OR state IN ('live', 'matched')", name="paused_if_open"),
        Index("ix_offer_list", "centre_id", "state"),
        # Whether any open offer has changed is asked before every ranking, and answered from here alone.
        Index("ix_offer_mark", "centre_id", "state", "updated_at", "version", "id"),
        Index("uq_offer_import_key", "centre_id", "import_key", unique=True),
    )


class OfferEvent(Base):
    """A step in the life of an offer."""

    __tablename__ = "offer_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    action: Mapped[OfferAction]
    source: Mapped[str] = mapped_column(String(20))
    target: Mapped[str] = mapped_column(String(20))
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text, default="")

    offer: Mapped[Offer] = relationship(back_populates="events", lazy="raise")


class SavedSearch(Base):
    """A search for offers that a worker keeps; once a week they hear what is new for it."""

    __tablename__ = "saved_search"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="CASCADE"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    wanted: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="the filter as plain texts")
    sends_digest: Mapped[bool] = mapped_column(default=True)
    looked_until: Mapped[datetime] = mapped_column(comment="what was published since is new")
    stop_key: Mapped[str] = mapped_column(
        String(43), default=token_urlsafe, unique=True, comment="in its messages: ends them without signing in"
    )
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
