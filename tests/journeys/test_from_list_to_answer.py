"""From a list of real offers to a young person's answer: company coordinator, counsellor, young person."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.steps import choose, open_tab, sign_in, take_up, unfold_all, write
from tests.support.browser import Visitor
from tests.support.service import RunningService, link_in

pytestmark = pytest.mark.browser

EXAMPLES = Path(__file__).parents[2] / "examples" / "offers"
PHONE = "+358401234567"
BANDS = ("Strong fit", "Good fit", "Possible")
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
    outi.page.get_by_label("These offers are checked: publish them at once").check()
    outi.follow(outi.page.get_by_role("button", name=re.compile("Import .* offer")))
    assert outi.heading() == "The list is in"


def _add_aino(sari: Visitor) -> None:
    sari.press("New young person")
    choose(sari, "How may we send messages?", "Text message")
    write(sari, {"First name": "Aino", "Last name": "Koskela", "Date of birth": "4.5.2007"})
    write(sari, {"Phone number": "040 123 4567", "Language of messages": "English"})
    sari.press("Add")
    assert "Aino K." in sari.heading()


def _tell_strengths_and_frame(sari: Visitor) -> None:
    open_tab(sari, "Strengths")
    unfold_all(sari)
    for card, answer in STRENGTHS.items():
        choose(sari, card, answer)
    sari.press("Save all")
    sari.press("Add own words")
    write(sari, {"What are you good at?": "I bake cakes for my friends", "Language of the text": "English"})
    sari.press("Save")
    assert "I bake" in sari.text()
    sari.press("Save")
    open_tab(sari, "Wishes and frame")
    sari.press("Change the frame")
    choose(sari, "Mornings", "Suits")
    write(sari, {"Longest way in one direction": "60"})
    sari.page.get_by_label("Travels from").select_option("698")
    sari.press("Save")


def _read_the_suggestions(sari: Visitor) -> None:
    open_tab(sari, "Suggestions")
    first = sari.find("article.fit").first
    assert first.locator(".band").inner_text().startswith(BANDS)
    assert first.locator(".why .for").count() >= 2, sari.text()
    assert sari.find("article.fit .why .check").count() >= 1, sari.text()
    sari.press("see why")
    assert sari.heading() == "Set aside for Aino K."
    assert sari.find("main details.more li").count() >= 1, sari.text()
    sari.press("Suggestions")


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
    _read_the_suggestions(sari)
    sari.follow(sari.page.get_by_role("link", name=re.compile("Send to Aino")).first)
    assert sari.find("aside h2").first.inner_text() == "What Aino will see"
    sari.find("textarea").fill("I thought of you at once.")
    sari.press("Send to Aino")

    aino = visit(phone=True)
    aino.open(link_in(service.text_to(PHONE)))
    assert aino.heading() == "A place for you?"
    assert "I thought of you at once." in aino.text()
    aino.press("I want to hear more")
    assert aino.heading() == "Thank you for your answer"

    sari.open("/today")
    take_up(sari, "Aino K. wants to hear more")
    assert sari.heading() == "Aino K. wants to hear more"
