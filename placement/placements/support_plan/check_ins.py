"""“How is it going?” – asked of both sides, answered with one tap, settled by a worker."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.audit.services import Actor, record
from placement.clock import today_in_helsinki, utcnow
from placement.errors import TransitionNotAllowed
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.services import note_word
from placement.placements.kinds import PartyRole
from placement.placements.models import Placement, PlacementParty
from placement.placements.parties import party_of, receiver_of, sync_parties
from placement.placements.states import AT_WORK
from placement.placements.support_plan.messages import how_is_it_going
from placement.placements.support_plan.models import CheckIn, HowItGoes

ANSWER_COUNTS_FOR = timedelta(days=7)
"""An answer within a week belongs to what was asked; later it is news of its own day."""


def asked_sides(placement: Placement) -> list[PlacementParty]:
    """Return who is asked: the young person, and the guide or else the one who signs for the employer."""
    guide = party_of(placement, PartyRole.GUIDE)
    if guide is None or not receiver_of(guide, placement).can_be_reached:
        guide = party_of(placement, PartyRole.ORGANISER)
    sides = [party_of(placement, PartyRole.PARTICIPANT), guide]
    return [party for party in sides if party is not None]


def ask_how_it_goes(session: Session, placement: Placement) -> list[CheckIn]:
    """Ask both sides of a placement loaded whole today; who cannot be reached is left out.

    Asking again on the same day sends nothing new.
    """
    today = today_in_helsinki()
    sync_parties(session, placement)  # a job without an agreement has named nobody yet
    asked = []
    for party in asked_sides(placement):
        if not receiver_of(party, placement).can_be_reached:
            continue
        known = find_check_in(session, placement.id, party.role, since=today)
        if known is None:
            known = CheckIn(placement_id=placement.id, role=party.role, on=today, asked_at=utcnow())
            session.add(known)
            how_is_it_going(session, placement=placement, party=party, on=today)
        asked.append(known)
    return asked


def find_check_in(session: Session, placement_id: int, role: PartyRole, *, since: date) -> CheckIn | None:
    """Return the newest question to a side, or word from it, on or after a day."""
    query = select(CheckIn).where(CheckIn.placement_id == placement_id, CheckIn.role == role, CheckIn.on >= since)
    return session.scalar(query.order_by(CheckIn.on.desc()).limit(1))


def tell_how_it_goes(
    session: Session, placement: Placement, *, role: PartyRole, answer: HowItGoes, actor: Actor
) -> CheckIn:
    """Take the answer of a side; the last one counts until a worker has settled it.

    Raises TransitionNotAllowed when the placement does not go on.
    """
    if placement.state not in AT_WORK:
        raise TransitionNotAllowed(_l("This is not going on now. Call your contact at Ohjaamo."))
    today = today_in_helsinki()
    known = find_check_in(session, placement.id, role, since=today - ANSWER_COUNTS_FOR)
    if known is None or (known.settled_at is not None and known.on < today):
        known = CheckIn(placement_id=placement.id, role=role, on=today)
        session.add(known)
    known.answer, known.answered_at = answer, utcnow()
    known.settled_at = known.settled_by_id = None
    if role is PartyRole.PARTICIPANT:
        note_word(session, placement.youth_id)
    record(
        session,
        actor=actor,
        action="placement.how_it_goes",
        about=placement,
        youth_id=placement.youth_id,
        changes={"role": role.value, "answer": answer.value},
    )
    return known


def settle_check_in(session: Session, check_in: CheckIn, *, placement: Placement, actor: Actor) -> CheckIn:
    """Note that a worker has called back. Raises TransitionNotAllowed when nobody has answered."""
    if check_in.answer is None:
        raise TransitionNotAllowed(_l("There is no answer yet."))
    check_in.settled_at, check_in.settled_by_id = utcnow(), actor.staff_id
    if check_in.role is PartyRole.PARTICIPANT:
        note_word(session, placement.youth_id)
    record(
        session,
        actor=actor,
        action="placement.called_back",
        about=placement,
        youth_id=placement.youth_id,
        changes={"role": check_in.role.value},
    )
    return check_in
