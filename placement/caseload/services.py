"""Verbs of handing over: planning it for some young people, telling each of them, and the change itself."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.accounts.permissions import Permission, can
from placement.audit.services import Actor, record
from placement.caseload.models import HandOver, HandOverReason
from placement.caseload.queries import open_hand_overs_of
from placement.clock import today_in_helsinki, utcnow
from placement.errors import DomainError, TransitionNotAllowed
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.models import Youth
from placement.placements.queries import placements_looked_after
from placement.placements.services import hand_over


def plan_hand_overs(
    session: Session,
    young_people: Sequence[Youth],
    *,
    to: Staff,
    reason: HandOverReason,
    tell_by: date,
    meet_on: date,
    takes_effect_on: date,
    stays_deputy: bool,
    actor: Actor,
) -> list[HandOver]:
    """Plan a new own adult for some young people at once; nothing changes before each has been told.

    Raises DomainError when a day is out of order, the other worker cannot serve young people, or somebody is
    being handed over already.
    """
    today = today_in_helsinki()
    if not today <= tell_by < takes_effect_on or not today <= meet_on <= takes_effect_on:
        raise DomainError(_l("The young person is told first, then all three meet, then it changes."), code="days")
    if not to.active or not can(to, Permission.YOUTH_VIEW):
        raise DomainError(_l("This worker cannot be an own adult."), code="cannot_serve")
    if open_hand_overs_of(session, [youth.id for youth in young_people]):
        raise DomainError(_l("Somebody of them is being handed over already."), code="handed_over_already")
    made = []
    for youth in young_people:
        if youth.one_adult_id is None or youth.one_adult_id == to.id:
            raise DomainError(_l("Choose young people who have another own adult now."), code="same_adult")
        row = HandOver(
            centre_id=youth.centre_id,
            youth=youth,
            from_id=youth.one_adult_id,
            to_id=to.id,
            reason=reason,
            tell_by=tell_by,
            meet_on=meet_on,
            takes_effect_on=takes_effect_on,
            stays_deputy=stays_deputy,
        )
        session.add(row)
        record(session, actor=actor, action="youth.hand_over_planned", about=row, youth_id=youth.id)
        made.append(row)
    return made


def tell_of_hand_over(session: Session, row: HandOver, *, youth_view: str, actor: Actor) -> None:
    """Keep that the young person has been told, and what they said; a wish of theirs can cancel it."""
    _refuse_unless_open(row)
    row.told_at, row.youth_view = utcnow(), youth_view
    record(session, actor=actor, action="youth.hand_over_told", about=row, youth_id=row.youth_id)


def cancel_hand_over(session: Session, row: HandOver, *, actor: Actor) -> None:
    """Leave the own adult as it is."""
    _refuse_unless_open(row)
    row.cancelled_at = utcnow()
    record(session, actor=actor, action="youth.hand_over_cancelled", about=row, youth_id=row.youth_id)


def carry_out(session: Session, row: HandOver, *, on: date, actor: Actor) -> bool:
    """Change the own adult when the day has come and the young person knows; return whether it was done.

    The row must be loaded with the young person. An own adult who was changed otherwise meanwhile is left. The
    placements that go on and that the earlier adult looks after go along; a colleague's stay with the colleague.
    """
    if row.done_at is not None or row.cancelled_at is not None or row.told_at is None or on < row.takes_effect_on:
        return False
    youth = row.youth
    if youth.one_adult_id != row.from_id:
        row.cancelled_at = utcnow()
        return False
    changes = {"one_adult_id": [youth.one_adult_id, row.to_id]}
    youth.one_adult_id = row.to_id
    if row.stays_deputy or youth.deputy_id == row.to_id:
        youth.deputy_id = row.from_id if row.stays_deputy else None
    row.done_at = utcnow()
    for placement in placements_looked_after(session, youth.id, owner_id=row.from_id):
        hand_over(session, placement, owner_id=row.to_id, actor=actor)
    record(session, actor=actor, action="youth.handed_over", about=youth, youth_id=youth.id, changes=changes)
    return True


def _refuse_unless_open(row: HandOver) -> None:
    if row.done_at is not None or row.cancelled_at is not None:
        raise TransitionNotAllowed(_l("This hand-over is over."))
