"""Many against many: 10,000 people × 20,000 offers, the twenty best of each, on one core.

Beside it stands the simplest way with scikit-learn: TF-IDF over whole texts, people × offers as one sparse product in
parts, the twenty best by partition, without rules, features or reasons. Both do a share of the people and are scaled
to all of them; the memory is the most that this process held. When sparse_dot_topn is installed it stands beside them.
Run `python benchmarks/batch_speed.py`, with `--people 10000` for all of it.
"""

import argparse
import importlib.util
import resource
import time
from collections.abc import Callable

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.matching_speed import TODAY, invent_offers, invent_person, with_own_texts
from benchmarks.report import tell
from matching import OfferIndex, Person, load_cards
from matching.setting import make_settings
from matching.shared import Shared
from matching.sheet import Sheet

ALL, OFFERS, BEST, PART = 10_000, 20_000, 20, 200


def seconds(action: Callable[[], object]) -> float:
    """How long an action took."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def by_product(people: list[Person], index: OfferIndex) -> None:
    """Rules, features, scores and the best of each person."""
    shared = Shared()
    for start in range(0, len(people), PART):
        for setting in make_settings(people[start : start + PART], index.linker, TODAY, 0.5):
            sheet = Sheet.of(setting, index.board, shared)
            sheet.best(sheet.eligible(), BEST)


def by_product_of_matrices(left, right) -> None:  # type: ignore[no-untyped-def]  # sparse matrices
    """Brute force: every text against every text, and the best of each row."""
    for start in range(0, left.shape[0], PART):
        scores = (left[start : start + PART] @ right.T).toarray()
        np.argpartition(-scores, BEST, axis=1)[:, :BEST]


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000)
    count = parser.parse_args().people
    offers = with_own_texts(invent_offers(OFFERS, seed=1))
    index = OfferIndex.build(offers)
    people = [invent_person(seed) for seed in range(count)]
    cards = load_cards()
    vectoriser = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), sublinear_tf=True)
    right = vectoriser.fit_transform([f"{offer.title} {offer.description}" for offer in offers])
    left = vectoriser.transform(
        [
            " ".join([*(one.text for one in person.own_words), *(cards[card].fi for card in person.cards)])
            for person in people
        ]
    )
    by_product(people[:20], index)
    scale = ALL / count
    took = {"product": seconds(lambda: by_product(people, index))}
    took["brute force, scikit-learn"] = seconds(lambda: by_product_of_matrices(left, right))
    if importlib.util.find_spec("sparse_dot_topn") is not None:
        import sparse_dot_topn  # noqa: PLC0415 - only beside a benchmark, never needed

        columns = right.T.tocsr()
        took["sparse_dot_topn"] = seconds(lambda: sparse_dot_topn.sp_matmul_topn(left, columns, top_n=BEST))
    rows = [
        [name, round(value, 1), round(value * scale, 1), round(took["brute force, scikit-learn"] / value, 1)]
        for name, value in took.items()
    ]
    tell(
        "batch_speed",
        ["way", "seconds", "seconds for all", "times brute force"],
        rows,
        people=count,
        offers=OFFERS,
        megabytes=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    )


if __name__ == "__main__":
    main()
