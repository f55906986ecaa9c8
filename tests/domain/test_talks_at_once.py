"""Two young people say yes to the last free talk at the same moment: one of them gets it."""

from functools import partial

import pytest
from flask import Flask
from sqlalchemy.orm import Session, sessionmaker

from placement.audit.services import Actor
from placement.errors import DomainError
from placement.suggestions import services
from placement.suggestions.models import Suggestion
from placement.suggestions.queries import get_suggestion, people_in_talks
from placement.suggestions.states import SuggestionAction
from tests.support.at_once import all_at_once
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
    said = []

    def answer(suggestion_id: int, youth_id: int) -> None:
        with app.app_context(), app.extensions["session_factory"].begin() as session:
            _hear_more(session, suggestion_id, youth_id)
        said.append("in talks")

    refused = all_at_once([partial(answer, *one) for one in asked])
    return sorted(said + [error.code for error in refused if isinstance(error, DomainError)])


def test_the_last_talk_goes_to_one_of_two_and_only_because_the_offer_is_locked(
    own_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    factory = own_app.extensions["session_factory"]
    with own_app.app_context():
        centre_id, asked = _two_ask_about_one_place(factory)
    assert _answers_at_once(own_app, asked) == ["in talks", "talks_full"]
    with factory() as session:
        assert list(people_in_talks(session, centre_id).values()) == [1]
    if own_app.extensions["engine"].dialect.name == "sqlite":
        return  # one writer at a time: here nothing but the database itself is the lock
    monkeypatch.setattr(services, "lock_offer", lambda _session, _offer_id: None)
    with own_app.app_context():
        centre_id, asked = _two_ask_about_one_place(factory)
        with factory.begin() as first, factory.begin() as second:
            _hear_more(first, *asked[0])
            _hear_more(second, *asked[1])
    with factory() as session:
        assert list(people_in_talks(session, centre_id).values()) == [2]
