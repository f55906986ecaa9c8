"""The dated Finnish rules, read from ``data/rules.csv``."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l


class Confidence(LabelledEnum):
    """How sure the value of a rule is."""

    OFFICIAL = "A", _l("From an official source")
    SECOND_HAND = "B", _l("From a second-hand source")
    UNCONFIRMED = "U", _l("Not confirmed: ask the employment authority")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, as it holds from the first to the last day of its validity; no day means without an end."""

    rule_id: str
    value: Decimal | None
    unit: str
    valid_from: date | None
    valid_to: date | None
    source_url: str
    source_date: str
    confidence: Confidence
    fi: str
    sv: str
    en: str
    is_own_value: bool = False
    """Whether ``value`` is one that the centre has set for itself."""

    def holds_on(self, day: date) -> bool:
        """Whether the rule is valid on a day; both ends count."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@cache
def load_rules() -> Mapping[str, Sequence[Rule]]:
    """Return every rule by its id. A rule with several numbers or a changed one has several rows, oldest first."""
    text = (files("placement.rules") / "data" / "rules.csv").read_text(encoding="utf-8")
    rules: dict[str, list[Rule]] = {}
    for row in csv.DictReader(text.splitlines()):
        rules.setdefault(row["rule_id"], []).append(_read(row))
    for versions in rules.values():
        versions.sort(key=lambda rule: rule.valid_from or date.min)
    return MappingProxyType({rule_id: tuple(versions) for rule_id, versions in rules.items()})


def rule_on(rule_id: str, day: date, unit: str | None = None) -> Rule | None:
    """Return the rule as it holds on a day, of one unit when it has several; None when it does not hold then.

    An id that is not in the table is a KeyError.
    """
    return next(
        (rule for rule in load_rules()[rule_id] if rule.holds_on(day) and (unit is None or rule.unit == unit)), None
    )


def amount_on(rule_id: str, day: date, unit: str) -> Decimal:
    """Return the number of a rule on a day; raise LookupError when it holds none then."""
    rule = rule_on(rule_id, day, unit)
    if rule is None or rule.value is None:
        message = f"rule {rule_id} has no {unit} on {day}"
        raise LookupError(message)
    return rule.value


def _read(row: Mapping[str, str]) -> Rule:
    return Rule(
        rule_id=row["rule_id"],
        value=Decimal(row["value"]) if row["value"] else None,
        unit=row["unit"],
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        source_url=row["source_url"],
        source_date=row["source_date"],
        confidence=Confidence(row["confidence"]),
        fi=row["fi"],
        sv=row["sv"],
        en=row["en"],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
