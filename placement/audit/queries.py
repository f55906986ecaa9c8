"""Reading the audit log, reasons for looking, and job runs."""

from collections.abc import Sequence

from sqlalchemy import Text, cast, or_, select
from sqlalchemy.orm import Session

from placement.audit.models import AuditEntry, Heartbeat, JobRun, JobRunState, JobSwitch, LookReason
from placement.clock import utcnow


def has_look_reason(session: Session, *, staff_id: int, youth_id: int) -> bool:
    """Return whether the worker has given a reason that still holds."""
    query = select(LookReason.id).where(
        LookReason.staff_id == staff_id, LookReason.youth_id == youth_id, LookReason.until > utcnow()
    )
    return session.scalar(query.limit(1)) is not None


def entries_of_centre(session: Session, centre_id: int, *, limit: int, offset: int = 0) -> Sequence[AuditEntry]:
    """Return the newest lines of a centre's log."""
    query = select(AuditEntry).where(AuditEntry.centre_id == centre_id).order_by(AuditEntry.id.desc())
    return session.scalars(query.limit(limit).offset(offset)).all()


def entries_about_youth(session: Session, youth_id: int, *, limit: int = 100) -> Sequence[AuditEntry]:
    """Return who saw or changed the data of a young person, newest first."""
    query = (
        select(AuditEntry).where(AuditEntry.youth_id == youth_id).order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    )
    return session.scalars(query.limit(limit)).all()


def latest_job_runs(session: Session, *, limit: int = 50) -> Sequence[JobRun]:
    """Return the newest runs of scheduled jobs, without those that found nothing to do."""
    has_done_something = or_(JobRun.state != JobRunState.DONE, cast(JobRun.counts, Text) != "{}")
    query = select(JobRun).where(has_done_something).order_by(JobRun.started_at.desc(), JobRun.id.desc())
    return session.scalars(query.limit(limit)).all()


def find_heartbeat(session: Session, name: str = "jobs") -> Heartbeat | None:
    """Return the last sign of life of the jobs process, if it has ever run."""
    return session.get(Heartbeat, name)


def switched_off_jobs(session: Session) -> Sequence[JobSwitch]:
    """Return the scheduled jobs that are switched off, by name."""
    return session.scalars(select(JobSwitch).order_by(JobSwitch.job)).all()
