"""Reads of employers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from placement.accounts.models import LinkPurpose, PersonalLink
from placement.employers.hidden_jobs.models import EmployerTalk
from placement.employers.models import Employer, EmployerContact, EmployerUnit
from placement.employers.search import word_conditions
from placement.vocabulary import distance_km, municipalities_by_code


def find_employer_by_business_id(session: Session, centre_id: int, business_id: str) -> Employer | None:
    """Return the employer of the centre with this business id, if any."""
    # One that was merged has given its business id to the other.
    return session.scalar(select(Employer).where(Employer.centre_id == centre_id, Employer.business_id == business_id))


def find_employer(session: Session, employer_id: int, centre_id: int) -> Employer | None:
    """Return an employer of the centre with owner, units and contact people, or None; not one that was merged."""
    query = (
        select(Employer)
        .where(Employer.id == employer_id, Employer.centre_id == centre_id, Employer.merged_into_id.is_(None))
        .options(joinedload(Employer.owner), selectinload(Employer.units), selectinload(Employer.contacts))
    )
    return session.scalar(query)


def find_contact(session: Session, contact_id: int, centre_id: int) -> EmployerContact | None:
    """Return a contact person of the centre with the employer and its owner, or None."""
    query = (
        select(EmployerContact)
        .where(EmployerContact.id == contact_id, EmployerContact.centre_id == centre_id)
        .options(joinedload(EmployerContact.employer).joinedload(Employer.owner))
    )
    return session.scalar(query)


def active_contacts(session: Session, employer_id: int) -> Sequence[EmployerContact]:
    """Return the people of an employer who are contact people now, by name."""
    query = select(EmployerContact).where(EmployerContact.employer_id == employer_id, EmployerContact.is_active)
    return session.scalars(query.order_by(EmployerContact.name, EmployerContact.id)).all()


def employers_to_ask_again(session: Session, staff_id: int, *, until: date) -> Sequence[Employer]:
    """Return the employers of a worker who asked to be asked again by a day, the earliest first."""
    query = select(Employer).where(
        Employer.owner_id == staff_id, Employer.asks_again_on <= until, Employer.merged_into_id.is_(None)
    )
    return session.scalars(query.order_by(Employer.asks_again_on, Employer.id)).all()


def find_unit(session: Session, unit_id: int, centre_id: int) -> EmployerUnit | None:
    """Return a unit of an employer of the centre, or None."""
    query = (
        select(EmployerUnit)
        .join(EmployerUnit.employer)
        .where(EmployerUnit.id == unit_id, Employer.centre_id == centre_id)
        .options(joinedload(EmployerUnit.employer))
    )
    return session.scalar(query)


def find_contact_link(session: Session, link_id: int, centre_id: int) -> PersonalLink | None:
    """Return a link to the employer's own page given by the centre, or None."""
    query = select(PersonalLink).where(
        PersonalLink.id == link_id,
        PersonalLink.centre_id == centre_id,
        PersonalLink.purpose == LinkPurpose.EMPLOYER_PAGE,
    )
    return session.scalar(query)


def links_of_employer(session: Session, employer_id: int) -> Sequence[PersonalLink]:
    """Return the own-page links of an employer's contact people, newest first."""
    query = (
        select(PersonalLink)
        .join(EmployerContact, EmployerContact.id == PersonalLink.employer_contact_id)
        .where(EmployerContact.employer_id == employer_id, PersonalLink.purpose == LinkPurpose.EMPLOYER_PAGE)
    )
    return session.scalars(query.order_by(PersonalLink.created_at.desc(), PersonalLink.id.desc())).all()


def employers_of_centre(session: Session, centre_id: int) -> Sequence[Employer]:
    """Return every employer of a centre by name, for choosing one."""
    query = select(Employer).where(Employer.centre_id == centre_id, Employer.merged_into_id.is_(None))
    return session.scalars(query.order_by(Employer.sort_name, Employer.id)).all()


def merged_into(session: Session, employer_id: int, centre_id: int) -> int | None:
    """Return the id of the employer into which this one was merged in the end, or None when it was not."""
    seen = None
    query = select(Employer.merged_into_id).where(Employer.centre_id == centre_id)
    following = session.scalar(query.where(Employer.id == employer_id))
    while following is not None:
        seen, following = following, session.scalar(query.where(Employer.id == following))
    return seen


@dataclass(frozen=True, slots=True)
class EmployerFilter:
    """What the list of employers is narrowed to; an empty value does not narrow.

    ``near`` and ``within_km`` go together: the distance is between the centres of two municipalities.
    ``silent_since`` leaves those with whom nobody has talked on that day or later. ``ids`` are those that have
    something above this package, such as offers of a task family.
    """

    words: str = ""
    municipality_code: str = ""
    near: str = ""
    within_km: int | None = None
    owner_id: int | None = None
    silent_since: date | None = None
    ids: frozenset[int] | None = None


def list_employers(
    session: Session, centre_id: int, wanted: EmployerFilter, *, page: int = 1, size: int = 25
) -> tuple[list[Employer], int]:
    """Return one page of the employers of a centre by name, with owners, and how many there are in all.

    Words are looked for in name, line of work and municipality; the beginning of a business id will do too.
    """
    query = select(Employer).where(Employer.centre_id == centre_id, Employer.merged_into_id.is_(None))
    return _page_of(session, query.where(*_conditions(wanted)), page=page, size=size)


def _conditions(wanted: EmployerFilter) -> list[ColumnElement[bool]]:
    conditions = word_conditions(wanted.words)
    if wanted.municipality_code:
        conditions.append(Employer.municipality_code == wanted.municipality_code)
    if wanted.near and wanted.within_km is not None:
        conditions.append(Employer.municipality_code.in_(_within(wanted.near, wanted.within_km)))
    if wanted.owner_id is not None:
        conditions.append(Employer.owner_id == wanted.owner_id)
    if wanted.silent_since is not None:
        talked = select(EmployerTalk.employer_id).where(EmployerTalk.held_on >= wanted.silent_since)
        conditions.append(Employer.id.not_in(talked))
    if wanted.ids is not None:
        conditions.append(Employer.id.in_(wanted.ids))
    return conditions


def _within(near: str, kilometres: int) -> list[str]:
    away = {code: distance_km(near, code) for code in municipalities_by_code()}
    return [code for code, km in away.items() if km is not None and km <= kilometres]


def _page_of(session: Session, query: Select[Employer], *, page: int, size: int) -> tuple[list[Employer], int]:
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.scalars(
        query.options(joinedload(Employer.owner))
        .order_by(Employer.sort_name, Employer.id)
        .limit(size)
        .offset((page - 1) * size)
    ).all()
    return list(rows), total


def municipalities_of_employers(session: Session, centre_id: int) -> Sequence[str]:
    """Return the codes of the municipalities where the centre knows employers."""
    query = select(Employer.municipality_code).where(
        Employer.centre_id == centre_id, Employer.municipality_code.is_not(None), Employer.merged_into_id.is_(None)
    )
    return [code for code in session.scalars(query.distinct().order_by(Employer.municipality_code)) if code]
