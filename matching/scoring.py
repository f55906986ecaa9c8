"""From features to one score: two weighted geometric means, additive in logarithms.

U (would suit the person) and P (likely to work out) are combined as U^balance · P^(1 − balance). The weights are data
with a version; the score of an offer depends on nothing but the person and that offer.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from matching.features import FEATURES
from matching.results import Band, Contribution
from matching.types import OfferKind

REFERENCE_WEIGHT = 5
"""The neutral value counts as this many offers in the reference, so that a list of one still has reasons."""
NOT_TOLD = frozenset({"strength_fit", "interest_fit"})
"""With both of these missing nothing is known of what the person can do or likes."""
DIGITS = 9
"""Scores are rounded to this many decimals before ordering, so that the last bits of a float decide nothing."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights as read from data; see the text in `data/weights.json`."""

    version: str
    floor: float
    neutral: Mapping[str, float]
    wish: Mapping[str, float]
    works_out: Mapping[str, float]
    exploration_factors: Mapping[str, float]
    hidden_job_factors: Mapping[str, float]
    bands: Mapping[str, float]
    least_known_share: float
    least_strength_for_strong: float


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """Features of one offer: floored values with the neutral one filled in, and which were missing."""

    values: Mapping[str, float]
    missing: frozenset[str]


@cache
def load_weights() -> Weights:
    """Return the weights that come with the library."""
    raw: dict[str, Any] = json.loads((files("matching") / "data" / "weights.json").read_text(encoding="utf-8"))
    raw.pop("about")
    frozen: dict[str, Any] = {
        key: MappingProxyType(value) if isinstance(value, dict) else value for key, value in raw.items()
    }
    return Weights(**frozen)


def feature_row(values: Mapping[str, float | None], weights: Weights) -> FeatureRow:
    """Fill in neutral values and the floor; refuses what is not a number."""
    filled, missing = {}, set()
    floor, neutral = weights.floor, weights.neutral
    for name, value in values.items():
        if value is None:
            missing.add(name)
            filled[name] = neutral[name]
        elif value > floor:
            filled[name] = min(value, 1.0)
        elif value <= floor:
            filled[name] = floor
        else:  # only "not a number" is neither above nor below
            raise ValueError(f"{name} is not a number")
    return FeatureRow(filled, frozenset(missing))


def exponents(kind: OfferKind, balance: float, weights: Weights) -> dict[str, float]:
    """Exponent of every feature for one kind of offer; they sum to 1.

    Parameters
    ----------
    kind
        Places to try weigh interest and learning twice and skills very little; hidden jobs weigh openness more.
    balance
        Share of U, 0–1.
    weights
        Weights to use.
    """
    factors: Mapping[str, float] = {}
    if kind.is_exploration:
        factors = weights.exploration_factors
    elif kind == OfferKind.HIDDEN_JOB:
        factors = weights.hidden_job_factors
    result = dict.fromkeys(FEATURES, 0.0)
    for side, share in ((weights.wish, balance), (weights.works_out, 1.0 - balance)):
        raw = {name: weight * factors.get(name, 1.0) for name, weight in side.items()}
        total = sum(raw.values())
        for name, weight in raw.items():
            result[name] += share * weight / total
    return result


def score(row: FeatureRow, powers: Mapping[str, float]) -> float:
    """Weighted geometric mean of a row, 0–1."""
    values, log = row.values, math.log
    return round(math.exp(math.fsum([power * log(values[name]) for name, power in powers.items()])), DIGITS)


def reference(rows: Sequence[FeatureRow], weights: Weights) -> dict[str, float]:
    """Return the typical offer of a list: the median of each feature, drawn towards the neutral value."""
    count = len(rows)
    typical = {}
    for name in FEATURES:
        ordered = sorted(row.values[name] for row in rows)
        middle = (ordered[(count - 1) // 2] + ordered[count // 2]) / 2 if count else 0.0
        typical[name] = (count * middle + REFERENCE_WEIGHT * weights.neutral[name]) / (count + REFERENCE_WEIGHT)
    return typical


def contributions(
    row: FeatureRow, powers: Mapping[str, float], typical: Mapping[str, float]
) -> tuple[Contribution, ...]:
    """Return what each feature adds; the log points sum to log(score / score of the typical offer of this kind)."""
    return tuple(
        Contribution(
            feature=name,
            value=row.values[name],
            reference=typical[name],
            log_points=powers[name] * math.log(row.values[name] / typical[name]),
            missing=name in row.missing,
        )
        for name in FEATURES
    )


def band(value: float, row: FeatureRow, powers: Mapping[str, float], weights: Weights) -> Band:
    """Word for a score; never more than `possible` while too little is known to say more.

    `strong` also asks that something the person can do meets the tasks: hours and distance alone are not a fit.
    """
    known = sum(power for name, power in powers.items() if name not in row.missing)
    if round(known, DIGITS) < weights.least_known_share or row.missing >= NOT_TOLD:
        return Band.POSSIBLE
    meets_tasks = "strength_fit" not in row.missing and row.values["strength_fit"] >= weights.least_strength_for_strong
    if value >= weights.bands["strong"] and meets_tasks:
        return Band.STRONG
    return Band.GOOD if value >= weights.bands["good"] else Band.POSSIBLE
