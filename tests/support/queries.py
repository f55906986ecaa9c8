"""Counting the statements that a page sends to the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event


@contextmanager
def counted_queries(engine: Engine) -> Iterator[list[str]]:
    """Collect every statement sent while the block runs, savepoints and the like left out."""
    statements: list[str] = []

    def _note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA", "BEGIN")):
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", _note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", _note)
