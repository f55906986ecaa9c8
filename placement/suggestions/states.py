"""The life of a suggestion: one table that routes, buttons and tests all read."""

from dataclasses import dataclass

from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l


class SuggestionState(LabelledEnum):
    """Where a suggestion is in its life."""

    SENT = "sent", _l("Waiting for an answer")
    INTERESTED = "interested", _l("Wants to hear more")
    NOT_NOW = "not_now", _l("Not now")
    NOT_FOR_ME = "not_for_me", _l("Not for me")
    WITHDRAWN = "withdrawn", _l("Withdrawn")


class SuggestionAction(LabelledEnum):
    """A step taken with a suggestion."""

    HEAR_MORE = "hear_more", _l("I want to hear more")
    NOT_NOW = "not_now", _l("Not now")
    NOT_FOR_ME = "not_for_me", _l("Not for me")
    UNDO = "undo", _l("Undo the answer")
    WITHDRAW = "withdraw", _l("Withdraw")
    CLOSE = "close", _l("Close kindly, the place has gone")


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states a step may be taken, where it leads, and whose step it is."""

    sources: frozenset[SuggestionState]
    target: SuggestionState
    by_youth: bool


_S = SuggestionState
_ANSWERABLE = frozenset({_S.SENT, _S.INTERESTED, _S.NOT_NOW, _S.NOT_FOR_ME})
ANSWERED_STATES = frozenset({_S.INTERESTED, _S.NOT_NOW, _S.NOT_FOR_ME})

TRANSITIONS: dict[SuggestionAction, Transition] = {
    SuggestionAction.HEAR_MORE: Transition(_ANSWERABLE, _S.INTERESTED, by_youth=True),
    SuggestionAction.NOT_NOW: Transition(_ANSWERABLE, _S.NOT_NOW, by_youth=True),
    SuggestionAction.NOT_FOR_ME: Transition(_ANSWERABLE, _S.NOT_FOR_ME, by_youth=True),
    SuggestionAction.UNDO: Transition(ANSWERED_STATES, _S.SENT, by_youth=True),
    SuggestionAction.WITHDRAW: Transition(frozenset({_S.SENT, _S.NOT_NOW}), _S.WITHDRAWN, by_youth=False),
    SuggestionAction.CLOSE: Transition(frozenset({_S.SENT, _S.INTERESTED, _S.NOT_NOW}), _S.WITHDRAWN, by_youth=False),
}

OPEN_STATES = frozenset({_S.SENT, _S.INTERESTED, _S.NOT_NOW})
ANSWERS = (SuggestionAction.HEAR_MORE, SuggestionAction.NOT_NOW, SuggestionAction.NOT_FOR_ME)
