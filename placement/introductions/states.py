"""The life of an introduction: one table that services, buttons and tests all read."""

from dataclasses import dataclass

from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l


class Party(LabelledEnum):
    """On which side of an introduction somebody stands."""

    YOUTH = "youth", _l("Young person")
    GUARDIAN = "guardian", _l("Guardian")
    EMPLOYER = "employer", _l("Employer")
    WORKER = "worker", _l("Worker")
    SERVICE = "service", _l("Service")


class IntroductionState(LabelledEnum):
    """Where an introduction is in its life."""

    DRAFT = "draft", _l("The card is being made")
    ASKED = "asked", _l("Waits for the young person’s yes")
    GUARDIAN = "guardian", _l("Waits for the guardian")
    APPROVED = "approved", _l("Approved, not sent yet")
    SENT = "sent", _l("Waits for the employer")
    NOT_NOW = "not_now", _l("The employer said: not now")
    TIMES = "times", _l("A time is being chosen")
    AGREED = "agreed", _l("Meeting agreed")
    CHOSEN = "chosen", _l("Leads to a placement")
    PLACED = "placed", _l("The placement goes on")
    REFUSED = "refused", _l("The young person or the guardian said no")
    DECLINED = "declined", _l("The employer said no")
    REVOKED = "revoked", _l("The card was taken back")
    WITHDRAWN = "withdrawn", _l("Ended by Ohjaamo")
    EXPIRED = "expired", _l("The approval ran out")
    ENDED = "ended", _l("Met, no placement this time")


