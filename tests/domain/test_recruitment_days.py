"""The life of a recruitment day, its invitations and answers."""

import threading
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from icalendar import Calendar
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.accounts.permissions import Role
from placement.app import create_app
from placement.audit.models import AuditEntry
from placement.audit.services import Actor
from placement.clock import today_in_helsinki, utcnow
from placement.errors import DomainError, TransitionNotAllowed
from placement.jobseekers.models import Youth
from placement.migrations.run import upgrade
from placement.notifications.models import Channel, Message, MessageState
from placement.recruitment_days.copying import clone_day
from placement.recruitment_days.invitations import AnswerNotOpen, answer_for_employer, answer_invitation
from placement.recruitment_days.models import DayInvitation, RecruitmentDay, ReminderRule
from placement.recruitment_days.needs import Need, Needs
from placement.recruitment_days.queries import numbers_for_employers, place_in_line, upcoming_days
from placement.recruitment_days.reminders import DEFAULT_RULES
from placement.recruitment_days.services import cancel_day, edit_day, take_step
from placement.recruitment_days.states import DayAction, DayState, InvitationState
from placement.recruitment_days.waiting_list import pass_on_offers
from placement.settings import Settings
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.days import ask_employer, invite, make_open_day, say_yes
from tests.support.factories.employers import make_contact, make_employer
from tests.support.factories.youths import make_youth

S, A = DayState, DayAction

# Written by hand on purpose: the table of the code is checked against it.
MATRIX = {
    S.IDEA: {A.SEEK_PARTNERS: S.PARTNERS, A.OPEN: S.OPEN, A.CANCEL: S.CANCELLED},
    S.PARTNERS: {A.OPEN: S.OPEN, A.CANCEL: S.CANCELLED},
    S.OPEN: {A.CLOSE_LIST: S.FINAL_LIST, A.BEGIN: S.DAY, A.CANCEL: S.CANCELLED},
    S.FINAL_LIST: {A.OPEN: S.OPEN, A.BEGIN: S.DAY, A.CANCEL: S.CANCELLED},
    S.DAY: {A.END: S.AFTER, A.CANCEL: S.CANCELLED},
    S.AFTER: {A.CLOSE: S.CLOSED},
    S.CLOSED: {},
    S.CANCELLED: {},
}


def _lead(session: Session):
    return make_staff(session, make_centre(session), Role.LEAD, first_name="Mikko", last_name="Aalto")


def _youth(session: Session, lead, **values):
    return make_youth(session, lead, channel=Channel.EMAIL, **({"email": "aino@example.fi"} | values))


def _messages(session: Session, name: str) -> list[Message]:
    session.flush()
    query = select(Message).where(Message.name == name).order_by(Message.id)
    return list(session.scalars(query.execution_options(populate_existing=True)))


@pytest.mark.parametrize("state", list(DayState))
@pytest.mark.parametrize("action", list(DayAction))
def test_every_step_leads_where_the_table_says_or_is_refused(
    session: Session, state: DayState, action: DayAction
) -> None:
    lead = _lead(session)
    day = make_open_day(session, lead)
    day.state, day.cancel_reason = state, "Flu" if state is S.CANCELLED else ""
    session.flush()
    actor = Actor.staff(lead)
    target = MATRIX[state].get(action)

    def take() -> None:
        if action is A.CANCEL:
            cancel_day(session, day, reason="Flu", actor=actor)
        else:
            take_step(session, day, action=action, actor=actor)

    if target is None:
        with pytest.raises(TransitionNotAllowed):
            take()
    else:
        take()
        assert day.state is target
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert entry is not None
        assert entry.action == f"day.{action.value}"


def test_cancelling_needs_a_reason(session: Session) -> None:
    lead = _lead(session)
    day = make_open_day(session, lead)
    with pytest.raises(DomainError):
        cancel_day(session, day, reason="  ", actor=Actor.staff(lead))
    assert day.state is S.OPEN


