"""Bringing a database to the newest schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine


def alembic_config(address: str) -> Config:
    """Return the Alembic configuration for a database address; there is no ini file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["address"] = address
    return config


def upgrade(address: str, revision: str = "head") -> None:
    """Run every migration that the database lacks."""
    command.upgrade(alembic_config(address), revision)


def current_revision(address: str) -> str | None:
    """Return the revision that a database is at, None when it has none."""
    engine = create_engine(address)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def is_current(address: str) -> bool:
    """Return whether the database is at the newest revision."""
    return current_revision(address) == ScriptDirectory.from_config(alembic_config(address)).get_current_head()
