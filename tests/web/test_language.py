"""The language of a page, and changing it without losing what was typed."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from placement.web.access import PUBLIC, rule_of
from tests.support.factories.centres import make_staff
from tests.support.page import PageClient
from tests.support.requests import form_token
from tests.support.world import make_world

pytestmark = pytest.mark.shown

TYPED = "tunturilinna"  # small letters: addresses are kept in them
SKIPPED_KINDS = {"hidden", "submit", "button", "file", "checkbox", "radio", "password"}


@pytest.mark.parametrize(
    ("asked", "language"), [("sv-FI,sv;q=0.9", "sv"), ("en-US", "en"), ("de", "fi"), ("", "fi"), ("fi;q=0.5,en", "en")]
)
def test_browser_says_which_language(page: PageClient, asked: str, language: str) -> None:
    response = page.client.get("/", headers={"Accept-Language": asked})
    assert f'<html lang="{language}">' in response.text


def test_workers_own_language_wins_over_the_browser(page: PageClient, session: Session) -> None:
    page.sign_in(make_staff(session, language="sv"))
    assert '<html lang="sv">' in page.client.get("/account", headers={"Accept-Language": "en"}).text


def test_choice_wins_over_everything_and_keeps_the_page(page: PageClient, session: Session) -> None:
    page.sign_in(make_staff(session, language="sv"))
    page.client.get("/service")
    page.get("/service/rules")
    response = page.client.post(
        "/language", data={"csrf_token": form_token(page), "language": "fi", "next": "/service/rules?x=1"}
    )
    assert response.location == "/service/rules?x=1"
    assert '<html lang="fi">' in page.client.get("/service/rules").text


def test_unknown_language_changes_nothing(page: PageClient) -> None:
    page.speak("en").get("/")
    page.client.post("/language", data={"csrf_token": form_token(page), "language": "xx"})
    assert '<html lang="en">' in page.client.get("/").text


def test_every_form_page_keeps_what_was_typed_when_the_language_changes(
    app: Flask, page: PageClient, session: Session
) -> None:
    """Walks every page that has a main form, writes a word in each text field, and presses the switch."""
    world = make_world(session)
    page.sign_in(world.staff)
    walked = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        found = rule_of(app, rule.endpoint)
        methods = rule.methods or set()
        if {"GET", "POST"} - methods or not rule.arguments <= set(world.ids) or (found or PUBLIC).kind != "staff":
            continue
        address = app.url_map.bind("x").build(rule.endpoint, {name: world.ids[name] for name in rule.arguments})
        if page.client.get(address).status_code != 200:
            continue
        opened = page.get(address)
        if not opened.select("#main-form") or not opened.select('button[name="_language"][form="main-form"]'):
            continue
        names = [
            str(field["name"])
            for field in opened.select("#main-form input[name], #main-form textarea[name]")
            if field.get("type") not in SKIPPED_KINDS and field["name"] != "_language"
        ]
        status = 200 if rule.endpoint.startswith("security.") else 422  # the library's own answer
        switched = page.submit(form="main-form", **dict.fromkeys(names, TYPED), _language="sv", status=status)
        assert switched.select("html")[0]["lang"] == "sv", address
        assert not switched.errors, address
        for name in names:
            field = switched.select(f'#main-form [name="{name}"]')[0]
            kept = field.get("value") if field.name == "input" else field.get_text()
            assert str(kept).strip() == TYPED, f"{address}: {name} was lost"
        walked.append(address)
        page.speak("en")
    assert len(walked) >= 8, walked
