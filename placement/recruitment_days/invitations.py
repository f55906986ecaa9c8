"""Inviting young people and employers, and their answers. Places are given under a lock of the day."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.audit.services import Actor, record
from placement.clock import utcnow
from placement.employers.models import EmployerContact
from placement.errors import DomainError
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.models import Youth
from placement.notifications.calendar import Method
from placement.recruitment_days.messages import Post
from placement.recruitment_days.models import DayEmployer, DayInvitation, RecruitmentDay
from placement.recruitment_days.queries import lock_day
from placement.recruitment_days.reminders import nearest_passed, plan_for
from placement.recruitment_days.states import LIST_STATES, DayState, InvitationState
from placement.recruitment_days.waiting_list import free_places, offer_freed_places

ANSWERED = frozenset({InvitationState.COMING, InvitationState.WAITING})


class AnswerNotOpen(DomainError):
    """The day no longer takes this answer."""

    code = "answer_not_open"


def invite_youths(
    session: Session, day: RecruitmentDay, *, youths: Sequence[Youth], actor: Actor
) -> list[DayInvitation]:
    """Invite young people to a day that is open for sign-up; those already invited are left as they are."""
    lock_day(session, day.id)
    if day.state is not DayState.OPEN or utcnow() >= day.starts_at:
        raise AnswerNotOpen(_l("Young people can be invited while the day is open for sign-up."))
    known = set(session.scalars(select(DayInvitation.youth_id).where(DayInvitation.day_id == day.id)))
    now = utcnow()
    posts = []
    for youth in youths:
        if youth.id in known:
            continue
        invitation = DayInvitation(
            uid=str(uuid.uuid4()),
            day_id=day.id,
            youth_id=youth.id,
            invited_by_id=actor.staff_id,
            state=InvitationState.INVITED,
            invited_at=now,
        )
        session.add(invitation)
        record(session, actor=actor, action="day.youth_invited", about=invitation, youth_id=youth.id)
        posts.append(Post(session, day, invitation, youth))
    for post in posts:
        send_invitation(post)
    plan_for(session, day, posts)
    return [post.invited for post in posts if isinstance(post.invited, DayInvitation)]


def invite_employer(session: Session, day: RecruitmentDay, *, contact: EmployerContact, actor: Actor) -> DayEmployer:
    """Invite an employer through one of its contact people."""
    lock_day(session, day.id)
    if day.state not in LIST_STATES | {DayState.PARTNERS} or utcnow() >= day.starts_at:
        raise AnswerNotOpen(_l("Employers can be invited from when you look for partners until the day begins."))
    query = select(DayEmployer).where(DayEmployer.day_id == day.id, DayEmployer.employer_id == contact.employer_id)
    earlier = session.scalar(query)
    if earlier is not None:
        return earlier
    row = DayEmployer(
        uid=str(uuid.uuid4()),
        day_id=day.id,
        employer_id=contact.employer_id,
        contact_id=contact.id,
        invited_by_id=actor.staff_id,
        state=InvitationState.INVITED,
        invited_at=utcnow(),
    )
    session.add(row)
    record(session, actor=actor, action="day.employer_invited", about=row)
    send_invitation(Post(session, day, row, contact))
    return row


def send_invitation(post: Post) -> None:
    """Queue the invitation itself, at the next good hour."""
    is_youth = isinstance(post.invited, DayInvitation)
    post.send(
        "day_invitation" if is_youth else "day_employer_invitation",
        key=f"{post.invited.uid}|{post.day.schedule_version}|invitation",
        timing=post.at_a_good_hour("day_invitation_active" if is_youth else "day_employer_active"),
    )


def answer_invitation(
    session: Session, invitation: DayInvitation, *, coming: bool, needs: str = "", actor: Actor
) -> InvitationState:
    """Take a young person's answer, which they may change until the day begins.

    When every place is taken they are put on the waiting list; a place that becomes free is offered to the
    first who waits, and a yes within the time of the offer takes it.
    Raises AnswerNotOpen when the list is closed or the day has begun.
    """
    day = _locked_for_answer(session, invitation)
    before = invitation.state
    if coming:
        if before not in ANSWERED and day.state is not DayState.OPEN:
            raise AnswerNotOpen(_l("The list of this day is closed. Call us if you would still like to come."))
        if before is not InvitationState.COMING and not _waits_for_an_offer(invitation):
            is_full = not invitation.has_offer and free_places(session, day) <= 0
            invitation.offered_until = None
            _set_answer(invitation, InvitationState.WAITING if is_full else InvitationState.COMING)
    else:
        invitation.offered_until = None
        _set_answer(invitation, InvitationState.NOT_COMING)
    invitation.needs = needs if coming else ""
    if invitation.state is not before:
        changes = {"state": [before.value, invitation.state.value]}
        youth_id = invitation.youth_id
        record(session, actor=actor, action="day.answered", about=invitation, youth_id=youth_id, changes=changes)
    session.flush()  # the answer is counted and read again below
    if coming and invitation.state is not before:
        _confirm(session, day, invitation)
    if not coming and before in ANSWERED:
        offer_freed_places(session, day)
    return invitation.state


def _locked_for_answer(session: Session, row: DayInvitation | DayEmployer) -> RecruitmentDay:
    """Lock the day, so that answers are taken one after the other, and read the row as it is now."""
    day = lock_day(session, row.day_id)
    session.refresh(row)
    allowed = LIST_STATES if isinstance(row, DayInvitation) else LIST_STATES | {DayState.PARTNERS}
    if day.state not in allowed or utcnow() >= day.starts_at:
        raise AnswerNotOpen(_l("This day does not take answers any more."))
    if row.state is InvitationState.WITHDRAWN:
        raise AnswerNotOpen(_l("This invitation is no longer valid."))
    return day


def _waits_for_an_offer(invitation: DayInvitation) -> bool:
    """Whether they stand in the line; who let an offer pass may ask for a place anew."""
    return invitation.state is InvitationState.WAITING and invitation.offered_until is None


def _set_answer(row: DayInvitation | DayEmployer, state: InvitationState) -> None:
    if row.state is not state:
        row.state, row.answered_at = state, utcnow()


def _confirm(session: Session, day: RecruitmentDay, invitation: DayInvitation) -> None:
    """Answer the answer at once, at whatever hour: the person is there just now."""
    post = Post(session, day, invitation, session.get_one(Youth, invitation.youth_id))
    is_coming = invitation.state is InvitationState.COMING
    key = f"{invitation.uid}|{day.schedule_version}|{invitation.answered_at}"
    if is_coming:
        post.send(
            "day_confirmed",
            key=key,
            timing=post.now("day_invitation_coming"),
            calendar=Method.REQUEST,
            values={"missed": nearest_passed(session, post)},
        )
        plan_for(session, day, [post])
    else:
        post.send("day_waiting", key=key, timing=post.now("day_invitation_waiting"))


def answer_for_employer(
    session: Session, row: DayEmployer, *, coming: bool, people: int | None = None, brings: str = "", actor: Actor
) -> InvitationState:
    """Take an employer's answer, with how many come and what they bring; it may be changed until the day begins."""
    day = _locked_for_answer(session, row)
    before = row.state
    _set_answer(row, InvitationState.COMING if coming else InvitationState.NOT_COMING)
    row.people = people if coming else None
    row.brings = brings if coming else ""
    changes = {"state": [before.value, row.state.value], "people": [None, row.people]}
    record(session, actor=actor, action="day.employer_answered", about=row, changes=changes)
    session.flush()  # the planning below reads the answer
    if coming and row.state is not before:
        post = Post(session, day, row, session.get_one(EmployerContact, row.contact_id))
        post.send(
            "day_employer_confirmed",
            key=f"{row.uid}|{day.schedule_version}|{row.answered_at}",
            timing=post.now("day_employer_coming"),
            calendar=Method.REQUEST,
        )
        plan_for(session, day, [post])
    return row.state
