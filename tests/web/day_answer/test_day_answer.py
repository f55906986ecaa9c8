"""Answering an invitation by link."""

import re
from datetime import timedelta

import pytest
import time_machine
from icalendar import Calendar
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.accounts.models import PersonalLink
from placement.accounts.permissions import Role
from placement.audit.models import AuditEntry
from placement.audit.services import Actor
from placement.clock import utcnow
from placement.notifications.models import Message
from placement.recruitment_days.models import DayInvitation, RecruitmentDay
from placement.recruitment_days.services import cancel_day, take_step
from placement.recruitment_days.states import DayAction, InvitationState
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.days import ask_employer, invite, make_open_day, say_yes
from tests.support.factories.employers import make_contact, make_employer
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient


def _link(session: Session, name: str) -> str:
    """The path of the newest link in a message of this name."""
    session.flush()
    message = session.scalars(select(Message).where(Message.name == name).order_by(Message.id.desc())).first()
    assert message is not None
    found = re.search(r"http://sauma\.test(/d/\S+)", message.text)
    assert found is not None
    return found.group(1)


@pytest.fixture
def lead(session: Session):
    return make_staff(session, make_centre(session), Role.LEAD)


@pytest.fixture
def day(session: Session, lead) -> RecruitmentDay:
    return make_open_day(session, lead, capacity=1, access_notes="Bus 5, door B.")


@pytest.fixture
def invitation(session: Session, lead, day) -> DayInvitation:
    return invite(session, day, make_youth(session, lead), by=lead)[0]


def test_a_young_person_says_yes_with_what_would_help_and_then_no(
    page: PageClient, session: Session, invitation: DayInvitation
) -> None:
    address = _link(session, "day_invitation")
    opened = page.get(address)
    assert opened.heading == "Talviduuni 2027"
    assert "Bus 5, door B." in opened.text
    shown = page.submit("I am coming", needs=["quiet", "companion"], other="I come by taxi")
    assert "See you there" in shown.flashes[0]
    assert "You are coming" in shown.text
    assert [box["value"] for box in shown.select("input[name=needs][checked]")] == ["quiet", "companion"]
    assert shown.select("input[name=other]")[0]["value"] == "I come by taxi"
    session.refresh(invitation)
    assert invitation.state is InvitationState.COMING
    shown = page.submit("I cannot come")
    assert "You cannot come" in shown.text
    session.refresh(invitation)
    assert (invitation.state, invitation.needs) == (InvitationState.NOT_COMING, "")


def test_opening_the_page_changes_nothing_by_get_or_head(
    page: PageClient, session: Session, invitation: DayInvitation
) -> None:
    address = _link(session, "day_invitation")
    before = session.scalar(select(func.count(AuditEntry.id)))
    for _ in range(2):
        page.get(address)
        assert page.client.head(address).status_code == 200
        assert page.client.options(address).status_code == 200
    session.refresh(invitation)
    assert invitation.state is InvitationState.INVITED
    assert session.scalar(select(func.count(AuditEntry.id))) == before


def test_an_answer_without_a_choice_or_with_a_code_in_it_keeps_what_was_typed(
    page: PageClient, session: Session, invitation: DayInvitation
) -> None:
    page.get(_link(session, "day_invitation"))
    again = page.submit("I am coming", status=422, other="131052-308T", needs=["quiet"])
    assert again.errors
    assert again.select("input[name=other]")[0]["value"] == "131052-308T"
    assert [box["value"] for box in again.select("input[name=needs][checked]")] == ["quiet"]
    page.get(_link(session, "day_invitation"))
    again = page.submit(form="main-form", status=422)
    assert "Choose one of the two answers" in again.errors[0]
    session.refresh(invitation)
    assert invitation.state is InvitationState.INVITED


def test_the_same_answer_sent_twice_acts_once(page: PageClient, session: Session, invitation: DayInvitation) -> None:
    opened = page.get(_link(session, "day_invitation"))
    form = {str(box["name"]): str(box["value"]) for box in opened.select("#main-form input[type=hidden]")}
    action = str(opened.select("#main-form")[0]["action"])
    for _ in range(2):
        assert page.client.post(action, data=form | {"answer": "yes"}).status_code == 303
    query = select(func.count(Message.id)).where(Message.name == "day_confirmed")
    assert session.scalar(query) == 1
    assert invitation.id


