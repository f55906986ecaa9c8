"""Reads of young people, always within one centre."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from placement.accounts.models import Staff
from placement.clock import in_helsinki
from placement.i18n import sort_key
from placement.jobseekers.models import SHOWN_STRENGTH_ANSWERS, OwnWords, StrengthAnswer, Youth

QUIET_DAYS = 21
STRENGTHS_NEEDED = 5
MOST_LOOKALIKES = 5


@dataclass(frozen=True, slots=True)
class YouthRow:
    """A young person in a list, with how many strengths they have told."""

    youth: Youth
    strengths: int


def is_named_worker(staff: Staff, youth: Youth) -> bool:
    """Return whether the worker is the one adult or the deputy of the young person."""
    return staff.id in {youth.one_adult_id, youth.deputy_id}


def strength_count(youth: Youth) -> int:
    """Return how many strengths a young person loaded with their profile has told: cards and linked own words."""
    cards = sum(answer.answer in SHOWN_STRENGTH_ANSWERS for answer in youth.answers)
    return cards + sum(bool(words.card_ids) for words in youth.own_words)


def strengths_told() -> ColumnElement[int]:
    """Return the same count as ``strength_count``, as a column beside a young person."""
    cards = select(func.count()).where(
        StrengthAnswer.youth_id == Youth.id, StrengthAnswer.answer.in_(SHOWN_STRENGTH_ANSWERS)
    )
    is_linked = func.json_array_length(OwnWords.card_ids) > 0
    words = select(func.count()).where(OwnWords.youth_id == Youth.id, is_linked)
    return cards.correlate(Youth).scalar_subquery() + words.correlate(Youth).scalar_subquery()


def quiet_since(youth: Youth) -> date:
    """Return the day of the last contact, or the day the young person was added when there has been none."""
    return youth.last_contact_on or in_helsinki(youth.created_at).date()


def get_youth(session: Session, youth_id: int, centre_id: int) -> Youth | None:
    """Return a young person of the centre without anything around them, or None."""
    return session.scalar(
        select(Youth).where(Youth.id == youth_id, Youth.centre_id == centre_id, Youth.erased_at.is_(None))
    )


def get_youth_with_profile(session: Session, youth_id: int, centre_id: int) -> Youth | None:
    """Return a young person of the centre with answers, own words, one adult and deputy, or None."""
    return session.scalar(_one(youth_id, centre_id).options(*_profile(), *_named_workers()))


def young_people_served_by(session: Session, staff: Staff, *, with_profile: bool = False) -> Sequence[Youth]:
    """Return the young people whose one adult or deputy the worker is, by name."""
    query = _by_name(_of_centre(staff.centre_id).where(_served_by(staff.id))).options(*_named_workers())
    return session.scalars(query.options(*_profile()) if with_profile else query).all()


def youth_page(
    session: Session,
    centre_id: int,
    *,
    served_by: int | None = None,
    search: str = "",
    limit: int,
    offset: int = 0,
) -> tuple[list[YouthRow], int]:
    """Return some rows of the list of young people by name, and how many there are in all.

    ``served_by`` keeps those whose one adult or deputy that worker is.
    """
    query = _of_centre(centre_id)
    if served_by is not None:
        query = query.where(_served_by(served_by))
    for word in search.split():
        query = query.where(Youth.sort_name.contains(sort_key(word), autoescape=True))
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.execute(
        _by_name(query).add_columns(strengths_told()).options(*_named_workers()).limit(limit).offset(offset)
    )
    return [YouthRow(youth, strengths) for youth, strengths in rows], total


def find_lookalikes(
    session: Session,
    centre_id: int,
    *,
    first_name: str,
    last_name: str,
    birth_date: date | None,
    phone: str,
    email: str,
) -> Sequence[Youth]:
    """Return young people of the centre who may be the same person as the one being added.

    The contact details of a person with protected contact are never compared: the answer would give them away.
    """
    same = [and_(Youth.sort_name == name_key(first_name, last_name), Youth.birth_date == birth_date)]
    is_open = Youth.protected_contact.is_(False)
    if phone:
        same.append(and_(is_open, Youth.phone == phone))
    if email:
        same.append(and_(is_open, func.lower(Youth.email) == email.lower()))
    query = _by_name(select(Youth).where(Youth.centre_id == centre_id, or_(*same)))
    return session.scalars(query.options(*_named_workers()).limit(MOST_LOOKALIKES)).all()


def name_key(first_name: str, last_name: str) -> str:
    """Return the text by which a young person stands in lists, as long as its column allows."""
    return sort_key(f"{last_name} {first_name}")[:140]


def _one(youth_id: int, centre_id: int) -> Select[Youth]:
    return select(Youth).where(Youth.id == youth_id, Youth.centre_id == centre_id, Youth.erased_at.is_(None))


def _of_centre(centre_id: int) -> Select[Youth]:
    return select(Youth).where(Youth.centre_id == centre_id, Youth.is_active)


def _served_by(staff_id: int) -> ColumnElement[bool]:
    return or_(Youth.one_adult_id == staff_id, Youth.deputy_id == staff_id)


def _by_name(query: Select[Youth]) -> Select[Youth]:
    return query.order_by(Youth.sort_name, Youth.id)


def _named_workers() -> tuple[ORMOption, ...]:
    return joinedload(Youth.one_adult), joinedload(Youth.deputy)


def _profile() -> tuple[ORMOption, ...]:
    return selectinload(Youth.answers), selectinload(Youth.own_words)
