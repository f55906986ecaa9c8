"""The database foundation: instants, enums, locks, and sessions that may not write."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from placement.accounts.models import Centre
from placement.db import (
    READ_ONLY,
    WriteInReadOnlySession,
    make_engine,
    make_session_factory,
    open_session,
)
from placement.migrations.run import is_current, upgrade
from placement.models import Base
from tests.support.factories.centres import make_centre


def test_an_instant_comes_back_aware_and_in_utc(session: Session) -> None:
    centre = make_centre(session)
    centre.created_at = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
    session.flush()
    session.expire(centre)
    assert centre.created_at == datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
    assert centre.created_at.tzinfo is not None


def test_a_naive_instant_is_refused(session: Session) -> None:
    centre = make_centre(session)
    centre.created_at = datetime(2026, 6, 1, 12, 0)
    with pytest.raises(StatementError, match="must be aware"):
        session.flush()


def test_an_enum_outside_its_list_is_refused_by_the_database_itself(session: Session) -> None:
    with pytest.raises(IntegrityError):
        session.execute(text("INSERT INTO role (name) VALUES ('wizard')"))


def test_every_table_and_constraint_has_a_name() -> None:
    for table in Base.metadata.tables.values():
        for constraint in table.constraints:
            assert constraint.name, f"an unnamed constraint on {table.name}"


@pytest.mark.parametrize("change", ["add", "edit", "bulk"])
def test_a_read_only_session_refuses_every_write(session: Session, change: str) -> None:
    centre = make_centre(session)
    session.info[READ_ONLY] = True
    if change == "add":
        session.add(Centre(slug="new", name="New", municipality_code="091"))
    elif change == "edit":
        centre.name = "Another"
    write = session.flush if change != "bulk" else lambda: session.execute(update(Centre).values(name="Another"))
    with pytest.raises(WriteInReadOnlySession):
        write()
    session.info[READ_ONLY] = False
    session.rollback()


def test_parallel_writers_lose_no_update(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'writers.sqlite3'}"
    upgrade(address)
    engine = make_engine(address)
    factory = make_session_factory(engine)
    with factory.begin() as first:
        first.add(Centre(slug="one", name="0", municipality_code="091"))

    def _count_up() -> None:
        for _ in range(20):
            with factory.begin() as own:
                row = own.scalars(select(Centre)).one()
                row.name = str(int(row.name) + 1)

    threads = [threading.Thread(target=_count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with factory() as last:
        assert last.scalars(select(Centre)).one().name == "80"
    engine.dispose()


def test_a_reader_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'readers.sqlite3'}"
    upgrade(address)
    engine = make_engine(address)
    factory = make_session_factory(engine)
    with factory.begin() as writer:
        writer.add(Centre(slug="one", name="One", municipality_code="091"))
        writer.flush()
        reader = open_session(factory, read_only=True)
        assert reader.scalars(select(Centre)).all() == []
        reader.close()
    engine.dispose()


def test_the_database_of_the_run_is_at_the_newest_revision(engine: Engine) -> None:
    assert is_current(engine.url.render_as_string(hide_password=False))


def test_the_audit_log_only_grows(session: Session) -> None:
    session.execute(
        text(
            "INSERT INTO audit_entry (at, actor_kind, action, object_type, changes, reason)"
            " VALUES ('2026-11-22 10:00:00', 'system', 'test', 'centre', '{}', '')"
        )
    )
    for statement in ("UPDATE audit_entry SET action = 'other'", "DELETE FROM audit_entry"):
        with pytest.raises(Exception, match="only grows"), session.begin_nested():
            session.execute(text(statement))


def test_an_error_of_the_database_does_not_tell_the_values_of_the_statement(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(StatementError) as refused:
        connection.execute(text("SELECT no_such_column FROM centre WHERE name = :name"), {"name": "+358401234567"})
    assert "358401234567" not in str(refused.value)
