"""Alembic environment: one connection of its own, with SQLite's foreign keys off while tables are rebuilt."""

from alembic import context
from sqlalchemy import create_engine, text

from placement.models import Base


def _run() -> None:
    engine = create_engine(context.config.attributes["address"])
    try:
        with engine.connect() as connection:
            is_sqlite = connection.dialect.name == "sqlite"
            if is_sqlite:
                # Rebuilding a table with foreign keys on would cascade into its children.
                connection.execute(text("PRAGMA foreign_keys=OFF"))
                connection.commit()
            context.configure(
                connection=connection,
                target_metadata=Base.metadata,
                render_as_batch=is_sqlite,
                compare_type=True,
            )
            with context.begin_transaction():
                context.run_migrations()
            if is_sqlite:
                broken = connection.execute(text("PRAGMA foreign_key_check")).all()
                if broken:
                    message = f"the migration left rows without their parent: {broken[:5]}"
                    raise RuntimeError(message)
            connection.commit()
    finally:
        engine.dispose()


_run()
