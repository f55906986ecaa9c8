"""Many against many: 10,000 people × 20,000 offers, the twenty best of each, on one core.

People differ in cards, area, ways of travelling, hours, times of day, languages and age, as people do. Beside it stands
the simplest way with scikit-learn: TF-IDF over whole texts, people × offers as one sparse product in parts, the twenty
best by partition, without rules, features or reasons. Reading people into what is compared is told apart for both
ways. A sample of the people is ranked one by one, and must have the same twenty. When sparse_dot_topn is installed it
stands beside them. Times are those of the processor; the memory is the most that this process held.
Run `python benchmarks/batch_speed.py`, with `--people 10000` for all of it; fewer are scaled to all.
"""

import argparse
import importlib.util
import random
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.matching_speed import HOME, TODAY, invent_offers, invent_person, with_own_texts
from benchmarks.report import tell
from matching import DayPart, LanguageLevel, OfferIndex, Person, TravelMode, best_offers, load_cards, rank
from matching.setting import make_settings

T = TypeVar("T")
ALL, OFFERS, BEST, PART, SAMPLE = 10_000, 20_000, 20, 200, 25


def invent_people(count: int) -> list[Person]:
    """People who differ in all that rules and features read."""
    draw = random.Random(7)
    levels = list(LanguageLevel)
    people = []
    for seed in range(count):
        least = draw.choice([None, 8, 15, 20])
        people.append(
            replace(
                invent_person(seed),
                birth_date=TODAY - timedelta(days=draw.randint(16 * 366, 29 * 365)),
                languages={"fi": draw.choice(levels), draw.choice(["sv", "en", "ar"]): draw.choice(levels)},
                hours_per_week_min=least,
                hours_per_week_max=draw.choice([None, 20, 25, 30, 40]),
                day_parts={part: draw.random() < 0.7 for part in draw.sample(list(DayPart), 3)},
                travel_from=draw.choice(HOME),
                travel_minutes_max=draw.choice([None, 30, 45, 60]),
                travel_modes=frozenset(draw.sample(list(TravelMode), 2)),
                available_from=draw.choice([None, TODAY + timedelta(days=draw.randint(0, 30))]),
            )
        )
    return people


def timed(action: Callable[[], T]) -> tuple[float, T]:
    """How much processor time an action took, and what it gave."""
    started = time.process_time()
    found = action()
    return time.process_time() - started, found


def by_product_of_matrices(left, right) -> None:  # type: ignore[no-untyped-def]  # sparse matrices
    """Brute force: every text against every text, and the best of each row."""
    for start in range(0, left.shape[0], PART):
        scores = (left[start : start + PART] @ right.T).toarray()
        np.argpartition(-scores, BEST, axis=1)[:, :BEST]


def same_as_one_by_one(people: list[Person], index: OfferIndex, found: list[list[tuple[str, float]]]) -> int:
    """Return for how many of a sample the offers and scores are exactly those of a list for one person."""
    offers = [one.offer for one in index.board.offers]
    step = max(1, len(people) // SAMPLE)
    alone = [
        [(one.offer_id, one.score) for one in rank(person, offers, today=TODAY, index=index, limit=BEST).suggestions]
        for person in people[::step]
    ]
    assert alone == found[::step], "the best offers differ from those of a list for one person"
    return len(alone)


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000)
    count = parser.parse_args().people
    offers = with_own_texts(invent_offers(OFFERS, seed=1))
    index = OfferIndex.build(offers)
    people = invent_people(count)
    best_offers(people[:1], offers, today=TODAY, limit=BEST, index=index)
    whole, found = timed(lambda: best_offers(people, offers, today=TODAY, limit=BEST, index=index))
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    read = sum(
        timed(lambda start=start: make_settings(people[start : start + 1_000], index.linker, TODAY, 0.5))[0]
        for start in range(0, count, 1_000)
    )
    same = same_as_one_by_one(people, index, found)

    cards = load_cards()
    texts = [
        " ".join([*(one.text for one in person.own_words), *(cards[card].fi for card in person.cards)])
        for person in people
    ]
    vectoriser = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), sublinear_tf=True)
    right = vectoriser.fit_transform([f"{offer.title} {offer.description}" for offer in offers])
    read_plain, left = timed(lambda: vectoriser.transform(texts))
    plain, _ = timed(lambda: by_product_of_matrices(left, right))
    took = {"best_offers": (whole - read, read), "brute force, scikit-learn": (plain, read_plain)}
    if importlib.util.find_spec("sparse_dot_topn") is not None:
        import sparse_dot_topn  # noqa: PLC0415 - only beside a benchmark, never needed

        columns = right.T.tocsr()
        topn, _ = timed(lambda: sparse_dot_topn.sp_matmul_topn(left, columns, top_n=BEST))
        took["sparse_dot_topn"] = topn, read_plain
    tell(
        "batch_speed",
        ["way", "ms a person", "seconds for all", "times brute force", "reading, ms a person"],
        [
            [
                name,
                round(seconds / count * 1000, 2),
                round(seconds / count * ALL, 1),
                round(plain / seconds, 1),
                round(reading / count * 1000, 2),
            ]
            for name, (seconds, reading) in took.items()
        ],
        people=count,
        offers=OFFERS,
        megabytes=round(held),
        same_as_one_by_one=f"{same} of {same}",
    )


if __name__ == "__main__":
    main()
