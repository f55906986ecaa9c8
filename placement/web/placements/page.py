"""What the pages of placements show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from placement.accounts.permissions import Permission, can
from placement.audit.models import ActorKind
from placement.clock import in_helsinki
from placement.i18n import LazyString, format_day, format_number, gettext, ngettext
from placement.i18n import lazy_gettext as _l
from placement.placements import schedule
from placement.placements.check_texts import detail_of, title_of
from placement.placements.checks import is_minor, missing_roles
from placement.placements.kinds import HAS_AGREEMENT, JOBS, SUBSIDISED, TRIALS, signing_roles
from placement.placements.models import Placement
from placement.placements.overrides import Line
from placement.placements.schedule import Period
from placement.placements.states import (
    BEFORE_START,
    TRANSITIONS,
    PlacementAction,
    PlacementState,
    possible_actions,
)
from placement.placements.week_words import week_in_words
from placement.rules.answers import AnswerKind
from placement.rules.table import Confidence, rule_on
from placement.web.access import signed_in_staff
from placement.web.offers.page import StateTab

_SHOWN_AS = {AnswerKind.OK: "ok", AnswerKind.NEEDS_HUMAN: "ask", AnswerKind.BLOCKED: "stop"}
STATE_STYLES = {
    PlacementState.READY: "ok",
    PlacementState.RUNNING: "ok",
    PlacementState.ENDING: "warn",
    PlacementState.INTERRUPTED: "bad",
}


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of “Ready to start?”."""

    state: str
    text: str
    detail: str
    rule_id: str
    source_url: str
    is_unconfirmed: bool
    put_aside: str
    put_aside_url: str | None


def available_actions(placement: Placement) -> tuple[PlacementAction, ...]:
    """Return the steps that the signed-in worker may take now, so that buttons and rules agree."""
    staff = signed_in_staff()
    return tuple(
        action
        for action in possible_actions(placement.state, ActorKind.STAFF)
        if can(staff, TRANSITIONS[action].permission)
    )


def check_lines(placement: Placement, lines: Sequence[Line]) -> list[CheckLine]:
    """Return the checklist ready to be shown, with the rule and its source beside each line."""
    return [_check_line(placement, line) for line in lines]


def _check_line(placement: Placement, line: Line) -> CheckLine:
    answer = line.answer
    rule = rule_on(answer.rule_id, placement.starts_on)
    put_aside = ""
    if line.override is not None:
        who = line.override.made_by.first_name if line.override.made_by else gettext("A worker of the centre")
        day = format_day(in_helsinki(line.override.made_at).date())
        put_aside = gettext("%(who)s looked at this %(day)s: %(reason)s", who=who, day=day, reason=line.override.reason)
    url = None
    if line.may_be_put_aside and placement.state in BEFORE_START:
        values: dict[str, Any] = {"placement_id": placement.id, "rule": answer.rule_id, "line": answer.code}
        url = url_for("placements.put_aside", **values)
    return CheckLine(
        state="ok" if line.override is not None else _SHOWN_AS[answer.kind],
        text=title_of(answer),
        detail=detail_of(answer),
        rule_id=answer.rule_id,
        source_url=rule.source_url if rule else "",
        is_unconfirmed=rule is not None and rule.confidence is Confidence.UNCONFIRMED,
        put_aside=put_aside,
        put_aside_url=url,
    )


def facts_line(placement: Placement) -> str:
    """Return dates, hours and guide in one line."""
    facts = [f"{format_day(placement.starts_on)} – {format_day(placement.ends_on)}"]
    periods = placement.periods
    if periods:
        facts += [week_in_words(periods), gettext("%(hours)s h a week", hours=hours_of_week(periods))]
    if placement.guide_name:
        facts.append(gettext("guide %(name)s", name=placement.guide_name))
    return " · ".join(fact for fact in facts if fact)


