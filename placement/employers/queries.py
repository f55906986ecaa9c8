"""Reads of employers."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from placement.accounts.models import LinkPurpose, PersonalLink
from placement.employers.models import Employer, EmployerContact, EmployerUnit
from placement.i18n import sort_key


def find_employer_by_business_id(session: Session, centre_id: int, business_id: str) -> Employer | None:
    """Return the employer of the centre with this business id, if any."""
    return session.scalar(select(Employer).where(Employer.centre_id == centre_id, Employer.business_id == business_id))


def find_employer(session: Session, employer_id: int, centre_id: int) -> Employer | None:
    """Return an employer of the centre with owner, units and contact people, or None."""
    query = (
        select(Employer)
        .where(Employer.id == employer_id, Employer.centre_id == centre_id)
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
    query = select(Employer).where(Employer.centre_id == centre_id)
    return session.scalars(query.order_by(Employer.sort_name, Employer.id)).all()


def list_employers(
    session: Session,
    centre_id: int,
    *,
    words: str = "",
    municipality_code: str = "",
    owner_id: int | None = None,
    page: int = 1,
    size: int = 25,
) -> tuple[list[Employer], int]:
    """Return one page of the employers of a centre by name, with owners, and how many there are in all.

    Words are looked for in the name and the industry; the beginning of a business id will do too.
    """
    query = select(Employer).where(Employer.centre_id == centre_id)
    for word in words.split():
        query = query.where(_has_word(word))
    if municipality_code:
        query = query.where(Employer.municipality_code == municipality_code)
    if owner_id is not None:
        query = query.where(Employer.owner_id == owner_id)
    return _page_of(session, query, page=page, size=size)


def _has_word(word: str) -> ColumnElement[bool]:
    # The stored key is folded by Python, because the database does not fold å, ä and ö.
    return or_(
        Employer.sort_name.contains(sort_key(word), autoescape=True),
        Employer.industry.icontains(word, autoescape=True),
        Employer.business_id.startswith(word, autoescape=True),
    )


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
        Employer.centre_id == centre_id, Employer.municipality_code.is_not(None)
    )
    return [code for code in session.scalars(query.distinct().order_by(Employer.municipality_code)) if code]
