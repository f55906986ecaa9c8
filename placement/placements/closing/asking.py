"""Asking both sides at the end, and the young person months later, by message."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.clock import utcnow
from placement.notifications.models import Message
from placement.placements.closing.messages import after_care_asked, closing_asked
from placement.placements.closing.models import AfterCare
from placement.placements.closing.queries import BOTH_SIDES, after_care_of_code, views_of
from placement.placements.kinds import PartyRole
from placement.placements.models import Placement
from placement.placements.parties import party_of, receiver_of, sync_parties
from placement.placements.support_plan.dates import StepCode

REMIND_BEFORE_THE_END = timedelta(days=3)


def ask_for_views(session: Session, placement: Placement, *, today: date) -> int:
    """Ask the sides whose view is missing, and remind once three days before the end; return how many are new."""
    sync_parties(session, placement)  # a job without an agreement has named nobody yet
    given = views_of(session, placement.id)
    round_ = 2 if today >= placement.ends_on - REMIND_BEFORE_THE_END else 1
    count = 0
    for role in BOTH_SIDES:
        party = party_of(placement, role)
        if role in given or party is None or not receiver_of(party, placement).can_be_reached:
            continue
        if not _was_asked(session, placement.id, role, round_):
            count += closing_asked(session, placement=placement, party=party, round_=round_) is not None
    return count


def _was_asked(session: Session, placement_id: int, role: PartyRole, round_: int) -> bool:
    # Looked up here too, so that no link is made for a message that is there already.
    key = f"closing_asked|{placement_id}|{role.value}|{round_}|"
    query = select(Message.id).where(Message.dedupe_key.startswith(key, autoescape=True))
    return session.scalar(query.limit(1)) is not None


def ask_after_care(session: Session, placement: Placement, code: StepCode) -> bool:
    """Ask a young person how it is, once for each question; return whether a message goes out.

    Who cannot be reached is called: the step of the support plan stays open.
    """
    sync_parties(session, placement)
    party = party_of(placement, PartyRole.PARTICIPANT)
    if party is None or after_care_of_code(session, placement.id, code) is not None:
        return False
    if not receiver_of(party, placement).can_be_reached:
        return False
    question = AfterCare(placement_id=placement.id, code=code, asked_at=utcnow())
    session.add(question)
    session.flush()  # the message names the question it belongs to
    return after_care_asked(session, placement=placement, party=party, question=question) is not None
