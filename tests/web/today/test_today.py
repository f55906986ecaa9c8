"""The page of the day, for each role."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.accounts.permissions import Role
from placement.audit.models import Heartbeat
from placement.audit.services import Actor
from placement.clock import today_in_helsinki, utcnow
from placement.notifications.models import Channel, Message, MessageState
from placement.offers.promises import note_promise
from placement.offers.states import OfferState
from placement.suggestions.states import SuggestionState
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.days import make_open_day
from tests.support.factories.employers import make_contact, make_employer, make_offer
from tests.support.factories.messages import make_message
from tests.support.factories.suggestions import make_suggestion
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient
from tests.support.queries import counted_queries

CARDS = {"FOO01": "yes", "PEO16": "yes", "PEO01": "yes", "PEO04": "yes", "CAR01": "yes", "ENV05": "suits"}


@pytest.fixture
def sari(session: Session) -> Staff:
    return make_staff(session)


def _today(page: PageClient, staff: Staff):
    return page.sign_in(staff).get("/today/")


@pytest.mark.parametrize(
    ("hour", "words"), [(5, "Good morning, Sari"), (12, "Good day, Sari"), (18, "Good evening, Sari")]
)
def test_the_greeting_follows_the_finnish_clock(page: PageClient, sari: Staff, hour: int, words: str):
    with time_machine.travel(datetime(2026, 11, 22, hour, 0, tzinfo=UTC), tick=False):
        opened = _today(page, sari)
    assert opened.heading == words
    assert "Sunday 22.11.2026" in opened.text


def test_opening_hours_are_told(page: PageClient, sari: Staff):
    sari.centre.opening_hours = "12–16"
    assert "open 12–16" in _today(page, sari).text


def test_a_quiet_day_says_so(page: PageClient, sari: Staff):
    assert "Nothing waits for you today" in _today(page, sari).text


def test_a_yes_waits_for_a_call_until_it_is_followed_up(page: PageClient, session: Session, sari: Staff):
    earlier = datetime(2026, 11, 17, 10, 0, tzinfo=UTC)
    suggestion = make_suggestion(session, made_by=sari, state=SuggestionState.INTERESTED, answered_at=earlier)
    with time_machine.travel(datetime(2026, 11, 19, 10, 0, tzinfo=UTC), tick=False):
        opened = _today(page, sari)
    assert "Aino K. wants to hear more: Kahvila-apulainen" in opened.text
    assert "2 days late" in opened.text
    assert f"/young-people/{suggestion.youth_id}/suggestions/{suggestion.id}/follow-up" in opened.links()
    suggestion.followed_up_at = utcnow()
    assert "days late" not in _today(page, sari).text


@pytest.mark.parametrize(("day", "words"), [(22, "Today"), (23, "Today"), (24, "1 day late")])
def test_a_weekend_makes_nothing_late(page: PageClient, session: Session, sari: Staff, day: int, words: str):
    saturday = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
    make_suggestion(session, made_by=sari, state=SuggestionState.INTERESTED, answered_at=saturday)
    with time_machine.travel(datetime(2026, 11, day, 10, 0, tzinfo=UTC), tick=False):
        row = _today(page, sari).select(".tasks li")[0]
    assert row.get_text(" ").split(" Aino")[0].strip() == words


@time_machine.travel(datetime(2026, 11, 19, 10, 0, tzinfo=UTC), tick=False)
def test_next_steps_due_today_and_late_are_told(page: PageClient, session: Session, sari: Staff):
    today = today_in_helsinki()
    make_youth(session, sari, first_name="Eero", next_on=today, next_step="Call about the bus")
    make_youth(session, sari, first_name="Onni", next_on=today - timedelta(days=1), next_step="Visit")
    make_youth(session, sari, first_name="Mira", next_on=today + timedelta(days=1), next_step="Later")
    rows = [" ".join(row.get_text(" ").split()) for row in _today(page, sari).select(".tasks li")]
    assert rows[0].startswith("1 day late Onni K.: Visit")
    assert rows[1].startswith("Today Eero K.: Call about the bus")
    assert not any("Mira" in row for row in rows)


def test_young_people_nobody_has_talked_to_are_told(page: PageClient, session: Session, sari: Staff):
    make_youth(session, sari, last_contact_on=today_in_helsinki() - timedelta(days=23))
    opened = _today(page, sari)
    assert "Ask how Aino K. is doing" in opened.text
    assert "No contact for 23 days" in opened.text
    assert opened.select(".bad-text")


def test_offers_to_check_and_to_confirm_are_told(page: PageClient, session: Session, sari: Staff):
    employer = make_employer(session, sari.centre)
    make_offer(session, employer, state=OfferState.SUBMITTED, title="Library helper")
    make_offer(session, employer, title="Old one", confirmed_on=today_in_helsinki() - timedelta(days=34))
    opened = _today(page, sari)
    assert "Offer “Library helper” waits to be checked" in opened.text
    assert "Offer “Old one” not confirmed for 34 days" in opened.text


def test_an_answer_that_was_promised_and_has_not_come_is_told(page: PageClient, session: Session, sari: Staff):
    offer = make_offer(session, make_employer(session, sari.centre))
    friday = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
    note_promise(session, offer=offer, what="who guides", by=friday.date(), actor=Actor.staff(sari))
    with time_machine.travel(friday, tick=False) as clock:
        offer.confirmed_on = friday.date()
        assert "promised an answer" not in _today(page, sari).text
        clock.shift(timedelta(days=3))
        opened = _today(page, sari)
    assert "Kahvila Aamu promised an answer: who guides" in opened.text
    assert f"/offers/{offer.id}" in opened.links()


def test_a_long_list_is_cut_and_says_so(page: PageClient, session: Session, sari: Staff):
    employer = make_employer(session, sari.centre)
    for number in range(8):
        make_offer(session, employer, state=OfferState.SUBMITTED, title=f"Place {number}")
    opened = _today(page, sari)
    assert "And 3 more like the ones above" in opened.text
    assert "/offers/?state=submitted" in opened.links()


def test_many_next_steps_are_cut_and_lead_to_the_young_people(page: PageClient, session: Session, sari: Staff):
    for number in range(7):
        make_youth(session, sari, first_name=f"Eero{number}", next_on=today_in_helsinki(), next_step="Call")
    opened = _today(page, sari)
    assert len(opened.select(".tasks li")) == 6
    assert "And 2 more like the ones above" in opened.text
    assert "/young-people/" in opened.links()


def test_new_offers_that_fit_name_at_most_three(page: PageClient, session: Session, sari: Staff):
    offer = make_offer(session, make_employer(session, sari.centre), environment={"ENV05": True})
    for name in ("Aino", "Eero", "Onni", "Mira", "Noora"):
        make_youth(session, sari, first_name=name, cards=CARDS, day_parts={"morning": True})
    line = " ".join(_today(page, sari).select("table")[0].get_text(" ").split())
    assert offer.title in line
    assert line.endswith("+2")


def test_a_suggested_offer_is_not_new_any_more(page: PageClient, session: Session, sari: Staff):
    offer = make_offer(session, make_employer(session, sari.centre), environment={"ENV05": True})
    youth = make_youth(session, sari, cards=CARDS, day_parts={"morning": True})
    make_suggestion(session, youth=youth, offer=offer, made_by=sari)
    assert not _today(page, sari).select("table")


def test_answers_and_failed_messages_are_told(page: PageClient, session: Session, sari: Staff):
    make_suggestion(session, made_by=sari, state=SuggestionState.NOT_FOR_ME, answer_reason="too far")
    joni = make_youth(session, sari, first_name="Joni")
    session.add(
        Message(
            dedupe_key="x",
            centre_id=sari.centre_id,
            name="suggestion_sent",
            youth_id=joni.id,
            channel=Channel.SMS,
            address=joni.phone,
            language="fi",
            text="Hei",
            state=MessageState.FAILED,
            due_at=utcnow(),
            ended_at=utcnow(),
            message_id="<x@sauma>",
            created_at=utcnow(),
        )
    )
    text = _today(page, sari).text
    assert "Aino K. answered not for me: Kahvila-apulainen" in text
    assert "too far" in text
    assert "A text message to Joni K. did not arrive" in text
    assert joni.phone not in text


def test_whom_messages_do_not_reach_is_a_task_until_the_address_is_another(
    page: PageClient, session: Session, sari: Staff
):
    joni = make_youth(session, sari, first_name="Joni", email="joni@exmple.fi")
    veeti = make_youth(session, make_staff(session, sari.centre), first_name="Veeti", email="veeti@exmple.fi")
    told: dict[str, Any] = {"state": MessageState.FAILED, "address_is_bad": True}
    make_message(session, centre_id=sari.centre_id, youth_id=joni.id, address=joni.email, **told)
    make_message(session, centre_id=sari.centre_id, youth_id=joni.id, address=joni.phone, channel=Channel.SMS, **told)
    make_message(session, centre_id=sari.centre_id, youth_id=veeti.id, address=veeti.email, **told)
    shown = _today(page, sari)
    assert "E-mails do not reach Joni K.: the address is not right" in shown.text
    assert "Text messages do not reach Joni K.: the number is not right" in shown.text
    assert "Veeti" not in shown.text
    joni.email, joni.phone = "joni@example.fi", "+358401234000"
    session.commit()
    assert "do not reach" not in _today(page, sari).text


def test_a_contact_whom_messages_do_not_reach_is_a_task_of_who_keeps_the_employer(
    page: PageClient, session: Session, sari: Staff
):
    keeper = make_staff(session, sari.centre, Role.EMPLOYER_WORKER)
    contact = make_contact(session, make_employer(session, sari.centre, owner_id=keeper.id), name="Henna Aalto")
    make_message(
        session,
        centre_id=sari.centre_id,
        employer_contact_id=contact.id,
        address=contact.email,
        state=MessageState.FAILED,
        address_is_bad=True,
    )
    text = "E-mails do not reach Henna Aalto: the address is not right"
    assert text in _today(page, keeper).text
    assert text not in _today(page, sari).text


def test_others_young_people_and_other_centres_stay_out(page: PageClient, session: Session, sari: Staff):
    mikko = make_staff(session, sari.centre, first_name="Mikko")
    make_suggestion(session, made_by=mikko, state=SuggestionState.INTERESTED)
    make_offer(session, make_employer(session, make_centre(session)), state=OfferState.SUBMITTED, title="Elsewhere")
    text = _today(page, sari).text
    assert "Aino" not in text
    assert "Elsewhere" not in text


@pytest.mark.parametrize(
    "role", [Role.EMPLOYER_WORKER, Role.LEAD, Role.ADMIN, Role.AUDITOR, Role.AUTHORITY, Role.OUTREACH]
)
def test_no_name_of_a_young_person_reaches_a_role_that_may_not_see_them(
    page: PageClient, session: Session, sari: Staff, role: Role
):
    worker = make_staff(session, sari.centre, role, first_name="Leena")
    youth = make_youth(session, worker, cards=CARDS, next_on=today_in_helsinki(), next_step="Secret step")
    offer = make_offer(session, make_employer(session, sari.centre))
    make_suggestion(session, youth=youth, offer=offer, made_by=worker, state=SuggestionState.INTERESTED)
    html = _today(page, worker).html
    assert "Aino" not in html
    assert "Secret step" not in html


def test_a_company_coordinator_sees_offers(page: PageClient, session: Session, sari: Staff):
    make_offer(session, make_employer(session, sari.centre), state=OfferState.SUBMITTED, title="Library helper")
    worker = make_staff(session, sari.centre, Role.EMPLOYER_WORKER)
    opened = _today(page, worker)
    assert "Library helper" in opened.text
    assert "My young people" not in opened.text


def test_a_lead_sees_numbers(page: PageClient, session: Session, sari: Staff):
    make_suggestion(session, made_by=sari)
    opened = _today(page, make_staff(session, sari.centre, Role.LEAD))
    assert "The centre now" in opened.text
    assert "1 young person in all" in opened.text


def test_an_administrator_sees_service_matters(page: PageClient, session: Session, sari: Staff):
    admin = make_staff(session, sari.centre, Role.ADMIN)
    assert "the jobs process is not running" in _today(page, admin).text
    session.add(Heartbeat(name="jobs", owner="here", beat_at=utcnow()))
    assert "Nothing waits for you today" in _today(page, admin).text


def test_the_queries_do_not_grow_with_the_rows(page: PageClient, session: Session, engine: Engine, sari: Staff):
    counts = []
    page.sign_in(sari)
    for more in (2, 4):
        for _number in range(more):
            employer = make_employer(session, sari.centre)
            offer = make_offer(session, employer, environment={"ENV05": True})
            make_offer(session, employer, state=OfferState.SUBMITTED)
            youth = make_youth(
                session, sari, cards=CARDS, day_parts={"morning": True}, next_on=today_in_helsinki(), next_step="x"
            )
            make_suggestion(session, youth=youth, offer=offer, made_by=sari, state=SuggestionState.INTERESTED)
            make_youth(session, sari, cards=CARDS, day_parts={"morning": True})
        session.commit()
        with counted_queries(engine) as statements:
            page.get("/today/")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_recruitment_days_ahead_are_told_with_their_numbers(page: PageClient, session: Session, sari: Staff):
    day = make_open_day(session, sari, title="Winter market")
    opened = _today(page, sari)
    assert f"Recruitment day “Winter market”: 0 of {day.capacity} seats" in opened.text
    assert f"/recruitment-days/{day.id}" in opened.links()
