"""Verbs that change the values of rules in a centre."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.audit.services import Actor, record
from placement.centre_rules.models import RuleOverride
from placement.clock import utcnow
from placement.errors import DomainError, ReasonNeeded, TransitionNotAllowed
from placement.i18n import lazy_gettext as _l
from placement.rules.table import Rule, load_rules
from placement.rules.units import problem_with


class ValueRefused(DomainError):
    """A value that does not go with its rule; ``field`` names what is wrong with it."""

    code = "value_refused"
    status = 422

    def __init__(self, message: object, *, field: str) -> None:
        super().__init__(message)
        self.field = field


def rule_to_override(rule_id: str, unit: str) -> Rule | None:
    """Return the newest row of a rule that has a number of this unit, or None when there is none to set."""
    rows = [rule for rule in load_rules().get(rule_id, ()) if rule.unit == unit and rule.value is not None]
    return rows[-1] if rows else None


def override_rule(
    session: Session,
    *,
    centre_id: int,
    rule_id: str,
    unit: str,
    value: Decimal,
    reason: str,
    actor: Actor,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> RuleOverride:
    """Set a centre's own value of a rule; raise ValueRefused or ReasonNeeded.

    The value must be of the kind of the rule, the days in order, and no other own value may hold on the same days.
    """
    if rule_to_override(rule_id, unit) is None:
        raise ValueRefused(_l("This rule has no number to set."), field="value")
    if (wrong := problem_with(value, unit)) is not None:
        raise ValueRefused(wrong, field="value")
    if valid_from and valid_to and valid_to < valid_from:
        raise ValueRefused(_l("The last day is before the first."), field="valid_to")
    if not reason.strip():
        raise ReasonNeeded(_l("Write the reason."))
    override = RuleOverride(
        centre_id=centre_id,
        rule_id=rule_id,
        unit=unit,
        value=value,
        valid_from=valid_from,
        valid_to=valid_to,
        reason=reason.strip(),
        made_by_id=actor.staff_id,
    )
    _refuse_overlap(session, override)
    session.add(override)
    changes = {rule_id: [unit, str(value)], "days": [_iso(valid_from), _iso(valid_to)]}
    record(session, actor=actor, action="rule.overridden", about=override, changes=changes, reason=override.reason)
    return override


def revoke_override(session: Session, *, override: RuleOverride, reason: str, actor: Actor) -> RuleOverride:
    """Go back to the national value; raise ReasonNeeded, or TransitionNotAllowed when it was revoked before."""
    if override.revoked_at is not None:
        raise TransitionNotAllowed(_l("This value was taken out of use before."))
    if not reason.strip():
        raise ReasonNeeded(_l("Write the reason."))
    override.revoked_at, override.revoked_by_id = utcnow(), actor.staff_id
    override.revoked_because = reason.strip()
    record(session, actor=actor, action="rule.override_revoked", about=override, reason=override.revoked_because)
    return override


def _refuse_overlap(session: Session, made: RuleOverride) -> None:
    query = select(RuleOverride).where(
        RuleOverride.centre_id == made.centre_id,
        RuleOverride.rule_id == made.rule_id,
        RuleOverride.unit == made.unit,
        RuleOverride.revoked_at.is_(None),
    )
    first, last = made.valid_from or date.min, made.valid_to or date.max
    for other in session.scalars(query):
        if (other.valid_from or date.min) <= last and first <= (other.valid_to or date.max):
            raise ValueRefused(
                _l("The centre has another value on the same days. Take that out of use first."), field="valid_from"
            )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
