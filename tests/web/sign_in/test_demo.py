"""The demo boxes: there in a demo installation, impossible in any other."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from placement.app import create_app
from placement.settings import Settings
from tests.support.factories.accounts import PASSWORD, make_account
from tests.support.page import PageClient
from tests.support.rebinding import bound_to_one_connection


@pytest.fixture
def demo(settings: Settings, app: Flask) -> Iterator[tuple[PageClient, Session]]:
    """A demo installation on the database of the tests."""
    made = create_app(settings.model_copy(update={"demo": True}), app.extensions["engine"])
    with made.app_context(), bound_to_one_connection(made) as session:
        yield PageClient(made, session), session


def test_demo_tells_its_accounts_and_the_newest_code(demo: tuple[PageClient, Session]) -> None:
    page, session = demo
    staff = make_account(session)
    shown = page.speak("en").get("/sign-in")
    assert "This is a demo" in shown.text
    assert staff.email in shown.text
    code_page = page.submit("Sign in", email=staff.email, password=PASSWORD)
    [box] = [card for card in code_page.select("section.card") if "This is a demo" in card.get_text()]
    code = box.find("b")
    assert code is not None
    response = page.submit("Go on", code=code.get_text(), status=303)
    assert response.status == 200


def test_other_installations_tell_nothing(page: PageClient, session: Session) -> None:
    staff = make_account(session)
    shown = page.speak("en").get("/sign-in")
    assert staff.email not in shown.html
    assert "demo" not in page.submit("Sign in", email=staff.email, password=PASSWORD).text
