"""The public page tells what is weighed, and what is never used."""

from matching.features import FEATURES
from placement.suggestions.adapter import weights_told
from placement.web.public import weights
from tests.support.page import PageClient


def test_every_feature_has_its_words():
    assert set(weights.FEATURES) == set(FEATURES)


def test_the_shares_told_are_those_of_the_weights(page: PageClient):
    opened = page.get("/how-suggestions-are-made")
    suits, works_out, version = weights_told()
    for side in (suits, works_out):
        assert 97 <= sum(share for _name, share in side) <= 103
    assert f"{suits[0][1]} of 100: what they like and want to do" in opened.text
    assert f"{works_out[0][1]} of 100" in opened.text
    assert f"Version {version}" in opened.text


def test_it_tells_what_is_never_used(page: PageClient):
    text = page.get("/how-suggestions-are-made").text
    for never in ("sex", "nationality", "mother tongue", "health", "benefits", "photographs", "name", "school grades"):
        assert never in text
    for never in ("postcode", "a day when somebody did not come"):
        assert never in text
