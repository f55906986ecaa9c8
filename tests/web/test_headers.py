"""The safety headers of every kind of response, word by word."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import create_environ

from placement.app import create_app
from placement.cli import ACCESS_LOG
from placement.settings import Settings
from placement.web.headers import PAGE_FOR_LOG
from tests.support.page import PageClient
from tests.support.world import make_world

pytestmark = pytest.mark.shown

POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'{nonce}; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=(), browsing-topics=()",
    "Cache-Control": "no-store",
}


def https_client(settings: Settings, tmp_path: Path) -> FlaskClient:
    made = settings.model_copy(update={"public_url": "https://sauma.test", "instance": tmp_path})
    app: Flask = create_app(made)
    return app.test_client()


@pytest.mark.parametrize("address", ["/", "/sign-in", "/health", "/today/", "/no-such-page", "/sign-out"])
def test_every_answer_carries_them(page: PageClient, session: Session, address: str) -> None:
    headers = page.client.get(address).headers
    for name, value in EVERYWHERE.items():
        assert headers[name] == value, name
    policy = headers["Content-Security-Policy"]
    nonce = policy.partition("script-src 'self'")[2].partition(";")[0]
    assert policy == POLICY.format(nonce=nonce)
    assert "unsafe" not in policy
    assert not {"Server", "X-Powered-By", "Strict-Transport-Security"} & set(headers.keys())


def test_pages_of_personal_links_send_no_referrer(page: PageClient, session: Session) -> None:
    token = make_world(session).tokens["my_page"]
    session.commit()
    response = page.client.get(f"/me/{token}")
    assert response.status_code == 200
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store"


def test_files_of_the_looks_may_be_kept(page: PageClient) -> None:
    with page.client.get("/static/sauma.css") as response:
        assert "no-store" not in response.headers.get("Cache-Control", "")


def test_over_https_the_cookie_is_bound_to_the_host_and_https_is_kept(settings: Settings, tmp_path: Path) -> None:
    response = https_client(settings, tmp_path).get("/sign-in", base_url="https://sauma.test")
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-sauma=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_made_up_host_reaches_no_link(page: PageClient, session: Session) -> None:
    response = page.client.get("/account", headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    assert "evil.example" not in response.headers["Location"]


def test_access_log_gets_the_pattern_of_a_page_and_never_its_address(app: Flask) -> None:
    environ = create_environ("/me/the-token-of-a-link?search=Koskela")
    b"".join(app(environ, lambda *_answer: lambda _text: None))
    assert environ[PAGE_FOR_LOG] == "/me/<token>"
    assert "(r)s" not in ACCESS_LOG
    assert "(f)s" not in ACCESS_LOG
    assert f"{{{PAGE_FOR_LOG}}}e" in ACCESS_LOG
