"""Where a strength has shown and who saw it; what a placement adds when it closes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.audit.services import Actor, record
from placement.clock import utcnow
from placement.errors import DomainError
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.models import CardAnswer, EvidencePlace, StrengthEvidence, Youth
from placement.jobseekers.services import NotAnAnswer, answer_cards, answers_for
from placement.vocabulary import cards_by_id

MOST_EVIDENCE = 60
RAISES_TO_YES = frozenset({None, CardAnswer.A_LITTLE, CardAnswer.WANT_TO_LEARN})
"""Answers that an observed strength turns into yes. What the young person said not to be, stays as they said."""


@dataclass(frozen=True, slots=True)
class Observed:
    """A strength that somebody saw: which card, and what happened in a few words."""

    card_id: str
    told: str = ""


def evidence_of(session: Session, youth_id: int) -> Sequence[StrengthEvidence]:
    """Return where the strengths of a young person have shown, newest first."""
    query = select(StrengthEvidence).where(StrengthEvidence.youth_id == youth_id)
    return session.scalars(query.order_by(StrengthEvidence.added_at.desc(), StrengthEvidence.id.desc())).all()


def add_evidence(
    session: Session,
    youth: Youth,
    *,
    card_id: str,
    place: EvidencePlace,
    told: str,
    seen_by: str,
    actor: Actor,
    observed_on: date | None = None,
) -> StrengthEvidence:
    """Keep where a strength showed; the same again is kept once.

    Raise NotAnAnswer for a card that is no strength, DomainError when there is more than anybody reads.
    """
    card = cards_by_id().get(card_id)
    if card is None or CardAnswer.YES not in answers_for(card.group):
        raise NotAnAnswer(_l("That answer does not belong to this card."))
    same = select(StrengthEvidence).where(
        StrengthEvidence.youth_id == youth.id,
        StrengthEvidence.card_id == card_id,
        StrengthEvidence.place == place,
        StrengthEvidence.told == told,
        StrengthEvidence.seen_by == seen_by,
    )
    known = session.scalar(same)
    if known is not None:
        return known
    count = select(func.count()).select_from(StrengthEvidence).where(StrengthEvidence.youth_id == youth.id)
    if (session.scalar(count) or 0) >= MOST_EVIDENCE:
        raise DomainError(_l("There is already a lot here. Remove something first."), code="too_much_evidence")
    evidence = StrengthEvidence(
        youth_id=youth.id,
        card_id=card_id,
        place=place,
        told=told,
        seen_by=seen_by,
        observed_on=observed_on,
        added_at=utcnow(),
    )
    session.add(evidence)
    changes = {"card_id": [None, card_id], "place": [None, place.value]}
    record(session, actor=actor, action="youth.evidence_added", about=evidence, youth_id=youth.id, changes=changes)
    return evidence


def remove_evidence(session: Session, evidence: StrengthEvidence, *, actor: Actor) -> None:
    """Forget where a strength showed; the strength itself stays."""
    record(session, actor=actor, action="youth.evidence_removed", about=evidence, youth_id=evidence.youth_id)
    session.delete(evidence)


def add_observed_strengths(
    session: Session,
    youth: Youth,
    observed: Iterable[Observed],
    *,
    young_person_said_yes: bool,
    place: EvidencePlace,
    seen_by: str,
    observed_on: date,
    actor: Actor,
) -> list[StrengthEvidence]:
    """Add strengths that were seen, such as at the closing talk of a placement, each with where and by whom.

    The answers of the young person must be loaded. A card becomes “that's me” unless they have said “not me”:
    their own word stands, and the evidence is kept beside it. Raise DomainError without their yes.
    """
    if not young_person_said_yes:
        raise DomainError(_l("Ask the young person first: strengths are added with their yes."), code="yes_needed")
    kept = [
        add_evidence(
            session,
            youth,
            card_id=one.card_id,
            place=place,
            told=one.told,
            seen_by=seen_by,
            observed_on=observed_on,
            actor=actor,
        )
        for one in observed
    ]
    known = {row.card_id: row.answer for row in youth.answers}
    raised = {one.card_id: CardAnswer.YES for one in kept if known.get(one.card_id) in RAISES_TO_YES}
    answer_cards(session, youth, answers=raised, actor=actor)
    return kept
