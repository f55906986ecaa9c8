"""The vocabulary is whole and agrees with itself."""

import re
from collections import Counter

import pytest

from matching import distance_km, load_cards, load_municipalities, load_task_families
from matching.features import FEATURES
from matching.scoring import load_weights


def test_there_are_154_cards_in_twelve_groups_with_three_languages() -> None:
    cards = load_cards()

    assert len(cards) == 154
    assert Counter(card.group for card in cards.values()) == {
        "people": 16, "hands": 14, "order": 14, "body": 10, "thinking": 13, "digital": 12, "nature": 9, "food": 9,
        "creative": 11, "style": 20, "place": 16, "values": 10,
    }  # fmt: skip
    assert all(card.fi and card.sv and card.en for card in cards.values())


def test_there_are_90_task_families_whose_cards_exist() -> None:
    families = load_task_families()

    assert list(families) == [f"T{number:02d}" for number in range(1, 91)]
    for family in families.values():
        assert family.fits
        assert set(family.fits) <= set(load_cards())
        assert re.fullmatch(r"\d{4}", family.isco)
        assert all((family.fi, family.sv, family.en, family.tasks_fi, family.tasks_sv, family.tasks_en))
        assert family.watch <= {"18", "haz", "hyg", "rec", "saf", "lic", "serv", "night"}


def test_a_family_stands_in_one_filter_group() -> None:
    groups = {family.id: family.group for family in load_task_families().values()}

    assert (groups["T05"], groups["T26"], groups["T66"]) == ("food", "clean", "shop")
    assert len(set(groups.values())) == 16


def test_there_are_308_municipalities_with_a_code_and_a_place_in_finland() -> None:
    municipalities = load_municipalities()

    assert len(municipalities) == 308
    for code, place in municipalities.items():
        assert re.fullmatch(r"\d{3}", code)
        assert 59.7 < place.lat < 70.1
        assert 19.3 < place.lon < 31.6
        assert place.name_fi
        assert place.name_sv


def test_official_languages_follow_the_language_act() -> None:
    languages = Counter("+".join(sorted(place.languages)) for place in load_municipalities().values())

    assert languages == {"fi": 259, "fi+sv": 33, "sv": 16}


def test_merged_municipalities_are_gone() -> None:
    assert not {"588", "099", "911"} & set(load_municipalities())


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [("091", "049", 16), ("837", "853", 143), ("091", "890", 1090), ("564", "139", 35), ("834", "061", 8)],
)
def test_distances_between_known_places_are_right(one: str, other: str, kilometres: float) -> None:
    assert distance_km(one, other) == pytest.approx(kilometres, rel=0.15)
    assert distance_km(one, other) == pytest.approx(distance_km(other, one))


def test_distance_is_zero_inside_and_unknown_for_an_unknown_code() -> None:
    assert distance_km("091", "091") == 0
    assert distance_km("091", "000") is None


def test_weights_name_every_feature_and_nothing_else() -> None:
    weights = load_weights()

    assert set(weights.wish) | set(weights.works_out) == set(FEATURES)
    assert set(weights.neutral) == set(FEATURES)
    assert not set(weights.wish) & set(weights.works_out)
    assert weights.bands["strong"] > weights.bands["good"]


def test_texts_come_in_the_language_asked_for() -> None:
    card, family, place = load_cards()["FOO01"], load_task_families()["T11"], load_municipalities()["853"]

    assert [card.text(language) for language in ("fi", "sv", "en")] == ["Laitan ruokaa", "Jag lagar mat", "I cook"]
    assert family.name("en") == "Café and lunch-counter worker"
    assert "koka kaffe" in family.tasks("sv")
    assert (place.name("fi"), place.name("sv"), place.name("en")) == ("Turku", "Åbo", "Turku")
    assert load_municipalities()["478"].name("en") == "Mariehamn"
