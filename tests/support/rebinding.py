"""Lets the test and every request of it share one outer transaction, which is undone afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from placement.db import ServiceSession


@contextmanager
def bound_to_one_connection(app: Flask) -> Iterator[Session]:
    """Bind the app's sessions to one connection whose transaction is rolled back at the end."""
    engine: Engine = app.extensions["engine"]
    real_factory = app.extensions["session_factory"]
    with engine.connect() as connection:
        outer = connection.begin()
        factory = sessionmaker(
            bind=connection,
            class_=ServiceSession,
            expire_on_commit=False,
            join_transaction_mode="create_savepoint",
        )
        app.extensions["session_factory"] = factory
        session = factory()
        try:
            yield session
        finally:
            session.close()
            outer.rollback()
            app.extensions["session_factory"] = real_factory
