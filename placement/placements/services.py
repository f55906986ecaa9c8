"""Verbs that change placements: plan, edit, hand over, end early, cancel."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from placement.audit.models import ActorKind
from placement.audit.services import Actor, diff, record
from placement.clock import today_in_helsinki, utcnow, working_days_late
from placement.errors import ChangedMeanwhile, DomainError, ReasonNeeded, TransitionNotAllowed
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.models import Youth
from placement.offers.models import Offer
from placement.placements.agreement_texts import void_outgrown
from placement.placements.kinds import HAS_AGREEMENT, PlacementKind
from placement.placements.models import Placement, PlacementHours, PlacementParty
from placement.placements.parties import sync_parties
from placement.placements.reasons import CANCEL_REASONS, INTERRUPT_REASONS, ExtensionReason, Side, StopReason
from placement.placements.schedule import Period, faults, plan_days, usual_week
from placement.placements.states import AT_WORK, BEFORE_START, TRANSITIONS, PlacementAction, PlacementState
from placement.placements.steps import move, refuse_unless_allowed, settle
from placement.placements.support_plan.messages import placement_stopped
from placement.placements.support_plan.services import keep_plan
from placement.rules.book import NATIONAL

FIRST_DAYS_RULE = "WT-28"
_KEPT = frozenset({"id", "state", "version", "centre_id", "youth_id", "employer_id", "terms_version"})
_TAKEN_ALONG = (
    "unit_id", "contact_id", "offer_id", "suggestion_id", "owner_id", "began_as", "group_key", "title", "goal", "tasks",
    "guide_name", "guide_phone", "place", "is_remote", "insurance", "absence_practice", "adjustments",
    "signatory_checked", "has_hazards", "hazards_notified_on", "guardian_told_on", "basic_education_done",
    "with_children", "record_shown_on", "record_dated", "record_seen_by", "handles_food", "earlier_months",
)  # fmt: skip
_PARTY_TAKEN_ALONG = ("name", "organisation", "phone", "email", "channel", "language", "staff_id", "contact_id")
_SIDES: Mapping[ActorKind, Side] = {ActorKind.YOUTH: Side.PARTICIPANT, ActorKind.EMPLOYER: Side.ORGANISER}


def add_placement(
    session: Session,
    *,
    youth: Youth,
    employer_id: int,
    kind: PlacementKind,
    title: str,
    starts_on: date,
    ends_on: date,
    actor: Actor,
    offer: Offer | None = None,
    **fields: Any,
) -> Placement:
    """Plan a placement of a young person at an employer of the same centre; what the offer tells is taken along.

    ``fields`` are further columns. The one who makes it looks after it until it is handed over.
    """
    placement = Placement(
        centre_id=youth.centre_id,
        youth_id=youth.id,
        employer_id=employer_id,
        kind=kind,
        state=PlacementState.PLANNED,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        owner_id=youth.one_adult_id or actor.staff_id,
        offer_id=offer.id if offer else None,
        began_as=offer.kind if offer else None,
    )
    if kind in HAS_AGREEMENT and youth.question:
        placement.goal = youth.question
    _set_fields(placement, fields)
    session.add(placement)
    record(session, actor=actor, action="placement.added", about=placement, youth_id=youth.id)
    return placement


def edit_placement(session: Session, placement: Placement, *, version: int, actor: Actor, **fields: Any) -> list[str]:
    """Change the terms or the answers of a placement loaded whole; return the agreed terms that changed.

    A change of what somebody has signed voids their signature; a ready placement goes back to preparing.
    Raises ChangedMeanwhile, or TransitionNotAllowed once it has started: then an extension is made instead.
    """
    refuse_unread(placement, version=version)
    _refuse_unless_before_start(placement)
    with session.no_autoflush:
        _set_fields(placement, fields)
        changes = diff(placement)
    return _after_edit(session, placement, changes, actor=actor)


def set_hours(
    session: Session, placement: Placement, *, version: int, periods: list[Period], actor: Actor
) -> list[str]:
    """Replace the calendar of a placement loaded whole; return the agreed terms that changed.

    Raises DomainError when a period lies outside the dates, is empty or overlaps another.
    """
    refuse_unread(placement, version=version)
    _refuse_unless_before_start(placement)
    wrong = faults(periods, placement.starts_on, placement.ends_on)
    if wrong:
        raise DomainError(_FAULTS[wrong[0]], code=f"hours_{wrong[0]}")
    wanted = sorted(periods)
    if wanted == placement.periods:
        return []
    # Rows that begin at the same moment are kept and changed: the database sees them before what is removed.
    kept = {(row.on, row.begins): row for row in placement.hours}
    placement.hours = [_hours_row(one, kept.get((one.on, one.begins))) for one in wanted]
    placement.updated_at = utcnow()
    return _after_edit(session, placement, {"hours": "changed"}, actor=actor)


_FAULTS = {
    "outside": _l("A day of the calendar is before the first or after the last day."),
    "empty": _l("The break is as long as the work. Check the times."),
    "overlap": _l("Two stretches of work overlap. Check the times."),
}


def _hours_row(period: Period, row: PlacementHours | None) -> PlacementHours:
    row = row or PlacementHours(on=period.on, begins=period.begins)
    row.ends, row.break_minutes = period.ends, period.break_minutes
    return row


def _after_edit(session: Session, placement: Placement, changes: dict[str, Any], *, actor: Actor) -> list[str]:
    if {"starts_on", "ends_on"} & changes.keys():
        # Days outside the new dates are no part of the agreement any more.
        first, last = placement.starts_on, placement.ends_on
        placement.hours = [row for row in placement.hours if first <= row.on <= last]
    keep_plan(session, placement)
    sync_parties(session, placement)
    changed = void_outgrown(session, placement, actor=actor)
    if changes:
        # The terms are somebody's own words and personal arrangements: the log tells which, not what.
        told = dict.fromkeys(changes, "changed")
        record(
            session,
            actor=actor,
            action="placement.changed",
            about=placement,
            youth_id=placement.youth_id,
            changes=told,
        )
    settle(session, placement)
    return changed


def extend_placement(
    session: Session, placement: Placement, *, ends_on: date, reason: ExtensionReason, actor: Actor
) -> Placement:
    """Plan an extension of a placement that goes on: a new one with an agreement, checks and signatures of its own.

    It begins the day after the present one ends, with the same terms and week, and is linked to it. The earlier
    time counts in its checks. Raises TransitionNotAllowed, or DomainError when the last day is not after that.
    """
    if placement.state not in AT_WORK:
        raise TransitionNotAllowed(_l("Only a placement that goes on can be extended."))
    starts_on = placement.ends_on + timedelta(days=1)
    if ends_on < starts_on:
        raise DomainError(_l("The extension ends after the present last day."), code="ends_on")
    taken_along = {name: getattr(placement, name) for name in _TAKEN_ALONG}
    extension = Placement(
        centre_id=placement.centre_id,
        youth_id=placement.youth_id,
        employer_id=placement.employer_id,
        kind=placement.kind,
        state=PlacementState.PLANNED,
        starts_on=starts_on,
        ends_on=ends_on,
        follows_id=placement.id,
        extension_reason=reason,
        **taken_along,
    )
    extension.hours = [_hours_row(one, None) for one in plan_days(usual_week(placement.periods), starts_on, ends_on)]
    extension.parties = [
        PlacementParty(
            role=party.role,
            **{name: getattr(party, name) for name in _PARTY_TAKEN_ALONG},
        )
        for party in placement.parties
    ]
    session.add(extension)
    record(
        session,
        actor=actor,
        action="placement.extended",
        about=extension,
        youth_id=placement.youth_id,
        changes={"follows_id": [None, placement.id]},
        reason=reason.value,
    )
    return extension


def hand_over(session: Session, placement: Placement, *, owner_id: int, actor: Actor) -> Placement:
    """Give a placement to another worker; agreement, signatures, calendar and log stay as they are."""
    changes = {"owner_id": [placement.owner_id, owner_id]}
    placement.owner_id = owner_id
    record(
        session,
        actor=actor,
        action="placement.handed_over",
        about=placement,
        youth_id=placement.youth_id,
        changes=changes,
    )
    return placement


def refuse_unread(placement: Placement, *, version: int) -> None:
    """Raise ChangedMeanwhile when the placement is not as the worker saw it."""
    if placement.version != version:
        raise ChangedMeanwhile(_l("Somebody else has changed this placement. Open it again and look first."))


def _refuse_unless_before_start(placement: Placement) -> None:
    if placement.state not in BEFORE_START:
        raise TransitionNotAllowed(
            _l("The agreement cannot be changed after the start. Make an extension with an agreement of its own.")
        )


def take_step(session: Session, placement: Placement, action: PlacementAction, *, actor: Actor) -> Placement:
    """Take a step that needs no reason; ending early and cancelling have verbs of their own."""
    if TRANSITIONS[action].needs_reason:
        raise ReasonNeeded(_l("This step needs a reason."))
    move(session, placement, action, actor=actor)
    return placement


def interrupt(
    session: Session,
    placement: Placement,
    *,
    reason: StopReason,
    last_day: date,
    actor: Actor,
    decided_by: Side | None = None,
) -> Placement:
    """End a placement that goes on, on any day and by any side. One that ends in its first days is marked (WT-28)."""
    refuse_unless_allowed(placement, PlacementAction.INTERRUPT, actor)
    if reason not in INTERRUPT_REASONS:
        raise ReasonNeeded(_l("Choose a reason from the list."))
    started = placement.started_on or placement.starts_on
    if not started <= last_day <= today_in_helsinki():
        raise DomainError(_l("The last day is between the first day and today."), code="last_day")
    placement.last_day = last_day
    placement.stopped_in_first_days = in_first_days(started, last_day)
    _stop(placement, reason, decided_by or _SIDES.get(actor.kind, Side.CENTRE))
    move(session, placement, PlacementAction.INTERRUPT, actor=actor, reason=reason.value)
    _tell_worker(session, placement, actor)
    return placement


def cancel(
    session: Session, placement: Placement, *, reason: StopReason, actor: Actor, decided_by: Side | None = None
) -> Placement:
    """Cancel a placement that has not started."""
    refuse_unless_allowed(placement, PlacementAction.CANCEL, actor)
    if reason not in CANCEL_REASONS:
        raise ReasonNeeded(_l("Choose a reason from the list."))
    _stop(placement, reason, decided_by or _SIDES.get(actor.kind, Side.CENTRE))
    move(session, placement, PlacementAction.CANCEL, actor=actor, reason=reason.value)
    _tell_worker(session, placement, actor)
    return placement


def _tell_worker(session: Session, placement: Placement, actor: Actor) -> None:
    worker = placement.youth.one_adult or placement.owner
    if actor.kind in _SIDES and worker is not None:
        placement_stopped(session, placement=placement, staff=worker)


def in_first_days(started: date, last_day: date) -> bool:
    """Return whether a placement ended within its first working days (WT-28)."""
    return working_days_late(started, last_day) < NATIONAL.amount_on(FIRST_DAYS_RULE, started, "days_first")


def _stop(placement: Placement, reason: StopReason, side: Side) -> None:
    placement.stop_reason, placement.stopped_by = reason, side


def _set_fields(placement: Placement, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        if name in _KEPT or name not in Placement.__mapper__.column_attrs:
            message = f"not a field to be set: {name}"
            raise ValueError(message)
        setattr(placement, name, value)
