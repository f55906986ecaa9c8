"""Reads of suggestions and of what they need, always within one centre or one young person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from placement.employers.models import Employer
from placement.jobseekers.models import Youth
from placement.jobseekers.queries import STRENGTHS_NEEDED, strengths_told
from placement.notifications.models import Message, MessageState
from placement.offers.models import Offer
from placement.offers.states import OPEN_STATES
from placement.suggestions.models import Suggestion
from placement.suggestions.states import ANSWERED_STATES, SuggestionState

LONGEST_NUMBER = 10


@dataclass(frozen=True, slots=True)
class WorkerCounts:
    """How the young people of one worker are doing, as numbers."""

    young_people: int
    waiting: int
    interested: int
    strengths_being_found: int


@dataclass(frozen=True, slots=True)
class CentreCounts:
    """How a centre is doing, as numbers without names."""

    young_people: int
    without_one_adult: int
    waiting: int
    interested: int
    live_offers: int


def suggestions_of_youth(session: Session, youth_id: int) -> Sequence[Suggestion]:
    """Return what has been suggested to a young person, newest first, with offer and sender."""
    query = select(Suggestion).where(Suggestion.youth_id == youth_id).options(*_offer(), joinedload(Suggestion.made_by))
    return session.scalars(query.order_by(Suggestion.sent_at.desc(), Suggestion.id.desc())).all()


def get_suggestion(session: Session, suggestion_id: int, *, youth_id: int, lock: bool = False) -> Suggestion | None:
    """Return one suggestion of a young person with the offer, the sender and the named workers, or None.

    ``lock`` keeps others from answering at the same time, so that the last answer wins cleanly.
    """
    query = select(Suggestion).where(Suggestion.id == suggestion_id, Suggestion.youth_id == youth_id)
    query = query.options(
        *_offer(),
        selectinload(Suggestion.made_by),
        selectinload(Suggestion.youth).selectinload(Youth.one_adult),
        selectinload(Suggestion.youth).selectinload(Youth.deputy),
        selectinload(Suggestion.youth).selectinload(Youth.centre),
    )
    return session.scalar(query.with_for_update(of=Suggestion) if lock else query)


def find_pair(session: Session, *, youth_id: int, offer_id: int) -> Suggestion | None:
    """Return the suggestion of this offer to this young person, if it was ever made."""
    return session.scalar(select(Suggestion).where(Suggestion.youth_id == youth_id, Suggestion.offer_id == offer_id))


def people_in_talks(session: Session, centre_id: int) -> Mapping[int, int]:
    """Return how many young people want to hear more of each offer of the centre."""
    query = (
        select(Suggestion.offer_id, func.count())
        .where(Suggestion.centre_id == centre_id, Suggestion.state == SuggestionState.INTERESTED)
        .group_by(Suggestion.offer_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def contacts_of_employers(session: Session, centre_id: int) -> Mapping[int, int]:
    """Return how many young people an employer hears of or is about to: asked and not answered, or in talks."""
    query = (
        select(Offer.employer_id, func.count())
        .join(Suggestion, Suggestion.offer_id == Offer.id)
        .where(open_offers(centre_id), Suggestion.state.in_((SuggestionState.SENT, SuggestionState.INTERESTED)))
        .group_by(Offer.employer_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def declined_offers(session: Session, youth_ids: Iterable[int]) -> Mapping[int, frozenset[int]]:
    """Return the offers each young person has said no to."""
    query = select(Suggestion.youth_id, Suggestion.offer_id).where(
        Suggestion.youth_id.in_(list(youth_ids)), Suggestion.state == SuggestionState.NOT_FOR_ME
    )
    found: dict[int, set[int]] = {}
    for youth_id, offer_id in session.execute(query):
        found.setdefault(youth_id, set()).add(offer_id)
    return {youth_id: frozenset(offer_ids) for youth_id, offer_ids in found.items()}


def suggested_pairs(session: Session, youth_ids: Iterable[int]) -> frozenset[tuple[int, int]]:
    """Return the pairs of young person and offer that have been suggested already."""
    query = select(Suggestion.youth_id, Suggestion.offer_id).where(Suggestion.youth_id.in_(list(youth_ids)))
    return frozenset((youth_id, offer_id) for youth_id, offer_id in session.execute(query))


def offers_state(session: Session, centre_id: int) -> tuple[object, ...]:
    """Return a mark that changes whenever an open offer of the centre is added, edited or closed.

    It is made of what is visible to the transaction, so that changes which end in another order than they began
    are never missed. ``ix_offer_mark`` holds all of it.
    """
    query = select(
        func.count(), func.max(Offer.updated_at), func.sum(Offer.id), func.sum(Offer.version), func.max(Offer.id)
    ).where(open_offers(centre_id))
    return tuple(session.execute(query).one())


def offers_by_id(session: Session, offer_ids: Iterable[int], centre_id: int) -> Mapping[int, Offer]:
    """Return offers of the centre by id, with employer and unit."""
    query = select(Offer).where(Offer.id.in_(list(offer_ids)), Offer.centre_id == centre_id)
    rows = session.scalars(query.options(joinedload(Offer.employer), joinedload(Offer.unit)))
    return {offer.id: offer for offer in rows}


def find_offers(session: Session, centre_id: int, words: str, *, limit: int) -> Sequence[Offer]:
    """Return offers of the centre in any state whose title or employer holds every word, the newest first.

    A number alone is the number of an offer.
    """
    query = select(Offer).join(Offer.employer).where(Offer.centre_id == centre_id)
    if words.isdecimal():
        query = query.where(Offer.id == (int(words) if len(words) < LONGEST_NUMBER else 0))
    else:
        for word in words.split():
            named = Employer.name.icontains(word, autoescape=True)
            query = query.where(or_(Offer.title.icontains(word, autoescape=True), named))
    query = query.options(joinedload(Offer.employer), joinedload(Offer.unit))
    return session.scalars(query.order_by(Offer.id.desc()).limit(limit)).all()


def new_offers(session: Session, centre_id: int, *, since: datetime, limit: int) -> Sequence[Offer]:
    """Return the open offers published since an instant, newest first, with employer and unit."""
    query = select(Offer).where(open_offers(centre_id), Offer.live_at >= since)
    query = query.options(joinedload(Offer.employer), joinedload(Offer.unit))
    return session.scalars(query.order_by(Offer.live_at.desc(), Offer.id.desc()).limit(limit)).all()


def answers_to_follow_up(session: Session, staff_id: int, *, limit: int) -> Sequence[Suggestion]:
    """Return the answers "I want to hear more" of a worker's young people that wait for a step, oldest first."""
    query = (
        select(Suggestion)
        .join(Suggestion.youth)
        .join(Suggestion.offer)
        .where(
            served_by(staff_id),
            Suggestion.state == SuggestionState.INTERESTED,
            Suggestion.followed_up_at.is_(None),
            Offer.state.in_(OPEN_STATES),
        )
        .options(*_offer(), joinedload(Suggestion.youth))
    )
    return session.scalars(query.order_by(Suggestion.answered_at, Suggestion.id).limit(limit)).all()


