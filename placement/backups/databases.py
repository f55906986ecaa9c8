"""Taking the content of a database out into a file and putting it back, for the two kinds that are supported."""

import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import URL, make_url

SQLITE_FILE, POSTGRESQL_FILE = "sauma.sqlite3", "sauma.pgdump"
PAGES_A_STEP = 2000


class DatabaseNotCopied(RuntimeError):
    """The content could not be taken out or put back; the message says why in one line."""


def database_file(address: str) -> str:
    """Return the name of the file that holds the content of this kind of database."""
    return SQLITE_FILE if make_url(address).get_backend_name() == "sqlite" else POSTGRESQL_FILE


def copy_out(address: str, target: Path) -> None:
    """Copy the content while the service runs; raise DatabaseNotCopied when it is damaged or cannot be read."""
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        _run_tool(url, ["pg_dump", "--format=custom", "--no-owner", f"--file={target}"])
        return
    try:
        with (
            closing(sqlite3.connect(f"file:{url.database}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            # A few pages at a time: those who write meanwhile are not held up.
            source.backup(copy, pages=PAGES_A_STEP, sleep=0.01)
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        message = f"the database cannot be read: {error}"
        raise DatabaseNotCopied(message) from error
    verify(target)


def verify(file: Path) -> None:
    """Read a copied database through; raise DatabaseNotCopied when anything in it is not whole."""
    if file.name != SQLITE_FILE:
        _read_through_dump(file)
        return
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
            found = copy.execute("PRAGMA integrity_check").fetchone()[0]
            loose = copy.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        message = f"the database in the copy cannot be read: {error}"
        raise DatabaseNotCopied(message) from error
    if found != "ok" or loose is not None:
        message = f"the database is damaged: {found if found != 'ok' else f'a row of {loose[0]} points nowhere'}"
        raise DatabaseNotCopied(message)


def is_empty(address: str) -> bool:
    """Return whether there is nothing yet where the database would be put back."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        return not Path(str(url.database)).exists()
    engine = create_engine(address)
    try:
        return not inspect(engine).get_table_names()
    finally:
        engine.dispose()


def put_back(file: Path, address: str) -> None:
    """Put the content where the database is to be; there must be nothing there."""
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        _run_tool(url, ["pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", str(file)], into=True)
        return
    target = Path(str(url.database))
    for leftover in (target.with_name(target.name + "-wal"), target.with_name(target.name + "-shm")):
        leftover.unlink(missing_ok=True)  # they belong to another database and would be played into this one
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copyfile(file, target)
    target.chmod(0o600)


def set_aside(address: str, *, suffix: str) -> Path | None:
    """Rename the SQLite database that is there, with its log; return its new path, None when there was none."""
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        return None
    target = Path(str(url.database))
    aside = target.with_name(f"{target.name}.{suffix}")
    for ending in ("", "-wal", "-shm"):
        part = target.with_name(target.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    return aside if aside.exists() else None


def _connection_words(url: URL) -> tuple[list[str], Mapping[str, str]]:
    """Return the options and the environment for the tools of PostgreSQL; the password is not on the command line."""
    options = [f"--dbname={url.database}"]
    host = url.host or str(url.query.get("host", ""))
    for name, value in (("host", host), ("port", url.port), ("username", url.username)):
        if value:
            options.append(f"--{name}={value}")
    return options, {"PGPASSWORD": url.password} if url.password else {}


def _run_tool(url: URL, command: list[str], *, into: bool = False) -> None:
    options, environment = _connection_words(url)
    ordered = [command[0], *options, *command[1:]]
    _run(ordered, environment, what="put back" if into else "copied")


def _read_through_dump(file: Path) -> None:
    _run(["pg_restore", "--file=/dev/null", str(file)], {}, what="read")


def _run(command: list[str], environment: Mapping[str, str], *, what: str) -> None:
    program = shutil.which(command[0])
    if program is None:
        message = f"{command[0]} is not installed: install the client programs of PostgreSQL on this machine"
        raise DatabaseNotCopied(message)
    done = subprocess.run(
        [program, *command[1:]],
        env={"PATH": str(Path(program).parent), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or ["no reason given"]
        message = f"the database could not be {what}: {lines[-1]}"
        raise DatabaseNotCopied(message)
