"""What comes back about a message: words of the gateway in any order, its answers, mails that return."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.clock import utcnow
from placement.notifications.bounces import NotAReport, read_report, take_report
from placement.notifications.gateway_words import (
    ASKED_FOR,
    find_by_reference,
    is_signed,
    signature,
    take_answer,
    take_word,
    uncertain_to_ask_about,
)
from placement.notifications.models import Channel, Message, MessageState
from placement.notifications.sms_gateway import GatewayStatus
from tests.support.factories.centres import make_staff
from tests.support.factories.messages import make_message

S, G = MessageState, GatewayStatus
REPORT = """\
From: mailer-daemon@example.fi
To: sauma@example.fi
Subject: Returned
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.fi

Final-Recipient: rfc822; aino@example.fi
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such person

--b
Content-Type: {original}

Message-ID: {message_id}
Subject: Hello

--b--
"""


@pytest.fixture
def staff(session: Session) -> Staff:
    return make_staff(session)


def _sms(session: Session, staff: Staff, **values: Any) -> Message:
    return make_message(session, centre_id=staff.centre_id, staff_id=staff.id, channel=Channel.SMS, **values)


@given(words=st.lists(st.sampled_from(list(G)), max_size=8))
def test_what_is_known_of_a_message_only_grows(words: list[GatewayStatus]) -> None:
    message = Message(id=1, channel=Channel.SMS, state=S.UNCERTAIN, ended_at=utcnow())
    session = Session()  # nothing is looked up or written: the words are told to the row alone
    ranks = {S.UNCERTAIN: 0, S.SENT: 1, S.FAILED: 2}
    known = 0
    for word in words:
        take_word(session, message, word)
        now = 3 if message.delivered_at else ranks[message.state]
        assert now >= known
        known = now
    told = set(words)
    best = 3 if G.DELIVERED in told else 2 if G.UNDELIVERED in told else 1 if G.ACCEPTED in told else 0
    assert known == best, "the order in which words come does not matter"


def test_an_early_word_is_not_undone_by_the_answer_of_the_try(session: Session, staff: Staff) -> None:
    message = _sms(session, staff, state=S.CLAIMED, ended_at=None, owner="a", lease_until=utcnow())
    assert find_by_reference(session, message.message_id.strip("<>")) is message
    assert find_by_reference(session, "another") is None
    assert take_word(session, message, G.DELIVERED)
    assert not take_word(session, message, G.DELIVERED)
    session.flush()
    assert (message.state, message.owner) == (S.SENT, None)


def test_a_word_is_believed_only_with_the_key() -> None:
    body = b'{"reference": "a", "status": "delivered"}'
    assert is_signed("key", body, signature("key", body))
    assert not is_signed("key", body + b" ", signature("key", body))
    assert not is_signed("another", body, signature("key", body))
    assert not is_signed("", body, signature("", body))
    assert not is_signed("key", body, "ä")


def test_an_uncertain_text_message_is_asked_about_and_only_an_unknown_one_goes_again(
    session: Session, staff: Staff
) -> None:
    due = utcnow() - timedelta(seconds=1)
    arrived, never_there, silent = (_sms(session, staff, state=S.UNCERTAIN, retry_at=due) for _ in range(3))
    _sms(session, staff, state=S.UNCERTAIN, retry_at=None)
    _sms(session, staff, state=S.UNCERTAIN, retry_at=utcnow() + timedelta(minutes=1))
    asked = uncertain_to_ask_about(session, limit=10)
    assert [number for number, _ in asked] == [arrived.id, never_there.id, silent.id]
    assert take_answer(session, message_id=arrived.id, status=G.DELIVERED)
    assert take_answer(session, message_id=never_there.id, status=G.UNKNOWN)
    assert not take_answer(session, message_id=silent.id, status=None)
    session.flush()
    assert (arrived.state, never_there.state, silent.state) == (S.SENT, S.PLANNED, S.UNCERTAIN)
    assert silent.retry_at is not None
    with time_machine.travel(utcnow() + ASKED_FOR):
        take_answer(session, message_id=silent.id, status=None)
    assert silent.retry_at is None, "now a person decides"


def _report(message_id: str, **values: str) -> bytes:
    given = {"action": "failed", "status": "5.1.1", "original": "message/rfc822"} | values
    return REPORT.format(message_id=message_id, **given).encode()


@pytest.mark.parametrize("original", ["message/rfc822", "text/rfc822-headers"])
def test_a_mail_that_comes_back_marks_its_message_and_address(session: Session, staff: Staff, original: str) -> None:
    message = make_message(session, centre_id=staff.centre_id, staff_id=staff.id)
    content = _report(message.message_id, original=original)
    for _twice in range(2):
        assert take_report(session, read_report(content)) is message
        session.flush()
    assert (message.state, message.address_is_bad) == (S.FAILED, True)
    assert message.outcome == "came back: smtp; 550 5.1.1 no such person"


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"status": "5.2.2"}, S.FAILED),
        ({"status": "4.4.7"}, S.SENT),
        ({"action": "delayed", "status": "4.4.1"}, S.SENT),
        ({"action": "delivered", "status": "2.0.0"}, S.SENT),
    ],
)
def test_other_reports_mark_no_address(
    session: Session, staff: Staff, values: dict[str, str], state: MessageState
) -> None:
    message = make_message(session, centre_id=staff.centre_id, staff_id=staff.id)
    take_report(session, read_report(_report(message.message_id, **values)))
    assert (message.state, message.address_is_bad) == (state, False)


def test_what_is_no_report_about_a_message_of_ours_changes_nothing(session: Session, staff: Staff) -> None:
    for content in (b"", b"Subject: Thank you\n\nSee you!", _report("none"), b"\xff\x00"):
        with pytest.raises(NotAReport):
            read_report(content)
    with pytest.raises(NotAReport):
        take_report(session, read_report(_report("<elsewhere@example.fi>")))
