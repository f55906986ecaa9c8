"""Signing in, a refused form and an answer by keyboard only."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.given import a_suggestion
from tests.support.browser import Visitor
from tests.support.service import PASSWORD, RunningService

pytestmark = pytest.mark.browser

LONGEST_WAY = 60
MIKKO = "mikko@example.fi"


def _focused(visitor: Visitor) -> str:
    """What has the focus: its text, or the text of its label."""
    script = "(e => (e.labels && e.labels.length ? e.labels[0].innerText : e.innerText).trim())(document.activeElement)"
    return str(visitor.page.evaluate(script))


def _tab_to(visitor: Visitor, text: str) -> None:
    """Press Tab until the thing with this text has the focus; every step on the way must be visible."""
    for _ in range(LONGEST_WAY):
        visitor.page.keyboard.press("Tab")
        style = visitor.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style != "none", f"the focus on {_focused(visitor)!r} cannot be seen"
        if _focused(visitor).startswith(text):
            return
    raise AssertionError(f"{text!r} cannot be reached with the Tab key")


def _enter(visitor: Visitor) -> None:
    """Press Enter and look at the page it leads to."""
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    visitor.look()


def test_a_worker_signs_in_by_keyboard(visit: Callable[..., Visitor], service: RunningService) -> None:
    mikko = visit()
    mikko.open("/sign-in")
    earlier = len(service.letters_to(MIKKO))
    mikko.page.keyboard.press("Tab")
    assert _focused(mikko) == "Skip to the content"
    mikko.page.keyboard.press("Enter")
    assert mikko.page.evaluate("document.activeElement.id") == "main"
    _tab_to(mikko, "E-mail address")
    mikko.page.keyboard.type(MIKKO)
    _tab_to(mikko, "Password")
    mikko.page.keyboard.type(PASSWORD)
    _enter(mikko)
    code = re.search(r"\d{6}", str(service.letter_to(MIKKO, after=earlier)["Subject"]))
    assert code is not None
    _tab_to(mikko, "Code")
    mikko.page.keyboard.type(code.group())
    _enter(mikko)
    assert "Mikko" in mikko.heading()
    assert mikko.language() == "en"


def test_after_a_refused_form_the_focus_is_on_what_is_wrong(visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    visitor.open("/sign-in")
    _tab_to(visitor, "E-mail address")
    visitor.page.keyboard.type("nobody")
    _enter(visitor)
    assert visitor.page.evaluate("document.activeElement.className") == "error-summary"
    _tab_to(visitor, "Password – ")
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("document.activeElement.name") == "password"
    assert visitor.find("[name=email]").input_value() == "nobody"


def test_a_young_person_answers_by_keyboard(visit: Callable[..., Visitor], service: RunningService) -> None:
    visitor = visit()
    visitor.open(a_suggestion(service, first_name="Toivo"))
    _tab_to(visitor, "I want to hear more")
    _enter(visitor)
    assert visitor.heading() == "Thank you for your answer"
    assert visitor.language() == "en"
