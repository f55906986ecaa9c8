"""Reads of offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from placement.accounts.models import Staff
from placement.audit.models import ActorKind
from placement.employers.models import Employer
from placement.offers.models import Offer, OfferOrigin
from placement.offers.states import OPEN_STATES, OfferState

ASK_AGAIN_AFTER = timedelta(days=30)
_EMPLOYER_SEES = or_(Offer.state != OfferState.DRAFT, Offer.origin == OfferOrigin.EMPLOYER_LINK)


def get_offer(session: Session, offer_id: int, centre_id: int) -> Offer | None:
    """Return an offer of the centre with employer, unit, contact person and events, or None."""
    query = (
        select(Offer)
        .where(Offer.id == offer_id, Offer.centre_id == centre_id)
        .options(
            joinedload(Offer.employer).selectinload(Employer.contacts),
            joinedload(Offer.employer).selectinload(Employer.units),
            joinedload(Offer.employer).joinedload(Employer.owner),
            joinedload(Offer.unit),
            joinedload(Offer.contact),
            selectinload(Offer.events),
        )
    )
    return session.scalar(query)


def lock_offer(session: Session, offer_id: int) -> None:
    """Let nobody else count or change the talks about an offer until this transaction ends."""
    session.execute(select(Offer.id).where(Offer.id == offer_id).with_for_update())


def offers_to_check(session: Session, centre_id: int) -> Sequence[Offer]:
    """Return the offers that wait to be checked, with employer, the one that has waited longest first."""
    query = (
        select(Offer)
        .where(Offer.centre_id == centre_id, Offer.state == OfferState.SUBMITTED)
        .options(joinedload(Offer.employer))
        .order_by(Offer.submitted_at, Offer.id)
    )
    return session.scalars(query).all()


def offers_not_confirmed(session: Session, centre_id: int, *, on: date) -> Sequence[Offer]:
    """Return the live offers that nobody has said to be open for 30 days, with employer, the oldest first."""
    query = (
        select(Offer)
        .where(
            Offer.centre_id == centre_id,
            Offer.state == OfferState.LIVE,
            Offer.paused_until.is_(None),
            or_(Offer.confirmed_on.is_(None), Offer.confirmed_on <= on - ASK_AGAIN_AFTER),
        )
        .options(joinedload(Offer.employer), joinedload(Offer.contact))
        .order_by(Offer.confirmed_on, Offer.id)
    )
    return session.scalars(query).all()


def offers_of_employer(session: Session, employer_id: int) -> Sequence[Offer]:
    """Return every offer of an employer, newest first."""
    query = select(Offer).where(Offer.employer_id == employer_id)
    return session.scalars(query.order_by(Offer.created_at.desc(), Offer.id.desc())).all()


def offers_told_by_employer(session: Session, employer_id: int) -> Sequence[Offer]:
    """Return what an employer sees on their own page with events, newest first.

    That is all but what staff have only begun to write.
    """
    query = select(Offer).where(Offer.employer_id == employer_id, _EMPLOYER_SEES).options(selectinload(Offer.events))
    return session.scalars(query.order_by(Offer.created_at.desc(), Offer.id.desc())).all()


def offer_told_by_employer(session: Session, offer_id: int, employer_id: int) -> Offer | None:
    """Return one offer that an employer sees, with employer, contact person and events, or None."""
    query = (
        select(Offer)
        .where(Offer.id == offer_id, Offer.employer_id == employer_id, _EMPLOYER_SEES)
        .options(joinedload(Offer.employer), joinedload(Offer.contact), selectinload(Offer.events))
    )
    return session.scalar(query)


def counts_by_state(session: Session, centre_id: int) -> dict[OfferState, int]:
    """Return how many offers of a centre are in each state."""
    query = select(Offer.state, func.count()).where(Offer.centre_id == centre_id).group_by(Offer.state)
    return {row[0]: row[1] for row in session.execute(query)}


def live_counts(session: Session, employer_ids: Sequence[int]) -> dict[int, int]:
    """Return how many live offers, in talks or not, each of these employers has."""
    query = (
        select(Offer.employer_id, func.count())
        .where(Offer.employer_id.in_(employer_ids), Offer.state.in_(OPEN_STATES))
        .group_by(Offer.employer_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def staff_names(session: Session, offer: Offer) -> dict[int, str]:
    """Return the names of the workers who took the steps of an offer, by id."""
    ids = {step.actor_id for step in offer.events if step.actor_kind is ActorKind.STAFF}
    query = select(Staff.id, Staff.first_name, Staff.last_name).where(Staff.id.in_(ids))
    return {row.id: f"{row.first_name} {row.last_name}" for row in session.execute(query)}


@dataclass(frozen=True, slots=True)
class UsedInOffers:
    """What the offers of a centre can be narrowed by."""

    municipality_codes: Sequence[str]
    task_families: Sequence[str]


def used_in_offers(session: Session, centre_id: int) -> UsedInOffers:
    """Return the municipalities and task families that the offers of a centre have."""
    query = select(Offer.municipality_code, Offer.task_family).where(Offer.centre_id == centre_id).distinct()
    pairs = [(row[0], row[1]) for row in session.execute(query)]
    return UsedInOffers(
        sorted({code for code, _family in pairs if code}), sorted({family for _code, family in pairs if family})
    )


def employers_with_task_family(session: Session, centre_id: int, task_family: str) -> frozenset[int]:
    """Return the ids of the employers of a centre that have, or have had, an offer of a task family."""
    query = select(Offer.employer_id).where(Offer.centre_id == centre_id, Offer.task_family == task_family)
    return frozenset(session.scalars(query.distinct()))
