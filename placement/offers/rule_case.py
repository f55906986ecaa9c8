"""An offer as the rules look at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from placement.employers.models import EmployerForm
from placement.rules.book import RuleBook
from placement.vocabulary import families_by_id

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """The values of an offer, the form of its employer, a day, and the rules of the centre."""

    values: Values
    form: EmployerForm
    on: date
    book: RuleBook

    def get(self, name: str) -> Any:
        """Return a value as it is; None when it is not known."""
        return self.values.get(name)

    def number(self, name: str) -> float | None:
        """Return a value as a number; None when it is not known."""
        value = self.values.get(name)
        return None if value is None or value == "" else float(value)

    def limit(self, rule_id: str, unit: str) -> int | float:
        """Return the number of a rule on the day."""
        amount = self.book.amount_on(rule_id, self.on, unit)
        return int(amount) if amount == int(amount) else float(amount)

    @property
    def told(self) -> str:
        """What is told about the work in words."""
        return f"{self.get('title') or ''}\n{self.get('tasks') or ''}"

    @property
    def watch(self) -> frozenset[str]:
        """What must be looked at in work of the chosen task family."""
        family = families_by_id().get(self.get("task_family") or "")
        return family.watch if family is not None else frozenset()