def latest_answers(session: Session, staff_id: int, *, since: datetime, limit: int) -> Sequence[Suggestion]:
    """Return the newest answers of the young people of a worker."""
    query = (
        select(Suggestion)
        .join(Suggestion.youth)
        .where(served_by(staff_id), Suggestion.state.in_(ANSWERED_STATES), Suggestion.answered_at >= since)
        .options(*_offer(), joinedload(Suggestion.youth))
    )
    return session.scalars(query.order_by(Suggestion.answered_at.desc(), Suggestion.id.desc()).limit(limit)).all()


def messages_that_failed(
    session: Session, staff_id: int, *, since: datetime, limit: int
) -> Sequence[tuple[Message, Youth]]:
    """Return the newest messages to the young people of a worker that did not arrive."""
    query = (
        select(Message, Youth)
        .join(Youth, Youth.id == Message.youth_id)
        .where(served_by(staff_id), Message.state == MessageState.FAILED, Message.ended_at >= since)
        .order_by(Message.ended_at.desc(), Message.id.desc())
    )
    return [(message, youth) for message, youth in session.execute(query.limit(limit))]


def next_steps_due(session: Session, staff_id: int, *, until: date, limit: int) -> Sequence[Youth]:
    """Return the young people of a worker whose next step is due by a day, the latest first."""
    query = select(Youth).where(served_by(staff_id), Youth.next_on.is_not(None), Youth.next_on <= until)
    return session.scalars(query.order_by(Youth.next_on, Youth.sort_name, Youth.id).limit(limit)).all()