def hours_of_week(periods: Sequence[Period]) -> str:
    """Return the hours of the usual week as a number in words."""
    weeks = sorted(schedule.minutes_by_week(periods).values())
    return hours_text(weeks[len(weeks) // 2]) if weeks else ""


def hours_text(minutes: int) -> str:
    """Return minutes as hours, with the decimal mark of the language."""
    return format_number(round(minutes / 60, 2))


def signature_tag(placement: Placement) -> tuple[str, str] | None:
    """Return how many signatures are missing as the words and colour of a tag, while it matters."""
    roles = signing_roles(placement.kind, is_minor=is_minor(placement))
    if placement.state not in BEFORE_START or not roles:
        return None
    missing = len(missing_roles(placement))
    if not missing:
        return gettext("All have signed"), "ok"
    text = ngettext(
        "%(num)s of %(all)s signatures missing", "%(num)s of %(all)s signatures missing", missing, all=len(roles)
    )
    return text, "warn"


def asked_of(placement: Placement) -> tuple[str, ...]:
    """Return which questions of the checklist concern a placement."""
    kind = placement.kind
    names: list[str] = []
    if kind in TRIALS:
        names += ["plan_agreed", "laid_off_lately", "signatory_checked", "earlier_months"]
    elif kind in SUBSIDISED:
        names += ["laid_off_lately", "decided_on"]
    if kind in JOBS:
        names += ["contract_on"] + ([] if kind in SUBSIDISED else ["is_zero_hours"])
    if is_minor(placement):
        names += ["basic_education_done", "has_hazards", "hazards_notified_on", "guardian_told_on"]
    return (*names, "with_children", "record_shown_on", "record_dated", "record_seen_by", "handles_food")


def terms_rows(placement: Placement) -> list[tuple[LazyString | str, str]]:
    """Return what was agreed as pairs for a list of facts."""
    remote = gettext("Partly or wholly remote") if placement.is_remote else ""
    guide = ", ".join(part for part in (placement.guide_name, placement.guide_phone) if part)
    rows = [
        (gettext("Goal"), placement.goal),
        (gettext("Tasks"), placement.tasks),
        (gettext("Place"), ", ".join(part for part in (placement.place, remote) if part)),
        (gettext("Guide"), guide),
        (gettext("Signs for the employer"), placement.contact.name if placement.contact else ""),
        (gettext("Insurance, added"), placement.insurance),
        (gettext("Absences, added"), placement.absence_practice),
        (gettext("What was agreed to make it work"), placement.adjustments),
    ]
    return rows if placement.kind in HAS_AGREEMENT else [row for row in rows if row[1]]


def total_text(placement: Placement) -> str:
    """Return days and hours of the whole calendar."""
    periods = placement.periods
    days = len(schedule.minutes_by_day(periods))
    hours = hours_text(schedule.total_minutes(periods))
    return str(ngettext("%(num)s day, %(hours)s h in all", "%(num)s days, %(hours)s h in all", days, hours=hours))


def may_change(placement: Placement) -> bool:
    """Return whether the signed-in worker may change what was agreed."""
    return placement.state in BEFORE_START and can(signed_in_staff(), Permission.PLACEMENT_EDIT)


def stop_rows(placement: Placement) -> list[tuple[str, str]]:
    """Return how a placement that is over came to its end, as pairs for a list of facts."""
    rows = []
    if placement.last_day is not None:
        rows.append((gettext("Last day"), format_day(placement.last_day)))
    if placement.stop_reason is not None and placement.stopped_by is not None:
        rows.append((gettext("Why"), str(placement.stop_reason.label)))
        rows.append((gettext("Whose decision"), str(placement.stopped_by.label)))
    if placement.state is PlacementState.INTERRUPTED and placement.kind in TRIALS:
        rows.append((gettext("To do"), gettext("Tell the employment authority the same day.")))
    if placement.stopped_in_first_days:
        rows.append((gettext("Counted"), gettext("Apart: it ended within the first working days")))
    return rows


_LIST_NAMES = {
    "": _l("Coming and going on"),
    "preparing": _l("Before the start"),
    "at-work": _l("At work"),
    "over": _l("Over"),
}


def list_tabs(
    asked: str, counts: Mapping[PlacementState, int], lists: Mapping[str, Iterable[PlacementState]]
) -> list[StateTab]:
    """Return the lists of placements as tabs with their counts."""
    current = asked if asked in lists else ""
    return [
        StateTab(
            _LIST_NAMES[name],
            url_for("placements.index", list=name or None),
            name == current,
            sum(counts.get(state, 0) for state in states),
        )
        for name, states in lists.items()
    ]
