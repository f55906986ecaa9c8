"""The messages of an introduction. None of them holds anything about the young person: that stands behind the link."""

from datetime import time, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from placement.clock import helsinki_instant, utcnow
from placement.employers.messages import contact_receiver, contact_still_reached, to_present_contact_address
from placement.i18n import LabelledEnum
from placement.introductions.models import Introduction, MeetingKind
from placement.introductions.states import IntroductionState
from placement.jobseekers.messages import YOUTH_REACHED, to_present_youth_address, youth_receiver, youth_still_reached
from placement.notifications.models import Channel, Message, MessageState
from placement.notifications.preconditions import register_condition, register_refresh
from placement.notifications.quiet_hours import outside_quiet_hours
from placement.notifications.services import Receiver, Timing, queue_message
from placement.notifications.sms_text import shortened

WORTH_SENDING = timedelta(days=7)
REMIND_AT = time(10, 0)
SHORT_CENTRE = 20
MEETING_STANDS = "meeting_stands"
CARD_WAITS = "card_waits"
GUARDIAN_WAITS = "guardian_waits"
TIMES_WAIT = "times_wait"
ANSWER_WAITS = "answer_waits"
SIDE_REACHED = "introduced_reached"
WITH_A_LINK = (
    "card_to_approve",
    "introduction_sent",
    "introduction_waits",
    "introduction_times",
    "introduction_times_asked",
    "introduction_new_link",
    "introduction_over",
    "meeting_agreed",
    "meeting_soon",
    "meeting_cancelled",
)


class Side(LabelledEnum):
    """The two who meet."""

    YOUTH = "youth"
    EMPLOYER = "employer"

    def receiver(self, introduction: Introduction) -> Receiver:
        """Return the person of this side as a receiver."""
        return youth_receiver(introduction.youth) if self is Side.YOUTH else contact_receiver(introduction.contact)


def card_to_approve(session: Session, introduction: Introduction, *, address: str) -> Message | None:
    """Ask a young person to read their card and decide."""
    return _queue(
        session,
        introduction,
        "card_to_approve",
        Side.YOUTH,
        promise=f"{introduction.card_version}|{introduction.state_since:%Y%m%d%H%M%S}",
        address=address,
        timing=_soon(CARD_WAITS, introduction),
    )


def guardian_asked(
    session: Session, introduction: Introduction, *, address: str, channel: Channel, to: str, language: str
) -> Message | None:
    """Send a guardian the link to this one matter, to a number or address given for it and kept with it alone."""
    receiver = Receiver(
        centre_id=introduction.centre_id, channel=channel, address=to, language=language, youth_id=introduction.youth_id
    )
    return queue_message(
        session,
        name="guardian_asked",
        receiver=receiver,
        dedupe_key=f"guardian_asked|{introduction.id}|{introduction.card_version}|{utcnow():%Y%m%d%H}",
        values={"address": address, "centre_phone": introduction.centre.phone, "centre_name": introduction.centre.name},
        timing=_soon(GUARDIAN_WAITS, introduction),
    )


def introduction_sent(session: Session, introduction: Introduction, *, address: str) -> Message | None:
    """Tell a contact person that somebody would like to hear more of their place."""
    return _queue(
        session,
        introduction,
        "introduction_sent",
        Side.EMPLOYER,
        promise=str(introduction.card_version),
        address=address,
        timing=_soon(ANSWER_WAITS, introduction),
    )


def introduction_waits(session: Session, introduction: Introduction, *, address: str) -> Message | None:
    """Remind a contact person two days before the day by which an answer was promised, if none has come."""
    if introduction.answer_by is None:
        return None
    due = helsinki_instant(introduction.answer_by - timedelta(days=2), REMIND_AT)
    if due <= utcnow() + timedelta(days=1):
        return None
    end = helsinki_instant(introduction.answer_by + timedelta(days=1), time(0))
    return _queue(
        session,
        introduction,
        "introduction_waits",
        Side.EMPLOYER,
        promise=str(introduction.card_version),
        address=address,
        timing=Timing(due_at=due, not_after=end, precondition=ANSWER_WAITS, precondition_id=introduction.id),
    )


def introduction_times(session: Session, introduction: Introduction, *, address: str) -> Message | None:
    """Tell a young person that the employer wants to meet, and ask them to choose a time."""
    return _queue(
        session,
        introduction,
        "introduction_times",
        Side.YOUTH,
        promise=f"{introduction.version}",
        address=address,
        timing=_soon(TIMES_WAIT, introduction),
    )


def introduction_times_asked(session: Session, introduction: Introduction, *, address: str) -> Message | None:
    """Tell a contact person that none of the times suited; their link asks for new ones."""
    return _queue(
        session,
        introduction,
        "introduction_times_asked",
        Side.EMPLOYER,
        promise=f"{introduction.version}",
        address=address,
        timing=_soon(ANSWER_WAITS, introduction),
    )


def introduction_over(session: Session, introduction: Introduction, *, calendar: str = "") -> Message | None:
    """Tell a contact person that the introduction is over, without a reason and without a name."""
    _leave_unsent(session, introduction)
    return _queue(
        session,
        introduction,
        "introduction_over",
        Side.EMPLOYER,
        promise="1",
        calendar=calendar,
        timing=_soon(SIDE_REACHED, introduction),
    )


