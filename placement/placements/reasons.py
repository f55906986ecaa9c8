"""Why a placement ends early or never starts: closed lists without anything about health."""

from collections.abc import Mapping

from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l


class Side(LabelledEnum):
    """Whose decision it was."""

    PARTICIPANT = "participant", _l("The young person")
    ORGANISER = "organiser", _l("The employer")
    CENTRE = "centre", _l("Ohjaamo")
    AUTHORITY = "authority", _l("The employment authority")


class StopReason(LabelledEnum):
    """Why it ended early or was cancelled. ``HEALTH`` takes no details, here or anywhere."""

    JOB = "job", _l("Got a job")
    STUDY = "study", _l("Began studies")
    BETTER_PLACE = "better_place", _l("Found a place that suits better")
    DID_NOT_SUIT = "did_not_suit", _l("The work did not suit")
    HEALTH = "health", _l("Health (no details)")
    WORKPLACE = "workplace", _l("A reason at the workplace")
    ABSENCE = "absence", _l("Absences")
    DATES = "dates", _l("The dates did not work out")
    NO_DECISION = "no_decision", _l("No decision, or a decision of no, from the authority")
    OTHER = "other", _l("Another reason")


CANCEL_REASONS = tuple(reason for reason in StopReason if reason is not StopReason.ABSENCE)
INTERRUPT_REASONS = tuple(reason for reason in StopReason if reason not in {StopReason.DATES, StopReason.NO_DECISION})


_R = StopReason
OWN_REASONS: Mapping[Side, tuple[StopReason, ...]] = {
    Side.PARTICIPANT: (_R.JOB, _R.STUDY, _R.BETTER_PLACE, _R.DID_NOT_SUIT, _R.HEALTH, _R.DATES, _R.OTHER),
    Side.ORGANISER: (_R.WORKPLACE, _R.DID_NOT_SUIT, _R.ABSENCE, _R.DATES, _R.OTHER),
}
"""What a side may choose from on its own page. An employer is not asked about anybody's health."""


class ExtensionReason(LabelledEnum):
    """Why a placement goes on under a new agreement."""

    QUESTION_OPEN = "question_open", _l("The question is not answered yet")
    NEW_TASKS = "new_tasks", _l("There are new tasks to try")
    JOB_AHEAD = "job_ahead", _l("A job follows, and time is needed to arrange it")
    OTHER = "other", _l("Another reason")
