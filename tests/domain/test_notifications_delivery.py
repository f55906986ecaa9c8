"""Taking messages out of the outbox: claims, fencing, outcomes, leases."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.audit.services import Actor
from placement.clock import utcnow
from placement.jobseekers.models import Youth
from placement.notifications.bad_addresses import trust_address
from placement.notifications.delivery import (
    GIVE_UP_AFTER,
    LEASE,
    Outcome,
    begin_try,
    claim,
    count_due,
    note_outcome,
    release,
    take_back,
)
from placement.notifications.models import Channel, Message, MessageState, MessageTry, OutcomeKind
from placement.notifications.preconditions import register_condition, register_refresh
from placement.notifications.services import Receiver, Timing, queue_message
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.messages import make_message
from tests.support.factories.youths import make_youth

BOTH = (Channel.EMAIL, Channel.SMS)
S = MessageState


def _queue(session: Session, *, channel: Channel = Channel.EMAIL, timing: Timing | None = None) -> Message:
    staff = make_staff(session, make_centre(session))
    message = queue_message(
        session,
        name="password_changed",
        receiver=Receiver(staff.centre_id, Channel.EMAIL, staff.email, "en", staff_id=staff.id),
        dedupe_key=uuid.uuid4().hex,
        values={"name": "Sari"},
        timing=timing or Timing(),
    )
    assert message is not None
    message.channel = channel
    session.flush()
    return message


def _state(session: Session, message: Message) -> MessageState:
    session.flush()
    query = select(Message).where(Message.id == message.id).execution_options(populate_existing=True)
    return session.scalars(query).one().state


def _take(session: Session, owner: str = "a") -> list[int] | None:
    taken = claim(session, owner=owner, channels=BOTH)
    session.flush()
    return taken


def test_only_what_is_due_is_taken_the_oldest_first_and_only_once(session: Session) -> None:
    now = utcnow()
    late = _queue(session, timing=Timing(due_at=now - timedelta(hours=1)))
    later = _queue(session, timing=Timing(due_at=now - timedelta(minutes=1)))
    _queue(session, timing=Timing(due_at=now + timedelta(minutes=1)))
    assert count_due(session) == 2
    assert _take(session) == [late.id, later.id]
    assert _take(session, "b") is None


def test_a_channel_that_rests_is_left_alone(session: Session) -> None:
    _queue(session, channel=Channel.SMS)
    assert claim(session, owner="a", channels=[Channel.EMAIL]) is None


def test_what_is_too_late_expires(session: Session) -> None:
    message = _queue(session, timing=Timing(not_after=utcnow() - timedelta(seconds=1)))
    assert _take(session) == []
    assert _state(session, message) is S.EXPIRED


def test_the_precondition_is_asked_when_claimed_and_again_before_the_try(session: Session) -> None:
    answers = [False, True, False]
    register_condition("asked_in_a_test", lambda _session, _message: answers.pop(0))
    gone, other = (_queue(session, timing=Timing(precondition="asked_in_a_test")) for _ in range(2))
    assert _take(session) == [other.id]
    assert _state(session, gone) is S.SUPERSEDED
    assert begin_try(session, message_id=other.id, owner="a") is None
    assert _state(session, other) is S.SUPERSEDED


def test_a_precondition_that_nobody_knows_is_shown_as_failed_and_stops_nothing(session: Session) -> None:
    odd, fine = _queue(session, timing=Timing(precondition="nobody_knows")), _queue(session)
    assert _take(session) == [fine.id]
    assert _state(session, odd) is S.FAILED


def test_a_process_that_slept_past_its_lease_sends_nothing(session: Session) -> None:
    message = _queue(session)
    _take(session, "sleeper")
    with time_machine.travel(utcnow() + LEASE + timedelta(seconds=1)):
        assert begin_try(session, message_id=message.id, owner="sleeper") is None
        assert take_back(session) == 1
        assert _take(session, "b") == [message.id]
        assert begin_try(session, message_id=message.id, owner="sleeper") is None
        assert begin_try(session, message_id=message.id, owner="b") is not None


def test_each_try_extends_the_lease(session: Session) -> None:
    message = _queue(session)
    with time_machine.travel(utcnow()) as clock:
        _take(session)
        clock.shift(LEASE - timedelta(seconds=1))
        assert begin_try(session, message_id=message.id, owner="a") is not None
        clock.shift(LEASE - timedelta(seconds=1))
        assert take_back(session) == 0


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (OutcomeKind.SENT, S.SENT),
        (OutcomeKind.REFUSED, S.FAILED),
        (OutcomeKind.UNCERTAIN, S.UNCERTAIN),
        (OutcomeKind.LATER, S.PLANNED),
        (OutcomeKind.OUTAGE, S.PLANNED),
    ],
)
def test_each_outcome_leads_to_its_state(session: Session, kind: OutcomeKind, expected: MessageState) -> None:
    message = _queue(session)
    _take(session)
    begin_try(session, message_id=message.id, owner="a")
    assert note_outcome(session, message_id=message.id, owner="a", outcome=Outcome(kind, "250 fine"))
    assert _state(session, message) is expected
    assert (message.owner, message.outcome) == (None, "250 fine")


def test_tries_are_further_and_further_apart_and_end_after_three_days(session: Session) -> None:
    message = _queue(session)
    waits = []
    with time_machine.travel(utcnow(), tick=False) as clock:
        started = utcnow()
        for _ in range(100):
            if _take(session) is None:
                break
            begin_try(session, message_id=message.id, owner="a")
            note_outcome(session, message_id=message.id, owner="a", outcome=Outcome(OutcomeKind.LATER, "450 busy"))
            if _state(session, message) is not S.PLANNED:
                break
            assert message.retry_at is not None
            waits.append((message.retry_at - utcnow()) // timedelta(minutes=1))
            assert _take(session) is None, "it is not tried before its time"
            clock.move_to(message.retry_at)
        assert message.state is S.FAILED
        assert utcnow() - started > GIVE_UP_AFTER
    assert waits[:6] == [1, 5, 15, 60, 240, 240]


def test_after_an_outage_a_message_is_due_at_once_again(session: Session) -> None:
    message = _queue(session)
    _take(session)
    begin_try(session, message_id=message.id, owner="a")
    note_outcome(session, message_id=message.id, owner="a", outcome=Outcome(OutcomeKind.OUTAGE))
    assert _state(session, message) is S.PLANNED
    assert _take(session) == [message.id]


def test_what_was_taken_but_not_begun_is_released_and_what_was_begun_is_not(session: Session) -> None:
    begun, untouched = _queue(session), _queue(session)
    _take(session)
    begin_try(session, message_id=begun.id, owner="a")
    assert release(session, owner="a") == 1
    assert (_state(session, begun), _state(session, untouched)) == (S.CLAIMED, S.PLANNED)


def test_a_message_that_has_left_is_marked_sent_even_when_another_has_taken_it_over(session: Session) -> None:
    message = _queue(session)
    _take(session)
    begin_try(session, message_id=message.id, owner="a")
    assert take_back(session, owners="a") == 1
    _take(session, "b")
    assert note_outcome(session, message_id=message.id, owner="a", outcome=Outcome(OutcomeKind.SENT))
    assert begin_try(session, message_id=message.id, owner="b") is None
    assert _state(session, message) is S.SENT


def test_a_failure_of_the_old_owner_does_not_touch_what_the_new_one_holds(session: Session) -> None:
    message = _queue(session)
    _take(session)
    take_back(session, owners="a")
    _take(session, "b")
    assert not note_outcome(session, message_id=message.id, owner="a", outcome=Outcome(OutcomeKind.REFUSED))
    assert _state(session, message) is S.CLAIMED


def test_after_a_crash_an_email_is_sent_again_and_a_text_message_is_looked_at(session: Session) -> None:
    mail, begun_sms, fresh_sms = (
        _queue(session),
        _queue(session, channel=Channel.SMS),
        _queue(session, channel=Channel.SMS),
    )
    _take(session)
    for message in (mail, begun_sms):
        begin_try(session, message_id=message.id, owner="a")
    assert take_back(session, owners="a") == 3
    assert [_state(session, message) for message in (mail, begun_sms, fresh_sms)] == [S.PLANNED, S.UNCERTAIN, S.PLANNED]


def _try(session: Session, message: Message, outcome: Outcome) -> None:
    _take(session)
    assert begin_try(session, message_id=message.id, owner="a") is not None
    note_outcome(session, message_id=message.id, owner="a", outcome=outcome)
    session.flush()
    session.refresh(message)


def test_an_outage_uses_no_try_and_a_broken_connection_does(session: Session) -> None:
    message = _queue(session)
    for kind, attempts in ((OutcomeKind.OUTAGE, 0), (OutcomeKind.OUTAGE, 0), (OutcomeKind.BROKEN, 1)):
        _try(session, message, Outcome(kind))
        assert message.attempts == attempts
    assert message.retry_at is not None


def test_every_try_is_kept_with_its_answer(session: Session) -> None:
    message = _queue(session)
    with time_machine.travel(utcnow(), tick=False) as clock:
        _try(session, message, Outcome(OutcomeKind.LATER, "450 busy"))
        clock.shift(timedelta(hours=1))
        _take(session)
        begin_try(session, message_id=message.id, owner="a")
        take_back(session, owners="a")
        _try(session, message, Outcome(OutcomeKind.SENT, "250 taken"))
    tries = session.scalars(select(MessageTry).where(MessageTry.message_id == message.id).order_by(MessageTry.id)).all()
    assert [(one.kind, one.answer) for one in tries] == [
        (OutcomeKind.LATER, "450 busy"),
        (OutcomeKind.INTERRUPTED, ""),
        (OutcomeKind.SENT, "250 taken"),
    ]


@pytest.mark.parametrize("where", ["condition", "refresh"])
def test_a_message_that_breaks_when_it_is_judged_stops_no_other(session: Session, where: str) -> None:
    def fail(_session: Session, _message: Message) -> bool:
        raise KeyError("odd")

    register_condition("breaks_in_a_test", fail)
    register_refresh("breaks_in_a_test", lambda session, message: fail(session, message) and None)
    poison, fine = _queue(session), _queue(session)
    if where == "condition":
        poison.precondition = "breaks_in_a_test"
    else:
        poison.name = "breaks_in_a_test"
    session.flush()
    assert _take(session) == [fine.id]
    assert _state(session, poison) is S.FAILED
    assert poison.outcome == "could not be judged: KeyError"


def test_a_message_that_breaks_just_before_its_try_is_put_aside(session: Session) -> None:
    answers: list[bool | Exception] = [True, KeyError("odd")]

    def judge(_session: Session, _message: Message) -> bool:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    register_condition("breaks_later_in_a_test", judge)
    message = _queue(session, timing=Timing(precondition="breaks_later_in_a_test"))
    assert _take(session) == [message.id]
    assert begin_try(session, message_id=message.id, owner="a") is None
    assert _state(session, message) is S.FAILED


def _to_youth(session: Session, youth: Youth, address: str) -> Message:
    return make_message(
        session, centre_id=youth.centre_id, youth_id=youth.id, state=S.PLANNED, address=address, ended_at=None
    )


def test_an_address_that_was_refused_gets_nothing_until_somebody_says_that_it_is_right(session: Session) -> None:
    youth = make_youth(session, make_staff(session))
    refused, next_one, elsewhere = (_to_youth(session, youth, f"{name}@example.fi") for name in ("old", "old", "new"))
    assert refused.id in (_take(session) or [])
    begin_try(session, message_id=refused.id, owner="a")
    wrong = Outcome(OutcomeKind.REFUSED, "550 5.1.1 no such person", address_is_bad=True)
    note_outcome(session, message_id=refused.id, owner="a", outcome=wrong)
    assert begin_try(session, message_id=next_one.id, owner="a") is None
    assert begin_try(session, message_id=elsewhere.id, owner="a") is not None
    assert _state(session, next_one) is S.FAILED
    assert next_one.outcome == "the address takes no messages"
    assert not next_one.address_is_bad, "the mark stands where the server said it"

    session.refresh(refused)
    assert trust_address(session, refused, actor=Actor.system(youth.centre_id)) == 1
    later = _to_youth(session, youth, "old@example.fi")
    assert _take(session) == [later.id]


def test_a_workers_own_address_is_always_tried(session: Session) -> None:
    first = _queue(session)
    _try(session, first, Outcome(OutcomeKind.REFUSED, "550 5.1.1", address_is_bad=True))
    second = make_message(
        session,
        centre_id=first.centre_id,
        staff_id=first.staff_id,
        address=first.address,
        state=S.PLANNED,
        ended_at=None,
    )
    assert _take(session) == [second.id]
