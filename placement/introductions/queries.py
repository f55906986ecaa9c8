"""Reads of introductions, always within one centre, one young person or one contact person."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from placement.clock import utcnow
from placement.employers.models import EmployerContact
from placement.introductions.models import CardApproval, Introduction
from placement.introductions.states import OPEN_STATES, TAKEN_STATES, VISIBLE_STATES, IntroductionState
from placement.jobseekers.models import Youth
from placement.offers.models import Offer
from placement.offers.queries import lock_offer
from placement.suggestions.models import Suggestion
from placement.suggestions.states import OPEN_STATES as OPEN_SUGGESTIONS


def get_introduction(
    session: Session, introduction_id: int, *, youth_id: int, lock: bool = False
) -> Introduction | None:
    """Return an introduction of a young person with all around it, or None. ``lock`` lets one answer at a time in."""
    return _one(session, introduction_id, Introduction.youth_id == youth_id, lock=lock)


def get_introduction_to(
    session: Session, introduction_id: int, *, contact_id: int, lock: bool = False
) -> Introduction | None:
    """Return an introduction to a contact person with all around it, or None."""
    return _one(session, introduction_id, Introduction.contact_id == contact_id, lock=lock)


def introductions_shown_to(session: Session, contact_id: int) -> Sequence[Introduction]:
    """Return the introductions that a contact person may be reading now, the one that has waited longest first."""
    query = select(Introduction).where(Introduction.contact_id == contact_id, Introduction.state.in_(VISIBLE_STATES))
    return session.scalars(query.options(*_around()).order_by(Introduction.sent_at, Introduction.id)).all()


def introductions_of_youth(session: Session, youth_id: int) -> Sequence[Introduction]:
    """Return the introductions of a young person, newest first, with the employer, the card and the approvals."""
    query = select(Introduction).where(Introduction.youth_id == youth_id).options(*_around())
    return session.scalars(query.order_by(Introduction.id.desc())).all()


def approvals_of_youth(session: Session, youth_id: int) -> Sequence[CardApproval]:
    """Return what the young person or their guardian has approved or refused to show to whom, newest first."""
    query = (
        select(CardApproval)
        .join(CardApproval.introduction)
        .where(Introduction.youth_id == youth_id)
        .options(joinedload(CardApproval.introduction).joinedload(Introduction.offer))
    )
    return session.scalars(query.order_by(CardApproval.signed_at.desc(), CardApproval.id.desc())).all()


def introductions_of_suggestions(session: Session, youth_id: int) -> Mapping[int, Introduction]:
    """Return the newest introduction of each suggestion of a young person, by the id of the suggestion."""
    query = select(Introduction).where(Introduction.youth_id == youth_id).order_by(Introduction.id)
    return {introduction.suggestion_id: introduction for introduction in session.scalars(query)}


def open_introduction_of(session: Session, suggestion_id: int) -> Introduction | None:
    """Return the introduction of a suggestion that is not over, if any."""
    query = select(Introduction).where(Introduction.suggestion_id == suggestion_id, Introduction.ended_at.is_(None))
    return session.scalar(query)


def is_full(session: Session, offer: Offer) -> bool:
    """Return whether as many young people are being introduced to an offer as it allows at once for all its places.

    The offer is locked meanwhile, so that two workers do not take the last turn both.
    """
    lock_offer(session, offer.id)
    query = select(func.count()).where(Introduction.offer_id == offer.id, Introduction.ended_at.is_(None))
    return (session.scalar(query) or 0) >= offer.talks_cap * offer.places


def contacts_to_introduce_to(session: Session, employer_id: int) -> Sequence[EmployerContact]:
    """Return the contact people of an employer who can get a card, by name."""
    query = select(EmployerContact).where(EmployerContact.employer_id == employer_id, EmployerContact.is_active)
    return session.scalars(query.order_by(EmployerContact.name, EmployerContact.id)).all()


def introductions_of_worker(session: Session, staff_id: int, *, limit: int) -> Sequence[Introduction]:
    """Return the introductions of a worker's young people that are not over, or whose answer waits to be told."""
    query = (
        select(Introduction)
        .join(Introduction.youth)
        .where(_served_by(staff_id), or_(Introduction.state.in_(OPEN_STATES), _not_told_yet()))
        .options(*_listed())
    )
    return session.scalars(query.order_by(Introduction.state_since, Introduction.id).limit(limit)).all()


