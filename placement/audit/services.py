"""Writing the audit log."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.audit.models import ActorKind, AuditEntry, JobSwitch, LookReason
from placement.clock import utcnow
from placement.db import Base

LOOK_LASTS = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does it: a staff member, a young person or employer with a link, or the service itself."""

    kind: ActorKind
    id: int | None
    centre_id: int | None

    @classmethod
    def staff(cls, staff: Staff) -> "Actor":
        """The signed-in worker."""
        return cls(ActorKind.STAFF, staff.id, staff.centre_id)

    @classmethod
    def youth(cls, youth_id: int, centre_id: int) -> "Actor":
        """A young person who opened their link."""
        return cls(ActorKind.YOUTH, youth_id, centre_id)

    @classmethod
    def employer(cls, employer_contact_id: int, centre_id: int) -> "Actor":
        """An employer's contact person who opened their link."""
        return cls(ActorKind.EMPLOYER, employer_contact_id, centre_id)

    @classmethod
    def system(cls, centre_id: int | None = None) -> "Actor":
        """A scheduled job or a command."""
        return cls(ActorKind.SYSTEM, None, centre_id)

    @property
    def staff_id(self) -> int | None:
        """The id when a staff member acts, else None."""
        return self.id if self.kind is ActorKind.STAFF else None


def record(
    session: Session,
    *,
    actor: Actor,
    action: str,
    about: Base,
    youth_id: int | None = None,
    changes: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditEntry:
    """Add one line to the log. The row it is about must have its id, so a new one is flushed first."""
    if inspect(about).pending:
        session.flush()  # the entry needs the id
    entry = AuditEntry(
        at=utcnow(),
        centre_id=actor.centre_id,
        actor_kind=actor.kind,
        actor_id=actor.id,
        action=action,
        object_type=about.__tablename__,
        object_id=getattr(about, "id", None),
        youth_id=youth_id,
        changes=changes or {},
        reason=reason,
    )
    session.add(entry)
    return entry


def diff(row: Base) -> dict[str, Any]:
    """Return the not yet saved changes of a row as ``{column: [old, new]}`` in plain JSON values."""
    changes: dict[str, Any] = {}
    for attribute in inspect(row).attrs:
        history = attribute.history
        if attribute.key in row.__mapper__.column_attrs and history.has_changes():
            old = history.deleted[0] if history.deleted else None
            changes[attribute.key] = [_plain(old), _plain(history.added[0] if history.added else None)]
    return changes


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime | time | Decimal):
        return str(value)
    return value


def give_look_reason(session: Session, *, staff: Staff, youth_id: int, reason: str) -> LookReason:
    """Record why a worker opens the file of a young person they do not serve; it holds for half a day."""
    now = utcnow()
    look = LookReason(staff_id=staff.id, youth_id=youth_id, reason=reason, created_at=now, until=now + LOOK_LASTS)
    session.add(look)
    record(session, actor=Actor.staff(staff), action="youth.reason_given", about=look, youth_id=youth_id, reason=reason)
    return look


def switch_job_off(session: Session, *, job: str, reason: str, actor: Actor) -> JobSwitch:
    """Let a scheduled job rest from its next turn on, until somebody switches it on; switching off twice is one."""
    switch = session.get(JobSwitch, job)
    if switch is None:
        switch = JobSwitch(job=job, reason=reason, off_since=utcnow(), staff_id=actor.staff_id)
        session.add(switch)
        record(session, actor=actor, action="job.switched_off", about=switch, changes={"job": job}, reason=reason)
    return switch


def switch_job_on(session: Session, *, job: str, actor: Actor) -> None:
    """Let a scheduled job run again; one that is on stays on."""
    switch = session.get(JobSwitch, job, with_for_update=True)
    if switch is not None:
        record(session, actor=actor, action="job.switched_on", about=switch, changes={"job": job})
        session.delete(switch)
