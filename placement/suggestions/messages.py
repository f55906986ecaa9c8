"""The messages to young people about suggestions. Each function says who gets what and what makes it one promise."""

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from placement.accounts.models import Centre
from placement.clock import utcnow
from placement.jobseekers.messages import (
    YOUTH_REACHED,
    to_present_youth_address,
    youth_receiver,
    youth_still_reached,
)
from placement.jobseekers.models import Youth
from placement.notifications.models import Message, MessageState
from placement.notifications.preconditions import register_condition, register_refresh
from placement.notifications.services import Timing, queue_message
from placement.notifications.sms_text import shortened
from placement.suggestions.models import Suggestion
from placement.suggestions.states import SuggestionState

LONGEST_SMS_NAME = 16
WORTH_SENDING = timedelta(days=7)
STILL_SUGGESTED = "still_suggested"


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


def _still_suggested(session: Session, message: Message) -> bool:
    suggestion = session.get(Suggestion, message.precondition_id, populate_existing=True)
    is_open = suggestion is not None and suggestion.state is not SuggestionState.WITHDRAWN
    return is_open and youth_still_reached(session, message)


register_condition(STILL_SUGGESTED, _still_suggested)
for _name in ("suggestion_sent", "suggestion_new_link"):
    register_refresh(_name, to_present_youth_address)
