"""Steps that several journeys take."""

import re

from playwright.sync_api import Locator

from placement.i18n import gettext, in_language
from tests.support.browser import Visitor
from tests.support.service import PASSWORD, RunningService, link_in


def sign_in_with_code(visitor: Visitor, service: RunningService, address: str) -> None:
    """Sign a worker in as they do: password, then the code from the e-mail."""
    earlier = len(service.letters_to(address))
    visitor.open("/sign-in")
    write(visitor, {"E-mail address": address, "Password": PASSWORD})
    visitor.press("Sign in")
    letter = service.letter_to(address, after=earlier)
    found = re.search(r"\b(\d{6})\b", str(letter["Subject"]))
    assert found, letter["Subject"]
    write(visitor, {"Code": found.group(1)})
    visitor.press("Go on")
    assert "/today" in visitor.page.url, visitor.page.url


def sign_in(visitor: Visitor, service: RunningService, address: str) -> None:
    """Bring a worker to the page of the day; who has signed in before in this run is still signed in."""
    if address in service.cookies:
        visitor.context.add_cookies(service.cookies[address])
        visitor.open("/today")
        return
    sign_in_with_code(visitor, service, address)
    service.cookies[address] = visitor.context.cookies()


def field(visitor: Visitor, label: str) -> Locator:
    """The input with exactly this label, required or not."""
    labelled = visitor.page.get_by_label(re.compile(rf"^{re.escape(label)}( \(.+\))?$"))
    return labelled.and_(visitor.find("input, select, textarea"))


def write(visitor: Visitor, answers: dict[str, str]) -> None:
    """Fill in the fields with these labels; in a drop-down, choose the option with that text."""
    for label, text in answers.items():
        asked = field(visitor, label)
        if asked.evaluate("element => element.tagName") == "SELECT":
            asked.select_option(label=text)
        else:
            asked.fill(text)


def choose(visitor: Visitor, group: str, *answers: str) -> None:
    """Choose among the pills of a card or question."""
    for answer in answers:
        visitor.page.get_by_role("group", name=group).get_by_text(answer, exact=True).click()


def answer_six_questions(employer: Visitor, *, tasks: str, title: str, hours: str) -> None:
    """Tell about a work trial as an employer does."""
    write(employer, {"What would the newcomer do?": tasks, "What do you call the work?": title})
    write(employer, {"Where is the place?": "Korkalonkatu", "How does one get there?": "Bus 8, the blue door"})
    choose(employer, "When is the work done?", "Mornings")
    write(employer, {"Hours a day": hours, "Days a week": "4", "How many months?": "2"})
    write(employer, {"Who guides the newcomer?": "Maija"})
    choose(employer, "How much is the guide there?", "The whole day")
    choose(employer, "Have you laid off or dismissed people lately?", "No")
    choose(employer, "Are your taxes and wages in order?", "Yes")


def unfold_all(visitor: Visitor) -> None:
    """Open every group of cards that is closed."""
    closed = visitor.find("details.card:not([open]) > summary")
    while closed.count():
        closed.first.click()


def open_tab(visitor: Visitor, name: str) -> None:
    """Open a tab below the heading; the menu may have an item of the same name."""
    visitor.follow(visitor.find("ul.tabs").get_by_role("link", name=name))


def take_up(visitor: Visitor, task: str) -> None:
    """Press the one thing to press in the line of the page of the day that says this."""
    visitor.follow(visitor.find("ul.tasks > li").filter(has_text=task).get_by_role("link"))


def open_from_letter(visitor: Visitor, service: RunningService, address: str, *, after: int = 0) -> None:
    """Open the link of the newest e-mail to this address."""
    body = service.letter_to(address, after=after).get_body(("plain",))
    assert body is not None
    visitor.open(link_in(body.get_content()))


def switch_language(visitor: Visitor, language: str) -> None:
    """Press the language switch and see that the page speaks the language."""
    visitor.follow(visitor.find(f".language button[value={language}]"))
    assert visitor.language() == language, visitor.page.url


def error_beside(visitor: Visitor, label: str) -> str:
    """The message beside a field that was refused."""
    asked = field(visitor, label)
    assert asked.get_attribute("aria-invalid") == "true", visitor.text()
    return visitor.find(f"#{asked.get_attribute('id')}-error").inner_text()


def said_in(service: RunningService, language: str, text: str, **values: str) -> str:
    """A text of the product in a language, from its own catalogue; not yet translated, it is English."""
    with service.app.test_request_context(), in_language(language):
        return str(gettext(text, **values))
