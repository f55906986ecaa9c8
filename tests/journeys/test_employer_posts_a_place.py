"""An employer tells about a place on a phone, a worker publishes it, the employer pauses, confirms and closes it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import ViewportSize

from tests.journeys.steps import (
    answer_six_questions,
    choose,
    error_beside,
    field,
    open_from_letter,
    sign_in,
    take_up,
    write,
)
from tests.support.browser import Visitor
from tests.support.service import RunningService

pytestmark = pytest.mark.browser

MAIJA = "maija.salo@example.fi"
TITLE = "Helper in a small bakery"
TASKS = "You shape rolls.\nYou pack bread for the shops."
SMALL_PHONE = ViewportSize(width=320, height=640)
USUAL_PHONE = ViewportSize(width=390, height=844)


def _add_the_employer(outi: Visitor) -> None:
    outi.press("Employers")
    outi.press("Add an employer")
    write(outi, {"Name": "Leipomo Hiutale", "Business ID": "1234567-8", "Line of work": "bakery"})
    outi.press("Save")
    assert outi.heading() == "Add an employer"
    assert "the last digit does not go with the others" in error_beside(outi, "Business ID")
    assert field(outi, "Business ID").input_value() == "1234567-8"
    assert field(outi, "Line of work").input_value() == "bakery"
    write(outi, {"Business ID": "1234567-1", "Municipality": "Rovaniemi", "Contact at Ohjaamo": "Outi Virta"})
    outi.press("Save")
    assert outi.heading() == "Leipomo Hiutale"


def _give_maija_a_link(outi: Visitor) -> None:
    outi.press("Add a contact person")
    write(outi, {"Name": "Maija Salo", "E-mail": MAIJA, "Language": "English"})
    outi.press("Save")
    outi.press("Give a link", exact=False)
    outi.press("Make the link")
    assert "on its way" in outi.text()


def _places_of(maija: Visitor) -> int:
    return maija.page.get_by_role("link", name=TITLE).count()


def _pause_confirm_and_close(maija: Visitor) -> None:
    maija.press(TITLE, exact=False)
    maija.press("Not just now: pause it")
    choose(maija, "For how long?", "For two weeks")
    maija.press("Pause")
    assert "The place is paused until" in maija.text()
    maija.press("Open it again now")
    assert "The place is open again." in maija.text()
    maija.press("Yes, it is open")
    assert "The place stays open." in maija.text()
    maija.press("No, somebody has it")
    assert "The place is marked as filled." in maija.text()


def test_an_employer_posts_a_place_a_worker_publishes_it_and_the_employer_keeps_it_true(
    visit: Callable[..., Visitor], service: RunningService
) -> None:
    outi = visit()
    sign_in(outi, service, "outi@example.fi")
    _add_the_employer(outi)
    _give_maija_a_link(outi)

    maija = visit(phone=True)
    open_from_letter(maija, service, MAIJA)
    home = maija.page.url
    assert maija.heading() == "Hello, Maija"
    maija.press("Tell about a place")
    maija.page.set_viewport_size(SMALL_PHONE)
    maija.look()
    maija.page.set_viewport_size(USUAL_PHONE)

    answer_six_questions(maija, tasks=TASKS, title=TITLE, hours="9")
    maija.press("Send to Ohjaamo")
    assert maija.heading() == "Tell about a place"
    assert "8" in error_beside(maija, "Hours a day")
    assert field(maija, "What would the newcomer do?").input_value() == TASKS
    assert field(maija, "Hours a day").input_value() == "9"
    assert (
        maija.page.get_by_role("group", name="How much is the guide there?").get_by_label("The whole day").is_checked()
    )

    write(maija, {"Hours a day": "6"})
    sent_form = maija.page.evaluate("[...new FormData(document.querySelector('#main-form'))]")
    form_address = maija.page.url
    maija.press("Send to Ohjaamo")
    assert maija.heading() == "Sent, thank you. What happens next"
    sent_address = maija.page.url

    # The network repeats the request: the employer is led to the same page and nothing is made.
    again = maija.context.request.post(form_address, form=dict(sent_form) | {"next": "submit"})
    assert again.url == sent_address
    maija.open(home)
    assert _places_of(maija) == 1

    outi.open("/today")
    take_up(outi, f"Offer “{TITLE}” waits to be checked")
    outi.press("Check and publish")
    assert "The offer is live." in outi.text()
    maija.open(home)
    assert "Open to young people" in maija.text()
    assert re.search("Not sent yet|Being read", maija.text()) is None
    _pause_confirm_and_close(maija)
