"""The names of what the order is made of, for the public page about it."""

from dataclasses import dataclass

from placement.i18n import LazyString
from placement.i18n import lazy_gettext as _l
from placement.suggestions.adapter import weights_told

FEATURES: dict[str, LazyString] = {
    "interest_fit": _l("what they like and want to do"),
    "way_there": _l("the way there"),
    "schedule_fit": _l("times and hours"),
    "environment_fit": _l("what the place is like"),
    "values_fit": _l("what matters to them"),
    "learning_value": _l("what they want to learn"),
    "guide_support": _l("a guide who is near"),
    "strength_fit": _l("what they can do already"),
    "words_fit": _l("their own words and the words of the offer"),
    "language_margin": _l("a language that the workplace asks for"),
    "employer_openness": _l("how open the employer has been"),
    "freshness": _l("how lately the employer said that the place is open"),
}


@dataclass(frozen=True, slots=True)
class WeightsPage:
    """What weighs how much, of a hundred, on both sides, and the version of the weights."""

    suits: list[tuple[LazyString | str, int]]
    works_out: list[tuple[LazyString | str, int]]
    version: str


def weights_page() -> WeightsPage:
    """Return the weights in words."""
    suits, works_out, version = weights_told()
    return WeightsPage(
        [(FEATURES.get(name, name), share) for name, share in suits],
        [(FEATURES.get(name, name), share) for name, share in works_out],
        version,
    )
