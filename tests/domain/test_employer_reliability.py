"""How surely an employer answers: fair to those asked seldom, and fading with time."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from placement.clock import utcnow
from placement.employers.reliability import Asked, reliability_of
from placement.introductions.states import IntroductionState
from placement.offers.models import Offer
from placement.placements.reliability import introduced_offers, placed_offers, reliability_of_employers
from tests.support.factories.introductions import make_introduced

NOW = utcnow()


def asked(days_ago: float, answered_after: float | None = None) -> Asked:
    sent = NOW - timedelta(days=days_ago)
    return Asked(sent, None if answered_after is None else sent + timedelta(days=answered_after))


def test_without_evidence_the_rate_is_one_half() -> None:
    told = reliability_of([], now=NOW)
    assert (told.rate, told.asked, told.days) == (0.5, 0, None)


def test_one_of_one_does_not_beat_nine_of_ten() -> None:
    one = reliability_of([asked(1, 0.5)], now=NOW)
    nine = reliability_of([*(asked(1, 0.5) for _ in range(9)), asked(15)], now=NOW)
    assert one.rate < nine.rate


@pytest.mark.parametrize(
    ("question", "counted", "in_time"),
    [
        (asked(13.9), 0, 0),  # the answer may still come
        (asked(14.1), 1, 0),
        (asked(30, 14), 1, 1),
        (asked(30, 14.1), 1, 0),
        (asked(2, 1), 1, 1),
    ],
)
def test_a_question_counts_when_it_is_answered_or_its_days_are_over(
    question: Asked, counted: int, in_time: int
) -> None:
    told = reliability_of([question], now=NOW)
    assert (told.asked, told.in_time) == (counted, in_time)


def test_half_a_year_halves_what_an_answer_weighs() -> None:
    # (2 + 0.5) / (4 + 0.5), reckoned by hand
    assert reliability_of([asked(180, 1)], now=NOW).rate == pytest.approx(2.5 / 4.5)


@given(st.lists(st.tuples(st.floats(0, 900), st.none() | st.floats(0, 60)), max_size=30))
def test_the_rate_stays_between_nothing_and_all_and_an_answer_never_lowers_it(
    told: list[tuple[float, float | None]],
) -> None:
    questions = [asked(*one) for one in told]
    rate = reliability_of(questions, now=NOW).rate
    assert 0 < rate < 1
    assert reliability_of([*questions, asked(1, 0.5)], now=NOW).rate > rate


def test_introductions_are_the_questions(session: Session) -> None:
    made = make_introduced(session, state=IntroductionState.TIMES)
    employer_id = session.get_one(Offer, made.offer_id).employer_id
    told = reliability_of_employers(session, [employer_id])[employer_id]
    assert (told.asked, told.in_time, told.completed) == (1, 1, 0)
    assert introduced_offers(session, [made.offer_id]) == {made.offer_id}
    assert placed_offers(session, [made.offer_id]) == frozenset()
