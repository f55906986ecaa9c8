"""What goes by itself, steered by a person: scheduled jobs off and on, a message sent again."""

import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.accounts.permissions import Role
from placement.audit.models import AuditEntry, JobSwitch
from placement.clock import utcnow
from placement.notifications.models import Channel, Message, MessageState
from placement.notifications.services import Receiver, queue_message
from tests.support.factories.centres import make_centre, make_staff
from tests.support.page import PageClient


@pytest.fixture
def lead(session: Session) -> Staff:
    made = make_staff(session, make_centre(session), Role.LEAD)
    session.commit()
    return made


def _message(session: Session, staff: Staff, state: MessageState = MessageState.FAILED) -> Message:
    receiver = Receiver(staff.centre_id, Channel.EMAIL, staff.email, "en", staff_id=staff.id)
    message = queue_message(
        session, name="password_changed", receiver=receiver, dedupe_key=uuid.uuid4().hex, values={"name": "Sari"}
    )
    assert message is not None
    message.state = state
    message.ended_at = None if state is MessageState.PLANNED else utcnow()
    session.commit()
    return message


def test_a_job_is_switched_off_with_a_reason_and_on_again(page: PageClient, session: Session, lead: Staff) -> None:
    page.sign_in(lead)
    page.get("/service/jobs/off?job=send_due_messages")
    assert page.submit("Switch off", reason="", status=422).errors == ["Reason – Write the reason."]
    assert session.get(JobSwitch, "send_due_messages") is None
    page.submit("Switch off", reason="The mail server is being moved.")
    shown = page.get("/service/jobs").text
    assert "Sending is switched off: no message goes out." in shown
    assert "The mail server is being moved." in shown
    page.submit("Switch on: Sending messages")
    assert session.get(JobSwitch, "send_due_messages") is None
    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions[-2:] == ["job.switched_off", "job.switched_on"]


def test_a_job_that_does_not_exist_cannot_be_switched(page: PageClient, lead: Staff) -> None:
    page.sign_in(lead)
    page.get("/service/jobs/off?job=make_coffee", status=404)
    page.get("/service/jobs/off", status=404)


def test_a_message_that_did_not_arrive_is_sent_again_once_for_two_askings(
    page: PageClient, session: Session, lead: Staff
) -> None:
    first = _message(session, lead)
    page.sign_in(lead)
    for _ in range(2):
        page.get(f"/service/messages/{first.id}/again")
        page.submit("Send again", reason="The address was full.")
    messages = session.scalars(select(Message).order_by(Message.id)).all()
    assert [message.state for message in messages] == [MessageState.FAILED, MessageState.PLANNED]
    again = messages[1]
    assert (again.text, again.address) == (first.text, first.address)
    assert again.message_id != first.message_id
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "message.sent_again")).one()
    assert entry.reason == "The address was full."


@pytest.mark.parametrize("state", [MessageState.PLANNED, MessageState.SUPERSEDED])
def test_a_message_that_waits_or_was_replaced_is_not_sent_again(
    page: PageClient, session: Session, lead: Staff, state: MessageState
) -> None:
    message = _message(session, lead, state)
    page.sign_in(lead)
    page.get(f"/service/messages/{message.id}/again", status=404)


def test_what_is_no_longer_true_is_not_sent_again(page: PageClient, session: Session, lead: Staff) -> None:
    message = _message(session, lead)
    page.sign_in(lead)
    page.get(f"/service/messages/{message.id}/again")
    message.precondition = "nobody knows this"
    session.commit()
    page.submit("Send again", reason="Please.", status=409)
    assert session.scalars(select(Message.id)).all() == [message.id]


def test_a_message_of_another_centre_is_not_there(page: PageClient, session: Session, lead: Staff) -> None:
    other = make_staff(session, make_centre(session), Role.LEAD)
    message = _message(session, other)
    page.sign_in(lead)
    page.get(f"/service/messages/{message.id}/again", status=404)
