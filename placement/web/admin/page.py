"""What the pages of this screen receive, read in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.audit.models import ActorKind, AuditEntry, Heartbeat, JobRun, JobRunState, JobSwitch
from placement.audit.queries import entries_of_centre, find_heartbeat, latest_job_runs, switched_off_jobs
from placement.clock import utcnow
from placement.i18n import gettext
from placement.jobseekers.models import Youth
from placement.notifications.models import Message, MessageState
from placement.web.admin.audit_words import action_in_words
from placement.web.admin.job_words import (
    JOBS,
    SENDING_JOB,
    JobWords,
    count_in_words,
    error_in_words,
    job_in_words,
    off_reason_in_words,
)
from placement.web.pagination import ROWS_ON_A_PAGE, Page

OLDEST_BEAT_SECONDS = 90


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run of a job in words; the counts are pairs of what and how many."""

    name: str
    started_at: datetime
    state: JobRunState
    counts: list[tuple[str, int]]
    error: str


@dataclass(frozen=True, slots=True)
class JobLine:
    """One scheduled job in words, and whether somebody has switched it off and why."""

    code: str
    name: str
    purpose: str
    off_since: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class JobsPage:
    """How the jobs process is doing and what it did last."""

    heartbeat: Heartbeat | None
    is_alive: bool
    jobs: Sequence[JobLine]
    is_sending_off: bool
    runs: Sequence[RunLine]
    messages: list[tuple[MessageState, int]]
    next_due: datetime | None


def jobs_page(session: Session, centre_id: int) -> JobsPage:
    """Return the last runs and the messages of the centre by state."""
    beat = find_heartbeat(session)
    is_alive = beat is not None and (utcnow() - beat.beat_at).total_seconds() <= OLDEST_BEAT_SECONDS
    counted = (
        select(Message.state, func.count().label("number"))
        .where(Message.centre_id == centre_id)
        .group_by(Message.state)
    )
    counts = {row.state: row.number for row in session.execute(counted)}
    waiting = select(func.min(Message.due_at)).where(
        Message.centre_id == centre_id, Message.state == MessageState.PLANNED
    )
    off = {switch.job: switch for switch in switched_off_jobs(session)}
    lines = [_job_line(code, words, off.get(code)) for code, words in JOBS.items()]
    return JobsPage(
        heartbeat=beat,
        is_alive=is_alive,
        jobs=lines,
        is_sending_off=any(line.code == SENDING_JOB and line.off_since for line in lines),
        runs=[_run_line(run) for run in latest_job_runs(session)],
        messages=[(state, counts[state]) for state in MessageState if state in counts],
        next_due=session.scalar(waiting),
    )


def _job_line(code: str, words: JobWords, switch: JobSwitch | None) -> JobLine:
    return JobLine(
        code=code,
        name=str(words.name),
        purpose=str(words.purpose),
        off_since=switch.off_since if switch else None,
        reason=off_reason_in_words(switch.reason) if switch else "",
    )


def _run_line(run: JobRun) -> RunLine:
    counts = [(count_in_words(what), number) for what, number in run.counts.items()]
    return RunLine(job_in_words(run.job), run.started_at, run.state, counts, error_in_words(run.error))


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of the log in words: who did what, about which person, why. Never what was written."""

    at: datetime
    who: str
    what: str
    about: str
    reason: str


def audit_page(session: Session, centre_id: int, *, page: int) -> Page[AuditLine]:
    """Return the log of the centre, newest first."""
    total = session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.centre_id == centre_id)) or 0
    entries = entries_of_centre(session, centre_id, limit=ROWS_ON_A_PAGE, offset=(page - 1) * ROWS_ON_A_PAGE)
    names = _staff_names(session, entries)
    return Page([_audit_line(entry, names) for entry in entries], page, total)


def _staff_names(session: Session, entries: Sequence[AuditEntry]) -> dict[int, str]:
    ids = {entry.actor_id for entry in entries if entry.actor_kind is ActorKind.STAFF}
    ids |= {entry.object_id for entry in entries if entry.object_type == "staff"}
    query = select(Staff.id, Staff.first_name, Staff.last_name).where(Staff.id.in_(ids))
    return {staff_id: f"{first} {last}" for staff_id, first, last in session.execute(query)}


def _audit_line(entry: AuditEntry, names: dict[int, str]) -> AuditLine:
    who = str(entry.actor_kind.label)
    if entry.actor_kind is ActorKind.STAFF and entry.actor_id in names:
        who = names[entry.actor_id]
    about = ""
    if entry.youth_id is not None:
        about = gettext("Young person %(number)s", number=entry.youth_id)
    elif entry.object_type == "staff" and entry.object_id != entry.actor_id:
        about = names.get(entry.object_id or 0, "")
    return AuditLine(entry.at, who, action_in_words(entry.action), about, entry.reason)


def young_people_of(session: Session, staff: Staff) -> int:
    """Return of how many young people the worker is the own adult."""
    query: Any = select(func.count()).select_from(Youth).where(Youth.one_adult_id == staff.id, Youth.is_active)
    return session.scalar(query) or 0


def staff_page(session: Session, centre_id: int, *, page: int) -> Page[Staff]:
    """Return the workers of the centre by name, those with a closed account last."""
    of_centre = Staff.centre_id == centre_id
    total = session.scalar(select(func.count()).select_from(Staff).where(of_centre)) or 0
    query = select(Staff).where(of_centre)
    query = query.order_by(Staff.active.desc(), Staff.last_name, Staff.first_name, Staff.id)
    rows = session.scalars(query.limit(ROWS_ON_A_PAGE).offset((page - 1) * ROWS_ON_A_PAGE)).all()
    return Page(list(rows), page, total)
