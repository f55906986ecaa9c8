"""The waiting list of a day: a free place is offered to one person at a time, for a while, and then to the next.

The caller of everything here holds the lock of the day, so that a place is never offered twice.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from placement.audit.services import Actor, record
from placement.clock import utcnow
from placement.recruitment_days.messages import Post
from placement.recruitment_days.models import DayInvitation, RecruitmentDay
from placement.recruitment_days.queries import lock_day
from placement.recruitment_days.states import LIST_STATES, InvitationState

PLACE_FREED = "day_place_freed"
NEAR = timedelta(hours=48)
OFFER_LASTS = timedelta(hours=24)
OFFER_LASTS_WHEN_NEAR = timedelta(hours=4)


def free_places(session: Session, day: RecruitmentDay) -> int:
    """Return how many places are neither taken nor kept for somebody who has been offered one."""
    query = select(func.count(DayInvitation.id)).where(
        DayInvitation.day_id == day.id,
        or_(DayInvitation.state == InvitationState.COMING, DayInvitation.offered_until > utcnow()),
    )
    return day.capacity - int(session.scalar(query) or 0)


def offer_ends(day: RecruitmentDay, *, told_at: datetime) -> datetime:
    """Return until when a place is kept for somebody who is told of it at an instant.

    A day and a night; four hours when the day begins within 48 hours; never longer than until it begins.
    """
    lasts = OFFER_LASTS_WHEN_NEAR if day.starts_at - told_at < NEAR else OFFER_LASTS
    return min(told_at + lasts, day.starts_at)


def offer_freed_places(session: Session, day: RecruitmentDay) -> list[DayInvitation]:
    """Offer the free places to those who wait, the one who answered first before the others, and tell them."""
    if day.state not in LIST_STATES or utcnow() >= day.starts_at:
        return []
    free = free_places(session, day)
    if free <= 0:
        return []
    lucky = _first_in_line(session, day, free)
    for invitation in lucky:
        post = Post(session, day, invitation, invitation.youth)
        invitation.offered_until = offer_ends(day, told_at=post.at_a_good_hour().due_at or utcnow())
        record(
            session,
            actor=Actor.system(day.centre_id),
            action="day.place_offered",
            about=invitation,
            youth_id=invitation.youth_id,
            changes={"offered_until": [None, invitation.offered_until.isoformat()]},
        )
        tell_of_place(post)
    return list(lucky)


def _first_in_line(session: Session, day: RecruitmentDay, free: int) -> Sequence[DayInvitation]:
    query = (
        select(DayInvitation)
        .where(
            DayInvitation.day_id == day.id,
            DayInvitation.state == InvitationState.WAITING,
            DayInvitation.offered_until.is_(None),
        )
        .options(joinedload(DayInvitation.youth))
        .order_by(DayInvitation.answered_at, DayInvitation.id)
        .limit(free)
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).all()


def pass_on_offers(session: Session, *, day_id: int) -> int:
    """Offer places whose time to be taken has run out to the next in line; return how many were offered.

    Who let an offer pass is not asked again, and may still ask for a place on the page of their link.
    """
    return len(offer_freed_places(session, lock_day(session, day_id)))


def tell_of_place(post: Post) -> None:
    """Tell a young person who was waiting that a place is kept for them, and until when."""
    invitation = post.invited
    if not isinstance(invitation, DayInvitation) or invitation.offered_until is None:
        return
    post.send(
        PLACE_FREED,
        key=f"{invitation.uid}|{post.day.schedule_version}|{invitation.offered_until}",
        timing=post.at_a_good_hour("day_invitation_waiting", until=invitation.offered_until),
        values={"offered_until": invitation.offered_until},
    )
