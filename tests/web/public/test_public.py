"""Pages that anybody may open."""

import pytest
from sqlalchemy.orm import Session

from tests.support.factories.centres import make_centre, make_staff
from tests.support.page import PageClient


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(
    "address", ["/", "/how-suggestions-are-made", "/accessibility", "/sign-in", "/forgotten-password"]
)
def test_page_opens_in_each_language(page: PageClient, session: Session, address: str, language: str) -> None:
    assert page.speak(language).get(address).select("html")[0]["lang"] == language


def test_front_page_speaks_to_three_readers_and_leads_on(page: PageClient, session: Session) -> None:
    shown = page.get("/")
    assert len(shown.select("main h2")) == 3
    for address in ("/sign-in", "/how-suggestions-are-made", "/accessibility"):
        assert shown.select(f'a[href="{address}"]')


def test_worker_is_led_to_today(page: PageClient, session: Session) -> None:
    page.sign_in(make_staff(session))
    response = page.client.get("/")
    assert (response.status_code, response.location) == (303, "/today/")


def test_accessibility_page_promises_an_answer_and_tells_whom_to_ask(page: PageClient, session: Session) -> None:
    make_centre(session).email = "palaute@example.fi"
    shown = page.speak("en").get("/accessibility")
    assert "14 days" in shown.text
    assert "palaute@example.fi" in shown.text
