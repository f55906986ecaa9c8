"""Quality on a simulated market: nDCG@5 of the product beside simpler ways to rank, on five seeds.

Beside it stand skill overlap, distance alone, chance, and the formula of the Tabiya job matching, written anew from
its description. All rank the same offers, those that no hard rule says no to. A way is better when the paired
bootstrap interval of the difference lies above 0. Run `python benchmarks/market.py`.
"""

import argparse
from collections.abc import Callable

import numpy as np

from benchmarks.report import tell
from benchmarks.simulation import TODAY, Market, Numbers, invent_market
from matching import CardAnswer, OfferKind, estimate_way, load_cards, load_task_families, score_matrix
from matching.features import PAID_KINDS

SEEDS = (1, 2, 3, 4, 5)
FIRST = 5
RESAMPLES = 2_000
STRONG = {CardAnswer.YES: 1.0, CardAnswer.A_LITTLE: 0.6}


def by_product(market: Market) -> tuple[Numbers, np.ndarray]:
    """Scores and eligibility of the library."""
    return score_matrix(market.people, market.offers, today=TODAY)


def by_overlap(market: Market) -> Numbers:
    """Share of the asked cards that the person answered yes to."""
    families = load_task_families()
    fits = [families[offer.task_family or ""].fits for offer in market.offers]
    return np.array(
        [[sum(person.cards.get(card) in STRONG for card in one) / len(one) for one in fits] for person in market.people]
    )


def by_distance(market: Market) -> Numbers:
    """The nearest first."""
    return np.array(
        [
            [-(way.minutes if (way := estimate_way(person, offer)) else 60.0) for offer in market.offers]
            for person in market.people
        ]
    )


def by_tabiya(market: Market) -> Numbers:
    """Would like × would get: a logistic of weighted preferences, and essential skills as a gated geometric mean."""
    families, cards = load_task_families(), load_cards()
    betas = {"earnings": 0.5, "physical": -0.4, "social": 0.1, "growth": 0.5, "content": 0.2}
    total = sum(abs(beta) for beta in betas.values())
    found = np.empty((len(market.people), len(market.offers)))
    for row, person in enumerate(market.people):
        groups: dict[str, list[float]] = {}
        for card, answer in person.cards.items():
            groups.setdefault(cards[card].group, []).append(STRONG.get(answer, 0.1))
        mean = {group: float(np.mean(values)) for group, values in groups.items()}
        for column, offer in enumerate(market.offers):
            fits = families[offer.task_family or ""].fits
            asked = [cards[card].group for card in fits]
            traits = {
                "earnings": float(offer.kind in PAID_KINDS),
                "physical": asked.count("body") / len(asked) * (1 - mean.get("body", 0.5)),
                "social": asked.count("people") / len(asked) * mean.get("people", 0.5),
                "growth": sum(person.cards.get(card) == CardAnswer.WANT_TO_LEARN for card in fits) / len(fits),
                "content": float(np.mean([mean.get(group, 0.5) for group in asked])),
            }
            like = 1 / (1 + np.exp(-4 / total * sum(beta * traits[name] for name, beta in betas.items())))
            near = [0.5 * mean.get(group, 0.3) for group in asked]
            pairs = zip(fits, near, strict=True)
            best = [STRONG.get(person.cards.get(card, CardAnswer.NOT_ME), other) for card, other in pairs]
            missing = sum(value < 0.5 for value in best) / len(best)
            essential = float(np.exp(np.mean(np.log(np.maximum(best, 0.01)))))
            recall = float(np.mean([mean.get(group, 0.0) >= 0.5 for group in set(asked)]))
            get = 0.01 if missing > 0.5 else max(0.01, essential**0.5 * max(recall, 0.01) ** 0.2 * 0.5**0.3)
            found[row, column] = like * get
    return found


def ndcg(scores: Numbers, eligible: np.ndarray, worth: Numbers) -> Numbers:
    """nDCG@5 of each person; worth is told in fifths of their eligible offers, and people without five are left out."""
    found = np.full(len(scores), np.nan)
    discounts = 1 / np.log2(np.arange(2, FIRST + 2))
    for row in range(len(scores)):
        rows = np.flatnonzero(eligible[row])
        if len(rows) < 2 * FIRST:
            continue
        gains = np.argsort(np.argsort(worth[row, rows])) * 5 // len(rows)
        order = np.lexsort((rows, -scores[row, rows]))[:FIRST]
        ideal = np.sort(2.0**gains - 1)[::-1][:FIRST]
        found[row] = float(((2.0 ** gains[order] - 1) @ discounts) / (ideal @ discounts))
    return found


def interval(differences: Numbers, seed: int) -> tuple[float, float]:
    """95 % interval of the mean of paired differences, by bootstrap."""
    draw = np.random.default_rng(seed)
    means = differences[draw.integers(len(differences), size=(RESAMPLES, len(differences)))].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return round(float(low), 4), round(float(high), 4)


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--offers", type=int, default=400)
    arguments = parser.parse_args()
    ways: dict[str, Callable[[Market], Numbers]] = {
        "skill overlap": by_overlap,
        "distance": by_distance,
        "chance": lambda market: np.random.default_rng(99).random((len(market.people), len(market.offers))),
        "Tabiya formula": by_tabiya,
    }
    rows, holds = [], True
    for seed in SEEDS:
        market = invent_market(seed, arguments.people, arguments.offers)
        scores, eligible = by_product(market)
        product = ndcg(np.nan_to_num(scores, nan=-1.0), eligible, market.worth)
        known = ~np.isnan(product)
        rows.append([seed, "product", round(float(product[known].mean()), 4), "", ""])
        for name, way in ways.items():
            other = ndcg(way(market), eligible, market.worth)
            low, high = interval((product - other)[known], seed)
            holds &= low > 0
            rows.append([seed, name, round(float(other[known].mean()), 4), low, high])
    headings = ["seed", "way", "nDCG@5", "better by, low", "better by, high"]
    tell("market", headings, rows, every_interval_above_zero=holds, kinds=len(OfferKind))


if __name__ == "__main__":
    main()
