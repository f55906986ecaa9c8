"""The order of the cards, passing by, going back, and the words beside them."""

from itertools import pairwise

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from placement.audit.services import Actor
from placement.i18n import in_language
from placement.jobseekers.card_hints import card_hint, card_hints
from placement.jobseekers.card_verbs import answer_card, card_before, skip_card, skipped_cards
from placement.jobseekers.models import CardAnswer, Youth
from placement.jobseekers.queries import get_youth_with_profile
from placement.jobseekers.services import NotAnAnswer
from placement.suggestions.deck import OPENING, WISH_EVERY, WISH_GROUPS, next_cards, spread
from placement.suggestions.telling import telling_cards
from placement.vocabulary import CARD_GROUPS, card_ids, cards_by_id
from tests.support.factories.centres import make_staff
from tests.support.factories.employers import make_employer, make_offer
from tests.support.factories.youths import make_youth
from tests.support.queries import counted_queries

ALL = sorted(card_ids())


def group(card: str) -> str:
    return cards_by_id()[card].group


def loaded(session: Session, youth: Youth) -> Youth:
    session.flush()
    session.expire_all()
    found = get_youth_with_profile(session, youth.id, youth.centre_id)
    assert found is not None
    return found


@pytest.fixture
def aino(session: Session) -> Youth:
    return loaded(session, make_youth(session, make_staff(session)))


@pytest.mark.database
def test_the_first_cards_leave_out_no_side_of_a_person(session: Session, aino: Youth) -> None:
    first = next_cards(session, aino, count=9)
    assert first == list(OPENING)
    assert {group(card) for card in first} == set(CARD_GROUPS) - WISH_GROUPS


@pytest.mark.database
def test_after_the_first_cards_those_come_whose_answer_changes_the_suggestions(session: Session, aino: Youth) -> None:
    centre = aino.one_adult.centre  # type: ignore[union-attr]
    employer = make_employer(session, centre)
    for title, family in (("Kahvila-apulainen", "T11"), ("Pyörähuolto", "T60"), ("Varasto", "T50")):
        make_offer(session, employer, title=title, task_family=family)
    answers = dict.fromkeys(OPENING, CardAnswer.A_LITTLE)
    for card, answer in answers.items():
        answer_card(session, aino, card_id=card, answer=answer, actor=Actor.youth(aino.id, aino.centre_id))
    aino = loaded(session, aino)
    order = next_cards(session, aino, count=len(ALL))
    assert set(order) == card_ids() - set(OPENING)
    telling = telling_cards(session, aino, {"FOO08": ("yes", "not_me"), "CRE10": ("yes", "not_me")})
    assert telling["FOO08"] > telling["CRE10"]
    assert order.index("FOO08") < 12 < order.index("CRE10")


@pytest.mark.database
def test_without_offers_there_is_still_an_order(session: Session, aino: Youth) -> None:
    assert sorted(next_cards(session, aino, count=len(ALL))) == ALL


@pytest.mark.database
def test_cards_passed_by_come_last_and_an_answer_takes_them_away(session: Session, aino: Youth) -> None:
    actor = Actor.youth(aino.id, aino.centre_id)
    skip_card(session, aino, card_id="HAN02")
    skip_card(session, aino, card_id="HAN02")
    assert next_cards(session, loaded(session, aino), count=len(ALL))[-1] == "HAN02"
    answer_card(session, aino, card_id="HAN02", answer=CardAnswer.YES, actor=actor)
    assert skipped_cards(session, aino.id) == []
    skip_card(session, aino, card_id="HAN02")
    assert skipped_cards(session, aino.id) == []
    with pytest.raises(NotAnAnswer):
        skip_card(session, aino, card_id="XXX99")


@pytest.mark.database
def test_back_leads_to_the_card_answered_before(session: Session, aino: Youth) -> None:
    actor = Actor.youth(aino.id, aino.centre_id)
    assert card_before(aino, None) is None
    for card in ("HAN02", "FOO01", "PEO03"):
        answer_card(session, aino, card_id=card, answer=CardAnswer.YES, actor=actor)
    assert card_before(aino, None) == "PEO03"
    assert card_before(aino, "PEO03") == "FOO01"
    assert card_before(aino, "HAN02") is None


@pytest.mark.database
def test_more_offers_and_answers_take_no_more_queries(session: Session, aino: Youth) -> None:
    employer = make_employer(session, aino.one_adult.centre)  # type: ignore[union-attr]
    for number in range(3):
        make_offer(session, employer, title=f"Kahvila {number}", task_family="T11")

    def count() -> int:
        youth = loaded(session, aino)
        next_cards(session, youth, count=5)
        with counted_queries(session.get_bind().engine) as statements:
            next_cards(session, youth, count=20)
        return len(statements)

    few = count()
    for number in range(12):
        make_offer(session, employer, title=f"Varasto {number}", task_family="T50")
    for card in ALL[:20]:
        answer_card(
            session,
            aino,
            card_id=card,
            answer=CardAnswer.YES,
            actor=Actor.youth(aino.id, aino.centre_id),
        )
    assert count() == few


@settings(max_examples=30)
@given(st.permutations(ALL), st.integers(min_value=0, max_value=200))
def test_spreading_keeps_every_card_and_a_calm_rhythm(cards: list[str], done: int) -> None:
    order = spread(cards, done=done)
    assert sorted(order) == ALL
    for place, card in enumerate(order[:100]):  # long before either kind runs out
        is_turn = (done + place) % WISH_EVERY == WISH_EVERY - 1
        assert (group(card) in WISH_GROUPS) == is_turn
    groups = [group(card) for card in order[:40]]
    assert not [one for (one, two), (_two, three) in pairwise(pairwise(groups)) if one == two == three]


def test_hints_are_short_and_there_in_all_languages(app: Flask) -> None:
    assert set(card_hints()) <= card_ids()
    for card, row in card_hints().items():
        for language in ("fi", "sv", "en"):
            assert 0 < len(row[language]) <= 60, (card, language)
    with app.test_request_context(), in_language("sv"):
        assert card_hint("HAN01") == "En cykel, en stol, en telefon, vad som helst"
        assert card_hint("STY04") == ""
