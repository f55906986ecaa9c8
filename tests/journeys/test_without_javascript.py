"""The most needed steps with JavaScript switched off."""

from collections.abc import Callable

import pytest

from tests.journeys.given import a_place, a_suggestion, an_employer_link
from tests.journeys.steps import (
    answer_six_questions,
    choose,
    error_beside,
    open_tab,
    sign_in,
    unfold_all,
    write,
)
from tests.support.browser import Visitor
from tests.support.factories.youths import make_youth
from tests.support.service import RunningService

pytestmark = pytest.mark.browser


def test_a_young_person_answers_without_javascript(visit: Callable[..., Visitor], service: RunningService) -> None:
    phone = visit(phone=True, javascript=False)
    phone.open(a_suggestion(service, first_name="Veera"))
    assert phone.heading() == "A place for you?"
    phone.press("I want to hear more")
    assert phone.heading() == "Thank you for your answer"
    write(phone, {"Do you want to tell why?": "It is near my home"})
    phone.press("Tell")
    phone.press("Not for me")
    assert "You answered: Not for me" in phone.text()


def test_an_employer_tells_about_a_place_without_javascript(
    visit: Callable[..., Visitor], service: RunningService
) -> None:
    phone = visit(phone=True, javascript=False)
    phone.open(an_employer_link(service, name="Autohuolto Pyry"))
    phone.press("Tell about a place")
    answer_six_questions(phone, tasks="You change tyres.", title="Helper in a garage", hours="3")
    phone.press("Send to Ohjaamo")
    assert "4" in error_beside(phone, "Hours a day")
    write(phone, {"Hours a day": "5"})
    phone.press("Send to Ohjaamo")
    assert phone.heading() == "Sent, thank you. What happens next"


def test_a_counsellor_finds_strengths_and_suggestions_without_javascript(
    visit: Callable[..., Visitor], service: RunningService
) -> None:
    a_place(service, employer_name="Lounaskahvila Usva", title="Kahvilan apulainen")
    with service.transaction() as session:
        youth_id = make_youth(session, service.worker(session, "sari@example.fi"), first_name="Onni").id
    sari = visit(javascript=False)
    sign_in(sari, service, "sari@example.fi")
    sari.open(f"/young-people/{youth_id}")
    open_tab(sari, "Strengths")
    unfold_all(sari)
    for card in ("I cook", "I make coffee like in a café", "I am friendly to customers"):
        choose(sari, card, "That’s me")
    sari.press("Save all")
    assert "3 answers were saved." in sari.text()
    open_tab(sari, "Suggestions")
    assert sari.find("article.fit").count() >= 1
    sari.find("#balance").fill("100")
    sari.press("Show the list again")
    assert "balance=100" in sari.page.url
    assert sari.find("article.fit .why .for").count() >= 1
