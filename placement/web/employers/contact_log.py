"""One employer, one caller: what was last agreed, and a warning to whoever else is about to call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.clock import today_in_helsinki
from placement.employers.hidden_jobs.models import EmployerTalk
from placement.employers.hidden_jobs.queries import talks_of_employer
from placement.employers.models import Employer

RECENTLY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class CallerWarning:
    """Why somebody should ask a colleague before calling: who keeps the contact, or who talked lately."""

    owner: Staff | None
    last: EmployerTalk | None
    step: EmployerTalk | None


@dataclass(frozen=True, slots=True)
class StepLine:
    """What was agreed in a talk and is not yet done."""

    talk: EmployerTalk
    late_days: int


def caller_warning(session: Session, employer: Employer, staff: Staff) -> CallerWarning | None:
    """Return the warning for a worker, or None when the employer is theirs or nobody's and nobody talked lately."""
    return warning_from(employer, talks_of_employer(session, employer.id), staff)


def warning_from(employer: Employer, talks: Sequence[EmployerTalk], staff: Staff) -> CallerWarning | None:
    """Do the same with the talks at hand, newest first."""
    if employer.owner_id == staff.id:
        return None
    last = talks[0] if talks else None
    is_recent = last is not None and last.staff_id != staff.id and last.held_on >= today_in_helsinki() - RECENTLY
    if employer.owner is None and not is_recent:
        return None
    return CallerWarning(employer.owner, last, next((line.talk for line in open_steps(talks)), None))


def open_steps(talks: Sequence[EmployerTalk]) -> list[StepLine]:
    """Return what was agreed in these talks and is not done, the earliest day first."""
    on = today_in_helsinki()
    lines = [
        StepLine(talk, max(0, (on - talk.next_on).days))
        for talk in talks
        if talk.next_on is not None and talk.next_done_at is None
    ]
    return sorted(lines, key=lambda line: line.talk.next_on or on)
