"""Tables of suggestions and of the log of their steps."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from placement.audit.models import ActorKind
from placement.db import Base
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l
from placement.suggestions.states import SuggestionAction, SuggestionState

if TYPE_CHECKING:
    from placement.accounts.models import Staff
    from placement.jobseekers.models import Youth
    from placement.offers.models import Offer


class Band(LabelledEnum):
    """How well an offer fits, in words. The codes are shared with the matching library."""

    STRONG = "strong", _l("Strong fit")
    GOOD = "good", _l("Good fit")
    POSSIBLE = "possible", _l("Possible")
    NEEDS_PREPARATION = "needs_preparation", _l("Needs a step first")


class AnswerReason(LabelledEnum):
    """Why a place was not for the young person now, in one tap. Nobody has to tell."""

    TOO_FAR = "too_far", _l("Too far away")
    HOURS = "hours", _l("The hours do not suit")
    TASKS = "tasks", _l("The work is not for me")
    PLACE = "place", _l("The place does not suit")
    TIMING = "timing", _l("Not the right time")
    SOMETHING_ELSE = "something_else", _l("I have something else")


class Suggestion(Base):
    """An offer that a worker suggested to a young person, with the reasons shown at that time."""

    __tablename__ = "suggestion"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="CASCADE"), index=True)
    youth_id: Mapped[int] = mapped_column(ForeignKey("youth.id", ondelete="CASCADE"), index=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"), index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    state: Mapped[SuggestionState] = mapped_column(default=SuggestionState.SENT)
    band: Mapped[Band | None]
    position: Mapped[int | None]
    considered: Mapped[int] = mapped_column(default=0)
    reasons: Mapped[list[Any]] = mapped_column(default=list, comment="codes and slots, best first")
    checks: Mapped[list[Any]] = mapped_column(default=list, comment="codes and slots")
    versions: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="of weights, vocabulary and rules")
    note: Mapped[str] = mapped_column(Text, default="", comment="from the worker to the young person")
    sent_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answer_reason: Mapped[str] = mapped_column(String(200), default="")
    reason_code: Mapped[AnswerReason | None] = mapped_column(comment="the reason given in one tap")
    followed_up_at: Mapped[datetime | None] = mapped_column(comment="when a worker took the next step after a yes")

    youth: Mapped["Youth"] = relationship(lazy="raise")
    offer: Mapped["Offer"] = relationship(lazy="raise")
    made_by: Mapped["Staff | None"] = relationship(lazy="raise")

    __table_args__ = (
        CheckConstraint(
            "state = 'withdrawn' OR (state IN ('interested', 'not_now', 'not_for_me')) = (answered_at IS NOT NULL)",
            name="answered_if_answered",
        ),
        CheckConstraint("reason_code IS NULL OR answered_at IS NOT NULL", name="answered_if_reason"),
        CheckConstraint("followed_up_at IS NULL OR answered_at IS NOT NULL", name="answered_if_followed_up"),
        Index("uq_suggestion_pair", "youth_id", "offer_id", unique=True),
        Index("ix_suggestion_answers", "centre_id", "answered_at"),
    )


class SuggestionEvent(Base):
    """A step in the life of a suggestion."""

    __tablename__ = "suggestion_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    suggestion_id: Mapped[int] = mapped_column(ForeignKey("suggestion.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    action: Mapped[SuggestionAction]
    source: Mapped[str] = mapped_column(String(20))
    target: Mapped[str] = mapped_column(String(20))
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[int | None]


class OfferWish(Base):
    """An open offer that a young person found themselves and wants to talk about."""

    __tablename__ = "offer_wish"

    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="CASCADE"))
    youth_id: Mapped[int] = mapped_column(ForeignKey("youth.id", ondelete="CASCADE"))
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"), index=True)
    wished_at: Mapped[datetime]
    talked_at: Mapped[datetime | None] = mapped_column(comment="when a worker talked about it with them")

    youth: Mapped["Youth"] = relationship(lazy="raise")
    offer: Mapped["Offer"] = relationship(lazy="raise")

    __table_args__ = (UniqueConstraint("youth_id", "offer_id", name="uq_offer_wish_pair"),)
