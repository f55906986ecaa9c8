"""The coordinator plans a recruitment day."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from placement.accounts.permissions import Role
from placement.audit.models import AuditEntry
from placement.audit.services import Actor
from placement.clock import today_in_helsinki, utcnow
from placement.notifications.models import Channel, Message, MessageState
from placement.recruitment_days.invitations import answer_for_employer, answer_invitation
from placement.recruitment_days.models import DayEmployer, DayInvitation, RecruitmentDay
from placement.recruitment_days.services import take_step
from placement.recruitment_days.states import DayAction, DayState, InvitationState
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.days import ask_employer, invite, make_open_day, say_yes
from tests.support.factories.employers import make_contact, make_employer
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient
from tests.support.queries import counted_queries

FIELDS = {
    "title": "Talviduuni 2027",
    "begins": "12",
    "ends": "15.00",
    "venue_name": "City library",
    "capacity": "40",
}


@pytest.fixture
def lead(session: Session):
    return make_staff(session, make_centre(session), Role.LEAD, first_name="Mikko", last_name="Aalto")


def _finnish(day) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def _soon() -> str:
    return _finnish(today_in_helsinki() + timedelta(days=21))


def test_the_coordinator_makes_a_day_opens_it_and_invites(page: PageClient, session: Session, lead) -> None:
    make_youth(session, lead, channel=Channel.EMAIL, email="aino@example.fi")
    make_youth(session, lead, first_name="Onni", last_name="Laine", channel=Channel.NONE)
    page.sign_in(lead).get("/recruitment-days")
    assert "No coming recruitment days" in page.page.text
    page.get("/recruitment-days/new")
    shown = page.submit("Make the day", held_on=_soon(), **FIELDS)
    assert shown.heading == "Talviduuni 2027"
    assert "Idea" in shown.text
    assert "Reminders that go out by themselves" in shown.text
    shown = page.submit("Open sign-up")
    assert "Sign-up is open now." in shown.flashes[0]
    assert "0 young people coming" in shown.text
    day = session.scalars(select(RecruitmentDay)).one()
    page.get(f"/recruitment-days/{day.id}/invite")
    boxes = [str(box["value"]) for box in page.page.select("input[name=youths]")]
    shown = page.submit("Send the invitations", youths=boxes)
    assert "2 young people are invited" in shown.flashes[0]
    assert "1 of them has no channel for messages. Call them." in shown.flashes[1]
    assert "Aino K." in shown.text
    assert "Koskela" not in shown.text
    messages = page.get(f"/recruitment-days/{day.id}/messages")
    assert "Going out by themselves" in messages.text
    assert "Call these" in messages.text
    assert "Onni L." in messages.text
    assert "aino@example.fi" not in messages.html


def test_a_day_that_cannot_be_is_not_made_and_nothing_typed_is_lost(page: PageClient, session: Session, lead) -> None:
    page.sign_in(lead).get("/recruitment-days/new")
    again = page.submit(
        "Make the day",
        status=422,
        **(FIELDS | {"held_on": "1.1.2020", "ends": "11", "capacity": "0", "access_notes": "Door B", "begins": "26"}),
    )
    assert len(again.errors) >= 2
    assert again.select("input[name=begins]")[0]["value"] == "26"
    assert "Door B" in again.text
    again = page.submit("Make the day", status=422, held_on="1.1.2020", begins="12", ends="11", capacity="5")
    assert any("not in the past" in error for error in again.errors)
    assert any("later than it begins" in error for error in again.errors)
    late = _finnish(today_in_helsinki() + timedelta(days=40))
    again = page.submit("Make the day", status=422, held_on=_soon(), ends="13", answer_by=late)
    assert any("before the day itself" in error for error in again.errors)
    assert session.scalar(select(func.count(RecruitmentDay.id))) == 0


def test_changing_the_time_tells_everybody_and_changing_the_text_does_not(
    page: PageClient, session: Session, lead
) -> None:
    day = make_open_day(session, lead)
    (invitation,) = invite(session, day, make_youth(session, lead), by=lead)
    say_yes(session, invitation)
    page.sign_in(lead).get(f"/recruitment-days/{day.id}/edit")
    assert page.page.select("input[name=begins]")[0]["value"] == "12:00"
    shown = page.submit("Save", access_notes="Door B")
    assert shown.flashes[0].endswith("Saved.")
    page.get(f"/recruitment-days/{day.id}/edit")
    shown = page.submit("Save", begins="13")
    assert "told of the new time" in shown.flashes[0]
    session.refresh(day)
    assert day.schedule_version == 1


def test_two_people_editing_the_same_day_are_told_of_each_other(page: PageClient, session: Session, lead) -> None:
    day = make_open_day(session, lead)
    page.sign_in(lead).get(f"/recruitment-days/{day.id}/edit")
    again = page.submit("Save", status=422, title="Mine", version="0")
    assert "Somebody else has changed this day" in again.text
    assert page.submit("Save").heading == "Mine"


def test_cancelling_asks_why_and_then_tells(page: PageClient, session: Session, lead) -> None:
    day = make_open_day(session, lead)
    invite(session, day, make_youth(session, lead), by=lead)
    page.sign_in(lead).get(f"/recruitment-days/{day.id}/cancel")
    assert "1 young person is invited" in page.page.text
    assert "0 people get a message" in page.page.text, "the invitation has not left yet"
    assert page.submit("Cancel the day", status=422).errors
    shown = page.submit("Cancel the day", reason="Flu")
    assert "This day is cancelled: Flu" in shown.text
    assert "coming" not in shown.text
    assert "Next messages leave" not in shown.text
    session.refresh(day)
    assert day.state is DayState.CANCELLED


def test_the_page_of_cancelling_counts_the_invited_and_those_who_are_told(
    page: PageClient, session: Session, lead
) -> None:
    day = make_open_day(session, lead)
    by_phone = make_youth(session, lead, channel=Channel.NONE)
    coming, no, silent = invite(session, day, make_youth(session, lead), make_youth(session, lead), by_phone, by=lead)
    say_yes(session, coming)
    answer_invitation(session, no, coming=False, actor=Actor.system())
    ask_employer(session, day, make_contact(session, make_employer(session, lead.centre)), by=lead)
    for message in session.scalars(select(Message)):
        message.state, message.ended_at = MessageState.SENT, utcnow()
    shown = page.sign_in(lead).get(f"/recruitment-days/{day.id}/cancel")
    assert "3 young people are invited." in shown.text
    assert "2 people get a message that the day is cancelled" in shown.text
    assert "1 person has no channel for messages. Call them." in shown.text
    shown = page.submit("Cancel the day", reason="Flu")
    assert "2 people get a message" in shown.flashes[0]
    assert silent.state is InvitationState.INVITED


def test_the_plan_lists_the_reminders_still_ahead_by_time(page: PageClient, session: Session, lead) -> None:
    day = make_open_day(session, lead, held_on=today_in_helsinki() + timedelta(days=4))
    rows = page.sign_in(lead).get(f"/recruitment-days/{day.id}").select("table tbody tr")
    texts = [" ".join(row.get_text(" ").split()) for row in rows]
    assert len(texts) == 4, "programme, check and numbers have passed"
    assert "Reminder on the day" in texts[2]
    assert "3 days after the invitation" in texts[3]


def test_young_people_of_one_name_can_be_told_apart_and_found(page: PageClient, session: Session, lead) -> None:
    counsellor = make_staff(session, lead.centre, Role.COUNSELLOR, first_name="Leena", last_name="Kivelä")
    for last_name, contact in (("Harju", None), ("Heino", None), ("Heino", today_in_helsinki())):
        make_youth(session, counsellor, first_name="Emilia", last_name=last_name, last_contact_on=contact)
    make_youth(session, counsellor, first_name="Aatu", last_name="Öhman")
    day = make_open_day(session, lead)
    shown = page.sign_in(counsellor).get(f"/recruitment-days/{day.id}/invite")
    today = _finnish(today_in_helsinki())
    names = [label.get_text().strip() for label in shown.select("fieldset label")]
    assert names == [
        "Aatu Öhman", "Emilia Harju", "Emilia Heino · no contact yet", f"Emilia Heino · last contact {today}"
    ]  # fmt: skip
    shown = page.get(f"/recruitment-days/{day.id}/invite?q=öhman")
    assert [label.get_text().strip() for label in shown.select("fieldset label")] == ["Aatu Öhman"]
    assert "Nobody with that name" in page.get(f"/recruitment-days/{day.id}/invite?q=zzz").text
    shown = page.sign_in(lead).get(f"/recruitment-days/{day.id}/invite")
    assert "Emilia H. · Leena Kivelä · no contact yet" in shown.text
    assert "Harju" not in shown.text


def test_more_than_fifty_young_people_come_in_pages(page: PageClient, session: Session, lead) -> None:
    for _ in range(52):
        make_youth(session, lead)
    day = make_open_day(session, lead)
    page.sign_in(lead)
    assert len(page.get(f"/recruitment-days/{day.id}/invite").select("input[name=youths]")) == 50
    boxes = page.get(f"/recruitment-days/{day.id}/invite?page=2").select("input[name=youths]")
    shown = page.submit("Send the invitations", youths=[str(box["value"]) for box in boxes])
    assert "2 young people are invited" in shown.flashes[0]


def test_a_step_pressed_twice_is_taken_once(page: PageClient, session: Session, lead) -> None:
    day = make_open_day(session, lead)
    opened = page.sign_in(lead).get(f"/recruitment-days/{day.id}")
    form = next(form for form in opened.select("form") if "Close the list" in form.get_text())
    data = {str(box["name"]): str(box["value"]) for box in form.select("input")}
    for _ in range(2):
        assert page.client.post(f"/recruitment-days/{day.id}/step", data=data).status_code == 303
    stale = data | {"form_key": "another"}
    assert page.client.post(f"/recruitment-days/{day.id}/step", data=stale).status_code == 409
    assert page.client.post(f"/recruitment-days/{day.id}/step", data=stale | {"action": "fly"}).status_code == 400


def test_a_counsellor_sees_and_invites_their_own_young_people_only(page: PageClient, session: Session, lead) -> None:
    counsellor = make_staff(session, lead.centre, Role.COUNSELLOR)
    mine, other = make_youth(session, counsellor), make_youth(session, lead, first_name="Veera", last_name="Mäki")
    day = make_open_day(session, lead)
    invite(session, day, other, by=lead)
    page.sign_in(counsellor).get(f"/recruitment-days/{day.id}/invite")
    assert [str(box["value"]) for box in page.page.select("input[name=youths]")] == [str(mine.id)]
    page.submit("Send the invitations", status=422, youths=[str(other.id)])
    page.get(f"/recruitment-days/{day.id}/invite")
    shown = page.submit("Send the invitations", youths=[str(mine.id)])
    assert "Aino K." in shown.text
    assert "Veera" not in shown.text
    invitation = session.scalars(select(DayInvitation).where(DayInvitation.youth_id == other.id)).one()
    token = {"csrf_token": shown.select("input[name=csrf_token]")[0]["value"], "answer": "yes"}
    address = f"/recruitment-days/{day.id}/invitations/{invitation.id}/answer"
    assert page.client.post(address, data=token).status_code == 404
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "day.names_viewed")).first()
    assert entry is not None
    assert entry.changes == {"youth_ids": [mine.id]}


def test_an_answer_by_phone_is_noted(page: PageClient, session: Session, lead) -> None:
    day = make_open_day(session, lead)
    (invitation,) = invite(session, day, make_youth(session, lead, channel=Channel.NONE), by=lead)
    page.sign_in(lead).get(f"/recruitment-days/{day.id}/invitations")
    assert "Call" in page.page.text
    assert "Noted: Coming" in page.submit("Is coming").flashes[0]
    session.refresh(invitation)
    assert invitation.state is InvitationState.COMING
    page.submit("Cannot come")
    session.refresh(invitation)
    assert invitation.state is InvitationState.NOT_COMING


def test_an_employer_is_invited_and_shown_with_what_they_bring(page: PageClient, session: Session, lead) -> None:
    make_contact(session, make_employer(session, lead.centre))
    make_contact(session, make_employer(session, make_centre(session), name="Elsewhere Oy"))
    day = make_open_day(session, lead)
    page.sign_in(lead).get(f"/recruitment-days/{day.id}/employers")
    page.get(f"/recruitment-days/{day.id}/employers/invite")
    assert "Elsewhere" not in page.page.text
    shown = page.submit("Send the invitation")
    assert "Kahvila Aamu is invited" in shown.flashes[0]
    row = session.scalars(select(DayEmployer)).one()
    answer_for_employer(session, row, coming=True, people=3, brings="Two trials", actor=Actor.system())
    assert "Two trials" in page.get(f"/recruitment-days/{day.id}/employers").text
    assert "Noted: Cannot come" in page.submit("They cannot come").flashes[0]
    assert "Nobody left to invite" in page.get(f"/recruitment-days/{day.id}/employers/invite").text


def test_the_messages_page_shows_what_goes_out_to_how_many(page: PageClient, session: Session, lead) -> None:
    day = make_open_day(session, lead)
    for invitation in invite(session, day, *[make_youth(session, lead) for _ in range(3)], by=lead):
        say_yes(session, invitation)
    row = ask_employer(session, day, make_contact(session, make_employer(session, lead.centre)), by=lead)
    answer_for_employer(session, row, coming=True, people=1, actor=Actor.system())
    text = page.sign_in(lead).get(f"/recruitment-days/{day.id}/messages").text
    assert "Reminder the day before 3 young people Text message Waiting" in text
    assert "Employer: how many are coming 1 employer E-mail Waiting" in text
    assert "Reminder to answer" not in text, "nobody is left to be asked"


@pytest.mark.parametrize(
    "path", ["", "/edit", "/cancel", "/employers", "/employers/invite", "/invitations", "/invite", "/messages"]
)
def test_a_day_of_another_centre_cannot_be_found(page: PageClient, session: Session, lead, path: str) -> None:
    stranger = make_staff(session, make_centre(session), Role.LEAD)
    day = make_open_day(session, stranger)
    page.sign_in(lead).get(f"/recruitment-days/{day.id}{path}", status=404)


def test_who_may_not_edit_finds_no_buttons_and_is_refused(page: PageClient, session: Session, lead) -> None:
    day = make_open_day(session, lead)
    partner = make_staff(session, lead.centre, Role.OUTREACH)
    shown = page.sign_in(partner).get(f"/recruitment-days/{day.id}")
    assert not shown.select(f"a[href$='/recruitment-days/{day.id}/edit']")
    for path in ("/edit", "/cancel", "/invitations", "/invite", "/messages", "/employers", "/employers/invite"):
        page.get(f"/recruitment-days/{day.id}{path}", status=403)
    page.get("/recruitment-days/new", status=403)
    auditor = make_staff(session, lead.centre, Role.AUDITOR)
    page.sign_in(auditor).get("/recruitment-days", status=403)


def test_earlier_and_cancelled_days_stand_below(page: PageClient, session: Session, lead) -> None:
    day = make_open_day(session, lead, title="Syysduuni")
    day.held_on = today_in_helsinki() - timedelta(days=3)
    make_open_day(session, lead, title="Kevätduuni")
    shown = page.sign_in(lead).get("/recruitment-days")
    assert shown.text.index("Kevätduuni") < shown.text.index("Earlier days") < shown.text.index("Syysduuni")


def _with_people(session: Session, lead, count: int) -> RecruitmentDay:
    day = make_open_day(session, lead)
    for invitation in invite(session, day, *[make_youth(session, lead) for _ in range(count)], by=lead):
        say_yes(session, invitation)
    for number in range(count):
        contact = make_contact(session, make_employer(session, lead.centre, name=f"Oy {number}"))
        ask_employer(session, day, contact, by=lead)
    return day


@pytest.mark.parametrize("path", ["", "/employers", "/employers/invite", "/invitations", "/invite", "/messages"])
def test_more_people_do_not_mean_more_queries(
    page: PageClient, session: Session, lead, engine: Engine, path: str
) -> None:
    small, large = _with_people(session, lead, 2), _with_people(session, lead, 12)
    page.sign_in(lead).get(f"/recruitment-days/{small.id}{path}")
    counts = []
    for day in (small, large):
        with counted_queries(engine) as statements:
            page.get(f"/recruitment-days/{day.id}{path}")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_more_days_do_not_mean_more_queries(page: PageClient, session: Session, lead, engine: Engine) -> None:
    counts = []
    page.sign_in(lead)
    for _ in range(2):
        for _ in range(4):
            make_open_day(session, lead)
        page.get("/recruitment-days")
        with counted_queries(engine) as statements:
            page.get("/recruitment-days")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_the_language_switch_keeps_what_was_typed(page: PageClient, session: Session, lead) -> None:
    page.sign_in(lead).get("/recruitment-days/new")
    again = page.submit("SV Svenska", status=422, title="Vinterjobb")
    assert again.select("input[name=title]")[0]["value"] == "Vinterjobb"


def test_nobody_is_invited_before_the_day_is_open(page: PageClient, session: Session, lead) -> None:
    make_youth(session, lead)
    day = make_open_day(session, lead)
    page.sign_in(lead).get(f"/recruitment-days/{day.id}/invite")
    boxes = [str(box["value"]) for box in page.page.select("input[name=youths]")]
    take_step(session, day, action=DayAction.CLOSE_LIST, actor=Actor.staff(lead))
    page.submit("Send the invitations", status=409, youths=boxes)
    assert session.scalar(select(func.count(Message.id))) == 0
