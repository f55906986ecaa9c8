"""One offer against many people, and many against many, say the same as one person against one offer."""

import random
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching import (
    BANDS,
    CardAnswer,
    DayPart,
    Offer,
    OfferIndex,
    OfferKind,
    Person,
    band_matrix,
    best_offers,
    load_cards,
    load_task_families,
    rank,
    rank_people,
    score_matrix,
)
from tests.matching.examples import TODAY, make_offer, make_person
from tests.matching.test_columns import any_offer, any_offers, any_person

FORTY = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
any_people = st.lists(any_person, max_size=5).map(
    lambda people: [replace(person, id=f"p{number}") for number, person in enumerate(people)]
)


@FORTY
@given(any_people, any_offer)
def test_each_person_is_told_what_ranking_this_offer_alone_says(people: list[Person], offer: Offer) -> None:
    ranking = rank_people(offer, people, today=TODAY)
    alone = {person.id: rank(person, [offer], today=TODAY) for person in people}

    assert ranking == rank_people(offer, people[::-1], today=TODAY)
    assert ranking.considered == len(people) == ranking.eligible + len(ranking.set_aside)
    assert [one.fit.position for one in ranking.fits] == list(range(1, ranking.eligible + 1))
    assert [-one.fit.score for one in ranking.fits] == sorted(-one.fit.score for one in ranking.fits)
    for one in ranking.fits:
        assert (replace(one.fit, position=1),) == alone[one.person_id].suggestions
    for one in ranking.one_step_away:
        assert (one.fit,) == alone[one.person_id].one_step_away
    for person_id, checks in ranking.set_aside.items():
        assert [aside.checks for aside in alone[person_id].set_aside] == [checks]


@FORTY
@given(any_people, any_offers, st.sampled_from([0.0, 0.5, 0.8]))
def test_the_matrix_holds_the_scores_of_the_lists(people: list[Person], offers: list[Offer], balance: float) -> None:
    scores, eligible = score_matrix(people, offers, today=TODAY, balance=balance)

    assert scores.shape == eligible.shape == (len(people), len(offers))
    for row, person in enumerate(people):
        ranking = rank(person, offers, today=TODAY, balance=balance)
        told = {one.offer_id: one.band for one in (*ranking.suggestions, *ranking.one_step_away)}
        bands = dict(
            zip(
                [offer.id for offer in offers],
                band_matrix(people, offers, today=TODAY, balance=balance)[row].tolist(),
                strict=True,
            )
        )
        assert {offer_id: BANDS[bands[offer_id]] for offer_id in told} == told
        assert {offer_id for offer_id, band in bands.items() if band < 0} == {
            one.offer_id for one in ranking.set_aside if not one.actionable
        }
        assert {one.offer_id: one.score for one in ranking.suggestions} == {
            offer.id: score for offer, score, so in zip(offers, scores[row].tolist(), eligible[row], strict=True) if so
        }


def first_of_lists(
    people: list[Person], offers: list[Offer], limit: int, index: OfferIndex, balance: float = 0.5
) -> list[list[tuple[str, float]]]:
    lists = [rank(one, offers, today=TODAY, index=index, balance=balance, limit=limit) for one in people]
    return [[(one.offer_id, one.score) for one in found.suggestions] for found in lists]


@FORTY
@given(any_people, any_offers, st.integers(1, 4), st.sampled_from([0.0, 0.5, 0.8]))
def test_the_best_offers_are_the_first_of_the_lists(
    people: list[Person], offers: list[Offer], limit: int, balance: float
) -> None:
    index = OfferIndex.build(offers)
    with pytest.MonkeyPatch.context() as patch:
        # So that even a few offers are more than are looked at first, and some are never asked about.
        patch.setattr("matching.best.FIRST_MORE", 0)
        patch.setattr("matching.best.PIECE", 1)
        found = best_offers(people, offers, today=TODAY, limit=limit, index=index, balance=balance)

    assert found == first_of_lists(people, offers, limit, index, balance)


def test_the_best_of_many_offers_are_the_first_of_the_lists() -> None:
    draw, families = random.Random(5), list(load_task_families().values())
    offers = []
    for number in range(400):
        family = draw.choice(families)
        offers.append(
            make_offer(
                id=str(number),
                kind=draw.choice(list(OfferKind)),
                title=family.fi,
                description=f"{family.tasks_fi} {number % 50}",
                task_family=draw.choice([family.id, None]),
                hours_per_week=draw.choice([None, 15, 25, 37.5]),
                starts_from=TODAY + timedelta(days=draw.randint(0, 60)),
                employer_openness=draw.choice([None, draw.random()]),
                environment={mark: draw.random() < 0.5 for mark in draw.sample(["ENV01", "ENV03", "ENV05"], 2)},
            )
        )
    answers, cards = list(CardAnswer), list(load_cards())
    people = [
        make_person(id=str(number), cards={card: draw.choice(answers) for card in draw.sample(cards, 4 * number)})
        for number in range(1, 9)
    ]
    index = OfferIndex.build(offers)

    found = best_offers(people, offers, today=TODAY, limit=5, index=index)

    assert found == first_of_lists(people, offers, 5, index)
    assert all(len(one) == 5 for one in found)


def test_people_of_one_score_stand_in_the_order_of_their_ids() -> None:
    people = [make_person(id=str(number)) for number in range(12)]

    ranking = rank_people(make_offer(), people, today=TODAY, limit=3)

    assert [one.person_id for one in ranking.fits] == ["0", "1", "10"]
    assert ranking.eligible == 12


def test_somebody_who_needs_a_step_and_somebody_too_old_are_told_apart() -> None:
    index = OfferIndex.build([make_offer()])
    people = [
        make_person(id="busy", day_parts={DayPart.MORNING: False}),
        make_person(id="old", birth_date=date(1980, 1, 1)),
    ]

    ranking = rank_people(make_offer(), people, today=TODAY, index=index)

    assert ranking.fits == ()
    assert [one.person_id for one in ranking.one_step_away] == ["busy"]
    assert set(ranking.set_aside) == {"busy", "old"}


def test_nobody_and_nothing_give_empty_answers() -> None:
    assert rank_people(make_offer(), [], today=TODAY).considered == 0
    assert [part.shape for part in score_matrix([], [make_offer()], today=TODAY)] == [(0, 1), (0, 1)]
    assert [part.shape for part in score_matrix([make_person()], [], today=TODAY)] == [(1, 0), (1, 0)]
    assert best_offers([make_person()], [], today=TODAY, limit=3) == [[]]
    assert best_offers([], [make_offer()], today=TODAY, limit=3) == []
    assert best_offers([make_person()], [make_offer(talks_cap=0)], today=TODAY, limit=3) == [[]]


def test_what_can_never_be_has_no_score() -> None:
    scores, eligible = score_matrix([make_person()], [make_offer(talks_cap=0), make_offer(id="b")], today=TODAY)

    assert np.isnan(scores).tolist() == [[True, False]]
    assert eligible.tolist() == [[False, True]]


def test_people_and_offers_that_share_an_id_are_refused() -> None:
    with pytest.raises(ValueError, match="two people"):
        rank_people(make_offer(), [make_person(), make_person()], today=TODAY)
    with pytest.raises(ValueError, match="two offers"):
        score_matrix([make_person()], [make_offer(), make_offer()], today=TODAY)
    with pytest.raises(ValueError, match="balance"):
        score_matrix([make_person()], [make_offer()], today=TODAY, balance=2)
    with pytest.raises(ValueError, match="at least 1"):
        best_offers([make_person()], [make_offer()], today=TODAY, limit=0)
