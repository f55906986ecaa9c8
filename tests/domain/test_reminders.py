"""When reminders fall due, that they are planned once, and that they move, end and stay true."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.accounts.models import PersonalLink
from placement.accounts.permissions import Role
from placement.audit.services import Actor
from placement.clock import HELSINKI, in_helsinki, utcnow
from placement.employers.services import edit_contact
from placement.i18n import in_language
from placement.notifications.delivery import claim
from placement.notifications.models import Channel, Message, MessageState
from placement.notifications.quiet_hours import outside_quiet_hours
from placement.recruitment_days.invitations import answer_for_employer, answer_invitation
from placement.recruitment_days.messages import LABELS, SHORT_PLACE, SHORT_TITLE, shortened
from placement.recruitment_days.models import (
    DayInvitation,
    OffsetKind,
    RecruitmentDay,
    ReminderAnchor,
    ReminderAudience,
    ReminderRule,
)
from placement.recruitment_days.outbox import employers_to_call
from placement.recruitment_days.reminders import REMINDER_NAMES, due_time, plan_reminders
from placement.recruitment_days.services import cancel_day, edit_day
from placement.templating import render_message
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.days import ask_employer, invite, make_open_day, say_yes
from tests.support.factories.employers import make_contact, make_employer
from tests.support.factories.youths import make_youth

NOON = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)  # Monday 12.00 in Finland
GSM7 = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)


def _world(session: Session, **values):
    lead = make_staff(session, make_centre(session), Role.LEAD)
    return lead, make_open_day(session, lead, **({"held_on": date(2026, 11, 26)} | values))


def _reminders(session: Session, *states: MessageState) -> list[Message]:
    session.flush()
    query = select(Message).where(Message.name.in_(REMINDER_NAMES)).order_by(Message.due_at, Message.id)
    if states:
        query = query.where(Message.state.in_(states))
    return list(session.scalars(query.execution_options(populate_existing=True)))


def _told(messages: list[Message]) -> list[tuple[str, str]]:
    return [(message.name, f"{in_helsinki(message.due_at):%d.%m. %H.%M}") for message in messages]


def test_those_who_have_not_answered_are_asked_twice_and_no_more(session: Session) -> None:
    with time_machine.travel(NOON):
        lead, day = _world(session, answer_by=date(2026, 11, 20))
        invite(session, day, make_youth(session, lead), by=lead)
    assert _told(_reminders(session)) == [("day_nudge", "05.11. 10.00"), ("day_nudge", "18.11. 10.00")]


def test_two_nudges_never_fall_on_neighbouring_days(session: Session) -> None:
    with time_machine.travel(NOON):
        lead, day = _world(session, answer_by=date(2026, 11, 8))
        invite(session, day, make_youth(session, lead), by=lead)
    assert _told(_reminders(session)) == [("day_nudge", "05.11. 10.00")]


def test_those_who_come_are_told_a_week_a_day_and_two_hours_before(session: Session) -> None:
    with time_machine.travel(NOON):
        lead, day = _world(session)
        (invitation,) = invite(session, day, make_youth(session, lead), by=lead)
        say_yes(session, invitation)
    told = [line for line in _told(_reminders(session)) if line[0] != "day_nudge"]
    assert told == [("day_programme", "19.11. 10.00"), ("day_tomorrow", "25.11. 10.00"), ("day_soon", "26.11. 10.00")]


def test_employers_who_come_are_told_too_and_read_numbers_only(session: Session) -> None:
    with time_machine.travel(NOON):
        lead, day = _world(session)
        row = ask_employer(session, day, make_contact(session, make_employer(session, lead.centre)), by=lead)
        answer_for_employer(session, row, coming=True, people=1, actor=Actor.system())
        (invitation,) = invite(session, day, make_youth(session, lead), by=lead)
        say_yes(session, invitation)
    told = [message for message in _reminders(session) if message.employer_contact_id]
    assert _told(told) == [
        ("day_employer_check", "12.11. 10.00"),
        ("day_employer_numbers", "21.11. 10.00"),
        ("day_employer_tomorrow", "25.11. 10.00"),
    ]
    assert "0 young people" in told[1].text
    with time_machine.travel(datetime(2026, 11, 21, 8, 5, tzinfo=UTC)):
        claim(session, owner="test", channels=[Channel.EMAIL])
        session.flush()
    assert "1 young person" in told[1].text
    assert "Aino" not in told[1].text


def test_planning_again_plans_nothing_new(session: Session) -> None:
    with time_machine.travel(NOON):
        lead, day = _world(session)
        (invitation,) = invite(session, day, make_youth(session, lead), by=lead)
        say_yes(session, invitation)
        before = [message.dedupe_key for message in _reminders(session)]
        assert plan_reminders(session, day_id=day.id) == 0
        assert plan_reminders(session, day_id=day.id) == 0
    assert [message.dedupe_key for message in _reminders(session)] == before


def test_changing_ones_mind_and_back_keeps_each_reminder_once(session: Session) -> None:
    with time_machine.travel(NOON):
        lead, day = _world(session)
        (invitation,) = invite(session, day, make_youth(session, lead), by=lead)
        say_yes(session, invitation)
        answer_invitation(session, invitation, coming=False, actor=Actor.system())
        say_yes(session, invitation)
    names = [message.name for message in _reminders(session, MessageState.PLANNED)]
    assert sorted(names) == ["day_nudge", "day_programme", "day_soon", "day_tomorrow"]


def test_a_reminder_of_somebody_who_said_no_is_not_sent(session: Session) -> None:
    with time_machine.travel(NOON):
        lead, day = _world(session)
        (invitation,) = invite(session, day, make_youth(session, lead), by=lead)
        say_yes(session, invitation)
        answer_invitation(session, invitation, coming=False, actor=Actor.system())
        session.flush()
    with time_machine.travel(datetime(2026, 11, 25, 8, 1, tzinfo=UTC)):
        assert claim(session, owner="test", channels=[Channel.SMS]) == []
    assert {
        message.state for message in _reminders(session) if message.due_at < day.starts_at - timedelta(hours=3)
    } == {MessageState.SUPERSEDED}


def test_a_reminder_does_not_go_to_an_old_number_and_is_planned_to_the_new_one(session: Session) -> None:
    with time_machine.travel(NOON):
        lead, day = _world(session)
        youth = make_youth(session, lead)
        (invitation,) = invite(session, day, youth, by=lead)
        say_yes(session, invitation)
        youth.phone = "+358409999999"
        session.flush()
        assert plan_reminders(session, day_id=day.id) == 3
    with time_machine.travel(datetime(2026, 11, 25, 8, 1, tzinfo=UTC)):
        claimed = claim(session, owner="test", channels=[Channel.SMS]) or []
        addresses = {session.get_one(Message, message_id).address for message_id in claimed}
    assert addresses == {"+358409999999"}


def test_a_contact_person_who_has_stopped_gets_nothing_more_and_no_new_link(session: Session) -> None:
    with time_machine.travel(NOON):
        lead, day = _world(session)
        contact = make_contact(session, make_employer(session, lead.centre))
        row = ask_employer(session, day, contact, by=lead)
        answer_for_employer(session, row, coming=True, people=2, actor=Actor.system())
        edit_contact(session, contact=contact, actor=Actor.system(), is_active=False)
        session.flush()
    with time_machine.travel(day.starts_at - timedelta(hours=20)):
        assert not claim(session, owner="test", channels=[Channel.EMAIL])
    assert plan_reminders(session, day_id=day.id) == 0
    assert [employer.id for employer in employers_to_call(session, day.id)] == [row.id]
    links = session.scalars(select(PersonalLink).where(PersonalLink.employer_contact_id == contact.id)).all()
    assert [link for link in links if link.revoked_at is None] == []


def test_a_move_supersedes_and_plans_anew(session: Session) -> None:
    with time_machine.travel(NOON):
        lead, day = _world(session)
        (invitation,) = invite(session, day, make_youth(session, lead), by=lead)
        say_yes(session, invitation)
        edit_day(session, day, actor=Actor.staff(lead), held_on=date(2026, 11, 27), begins=time(13))
    ended = _reminders(session, MessageState.SUPERSEDED)
    assert {message.name for message in ended} >= {"day_programme", "day_tomorrow", "day_soon"}
    assert _told(_reminders(session, MessageState.PLANNED)) == [
        ("day_programme", "20.11. 10.00"),
        ("day_tomorrow", "26.11. 10.00"),
        ("day_soon", "27.11. 11.00"),
    ]


def test_a_new_title_is_in_the_reminders_that_have_not_left(session: Session) -> None:
    with time_machine.travel(NOON):
        lead, day = _world(session)
        (invitation,) = invite(session, day, make_youth(session, lead), by=lead)
        say_yes(session, invitation)
        edit_day(session, day, actor=Actor.staff(lead), title="Kevätduuni")
    planned = [message for message in _reminders(session, MessageState.PLANNED) if message.name != "day_nudge"]
    assert len(planned) == 3
    assert all("Kevätduuni" in message.text for message in planned)


def test_another_last_day_to_answer_moves_the_nudge(session: Session) -> None:
    with time_machine.travel(NOON):
        lead, day = _world(session, answer_by=date(2026, 11, 20))
        invite(session, day, make_youth(session, lead), by=lead)
        edit_day(session, day, actor=Actor.staff(lead), answer_by=date(2026, 11, 22))
    assert _told(_reminders(session))[-1] == ("day_nudge", "20.11. 10.00")


def test_a_cancelled_day_reminds_nobody(session: Session) -> None:
    with time_machine.travel(NOON):
        lead, day = _world(session)
        (invitation,) = invite(session, day, make_youth(session, lead), by=lead)
        say_yes(session, invitation)
        cancel_day(session, day, reason="Flu", actor=Actor.staff(lead))
        assert plan_reminders(session, day_id=day.id) == 0
    assert _reminders(session, MessageState.PLANNED) == []


def test_a_late_yes_skips_what_has_passed_and_tells_it_in_the_confirmation(session: Session) -> None:
    with time_machine.travel(datetime(2026, 11, 24, 10, 0, tzinfo=UTC)):
        lead, day = _world(session, description="First a walk around, then talks.")
        youth = make_youth(session, lead, channel=Channel.EMAIL, email="a@example.fi")
        (invitation,) = invite(session, day, youth, by=lead)
        say_yes(session, invitation)
    assert _told(_reminders(session)) == [("day_tomorrow", "25.11. 10.00"), ("day_soon", "26.11. 10.00")]
    confirmed = session.scalars(select(Message).where(Message.name == "day_confirmed")).one()
    assert "First a walk around" in confirmed.text


@pytest.mark.parametrize(
    ("held_on", "begins", "expected_days", "expected_hours"),
    [
        (date(2026, 10, 25), time(12), "24.10. 10.00 +0300", "25.10. 10.00 +0200"),
        (date(2026, 10, 25), time(10), "24.10. 10.00 +0300", "25.10. 08.00 +0200"),
        (date(2026, 10, 26), time(10), "25.10. 10.00 +0200", "26.10. 08.00 +0200"),
        (date(2027, 3, 28), time(12), "27.03. 10.00 +0200", "28.03. 10.00 +0300"),
        (date(2027, 3, 29), time(10), "28.03. 10.00 +0300", "29.03. 08.00 +0300"),
    ],
)
def test_days_are_clock_times_and_hours_are_real_hours_across_the_change_of_clocks(
    session: Session, held_on: date, begins: time, expected_days: str, expected_hours: str
) -> None:
    with time_machine.travel("2026-09-01T09:00:00Z"):
        lead, day = _world(session, held_on=held_on, begins=begins, ends=time(15))
        (invitation,) = invite(session, day, make_youth(session, lead), by=lead)
        say_yes(session, invitation)
    due = {message.name: f"{in_helsinki(message.due_at):%d.%m. %H.%M %z}" for message in _reminders(session)}
    assert due["day_tomorrow"] == expected_days
    assert due["day_soon"] == expected_hours
    soon = next(message for message in _reminders(session) if message.name == "day_soon")
    assert day.starts_at - soon.due_at == timedelta(hours=2)


def test_hours_before_a_start_in_the_night_of_the_change_are_real_hours() -> None:
    day = RecruitmentDay(held_on=date(2027, 3, 28), begins=time(5), starts_at=datetime(2027, 3, 28, 2, 0, tzinfo=UTC))
    rule = ReminderRule(
        message="day_soon",
        audience=ReminderAudience.COMING,
        anchor=ReminderAnchor.START,
        offset_kind=OffsetKind.HOURS,
        offset=-3,
    )
    due = due_time(rule, day, invited_at=NOON)
    assert due == datetime(2027, 3, 27, 23, 0, tzinfo=UTC)
    assert due is not None
    assert f"{due.astimezone(HELSINKI):%H.%M}" == "01.00"


@pytest.mark.parametrize(
    ("now", "event", "expected"),
    [
        ("2026-11-02T20:59", "2026-11-26T12:00", "2026-11-02T20:59"),
        ("2026-11-02T21:00", "2026-11-26T12:00", "2026-11-03T08:00"),
        ("2026-11-03T07:59", "2026-11-26T12:00", "2026-11-03T08:00"),
        ("2026-11-03T08:00", "2026-11-26T12:00", "2026-11-03T08:00"),
        ("2026-11-25T22:00", "2026-11-26T12:00", "2026-11-25T22:00"),
        ("2026-10-24T23:00", "2026-11-26T12:00", "2026-10-25T08:00"),
    ],
)
def test_nobody_is_woken_at_night_unless_the_day_is_near(now: str, event: str, expected: str) -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=HELSINKI).astimezone(UTC)

    assert outside_quiet_hours(at(now), event_at=at(event)) == at(expected)


def test_an_invitation_at_night_leaves_in_the_morning(session: Session) -> None:
    with time_machine.travel(datetime(2026, 11, 2, 20, 30, tzinfo=UTC)):
        lead, day = _world(session)
        invite(session, day, make_youth(session, lead), by=lead)
    message = session.scalars(select(Message).where(Message.name == "day_invitation")).one()
    assert f"{in_helsinki(message.due_at):%d.%m. %H.%M}" == "03.11. 08.00"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("name", sorted(LABELS))
def test_every_text_can_be_written_and_a_text_message_fits_into_one(session: Session, name: str, language: str) -> None:
    _lead, day = _world(session, title="Rekrytointi Kivilampi! Talvi 2027", venue_name="Kivilammen sali 12 ja aula")
    values = {
        "title": day.title,
        "short_title": shortened(day.title, SHORT_TITLE),
        "held_on": day.held_on,
        "begins": time(12, 30),
        "ends": day.ends,
        "place": day.venue_name,
        "short_place": shortened(day.venue_name, SHORT_PLACE),
        "street": "Kirjastokatu 1",
        "access_notes": "Ovi B",
        "description": "Kahvia",
        "centre_name": "Ohjaamo",
        "centre_phone": "",
        "name": "Aino",
        "inviter": "Mikko Aalto",
        "answer_by": day.held_on,
        "offered_until": day.starts_at,
        "link": "https://sauma.ohjaamo.fi/d/" + "x" * 22,
        "missed": "day_programme",
        "reason": "Flunssa",
        "coming": 41,
        "waiting": 2,
    }
    with in_language(language):
        parts = {
            part: render_message(name, part, **values) for part in ("subject.txt", "body.txt", "body.html", "sms.txt")
        }
    assert all(text.strip() for text in parts.values())
    assert "\n\n\n" not in parts["body.txt"]
    assert len(parts["sms.txt"]) <= 160
    assert not set(parts["sms.txt"]) - GSM7
    assert values["link"] in parts["sms.txt"]
    assert "\n" not in parts["subject.txt"]


def test_every_reminder_carries_the_link_with_which_one_can_say_no(session: Session) -> None:
    with time_machine.travel(NOON):
        lead, day = _world(session)
        for channel, values in ((Channel.SMS, {}), (Channel.EMAIL, {"email": "b@example.fi"})):
            (invitation,) = invite(session, day, make_youth(session, lead, channel=channel, **values), by=lead)
            say_yes(session, invitation)
    for message in _reminders(session):
        assert "http://sauma.test/d/" in message.text


def test_an_unanswered_invitation_is_worth_nothing_after_the_last_day_to_answer(session: Session) -> None:
    with time_machine.travel(NOON):
        lead, day = _world(session, answer_by=date(2026, 11, 10))
        (invitation,) = invite(session, day, make_youth(session, lead), by=lead)
    assert isinstance(invitation, DayInvitation)
    with time_machine.travel(datetime(2026, 11, 12, 10, 0, tzinfo=UTC)):
        claim(session, owner="test", channels=[Channel.SMS])
        assert utcnow() > day.created_at
    assert {message.state for message in _reminders(session)} == {MessageState.EXPIRED}