def introduction_new_link(
    session: Session, introduction: Introduction, *, address: str, to_youth: bool, promise: str
) -> Message | None:
    """Send a new link in place of one that has ended."""
    side = Side.YOUTH if to_youth else Side.EMPLOYER
    return _queue(
        session,
        introduction,
        "introduction_new_link",
        side,
        promise=promise,
        address=address,
        timing=_soon(YOUTH_REACHED if to_youth else SIDE_REACHED, introduction),
    )


def meeting_message(
    session: Session,
    introduction: Introduction,
    name: str,
    side: Side,
    *,
    address: str = "",
    calendar: str = "",
    timing: Timing | None = None,
) -> Message | None:
    """Tell one side about the agreed time: that it stands, comes soon or is cancelled.

    A cancellation goes out whatever the state is by then; the others only while this very time stands.
    """
    stands = Timing(
        not_after=introduction.meeting_at,
        precondition=SIDE_REACHED if name == "meeting_cancelled" else MEETING_STANDS,
        precondition_id=introduction.id,
        precondition_version=introduction.meeting_sequence,
    )
    return _queue(
        session,
        introduction,
        name,
        side,
        promise=str(introduction.meeting_sequence),
        address=address,
        calendar=calendar,
        timing=timing or stands,
    )


def _soon(condition: str, introduction: Introduction) -> Timing:
    now = utcnow()
    due = outside_quiet_hours(now, event_at=now + WORTH_SENDING)
    return Timing(due_at=due, not_after=now + WORTH_SENDING, precondition=condition, precondition_id=introduction.id)


def _queue(
    session: Session,
    introduction: Introduction,
    name: str,
    side: Side,
    *,
    promise: str,
    timing: Timing,
    address: str = "",
    calendar: str = "",
) -> Message | None:
    return queue_message(
        session,
        name=name,
        receiver=side.receiver(introduction),
        dedupe_key=f"{name}|{introduction.id}|{promise}",
        values=_values(introduction, side) | {"address": address},
        timing=timing,
        calendar=calendar,
    )


def _values(introduction: Introduction, side: Side) -> dict[str, Any]:
    centre = introduction.centre
    is_youth = side is Side.YOUTH
    return {
        "name": introduction.youth.first_name if is_youth else introduction.contact.name,
        "is_youth": is_youth,
        "centre_name": centre.name,
        "short_centre": shortened(centre.name, SHORT_CENTRE),
        "centre_phone": centre.phone,
        "meeting_at": introduction.meeting_at,
        "meeting_place": meeting_where(introduction),
        "answer_by": introduction.answer_by,
    }


def meeting_where(introduction: Introduction) -> Any:
    """Return where they meet: the words of whoever proposed it, else the kind of meeting."""
    if introduction.meeting_place:
        return introduction.meeting_place
    kind = introduction.meeting_kind
    if kind is MeetingKind.CENTRE:
        return introduction.centre.street_address or kind.label
    return kind.label if kind is not None else ""


def _leave_unsent(session: Session, introduction: Introduction) -> None:
    session.execute(
        update(Message)
        .where(
            Message.name.in_(("introduction_sent", "introduction_waits", "introduction_times_asked")),
            Message.precondition_id == introduction.id,
            Message.state == MessageState.PLANNED,
        )
        .values(state=MessageState.SUPERSEDED, ended_at=utcnow(), outcome="over")
    )


def _reached(session: Session, message: Message) -> bool:
    check = youth_still_reached if message.youth_id is not None else contact_still_reached
    return check(session, message)


def _in_state(session: Session, message: Message, *states: IntroductionState) -> bool:
    introduction = session.get(Introduction, message.precondition_id, populate_existing=True)
    return introduction is not None and introduction.state in states and _reached(session, message)


def _card_waits(session: Session, message: Message) -> bool:
    return _in_state(session, message, IntroductionState.ASKED)


def _guardian_waits(session: Session, message: Message) -> bool:
    # The guardian is reached by the address of the message, not by that of the young person.
    introduction = session.get(Introduction, message.precondition_id, populate_existing=True)
    return introduction is not None and introduction.state is IntroductionState.GUARDIAN


def _answer_waits(session: Session, message: Message) -> bool:
    return _in_state(session, message, IntroductionState.SENT)


def _times_wait(session: Session, message: Message) -> bool:
    return _in_state(session, message, IntroductionState.TIMES)


def _meeting_stands(session: Session, message: Message) -> bool:
    introduction = session.get(Introduction, message.precondition_id, populate_existing=True)
    is_this_time = introduction is not None and introduction.meeting_sequence == message.precondition_version
    return is_this_time and _in_state(session, message, IntroductionState.AGREED)


def _to_present_address(session: Session, message: Message) -> None:
    write = to_present_youth_address if message.youth_id is not None else to_present_contact_address
    write(session, message)


register_condition(CARD_WAITS, _card_waits)
register_condition(GUARDIAN_WAITS, _guardian_waits)
register_condition(ANSWER_WAITS, _answer_waits)
register_condition(TIMES_WAIT, _times_wait)
register_condition(MEETING_STANDS, _meeting_stands)
register_condition(SIDE_REACHED, _reached)
for _name in WITH_A_LINK:
    register_refresh(_name, _to_present_address)
