"""Reads of recruitment days, their invitations, employers and planned messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from placement.employers.models import Employer, EmployerContact
from placement.i18n import sort_key
from placement.jobseekers.models import Youth
from placement.notifications.models import Channel, Message, MessageState
from placement.recruitment_days.models import DayEmployer, DayInvitation, RecruitmentDay
from placement.recruitment_days.states import COMING_STATES, PUBLISHED_STATES, DayState, InvitationState


@dataclass(frozen=True, slots=True)
class DayInBrief:
    """A day with the numbers that lists and headings show."""

    day: RecruitmentDay
    invited: int
    coming: int
    waiting: int
    unanswered: int
    employers_coming: int
    next_reminder_at: datetime | None


def _invitations(*states: InvitationState) -> Select[int]:
    query = select(func.count(DayInvitation.id)).where(DayInvitation.day_id == RecruitmentDay.id)
    return query.where(DayInvitation.state.in_(states))


def _days_in_brief(centre_id: int) -> Select[RecruitmentDay, int, int, int, int, int, datetime | None]:
    state = InvitationState
    employers = select(func.count(DayEmployer.id)).where(
        DayEmployer.day_id == RecruitmentDay.id, DayEmployer.state == state.COMING
    )
    next_reminder = select(func.min(Message.due_at)).where(
        Message.recruitment_day_id == RecruitmentDay.id, Message.state == MessageState.PLANNED
    )
    return select(
        RecruitmentDay,
        _invitations(state.INVITED, state.COMING, state.NOT_COMING, state.WAITING).scalar_subquery(),
        _invitations(state.COMING).scalar_subquery(),
        _invitations(state.WAITING).scalar_subquery(),
        _invitations(state.INVITED).scalar_subquery(),
        employers.scalar_subquery(),
        next_reminder.scalar_subquery(),
    ).where(RecruitmentDay.centre_id == centre_id)


def upcoming_days(session: Session, centre_id: int, *, on: date) -> list[DayInBrief]:
    """Return the centre's days from a date on that are neither over nor cancelled, soonest first."""
    query = _days_in_brief(centre_id).where(RecruitmentDay.held_on >= on, RecruitmentDay.state.in_(COMING_STATES))
    rows = session.execute(query.order_by(RecruitmentDay.starts_at, RecruitmentDay.id))
    return [DayInBrief(*row) for row in rows]


def earlier_days(session: Session, centre_id: int, *, on: date, limit: int, offset: int = 0) -> list[DayInBrief]:
    """Return the days that are over, closed or cancelled, latest first."""
    is_over = (RecruitmentDay.held_on < on) | RecruitmentDay.state.not_in(COMING_STATES)
    query = _days_in_brief(centre_id).where(is_over)
    query = query.order_by(RecruitmentDay.starts_at.desc(), RecruitmentDay.id.desc()).limit(limit).offset(offset)
    return [DayInBrief(*row) for row in session.execute(query)]


def count_earlier_days(session: Session, centre_id: int, *, on: date) -> int:
    """Return how many days ``earlier_days`` has in all."""
    is_over = (RecruitmentDay.held_on < on) | RecruitmentDay.state.not_in(COMING_STATES)
    query = select(func.count(RecruitmentDay.id)).where(RecruitmentDay.centre_id == centre_id, is_over)
    return int(session.scalar(query) or 0)


def find_day_in_brief(session: Session, day_id: int, *, centre_id: int) -> DayInBrief | None:
    """Return a day of the centre with its numbers, if there is one."""
    row = session.execute(_days_in_brief(centre_id).where(RecruitmentDay.id == day_id)).one_or_none()
    return DayInBrief(*row) if row is not None else None


def find_day(session: Session, day_id: int, *, centre_id: int) -> RecruitmentDay | None:
    """Return a day of the centre, if there is one."""
    query = select(RecruitmentDay).where(RecruitmentDay.id == day_id, RecruitmentDay.centre_id == centre_id)
    return session.scalar(query)


def lock_day(session: Session, day_id: int) -> RecruitmentDay:
    """Read a day as it is now and hold it until the transaction ends."""
    session.flush()  # reading it anew must not undo what was just set
    return session.get_one(RecruitmentDay, day_id, with_for_update=True, populate_existing=True)


