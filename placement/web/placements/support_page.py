"""What the pages of support and attendance show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from placement.clock import in_helsinki, today_in_helsinki
from placement.i18n import format_day, gettext
from placement.placements.attendance.models import DayMark
from placement.placements.kinds import PartyRole
from placement.placements.models import Placement
from placement.placements.parties import party_of
from placement.placements.support_plan.dates import ASKED_BY_MESSAGE, MONTHS_AFTER, StepCode
from placement.placements.support_plan.models import CheckIn, HowItGoes, StepState, SupportStep
from placement.placements.support_plan.queries import steps_of

ANSWER_STYLES = {HowItGoes.GOOD: "ok", HowItGoes.SO_SO: "warn", HowItGoes.CALL_ME: "bad"}
MARK_STYLES = {DayMark.PRESENT: "ok", DayMark.TOLD: "warn", DayMark.ABSENT: "bad", DayMark.DAY_OFF: "neutral"}
_THREE_WAYS = frozenset({StepCode.MID_POINT, StepCode.BEFORE_END})


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One step of the plan, ready to be shown."""

    step_id: int
    on: date
    what: str
    who: str
    tag: str
    variant: str
    detail: str
    is_open: bool
    is_after_care: bool


@dataclass(frozen=True, slots=True)
class CheckInLine:
    """What one side told, or that it has not answered yet."""

    check_in_id: int
    who: str
    on: date
    answer: str
    variant: str
    state: str
    may_settle: bool


def plan_lines(session: Session, placement: Placement) -> list[PlanLine]:
    """Return the plan of a placement loaded whole, by day."""
    return [_line(placement, step) for step in steps_of(session, placement.id)]


def _line(placement: Placement, step: SupportStep) -> PlanLine:
    today = today_in_helsinki()
    tag, variant = "", ""
    if step.state is StepState.DONE:
        tag, variant = gettext("Done"), "ok"
    elif step.due_on < today:
        tag, variant = gettext("Late"), "bad"
    elif step.due_on == today:
        tag, variant = gettext("Today"), "warn"
    detail = step.note
    if step.minutes:
        took = gettext("%(minutes)s min", minutes=step.minutes)
        detail = f"{detail} · {took}" if detail else took
    return PlanLine(
        step_id=step.id,
        on=step.due_on,
        what=str(step.code.label),
        who=_who(placement, step),
        tag=tag,
        variant=variant,
        detail=detail,
        is_open=step.state is StepState.OPEN,
        is_after_care=step.code in MONTHS_AFTER,
    )


def _who(placement: Placement, step: SupportStep) -> str:
    if step.owner is None:
        return str(gettext("by itself") if step.code in ASKED_BY_MESSAGE else gettext("Nobody yet"))
    names = [step.owner.first_name]
    if step.code in _THREE_WAYS:
        guide = party_of(placement, PartyRole.GUIDE) or party_of(placement, PartyRole.ORGANISER)
        names += [guide.name] if guide is not None else []
        names.append(placement.youth.first_name)
    return ", ".join(names)


def check_in_lines(placement: Placement, check_ins: Iterable[CheckIn]) -> list[CheckInLine]:
    """Return what both sides told, the newest first."""
    return [_told(placement, check_in) for check_in in check_ins]


def _told(placement: Placement, check_in: CheckIn) -> CheckInLine:
    party = party_of(placement, check_in.role)
    answer, variant, state = gettext("No answer yet"), "neutral", ""
    if check_in.answer is not None:
        answer, variant = str(check_in.answer.label), ANSWER_STYLES[check_in.answer]
    if check_in.settled_at is not None:
        state = gettext("called back %(day)s", day=format_day(in_helsinki(check_in.settled_at).date(), year=False))
    needs_call = check_in.answer in {HowItGoes.CALL_ME, HowItGoes.SO_SO}
    return CheckInLine(
        check_in_id=check_in.id,
        who=party.name if party is not None else str(check_in.role.label),
        on=check_in.on,
        answer=answer,
        variant=variant,
        state=state,
        may_settle=needs_call and check_in.settled_at is None,
    )


def month_tabs(placement: Placement, months: Sequence[date], current: date) -> list[tuple[str, str, bool]]:
    """Return the months of a placement as tabs: words, address, whether it is the one shown."""
    return [
        (
            f"{month.month}/{month.year}",
            url_for("placements.attendance", placement_id=placement.id, month=f"{month:%Y-%m}"),
            month == current,
        )
        for month in months
    ]
