"""How surely an employer answers, fairly for those who were asked only a few times.

Every question sent is evidence: a yes to "answered within 14 days?" or a no once the days are over. Evidence fades with
a half-life of 180 days, and two answered and two unanswered questions stand at the beginning, so that one answer of
one does not beat nine of ten.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

ANSWER_WITHIN = timedelta(days=14)
HALF_LIFE = timedelta(days=180)
PRIOR_ANSWERED = PRIOR_SILENT = 2.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to an employer: when it was sent and when it was answered, if it was."""

    sent_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reliability:
    """How an employer has answered and what has come of it. For staff and for ranking, never a public mark.

    ``rate`` is the smoothed share of questions answered in time, 0-1. ``asked`` counts the questions that are decided:
    answered, or silent for longer than the answer may take. ``days`` is the middle time to an answer.
    """

    rate: float
    asked: int
    in_time: int
    days: float | None
    completed: int


def reliability_of(questions: Iterable[Asked], *, now: datetime, completed: int = 0) -> Reliability:
    """Return the reliability that the questions tell of at an instant; without any, the rate is one half."""
    answered, silent, asked, in_time = PRIOR_ANSWERED, PRIOR_SILENT, 0, 0
    waits = []
    for question in questions:
        if question.answered_at is not None:
            waits.append((question.answered_at - question.sent_at) / timedelta(days=1))
        is_in_time = question.answered_at is not None and question.answered_at <= question.sent_at + ANSWER_WITHIN
        if not is_in_time and now < question.sent_at + ANSWER_WITHIN:
            continue  # the answer may still come in time
        weight = 0.5 ** ((now - question.sent_at) / HALF_LIFE)
        asked += 1
        if is_in_time:
            answered, in_time = answered + weight, in_time + 1
        else:
            silent += weight
    return Reliability(answered / (answered + silent), asked, in_time, median(waits) if waits else None, completed)
