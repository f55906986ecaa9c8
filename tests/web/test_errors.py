"""What people see when something goes wrong, in three languages, and when nothing else works any more."""

from pathlib import Path

import pytest
from flask import Flask, abort
from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge

from placement.accounts.permissions import Role
from placement.app import create_app
from placement.settings import Settings
from placement.web.errors import PAGES, render_error
from tests.support.factories.centres import make_staff
from tests.support.page import Page, PageClient, check_page
from tests.support.requests import form_token

LANGUAGES = ("fi", "sv", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", sorted(PAGES))
def test_every_error_page_is_a_whole_page_in_each_language(
    app: Flask, page: PageClient, session: Session, status: int, language: str
) -> None:
    original = app.view_functions["public.accessibility"]

    def _fail() -> object:
        return render_error(status)

    _fail.access_rule = original.access_rule  # type: ignore[attr-defined]
    app.view_functions["public.accessibility"] = _fail  # type: ignore[assignment]
    try:
        shown = page.speak(language).get("/accessibility", status=status)
    finally:
        app.view_functions["public.accessibility"] = original
    assert shown.select("html")[0]["lang"] == language
    assert ("Retry-After" in shown.response.headers) == (status in {429, 503})


def test_page_that_does_not_exist(page: PageClient, session: Session) -> None:
    page.get("/no-such-page", status=404)
    page.sign_in(make_staff(session)).get("/no-such-page", status=404)


def test_page_that_the_role_may_not_open(page: PageClient, session: Session) -> None:
    page.sign_in(make_staff(session, None, Role.AUTHORITY)).get("/service/staff", status=403)


def test_wrong_method_is_answered_with_a_page(page: PageClient) -> None:
    page.get("/sign-out", status=405)


def test_address_that_is_too_long_is_answered_with_a_page(page: PageClient) -> None:
    shown = page.get(f"/sign-in?next=/{'a' * 5000}", status=414)
    assert shown.heading == "We could not read that"


@pytest.mark.parametrize(("status", "heading"), [(415, "We could not read that"), (501, "Something went wrong")])
def test_other_statuses_have_a_page_too(app: Flask, status: int, heading: str) -> None:
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        response = render_error(status)
    assert response.status_code == status
    assert heading in response.get_data(as_text=True)


def test_form_that_is_too_large_is_refused_calmly(page: PageClient, session: Session) -> None:
    page.sign_in(make_staff(session)).get("/account")
    response = page.client.post("/account", data={"csrf_token": form_token(page), "language": "x" * 6_000_000})
    assert response.status_code == RequestEntityTooLarge.code
    check_page(Page(response))


def test_odd_status_becomes_the_page_that_says_we_could_not_read_it(page: PageClient, app: Flask) -> None:
    with app.test_request_context("/"):
        assert render_error(418).status_code == 418
        with pytest.raises(Exception, match="teapot"):
            abort(418)


@pytest.fixture
def broken(settings: Settings, tmp_path: Path) -> Flask:
    """An installation that is not a test, on a database without tables."""
    (tmp_path / "empty.sqlite3").touch()
    made = settings.model_copy(
        update={"testing": False, "instance": tmp_path, "database_url": f"sqlite:///{tmp_path / 'empty.sqlite3'}"}
    )
    return create_app(made)


def test_page_for_the_silent_database_stands_alone(broken: Flask) -> None:
    client = broken.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "somebody"
    response = client.get("/account", headers={"Accept-Language": "sv"})
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
    assert "Tjänsten har en paus" in response.text
    check_page(Page(response))


def test_unexpected_failure_shows_the_page_that_stands_alone(broken: Flask) -> None:
    def _boom() -> object:
        raise ValueError("secret detail")

    _boom.access_rule = broken.view_functions["public.index"].access_rule  # type: ignore[attr-defined]
    broken.view_functions["public.index"] = _boom  # type: ignore[assignment]
    response = broken.test_client().get("/", headers={"Accept-Language": "en"})
    assert response.status_code == 500
    assert "Something went wrong" in response.text
    assert "secret detail" not in response.text
    check_page(Page(response))


def test_health_tells_no_details_when_the_database_is_silent(broken: Flask) -> None:
    response = broken.test_client().get("/health")
    assert response.status_code == 503
    assert "sqlite" not in response.text


def test_health_is_well_only_while_the_jobs_process_is_alive(page: PageClient, session: Session) -> None:
    assert page.client.get("/health").json == {"database": "ok", "jobs": "not running"}
    session.execute(text("INSERT INTO heartbeat (name, owner, beat_at) VALUES ('jobs', 'a', CURRENT_TIMESTAMP)"))
    session.commit()
    response = page.client.get("/health")
    assert (response.status_code, response.json) == (200, {"database": "ok", "jobs": "ok"})
