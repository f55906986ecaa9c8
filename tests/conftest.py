"""Wiring only: the database of the run, the app, a clean session and a page client for each test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from placement.app import create_app
from placement.settings import Settings
from tests.support.database import postgresql_engine, sqlite_engine, start_postgresql
from tests.support.page import PageClient
from tests.support.rebinding import bound_to_one_connection

POSTGRESQL_OPTION = "--postgresql"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(POSTGRESQL_OPTION, action="store_true", help="run the database tests on PostgreSQL")


def pytest_configure(config: pytest.Config) -> None:
    is_worker = hasattr(config, "workerinput")
    if config.getoption(POSTGRESQL_OPTION) and not is_worker and "TEST_DATABASE_URL" not in os.environ:
        os.environ["TEST_DATABASE_URL"], config.postgresql_server = start_postgresql()  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    server = getattr(config, "postgresql_server", None)
    if server is not None:
        server.cleanup()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run what talks to the database; what is shown is the same there, so SQLite answers for it."""
    if not config.getoption(POSTGRESQL_OPTION):
        return
    left = [item for item in items if not _talks_to_the_database(item)]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in set(left)]


def _talks_to_the_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("shown"):
        return False
    return "engine" in item.fixturenames or item.get_closest_marker("database") is not None  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The migrated database of this worker."""
    if request.config.getoption(POSTGRESQL_OPTION):
        with postgresql_engine(os.environ["TEST_DATABASE_URL"]) as made:
            yield made
    else:
        with sqlite_engine() as made:
            yield made


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a test installation: strict checks, hosts that do not exist."""
    instance: Path = tmp_path_factory.mktemp("instance")
    return Settings(
        _env_file=None,
        instance=instance,
        testing=True,
        secret_key="a-long-and-varied-key-for-the-tests-0123456789",
        public_url="http://sauma.test",
    )


@pytest.fixture(scope="session")
def app(settings: Settings, engine: Engine) -> Flask:
    """The application on the database of this worker."""
    return create_app(settings, engine)


@pytest.fixture(scope="module")
def own_app(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Flask]:
    """The application on a database of its own, whose rows are kept and seen by several connections at once."""
    is_postgresql = request.config.getoption(POSTGRESQL_OPTION)
    with postgresql_engine(os.environ["TEST_DATABASE_URL"]) if is_postgresql else sqlite_engine() as made:
        yield create_app(settings, made)


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session whose work, and that of every request of the test, is undone afterwards."""
    with app.app_context(), bound_to_one_connection(app) as made:
        yield made


@pytest.fixture
def page(app: Flask, session: Session) -> PageClient:
    """A browser without JavaScript that checks every page it opens."""
    return PageClient(app, session)
