"""A recruitment day from the plan to the reminder: coordinator, counsellor, employer, two young people."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from placement.clock import in_helsinki, today_in_helsinki
from placement.notifications.models import Channel
from tests.journeys.steps import open_from_letter, open_tab, said_in, sign_in, write
from tests.support.browser import Visitor
from tests.support.factories.employers import make_contact, make_employer
from tests.support.factories.youths import make_youth
from tests.support.service import RunningService, link_in

pytestmark = pytest.mark.browser

TITLE = "Talviduuni Kivilampi"
ELSA, NOOA = "elsa.niemi@example.fi", "+358407654321"
HENNA = "henna.kuura@example.fi"


@pytest.fixture
def invited(service: RunningService) -> None:
    """Two young people of Sari, one reached in Finnish by e-mail and one by text message, and an employer."""
    with service.transaction() as session:
        sari = service.worker(session, "sari@example.fi")
        by_mail: dict[str, Any] = {"channel": Channel.EMAIL, "email": ELSA, "phone": "", "language": "fi"}
        make_youth(session, sari, first_name="Elsa", last_name="Niemi", **by_mail)
        make_youth(session, sari, first_name="Nooa", last_name="Salmi", phone=NOOA)
        employer = make_employer(session, sari.centre, name="Varasto Kuura")
        make_contact(session, employer, name="Henna Kuura", email=HENNA)


def _make_and_open_a_day(mikko: Visitor) -> str:
    held_on = today_in_helsinki() + timedelta(days=2)
    mikko.press("Recruitment days")
    mikko.press("New recruitment day")
    write(mikko, {"Name of the day": TITLE, "Date": f"{held_on.day}.{held_on.month}.{held_on.year}"})
    write(mikko, {"Begins at": "12", "Ends at": "15", "Place": "Pääkirjasto, sali 1"})
    mikko.press("Make the day")
    assert mikko.heading() == TITLE
    mikko.press("Open sign-up")
    return mikko.page.url


def _invite_the_employer(mikko: Visitor) -> None:
    open_tab(mikko, "Employers")
    mikko.press("Invite an employer")
    write(mikko, {"Employer and contact person": "Varasto Kuura · Henna Kuura"})
    mikko.press("Send the invitation")
    assert "Varasto Kuura is invited." in mikko.text()


def _invite_the_young_people(sari: Visitor) -> None:
    sari.press("Recruitment days")
    sari.press(TITLE)
    open_tab(sari, "Invitations")
    sari.press("Invite young people")
    for name in ("Elsa Niemi", "Nooa Salmi"):
        sari.page.get_by_label(name).check()
    sari.press("Send the invitations")
    assert "2 young people are invited." in sari.text()


def _answer(visitor: Visitor, answer: str) -> str:
    """Give an answer in whatever language the page is in, and return what the page says then."""
    visitor.follow(visitor.find(f"button[name=answer][value={answer}]"))
    return visitor.find(".lead .tag").inner_text()


def _event_of(letter: EmailMessage) -> Any:
    [part] = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "REQUEST"
    [event] = Calendar.from_ical(part.get_content()).walk("VEVENT")
    return event


def _downloaded_event(visitor: Visitor, folder: Path) -> Any:
    with visitor.page.expect_download() as download:
        visitor.find("a[href$='calendar.ics']").click()
    path = folder / "day.ics"
    download.value.save_as(path)
    [event] = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return event


def _rows_about(visitor: Visitor, what: str) -> str:
    return " ".join(visitor.find("tbody tr").filter(has_text=what).all_inner_texts())


def test_people_are_invited_answer_are_told_of_a_move_and_are_reminded(
    visit: Callable[..., Visitor], service: RunningService, invited: None, tmp_path: Path
) -> None:
    mikko, sari = visit(), visit()
    sign_in(mikko, service, "mikko@example.fi")
    day_address = _make_and_open_a_day(mikko)
    _invite_the_employer(mikko)
    sign_in(sari, service, "sari@example.fi")
    _invite_the_young_people(sari)
    service.bring_forward("day_employer_invitation")
    service.bring_forward("day_invitation")

    henna = visit(phone=True)
    open_from_letter(henna, service, HENNA)
    write(henna, {"How many of you are coming?": "2", "What can you offer?": "Two work trials"})
    henna.press("We are coming")
    assert "You are coming" in henna.text()

    elsa = visit(phone=True)
    open_from_letter(elsa, service, ELSA)
    assert elsa.language() == "fi"
    assert service.letters_to(ELSA)[-1]["Content-Language"] == "fi"
    assert _answer(elsa, "yes") == said_in(service, "fi", "You are coming")
    confirmation = _event_of(service.letter_to(ELSA, after=1))
    assert in_helsinki(confirmation.start).hour == 12
    assert _downloaded_event(elsa, tmp_path)["uid"] == confirmation["uid"]

    nooa = visit(phone=True)
    nooa.open(link_in(service.text_to(NOOA)))
    assert _answer(nooa, "no") == "You cannot come"
    assert _answer(nooa, "yes") == "You are coming"

    mikko.open(f"{day_address}/messages")
    assert "Waiting" in _rows_about(mikko, "Reminder the day before")
    mikko.open(f"{day_address}/edit")
    write(mikko, {"Begins at": "13", "Ends at": "16"})
    mikko.press("Save")
    assert "Everybody who is invited is told" in mikko.text()
    service.bring_forward("day_moved")
    moved = _event_of(service.letter_to(ELSA, after=2))
    assert moved["uid"] == confirmation["uid"]
    assert moved["sequence"] > confirmation["sequence"]
    assert in_helsinki(moved.start).hour == 13
    assert "13" in service.texts_to(NOOA)[-1]

    sent_before = len(service.letters_to(ELSA)), len(service.texts_to(NOOA))
    service.bring_forward("day_tomorrow")
    assert (len(service.letters_to(ELSA)), len(service.texts_to(NOOA))) == (sent_before[0] + 1, sent_before[1] + 1)
    assert str(service.letters_to(ELSA)[-1]["Subject"]) == said_in(service, "fi", "Tomorrow: %(title)s", title=TITLE)
    mikko.open(f"{day_address}/messages")
    assert "Sent" in _rows_about(mikko, "Reminder the day before")