def test_an_invitation_goes_out_by_the_channel_of_each_and_nobody_is_invited_twice(session: Session) -> None:
    lead = _lead(session)
    day = make_open_day(session, lead)
    youths = [_youth(session, lead), make_youth(session, lead), make_youth(session, lead, channel=Channel.NONE)]
    invite(session, day, *youths, by=lead)
    invite(session, day, *youths, by=lead)
    assert session.scalar(select(func.count(DayInvitation.id))) == 3
    assert [message.channel for message in _messages(session, "day_invitation")] == [Channel.EMAIL, Channel.SMS]


def test_young_people_are_invited_only_while_the_day_is_open(session: Session) -> None:
    lead = _lead(session)
    day = make_open_day(session, lead)
    take_step(session, day, action=A.CLOSE_LIST, actor=Actor.staff(lead))
    with pytest.raises(AnswerNotOpen):
        invite(session, day, make_youth(session, lead), by=lead)


def test_a_yes_is_confirmed_with_a_calendar_file_without_names_or_links(session: Session) -> None:
    lead = _lead(session)
    lead.centre.email = "ohjaamo@example.fi"
    day = make_open_day(session, lead, held_on=today_in_helsinki() + timedelta(days=30))
    (invitation,) = invite(session, day, _youth(session, lead), by=lead)
    say_yes(session, invitation, needs="quiet|")
    assert invitation.state is InvitationState.COMING
    (message,) = _messages(session, "day_confirmed")
    calendar = Calendar.from_ical(message.calendar)
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "REQUEST"
    assert event["UID"] == f"{invitation.uid}@sauma"
    assert event["SEQUENCE"] == 0
    assert event.start.utctimetuple() == day.starts_at.utctimetuple()
    assert str(event["DTSTART"].params["TZID"]) == "Europe/Helsinki"
    assert calendar.walk("VTIMEZONE")
    assert event["ATTENDEE"] == "mailto:aino@example.fi"
    assert event["ORGANIZER"] == "mailto:ohjaamo@example.fi"
    assert "Koskela" not in message.calendar
    assert "/d/" not in message.calendar


def test_a_move_raises_the_sequence_and_tells_everybody_who_has_not_said_no(session: Session) -> None:
    lead = _lead(session)
    day = make_open_day(session, lead)
    with time_machine.travel(utcnow() + timedelta(minutes=1)):
        coming, no, unanswered = invite(
            session, day, *[_youth(session, lead, email=f"y{n}@example.fi") for n in range(3)], by=lead
        )
        for message in _messages(session, "day_invitation"):
            message.state, message.ended_at = MessageState.SENT, utcnow()
        say_yes(session, coming)
        answer_invitation(session, no, coming=False, actor=Actor.system())
        moved = edit_day(session, day, actor=Actor.staff(lead), held_on=day.held_on + timedelta(days=1))
    assert moved
    assert day.schedule_version == 1
    told = _messages(session, "day_moved")
    assert {message.precondition_id for message in told} == {coming.id, unanswered.id}
    by_person = {message.precondition_id: message for message in told}
    (event,) = Calendar.from_ical(by_person[coming.id].calendar).walk("VEVENT")
    assert event["SEQUENCE"] == 1
    assert event["UID"] == f"{coming.uid}@sauma"
    assert by_person[unanswered.id].calendar == ""


def test_an_invitation_that_has_not_left_is_replaced_when_the_day_moves(session: Session) -> None:
    lead = _lead(session)
    day = make_open_day(session, lead)
    invite(session, day, _youth(session, lead), by=lead)
    edit_day(session, day, actor=Actor.staff(lead), venue_name="Town hall")
    old, new = _messages(session, "day_invitation")
    assert old.state is MessageState.SUPERSEDED
    assert "Town hall" in new.text
    assert _messages(session, "day_moved") == []