def others_of_taken_places(session: Session, staff_id: int, *, limit: int) -> Sequence[Suggestion]:
    """Return the suggestions still open of a worker's young people whose every place has gone to somebody else."""
    taken = (
        select(func.count())
        .select_from(Introduction)
        .where(Introduction.offer_id == Offer.id, Introduction.state.in_(TAKEN_STATES))
        .correlate(Offer)
        .scalar_subquery()
    )
    theirs = select(Introduction.suggestion_id).where(Introduction.state.in_(TAKEN_STATES))
    query = (
        select(Suggestion)
        .join(Suggestion.youth)
        .join(Suggestion.offer)
        .where(
            _served_by(staff_id),
            Suggestion.state.in_(OPEN_SUGGESTIONS),
            Suggestion.id.not_in(theirs),
            taken >= Offer.places,
        )
        .options(selectinload(Suggestion.offer).joinedload(Offer.employer), joinedload(Suggestion.youth))
    )
    return session.scalars(query.order_by(Suggestion.id).limit(limit)).all()


def is_taken_by_another(session: Session, suggestion: Suggestion) -> bool:
    """Return whether every place of the suggestion's offer, which must be loaded, has gone to somebody else."""
    query = select(Introduction.suggestion_id).where(
        Introduction.offer_id == suggestion.offer_id, Introduction.state.in_(TAKEN_STATES)
    )
    taken = session.scalars(query).all()
    return suggestion.id not in taken and len(taken) >= suggestion.offer.places


def waiting_for_placement(session: Session, centre_id: int, *, staff_id: int | None = None) -> Sequence[Introduction]:
    """Return the introductions that lead to a placement not begun yet; of one worker's young people if asked."""
    query = (
        select(Introduction)
        .join(Introduction.youth)
        .where(Introduction.centre_id == centre_id, Introduction.state == IntroductionState.CHOSEN)
        .options(*_listed())
    )
    if staff_id is not None:
        query = query.where(_served_by(staff_id))
    return session.scalars(query.order_by(Introduction.state_since, Introduction.id)).all()


def run_out(session: Session, *, limit: int) -> Sequence[Introduction]:
    """Return introductions whose approval has run out while nothing was agreed yet, the oldest first."""
    held = select(CardApproval.introduction_id).where(
        CardApproval.is_yes, CardApproval.revoked_at.is_(None), CardApproval.expires_at > utcnow()
    )
    waiting = (
        IntroductionState.GUARDIAN,
        IntroductionState.APPROVED,
        IntroductionState.SENT,
        IntroductionState.NOT_NOW,
        IntroductionState.TIMES,
    )
    query = select(Introduction).where(Introduction.state.in_(waiting), Introduction.id.not_in(held))
    return session.scalars(
        query.options(*_around(), selectinload(Introduction.events)).order_by(Introduction.id).limit(limit)
    ).all()


def _one(session: Session, introduction_id: int, whose: ColumnElement[bool], *, lock: bool) -> Introduction | None:
    query: Select[Introduction] = select(Introduction).where(Introduction.id == introduction_id, whose)
    query = query.options(*_around(), selectinload(Introduction.events))
    if lock:
        # Another answer may have been given since this session read the row.
        query = query.with_for_update(of=Introduction).execution_options(populate_existing=True)
    return session.scalar(query)


def _around() -> tuple[ORMOption, ...]:
    return (
        selectinload(Introduction.centre),
        selectinload(Introduction.youth).selectinload(Youth.one_adult),
        selectinload(Introduction.youth).selectinload(Youth.deputy),
        selectinload(Introduction.youth).selectinload(Youth.centre),
        selectinload(Introduction.offer).joinedload(Offer.employer),
        selectinload(Introduction.offer).joinedload(Offer.unit),
        selectinload(Introduction.suggestion),
        selectinload(Introduction.contact).joinedload(EmployerContact.employer),
        selectinload(Introduction.made_by),
        selectinload(Introduction.approvals).selectinload(CardApproval.written_down_by),
        selectinload(Introduction.times),
    )


def _listed() -> tuple[ORMOption, ...]:
    return (
        joinedload(Introduction.youth),
        selectinload(Introduction.offer).joinedload(Offer.employer),
        selectinload(Introduction.contact),
    )


def _not_told_yet() -> ColumnElement[bool]:
    return and_(Introduction.state == IntroductionState.DECLINED, Introduction.youth_told_at.is_(None))


def _served_by(staff_id: int) -> ColumnElement[bool]:
    return and_(Youth.is_active, or_(Youth.one_adult_id == staff_id, Youth.deputy_id == staff_id))
