"""Steps that several journeys take."""

import re

from tests.support.browser import Visitor
from tests.support.service import PASSWORD, RunningService


def sign_in(visitor: Visitor, service: RunningService, address: str) -> None:
    """Sign a worker in as they do: password, then the code from the e-mail."""
    earlier = len(service.letters_to(address))
    visitor.open("/sign-in")
    visitor.page.get_by_label("E-mail address").fill(address)
    visitor.page.get_by_label("Password").fill(PASSWORD)
    visitor.press("Sign in")
    letter = service.letter_to(address, after=earlier)
    found = re.search(r"\b(\d{6})\b", str(letter["Subject"]))
    assert found, letter["Subject"]
    visitor.page.get_by_label("Code").fill(found.group(1))
    visitor.press("Go on")
    assert "/today" in visitor.page.url, visitor.page.url


def choose(visitor: Visitor, group: str, answer: str) -> None:
    """Choose an answer among the pills of a card or question."""
    pill = visitor.page.get_by_role("group", name=group).get_by_text(answer, exact=True)
    pill.click()
