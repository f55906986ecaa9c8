"""How evenly employers are seen when everybody is shown a list, and what that costs in quality.

The same market as in `benchmarks/market.py`. Lists are shown to all young people one after the other; every place
among the first five counts, and employers who were shown often enough step back in the lists that follow. Told are
the Gini coefficient of employers' exposure and nDCG@5, without and with the list put together as a whole. Run
`python benchmarks/exposure.py`.
"""

import argparse
from collections import Counter

import numpy as np

from benchmarks.market import FIRST, ndcg
from benchmarks.report import tell
from benchmarks.simulation import TODAY, Market, Numbers, invent_market
from matching import OfferIndex
from matching.arrangement import Arrangement
from matching.linking import default_linker
from matching.setting import make_settings
from matching.sheet import Sheet

EXPECTED = 0.5
"""A place among the first five leads to this many contacts, as the service counts suggestions that wait."""


def gini(seen: Numbers) -> float:
    """Return 0 when all are seen as often, near 1 when one is seen alone."""
    ordered = np.sort(seen)
    count = len(ordered)
    return float((2 * np.arange(1, count + 1) - count - 1) @ ordered / (count * ordered.sum()))


def shown(market: Market, *, arranged: bool) -> tuple[Numbers, Numbers]:
    """Return how often each employer was shown, and nDCG@5 of the lists."""
    index = OfferIndex.build(market.offers, default_linker())
    settings = make_settings(market.people, index.linker, TODAY, 0.5)
    employers, count = market.employers, int(market.employers.max()) + 1
    room = np.bincount(employers, minlength=count) * len(market.people) * FIRST * EXPECTED / len(market.offers)
    seen, orders = np.zeros(count), np.full((len(settings), len(market.offers)), -1.0)
    eligible = np.zeros(orders.shape, np.bool_)
    for row, setting in enumerate(settings):
        sheet = Sheet.of(setting, index.board)
        fair = room * (row + 1) / len(settings)
        over = np.maximum(0.0, (seen * EXPECTED - fair) / np.maximum(fair, 1.0))
        crowding = {offer.id: float(over[employers[place]]) for place, offer in enumerate(market.offers)}
        how = Arrangement(f"{row}|2026-48", {one: value for one, value in crowding.items() if value}, explore=False)
        best = sheet.arranged(how, FIRST)[0] if arranged else sheet.best(sheet.eligible(), FIRST)
        orders[row, best] = np.arange(FIRST, FIRST - len(best), -1)
        eligible[row, sheet.eligible()] = True
        for place, number in Counter(employers[best].tolist()).items():
            seen[place] += number
    return seen, ndcg(orders, eligible, market.worth)


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--offers", type=int, default=400)
    arguments = parser.parse_args()
    market = invent_market(1, arguments.people, arguments.offers)
    rows, kept = [], {}
    for name, arranged in (("by score alone", False), ("put together as a whole", True)):
        seen, quality = shown(market, arranged=arranged)
        kept[name] = gini(seen), float(np.nanmean(quality))
        rows.append([name, round(kept[name][0], 3), round(kept[name][1], 4), int((seen == 0).sum())])
    (before, best), (after, good) = kept.values()
    tell(
        "exposure",
        ["list", "Gini of exposure", "nDCG@5", "employers never seen"],
        rows,
        gini_change=f"{after / before - 1:+.1%}",
        ndcg_change=f"{good / best - 1:+.1%}",
    )


if __name__ == "__main__":
    main()
