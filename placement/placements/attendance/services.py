"""Marking the days at work."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.audit.models import ActorKind
from placement.audit.services import Actor, record
from placement.clock import today_in_helsinki, utcnow
from placement.errors import DomainError, TransitionNotAllowed
from placement.i18n import lazy_gettext as _l
from placement.placements.attendance.models import AttendanceDay, DayMark
from placement.placements.models import Placement
from placement.placements.states import STARTED
from placement.placements.support_plan.messages import absence_not_told

LOOK_BACK = timedelta(days=7)
"""How far back those with a link may mark; a worker may mark any day."""
OWN_MARKS = (DayMark.PRESENT, DayMark.TOLD, DayMark.DAY_OFF)
"""What a young person marks of themselves."""
ABSENCE_RULE = "WT-26"


def mark_day(session: Session, placement: Placement, *, on: date, mark: DayMark, actor: Actor) -> AttendanceDay:
    """Mark one day of a placement loaded whole; the last mark counts, and the log keeps the earlier ones.

    An absence that nobody was told of goes to the young person's own adult the same day. Nothing is sent to
    Kela or to the authority. Raises DomainError for a day outside the placement or to come, and
    TransitionNotAllowed before the start or when a young person would change what the workplace has marked.
    """
    _refuse_wrong_day(placement, on, actor)
    row = session.scalar(
        select(AttendanceDay).where(AttendanceDay.placement_id == placement.id, AttendanceDay.on == on)
    )
    if actor.kind is ActorKind.YOUTH:
        _refuse_not_own(row, mark)
    if row is not None and row.mark is mark:
        return row
    before = row.mark.value if row is not None else None
    if row is None:
        row = AttendanceDay(placement_id=placement.id, on=on)
        session.add(row)
    row.mark, row.by_kind, row.by_id, row.marked_at = mark, actor.kind, actor.id, utcnow()
    row.followed_up_at = None
    record(
        session,
        actor=actor,
        action="placement.day_marked",
        about=placement,
        youth_id=placement.youth_id,
        changes={"on": on.isoformat(), "mark": [before, mark.value]},
    )
    adult = placement.youth.one_adult or placement.owner
    if mark is DayMark.ABSENT and adult is not None:
        absence_not_told(session, placement=placement, staff=adult, on=on)
    return row


def _refuse_wrong_day(placement: Placement, on: date, actor: Actor) -> None:
    if placement.state not in STARTED or placement.started_on is None:
        raise TransitionNotAllowed(_l("Days are marked once it has started."))
    today = today_in_helsinki()
    last = min(placement.last_day or placement.ends_on, today)
    earliest = placement.started_on
    if actor.kind is not ActorKind.STAFF:
        earliest = max(earliest, today - LOOK_BACK)
    if not earliest <= on <= last:
        raise DomainError(_l("This day cannot be marked. Ask Ohjaamo if it is wrong."), code="attendance_day")


def _refuse_not_own(row: AttendanceDay | None, mark: DayMark) -> None:
    if mark not in OWN_MARKS:
        raise DomainError(_l("Choose one of the answers."), code="attendance_mark")
    if row is not None and row.by_kind is not ActorKind.YOUTH and row.mark is not mark:
        raise TransitionNotAllowed(
            _l("The workplace or your own adult has marked this day. Talk with them if it is wrong.")
        )


def follow_up_absence(session: Session, row: AttendanceDay, *, placement: Placement, actor: Actor) -> AttendanceDay:
    """Note that a worker has reached the young person about a day away."""
    if row.mark is not DayMark.ABSENT:
        raise TransitionNotAllowed(_l("This day is not marked as away any more."))
    row.followed_up_at = utcnow()
    record(
        session,
        actor=actor,
        action="placement.absence_followed_up",
        about=placement,
        youth_id=placement.youth_id,
        changes={"on": row.on.isoformat()},
    )
    return row
