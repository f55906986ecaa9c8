"""The database foundation: base model, naming of constraints, column types, engine events, read-only guard.

Knows SQLAlchemy only. Who opens and ends a transaction is said elsewhere: ``web/session.py``,
``jobs/runner.py`` and ``cli.py``.
"""

import enum
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    Date,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    Numeric,
    Text,
    Time,
    TypeDecorator,
    create_engine,
    event,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    ORMExecuteState,
    Session,
    UOWTransaction,
    mapped_column,
    sessionmaker,
)
from sqlalchemy.pool import ConnectionPoolEntry

from placement.clock import utcnow

READ_ONLY = "read_only"
SQLITE_BUSY_SECONDS = 15


class UTCDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database. A naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware value into UTC; raise ValueError for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "an instant must be aware"
            raise ValueError(message)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware instant in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of every table. An enum annotation becomes a text column that stores the value, with a CHECK."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own attribute
        datetime: UTCDateTime,
        date: Date,
        time: Time,
        Decimal: Numeric(8, 2),
        str: Text,
        dict[str, Any]: JSON,
        list[Any]: JSON,
        list[str]: JSON,
        enum.Enum: Enum(
            enum.Enum,
            native_enum=False,
            create_constraint=True,
            validate_strings=True,
            length=40,
            values_callable=lambda members: [member.value for member in members],
        ),
    }


class Timestamped:
    """When a row was made and last changed."""

    created_at: Mapped[datetime] = mapped_column(default=utcnow, sort_order=90)
    updated_at: Mapped[datetime] = mapped_column(default=utcnow, onupdate=utcnow, sort_order=91)


def make_engine(address: str) -> Engine:
    """Create the engine for an address, with the events that make SQLite safe under parallel writers.

    Its errors never tell the values of a statement: they end up in logs, and the values are about people.
    """
    if address.startswith("sqlite"):
        arguments = {"timeout": SQLITE_BUSY_SECONDS, "check_same_thread": False}
        engine = create_engine(address, connect_args=arguments, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    engine = create_engine(address, pool_pre_ping=True, pool_size=10, max_overflow=10, hide_parameters=True)
    event.listen(engine, "connect", _prepare_postgresql)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    # The driver's own transaction handling is off: deferred BEGINs lose updates without an error.
    connection.isolation_level = None
    cursor = connection.cursor()
    for statement in (
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=NORMAL",
        "PRAGMA foreign_keys=ON",
        f"PRAGMA busy_timeout={SQLITE_BUSY_SECONDS * 1000}",
    ):
        cursor.execute(statement)
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    # A writing request takes the write lock at once; a reading one must not wait for it.
    read_only = connection.get_execution_options().get(READ_ONLY, False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _prepare_postgresql(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("SET lock_timeout = '3s'")
    cursor.execute("SET statement_timeout = '30s'")
    cursor.close()
    connection.commit()


class WriteInReadOnlySession(RuntimeError):
    """Something tried to change data while answering a GET."""


class ServiceSession(Session):
    """The session of the service; with ``info={"read_only": True}`` every write is refused."""


def make_session_factory(engine: Engine) -> sessionmaker[ServiceSession]:
    """Return the factory of sessions; objects stay readable after the transaction has ended."""
    return sessionmaker(bind=engine, class_=ServiceSession, expire_on_commit=False)


def open_session(factory: sessionmaker[ServiceSession], *, read_only: bool) -> ServiceSession:
    """Open a session; a read-only one begins a plain transaction and refuses to write."""
    session = factory(info={READ_ONLY: read_only})
    if read_only:
        session.connection(execution_options={READ_ONLY: True})
    return session


@event.listens_for(ServiceSession, "before_flush")
def _refuse_flush(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    if not session.info.get(READ_ONLY):
        return
    changed = [*session.new, *(row for row in session.dirty if session.is_modified(row)), *session.deleted]
    if changed:
        message = f"a GET may not write: {changed!r}"
        raise WriteInReadOnlySession(message)


@event.listens_for(ServiceSession, "do_orm_execute")
def _refuse_bulk_write(state: ORMExecuteState) -> None:
    if state.session.info.get(READ_ONLY) and (state.is_insert or state.is_update or state.is_delete):
        message = "a GET may not write"
        raise WriteInReadOnlySession(message)