def days_with_reminders_to_plan(session: Session, *, now: datetime) -> list[int]:
    """Return the ids of the days of all centres that people are invited to and that have not begun."""
    states = PUBLISHED_STATES | {DayState.PARTNERS}
    query = select(RecruitmentDay.id).where(RecruitmentDay.state.in_(states), RecruitmentDay.starts_at > now)
    return list(session.scalars(query.order_by(RecruitmentDay.starts_at, RecruitmentDay.id)))


@dataclass(frozen=True, slots=True)
class NumbersForEmployers:
    """All that an employer learns of the young people beforehand."""

    coming: int
    waiting: int
    employers: int


def numbers_for_employers(session: Session, day_id: int) -> NumbersForEmployers:
    """Return how many are coming to a day."""
    state = InvitationState
    employers = select(func.count(DayEmployer.id)).where(
        DayEmployer.day_id == RecruitmentDay.id, DayEmployer.state == state.COMING
    )
    query = select(
        _invitations(state.COMING).scalar_subquery(),
        _invitations(state.WAITING).scalar_subquery(),
        employers.scalar_subquery(),
    ).where(RecruitmentDay.id == day_id)
    return NumbersForEmployers(*session.execute(query).one())


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invited young person on the list of a day; no address, no number."""

    invitation: DayInvitation
    short_name: str
    is_served_by_reader: bool
    can_be_reached: bool
    last_message: Message | None


def count_invitations(session: Session, day_id: int, *, served_by: int | None = None) -> int:
    """Return how many ``invitations_of_day`` has in all."""
    query = select(func.count(DayInvitation.id)).join(DayInvitation.youth).where(DayInvitation.day_id == day_id)
    return int(session.scalar(only_served(query, served_by)) or 0)


def invitations_of_day(
    session: Session, day_id: int, *, reader_id: int, served_by: int | None = None, limit: int, offset: int = 0
) -> list[InvitationLine]:
    """Return the invited young people by name with their last message; only those served by a worker if given."""
    query = (
        select(DayInvitation)
        .join(DayInvitation.youth)
        .where(DayInvitation.day_id == day_id)
        .options(contains_eager(DayInvitation.youth))
    )
    query = only_served(query, served_by).order_by(Youth.sort_name, DayInvitation.id)
    invitations = session.scalars(query.limit(limit).offset(offset)).all()
    last = _last_messages(session, day_id, [row.youth_id for row in invitations])
    return [
        InvitationLine(
            invitation=row,
            short_name=row.youth.short_name,
            is_served_by_reader=reader_id in {row.youth.one_adult_id, row.youth.deputy_id},
            can_be_reached=row.youth.channel is not Channel.NONE,
            last_message=last.get(row.youth_id),
        )
        for row in invitations
    ]


def only_served(query: Select[Any], served_by: int | None) -> Select[Any]:
    """Limit a query that has joined the young people to those whom a worker serves, if one is given."""
    if served_by is None:
        return query
    return query.where((Youth.one_adult_id == served_by) | (Youth.deputy_id == served_by))


def _last_messages(session: Session, day_id: int, youth_ids: Sequence[int]) -> dict[int, Message]:
    """Return what was last sent, or tried, to each; what still waits or was replaced is left out."""
    hidden = (MessageState.SUPERSEDED, MessageState.PLANNED)
    newest = (
        select(func.max(Message.id))
        .where(Message.recruitment_day_id == day_id, Message.youth_id.in_(youth_ids), Message.state.not_in(hidden))
        .group_by(Message.youth_id)
    )
    messages = session.scalars(select(Message).where(Message.id.in_(newest)))
    return {message.youth_id: message for message in messages if message.youth_id is not None}


def find_invitation(
    session: Session, invitation_id: int, *, day_id: int, served_by: int | None = None
) -> DayInvitation | None:
    """Return an invitation of a day, if there is one that the worker may touch."""
    query = select(DayInvitation).join(DayInvitation.youth)
    query = query.where(DayInvitation.id == invitation_id, DayInvitation.day_id == day_id)
    return cast("DayInvitation | None", session.scalar(only_served(query, served_by)))


def invitable_youths(session: Session, *, centre_id: int, day_id: int, served_by: int | None) -> Sequence[Youth]:
    """Return the active young people of a centre, or of one worker, who are not invited yet, by first name."""
    invited = select(DayInvitation.youth_id).where(DayInvitation.day_id == day_id)
    query = select(Youth).where(Youth.centre_id == centre_id, Youth.is_active, Youth.id.not_in(invited))
    query = query.options(joinedload(Youth.one_adult))
    youths = session.scalars(only_served(query, served_by).order_by(Youth.sort_name, Youth.id))
    # Lists show the first name first, so that is what the eye follows.
    return sorted(youths, key=lambda youth: (sort_key(youth.first_name), youth.sort_name, youth.id))


def invitations_of_youth(session: Session, youth_id: int, *, on: date) -> Sequence[DayInvitation]:
    """Return a young person's invitations to coming days with the day, soonest first."""
    query = (
        select(DayInvitation)
        .join(DayInvitation.day)
        .where(
            DayInvitation.youth_id == youth_id,
            DayInvitation.state != InvitationState.WITHDRAWN,
            RecruitmentDay.held_on >= on,
            RecruitmentDay.state.in_(PUBLISHED_STATES),
        )
        .options(contains_eager(DayInvitation.day))
        .order_by(RecruitmentDay.starts_at, DayInvitation.id)
    )
    return session.scalars(query).all()


