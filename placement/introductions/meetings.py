"""The agreed meeting in both calendars, and its reminders. A calendar is often shared: it tells only a time."""

from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from placement.audit.services import Actor
from placement.clock import helsinki_instant, in_helsinki, utcnow
from placement.i18n import gettext, in_language
from placement.introductions.links import make_introduction_link, make_receiver_link
from placement.introductions.messages import MEETING_STANDS, REMIND_AT, Side, introduction_over, meeting_message
from placement.introductions.models import Introduction
from placement.links import sender_address
from placement.notifications.calendar import Attendee, CalendarEvent, Method, calendar_file
from placement.notifications.models import Channel, Message, MessageState
from placement.notifications.services import Timing

SHORT_NOTICE = timedelta(hours=2)


def meeting_calendar(
    introduction: Introduction, side: Side, *, method: Method, attendee: Attendee | None = None
) -> str:
    """Return the calendar file of one side: a neutral title, no name, no place, the same entry each time."""
    if introduction.meeting_at is None or introduction.meeting_minutes is None:
        message = "no meeting is agreed"
        raise ValueError(message)
    event = CalendarEvent(
        uid=f"{introduction.meeting_uid}-{side.value}",
        sequence=introduction.meeting_sequence,
        starts_at=introduction.meeting_at,
        ends_at=introduction.meeting_at + timedelta(minutes=introduction.meeting_minutes),
        title=gettext("Meeting"),
    )
    return calendar_file(event, method=method, attendee=attendee)


def announce_meeting(session: Session, introduction: Introduction) -> None:
    """Tell both sides when they meet, with a calendar file, and plan the reminders."""
    actor = Actor.system(introduction.centre_id)
    addresses = {
        Side.YOUTH: make_introduction_link(session, introduction=introduction, actor=actor),
        Side.EMPLOYER: make_receiver_link(session, introduction=introduction, actor=actor),
    }
    for side, address in addresses.items():
        calendar = _mailed(introduction, side, Method.REQUEST)
        meeting_message(session, introduction, "meeting_agreed", side, address=address, calendar=calendar)
        _plan_reminder(session, introduction, side, address)


def take_back_meeting(session: Session, introduction: Introduction, *, is_over: bool = False) -> None:
    """Take the meeting out of both calendars, leave its reminders unsent, and forget the time.

    When the introduction is over as well, the employer is told both at once.
    """
    _leave_unsent(session, introduction)
    for side in Side:
        calendar = _mailed(introduction, side, Method.CANCEL)
        if is_over and side is Side.EMPLOYER:
            introduction_over(session, introduction, calendar=calendar)
        else:
            meeting_message(session, introduction, "meeting_cancelled", side, calendar=calendar)
    introduction.meeting_sequence += 1
    introduction.meeting_at = introduction.meeting_minutes = None


def _plan_reminder(session: Session, introduction: Introduction, side: Side, address: str) -> None:
    meeting_at = introduction.meeting_at
    if meeting_at is None:
        return
    day_before = in_helsinki(meeting_at).date() - timedelta(days=1)
    due = helsinki_instant(day_before, REMIND_AT)
    if due <= utcnow():
        due = meeting_at - SHORT_NOTICE
    if due <= utcnow():
        return  # the message that it was agreed has just gone
    timing = Timing(
        due_at=due,
        not_after=meeting_at,
        precondition=MEETING_STANDS,
        precondition_id=introduction.id,
        precondition_version=introduction.meeting_sequence,
    )
    meeting_message(session, introduction, "meeting_soon", side, address=address, timing=timing)


def _leave_unsent(session: Session, introduction: Introduction) -> None:
    session.execute(
        update(Message)
        .where(
            Message.name.in_(("meeting_agreed", "meeting_soon")),
            Message.precondition == MEETING_STANDS,
            Message.precondition_id == introduction.id,
            Message.state == MessageState.PLANNED,
        )
        .values(state=MessageState.SUPERSEDED, ended_at=utcnow(), outcome="cancelled")
    )


def _mailed(introduction: Introduction, side: Side, method: Method) -> str:
    receiver = side.receiver(introduction)
    if receiver.channel is not Channel.EMAIL or introduction.meeting_at is None:
        return ""
    centre = introduction.centre
    attendee = Attendee(
        address=receiver.address,
        organiser=centre.email or sender_address(),
        organiser_name=centre.name,
        has_accepted=True,
    )
    with in_language(receiver.language):
        return meeting_calendar(introduction, side, method=method, attendee=attendee)
