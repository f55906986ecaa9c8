"""Moving a placement along its life. ``move`` is the only writer of ``placement.state``."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from placement.audit.services import Actor, record
from placement.clock import in_helsinki, today_in_helsinki, utcnow
from placement.errors import ReasonNeeded, TransitionNotAllowed
from placement.i18n import lazy_gettext as _l
from placement.placements.agreement_texts import is_as_agreed
from placement.placements.checks import missing_roles
from placement.placements.kinds import signing_roles
from placement.placements.models import Placement, PlacementEvent
from placement.placements.overrides import checklist, lines_that_stop
from placement.placements.states import TRANSITIONS, Guard, PlacementAction, PlacementState, is_allowed
from placement.placements.support_plan.services import keep_plan


def refuse_unless_allowed(placement: Placement, action: PlacementAction, actor: Actor) -> None:
    """Raise TransitionNotAllowed when the state of the placement or the kind of actor does not allow the step."""
    if not is_allowed(placement.state, action, actor.kind):
        raise TransitionNotAllowed(_l("This step is not possible now. Open the placement again to see where it is."))


def move(
    session: Session, placement: Placement, action: PlacementAction, *, actor: Actor, reason: str = ""
) -> PlacementEvent:
    """Take one step in the life of a placement loaded whole; raise TransitionNotAllowed or ReasonNeeded."""
    transition = TRANSITIONS[action]
    refuse_unless_allowed(placement, action, actor)
    if transition.needs_reason and not reason:
        raise ReasonNeeded(_l("Choose a reason from the list."))
    _GUARDS[transition.guard](session, placement)
    source = placement.state
    _stamp(placement, action)
    placement.state = transition.target
    event = PlacementEvent(
        at=utcnow(),
        action=action,
        source=source.value,
        target=transition.target.value,
        actor_kind=actor.kind,
        actor_id=actor.id,
        reason=reason,
    )
    placement.events.append(event)
    record(
        session,
        actor=actor,
        action=f"placement.{action.value}",
        about=placement,
        youth_id=placement.youth_id,
        changes={"state": [source.value, transition.target.value]},
        reason=reason,
    )
    keep_plan(session, placement)
    return event


def _refuse_incomplete(session: Session, placement: Placement) -> None:
    if missing_roles(placement) or not is_as_agreed(placement):
        raise TransitionNotAllowed(_l("No start before everybody has signed."), code="not_signed")
    if lines_that_stop(checklist(session, placement)):
        raise TransitionNotAllowed(_l("A line of the checklist stops the start. Look at it first."), code="stopped")


def _refuse_incomplete_or_early(session: Session, placement: Placement) -> None:
    _refuse_incomplete(session, placement)
    if today_in_helsinki() < placement.starts_on:
        raise TransitionNotAllowed(_l("The first day has not come yet."), code="too_early")


def _refuse_complete(session: Session, placement: Placement) -> None:
    if is_complete(session, placement):
        raise TransitionNotAllowed(_l("Everything is in order: nothing to prepare again."), code="complete")


_GUARDS: Mapping[Guard, Callable[[Session, Placement], None]] = {
    Guard.NOTHING: lambda _session, _placement: None,
    Guard.COMPLETE: _refuse_incomplete,
    Guard.COMPLETE_AND_DUE: _refuse_incomplete_or_early,
    Guard.INCOMPLETE: _refuse_complete,
}


def _stamp(placement: Placement, action: PlacementAction) -> None:
    now, today = utcnow(), today_in_helsinki()
    if action is PlacementAction.MAKE_READY:
        placement.ready_at = now
    elif action is PlacementAction.REOPEN:
        placement.ready_at = None
    elif action is PlacementAction.START:
        ready_on = in_helsinki(placement.ready_at).date() if placement.ready_at else today
        placement.started_on = max(placement.starts_on, ready_on)
    elif action is PlacementAction.BEGIN_ENDING:
        placement.ending_at = now
    elif action is PlacementAction.END:
        placement.over_at, placement.last_day = now, max(placement.started_on or today, min(placement.ends_on, today))
    elif action in {PlacementAction.INTERRUPT, PlacementAction.CANCEL}:
        placement.over_at = now


def is_complete(session: Session, placement: Placement) -> bool:
    """Return whether everybody has signed the text as it is now and no rule stops the start."""
    signed = not missing_roles(placement) and is_as_agreed(placement)
    return signed and not lines_that_stop(checklist(session, placement))


def settle(session: Session, placement: Placement) -> None:
    """Let the service take the step that follows by itself: ready when all is in order, preparing when no longer."""
    if placement.state not in {PlacementState.PREPARING, PlacementState.READY}:
        return
    session.flush()  # the checklist reads other placements, and must see this one as it is now
    complete = is_complete(session, placement)
    service = Actor.system(placement.centre_id)
    if placement.state is PlacementState.PREPARING and complete and signing_roles(placement.kind, is_minor=False):
        move(session, placement, PlacementAction.MAKE_READY, actor=service)
    elif placement.state is PlacementState.READY and not complete:
        move(session, placement, PlacementAction.REOPEN, actor=service)
