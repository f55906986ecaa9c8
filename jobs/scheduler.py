"""The jobs process: APScheduler as a ticker in memory, nothing more. All state is in our tables."""

import logging
import os
import secrets
import signal
import socket
import threading
from collections.abc import Callable
from datetime import UTC, timedelta
from typing import NoReturn

from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.interval import IntervalTrigger
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from jobs.lock import only_process
from jobs.runner import Work, free_interrupted_slots, run_job
from jobs.schedule import JOBS, EveryTick
from placement.audit.models import Heartbeat
from placement.audit.queries import switched_off_jobs
from placement.clock import utcnow
from placement.notifications.delivery import take_back
from placement.settings import Settings

log = logging.getLogger("jobs")

OWNER_PREFIX = "jobs:"
TICK = "tick"


def owner_name(prefix: str) -> str:
    """Return the name under which this process holds messages."""
    return f"{prefix}{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"


class Ticker:
    """What happens at every tick: a heartbeat, then each job whose slot has come."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._owner = owner_name(OWNER_PREFIX)
        self._last_slots: dict[str, str] = {}
        self.stop = threading.Event()

    def clean_up_after_earlier(self) -> None:
        """Take over what an earlier process left: only one runs at a time, so whatever it held is free."""
        work = self._work()
        with work.transaction() as session:
            taken = take_back(session, owners=OWNER_PREFIX)
        interrupted = free_interrupted_slots(work)
        log.info("jobs process began; %s messages and %s runs taken over", taken, interrupted)

    def tick(self) -> None:
        """Beat, and run what is due. The database may be away for a while: the next tick tries again."""
        try:
            switched_off = self._beat()
            for job in JOBS:
                if self.stop.is_set():
                    return
                slot = job.trigger.slot(utcnow())
                if slot is None or job.name in switched_off or self._last_slots.get(job.name) == slot:
                    continue
                run_job(job.function, job.name, work=self._work(), slot=slot, quiet=isinstance(job.trigger, EveryTick))
                self._last_slots[job.name] = slot
        except SQLAlchemyError:
            log.exception("the database did not answer")

    def _beat(self) -> frozenset[str]:
        """Give a sign of life; return the names of the jobs that somebody has switched off."""
        with self._work().transaction() as session:
            session.merge(Heartbeat(name="jobs", owner=self._owner, beat_at=utcnow()))
            return frozenset(switch.job for switch in switched_off_jobs(session))

    def _work(self) -> Work:
        return Work(self._app, self._owner, self.stop)


def run_forever(app: Flask, settings: Settings) -> None:
    """Run until SIGTERM or Ctrl+C; raise AlreadyRunning when another process does it already."""
    signal.signal(signal.SIGTERM, _end)
    with only_process(settings, app.extensions["engine"]) as check_lock:
        ticker = Ticker(app)
        ticker.clean_up_after_earlier()
        scheduler = BlockingScheduler(
            timezone=UTC,
            executors={"default": {"type": "threadpool", "max_workers": 1}},
            job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
        )
        scheduler.add_job(
            _guarded(ticker, check_lock, scheduler),
            IntervalTrigger(seconds=settings.tick_seconds, timezone=UTC),
            id=TICK,
            next_run_time=utcnow(),
        )
        pace = threading.Thread(target=_keep_pace, args=(scheduler, ticker.stop, settings.tick_seconds), daemon=True)
        pace.start()
        try:
            scheduler.start()
        except (KeyboardInterrupt, SystemExit):
            log.info("jobs process ends")
        finally:
            ticker.stop.set()
            if scheduler.running:
                scheduler.shutdown(wait=True)


def _guarded(ticker: Ticker, check_lock: Callable[[], None], scheduler: BlockingScheduler) -> Callable[[], None]:
    def tick() -> None:
        try:
            check_lock()
        except SQLAlchemyError:
            log.exception("the lock was lost: ending, so that a fresh process can take it")
            ticker.stop.set()
            scheduler.shutdown(wait=False)
            return
        ticker.tick()

    return tick


def _keep_pace(scheduler: BlockingScheduler, stop: threading.Event, seconds: int) -> None:
    """Tick on when the clock is set back: the scheduler would wait until the old time comes again."""
    while not stop.wait(seconds):
        job = scheduler.get_job(TICK)
        waits_for = getattr(job, "next_run_time", None)
        if waits_for is not None and waits_for - utcnow() > timedelta(seconds=2 * seconds):
            log.warning("the clock was set back: ticking on")
            scheduler.modify_job(TICK, next_run_time=utcnow())


def _end(_number: int, _frame: object) -> NoReturn:
    raise SystemExit(0)
