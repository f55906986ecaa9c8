"""Reads of the lists that were shown, always within one centre."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from placement.audit.services import Actor
from placement.suggestions.decisions.models import ListInput, ListRecord

AT_ONCE = 5_000
"""Hashes in one query; both databases take more, but not without limit."""


def lists_of_centre(
    session: Session, centre_id: int, *, limit: int, offset: int = 0
) -> tuple[Sequence[ListRecord], int]:
    """Return some of the lists shown in a centre with their young people, newest first, and how many there are."""
    query = select(ListRecord).where(ListRecord.centre_id == centre_id)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    query = query.options(joinedload(ListRecord.youth)).order_by(ListRecord.made_at.desc(), ListRecord.id.desc())
    return session.scalars(query.limit(limit).offset(offset)).all(), total


def get_list(session: Session, list_id: int, centre_id: int) -> ListRecord | None:
    """Return one list shown in a centre with its young person and steps, or None."""
    query = select(ListRecord).where(ListRecord.id == list_id, ListRecord.centre_id == centre_id)
    return session.scalar(query.options(joinedload(ListRecord.youth), selectinload(ListRecord.steps)))


def latest_list(session: Session, *, youth_id: int, viewer: Actor) -> ListRecord | None:
    """Return the list of a young person that somebody saw last, with its young person and steps, or None."""
    query = select(ListRecord).where(
        ListRecord.youth_id == youth_id,
        ListRecord.viewer_kind == viewer.kind,
        ListRecord.viewer_id == viewer.id,
    )
    query = query.options(joinedload(ListRecord.youth), selectinload(ListRecord.steps))
    return session.scalar(query.order_by(ListRecord.made_at.desc(), ListRecord.id.desc()).limit(1))


def input_of(session: Session, digest: str) -> ListInput:
    """Return something that went into a list; a record always has it."""
    return session.get_one(ListInput, digest)


def inputs_of(session: Session, digests: Sequence[str]) -> list[ListInput]:
    """Return things that went into a list, in the order of their hashes asked."""
    found: dict[str, ListInput] = {}
    for start in range(0, len(digests), AT_ONCE):
        part = digests[start : start + AT_ONCE]
        found |= {one.hash: one for one in session.scalars(select(ListInput).where(ListInput.hash.in_(part)))}
    return [found[one] for one in digests]