def served_longest_silence_first(session: Session, staff_id: int, *, limit: int) -> Sequence[Youth]:
    """Return young people of a worker to whom places may be suggested, those with the longest silence first.

    Their profiles are not loaded. Who has a break from suggestions is left out.
    """
    order = (Youth.last_contact_on.asc().nulls_first(), Youth.id)
    query = select(Youth).where(served_by(staff_id), Youth.paused_on.is_(None))
    return session.scalars(query.order_by(*order).limit(limit)).all()


def suggestions_of_offer(session: Session, offer_id: int, youth_ids: Iterable[int]) -> Mapping[int, Suggestion]:
    """Return what became of an offer with some young people, by the id of the young person."""
    query = select(Suggestion).where(Suggestion.offer_id == offer_id, Suggestion.youth_id.in_(list(youth_ids)))
    return {suggestion.youth_id: suggestion for suggestion in session.scalars(query)}


def counts_of_worker(session: Session, staff_id: int) -> WorkerCounts:
    """Return the numbers of a worker's young people in two queries."""
    few = case((strengths_told() < STRENGTHS_NEEDED, 1), else_=0)
    people, finding = session.execute(
        select(func.count(), func.coalesce(func.sum(few), 0)).select_from(Youth).where(served_by(staff_id))
    ).one()
    states = _people_by_state(session, served_by(staff_id))
    return WorkerCounts(people, states.get(SuggestionState.SENT, 0), states.get(SuggestionState.INTERESTED, 0), finding)


def counts_of_centre(session: Session, centre_id: int) -> CentreCounts:
    """Return the numbers of a centre; no name is read."""
    here = and_(Youth.centre_id == centre_id, Youth.is_active)
    alone = case((Youth.one_adult_id.is_(None), 1), else_=0)
    people, without = session.execute(
        select(func.count(), func.coalesce(func.sum(alone), 0)).select_from(Youth).where(here)
    ).one()
    states = _people_by_state(session, here)
    live = session.scalar(select(func.count()).select_from(Offer).where(open_offers(centre_id))) or 0
    return CentreCounts(
        people, without, states.get(SuggestionState.SENT, 0), states.get(SuggestionState.INTERESTED, 0), live
    )


def _people_by_state(session: Session, whose: ColumnElement[bool]) -> Mapping[SuggestionState, int]:
    query: Select[SuggestionState, int] = (
        select(Suggestion.state, func.count(Suggestion.youth_id.distinct()))
        .join(Suggestion.youth)
        .join(Suggestion.offer)
        .where(whose, Offer.state.in_(OPEN_STATES))
        .group_by(Suggestion.state)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def open_offers(centre_id: "int | InstrumentedAttribute[int]") -> ColumnElement[bool]:
    """Return the condition that an offer of the centre is open: live, in talks or not, and not paused."""
    return and_(Offer.centre_id == centre_id, Offer.state.in_(OPEN_STATES), Offer.paused_until.is_(None))


def served_by(staff_id: int) -> ColumnElement[bool]:
    """Return the condition that the worker is the one adult or the deputy of an active young person."""
    return and_(Youth.is_active, or_(Youth.one_adult_id == staff_id, Youth.deputy_id == staff_id))


def _offer() -> tuple[ORMOption, ...]:
    return (
        selectinload(Suggestion.offer).joinedload(Offer.employer),
        selectinload(Suggestion.offer).joinedload(Offer.unit),
        selectinload(Suggestion.offer).joinedload(Offer.contact),
    )
