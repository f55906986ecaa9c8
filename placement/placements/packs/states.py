"""The life of a pack: one table that routes, buttons and tests all read."""

from collections.abc import Mapping
from dataclasses import dataclass

from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l


class PackState(LabelledEnum):
    """Where the application is."""

    IDEA = "idea", _l("An idea")
    PACK = "pack", _l("Being filled")
    APPLIED = "applied", _l("Applied for")
    SUPPLEMENT = "supplement", _l("More asked for")
    GRANTED = "granted", _l("Granted")
    REFUSED = "refused", _l("Refused")
    BUDGET_EMPTY = "budget_empty", _l("No money left in the budget")
    CONTRACT = "contract", _l("Contract made")
    RUNNING = "running", _l("Work going on")
    PAID = "paid", _l("Subsidy paid")


class PackAction(LabelledEnum):
    """A step of the application."""

    FILL = "fill", _l("Begin to fill the pack")
    APPLY = "apply", _l("Note that it was applied for")
    ASK_MORE = "ask_more", _l("The authority asked for more")
    SUPPLEMENT = "supplement", _l("Note that more was sent")
    GRANT = "grant", _l("It was granted")
    REFUSE = "refuse", _l("It was refused")
    RUN_OUT = "run_out", _l("There was no money left")
    TRY_AGAIN = "try_again", _l("Try again")
    CONTRACT = "contract", _l("Note the contract")
    START = "start", _l("Note that the work has started")
    PAY = "pay", _l("Note that the subsidy was paid")


@dataclass(frozen=True, slots=True)
class PackTransition:
    """From which states a step leads where, and whether it needs a day."""

    sources: frozenset[PackState]
    target: PackState
    needs_day: bool = True


_S, _A = PackState, PackAction
_WAITS = frozenset({_S.APPLIED, _S.SUPPLEMENT})

PACK_TRANSITIONS: Mapping[PackAction, PackTransition] = {
    _A.FILL: PackTransition(frozenset({_S.IDEA}), _S.PACK, needs_day=False),
    _A.APPLY: PackTransition(frozenset({_S.PACK}), _S.APPLIED),
    _A.ASK_MORE: PackTransition(frozenset({_S.APPLIED}), _S.SUPPLEMENT),
    _A.SUPPLEMENT: PackTransition(frozenset({_S.SUPPLEMENT}), _S.APPLIED, needs_day=False),
    _A.GRANT: PackTransition(_WAITS, _S.GRANTED),
    _A.REFUSE: PackTransition(_WAITS, _S.REFUSED),
    _A.RUN_OUT: PackTransition(_WAITS, _S.BUDGET_EMPTY),
    _A.TRY_AGAIN: PackTransition(frozenset({_S.REFUSED, _S.BUDGET_EMPTY}), _S.PACK, needs_day=False),
    _A.CONTRACT: PackTransition(frozenset({_S.GRANTED}), _S.CONTRACT),
    _A.START: PackTransition(frozenset({_S.CONTRACT}), _S.RUNNING, needs_day=False),
    _A.PAY: PackTransition(frozenset({_S.RUNNING}), _S.PAID),
}

OPEN_STATES = frozenset({_S.IDEA, _S.PACK})
MONEY_COMES = frozenset({_S.GRANTED, _S.CONTRACT, _S.RUNNING})
"""The subsidy is granted and not paid yet: its deadlines hold, whether or not each step has been noted here."""


def possible_pack_actions(state: PackState) -> tuple[PackAction, ...]:
    """Return the steps that may be taken from a state, in the order of the table."""
    return tuple(action for action, transition in PACK_TRANSITIONS.items() if state in transition.sources)
