"""Everything the service holds about one young person, found by what refers to them, so that nothing is forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from placement.accounts.queries import staff_names
from placement.db import Base
from placement.jobseekers.models import Youth

SECRET = frozenset(
    {"token_hash", "dedupe_key", "owner", "lease_until", "precondition", "precondition_id", "precondition_version"}
)
"""What opens doors or only steers machines; it says nothing about the person."""
WITHOUT_KEY = ("audit_entry",)
"""Tables that name a young person by number without a foreign key, so that their lines outlive them."""


@dataclass(frozen=True, slots=True)
class OwnTable:
    """The rows of one table that are about a young person, as column and value."""

    name: str
    rows: tuple[dict[str, Any], ...]


def own_data(session: Session, youth_id: int) -> list[OwnTable]:
    """Return all rows about a young person: their own, those that refer to them, and those that refer to these."""
    found: dict[str, OwnTable] = {}
    ids: dict[str, list[int]] = {}
    for table in _in_order():
        condition = _condition(table, youth_id, ids)
        if condition is None:
            continue
        rows = session.execute(select(table).where(condition).order_by(*table.primary_key)).mappings().all()
        if "id" in table.columns:
            ids[table.name] = [row["id"] for row in rows]
        kept = tuple({name: value for name, value in row.items() if name not in SECRET} for row in rows)
        found[table.name] = OwnTable(table.name, kept)
    return list(found.values())


def as_json_values(tables: list[OwnTable]) -> dict[str, list[dict[str, Any]]]:
    """Return the tables in plain JSON values: instants and days in ISO form, codes as they are kept."""
    return {
        table.name: [{name: _plain(value) for name, value in row.items()} for row in table.rows] for table in tables
    }


def people_named(session: Session, tables: list[OwnTable]) -> dict[int, str]:
    """Return the names of the workers whose numbers stand in the data."""
    known = {column for table in Base.metadata.sorted_tables for column in _staff_columns(table)}
    numbers = {
        value for table in tables for row in table.rows for name, value in row.items()
        if (table.name, name) in known and value is not None
    }  # fmt: skip
    numbers |= {
        row["actor_id"] for table in tables for row in table.rows
        if row.get("actor_kind") == "staff" and row.get("actor_id") is not None
    }  # fmt: skip
    return dict(staff_names(session, numbers))


def _in_order() -> Iterator[Table]:
    yield Youth.__table__  # type: ignore[misc]
    for table in Base.metadata.sorted_tables:
        if table.name != Youth.__tablename__:
            yield table


def _condition(table: Table, youth_id: int, ids: dict[str, list[int]]) -> Any:
    if table.name == Youth.__tablename__:
        return table.c.id == youth_id
    if table.name in WITHOUT_KEY:
        return table.c.youth_id == youth_id
    direct = [column for column in table.columns for key in column.foreign_keys if key.column.table.name == "youth"]
    if direct:
        return direct[0] == youth_id
    for column in table.columns:
        for key in column.foreign_keys:
            owner = key.column.table.name
            # The steps of a suggestion, the times of a meeting: rows that cannot be without a row about the person.
            if owner in ids and not column.nullable:
                return column.in_(ids[owner])
    return None


def _staff_columns(table: Table) -> Iterator[tuple[str, str]]:
    for column in table.columns:
        if any(key.column.table.name == "staff" for key in column.foreign_keys):
            yield table.name, column.name


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