def test_a_full_day_tells_the_place_in_line(page: PageClient, session: Session, lead, day, invitation) -> None:
    (other,) = invite(session, day, make_youth(session, lead), by=lead)
    say_yes(session, invitation)
    page.get(_link(session, "day_invitation"))
    shown = page.submit("I am coming")
    assert "You are number 1 in line" in shown.text
    session.refresh(other)
    assert other.state is InvitationState.WAITING


def test_the_calendar_file_names_nobody_and_can_be_neutral(
    page: PageClient, session: Session, invitation: DayInvitation
) -> None:
    address = _link(session, "day_invitation")
    response = page.client.get(f"{address}/calendar.ics")
    assert response.content_type.startswith("text/calendar")
    calendar = Calendar.from_ical(response.text)
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["SUMMARY"]) == ("PUBLISH", "Talviduuni 2027")
    assert "ATTENDEE" not in event
    assert "/d/" not in response.text
    neutral = page.client.get(f"{address}/calendar.ics?title=neutral").text
    assert "Talviduuni" not in neutral
    assert "LOCATION" not in neutral
    assert "LOCATION" in response.text
    assert "SUMMARY:Meeting" in neutral
    assert invitation.uid in neutral


def test_an_employer_answers_with_people_and_what_they_bring(page: PageClient, session: Session, lead, day) -> None:
    row = ask_employer(session, day, make_contact(session, make_employer(session, lead.centre)), by=lead)
    opened = page.get(_link(session, "day_employer_invitation"))
    assert "Kahvila Aamu" in opened.text
    again = page.submit("We are coming", status=422, people="many", brings="Two trials in the kitchen")
    assert again.errors
    assert "Two trials in the kitchen" in again.text
    assert again.select("input[name=people]")[0]["value"] == "many"
    shown = page.submit("We are coming", people="2")
    assert "You are coming" in shown.text
    session.refresh(row)
    assert (row.people, row.brings) == (2, "Two trials in the kitchen")
    page.submit("We cannot come", people="")
    session.refresh(row)
    assert row.state is InvitationState.NOT_COMING


def test_the_employer_page_shows_numbers_and_no_names(
    page: PageClient, session: Session, lead, day, invitation
) -> None:
    say_yes(session, invitation)
    ask_employer(session, day, make_contact(session, make_employer(session, lead.centre)), by=lead)
    page.get(_link(session, "day_employer_invitation"))
    shown = page.submit("We are coming", people="1")
    assert "1 young person has said yes so far" in shown.text
    assert "Aino" not in shown.html


def test_a_link_that_is_unknown_or_over_leads_to_a_friendly_page(
    page: PageClient, session: Session, invitation: DayInvitation
) -> None:
    address = _link(session, "day_invitation")
    assert "ask the sender for a new one" in page.get("/d/unknown", status=404).text
    with time_machine.travel(utcnow() + timedelta(days=120)):
        page.get(address, status=404)
        page.get(f"{address}/calendar.ics", status=404)
    for link in session.scalars(select(PersonalLink)):
        link.revoked_at = utcnow()
    page.get(address, status=404)
    assert invitation.id


def test_a_cancelled_day_and_a_day_that_has_begun_take_no_answers(
    page: PageClient, session: Session, lead, day, invitation
) -> None:
    address = _link(session, "day_invitation")
    with time_machine.travel(day.starts_at):
        assert not page.get(address).select("#main-form")
    opened = page.get(address)
    form = {str(box["name"]): str(box["value"]) for box in opened.select("#main-form input[type=hidden]")}
    cancel_day(session, day, reason="Flu", actor=Actor.staff(lead))
    assert page.client.post(address, data=form | {"answer": "yes"}).status_code == 409
    shown = page.get(address)
    assert "This day is cancelled" in shown.text
    assert "Flu" in shown.text
    assert not shown.select("#main-form")


def test_after_the_list_is_closed_the_page_says_so(page: PageClient, session: Session, lead, day, invitation) -> None:
    take_step(session, day, action=DayAction.CLOSE_LIST, actor=Actor.staff(lead))
    shown = page.get(_link(session, "day_invitation"))
    assert "The list of this day is closed" in shown.text
    assert ("Call us" in shown.text) == bool(lead.centre.phone)
    assert not shown.select("button[value=yes]")


def test_the_language_switch_keeps_what_was_typed(page: PageClient, session: Session, invitation) -> None:
    page.get(_link(session, "day_invitation"))
    again = page.submit("SV Svenska", status=422, other="I come by taxi")
    assert again.select("input[name=other]")[0]["value"] == "I come by taxi"
    assert again.soup.html is not None
    assert again.soup.html["lang"] == "sv"
