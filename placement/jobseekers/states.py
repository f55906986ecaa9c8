"""The lives of a consent and of a request: pure tables that verbs, buttons and tests all read."""

from dataclasses import dataclass

from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l


class ConsentState(LabelledEnum):
    """Where a consent is in its life. One whose last day has passed counts for nothing, whatever its state."""

    ASKED = "asked", _l("Waits for an answer")
    GIVEN = "given", _l("Given")
    REFUSED = "refused", _l("Not given")
    WITHDRAWN = "withdrawn", _l("Taken back")


class ConsentAction(LabelledEnum):
    """A step taken with a consent; every one of them is the young person's own."""

    GIVE = "give", _l("Yes, you may")
    REFUSE = "refuse", _l("No")
    WITHDRAW = "withdraw", _l("Take it back")


@dataclass(frozen=True, slots=True)
class ConsentStep:
    """From which states a step may be taken and where it leads."""

    sources: frozenset[ConsentState]
    target: ConsentState


CONSENT_STEPS: dict[ConsentAction, ConsentStep] = {
    ConsentAction.GIVE: ConsentStep(frozenset({ConsentState.ASKED, ConsentState.REFUSED}), ConsentState.GIVEN),
    ConsentAction.REFUSE: ConsentStep(frozenset({ConsentState.ASKED}), ConsentState.REFUSED),
    ConsentAction.WITHDRAW: ConsentStep(frozenset({ConsentState.GIVEN}), ConsentState.WITHDRAWN),
}


class RequestState(LabelledEnum):
    """Where a request is in its life. One for deletion that is done goes with everything else."""

    OPEN = "open", _l("Waits for Ohjaamo")
    DONE = "done", _l("Done")
    NOT_DONE = "not_done", _l("Not done")
    TAKEN_BACK = "taken_back", _l("Taken back by yourself")
