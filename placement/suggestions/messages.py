"""The messages to young people about suggestions. Each function says who gets what and what makes it one promise."""

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from placement.accounts.models import Centre
from placement.clock import utcnow
from placement.jobseekers.models import Youth
from placement.notifications.models import Channel, Message, MessageState
from placement.notifications.preconditions import register_condition, register_refresh
from placement.notifications.services import Receiver, Timing, queue_message
from placement.notifications.sms_text import shortened
from placement.suggestions.models import Suggestion
from placement.suggestions.states import SuggestionState

LONGEST_SMS_NAME = 16
WORTH_SENDING = timedelta(days=7)
YOUTH_REACHED = "youth_reached"
STILL_SUGGESTED = "still_suggested"


def youth_receiver(youth: Youth) -> Receiver:
    """Return a young person as a receiver by the channel they chose."""
    addresses = {Channel.EMAIL: youth.email, Channel.SMS: youth.phone, Channel.NONE: ""}
    return Receiver(
        centre_id=youth.centre_id,
        channel=youth.channel,
        address=addresses[youth.channel],
        language=youth.language,
        youth_id=youth.id,
    )


def suggestion_sent(
    session: Session, *, youth: Youth, suggestion_id: int, title: str, sender: str, address: str
) -> Message | None:
    """Tell a young person that somebody has found a place for them to look at."""
    return queue_message(
        session,
        name="suggestion_sent",
        receiver=youth_receiver(youth),
        dedupe_key=f"suggestion_sent|{suggestion_id}",
        values={
            "name": youth.first_name,
            "title": title,
            "sender": sender,
            "sms_sender": shortened(sender, LONGEST_SMS_NAME),
            "address": address,
            **_centre(session, youth),
        },
        timing=Timing(not_after=utcnow() + WORTH_SENDING, precondition=STILL_SUGGESTED, precondition_id=suggestion_id),
    )


def new_link(session: Session, *, youth: Youth, address: str, promise: str) -> Message | None:
    """Send a young person a new link in place of one that has ended."""
    return queue_message(
        session,
        name="suggestion_new_link",
        receiver=youth_receiver(youth),
        dedupe_key=f"suggestion_new_link|{promise}",
        values={"name": youth.first_name, "address": address, **_centre(session, youth)},
        timing=Timing(not_after=utcnow() + WORTH_SENDING, precondition=YOUTH_REACHED),
    )


def take_back_message(session: Session, *, suggestion_id: int) -> None:
    """Leave the message about a withdrawn suggestion unsent if it has not gone yet."""
    session.execute(
        update(Message)
        .where(
            Message.dedupe_key.startswith(f"suggestion_sent|{suggestion_id}|", autoescape=True),
            Message.state == MessageState.PLANNED,
        )
        .values(state=MessageState.SUPERSEDED, ended_at=utcnow(), outcome="withdrawn")
    )


def _centre(session: Session, youth: Youth) -> dict[str, str]:
    name, phone = session.execute(select(Centre.name, Centre.phone).where(Centre.id == youth.centre_id)).one()
    return {"centre_name": name, "centre_phone": phone}


def _still_reached(session: Session, message: Message) -> bool:
    """Tell whether the young person is still reached by the channel for which the message was written."""
    youth = session.get(Youth, message.youth_id, populate_existing=True)
    return youth is not None and youth.is_active and youth.channel is message.channel


def _still_suggested(session: Session, message: Message) -> bool:
    suggestion = session.get(Suggestion, message.precondition_id, populate_existing=True)
    is_open = suggestion is not None and suggestion.state is not SuggestionState.WITHDRAWN
    return is_open and _still_reached(session, message)


def _to_present_address(session: Session, message: Message) -> None:
    """Send to the address known now: a message holds a link, and the number may have gone to somebody else."""
    message.address = youth_receiver(session.get_one(Youth, message.youth_id)).address


register_condition(YOUTH_REACHED, _still_reached)
register_condition(STILL_SUGGESTED, _still_suggested)
for _name in ("suggestion_sent", "suggestion_new_link"):
    register_refresh(_name, _to_present_address)