def employers_of_day(session: Session, day_id: int) -> Sequence[DayEmployer]:
    """Return the invited employers of a day by name, with the employer and the contact person."""
    query = (
        select(DayEmployer)
        .join(DayEmployer.employer)
        .where(DayEmployer.day_id == day_id)
        .options(contains_eager(DayEmployer.employer), joinedload(DayEmployer.contact))
        .order_by(Employer.sort_name, DayEmployer.id)
    )
    return session.scalars(query).all()


def find_day_employer(session: Session, row_id: int, *, day_id: int) -> DayEmployer | None:
    """Return an employer's invitation to a day, if there is one."""
    return session.scalar(select(DayEmployer).where(DayEmployer.id == row_id, DayEmployer.day_id == day_id))


def invitable_contacts(session: Session, *, centre_id: int, day_id: int) -> Sequence[EmployerContact]:
    """Return the contact people of the centre's employers that are not invited yet, by employer and name."""
    invited = select(DayEmployer.employer_id).where(DayEmployer.day_id == day_id)
    query = (
        select(EmployerContact)
        .join(EmployerContact.employer)
        .where(Employer.centre_id == centre_id, EmployerContact.is_active, Employer.id.not_in(invited))
        .options(contains_eager(EmployerContact.employer))
        .order_by(Employer.sort_name, EmployerContact.name, EmployerContact.id)
    )
    return session.scalars(query).all()


def find_youth_invitation(session: Session, invitation_id: int) -> DayInvitation | None:
    """Return an invitation with its day, centre and young person, for the page of their link."""
    query = select(DayInvitation).where(DayInvitation.id == invitation_id)
    options = (
        joinedload(DayInvitation.day).joinedload(RecruitmentDay.centre),
        joinedload(DayInvitation.youth),
    )
    return session.scalar(query.options(*options))


def find_employer_invitation(session: Session, row_id: int) -> DayEmployer | None:
    """Return an employer's invitation with its day, centre, employer and contact person, for the page of their link."""
    query = select(DayEmployer).where(DayEmployer.id == row_id)
    options = (
        joinedload(DayEmployer.day).joinedload(RecruitmentDay.centre),
        joinedload(DayEmployer.employer),
        joinedload(DayEmployer.contact),
    )
    return session.scalar(query.options(*options))


def place_in_line(session: Session, invitation: DayInvitation) -> int:
    """Return the place on the waiting list, counted from one."""
    before = select(func.count(DayInvitation.id)).where(
        DayInvitation.day_id == invitation.day_id,
        DayInvitation.state == InvitationState.WAITING,
        DayInvitation.offered_until.is_(None),
        (DayInvitation.answered_at < invitation.answered_at)
        | ((DayInvitation.answered_at == invitation.answered_at) & (DayInvitation.id < invitation.id)),
    )
    return int(session.scalar(before) or 0) + 1
