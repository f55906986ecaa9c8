"""The list as a whole: what may change places, how mixed the first ones are, who steps back, and the marked place."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching import Arrangement, Offer, OfferIndex, Ranking, load_task_families, rank
from matching.arranging import NEAR_TIE, chances, draws_of
from tests.matching.examples import TODAY, make_offer, make_person
from tests.matching.test_columns import any_offers, any_person

FORTY = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
FAMILIES = load_task_families()
ONE_GROUP = [one for one in FAMILIES.values() if one.group == FAMILIES["T11"].group]
OTHERS = [one for one in FAMILIES.values() if one.group != FAMILIES["T11"].group]


def many(families: list, each: int) -> list[Offer]:
    return [
        make_offer(id=f"{family.id}-{number:02d}", task_family=family.id, title=family.fi)
        for family in families
        for number in range(each)
    ]


def arranged(offers: list[Offer], seed: str = "1|2026-48", **values: object) -> Ranking:
    limit = values.pop("limit", None)
    return rank(make_person(), offers, today=TODAY, limit=limit, arrangement=Arrangement(seed, **values))


def family_of(offers: list[Offer], offer_id: str) -> str:
    return next(offer.task_family for offer in offers if offer.id == offer_id)


@FORTY
@given(any_person, any_offers, st.sampled_from(["a", "b"]), st.integers(1, 30))
def test_arranging_changes_the_order_and_nothing_else(person, offers, seed, limit) -> None:
    plain = rank(person, offers, today=TODAY)
    how = Arrangement(seed)
    shown = rank(person, offers, today=TODAY, arrangement=how)
    some = rank(person, offers[::-1], today=TODAY, arrangement=how, limit=limit)

    assert {one.offer_id: replace(one, position=0) for one in shown.suggestions} == {
        one.offer_id: replace(one, position=0) for one in plain.suggestions
    }
    assert [one.position for one in shown.suggestions] == list(range(1, plain.eligible + 1))
    assert (shown.set_aside, shown.one_step_away) == (plain.set_aside, plain.one_step_away)
    assert some.suggestions == shown.suggestions[:limit]


def test_only_near_ties_change_places_by_chance() -> None:
    offers = [make_offer(id=f"o{number:02d}", hours_per_week=26 + number) for number in range(24)]
    orders = set()
    for seed in ("1|2026-48", "1|2026-49", "2|2026-48"):
        found = arranged(offers, seed, explore=False, first=1)
        assert found == arranged(offers, seed, explore=False, first=1)
        for before, after in combinations(found.suggestions[1:], 2):
            assert after.score - before.score < NEAR_TIE
        orders.add(tuple(one.offer_id for one in found.suggestions))
    assert len(orders) == 3


def test_the_first_places_are_not_all_of_one_kind() -> None:
    offers = [*many(ONE_GROUP[:1], 12), *many(ONE_GROUP[1:2], 2), *many(OTHERS[:2], 1)]
    found = arranged(offers, explore=False, limit=5)
    groups = {FAMILIES[family_of(offers, one.offer_id)].group for one in found.suggestions}
    assert len(groups) >= 2


def test_an_employer_asked_too_much_steps_back() -> None:
    offers = many(ONE_GROUP[:1], 10)
    first = arranged(offers, explore=False).suggestions[0].offer_id
    crowded = arranged(offers, explore=False, crowding={first: 1.0, "gone": 2.0})
    assert crowded.suggestions[-1].offer_id == first


def test_one_place_is_for_finding_out_and_its_chance_is_told() -> None:
    offers = [*many(ONE_GROUP[:3], 4), *many(OTHERS[:6], 2)]
    found = arranged(offers)
    shown = [one.offer_id for one in found.suggestions]
    assert found.explored == shown[6]
    assert family_of(offers, shown[6]) not in {family_of(offers, one) for one in shown[:6]}
    assert 0 < found.explored_chance <= 1
    assert arranged(offers, explore=False).explored is None
    assert arranged(offers[:5]).explored is None
    assert len({arranged(offers, f"1|week {number}").explored for number in range(12)}) > 1


def test_chance_is_even_and_the_same_in_every_process() -> None:
    draws = draws_of([f"offer-{number}" for number in range(4_000)])
    lots = chances(draws, "7|2026-48")
    assert abs(lots.mean() - 0.5) < 0.02
    assert 0 <= lots.min() <= lots.max() < 1
    assert chances(draws_of(["1", "Ä-2"]), "seed").tolist() == pytest.approx([0.70847214, 0.23306819])
    assert draws_of([]).tolist() == []


@pytest.mark.parametrize("wrong", [{"first": 0}, {"crowding": {"a": float("nan")}}, {"crowding": {"a": -1.0}}])
def test_a_list_that_makes_no_sense_is_refused(wrong) -> None:
    with pytest.raises(ValueError, match=r"first|crowding"):
        Arrangement("seed", **wrong)


def test_it_does_not_matter_how_the_offers_were_read() -> None:
    offers = [*many(ONE_GROUP[:3], 4), *many(OTHERS[:6], 2)]
    how = Arrangement("1|2026-48")
    whole = rank(make_person(), offers, today=TODAY, index=OfferIndex.build(offers), arrangement=how)
    grown = OfferIndex.build(offers[::2]).with_offers(offers[::-1])
    assert rank(make_person(), offers[::-1], today=TODAY, index=grown, arrangement=how) == whole
