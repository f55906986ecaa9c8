"""Running one job: the context of the app, one transaction per item, and a line in the log of runs."""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from placement.audit.models import JobRun, JobRunState
from placement.clock import utcnow

log = logging.getLogger("jobs")

HAND_SLOT = "hand "
LONGEST_ERROR = 500


@dataclass(slots=True)
class Work:
    """One run of a job, as its function receives it."""

    app: Flask
    owner: str
    stop: threading.Event = field(default_factory=threading.Event)
    dry_run: bool = False
    counts: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One transaction: kept when the block ends well, undone when it raises or when this is a dry run."""
        with self.app.extensions["session_factory"]() as session, session.begin() as transaction:
            yield session
            if self.dry_run:
                transaction.rollback()

    def count(self, what: str, number: int = 1) -> None:
        """Add to the numbers that the log of runs shows."""
        if number:
            self.counts[what] += number


Function = Callable[[Work], None]


def run_job(function: Function, name: str, *, work: Work, slot: str, quiet: bool = False) -> JobRunState | None:
    """Run a job once in its slot; return how it went, or None when the slot has been used already.

    ``quiet`` is for what runs at every tick: a run that found nothing to do leaves no line.
    """
    with work.app.app_context():
        if not quiet and not work.dry_run and not _begin(work, name, slot):
            return None
        error = ""
        try:
            function(work)
        except Exception as caught:  # a job that fails must not stop the others
            log.exception("job %s failed", name)
            error = f"{type(caught).__name__}: {caught}"[:LONGEST_ERROR]
        state = JobRunState.FAILED if error else JobRunState.DONE
        if work.dry_run:
            return state
        if not quiet:
            _finish(work, name, slot, state, error)
        elif error or work.counts:
            # At every tick the same fault would fill the log: one line a minute is enough.
            _note_whole_run(work, name, slot[:16] + " failed" if error else slot, state, error)
        return state


def _begin(work: Work, name: str, slot: str) -> bool:
    try:
        with work.transaction() as session:
            session.add(JobRun(job=name, slot=slot, state=JobRunState.RUNNING, started_at=utcnow()))
    except IntegrityError:
        return False
    return True


def _finish(work: Work, name: str, slot: str, state: JobRunState, error: str) -> None:
    with work.transaction() as session:
        run = session.scalars(select(JobRun).where(JobRun.job == name, JobRun.slot == slot)).one()
        run.state, run.error, run.counts, run.finished_at = state, error, dict(work.counts), utcnow()


def _note_whole_run(work: Work, name: str, slot: str, state: JobRunState, error: str) -> None:
    now = utcnow()
    try:
        with work.transaction() as session:
            session.add(
                JobRun(
                    job=name,
                    slot=slot,
                    state=state,
                    started_at=now,
                    finished_at=now,
                    counts=dict(work.counts),
                    error=error,
                )
            )
    except IntegrityError:
        return
    except SQLAlchemyError:
        log.exception("the run of %s could not be noted", name)


def free_interrupted_slots(work: Work) -> int:
    """Mark the runs that a killed process left behind as failed, and free their slots so that they run again."""
    with work.transaction() as session:
        left = session.scalars(
            select(JobRun.id).where(JobRun.state == JobRunState.RUNNING, JobRun.slot.not_like(f"{HAND_SLOT}%"))
        ).all()
        for run_id in left:
            session.execute(
                update(JobRun)
                .where(JobRun.id == run_id)
                .values(
                    state=JobRunState.FAILED,
                    finished_at=utcnow(),
                    error="the process ended during the run",
                    slot=f"interrupted {run_id}",
                )
            )
    return len(left)
