"""Two at the same moment for the last free talk: one of two who say yes gets it, one of two is introduced."""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from placement.app import create_app
from placement.audit.services import Actor
from placement.errors import DomainError
from placement.introductions import queries
from placement.introductions.models import Introduction
from placement.introductions.queries import contacts_to_introduce_to
from placement.introductions.services import make_introduction
from placement.settings import Settings
from placement.suggestions import services
from placement.suggestions.models import Suggestion
from placement.suggestions.queries import get_suggestion, people_in_talks
from placement.suggestions.states import SuggestionAction, SuggestionState
from tests.conftest import POSTGRESQL_OPTION
from tests.support.database import postgresql_engine, sqlite_engine
from tests.support.factories.centres import make_staff
from tests.support.factories.employers import make_contact, make_employer, make_offer
from tests.support.factories.suggestions import make_suggestion
from tests.support.factories.youths import make_youth

pytestmark = pytest.mark.database


Act = Callable[[Session, int, int], object]


def _two_ask_about_one_place(
    factory: sessionmaker[Session], state: SuggestionState
) -> tuple[int, list[tuple[int, int]]]:
    with factory.begin() as session:
        adult = make_staff(session)
        employer = make_employer(session, adult.centre)
        make_contact(session, employer)
        offer = make_offer(session, employer, places=1, talks_cap=1)
        asking = [make_youth(session, adult) for _ in "ab"]
        made = [make_suggestion(session, youth=one, offer=offer, made_by=adult, state=state) for one in asking]
        return adult.centre_id, [(one.id, one.youth_id) for one in made]


def _hear_more(session: Session, suggestion_id: int, youth_id: int) -> None:
    asked = get_suggestion(session, suggestion_id, youth_id=youth_id, lock=True)
    assert isinstance(asked, Suggestion)
    services.answer_suggestion(session, asked, SuggestionAction.HEAR_MORE, actor=Actor.system())
    session.flush()


def _introduce(session: Session, suggestion_id: int, youth_id: int) -> None:
    suggestion = get_suggestion(session, suggestion_id, youth_id=youth_id)
    assert isinstance(suggestion, Suggestion)
    session.refresh(suggestion.youth, ["answers", "own_words"])
    contact = contacts_to_introduce_to(session, suggestion.offer.employer_id)[0]
    make_introduction(session, suggestion=suggestion, contact=contact, actor=Actor.system(suggestion.centre_id))


def _introduced(session: Session, centre_id: int) -> int:
    return len(session.scalars(select(Introduction.id).where(Introduction.centre_id == centre_id)).all())


def _in_talks(session: Session, centre_id: int) -> int:
    return sum(people_in_talks(session, centre_id).values())


def _at_once(app: Flask, act: Act, asked: list[tuple[int, int]]) -> list[str]:
    factory, gate, said = app.extensions["session_factory"], threading.Barrier(len(asked)), []

    def answer(suggestion_id: int, youth_id: int) -> None:
        gate.wait(10)
        try:
            with app.app_context(), factory.begin() as session:
                act(session, suggestion_id, youth_id)
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


@dataclass(frozen=True)
class _Race:
    """What both do, from which state of a suggestion, how many have it afterwards, and which module takes the lock."""

    act: Act
    state: SuggestionState
    count: Callable[[Session, int], int]
    module: ModuleType


RACES = {
    "says yes": _Race(_hear_more, SuggestionState.SENT, _in_talks, services),
    "is introduced": _Race(_introduce, SuggestionState.INTERESTED, _introduced, queries),
}


@pytest.mark.parametrize("race", RACES.values(), ids=RACES)
def test_the_last_talk_goes_to_one_of_two_and_only_because_the_offer_is_locked(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    race: _Race,
) -> None:
    is_postgresql = request.config.getoption(POSTGRESQL_OPTION)
    with postgresql_engine(os.environ["TEST_DATABASE_URL"]) if is_postgresql else sqlite_engine() as engine:
        app = _app_on(engine, tmp_path)
        factory = app.extensions["session_factory"]
        with app.app_context():
            centre_id, asked = _two_ask_about_one_place(factory, race.state)
        assert _at_once(app, race.act, asked) == ["in talks", "talks_full"]
        with factory() as session:
            assert race.count(session, centre_id) == 1
        if not is_postgresql:
            return  # one writer at a time: here nothing but the database itself is the lock
        monkeypatch.setattr(race.module, "lock_offer", lambda _session, _offer_id: None)
        with app.app_context():
            centre_id, asked = _two_ask_about_one_place(factory, race.state)
            with factory.begin() as first, factory.begin() as second:
                race.act(first, *asked[0])
                race.act(second, *asked[1])
        with factory() as session:
            assert race.count(session, centre_id) == 2
