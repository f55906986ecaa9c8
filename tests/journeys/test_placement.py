"""From a yes to a signed start: a work trial of three parties, and one of a person under 18 with a guardian."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from placement.accounts.models import Staff
from placement.accounts.permissions import Role
from placement.clock import today_in_helsinki
from placement.notifications.models import Channel
from placement.suggestions.states import SuggestionState
from tests.journeys.steps import sign_in, write
from tests.support.browser import Visitor
from tests.support.factories.centres import make_staff
from tests.support.factories.employers import make_contact, make_employer, make_offer
from tests.support.factories.placements import make_placement
from tests.support.factories.suggestions import make_suggestion
from tests.support.factories.youths import make_youth
from tests.support.service import RunningService, link_in

pytestmark = pytest.mark.browser

SARI = "sari@example.fi"
EERO, JARI, PAULA, ONNI = "+358401110001", "+358401110002", "+358401110003", "+358401110004"


def finnish(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def an_officer(service: RunningService, first_name: str) -> str:
    """An officer of the employment authority; return the e-mail address."""
    with service.transaction() as session:
        centre = service.worker(session, SARI).centre
        return make_staff(session, centre, Role.AUTHORITY, first_name=first_name, last_name="Saarela").email


def a_yes(service: RunningService) -> tuple[int, int]:
    """Eero wants to hear more of a place of Jari; return the ids of person and suggestion."""
    with service.transaction() as session:
        sari = service.worker(session, SARI)
        question = "I want to find out whether I like repairing all day."
        youth = make_youth(session, sari, first_name="Eero", last_name="Virtala", phone=EERO, question=question)
        employer = make_employer(session, sari.centre, name="Pyöräpaja Sato")
        contact = make_contact(session, employer, name="Jari Sato", phone=JARI, channel=Channel.SMS)
        values = {"title": "Pyörähuolto", "contact_id": contact.id, "laid_off_lately": "no", "task_family": "T55"}
        offer = make_offer(session, employer, guide_name="Jari", street_area="Korkalonkatu 5", **values)
        state = SuggestionState.INTERESTED
        suggestion = make_suggestion(session, youth=youth, offer=offer, made_by=sari, state=state)
        return youth.id, suggestion.id


def sign_on_phone(reader: Visitor, address: str, name: str) -> None:
    """Open the link, read, tick, write one's name, sign."""
    reader.open(address)
    reader.page.get_by_label("I have read the agreement, and I agree to it").check()
    write(reader, {"Your name": name})
    reader.press("Sign the agreement")
    assert "You have signed" in reader.text()


def follow_link(reader: Visitor, label: str, about: str) -> None:
    """Press the link with this label that is about this; what it is about is read aloud only."""
    name = re.compile(rf"^{re.escape(label)} ?: {re.escape(about)}$")
    reader.follow(reader.page.get_by_role("link", name=name).first)


def fill_in_hours(sari: Visitor) -> None:
    """Four days a week from nine to half past two."""
    sari.press("Hours of a week")
    for number in range(4):
        sari.find(f"#begins_{number}").fill("9")
        sari.find(f"#ends_{number}").fill("14.30")
    sari.find("#on_holidays").check()
    sari.press("Make the calendar")
    assert "Mon–Thu 9–14:30" in sari.text()


def test_a_yes_becomes_a_signed_trial_that_starts(visit: Callable[..., Visitor], service: RunningService) -> None:
    youth_id, _suggestion_id = a_yes(service)
    officer = an_officer(service, "Jukka")
    monday = today_in_helsinki() - timedelta(days=today_in_helsinki().weekday())
    sari = visit()
    sign_in(sari, service, SARI)
    sari.open(f"/young-people/{youth_id}/suggestions")
    follow_link(sari, "Plan a placement", "Pyörähuolto")
    write(sari, {"First day": finnish(monday), "Last day": finnish(monday + timedelta(days=60))})
    sari.press("Plan it")
    assert sari.heading() == "Eero V. at Pyöräpaja Sato"
    fill_in_hours(sari)
    sari.press("Answer the questions")
    sari.page.get_by_role("group", name="Is the trial in the employment plan?").get_by_label("Yes").check()
    sari.press("Save")
    follow_link(sari, "Name them", "Employment authority")
    write(sari, {"Officer": "Jukka Saarela"})
    sari.press("Save")
    sari.press("Send to be signed")
    assert "3 of 3 signatures missing" in sari.text()

    letter = service.letter_to(officer).get_body(("plain",))
    assert letter is not None
    for address, name in (
        (link_in(service.text_to(EERO)), "Eero Virtala"),
        (link_in(service.text_to(JARI)), "Jari Sato"),
        (link_in(letter.get_content()), "Jukka Saarela"),
    ):
        reader = visit(phone=True)
        assert address.startswith("/p/")
        sign_on_phone(reader, address, name)

    sari.open("/placements/")
    sari.press("Eero V. at Pyöräpaja Sato")
    assert "All have signed" in sari.text()
    sari.press("Note that it has started")
    assert "Going on" in sari.find(".eyebrow").inner_text()


def a_minor(service: RunningService) -> int:
    """A trial of Onni, who is 17, all of it agreed but who signs; return its id."""
    with service.transaction() as session:
        sari: Staff = service.worker(session, SARI)
        today = today_in_helsinki()
        youth = make_youth(
            session, sari, first_name="Onni", last_name="Laine", birth_date=date(today.year - 17, 1, 2), phone=ONNI
        )
        answers = {"has_hazards": "no", "basic_education_done": "yes"}
        employer = make_employer(session, sari.centre, name="Taimela Oy")
        contact = make_contact(session, employer, name="Pia Taimi")
        return make_placement(session, sari, youth=youth, contact=contact, **answers).id


def test_a_person_under_18_is_ready_when_the_guardian_has_signed_too(
    visit: Callable[..., Visitor], service: RunningService
) -> None:
    placement_id = a_minor(service)
    an_officer(service, "Maija")
    sari = visit()
    sign_in(sari, service, SARI)
    sari.open(f"/placements/{placement_id}")
    follow_link(sari, "Name them", "Guardian")
    write(sari, {"Name of the guardian": "Paula Laine", "How do they get the link?": "Text message"})
    write(sari, {"Phone number": PAULA, "Language of messages": "English"})
    sari.press("Save")
    follow_link(sari, "Name them", "Employment authority")
    write(sari, {"Officer": "Maija Saarela"})
    sari.press("Save")
    sari.press("Send to be signed")
    assert "4 of 4 signatures missing" in sari.text()

    sign_on_phone(visit(phone=True), link_in(service.text_to(ONNI)), "Onni Laine")
    sign_on_phone(visit(phone=True), link_in(service.text_to(PAULA)), "Paula Laine")
    sari.open(f"/placements/{placement_id}")
    for name in ("Pia Taimi", "Maija Saarela"):
        follow_link(sari, "Signed on paper", name)
        write(sari, {"Where was it signed?": "At the employer"})
        sari.press("Record the signature")
    assert "Ready to start" in sari.find(".eyebrow").inner_text()
    assert "Guardian has not signed" not in sari.text()
