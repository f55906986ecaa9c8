"""What a rule says about a case: in order, a person must look, or not allowed."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from placement.rules.table import Confidence, rule_on


class AnswerKind(StrEnum):
    """The three things a rule can say."""

    OK = "ok"
    NEEDS_HUMAN = "needs_human"
    BLOCKED = "blocked_by_rule"


SlotValue = str | int | float | date
"""A plain value that stands in the sentence of an answer."""


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """What one rule says. ``code`` names the sentence, ``slots`` its values, ``field`` the form field it is about."""

    kind: AnswerKind
    rule_id: str
    code: str
    slots: dict[str, SlotValue] = field(default_factory=dict)
    field: str = ""

    @property
    def blocks(self) -> bool:
        """Whether the case may not go on."""
        return self.kind is AnswerKind.BLOCKED


def fine(rule_id: str, code: str, *, field: str = "", **slots: SlotValue) -> RuleAnswer:
    """The case is in order."""
    return RuleAnswer(AnswerKind.OK, rule_id, code, slots, field)


def ask(rule_id: str, code: str, *, field: str = "", **slots: SlotValue) -> RuleAnswer:
    """A person must look."""
    return RuleAnswer(AnswerKind.NEEDS_HUMAN, rule_id, code, slots, field)


def refuse(rule_id: str, code: str, *, on: date, field: str = "", **slots: SlotValue) -> RuleAnswer:
    """Not allowed, unless the rule is unconfirmed: such a rule only asks a person to look."""
    rule = rule_on(rule_id, on)
    sure = rule is not None and rule.confidence is not Confidence.UNCONFIRMED
    return RuleAnswer(AnswerKind.BLOCKED if sure else AnswerKind.NEEDS_HUMAN, rule_id, code, slots, field)
