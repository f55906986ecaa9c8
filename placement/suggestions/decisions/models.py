"""Tables of lists that were shown. A list can be made again from its record alone."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, Double, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placement.audit.models import ActorKind
from placement.db import Base
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l

if TYPE_CHECKING:
    from placement.jobseekers.models import Youth


class ListAction(LabelledEnum):
    """What was done with a list."""

    SENT = "sent", _l("suggested a place")
    ASKED_WHY_NOT = "asked_why_not", _l("asked why a place is not in the list")


class ListRecord(Base):
    """One list of places as somebody saw it on one day. The same list seen again that day is the same record."""

    __tablename__ = "list_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="CASCADE"))
    youth_id: Mapped[int] = mapped_column(ForeignKey("youth.id", ondelete="CASCADE"), index=True)
    made_at: Mapped[datetime]
    viewer_kind: Mapped[ActorKind]
    viewer_id: Mapped[int | None]
    on_day: Mapped[date] = mapped_column(comment="the day the list was made for")
    fingerprint: Mapped[str] = mapped_column(String(32), comment="of everything that went in and came out")

    versions: Mapped[dict[str, Any]] = mapped_column(comment="of engine, weights, vocabulary and rules")
    inputs_hash: Mapped[str] = mapped_column(String(32), comment="of person, offers, weights and settings")
    person: Mapped[dict[str, Any]] = mapped_column(comment="the young person as matching saw them, without a name")
    offers_hash: Mapped[str] = mapped_column(ForeignKey("list_input.hash", ondelete="RESTRICT"), index=True)
    weights_hash: Mapped[str] = mapped_column(ForeignKey("list_input.hash", ondelete="RESTRICT"))
    kind: Mapped[str | None] = mapped_column(String(20), comment="only offers of this kind were asked for")
    balance: Mapped[float] = mapped_column(Double)
    seed: Mapped[str] = mapped_column(String(40))
    crowding: Mapped[dict[str, Any]] = mapped_column(comment="offer id: how far over the wish of the employer")
    shown: Mapped[int | None] = mapped_column(comment="most places asked for; null for all")

    considered: Mapped[int]
    eligible: Mapped[int]
    order: Mapped[list[Any]] = mapped_column("shown_order", comment="offer id, score, band and place of each, in order")
    explored: Mapped[str | None] = mapped_column(String(20), comment="offer id of the place for finding out")
    explored_chance: Mapped[float] = mapped_column(Double)
    set_aside: Mapped[dict[str, Any]] = mapped_column(comment="rule id: offer ids")

    youth: Mapped["Youth"] = relationship(lazy="raise")
    steps: Mapped[list["ListStep"]] = relationship(
        lazy="raise", cascade="all, delete-orphan", order_by="ListStep.id", passive_deletes=True
    )

    __table_args__ = (
        UniqueConstraint("youth_id", "viewer_kind", "viewer_id", "on_day", "fingerprint", name="uq_list_record_once"),
        CheckConstraint("balance BETWEEN 0 AND 1", name="balance_is_a_share"),
        CheckConstraint("eligible <= considered", name="no_more_than_there_were"),
        Index("ix_list_record_centre", "centre_id", "made_at"),
    )


class ListInput(Base):
    """Something that went into lists, kept once: an offer, the list of all offers, or weights."""

    __tablename__ = "list_input"

    hash: Mapped[str] = mapped_column(String(32), primary_key=True)
    data: Mapped[dict[str, Any]]


class ListStep(Base):
    """Something that was done with a list."""

    __tablename__ = "list_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("list_record.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    action: Mapped[ListAction]
    offer_id: Mapped[int]
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[int | None]
