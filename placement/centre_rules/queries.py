"""Reads of the values that centres have set for themselves."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from placement.centre_rules.models import RuleOverride
from placement.rules.book import OwnValue, RuleBook


def rule_book(session: Session, centre_id: int) -> RuleBook:
    """Return the rules as they hold in a centre, in one query. The newest of two own values counts."""
    query = (
        select(RuleOverride)
        .where(RuleOverride.centre_id == centre_id, RuleOverride.revoked_at.is_(None))
        .order_by(RuleOverride.id.desc())
    )
    return RuleBook(
        OwnValue(one.rule_id, one.unit, one.value, one.valid_from, one.valid_to) for one in session.scalars(query)
    )


def overrides_of_centre(session: Session, centre_id: int) -> Sequence[RuleOverride]:
    """Return every value a centre has set for itself, also those revoked, newest first, with who set it."""
    query = select(RuleOverride).where(RuleOverride.centre_id == centre_id).options(joinedload(RuleOverride.made_by))
    return session.scalars(query.order_by(RuleOverride.id.desc())).all()


def find_override(session: Session, override_id: int, centre_id: int) -> RuleOverride | None:
    """Return a value of the centre, or None."""
    return session.scalar(
        select(RuleOverride).where(RuleOverride.id == override_id, RuleOverride.centre_id == centre_id)
    )