def test_saving_without_a_change_does_nothing(session: Session) -> None:
    lead = _lead(session)
    day = make_open_day(session, lead)
    assert not edit_day(session, day, actor=Actor.staff(lead), title=day.title, capacity=day.capacity)
    assert day.schedule_version == 0


def test_cancelling_ends_what_has_not_left_and_sends_a_cancelled_calendar_file(session: Session) -> None:
    lead = _lead(session)
    day = make_open_day(session, lead)
    (invitation,) = invite(session, day, _youth(session, lead), by=lead)
    for message in _messages(session, "day_invitation"):
        message.state, message.ended_at = MessageState.SENT, utcnow()
    say_yes(session, invitation)
    assert cancel_day(session, day, reason="Flu at the centre", actor=Actor.staff(lead)) == 1
    assert _messages(session, "day_tomorrow")[0].state is MessageState.SUPERSEDED
    (message,) = _messages(session, "day_cancelled")
    assert "Flu at the centre" in message.text
    calendar = Calendar.from_ical(message.calendar)
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)


def test_a_full_day_makes_a_waiting_list_and_a_freed_place_goes_to_the_first(session: Session) -> None:
    lead = _lead(session)
    day = make_open_day(session, lead, capacity=1)
    first, second, third = invite(session, day, *[make_youth(session, lead) for _ in range(3)], by=lead)
    for invitation in (first, second, third):
        say_yes(session, invitation)
    assert [row.state for row in (first, second, third)] == [
        InvitationState.COMING,
        InvitationState.WAITING,
        InvitationState.WAITING,
    ]
    assert place_in_line(session, third) == 2
    answer_invitation(session, first, coming=False, actor=Actor.system())
    assert (second.has_offer, third.has_offer) == (True, False)
    assert [message.precondition_id for message in _messages(session, "day_place_freed")] == [second.id]
    say_yes(session, second)
    assert second.state is InvitationState.COMING
    edit_day(session, day, actor=Actor.staff(lead), capacity=2)
    assert third.has_offer


@pytest.mark.parametrize(("days_ahead", "hours"), [(21, 24), (1, 4)])
def test_a_place_that_is_not_taken_in_time_goes_to_the_next_and_then_back_to_whoever_asks(
    session: Session, days_ahead: int, hours: int
) -> None:
    lead = _lead(session)
    with time_machine.travel("2026-11-25T10:00:00Z", tick=False) as now:
        held_on = date(2026, 11, 25) + timedelta(days=days_ahead)
        day = make_open_day(session, lead, capacity=1, held_on=held_on)
        first, second, third = invite(session, day, *[make_youth(session, lead) for _ in range(3)], by=lead)
        for invitation in (first, second, third):
            say_yes(session, invitation)
            now.shift(1)
        answer_invitation(session, first, coming=False, actor=Actor.system())
        assert second.offered_until == utcnow() + timedelta(hours=hours)
        now.shift(timedelta(hours=hours) - timedelta(seconds=1))
        assert pass_on_offers(session, day_id=day.id) == 0
        now.shift(1)
        assert pass_on_offers(session, day_id=day.id) == 1
        assert (second.has_offer, third.has_offer) == (False, True)
        say_yes(session, second)
        assert (second.state, second.offered_until) == (InvitationState.WAITING, None)
        answer_invitation(session, third, coming=False, actor=Actor.system())
        assert second.has_offer
        say_yes(session, second)
        assert second.state is InvitationState.COMING


