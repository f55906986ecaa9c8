"""The life of an offer: one table that routes, buttons and tests all read."""

from dataclasses import dataclass
from typing import Any

from placement.accounts.permissions import Permission
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l


class OfferState(LabelledEnum):
    """Where an offer is in its life."""

    DRAFT = "draft", _l("Draft")
    SUBMITTED = "submitted", _l("To be checked")
    CHECKED = "checked", _l("Checked")
    LIVE = "live", _l("Live")
    MATCHED = "matched", _l("In talks")
    FILLED = "filled", _l("Filled")
    WITHDRAWN = "withdrawn", _l("Withdrawn")
    EXPIRED = "expired", _l("Expired")
    REJECTED = "rejected", _l("Not accepted")


class OfferAction(LabelledEnum):
    """A step that a person or a job takes with an offer."""

    SUBMIT = "submit", _l("Send to be checked")
    RETURN = "return", _l("Ask for a correction")
    CHECK = "check", _l("Mark as checked")
    REJECT = "reject", _l("Do not accept")
    PUBLISH = "publish", _l("Publish")
    BEGIN_TALKS = "begin_talks", _l("Begin talks")
    END_TALKS = "end_talks", _l("End talks")
    FILL = "fill", _l("Mark as filled")
    WITHDRAW = "withdraw", _l("Withdraw")
    EXPIRE = "expire", _l("Close as expired")
    REOPEN = "reopen", _l("Open again")

    @property
    def done_label(self) -> Any:
        """The step in words once it has been taken."""
        return _DONE[self]


_DONE = {
    OfferAction.SUBMIT: _l("Sent to be checked"),
    OfferAction.RETURN: _l("Correction asked for"),
    OfferAction.CHECK: _l("Checked"),
    OfferAction.REJECT: _l("Not accepted"),
    OfferAction.PUBLISH: _l("Published"),
    OfferAction.BEGIN_TALKS: _l("Talks began"),
    OfferAction.END_TALKS: _l("Talks ended"),
    OfferAction.FILL: _l("Filled"),
    OfferAction.WITHDRAW: _l("Withdrawn"),
    OfferAction.EXPIRE: _l("Closed as expired"),
    OfferAction.REOPEN: _l("Opened again"),
}


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states a step may be taken, where it leads, who may take it, whether a reason is asked."""

    sources: frozenset[OfferState]
    target: OfferState
    permission: Permission
    employer_may: bool = False
    needs_reason: bool = False


_S = OfferState
_A = OfferAction
_P = Permission

TRANSITIONS: dict[OfferAction, Transition] = {
    _A.SUBMIT: Transition(frozenset({_S.DRAFT}), _S.SUBMITTED, _P.OFFER_EDIT, employer_may=True),
    _A.RETURN: Transition(frozenset({_S.SUBMITTED, _S.CHECKED}), _S.DRAFT, _P.OFFER_CHECK, needs_reason=True),
    _A.CHECK: Transition(frozenset({_S.SUBMITTED}), _S.CHECKED, _P.OFFER_CHECK),
    _A.REJECT: Transition(frozenset({_S.SUBMITTED, _S.CHECKED}), _S.REJECTED, _P.OFFER_CHECK, needs_reason=True),
    _A.PUBLISH: Transition(frozenset({_S.CHECKED}), _S.LIVE, _P.OFFER_CHECK),
    _A.BEGIN_TALKS: Transition(frozenset({_S.LIVE}), _S.MATCHED, _P.SUGGESTION_SEND),
    _A.END_TALKS: Transition(frozenset({_S.MATCHED}), _S.LIVE, _P.SUGGESTION_SEND),
    _A.FILL: Transition(frozenset({_S.LIVE, _S.MATCHED}), _S.FILLED, _P.OFFER_EDIT, employer_may=True),
    _A.WITHDRAW: Transition(
        frozenset({_S.DRAFT, _S.SUBMITTED, _S.CHECKED, _S.LIVE, _S.MATCHED}),
        _S.WITHDRAWN,
        _P.OFFER_EDIT,
        employer_may=True,
        needs_reason=True,
    ),
    _A.EXPIRE: Transition(frozenset({_S.LIVE}), _S.EXPIRED, _P.OFFER_CHECK),
    _A.REOPEN: Transition(
        frozenset({_S.WITHDRAWN, _S.EXPIRED, _S.REJECTED}), _S.SUBMITTED, _P.OFFER_EDIT, employer_may=True
    ),
}

OPEN_STATES = frozenset({_S.LIVE, _S.MATCHED})
NOT_YET_PUBLISHED = frozenset({_S.DRAFT, _S.SUBMITTED, _S.CHECKED})
EDITABLE_STATES = frozenset({_S.DRAFT, _S.SUBMITTED, _S.CHECKED, _S.LIVE, _S.MATCHED})


def possible_actions(state: OfferState) -> tuple[OfferAction, ...]:
    """Return the steps that can be taken from a state, in the order of the table."""
    return tuple(action for action, transition in TRANSITIONS.items() if state in transition.sources)
