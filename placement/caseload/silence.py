"""How long somebody may be without contact before they stand on the page of the day: shorter around a start."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from placement.accounts.models import Staff
from placement.clock import helsinki_instant
from placement.jobseekers.models import Youth
from placement.jobseekers.queries import QUIET_DAYS, quiet_since
from placement.placements.models import Placement
from placement.placements.states import AT_WORK

FIRST_WEEKS = timedelta(days=28)
QUIET_DAYS_AT_FIRST = 5


def quiet_young_people(session: Session, staff: Staff, *, on: date) -> Sequence[Youth]:
    """Return the young people of the worker without contact for too long, the longest silence first.

    That is 21 days, and 5 in the first four weeks of a placement that goes on.
    """
    starting = select(Placement.youth_id).where(*_in_first_weeks(on))
    query = select(Youth).where(
        Youth.centre_id == staff.centre_id,
        Youth.is_active,
        or_(Youth.one_adult_id == staff.id, Youth.deputy_id == staff.id),
        or_(_silent(on, QUIET_DAYS), and_(Youth.id.in_(starting), _silent(on, QUIET_DAYS_AT_FIRST))),
    )
    order = (Youth.last_contact_on.asc().nulls_first(), Youth.sort_name, Youth.id)
    named = joinedload(Youth.one_adult), joinedload(Youth.deputy)
    return session.scalars(query.order_by(*order).options(*named)).all()


def days_of_silence(session: Session, young_people: Iterable[Youth], *, on: date) -> Mapping[int, int]:
    """Return how many days those have been without contact for whom it is too long, by id; one query."""
    people = list(young_people)
    starting = set(
        session.scalars(
            select(Placement.youth_id).where(
                Placement.youth_id.in_([youth.id for youth in people]), *_in_first_weeks(on)
            )
        )
    )
    silent = {youth.id: (on - quiet_since(youth)).days for youth in people}
    return {one: days for one, days in silent.items() if days >= longest_silence(is_starting=one in starting)}


def longest_silence(*, is_starting: bool) -> int:
    """Return after how many days without contact somebody is asked how they are."""
    return QUIET_DAYS_AT_FIRST if is_starting else QUIET_DAYS


def _in_first_weeks(on: date) -> tuple[ColumnElement[bool], ...]:
    return Placement.state.in_(AT_WORK), Placement.starts_on >= on - FIRST_WEEKS


def _silent(on: date, days: int) -> ColumnElement[bool]:
    latest = on - timedelta(days=days)
    added_before = helsinki_instant(latest + timedelta(days=1), time(0))
    never = and_(Youth.last_contact_on.is_(None), Youth.created_at < added_before)
    return or_(Youth.last_contact_on <= latest, never)
