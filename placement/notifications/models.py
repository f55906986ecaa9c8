"""The outbox: every message that was, will be or would have been sent."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from placement.db import Base
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l


class Channel(LabelledEnum):
    """How a person wants to be reached."""

    EMAIL = "email", _l("E-mail")
    SMS = "sms", _l("Text message")
    NONE = "none", _l("No messages")


class MessageState(LabelledEnum):
    """The life of a message."""

    PLANNED = "planned", _l("Waiting")
    CLAIMED = "claimed", _l("Being sent")
    SENT = "sent", _l("Sent")
    FAILED = "failed", _l("Did not arrive")
    SUPERSEDED = "superseded", _l("Replaced by a newer one")
    EXPIRED = "expired", _l("Too late to send")
    UNCERTAIN = "uncertain", _l("Not known whether it arrived")


ENDED_STATES = frozenset(
    {MessageState.SENT, MessageState.FAILED, MessageState.SUPERSEDED, MessageState.EXPIRED, MessageState.UNCERTAIN}
)


class OutcomeKind(LabelledEnum):
    """What one try to hand a message over led to."""

    SENT = "sent", _l("Handed over")
    LATER = "later", _l("Not now, to be tried again")
    REFUSED = "refused", _l("Refused")
    OUTAGE = "outage", _l("No connection")
    BROKEN = "broken", _l("The connection broke, to be tried again")
    UNCERTAIN = "uncertain", _l("No clear answer")
    INTERRUPTED = "interrupted", _l("The service stopped in the middle")
    UNKNOWN_THERE = "unknown_there", _l("Asked the gateway: it did not get the message")
    DELIVERED = "delivered", _l("Arrived")
    UNDELIVERED = "undelivered", _l("Did not arrive")


class Message(Base):
    """One message to one person by one channel. ``dedupe_key`` makes the same promise at most once."""

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str] = mapped_column(String(200), unique=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(60), comment="folder of its texts in templates/messages")
    youth_id: Mapped[int | None] = mapped_column(ForeignKey("youth.id", ondelete="CASCADE"), index=True)
    employer_contact_id: Mapped[int | None] = mapped_column(ForeignKey("employer_contact.id", ondelete="CASCADE"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    recruitment_day_id: Mapped[int | None] = mapped_column(
        ForeignKey("recruitment_day.id", ondelete="CASCADE"), index=True
    )
    channel: Mapped[Channel]
    address: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text, default="")
    calendar: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[MessageState] = mapped_column(default=MessageState.PLANNED)
    due_at: Mapped[datetime]
    not_after: Mapped[datetime | None]
    precondition: Mapped[str] = mapped_column(String(40), default="")
    precondition_id: Mapped[int | None]
    precondition_version: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None] = mapped_column(comment="when handing it over began, within this claim")
    retry_at: Mapped[datetime | None] = mapped_column(
        comment="not before this is it tried again or, when uncertain, asked about; a person decides if null"
    )
    owner: Mapped[str | None] = mapped_column(String(80))
    lease_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None] = mapped_column(comment="when the gateway said that it arrived")
    address_is_bad: Mapped[bool] = mapped_column(
        default=False,
        comment="refused because of its address; false again when somebody says that the address is right",
    )
    outcome: Mapped[str] = mapped_column(Text, default="", comment="what the server answered, or why it was not sent")
    unsubscribe: Mapped[str] = mapped_column(
        String(300), default="", comment="page where its receiver ends such messages"
    )
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN youth_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN employer_contact_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN staff_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_receiver",
        ),
        CheckConstraint("channel <> 'none'", name="has_a_channel"),
        CheckConstraint(
            "(state = 'claimed') = (owner IS NOT NULL AND lease_until IS NOT NULL)", name="owner_if_claimed"
        ),
        CheckConstraint(
            "(state IN ('sent', 'failed', 'superseded', 'expired', 'uncertain')) = (ended_at IS NOT NULL)",
            name="ended_if_ended",
        ),
        CheckConstraint("delivered_at IS NULL OR state = 'sent'", name="sent_if_delivered"),
        CheckConstraint("NOT address_is_bad OR state = 'failed'", name="failed_if_address_is_bad"),
        Index("ix_message_due", "state", "due_at"),
        Index(
            "ix_message_bad_address",
            "address",
            sqlite_where=sql("address_is_bad"),
            postgresql_where=sql("address_is_bad"),
        ),
    )


class MessageTry(Base):
    """One try to hand a message over, or one later word about it. Rows are only added."""

    __tablename__ = "message_try"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    kind: Mapped[OutcomeKind]
    answer: Mapped[str] = mapped_column(Text, default="")


class KeptPromise(Base):
    """A promise that was kept after the copy from which this database was restored: it is not kept twice."""

    __tablename__ = "kept_promise"

    mark: Mapped[str] = mapped_column(String(32), primary_key=True)
