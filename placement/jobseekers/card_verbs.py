"""Answering the cards one at a time: keeping an answer, passing a card by, going back."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from placement.audit.services import Actor
from placement.clock import utcnow
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.models import CardAnswer, CardSkip, Youth
from placement.jobseekers.services import NotAnAnswer, answer_cards
from placement.vocabulary import cards_by_id


def skipped_cards(session: Session, youth_id: int) -> Sequence[str]:
    """Return the cards that a young person has passed by, the earliest first."""
    query = select(CardSkip.card_id).where(CardSkip.youth_id == youth_id)
    return session.scalars(query.order_by(CardSkip.skipped_at, CardSkip.id)).all()


def answer_card(session: Session, youth: Youth, *, card_id: str, answer: CardAnswer, actor: Actor) -> Youth:
    """Keep the answer to one card; the last one counts. Raise NotAnAnswer for an unknown card or a wrong answer."""
    answer_cards(session, youth, answers={card_id: answer}, actor=actor)
    session.execute(delete(CardSkip).where(CardSkip.youth_id == youth.id, CardSkip.card_id == card_id))
    return youth


def skip_card(session: Session, youth: Youth, *, card_id: str) -> None:
    """Pass a card by without an answer. One that has an answer keeps it; raise NotAnAnswer for an unknown card."""
    if card_id not in cards_by_id():
        raise NotAnAnswer(_l("That answer does not belong to this card."))
    if any(row.card_id == card_id for row in youth.answers):
        return
    query = select(CardSkip).where(CardSkip.youth_id == youth.id, CardSkip.card_id == card_id)
    known = session.scalar(query)
    if known is None:
        session.add(CardSkip(youth_id=youth.id, card_id=card_id, skipped_at=utcnow()))
    else:
        known.skipped_at = utcnow()


def card_before(youth: Youth, card_id: str | None) -> str | None:
    """Return the card answered just before this one; for one without an answer, the latest; None at the start."""
    order = sorted(youth.answers, key=lambda row: (row.answered_at, row.id or 0))
    ids = [row.card_id for row in order]
    place = ids.index(card_id) if card_id in ids else len(ids)
    return ids[place - 1] if place > 0 else None


def known_answers(youth: Youth) -> Mapping[str, CardAnswer]:
    """Return the answers of a young person loaded with their profile, by card."""
    return {row.card_id: row.answer for row in youth.answers}
