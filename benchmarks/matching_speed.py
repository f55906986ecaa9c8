"""Speed of ranking: one invented person against 220 and 5,000 invented offers.

Run `python benchmarks/matching_speed.py`; it prints a table and writes JSON to benchmarks/results/. Everything is
drawn from a fixed seed, so that only the machine changes the numbers. With `--bands` it prints the score quantiles
from which the bands in `matching/data/weights.json` are set.
"""

import argparse
import json
import platform
import random
import statistics
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

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
SIZES = (220, 5_000)
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


def measure(count: int, repeats: int) -> dict[str, float | int]:
    """Milliseconds of building the index and of ranking, the list shown being seven long."""
    offers = invent_offers(count, seed=1)
    started = time.perf_counter()
    index = OfferIndex.build(offers)
    build = (time.perf_counter() - started) * 1000
    times = []
    for repeat in range(repeats):
        person = invent_person(repeat)
        started = time.perf_counter()
        rank(person, offers, today=TODAY, index=index, limit=7)
        times.append((time.perf_counter() - started) * 1000)
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    return {
        "offers": count,
        "repeats": repeats,
        "index_ms": round(build, 1),
        "p50_ms": round(cuts[9], 2),
        "p95_ms": round(cuts[18], 2),
    }


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
    rows = [measure(count, arguments.repeats) for count in SIZES]
    print(f"{'offers':>8} {'index ms':>10} {'p50 ms':>8} {'p95 ms':>8}")
    for row in rows:
        print(f"{row['offers']:>8} {row['index_ms']:>10} {row['p50_ms']:>8} {row['p95_ms']:>8}")
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    report = {"python": platform.python_version(), "machine": platform.machine(), "rows": rows}
    RESULTS.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
