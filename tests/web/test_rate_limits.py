"""Limits on signing in and public forms, counted in the database that all web processes share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.accounts.models import RateCount, Staff
from placement.app import create_app
from placement.db import make_engine
from placement.migrations.run import upgrade
from placement.settings import Settings
from tests.support.factories.accounts import PASSWORD, make_account
from tests.support.page import Page, check_page


@pytest.fixture
def limited(settings: Settings, tmp_path: Path) -> Iterator[Flask]:
    """An installation on a database of its own with the limits on."""
    address = f"sqlite:///{tmp_path / 'limited.sqlite3'}"
    upgrade(address)
    made = settings.model_copy(update={"testing": False})
    engine = make_engine(address)
    yield create_app(made, engine)
    engine.dispose()


def send(client: FlaskClient, address: str, **fields: str) -> Page:
    page = Page(client.get(address))
    token = str(page.select("input[name=csrf_token]")[0]["value"])
    key = str(page.select("#main-form input[name=form_key]")[0]["value"])
    return Page(client.post(address, data={"csrf_token": token, "form_key": key, **fields}))


def test_eleventh_try_in_a_minute_is_429_with_a_time_to_wait(limited: Flask) -> None:
    client = limited.test_client()
    statuses = [send(client, "/sign-in", email="a@example.fi", password="wrong").status for _ in range(11)]
    assert statuses == [200] * 10 + [429]
    stopped = send(client, "/sign-in", email="a@example.fi", password="wrong")
    assert int(stopped.response.headers["Retry-After"]) > 0
    check_page(stopped)
    assert client.get("/sign-in").status_code == 200


def test_count_is_kept_in_the_database_so_that_another_process_knows_it(limited: Flask, settings: Settings) -> None:
    client = limited.test_client()
    for _ in range(10):
        send(client, "/sign-in", email="a@example.fi", password="wrong")
    other = create_app(settings.model_copy(update={"testing": False}), limited.extensions["engine"]).test_client()
    assert send(other, "/sign-in", email="a@example.fi", password="wrong").status == 429
    with limited.extensions["session_factory"]() as session:
        assert session.scalar(select(func.count()).select_from(RateCount)) > 0


@pytest.mark.parametrize("address", ["/forgotten-password"])
def test_public_form_is_limited(limited: Flask, address: str) -> None:
    client = limited.test_client()
    statuses = [send(client, address, email="a@example.fi").status for _ in range(11)]
    assert statuses[-1] == 429
    assert 429 not in statuses[:10]


def test_signing_in_with_limits_on_works_and_counts_failures(limited: Flask) -> None:
    """With the limits on, counting and the request itself must not wait for each other's lock."""
    with limited.app_context(), limited.extensions["session_factory"].begin() as session:
        staff = make_account(session)
        email = staff.email
    client = limited.test_client()
    assert send(client, "/sign-in", email=email, password="wrong").status == 200
    assert send(client, "/sign-in", email=email, password=PASSWORD).status == 303
    with limited.extensions["session_factory"]() as session:
        assert failures(session, email) == 1


def failures(session: Session, email: str) -> int:
    return session.scalars(select(Staff.failed_sign_ins).where(Staff.email == email)).one()
