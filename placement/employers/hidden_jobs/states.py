"""The life of a lead: one table that routes, buttons and tests all read.

What comes after an offer, an introduction and a placement, is not kept here: it is read from the offer.
"""

from dataclasses import dataclass

from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l


class LeadState(LabelledEnum):
    """How far a possible job has come on the side of the employer."""

    HEARD = "heard", _l("Heard of")
    CONTACTED = "contacted", _l("Contacted")
    VISITED = "visited", _l("Visited")
    NOTED = "noted", _l("Need noted")
    OFFERED = "offered", _l("Offer made")
    DROPPED = "dropped", _l("Came to nothing")


class LeadAction(LabelledEnum):
    """A step taken with a lead."""

    CONTACT = "contact", _l("Contact")
    VISIT = "visit", _l("Visit")
    NOTE = "note", _l("Note the need")
    OFFER = "offer", _l("Make an offer")
    DROP = "drop", _l("Comes to nothing")
    TAKE_UP = "take_up", _l("Take up again")


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states a step may be taken, where it leads, whether a reason is asked."""

    sources: frozenset[LeadState]
    target: LeadState
    needs_reason: bool = False


_S = LeadState

TRANSITIONS: dict[LeadAction, Transition] = {
    LeadAction.CONTACT: Transition(frozenset({_S.HEARD}), _S.CONTACTED),
    LeadAction.VISIT: Transition(frozenset({_S.HEARD, _S.CONTACTED}), _S.VISITED),
    LeadAction.NOTE: Transition(frozenset({_S.HEARD, _S.CONTACTED, _S.VISITED}), _S.NOTED),
    LeadAction.OFFER: Transition(frozenset({_S.NOTED, _S.OFFERED}), _S.OFFERED),
    LeadAction.DROP: Transition(
        frozenset({_S.HEARD, _S.CONTACTED, _S.VISITED, _S.NOTED, _S.OFFERED}), _S.DROPPED, needs_reason=True
    ),
    LeadAction.TAKE_UP: Transition(frozenset({_S.DROPPED}), _S.NOTED),
}

BEFORE_A_NEED = frozenset({_S.HEARD, _S.CONTACTED, _S.VISITED})
OPEN_STATES = BEFORE_A_NEED | {_S.NOTED, _S.OFFERED}


def possible_actions(state: LeadState) -> tuple[LeadAction, ...]:
    """Return the steps that can be taken from a state, in the order of the table."""
    return tuple(action for action, transition in TRANSITIONS.items() if state in transition.sources)
