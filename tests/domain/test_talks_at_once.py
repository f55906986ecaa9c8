"""Two young people say yes to the last free talk at the same moment: one of them gets it."""

import os
import threading
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from placement.app import create_app
from placement.audit.services import Actor
from placement.errors import DomainError
from placement.settings import Settings
from placement.suggestions import services
from placement.suggestions.models import Suggestion
from placement.suggestions.queries import get_suggestion, people_in_talks
from placement.suggestions.states import SuggestionAction
from tests.conftest import POSTGRESQL_OPTION
from tests.support.database import postgresql_engine, sqlite_engine
from tests.support.factories.centres import make_staff
from tests.support.factories.employers import make_employer, make_offer
from tests.support.factories.suggestions import make_suggestion
from tests.support.factories.youths import make_youth

pytestmark = pytest.mark.database


def _two_ask_about_one_place(factory: sessionmaker[Session]) -> tuple[int, list[tuple[int, int]]]:
    with factory.begin() as session:
        adult = make_staff(session)
        offer = make_offer(session, make_employer(session, adult.centre), places=1, talks_cap=1)
        made = [make_suggestion(session, youth=make_youth(session, adult), offer=offer, made_by=adult) for _ in "ab"]
        return adult.centre_id, [(one.id, one.youth_id) for one in made]


def _hear_more(session: Session, suggestion_id: int, youth_id: int) -> None:
    asked = get_suggestion(session, suggestion_id, youth_id=youth_id, lock=True)
    assert isinstance(asked, Suggestion)
    services.answer_suggestion(session, asked, SuggestionAction.HEAR_MORE, actor=Actor.system())
    session.flush()


def _answers_at_once(app: Flask, asked: list[tuple[int, int]]) -> list[str]:
    factory, gate, said = app.extensions["session_factory"], threading.Barrier(len(asked)), []

    def answer(suggestion_id: int, youth_id: int) -> None:
        gate.wait(10)
        try:
            with app.app_context(), factory.begin() as session:
                _hear_more(session, suggestion_id, youth_id)
            said.append("in talks")
        except DomainError as error:
            said.append(error.code)

    threads = [threading.Thread(target=answer, args=one) for one in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(said)


def _app_on(engine: Engine, folder: Path) -> Flask:
    key = "a-long-and-varied-key-for-the-tests-0123456789"
    return create_app(Settings(_env_file=None, instance=folder, testing=True, secret_key=key), engine)


def test_the_last_talk_goes_to_one_of_two_and_only_because_the_offer_is_locked(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_postgresql = request.config.getoption(POSTGRESQL_OPTION)
    with postgresql_engine(os.environ["TEST_DATABASE_URL"]) if is_postgresql else sqlite_engine() as engine:
        app = _app_on(engine, tmp_path)
        factory = app.extensions["session_factory"]
        with app.app_context():
            centre_id, asked = _two_ask_about_one_place(factory)
        assert _answers_at_once(app, asked) == ["in talks", "talks_full"]
        with factory() as session:
            assert list(people_in_talks(session, centre_id).values()) == [1]
        if not is_postgresql:
            return  # one writer at a time: here nothing but the database itself is the lock
        monkeypatch.setattr(services, "lock_offer", lambda _session, _offer_id: None)
        with app.app_context():
            centre_id, asked = _two_ask_about_one_place(factory)
            with factory.begin() as first, factory.begin() as second:
                _hear_more(first, *asked[0])
                _hear_more(second, *asked[1])
        with factory() as session:
            assert list(people_in_talks(session, centre_id).values()) == [2]
