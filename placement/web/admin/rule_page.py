"""What the pages about rules show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from placement.centre_rules.models import RuleOverride
from placement.centre_rules.queries import overrides_of_centre, rule_book
from placement.i18n import current_language, format_day, format_number, gettext
from placement.rules.table import Confidence, Rule, load_rules
from placement.rules.units import unit_of


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule as people read it; ``here`` is the value that the centre uses today in place of the national one."""

    rule_id: str
    unit: str
    text: str
    value: str
    here: str
    valid: str
    source_url: str
    source_date: str
    confidence: Confidence

    @property
    def is_unconfirmed(self) -> bool:
        """Whether a person must ask before trusting it."""
        return self.confidence is Confidence.UNCONFIRMED


@dataclass(frozen=True, slots=True)
class OverrideLine:
    """A value that the centre has set for itself."""

    id: int
    rule_id: str
    value: str
    days: str
    reason: str
    who: str
    made_at: datetime
    revoked_at: datetime | None
    revoked_because: str


def amount_in_words(value: object, unit: str) -> str:
    """Return a number with its unit, such as ``8 hours a day``; empty when there is no number."""
    return "" if value is None else f"{format_number(float(str(value)))} {unit_of(unit).label}"


def rule_lines(session: Session, centre_id: int, on: date) -> list[RuleLine]:
    """Return every rule with its source, by its id."""
    here = rule_book(session, centre_id).rules(on)
    national = [rule for rule_id in sorted(load_rules()) for rule in load_rules()[rule_id]]
    return [_rule_line(rule, own) for rule, own in zip(national, here, strict=True)]


def _rule_line(rule: Rule, own: Rule) -> RuleLine:
    return RuleLine(
        rule_id=rule.rule_id,
        unit=rule.unit,
        text=getattr(rule, current_language()),
        value=amount_in_words(rule.value, rule.unit),
        here=amount_in_words(own.value, own.unit) if own.is_own_value else "",
        valid=days_in_words(rule.valid_from, rule.valid_to),
        source_url=rule.source_url,
        source_date=rule.source_date,
        confidence=rule.confidence,
    )


def override_lines(session: Session, centre_id: int) -> Sequence[OverrideLine]:
    """Return every value that the centre has set for itself, newest first."""
    return [_override_line(one) for one in overrides_of_centre(session, centre_id)]


def _override_line(one: RuleOverride) -> OverrideLine:
    return OverrideLine(
        id=one.id,
        rule_id=one.rule_id,
        value=amount_in_words(one.value, one.unit),
        days=days_in_words(one.valid_from, one.valid_to) or gettext("for the time being"),
        reason=one.reason,
        who=one.made_by.display_name if one.made_by is not None else "",
        made_at=one.created_at,
        revoked_at=one.revoked_at,
        revoked_because=one.revoked_because,
    )


def days_in_words(first: date | None, last: date | None) -> str:
    """Return from when until when, such as ``1.2.2026–30.6.2027``; empty without any day."""
    if first is None and last is None:
        return ""
    return f"{format_day(first) if first else ''}–{format_day(last) if last else ''}"