class IntroductionAction(LabelledEnum):
    """A step taken with an introduction."""

    CHANGE = "change", _l("Change the card")
    CHANGE_OWN = "change_own", _l("Change my card")
    ASK = "ask", _l("Ask the young person")
    APPROVE = "approve", _l("Approve the card")
    APPROVE_AS_MINOR = "approve_as_minor", _l("Approve the card, then the guardian")
    REFUSE = "refuse", _l("Do not show the card")
    GUARDIAN_YES = "guardian_yes", _l("Give permission")
    GUARDIAN_NO = "guardian_no", _l("Do not give permission")
    SEND = "send", _l("Send to the employer")
    WANT_TO_MEET = "want_to_meet", _l("We want to meet")
    SAY_NOT_NOW = "say_not_now", _l("Not now")
    DECLINE = "decline", _l("No, thank you")
    PICK_TIME = "pick_time", _l("Choose a time")
    ASK_OTHER_TIMES = "ask_other_times", _l("None of these times suits")
    CANCEL_MEETING = "cancel_meeting", _l("Cancel the time")
    MEET_AGAIN = "meet_again", _l("They meet again")
    CHOOSE = "choose", _l("Leads to a placement")
    END = "end", _l("No placement this time")
    HAND_ON = "hand_on", _l("Begin the placement")
    REVOKE = "revoke", _l("Take the card back")
    WITHDRAW = "withdraw", _l("End the introduction")
    EXPIRE = "expire", _l("Let the approval run out")


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states a step may be taken, where it leads, whose step it is, whether a reason is asked.

    A worker among the parties writes down what the person said on the spot, on the phone or on paper.
    """

    sources: frozenset[IntroductionState]
    target: IntroductionState
    parties: frozenset[Party]
    needs_reason: bool = False


_S = IntroductionState
_A = IntroductionAction
_BEING_MADE = frozenset({_S.DRAFT, _S.ASKED})
_YOUTH, _GUARDIAN, _WORKER = Party.YOUTH, Party.GUARDIAN, Party.WORKER
_EMPLOYER = frozenset({Party.EMPLOYER, Party.WORKER})

VISIBLE_STATES = frozenset({_S.SENT, _S.NOT_NOW, _S.TIMES, _S.AGREED})
"""In these an employer sees the card, as long as the approval holds."""

OPEN_STATES = VISIBLE_STATES | {_S.DRAFT, _S.ASKED, _S.GUARDIAN, _S.APPROVED, _S.CHOSEN}
REVOCABLE_STATES = VISIBLE_STATES | {_S.GUARDIAN, _S.APPROVED}
TAKEN_STATES = frozenset({_S.CHOSEN, _S.PLACED})
"""The place has been given to this young person."""

TRANSITIONS: dict[IntroductionAction, Transition] = {
    _A.CHANGE: Transition(_BEING_MADE | {_S.GUARDIAN, _S.APPROVED}, _S.DRAFT, frozenset({_WORKER})),
    _A.CHANGE_OWN: Transition(frozenset({_S.ASKED}), _S.ASKED, frozenset({_YOUTH})),
    _A.ASK: Transition(_BEING_MADE, _S.ASKED, frozenset({_WORKER})),
    _A.APPROVE: Transition(_BEING_MADE, _S.APPROVED, frozenset({_YOUTH, _WORKER})),
    _A.APPROVE_AS_MINOR: Transition(_BEING_MADE, _S.GUARDIAN, frozenset({_YOUTH, _WORKER})),
    _A.REFUSE: Transition(_BEING_MADE, _S.REFUSED, frozenset({_YOUTH, _WORKER})),
    _A.GUARDIAN_YES: Transition(frozenset({_S.GUARDIAN}), _S.APPROVED, frozenset({_GUARDIAN, _WORKER})),
    _A.GUARDIAN_NO: Transition(frozenset({_S.GUARDIAN}), _S.REFUSED, frozenset({_GUARDIAN, _WORKER})),
    _A.SEND: Transition(frozenset({_S.APPROVED}), _S.SENT, frozenset({_WORKER})),
    _A.WANT_TO_MEET: Transition(frozenset({_S.SENT, _S.NOT_NOW, _S.TIMES}), _S.TIMES, _EMPLOYER),
    _A.SAY_NOT_NOW: Transition(frozenset({_S.SENT, _S.TIMES}), _S.NOT_NOW, _EMPLOYER),
    _A.DECLINE: Transition(VISIBLE_STATES, _S.DECLINED, _EMPLOYER, needs_reason=True),
    _A.PICK_TIME: Transition(frozenset({_S.TIMES}), _S.AGREED, frozenset({_YOUTH, _WORKER})),
    _A.ASK_OTHER_TIMES: Transition(frozenset({_S.TIMES}), _S.SENT, frozenset({_YOUTH, _WORKER})),
    _A.CANCEL_MEETING: Transition(frozenset({_S.AGREED}), _S.SENT, _EMPLOYER | {_YOUTH}),
    _A.MEET_AGAIN: Transition(frozenset({_S.AGREED}), _S.SENT, frozenset({_WORKER})),
    _A.CHOOSE: Transition(frozenset({_S.TIMES, _S.AGREED}), _S.CHOSEN, frozenset({_WORKER})),
    _A.END: Transition(frozenset({_S.AGREED}), _S.ENDED, frozenset({_WORKER})),
    _A.HAND_ON: Transition(frozenset({_S.CHOSEN}), _S.PLACED, frozenset({_WORKER})),
    _A.REVOKE: Transition(REVOCABLE_STATES, _S.REVOKED, frozenset({_YOUTH, _GUARDIAN, _WORKER})),
    _A.WITHDRAW: Transition(OPEN_STATES, _S.WITHDRAWN, frozenset({_WORKER}), needs_reason=True),
    _A.EXPIRE: Transition(
        frozenset({_S.GUARDIAN, _S.APPROVED, _S.SENT, _S.NOT_NOW, _S.TIMES}),
        _S.EXPIRED,
        frozenset({Party.SERVICE}),
    ),
}


def is_possible(state: IntroductionState, action: IntroductionAction, party: Party) -> bool:
    """Return whether somebody on this side may take the step from the state."""
    transition = TRANSITIONS[action]
    return state in transition.sources and party in transition.parties


def possible_actions(state: IntroductionState, party: Party) -> tuple[IntroductionAction, ...]:
    """Return the steps that somebody on a side can take from a state, in the order of the table."""
    return tuple(action for action in TRANSITIONS if is_possible(state, action, party))
