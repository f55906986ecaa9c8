"""Forgets the keys of old forms, past rate counts and old lines of the log of runs."""

from datetime import timedelta

from sqlalchemy import delete, select

from jobs.runner import Work
from placement.accounts.models import IdempotencyKey, RateCount
from placement.audit.models import JobRun
from placement.clock import utcnow

FORM_KEYS_KEPT = timedelta(days=7)
RUNS_KEPT = timedelta(days=30)
AT_ONCE = 500


def run(work: Work) -> None:
    """Delete in small steps, so that nobody waits for a long lock."""
    now = utcnow()
    old = (
        ("form keys", IdempotencyKey.id, IdempotencyKey.created_at < now - FORM_KEYS_KEPT),
        ("rate counts", RateCount.key, RateCount.expires_at < now),
        ("runs", JobRun.id, JobRun.started_at < now - RUNS_KEPT),
    )
    for what, key, is_old in old:
        while not work.stop.is_set():
            with work.transaction() as session:
                found = session.scalars(select(key).where(is_old).limit(AT_ONCE)).all()
                session.execute(delete(key.class_).where(key.in_(found)))
            work.count(what, len(found))
            if len(found) < AT_ONCE or work.dry_run:
                break
