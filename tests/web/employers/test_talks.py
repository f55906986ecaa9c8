"""A talk is written down in seconds, its answers become needs, and a need becomes an offer in one tap."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from placement.accounts.permissions import Role
from placement.clock import today_in_helsinki
from placement.employers.hidden_jobs.models import EmployerTalk, Lead, NeedPrompt, PromisedBy, TalkChannel
from placement.employers.hidden_jobs.states import LeadState
from placement.offers.from_leads import beginning_of_offer
from placement.offers.models import Offer, OfferKind, Visibility
from placement.offers.states import OfferState
from placement.suggestions.states import SuggestionState
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.employers import make_contact, make_employer, make_lead, make_offer, make_talk
from tests.support.factories.introductions import make_introduced
from tests.support.factories.suggestions import make_suggestion
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient
from tests.support.queries import counted_queries


def test_a_visit_needs_nothing_but_one_press(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    employer = make_employer(session, staff.centre)
    page.sign_in(staff)
    page.get(f"/employers/{employer.id}/talks/new")
    shown = page.submit("Save")
    assert shown.flashes == ["Done: The talk is written down."]
    talk = session.scalars(select(EmployerTalk)).one()
    assert (talk.channel, talk.held_on, talk.staff_id) == (TalkChannel.VISIT, today_in_helsinki(), staff.id)
    assert (talk.next_on, talk.next_owner_id) == (today_in_helsinki() + timedelta(days=14), staff.id)


def test_the_employer_can_be_chosen_on_the_page_of_any_talk(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    employer = make_employer(session, staff.centre)
    page.sign_in(staff)
    page.get("/employers/talks/new")
    assert page.submit("Save", status=422).errors == ["Employer – Choose the employer."]
    page.submit("Save", employer_id=str(employer.id), channel="phone")
    assert session.scalars(select(EmployerTalk)).one().channel is TalkChannel.PHONE


def test_each_answer_becomes_a_need_with_owner_date_and_a_guess_of_the_work(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    employer = make_employer(session, staff.centre)
    page.speak("fi").sign_in(staff)
    staff.language = "fi"
    page.get(f"/employers/{employer.id}/talks/new")
    page.submit(form="main-form", undone="Siivous jää tekemättä", people="Kaksi jää eläkkeelle", next_in="week")
    leads = session.scalars(select(Lead).order_by(Lead.id)).all()
    assert [lead.prompt for lead in leads] == [NeedPrompt.UNDONE, NeedPrompt.PEOPLE]
    assert {lead.owner_id for lead in leads} == {staff.id}
    assert {lead.next_on for lead in leads} == {today_in_helsinki() + timedelta(days=7)}
    assert leads[0].task_family == "T18"
    talk = session.scalars(select(EmployerTalk)).one()
    assert {lead.talk_id for lead in leads} == {talk.id}


def test_a_need_becomes_an_offer_in_one_tap_and_the_thread_stays(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    employer = make_employer(session, staff.centre)
    lead = make_lead(session, employer, staff, need="Somebody to fill the shelves on Fridays")
    page.sign_in(staff)
    page.get(f"/employers/{employer.id}")
    shown = page.submit("Make an offer of it")
    assert shown.select("textarea[name=tasks]")[0].get_text().strip() == lead.need
    offer = session.scalars(select(Offer)).one()
    assert (offer.kind, offer.state, offer.visibility) == (OfferKind.HIDDEN_JOB, OfferState.DRAFT, Visibility.INSIDE)
    assert (offer.task_family, offer.municipality_code, offer.lead_id) == ("T02", "698", lead.id)
    begun = beginning_of_offer(session, offer)
    assert begun is not None
    assert begun.talk is not None
    assert (begun.lead.id, begun.talk.staff_id) == (lead.id, staff.id)
    # A second tap leads to the same offer.
    page.get(f"/employers/{employer.id}/leads/{lead.id}")
    assert "Make an offer of it" not in page.page.html  # type: ignore[union-attr]
    assert session.scalar(select(func.count()).select_from(Offer)) == 1


def test_a_phone_number_in_a_need_is_not_copied_where_others_read_it(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    employer = make_employer(session, staff.centre)
    lead = make_lead(session, employer, staff, need="Call Henna 040 123 4567", task_family=None)
    page.sign_in(staff)
    page.get(f"/employers/{employer.id}/leads/{lead.id}")
    page.submit("Make an offer of it")
    offer = session.scalars(select(Offer)).one()
    assert (offer.tasks, offer.title) == ("", "Hidden job")


def test_what_was_heard_goes_on_as_the_same_thread(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    employer = make_employer(session, staff.centre)
    page.sign_in(staff)
    page.get(f"/employers/{employer.id}/leads/new")
    page.submit("Save", heard="They open a second kitchen", next_on="1.1.2027")
    heard = session.scalars(select(Lead)).one()
    assert heard.state is LeadState.HEARD
    for channel, state in (("phone", LeadState.CONTACTED), ("visit", LeadState.VISITED)):
        page.get(f"/employers/{employer.id}/talks/new")
        page.submit("Save", channel=channel)
        assert session.get_one(Lead, heard.id).state is state
    page.get(f"/employers/{employer.id}/talks/new")
    page.submit("Save", hurry="Before Christmas", undone="The dishes")
    assert session.get_one(Lead, heard.id).need == "The dishes"
    assert session.get_one(Lead, heard.id).heard == "They open a second kitchen"
    assert session.scalar(select(func.count()).select_from(Lead)) == 2


@pytest.mark.parametrize(
    ("given", "beside", "told"),
    [
        ({"held_on": "1.1.2030"}, "held_on", "still ahead"),
        ({"held_on": "31.2.2026"}, "held_on", "no such day"),
        ({"held_on": "1.1.2020"}, "held_on", "over a year ago"),
        ({"next_in": "day"}, "next_on", "Write the day"),
        ({"next_in": "day", "next_on": "1.1.2026"}, "next_on", "has passed"),
        ({"next_in": "none", "promise": "Calls back"}, "next_in", "Choose when"),
        ({"next_in": "none", "undone": "Dishes"}, "next_in", "Choose when"),
        ({"undone": "x" * 10_000}, "undone", "at most 1,000 characters"),
        ({"hurry": "Ask 010190-123A"}, "hurry", "personal identity code"),
        ({"promise": "Pay FI21 1234 5600 0007 85"}, "promise", "bank account"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_nothing_is_kept(
    page: PageClient, session: Session, given: dict[str, str], beside: str, told: str
) -> None:
    staff = make_staff(session)
    employer = make_employer(session, staff.centre)
    page.sign_in(staff)
    page.get(f"/employers/{employer.id}/talks/new")
    shown = page.submit("Save", status=422, **({"people": "Two retire", "next_in": "week"} | given))
    assert told in shown.select(f"#{beside}-error")[0].get_text()
    assert "Two retire" in shown.text
    for table in (EmployerTalk, Lead):
        assert session.scalar(select(func.count()).select_from(table)) == 0


def test_what_was_agreed_is_done_by_the_next_talk_or_by_a_press(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    employer = make_employer(session, staff.centre)
    first = make_talk(session, employer, staff, promise="Calls on Friday", next_on=today_in_helsinki())
    page.sign_in(staff)
    assert "We promised: Calls on Friday" in page.get(f"/employers/{employer.id}").text
    page.submit("Done")
    assert first.next_done_at is not None
    second = make_talk(
        session,
        employer,
        staff,
        promise="Asks the boss",
        promised_by=PromisedBy.EMPLOYER,
        next_on=today_in_helsinki(),
    )
    page.get(f"/employers/{employer.id}/talks/new")
    page.submit("Save")
    assert second.next_done_at is not None


def test_promises_and_needs_whose_day_has_come_stand_on_today(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    employer = make_employer(session, staff.centre)
    yesterday = today_in_helsinki() - timedelta(days=1)
    make_talk(session, employer, staff, promise="Asks", promised_by=PromisedBy.EMPLOYER, next_on=yesterday)
    make_lead(session, employer, staff, next_on=yesterday)
    page.sign_in(staff)
    shown = page.get("/today/")
    assert "Kahvila Aamu promised: Asks" in shown.text
    assert "Need of Kahvila Aamu: The shelves" in shown.text
    page.sign_out().sign_in(make_staff(session, staff.centre))
    assert "promised: Asks" not in page.get("/today/").text


def test_whoever_else_opens_the_page_is_warned_before_calling(page: PageClient, session: Session) -> None:
    tiina = make_staff(session, None, Role.EMPLOYER_WORKER, first_name="Tiina", last_name="Rantala")
    sari = make_staff(session, tiina.centre)
    employer = make_employer(session, tiina.centre, owner_id=tiina.id)
    make_contact(session, employer, phone="+358401234567")
    make_talk(session, employer, tiina, channel=TalkChannel.PHONE, promise="Calls back", next_on=today_in_helsinki())
    page.sign_in(sari)
    shown = page.get(f"/employers/{employer.id}")
    assert "Tiina Rantala is the one who talks with this employer" in shown.text
    assert "We promised: Calls back" in shown.text
    assert shown.select("details.more a[href^='tel:']")
    assert "Ask before you call" in page.get(f"/employers/{employer.id}/talks/new").text
    page.sign_out().sign_in(tiina)
    shown = page.get(f"/employers/{employer.id}")
    assert "Ask before you call" not in shown.text
    assert not shown.select("details.more a[href^='tel:']")


def test_handing_over_takes_steps_and_needs_along(page: PageClient, session: Session) -> None:
    tiina = make_staff(session, None, Role.EMPLOYER_WORKER, first_name="Tiina", last_name="Rantala")
    sari = make_staff(session, tiina.centre)
    employer = make_employer(session, tiina.centre, owner_id=tiina.id)
    talk = make_talk(session, employer, tiina, next_on=today_in_helsinki())
    lead = make_lead(session, employer, tiina)
    page.sign_in(tiina)
    page.get(f"/employers/{employer.id}/hand-over")
    assert "Choose a worker." in page.submit("Hand over", status=422).errors[0]
    page.submit("Hand over", owner_id=str(sari.id))
    assert (employer.owner_id, talk.next_owner_id, lead.owner_id) == (sari.id, sari.id, sari.id)
    page.get(f"/employers/{employer.id}/hand-over")
    employer.notes = "Changed by a colleague"
    shown = page.submit("Hand over", status=409, owner_id=str(tiina.id))
    assert "Somebody else has changed this employer" in shown.text
    assert [option["value"] for option in shown.select("#owner_id option[selected]")] == [str(tiina.id)]
    page.submit("Hand over")
    assert employer.owner_id == tiina.id


def test_two_who_change_a_need_at_once_keep_what_they_typed(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    employer = make_employer(session, staff.centre)
    lead = make_lead(session, employer, staff)
    page.sign_in(staff)
    page.get(f"/employers/{employer.id}/leads/{lead.id}")
    lead.need = "Changed by a colleague"
    shown = page.submit("Save", status=409, need="My own words")
    assert "Somebody else has changed this need" in shown.text
    assert shown.select("#need")[0].get_text().strip() == "My own words"
    assert session.get_one(Lead, lead.id).need == "Changed by a colleague"
    page.submit("Save", need="My own words")
    assert session.get_one(Lead, lead.id).need == "My own words"


def test_a_need_that_comes_to_nothing_leaves_the_board_with_a_reason(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    lead = make_lead(session, make_employer(session, staff.centre), staff)
    page.sign_in(staff)
    page.get(f"/employers/{lead.employer_id}/leads/{lead.id}/drop")
    page.submit("It came to nothing", status=422)
    page.submit("It came to nothing", reason="They found somebody")
    assert lead.state is LeadState.DROPPED
    assert "The shelves" not in page.get("/employers/hidden-jobs").text
    assert "They found somebody" in page.get(f"/employers/{lead.employer_id}/leads/{lead.id}").text


def test_the_board_tells_each_stage_and_puts_those_that_stand_still_first(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    employer = make_employer(session, staff.centre)
    today = today_in_helsinki()
    make_lead(session, employer, staff, need="Moves on", next_on=today + timedelta(days=3))
    make_lead(session, employer, staff, need="Stands still", next_on=today - timedelta(days=3))
    offered = make_lead(session, employer, staff, need="Offered", state=LeadState.OFFERED)
    offer = make_offer(session, employer, lead_id=offered.id)
    introduced = make_lead(session, employer, staff, need="Introduced to", state=LeadState.OFFERED)
    talked = make_offer(session, employer, lead_id=introduced.id)
    youth = make_youth(session, staff)
    yes = make_suggestion(session, youth=youth, offer=talked, made_by=staff, state=SuggestionState.INTERESTED)
    make_introduced(session, staff=staff, youth=youth, suggestion=yes, contact=make_contact(session, employer))
    placed = make_lead(session, employer, staff, need="Taken", state=LeadState.OFFERED)
    make_offer(session, employer, lead_id=placed.id, state=OfferState.FILLED)
    page.sign_in(staff)
    shown = page.get("/employers/hidden-jobs")
    rows = [" ".join(row.get_text(" ").split()) for row in shown.select("tbody tr")]
    assert "Stands still" in rows[0]
    assert "3 days late" in rows[0]
    assert not any("Taken" in row for row in rows)
    assert [row for row in rows if "Offered" in row and offer.title in row]
    assert "Introduced" in next(row for row in rows if "Introduced to" in row)
    assert "Taken" in page.get("/employers/hidden-jobs?stage=placed").text
    assert "Offered" not in page.get("/employers/hidden-jobs?stage=noted").text


def test_the_board_asks_the_database_as_often_for_many_as_for_few(
    page: PageClient, session: Session, engine: Engine
) -> None:
    staff = make_staff(session)
    page.sign_in(staff)
    counts = []
    for _round in range(2):
        for _number in range(4):
            lead = make_lead(session, make_employer(session, staff.centre), staff, state=LeadState.OFFERED)
            make_offer(session, make_employer(session, staff.centre), lead_id=lead.id)
        with counted_queries(engine) as statements:
            page.get("/employers/hidden-jobs")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_a_talk_with_an_employer_of_another_centre_cannot_be_written(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    theirs = make_employer(session, make_centre(session))
    page.sign_in(staff)
    page.get("/employers/talks/new")
    page.submit("Save", status=422, employer_id=str(theirs.id))
    assert session.scalar(select(func.count()).select_from(EmployerTalk)) == 0
