"""Speed of ranking: one invented person against 220, 5,000 and 60,000 invented offers.

Beside it stands the simplest thing that could be done, for scale: scikit-learn's TF-IDF over whole texts, one person's
words against every offer, without rules, features or reasons.

Run `python benchmarks/matching_speed.py`; it prints a table and writes JSON to benchmarks/results/. Everything is
drawn from a fixed seed, so that only the machine changes the numbers. With `--bands` it prints the score quantiles
from which the bands in `matching/data/weights.json` are set.
"""

import argparse
import json
import platform
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from sklearn.feature_extraction.text import TfidfVectorizer

from matching import (
    CardAnswer,
    DayPart,
    GuideTime,
    LanguageLevel,
    Offer,
    OfferIndex,
    OfferKind,
    OwnWords,
    Person,
    TravelMode,
    load_cards,
    load_municipalities,
    load_task_families,
    rank,
)

T = TypeVar("T")
TODAY = date(2026, 11, 23)
RESULTS = Path(__file__).parent / "results" / "matching_speed.json"
SIZES = (220, 5_000, 60_000)
HOME = ("837", "604", "211", "536", "418", "980", "562", "922")
"""Tampere and the municipalities around it."""


def invent_offers(count: int, seed: int) -> list[Offer]:
    """Offers of one area, a third of their fields left open."""
    draw = random.Random(seed)
    families = list(load_task_families().values())
    places = [*HOME * 6, *load_municipalities()]
    marks = [card.id for card in load_cards().values() if card.group == "place"]
    kinds = list(OfferKind)

    def maybe(value: T) -> T | None:
        return value if draw.random() < 0.7 else None

    offers = []
    for number in range(count):
        family = draw.choice(families)
        hours = draw.choice([15, 20, 25, 30, 37.5])
        offers.append(
            Offer(
                id=f"offer-{number:05d}",
                kind=draw.choice(kinds),
                title=family.fi,
                description=f"{family.tasks_fi}. Työpaikka {number % 40}.",
                task_family=maybe(family.id),
                municipality=maybe(draw.choice(places)),
                hours_per_week=maybe(hours),
                hours_per_day=maybe(hours / 5),
                days_per_week=maybe(5.0),
                day_parts=frozenset(draw.sample(list(DayPart), draw.randint(1, 2)))
                if draw.random() < 0.7
                else frozenset(),
                starts_from=maybe(TODAY + timedelta(days=draw.randint(0, 60))),
                guide_time=maybe(draw.choice(list(GuideTime))),
                environment={mark: draw.random() < 0.5 for mark in draw.sample(marks, 6)},
                working_languages=maybe({"fi": draw.choice([None, LanguageLevel.A2, LanguageLevel.B1])}) or {},
                cards_needed={"hygiene": draw.choice(["at_start", "by_month_3"])} if "hyg" in family.watch else {},
                employer_openness=maybe(draw.random()),
                confirmed_on=maybe(TODAY - timedelta(days=draw.randint(0, 100))),
                can_grow_into_job=maybe(draw.random() < 0.4),
            )
        )
    return offers


def invent_person(seed: int) -> Person:
    """A young person who has answered some thirty cards."""
    draw = random.Random(seed)
    by_kind = {
        "strength": [CardAnswer.YES, CardAnswer.A_LITTLE, CardAnswer.WANT_TO_LEARN, CardAnswer.NOT_ME],
        "place": [CardAnswer.SUITS, CardAnswer.SUITS, CardAnswer.DOES_NOT_MATTER],
        "values": [CardAnswer.IMPORTANT, CardAnswer.NOT_IMPORTANT],
    }
    cards = {}
    for card in draw.sample(list(load_cards().values()), 30):
        group = "values" if card.group == "values" else "place" if card.group in {"style", "place"} else "strength"
        cards[card.id] = draw.choice(by_kind[group])
    return Person(
        id=f"person-{seed}",
        cards=cards,
        own_words=(OwnWords("Tykkään kokata ja autan asiakkaita mielelläni", "fi"),),
        birth_date=date(2007, 5, 4),
        languages={"fi": LanguageLevel.NATIVE, "en": LanguageLevel.B1},
        hours_per_week_min=15,
        hours_per_week_max=30,
        day_parts={DayPart.MORNING: True, DayPart.DAY: True, DayPart.NIGHT: False},
        travel_from="837",
        travel_minutes_max=60,
        travel_modes=frozenset({TravelMode.PUBLIC_TRANSPORT, TravelMode.BICYCLE}),
        cards_held=frozenset(),
        licence_classes=frozenset(),
    )