def test_a_copy_takes_the_plan_along_but_nobody_and_its_reminders_are_drafts(session: Session) -> None:
    lead = _lead(session)
    day = make_open_day(session, lead, quiet_from=time(12), quiet_until=time(13), cost=Decimal(250), work_hours=30)
    (invitation,) = invite(session, day, make_youth(session, lead), by=lead)
    copy = clone_day(session, day, held_on=day.held_on + timedelta(days=28), actor=Actor.staff(lead))
    session.flush()
    assert (copy.state, copy.venue_name, copy.quiet_until, copy.cost) == (S.IDEA, day.venue_name, time(13), None)
    rules = session.scalars(select(ReminderRule).where(ReminderRule.day_id == copy.id)).all()
    assert len(rules) == len(DEFAULT_RULES)
    assert all(rule.is_draft for rule in rules)
    take_step(session, copy, action=A.OPEN, actor=Actor.staff(lead))
    (other,) = invite(session, copy, session.get_one(Youth, invitation.youth_id), by=lead)
    say_yes(session, other)
    names = select(Message.name).where(Message.recruitment_day_id == copy.id)
    assert set(session.scalars(names)) == {"day_invitation", "day_confirmed"}


def test_a_freed_place_is_told_although_the_day_moves_before_the_message_leaves(session: Session) -> None:
    lead = _lead(session)
    day = make_open_day(session, lead, capacity=1)
    first, second = invite(session, day, *[_youth(session, lead, email=f"y{n}@example.fi") for n in range(2)], by=lead)
    for message in _messages(session, "day_invitation"):
        message.state, message.ended_at = MessageState.SENT, utcnow()
    say_yes(session, first)
    say_yes(session, second)
    answer_invitation(session, first, coming=False, actor=Actor.system())
    edit_day(session, day, actor=Actor.staff(lead), venue_name="Town hall")
    old, new = _messages(session, "day_place_freed")
    assert (old.state, new.state) == (MessageState.SUPERSEDED, MessageState.PLANNED)
    assert new.precondition_id == second.id
    assert "Town hall" in new.text
    assert [message.precondition_id for message in _messages(session, "day_moved")] == [second.id]


def test_an_invitation_greets_by_name_and_tells_who_invites_and_until_when(session: Session) -> None:
    lead = _lead(session)
    day = make_open_day(session, lead, answer_by=today_in_helsinki() + timedelta(days=7))
    invite(session, day, _youth(session, lead), make_youth(session, lead), by=lead)
    by_mail, by_sms = _messages(session, "day_invitation")
    assert by_mail.text.startswith("Hi Aino,\n\n")
    assert f"You are invited by Mikko Aalto from {lead.centre.name}." in by_mail.text
    assert "Please answer by" in by_mail.text
    assert "\n\n\n" not in by_mail.text
    assert by_sms.text.startswith("Ohjaamo: ")


@pytest.mark.parametrize("phone", ["", "040 123 4567"])
def test_a_cancellation_gives_the_number_of_the_centre_if_there_is_one(session: Session, phone: str) -> None:
    lead = _lead(session)
    lead.centre.phone = phone
    day = make_open_day(session, lead)
    invite(session, day, _youth(session, lead), make_youth(session, lead), by=lead)
    for message in _messages(session, "day_invitation"):
        message.state, message.ended_at = MessageState.SENT, utcnow()
    cancel_day(session, day, reason="Flu", actor=Actor.staff(lead))
    by_mail, by_sms = _messages(session, "day_cancelled")
    assert ("Questions? Call 040 123 4567." in by_mail.text) == bool(phone)
    assert "all us" not in by_mail.text
    assert "is cancelled. Why: http" in by_sms.text


def test_after_the_list_is_closed_one_can_only_say_no(session: Session) -> None:
    lead = _lead(session)
    day = make_open_day(session, lead)
    one, other = invite(session, day, make_youth(session, lead), make_youth(session, lead), by=lead)
    say_yes(session, one)
    take_step(session, day, action=A.CLOSE_LIST, actor=Actor.staff(lead))
    with pytest.raises(AnswerNotOpen):
        say_yes(session, other)
    answer_invitation(session, one, coming=False, actor=Actor.system())
    assert one.state is InvitationState.NOT_COMING


def test_nobody_answers_once_the_day_has_begun(session: Session) -> None:
    lead = _lead(session)
    day = make_open_day(session, lead)
    (invitation,) = invite(session, day, make_youth(session, lead), by=lead)
    with time_machine.travel(day.starts_at), pytest.raises(AnswerNotOpen):
        say_yes(session, invitation)


