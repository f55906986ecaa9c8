"""The life of a recruitment day and of an invitation to it."""

from dataclasses import dataclass

from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l


class DayState(LabelledEnum):
    """Where a recruitment day is in its life."""

    IDEA = "idea", _l("Idea")
    PARTNERS = "partners", _l("Finding partners")
    OPEN = "open", _l("Open for sign-up")
    FINAL_LIST = "final_list", _l("Final list")
    DAY = "day", _l("Today")
    AFTER = "after", _l("Afterwards")
    CLOSED = "closed", _l("Closed")
    CANCELLED = "cancelled", _l("Cancelled")


class DayAction(LabelledEnum):
    """A step that the coordinator takes with a day."""

    SEEK_PARTNERS = "seek_partners", _l("Begin to look for partners")
    OPEN = "open", _l("Open sign-up")
    CLOSE_LIST = "close_list", _l("Close the list")
    BEGIN = "begin", _l("Begin the day")
    END = "end", _l("End the day")
    CLOSE = "close", _l("Close the day for good")
    CANCEL = "cancel", _l("Cancel the day")


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states a step may be taken, where it leads, whether a reason is asked."""

    sources: frozenset[DayState]
    target: DayState
    needs_reason: bool = False


_S = DayState

TRANSITIONS: dict[DayAction, Transition] = {
    DayAction.SEEK_PARTNERS: Transition(frozenset({_S.IDEA}), _S.PARTNERS),
    DayAction.OPEN: Transition(frozenset({_S.IDEA, _S.PARTNERS, _S.FINAL_LIST}), _S.OPEN),
    DayAction.CLOSE_LIST: Transition(frozenset({_S.OPEN}), _S.FINAL_LIST),
    DayAction.BEGIN: Transition(frozenset({_S.OPEN, _S.FINAL_LIST}), _S.DAY),
    DayAction.END: Transition(frozenset({_S.DAY}), _S.AFTER),
    DayAction.CLOSE: Transition(frozenset({_S.AFTER}), _S.CLOSED),
    DayAction.CANCEL: Transition(
        frozenset({_S.IDEA, _S.PARTNERS, _S.OPEN, _S.FINAL_LIST, _S.DAY}), _S.CANCELLED, needs_reason=True
    ),
}

LIST_STATES = frozenset({_S.OPEN, _S.FINAL_LIST})
PUBLISHED_STATES = frozenset({_S.OPEN, _S.FINAL_LIST, _S.DAY})
COMING_STATES = frozenset({_S.IDEA, _S.PARTNERS, _S.OPEN, _S.FINAL_LIST, _S.DAY})


class InvitationState(LabelledEnum):
    """What an invited person has answered."""

    INVITED = "invited", _l("No answer yet")
    COMING = "coming", _l("Coming")
    NOT_COMING = "not_coming", _l("Cannot come")
    WAITING = "waiting", _l("On the waiting list")
    WITHDRAWN = "withdrawn", _l("Invitation withdrawn")


def possible_actions(state: DayState) -> tuple[DayAction, ...]:
    """Return the steps that can be taken from a state, in the order of the table."""
    return tuple(action for action, transition in TRANSITIONS.items() if state in transition.sources)
