"""The life of a placement: one table that routes, buttons, links and tests all read."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from placement.accounts.permissions import Permission
from placement.audit.models import ActorKind
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l


class PlacementState(LabelledEnum):
    """Where a placement is in its life."""

    PLANNED = "planned", _l("Planned")
    PREPARING = "preparing", _l("Being prepared")
    READY = "ready", _l("Ready to start")
    RUNNING = "running", _l("Going on")
    ENDING = "ending", _l("Coming to its end")
    ENDED = "ended", _l("Ended")
    INTERRUPTED = "interrupted", _l("Ended early")
    CANCELLED = "cancelled", _l("Cancelled before the start")


class PlacementAction(LabelledEnum):
    """A step that a person or the service takes with a placement."""

    PREPARE = "prepare", _l("Begin to prepare")
    MAKE_READY = "make_ready", _l("Mark as ready")
    REOPEN = "reopen", _l("Back to preparing")
    START = "start", _l("Note that it has started")
    BEGIN_ENDING = "begin_ending", _l("Begin the closing")
    END = "end", _l("Note that it has ended")
    INTERRUPT = "interrupt", _l("End early")
    CANCEL = "cancel", _l("Cancel")

    @property
    def done_label(self) -> Any:
        """The step in words once it has been taken."""
        return _DONE[self]


_DONE = {
    PlacementAction.PREPARE: _l("Preparing began"),
    PlacementAction.MAKE_READY: _l("Ready to start"),
    PlacementAction.REOPEN: _l("Back to preparing, because something changed"),
    PlacementAction.START: _l("Started"),
    PlacementAction.BEGIN_ENDING: _l("The closing began"),
    PlacementAction.END: _l("Ended"),
    PlacementAction.INTERRUPT: _l("Ended early"),
    PlacementAction.CANCEL: _l("Cancelled before the start"),
}


class Guard(StrEnum):
    """What must be true besides the state before a step is taken."""

    NOTHING = "nothing"
    COMPLETE = "complete"
    """Everybody has signed the text as it is now, and no rule stops the start."""
    COMPLETE_AND_DUE = "complete_and_due"
    """The same, and the first day has come."""
    INCOMPLETE = "incomplete"
    """A signature or a rule that was in order no longer is."""


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states a step may be taken, where it leads, who may take it, and on what condition."""

    sources: frozenset[PlacementState]
    target: PlacementState
    actors: frozenset[ActorKind]
    permission: Permission = Permission.PLACEMENT_EDIT
    guard: Guard = Guard.NOTHING
    needs_reason: bool = False


_S = PlacementState
_A = PlacementAction
_STAFF = frozenset({ActorKind.STAFF})
_SERVICE = frozenset({ActorKind.SYSTEM})
_ANY_SIDE = frozenset({ActorKind.STAFF, ActorKind.YOUTH, ActorKind.EMPLOYER})

TRANSITIONS: Mapping[PlacementAction, Transition] = {
    _A.PREPARE: Transition(frozenset({_S.PLANNED}), _S.PREPARING, _STAFF),
    _A.MAKE_READY: Transition(frozenset({_S.PREPARING}), _S.READY, _STAFF | _SERVICE, guard=Guard.COMPLETE),
    _A.REOPEN: Transition(frozenset({_S.READY}), _S.PREPARING, _STAFF | _SERVICE, guard=Guard.INCOMPLETE),
    _A.START: Transition(frozenset({_S.READY}), _S.RUNNING, _STAFF | _SERVICE, guard=Guard.COMPLETE_AND_DUE),
    _A.BEGIN_ENDING: Transition(frozenset({_S.RUNNING}), _S.ENDING, _STAFF | _SERVICE),
    _A.END: Transition(frozenset({_S.ENDING}), _S.ENDED, _STAFF),
    _A.INTERRUPT: Transition(frozenset({_S.RUNNING, _S.ENDING}), _S.INTERRUPTED, _ANY_SIDE, needs_reason=True),
    _A.CANCEL: Transition(frozenset({_S.PLANNED, _S.PREPARING, _S.READY}), _S.CANCELLED, _ANY_SIDE, needs_reason=True),
}

BEFORE_START = frozenset({_S.PLANNED, _S.PREPARING, _S.READY})
AT_WORK = frozenset({_S.RUNNING, _S.ENDING})
ALIVE = BEFORE_START | AT_WORK
STARTED = AT_WORK | {_S.ENDED, _S.INTERRUPTED}
OVER = frozenset({_S.ENDED, _S.INTERRUPTED, _S.CANCELLED})


def is_allowed(state: PlacementState, action: PlacementAction, actor: ActorKind) -> bool:
    """Return whether this kind of actor may take the step from this state, its guard aside."""
    transition = TRANSITIONS[action]
    return state in transition.sources and actor in transition.actors


def possible_actions(state: PlacementState, actor: ActorKind) -> tuple[PlacementAction, ...]:
    """Return the steps that an actor may take from a state, in the order of the table."""
    return tuple(action for action in TRANSITIONS if is_allowed(state, action, actor))
