"""One young person against many offers: hard rules, features, score, order, and reasons for what is shown."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matching.checks import honest_checks
from matching.eligibility import RULES_VERSION, findings
from matching.facts import OfferFacts, PersonFacts, read_person
from matching.features import FEATURES
from matching.index import OfferIndex
from matching.reasons import reasons_for
from matching.results import Band, CheckResult, Ranking, SetAside, Suggestion, Verdict
from matching.scoring import (
    FeatureRow,
    Weights,
    band,
    contributions,
    exponents,
    feature_row,
    load_weights,
    reference,
    score,
)
from matching.types import Offer, OfferKind, Person

VOCABULARY_VERSION = "2026.1"
ONE_STEP_AWAY = 3
"""How many offers that need a step first are told."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """What is the same for every offer of one list."""

    person: PersonFacts
    today: date
    weights: Weights
    powers: Mapping[OfferKind, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class _Scored:
    offer: OfferFacts
    results: Sequence[CheckResult]
    row: FeatureRow
    score: float


def rank(
    person: Person,
    offers: Iterable[Offer],
    *,
    today: date,
    index: OfferIndex | None = None,
    balance: float = 0.5,
    limit: int | None = None,
) -> Ranking:
    """Rank offers for one young person, with reasons.

    The order is by score, then by offer id, and does not depend on the order or the number of the offers given:
    leaving one out never changes the order of the others.

    Parameters
    ----------
    person
        The young person.
    offers
        Offers to consider; ids must be unique.
    today
        Day of the list.
    index
        Offers read in advance; what it does not hold is read now, which takes about a millisecond an offer.
    balance
        0 only "likely to work out", 1 only "what the young person wants".
    limit
        Most suggestions returned, and the only ones whose reasons are worked out; None for all.

    Returns
    -------
    Ranking
        Suggestions, offers one step away, and everything set aside with its rules.

    Raises
    ------
    ValueError
        When balance is not between 0 and 1, limit is below 0 or two offers share an id.
    """
    offers = list(offers)
    _check_arguments(offers, balance, limit)
    index = OfferIndex.build(offers) if index is None else index
    weights = load_weights()
    powers = {kind: exponents(kind, balance, weights) for kind in OfferKind}
    setting = _Setting(_read(person, index), today, weights, powers)
    return _list(setting, _facts(offers, index), balance, limit)


def _list(setting: _Setting, offers: Sequence[OfferFacts], balance: float, limit: int | None) -> Ranking:
    eligible, actionable, set_aside = _sort_out(setting, offers)
    typical = reference([one.row for one in eligible], setting.weights)
    return Ranking(
        suggestions=tuple(_tell(setting, typical, one, place) for place, one in enumerate(eligible[:limit], start=1)),
        one_step_away=tuple(_tell(setting, typical, one, None) for one in actionable[:ONE_STEP_AWAY]),
        set_aside=tuple(sorted(set_aside, key=lambda aside: aside.offer_id)),
        considered=len(offers),
        eligible=len(eligible),
        versions={"weights": setting.weights.version, "vocabulary": VOCABULARY_VERSION, "rules": RULES_VERSION},
        balance=balance,
    )


def _check_arguments(offers: Sequence[Offer], balance: float, limit: int | None) -> None:
    if not math.isfinite(balance) or not 0.0 <= balance <= 1.0:
        raise ValueError("balance must be between 0 and 1")
    if limit is not None and limit < 0:
        raise ValueError("limit must not be below 0")
    if len({offer.id for offer in offers}) != len(offers):
        raise ValueError("two offers share an id")


def _facts(offers: Sequence[Offer], index: OfferIndex) -> list[OfferFacts]:
    found = [index.facts(offer) for offer in offers]
    unread = [offer for offer, facts in zip(offers, found, strict=True) if facts is None]
    fresh = OfferIndex.build(unread, index.linker) if unread else None
    facts_of = [
        facts if facts is not None or fresh is None else fresh.facts(offer)
        for offer, facts in zip(offers, found, strict=True)
    ]
    return [facts for facts in facts_of if facts is not None]


def _read(person: Person, index: OfferIndex) -> PersonFacts:
    texts = list(dict.fromkeys((words.text, words.language) for words in person.own_words))
    links = index.linker.link_many(texts, limit=3) if texts else []
    return read_person(person, dict(zip(texts, links, strict=True)))


def _sort_out(setting: _Setting, offers: Sequence[OfferFacts]) -> tuple[list[_Scored], list[_Scored], list[SetAside]]:
    eligible: list[_Scored] = []
    actionable: list[_Scored] = []
    set_aside: list[SetAside] = []
    for offer in offers:
        results = findings(setting.person, offer, setting.today)
        blockers = tuple(result for result in results if result.verdict == Verdict.NO)
        if blockers:
            aside = SetAside(offer.offer.id, blockers)
            set_aside.append(aside)
            if not aside.actionable:
                continue
        values = {name: feature(setting.person, offer, setting.today) for name, feature in FEATURES.items()}
        row = feature_row(values, setting.weights)
        scored = _Scored(offer, results, row, score(row, setting.powers[offer.offer.kind]))
        (actionable if blockers else eligible).append(scored)
    for group in (eligible, actionable):
        group.sort(key=lambda one: (-one.score, one.offer.offer.id))
    return eligible, actionable, set_aside


def _tell(setting: _Setting, typical: Mapping[str, float], one: _Scored, position: int | None) -> Suggestion:
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
