"""Reads of merges and of what may be the same employer twice."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from placement.employers.merging.models import EmployerMerge


def merges_of_employer(session: Session, employer_id: int) -> Sequence[EmployerMerge]:
    """Return the merges into an employer that still hold, newest first, with the other employer and the worker."""
    query = (
        select(EmployerMerge)
        .where(EmployerMerge.kept_id == employer_id, EmployerMerge.undone_at.is_(None))
        .options(joinedload(EmployerMerge.merged), joinedload(EmployerMerge.by))
    )
    return session.scalars(query.order_by(EmployerMerge.id.desc())).all()


def find_merge(session: Session, merge_id: int, centre_id: int) -> EmployerMerge | None:
    """Return a merge of the centre with both employers, or None."""
    query = (
        select(EmployerMerge)
        .where(EmployerMerge.id == merge_id, EmployerMerge.centre_id == centre_id)
        .options(joinedload(EmployerMerge.merged), joinedload(EmployerMerge.kept))
    )
    return session.scalar(query)
