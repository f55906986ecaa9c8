"""Verbs of a pack: begin it, fill it, take its steps. ``take_pack_step`` is the only writer of its state."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.audit.services import Actor, diff, record
from placement.clock import today_in_helsinki, utcnow
from placement.errors import ChangedMeanwhile, DomainError, RuleBlocks, TransitionNotAllowed
from placement.i18n import lazy_gettext as _l
from placement.placements.kinds import SUBSIDISED
from placement.placements.models import Placement
from placement.placements.packs.items import missing_of
from placement.placements.packs.models import SubsidyPack
from placement.placements.packs.states import MONEY_COMES, OPEN_STATES, PACK_TRANSITIONS, PackAction, PackState
from placement.placements.states import BEFORE_START, STARTED
from placement.placements.steps import settle

_FILLED = frozenset(
    {
        "has_business_activity",
        "collective_agreement",
        "gross_pay",
        "hours_per_week",
        "contract_length",
        "other_aid_told",
        "lay_offs_told",
        "taxes_in_order",
        "mandate_ready",
        "bank_details_at_hand",
        "identity_at_hand",
        "jobseeker_agreed_on",
        "note",
    }
)


@dataclass(frozen=True, slots=True)
class StepDays:
    """The days that a step tells. ``on`` is its own; a period belongs to a grant."""

    on: date | None = None
    subsidy_from: date | None = None
    subsidy_to: date | None = None


def pack_of(session: Session, placement_id: int) -> SubsidyPack | None:
    """Return the pack of a placement, or None."""
    return session.scalar(select(SubsidyPack).where(SubsidyPack.placement_id == placement_id))


def begin_pack(session: Session, placement: Placement, *, actor: Actor) -> SubsidyPack:
    """Begin the pack of a subsidised placement; the one that is there already is returned as it is."""
    known = pack_of(session, placement.id)
    if known is not None:
        return known
    if placement.kind not in SUBSIDISED or placement.state not in BEFORE_START:
        raise TransitionNotAllowed(_l("A pack belongs to a subsidised job that has not started."))
    pack = SubsidyPack(placement_id=placement.id, state_since=utcnow())
    session.add(pack)
    _record(session, pack, placement, "placement.pack_begun", actor)
    return pack


def fill_pack(
    session: Session, pack: SubsidyPack, *, placement: Placement, version: int, actor: Actor, **fields: Any
) -> SubsidyPack:
    """Write what is known of a pack that has not been applied for; filling an idea begins the pack.

    Raises ChangedMeanwhile, or TransitionNotAllowed once it has gone to the authority.
    """
    if pack.version != version:
        raise ChangedMeanwhile(_l("Somebody else has changed this pack. Open it again and look first."))
    if pack.state not in OPEN_STATES | {PackState.SUPPLEMENT}:
        raise TransitionNotAllowed(_l("The application has gone to the authority. It is not changed here any more."))
    for name, value in fields.items():
        if name not in _FILLED:
            message = f"not a field to be filled: {name}"
            raise ValueError(message)
        setattr(pack, name, value)
    with session.no_autoflush:
        changed = dict.fromkeys(diff(pack), "changed")
    if pack.state is PackState.IDEA:
        pack.state, pack.state_since = PackState.PACK, utcnow()
    _record(session, pack, placement, "placement.pack_filled", actor, changes=changed)
    return pack


def take_pack_step(
    session: Session, pack: SubsidyPack, action: PackAction, *, placement: Placement, days: StepDays, actor: Actor
) -> SubsidyPack:
    """Take one step of the application of a placement loaded whole.

    Raises TransitionNotAllowed when the step does not fit the state, RuleBlocks with the rule id when a
    confirmed rule says no, DomainError when a day is missing or the pack is not complete.
    """
    transition = PACK_TRANSITIONS[action]
    if pack.state not in transition.sources:
        raise TransitionNotAllowed(_l("This step is not possible now. Open the pack again to see where it is."))
    if transition.needs_day and days.on is None:
        raise DomainError(_l("Give the day."), code="pack_day")
    before = pack.state
    _check_and_note(pack, action, placement, days)
    pack.state, pack.state_since = transition.target, utcnow()
    _record(session, pack, placement, "placement.pack_step", actor, changes={"state": [before.value, pack.state.value]})
    if action in {PackAction.GRANT, PackAction.CONTRACT}:
        settle(session, placement)
    return pack


def _check_and_note(pack: SubsidyPack, action: PackAction, placement: Placement, days: StepDays) -> None:
    if action is not PackAction.ASK_MORE and days.on is not None and days.on > today_in_helsinki():
        raise DomainError(_l("The day is today or before."), code="pack_day")
    if action is PackAction.APPLY:
        if missing_of(pack, placement):
            raise DomainError(_l("The pack is not complete: see what is missing."), code="pack_incomplete")
        pack.applied_on = days.on
    elif action is PackAction.ASK_MORE:
        pack.supplement_by = days.on
    elif action in {PackAction.GRANT, PackAction.REFUSE, PackAction.RUN_OUT}:
        _note_decision(pack, action, placement, days)
    elif action is PackAction.TRY_AGAIN:
        pack.decided_on = pack.applied_on = None
    elif action is PackAction.CONTRACT:
        _refuse_early_start(placement.starts_on, pack.decided_on)
        pack.contract_on = placement.contract_on = days.on
    elif action is PackAction.START and placement.state not in STARTED:
        raise TransitionNotAllowed(_l("Note first on the placement that it has started."))
    elif action is PackAction.PAY:
        pack.paid_on = days.on
        pack.payment_applied_on = pack.payment_applied_on or days.on


def _note_decision(pack: SubsidyPack, action: PackAction, placement: Placement, days: StepDays) -> None:
    if days.on is not None and pack.applied_on is not None and days.on < pack.applied_on:
        raise DomainError(_l("The decision is not before the application."), code="pack_day")
    if action is PackAction.GRANT:
        if days.subsidy_from is None or days.subsidy_to is None or days.subsidy_to < days.subsidy_from:
            raise DomainError(_l("Give the first and the last day of the subsidy."), code="pack_period")
        _refuse_early_start(placement.starts_on, days.on)
        pack.subsidy_from, pack.subsidy_to = days.subsidy_from, days.subsidy_to
        placement.decided_on = days.on
    pack.decided_on = days.on


def _refuse_early_start(starts_on: date, decided_on: date | None) -> None:
    if decided_on is not None and starts_on < decided_on:
        raise RuleBlocks(
            _l("The work may not begin before the decision (PS-17). Move the first day of the placement first."),
            code="PS-17",
        )


def note_payment_applied(
    session: Session, pack: SubsidyPack, *, placement: Placement, on: date, actor: Actor
) -> SubsidyPack:
    """Note that the payment of the subsidy was applied for: its reminders end."""
    if pack.state not in MONEY_COMES or on > today_in_helsinki():
        raise TransitionNotAllowed(_l("This step is not possible now. Open the pack again to see where it is."))
    pack.payment_applied_on = on
    _record(session, pack, placement, "placement.pack_payment_applied", actor)
    return pack


def settle_extension(session: Session, pack: SubsidyPack, *, placement: Placement, actor: Actor) -> SubsidyPack:
    """Note that an extension was applied for or is not wanted: its reminders end."""
    pack.extension_settled = True
    _record(session, pack, placement, "placement.pack_extension_settled", actor)
    return pack


def _record(
    session: Session,
    pack: SubsidyPack,
    placement: Placement,
    action: str,
    actor: Actor,
    *,
    changes: dict[str, Any] | None = None,
) -> None:
    record(session, actor=actor, action=action, about=pack, youth_id=placement.youth_id, changes=changes)