def test_an_employer_says_how_many_come_and_what_they_bring(session: Session) -> None:
    lead = _lead(session)
    day = make_open_day(session, lead)
    row = ask_employer(session, day, make_contact(session, make_employer(session, lead.centre)), by=lead)
    answer_for_employer(session, row, coming=True, people=2, brings="Two trials", actor=Actor.system())
    assert (row.state, row.people, row.brings) == (InvitationState.COMING, 2, "Two trials")
    assert numbers_for_employers(session, day.id).employers == 1
    answer_for_employer(session, row, coming=False, actor=Actor.system())
    assert (row.state, row.people, row.brings) == (InvitationState.NOT_COMING, None, "")


def test_coming_days_carry_their_numbers_and_stay_in_their_centre(session: Session) -> None:
    lead, stranger = _lead(session), _lead(session)
    day = make_open_day(session, lead, capacity=1)
    make_open_day(session, stranger)
    one, other = invite(session, day, make_youth(session, lead), make_youth(session, lead), by=lead)
    say_yes(session, one)
    say_yes(session, other)
    (brief,) = upcoming_days(session, lead.centre_id, on=today_in_helsinki())
    assert (brief.day.id, brief.coming, brief.waiting, brief.unanswered) == (day.id, 1, 1, 0)
    assert brief.next_reminder_at is not None
    assert upcoming_days(session, lead.centre_id, on=day.held_on + timedelta(days=1)) == []


def test_needs_are_kept_as_codes_and_read_again() -> None:
    needs = Needs.of(["quiet", "step_free", "nonsense"], "my dog comes too")
    assert Needs.read(needs.kept()) == needs
    assert needs.ticked == (Need.QUIET, Need.STEP_FREE)
    assert Needs.read("") == Needs()
    assert Needs().kept() == ""


def _race_app(folder: Path) -> Flask:
    settings = Settings(
        _env_file=None, instance=folder, testing=True, secret_key="a-long-and-varied-key-for-the-tests-0123456789"
    )
    upgrade(settings.database_address)
    return create_app(settings)


def test_twenty_answers_at_once_for_five_places_give_exactly_five(tmp_path: Path) -> None:
    app = _race_app(tmp_path)
    factory = app.extensions["session_factory"]
    with app.app_context(), factory.begin() as session:
        lead = _lead(session)
        day = make_open_day(session, lead, capacity=5)
        youths = [make_youth(session, lead) for _ in range(20)]
        ids = [invitation.id for invitation in invite(session, day, *youths, by=lead)]
        day_id = day.id
    gate, faults = threading.Barrier(len(ids)), []

    def answer(invitation_id: int) -> None:
        try:
            gate.wait(10)
            with app.app_context(), factory.begin() as session:
                invitation = session.get_one(DayInvitation, invitation_id)
                answer_invitation(session, invitation, coming=True, actor=Actor.system())
        except Exception as fault:  # noqa: BLE001 - shown below
            faults.append(fault)

    threads = [threading.Thread(target=answer, args=(invitation_id,)) for invitation_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert faults == []
    with factory() as session:
        numbers = numbers_for_employers(session, day_id)
        day = session.get_one(RecruitmentDay, day_id)
    assert (numbers.coming, numbers.waiting, day.capacity) == (5, 15, 5)
    app.extensions["engine"].dispose()


def test_a_day_is_held_at_the_finnish_clock_time_on_both_sides_of_the_change(session: Session) -> None:
    lead = _lead(session)
    with time_machine.travel("2026-09-01T09:00:00Z"):
        summer = make_open_day(session, lead, held_on=date(2026, 10, 24), begins=time(10), ends=time(12))
        winter = make_open_day(session, lead, held_on=date(2026, 10, 26), begins=time(10), ends=time(12))
    assert (summer.starts_at.hour, winter.starts_at.hour) == (7, 8)
