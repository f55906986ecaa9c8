"""The checklist with a person's word on it: a line put aside with a reason, while its facts stay the same."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from placement.audit.services import Actor, record
from placement.centre_rules.queries import rule_book
from placement.clock import utcnow
from placement.errors import DomainError, ReasonNeeded
from placement.i18n import lazy_gettext as _l
from placement.placements.checks import HARD_CODES, Case, check_placement
from placement.placements.models import Placement, PlacementOverride
from placement.placements.queries import earlier_trials
from placement.rules.answers import AnswerKind, RuleAnswer

SHORTEST_REASON = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the checklist, and who has looked at it."""

    answer: RuleAnswer
    override: PlacementOverride | None

    @property
    def stops(self) -> bool:
        """Whether the start waits for this line."""
        return self.answer.blocks and self.override is None

    @property
    def asks(self) -> bool:
        """Whether a person should still look at it."""
        return self.answer.kind is AnswerKind.NEEDS_HUMAN and self.override is None

    @property
    def may_be_put_aside(self) -> bool:
        """Whether a reason may be written on it."""
        is_open = self.answer.kind is not AnswerKind.OK and self.override is None
        return is_open and self.answer.code not in HARD_CODES


def checklist(session: Session, placement: Placement) -> list[Line]:
    """Return the live checklist of a placement loaded whole."""
    case = Case(placement, earlier_trials(session, placement), rule_book(session, placement.centre_id))
    return [Line(answer, _override_of(placement, answer)) for answer in check_placement(case)]


def lines_that_stop(lines: Sequence[Line]) -> list[Line]:
    """Return the lines for which the start waits."""
    return [line for line in lines if line.stops]


def put_aside(
    session: Session, placement: Placement, *, code: str, rule_id: str, reason: str, actor: Actor
) -> PlacementOverride:
    """Write a person's reason on an open line of the checklist.

    Raises DomainError when the line is not open, or is one that no reason puts aside; ReasonNeeded without words.
    """
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise ReasonNeeded(_l("Write the reason."))
    found = [
        line for line in checklist(session, placement) if (line.answer.code, line.answer.rule_id) == (code, rule_id)
    ]
    line = next((line for line in found if line.may_be_put_aside), None)
    if line is None:
        raise DomainError(_l("This line cannot be put aside. Open the placement again."), code="not_put_aside")
    override = PlacementOverride(
        rule_id=rule_id,
        code=code,
        facts=_facts(line.answer),
        reason=reason,
        made_by_id=actor.staff_id,
        made_at=utcnow(),
    )
    placement.overrides.append(override)
    record(
        session,
        actor=actor,
        action="placement.line_put_aside",
        about=placement,
        youth_id=placement.youth_id,
        changes={"line": [rule_id, code]},
        reason=reason,
    )
    return override


def _override_of(placement: Placement, answer: RuleAnswer) -> PlacementOverride | None:
    if answer.kind is AnswerKind.OK or answer.code in HARD_CODES:
        return None
    facts = _facts(answer)
    return next(
        (
            override
            for override in reversed(placement.overrides)
            if (override.rule_id, override.code, override.facts) == (answer.rule_id, answer.code, facts)
        ),
        None,
    )


def _facts(answer: RuleAnswer) -> str:
    return json.dumps(answer.slots, sort_keys=True, ensure_ascii=False, default=str)
