"""Tables of the audit log, reasons for looking, and runs of scheduled jobs."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from placement.db import Base
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l


class ActorKind(LabelledEnum):
    """Who acted."""

    STAFF = "staff", _l("Staff")
    YOUTH = "youth", _l("Young person")
    EMPLOYER = "employer", _l("Employer")
    SYSTEM = "system", _l("Service")


class AuditEntry(Base):
    """One change or one view of a person. Codes only: text is made when shown."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    centre_id: Mapped[int | None] = mapped_column(ForeignKey("centre.id", ondelete="RESTRICT"), index=True)
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[int | None]
    action: Mapped[str] = mapped_column(String(80))
    object_type: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[int | None]
    youth_id: Mapped[int | None] = mapped_column(index=True, comment="whose data it was; kept after erasure")
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        CheckConstraint("(actor_kind = 'system') = (actor_id IS NULL)", name="system_has_no_id"),
        Index("ix_audit_entry_object", "object_type", "object_id"),
    )


class LookReason(Base):
    """Why a worker who is not a young person's named worker opens their file, and until when it holds."""

    __tablename__ = "look_reason"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    youth_id: Mapped[int] = mapped_column(ForeignKey("youth.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    until: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("until > created_at", name="holds_for_a_while"),
        CheckConstraint("length(reason) >= 5", name="reason_says_something"),
        Index("ix_look_reason_pair", "staff_id", "youth_id"),
    )


class JobRunState(LabelledEnum):
    """How a run of a scheduled job went."""

    RUNNING = "running", _l("Running")
    DONE = "done", _l("Done")
    FAILED = "failed", _l("Failed")


class JobRun(Base):
    """One run of one job in one time slot; the slot makes it run once."""

    __tablename__ = "job_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(String(60))
    slot: Mapped[str] = mapped_column(String(40))
    state: Mapped[JobRunState]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    error: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        UniqueConstraint("job", "slot", name="uq_job_run_once_a_slot"),
        CheckConstraint("(state = 'running') = (finished_at IS NULL)", name="finished_unless_running"),
        Index("ix_job_run_started", "started_at"),
    )


class JobSwitch(Base):
    """A scheduled job that is switched off: why, since when and by whom. No row: it is on."""

    __tablename__ = "job_switch"

    job: Mapped[str] = mapped_column(String(60), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    off_since: Mapped[datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))


class Heartbeat(Base):
    """The jobs process is alive: who runs it and when it last ticked."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    owner: Mapped[str] = mapped_column(String(80))
    beat_at: Mapped[datetime]
