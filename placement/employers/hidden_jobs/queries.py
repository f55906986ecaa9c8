"""Reads of talks with employers and of leads, always within one centre."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from placement.employers.hidden_jobs.models import EmployerTalk, Lead
from placement.employers.hidden_jobs.states import OPEN_STATES

TALKS_SHOWN = 20


def find_talk(session: Session, talk_id: int, centre_id: int) -> EmployerTalk | None:
    """Return a talk of the centre, or None."""
    return session.scalar(select(EmployerTalk).where(EmployerTalk.id == talk_id, EmployerTalk.centre_id == centre_id))


def find_lead(session: Session, lead_id: int, centre_id: int) -> Lead | None:
    """Return a lead of the centre with employer, unit, owner and the talk that began it, or None."""
    query = (
        select(Lead)
        .where(Lead.id == lead_id, Lead.centre_id == centre_id)
        .options(
            joinedload(Lead.employer),
            joinedload(Lead.unit),
            joinedload(Lead.owner),
            joinedload(Lead.talk).joinedload(EmployerTalk.staff),
        )
    )
    return session.scalar(query)


def talks_of_employer(session: Session, employer_id: int, *, limit: int = TALKS_SHOWN) -> Sequence[EmployerTalk]:
    """Return the newest talks with an employer, with the worker and the person they talked with."""
    query = (
        select(EmployerTalk)
        .where(EmployerTalk.employer_id == employer_id)
        .options(joinedload(EmployerTalk.staff), joinedload(EmployerTalk.contact), joinedload(EmployerTalk.next_owner))
    )
    return session.scalars(query.order_by(EmployerTalk.held_on.desc(), EmployerTalk.id.desc()).limit(limit)).all()


def open_steps_of_employer(session: Session, employer_id: int) -> Sequence[EmployerTalk]:
    """Return the talks with an employer whose next step is not done, the earliest day first."""
    query = select(EmployerTalk).where(
        EmployerTalk.employer_id == employer_id,
        EmployerTalk.next_on.is_not(None),
        EmployerTalk.next_done_at.is_(None),
    )
    query = query.options(joinedload(EmployerTalk.next_owner))
    return session.scalars(query.order_by(EmployerTalk.next_on, EmployerTalk.id)).all()


def steps_due(session: Session, staff_id: int, *, until: date) -> Sequence[EmployerTalk]:
    """Return the next steps of a worker that are due by a day, with employer, the earliest first."""
    query = (
        select(EmployerTalk)
        .where(
            EmployerTalk.next_owner_id == staff_id,
            EmployerTalk.next_on <= until,
            EmployerTalk.next_done_at.is_(None),
        )
        .options(joinedload(EmployerTalk.employer))
    )
    return session.scalars(query.order_by(EmployerTalk.next_on, EmployerTalk.id)).all()


def leads_due(session: Session, staff_id: int, *, until: date) -> Sequence[Lead]:
    """Return the open leads of a worker whose next date has come by a day, with employer, the earliest first."""
    query = (
        select(Lead)
        .where(Lead.owner_id == staff_id, Lead.next_on <= until, Lead.state.in_(OPEN_STATES))
        .options(joinedload(Lead.employer))
    )
    return session.scalars(query.order_by(Lead.next_on, Lead.id)).all()


def leads_of_employer(session: Session, employer_id: int) -> Sequence[Lead]:
    """Return the open leads at an employer with owners, newest first."""
    query = (
        select(Lead).where(Lead.employer_id == employer_id, Lead.state.in_(OPEN_STATES)).options(joinedload(Lead.owner))
    )
    return session.scalars(query.order_by(Lead.id.desc())).all()


def open_leads(session: Session, centre_id: int) -> Sequence[Lead]:
    """Return every open lead of a centre with employer, owner and the talk that began it."""
    query = (
        select(Lead)
        .where(Lead.centre_id == centre_id, Lead.state.in_(OPEN_STATES))
        .options(joinedload(Lead.employer), joinedload(Lead.owner), joinedload(Lead.talk))
    )
    return session.scalars(query.order_by(Lead.id)).all()


def last_talks(session: Session, employer_ids: Sequence[int]) -> dict[int, date]:
    """Return the day of the last talk with each of these employers, in one query."""
    query = (
        select(EmployerTalk.employer_id, func.max(EmployerTalk.held_on))
        .where(EmployerTalk.employer_id.in_(employer_ids))
        .group_by(EmployerTalk.employer_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}
