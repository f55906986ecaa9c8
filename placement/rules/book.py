"""The rules as one centre applies them: the national table with the values that the centre has set for itself."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from placement.rules.table import Rule, load_rules


@dataclass(frozen=True, slots=True)
class OwnValue:
    """A value that a centre uses in place of the national one, from its first to its last day; both ends count."""

    rule_id: str
    unit: str
    value: Decimal
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the centre uses the value on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class RuleBook:
    """Every rule as it holds in one centre. Evaluations of rules take a book, never the bare table.

    A centre sets numbers only: what a rule is about, its source, its days and how sure it is stay national, so
    that a value of its own never makes an unconfirmed rule block anything.
    """

    def __init__(self, own: Iterable[OwnValue] = ()) -> None:
        self._own: dict[tuple[str, str], list[OwnValue]] = {}
        for value in own:
            self._own.setdefault((value.rule_id, value.unit), []).append(value)

    def rule_on(self, rule_id: str, day: date, unit: str | None = None) -> Rule | None:
        """Return the rule as it holds on a day, of one unit when it has several; None when it does not hold then.

        An id that is not in the table is a KeyError.
        """
        for rule in load_rules()[rule_id]:
            if rule.holds_on(day) and (unit is None or rule.unit == unit):
                return self._as_here(rule, day)
        return None

    def amount_on(self, rule_id: str, day: date, unit: str) -> Decimal:
        """Return the number of a rule on a day; raise LookupError when it holds none then."""
        rule = self.rule_on(rule_id, day, unit)
        if rule is None or rule.value is None:
            message = f"rule {rule_id} has no {unit} on {day}"
            raise LookupError(message)
        return rule.value

    def rules(self, day: date) -> Iterator[Rule]:
        """Yield every row of the table by its id, with the centre's own value where it has one on the day."""
        table: Mapping[str, Iterable[Rule]] = load_rules()
        for rule_id in sorted(table):
            yield from (self._as_here(rule, day) for rule in table[rule_id])

    def _as_here(self, rule: Rule, day: date) -> Rule:
        own = next((one for one in self._own.get((rule.rule_id, rule.unit), []) if one.holds_on(day)), None)
        return rule if own is None else replace(rule, value=own.value, is_own_value=True)


NATIONAL = RuleBook()
"""The rules without any value of a centre's own, for what concerns no centre."""