def with_own_texts(offers: list[Offer]) -> list[Offer]:
    """The same offers, each with a text that no other has, as when people write them."""
    return [
        replace(offer, description=f"{offer.description} Toimipiste {number}, vuoro {number * 7 % 5_003}.")
        for number, offer in enumerate(offers)
    ]


def timed(action: Callable[[int], object], repeats: int) -> tuple[float, float]:
    """Median and 95th percentile of an action in milliseconds."""
    times = []
    for repeat in range(repeats):
        started = time.perf_counter()
        action(repeat)
        times.append((time.perf_counter() - started) * 1000)
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    return round(cuts[9], 2), round(cuts[18], 2)


def measure(count: int, repeats: int) -> dict[str, float | int]:
    """Milliseconds of building the index, changing one offer of it, and ranking, the list shown being seven long."""
    offers = with_own_texts(invent_offers(count, seed=1))
    started = time.perf_counter()
    index = OfferIndex.build(offers)
    build = (time.perf_counter() - started) * 1000
    people = [invent_person(seed) for seed in range(repeats)]
    p50, p95 = timed(lambda turn: rank(people[turn], offers, today=TODAY, index=index, limit=7), repeats)
    changed = [[replace(offers[0], title=f"Navettatyö {turn}"), *offers[1:]] for turn in range(5)]
    update, _ = timed(lambda turn: index.with_offers(changed[turn]), len(changed))
    baseline50, baseline95 = measure_baseline(offers, people)
    return {
        "offers": count,
        "repeats": repeats,
        "index_ms": round(build, 1),
        "update_one_ms": update,
        "p50_ms": p50,
        "p95_ms": p95,
        "tfidf_p50_ms": baseline50,
        "tfidf_p95_ms": baseline95,
    }


def measure_baseline(offers: list[Offer], people: list[Person]) -> tuple[float, float]:
    """Milliseconds of brute-force TF-IDF: every offer compared with a person's words and cards, the best seven kept."""
    vectoriser = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), sublinear_tf=True)
    matrix = vectoriser.fit_transform([f"{offer.title} {offer.description}" for offer in offers])
    cards = load_cards()
    texts = [
        " ".join([*(words.text for words in person.own_words), *(cards[card].fi for card in person.cards)])
        for person in people
    ]

    def best(turn: int) -> object:
        scores = (matrix @ vectoriser.transform([texts[turn]]).T).toarray().ravel()
        return scores.argsort(kind="stable")[:-8:-1]

    return timed(best, len(people))


def import_milliseconds() -> float:
    """Median time of `import matching` in a new interpreter."""
    program = "import time; t = time.perf_counter(); import matching; print((time.perf_counter() - t) * 1000)"
    times = [
        float(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout)
        for _ in range(5)
    ]
    return round(statistics.median(times), 1)


def print_bands() -> None:
    """Quantiles of the score over eligible offers of forty invented people."""
    offers = invent_offers(400, seed=1)
    index = OfferIndex.build(offers)
    scores = sorted(
        suggestion.score
        for seed in range(40)
        for suggestion in rank(invent_person(seed), offers, today=TODAY, index=index).suggestions
    )
    for share in (0.45, 0.5, 0.85):
        print(f"{share:.2f}  {scores[int(share * (len(scores) - 1))]:.4f}")


def main() -> None:
    """Print the table and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=60)
    parser.add_argument("--bands", action="store_true", help="print score quantiles instead")
    arguments = parser.parse_args()
    if arguments.bands:
        print_bands()
        return
    OfferIndex.build(invent_offers(5, seed=2))
    imported = import_milliseconds()
    rows = [measure(count, arguments.repeats) for count in SIZES]
    columns = ("offers", "index_ms", "update_one_ms", "p50_ms", "p95_ms", "tfidf_p50_ms", "tfidf_p95_ms")
    print("".join(f"{column.replace('_', ' '):>15}" for column in columns))
    for row in rows:
        print("".join(f"{row[column]:>15}" for column in columns))
    print(f"import matching: {imported} ms")
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    report = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "import_ms": imported,
        "rows": rows,
    }
    RESULTS.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
