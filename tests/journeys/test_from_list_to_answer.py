"""From a list of real offers to a young person's answer: company coordinator, counsellor, young person."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.steps import choose, sign_in
from tests.support.browser import Visitor
from tests.support.service import RunningService, link_in

pytestmark = pytest.mark.browser

EXAMPLES = Path(__file__).parents[2] / "examples" / "offers"
PHONE = "+358401234567"
STRENGTHS = {
    "I cook": "That’s me",
    "I make coffee like in a café": "That’s me",
    "I am friendly to customers": "That’s me",
    "I come on time": "A little",
    "I take care of animals": "Want to learn",
    "I wash up and clean the kitchen": "That’s me",
}


def _import_a_list(outi: Visitor) -> None:
    outi.press("Offers")
    outi.press("Import a list")
    outi.page.get_by_label("Your list").set_input_files(EXAMPLES / "kesa-ja-tyokokeilut.csv")
    outi.press("Look at the list")
    assert "nothing has been made yet" in outi.text()
    outi.page.get_by_role("button", name=re.compile("Import .* offer")).click()
    outi.look()
    assert outi.heading() == "The list is in"


def _add_aino(sari: Visitor) -> None:
    sari.open("/today")
    sari.press("New young person")
    sari.page.get_by_label("First name").fill("Aino")
    sari.page.get_by_label("Last name").fill("Koskela")
    sari.page.get_by_label("Date of birth").fill("4.5.2007")
    choose(sari, "How may we send messages?", "Text message")
    sari.page.get_by_label("Phone number").fill("040 123 4567")
    sari.page.get_by_label("Language of messages").select_option("en")
    sari.press("Add")
    assert "Aino K." in sari.heading()


def _tell_strengths_and_frame(sari: Visitor) -> None:
    sari.press("Strengths")
    for group in sari.page.locator("details.card").all():
        if group.get_attribute("open") is None:
            group.locator("summary").click()
    for card, answer in STRENGTHS.items():
        choose(sari, card, answer)
    sari.press("Save all")
    sari.press("Add own words")
    sari.page.get_by_label("What are you good at?").fill("I bake cakes for my friends")
    sari.page.get_by_label("Language of the text").select_option("en")
    sari.press("Save")
    assert "I bake" in sari.text()
    sari.press("Save")
    sari.press("Wishes and frame")
    sari.press("Change the frame")
    choose(sari, "Mornings", "Suits")
    sari.page.get_by_label("Travels from").select_option("698")
    sari.page.get_by_label("Longest way in one direction").fill("60")
    sari.press("Save")


def test_an_imported_offer_reaches_a_young_person_who_answers(
    visit: Callable[..., Visitor], service: RunningService
) -> None:
    outi = visit()
    sign_in(outi, service, "outi@example.fi")
    _import_a_list(outi)

    sari = visit()
    sign_in(sari, service, "sari@example.fi")
    _add_aino(sari)
    _tell_strengths_and_frame(sari)

    sari.press("Suggestions")
    first = sari.page.locator("article.fit").first
    assert first.locator(".why li").count() >= 2, sari.text()
    first.get_by_role("link", name=re.compile("Send to")).click()
    sari.look()
    sari.page.locator("textarea").fill("I thought of you at once.")
    sari.press("Send to Aino")

    text = service.text_to(PHONE)
    aino = visit(phone=True)
    aino.open(link_in(text))
    assert aino.heading() == "A place for you?"
    assert "I thought of you at once." in aino.text()
    aino.press("I want to hear more")
    assert aino.heading() == "Thank you for your answer"

    sari.open("/today")
    assert "Aino K." in sari.text()
