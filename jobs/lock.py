"""Only one jobs process at a time: a lock that dies with the process that holds it."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text

from placement.settings import Settings

LOCK_NUMBER = 7_286_224  # any number that no other program uses in the same database


class AlreadyRunning(RuntimeError):
    """Another jobs process holds the lock."""


@contextmanager
def only_process(settings: Settings, engine: Engine) -> Iterator[Callable[[], None]]:
    """Hold the lock for the duration; raise AlreadyRunning when another process has it.

    Gives a function that raises when the lock has been lost, as when PostgreSQL was restarted.
    """
    settings.make_instance()
    with (settings.instance / "jobs.lock").open("a", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise AlreadyRunning from error
        if engine.dialect.name != "postgresql":
            yield lambda: None
            return
        # The file guards one machine, this one all machines that share the database.
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.detach()  # closing it then really ends it, and the lock with it; the pool would keep both
            if not connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), {"number": LOCK_NUMBER}):
                raise AlreadyRunning
            yield lambda: connection.execute(text("SELECT 1")).close()
