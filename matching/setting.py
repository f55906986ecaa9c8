"""What is the same for every offer of one list, and how one offer is judged and told within it.

These functions look at one offer and are the reference: `matching.sheet` must say the same for many at once.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matching.checks import honest_checks
from matching.eligibility import RULES_VERSION, findings
from matching.facts import OfferFacts, PersonFacts, read_person, said_by
from matching.features import FEATURES
from matching.linking import Linker
from matching.reasons import reasons_for
from matching.results import Band, CheckResult, SetAside, Suggestion, Verdict
from matching.said import Row, Statement
from matching.scoring import (
    FeatureRow,
    Weights,
    band,
    contributions,
    exponents,
    feature_row,
    load_weights,
    score,
)
from matching.types import OfferKind, Person

ENGINE_VERSION = "2026.5"
"""Changes when the same people, offers and weights could give another list."""
VOCABULARY_VERSION = "2026.3"


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same for every offer of one list.

    Parameters
    ----------
    person
        The young person as read.
    today
        Day of the list.
    weights
        Weights of the score.
    powers
        Exponents of the features for each kind of offer.
    """

    person: PersonFacts
    today: date
    weights: Weights
    powers: Mapping[OfferKind, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Scored:
    """One offer with the answers of the rules, its features and its score."""

    offer: OfferFacts
    results: Sequence[CheckResult]
    row: FeatureRow
    score: float


def make_settings(
    people: Sequence[Person], linker: Linker, today: date, balance: float, weights: Weights | None = None
) -> list[Setting]:
    """Read people and prepare what is the same for every offer; their own words are linked in one go."""
    weights = load_weights() if weights is None else weights
    powers = {kind: exponents(kind, balance, weights) for kind in OfferKind}
    texts = list(dict.fromkeys((words.text, words.language) for person in people for words in person.own_words))
    links = dict(zip(texts, linker.link_many(texts, limit=3), strict=True)) if texts else {}
    words = linker.read_people([said_by(person) for person in people])
    spoken = _spoken(people, linker)
    return [
        Setting(read_person(person, links, row, spoken[place]), today, weights, powers)
        for place, (person, row) in enumerate(zip(people, words, strict=True))
    ]


def _spoken(people: Sequence[Person], linker: Linker) -> list[tuple[tuple[str, Row], ...]]:
    """Read each of the own texts of people alone."""
    texts = [(place, words) for place, person in enumerate(people) for words in person.own_words]
    rows = linker.read_people([[Statement(words.text, words.language, words.card_ids)] for _, words in texts])
    spoken: list[list[tuple[str, Row]]] = [[] for _ in people]
    for (place, words), row in zip(texts, rows, strict=True):
        if row is not None:
            spoken[place].append((words.text, row))
    return [tuple(one) for one in spoken]


def check_arguments(balance: float, limit: int | None = None) -> None:
    """Refuse a balance that is not between 0 and 1 and a limit below 0."""
    if not math.isfinite(balance) or not 0.0 <= balance <= 1.0:
        raise ValueError("balance must be between 0 and 1")
    if limit is not None and limit < 0:
        raise ValueError("limit must not be below 0")


def judge(setting: Setting, offer: OfferFacts) -> Scored:
    """Ask every rule and every feature about one offer."""
    values = {name: feature(setting.person, offer, setting.today) for name, feature in FEATURES.items()}
    row = feature_row(values, setting.weights)
    value = score(row, setting.powers[offer.offer.kind])
    return Scored(offer, findings(setting.person, offer, setting.today), row, value)


def aside(setting: Setting, offer: OfferFacts) -> SetAside:
    """Return why an offer is set aside: every rule that says no."""
    results = findings(setting.person, offer, setting.today)
    return SetAside(offer.offer.id, tuple(result for result in results if result.verdict == Verdict.NO))


def versions(weights: Weights) -> dict[str, str]:
    """Return the versions behind a list, for the decision record."""
    return {
        "engine": ENGINE_VERSION,
        "weights": weights.version,
        "vocabulary": VOCABULARY_VERSION,
        "rules": RULES_VERSION,
    }


def tell(setting: Setting, typical: Mapping[str, float], one: Scored, position: int | None) -> Suggestion:
    """Explain one offer of a list.

    Parameters
    ----------
    setting
        The list it is on.
    typical
        The typical offer of the list.
    one
        The offer.
    position
        Its place; None when it needs a step first.
    """
    powers = setting.powers[one.offer.offer.kind]
    parts = contributions(one.row, powers, typical)
    return Suggestion(
        offer_id=one.offer.offer.id,
        score=one.score,
        band=Band.NEEDS_PREPARATION if position is None else band(one.score, one.row, powers, setting.weights),
        position=position,
        reasons_for=reasons_for(setting.person, one.offer, parts, setting.today),
        checks=honest_checks(setting.person, one.offer, one.results, parts, setting.today),
        contributions=parts,
    )
