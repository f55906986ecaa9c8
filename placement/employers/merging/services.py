"""Merging two employers and taking it back. Nothing is deleted: the merged one stays, out of sight."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint, and_, func, select, update
from sqlalchemy.orm import Session

from placement.audit.services import Actor, record
from placement.clock import utcnow
from placement.db import Base
from placement.employers.merging.models import EmployerMerge
from placement.employers.models import Employer
from placement.errors import ChangedMeanwhile, DomainError, TransitionNotAllowed
from placement.i18n import lazy_gettext as _l

FILLED_FROM_THE_OTHER = (
    "business_id",
    "industry",
    "industry_code",
    "industry_version",
    "street_address",
    "municipality_code",
    "phone",
    "website",
    "notes",
    "working_languages",
    "owner_id",
    "asks_again_on",
    "register_status",
    "register_checked_on",
)
_OWN = frozenset({"employer", "employer_merge"})


class CannotMerge(DomainError):
    """The two have rows of which only one can be kept, such as the same recruitment day."""

    code = "cannot_merge"


def merge_employers(
    session: Session, *, kept: Employer, merged: Employer, versions: tuple[int, int], actor: Actor
) -> EmployerMerge:
    """Take one employer into another of the same centre: every row that refers to it moves, empty details are filled.

    ``versions`` are those that the worker saw, of the kept and of the merged one. Raises ChangedMeanwhile when either
    has changed since, TransitionNotAllowed when either is merged away already, CannotMerge when two rows would clash.
    """
    _lock(session, kept, merged)
    if kept.id == merged.id or kept.centre_id != merged.centre_id:
        raise TransitionNotAllowed(_l("Choose two different employers."))
    _refuse_merged(kept)
    _refuse_merged(merged)
    if (kept.version, merged.version) != versions:
        raise ChangedMeanwhile(_l("Somebody else has changed one of these employers. Look at both again first."))
    merge = EmployerMerge(
        centre_id=kept.centre_id,
        kept_id=kept.id,
        merged_id=merged.id,
        at=utcnow(),
        by_id=actor.staff_id,
        business_id=merged.business_id,
        moved=_move_rows(session, source=merged.id, target=kept.id),
    )
    _give_up_business_id(session, merged)
    merge.filled = _fill(kept, merged, business_id=merge.business_id)
    merged.merged_into_id = kept.id
    session.add(merge)
    record(session, actor=actor, action="employer.merged", about=kept, changes={"merged_id": merged.id})
    return merge


def undo_merge(session: Session, *, merge: EmployerMerge, actor: Actor) -> Employer:
    """Take a merge back: the rows that moved return, details that were filled in are emptied unless changed since.

    What was added after the merge stays where it is. Raises TransitionNotAllowed when it was undone before, or when
    a later merge must be taken back first.
    """
    kept, merged = session.get_one(Employer, merge.kept_id), session.get_one(Employer, merge.merged_id)
    _lock(session, kept, merged)
    session.refresh(merge, ["undone_at"])
    if merge.undone_at is not None:
        raise TransitionNotAllowed(_l("This merge has been taken back already."))
    if kept.merged_into_id is not None or _newer_merge(session, merge):
        raise TransitionNotAllowed(_l("A later merge has to be taken back first."))
    for place, ids in merge.moved.items():
        table, column = _column(place)
        session.execute(
            update(table).where(table.c.id.in_(ids), column == kept.id).values({column.name: merged.id}),
        )
    for name, (before, after) in merge.filled.items():
        if _plain(getattr(kept, name)) == after:
            setattr(kept, name, _typed(name, before))
    session.flush()  # the business id is free before the other one takes it back
    merged.merged_into_id = None
    if kept.business_id != merge.business_id:
        merged.business_id = merge.business_id
    merge.undone_at, merge.undone_by_id = utcnow(), actor.staff_id
    record(session, actor=actor, action="employer.merge_undone", about=kept, changes={"merged_id": merged.id})
    session.flush()  # what is not yet saved would be forgotten by the next line
    session.expire_all()  # rows were moved behind the back of the session
    return merged


def refuse_merged_away(session: Session, employer_id: int) -> None:
    """Raise ChangedMeanwhile when the employer has just been merged; keeps it from being merged until the end.

    Called before a row is added to an employer, so that none is left behind on one that is out of sight.
    """
    query = select(Employer.merged_into_id).where(Employer.id == employer_id)
    if session.scalar(query.with_for_update(read=True, key_share=True)) is not None:
        raise _merged_away()


def _refuse_merged(employer: Employer) -> None:
    if employer.merged_into_id is not None:
        raise _merged_away()


def _merged_away() -> ChangedMeanwhile:
    return ChangedMeanwhile(_l("This employer has been merged with another. Open it again from the list."))


def _lock(session: Session, *employers: Employer) -> None:
    session.flush()  # a lock reads the rows anew, and must not lose what was changed in this request
    columns = [attribute.key for attribute in Employer.__mapper__.column_attrs]
    for employer in sorted(employers, key=lambda one: one.id):  # always in one order, so that two merges never wait
        session.execute(select(Employer.id).where(Employer.id == employer.id).with_for_update())
        session.refresh(employer, columns)


def _references() -> list[Column[Any]]:
    """Return every column of every table that refers to an employer, also those of packages above this one."""
    employer = Employer.__table__
    return [
        column
        for table in Base.metadata.sorted_tables
        if table.name not in _OWN
        for column in table.columns
        if any(key.column.table is employer for key in column.foreign_keys)
    ]


def _column(place: str) -> tuple[Table, Column[Any]]:
    table_name, column_name = place.split(".")
    table = Base.metadata.tables[table_name]
    return table, table.c[column_name]


def _move_rows(session: Session, *, source: int, target: int) -> dict[str, list[int]]:
    moved = {}
    for column in _references():
        table = column.table
        ids = list(session.scalars(select(table.c.id).where(column == source).order_by(table.c.id)))
        if not ids:
            continue
        _refuse_clash(session, column, source=source, target=target)
        session.execute(update(table).where(table.c.id.in_(ids)).values({column.name: target}))
        moved[f"{table.name}.{column.name}"] = ids
    session.expire_all()  # rows were moved behind the back of the session
    return moved


def _refuse_clash(session: Session, column: Column[Any], *, source: int, target: int) -> None:
    """Refuse when both employers have a row of which a table may hold only one, and say so before anything moves."""
    table = column.table
    groups = [list(one.columns) for one in table.constraints if isinstance(one, UniqueConstraint)]
    groups += [list(index.columns) for index in table.indexes if index.unique]
    for columns in groups:
        names = [one.name for one in columns]
        if column.name not in names:
            continue
        mine, theirs = table.alias(), table.alias()
        same = and_(*(mine.c[name] == theirs.c[name] for name in names if name != column.name))
        query = select(func.count()).where(mine.c[column.name] == source, theirs.c[column.name] == target, same)
        if session.scalar(query):
            raise CannotMerge(
                _l("Both are invited to the same recruitment day. Take one of the invitations back first, then merge.")
            )


def _give_up_business_id(session: Session, merged: Employer) -> None:
    if merged.business_id is not None:
        merged.business_id = None
        session.flush()  # only then can the kept one have it


def _fill(kept: Employer, merged: Employer, *, business_id: str | None) -> dict[str, Any]:
    filled = {}
    for name in FILLED_FROM_THE_OTHER:
        mine = getattr(kept, name)
        theirs = business_id if name == "business_id" else getattr(merged, name)
        if name == "notes" and mine and theirs and theirs not in mine:
            theirs, mine_is_enough = f"{mine}\n{theirs}", False
        else:
            mine_is_enough = bool(mine)
        if mine_is_enough or not theirs:
            continue
        filled[name] = [_plain(mine), _plain(theirs)]
        setattr(kept, name, theirs)
    return filled


def _newer_merge(session: Session, merge: EmployerMerge) -> bool:
    query = select(func.count()).where(
        EmployerMerge.kept_id == merge.kept_id, EmployerMerge.id > merge.id, EmployerMerge.undone_at.is_(None)
    )
    return bool(session.scalar(query))


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, date | datetime | Decimal) else value


def _typed(name: str, value: Any) -> Any:
    is_day = isinstance(value, str) and name in {"asks_again_on", "register_checked_on"}
    return date.fromisoformat(value) if is_day else value
