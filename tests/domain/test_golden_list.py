"""One list that was written down: made again from it, the same must come out, to the last digit and letter.

When a change of the library is meant to give other lists, raise the version that it concerns (engine, weights,
vocabulary or rules), run ``python -m tests.domain.test_golden_list``, and look at what became different.
"""

import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from matching import (
    CardAnswer,
    DayPart,
    GuideTime,
    LanguageLevel,
    Offer,
    OfferKind,
    OwnWords,
    Person,
    TravelMode,
    load_task_families,
    load_weights,
)
from matching.replaying import as_data, offer_from, person_from, weights_from
from placement.suggestions.decisions.remaking import made_again

GOLDEN = Path(__file__).with_name("golden_list.json")
DAY = date(2026, 11, 25)
PERSON = Person(
    id="person",
    cards={
        "FOO01": CardAnswer.YES,
        "CAR01": CardAnswer.YES,
        "PEO16": CardAnswer.A_LITTLE,
        "FOO08": CardAnswer.WANT_TO_LEARN,
        "ENV05": CardAnswer.SUITS,
        "ENV01": CardAnswer.CANNOT,
        "VAL09": CardAnswer.IMPORTANT,
    },
    own_words=(OwnWords("Leivon mummon kanssa pullaa 🥐", "fi", ("FOO01",)),),
    birth_date=date(2009, 3, 1),
    languages={"fi": LanguageLevel.B1},
    hours_per_week_max=30,
    day_parts={DayPart.MORNING: True, DayPart.NIGHT: False},
    travel_from="837",
    travel_minutes_max=45,
    travel_modes=frozenset({TravelMode.PUBLIC_TRANSPORT}),
    cards_held=frozenset(),
    declined_offer_ids=frozenset({"7"}),
)


def _invented() -> list[Offer]:
    draw = random.Random(25)
    offers = []
    for number, family in enumerate(list(load_task_families().values())[::2], start=1):
        offers.append(
            Offer(
                id=str(number),
                kind=draw.choice(list(OfferKind)),
                title=draw.choice([family.fi, family.sv, family.en]),
                description=family.tasks_fi,
                task_family=draw.choice([family.id, None]),
                municipality=draw.choice(["837", "604", "536", "564", None]),
                hours_per_week=draw.choice([None, 20, 30, 37.5]),
                day_parts=frozenset(draw.sample(list(DayPart), draw.randint(0, 2))),
                starts_from=DAY + timedelta(days=draw.randint(0, 60)),
                guide_time=draw.choice([None, *GuideTime]),
                environment={"ENV05": draw.random() < 0.5, "ENV01": draw.random() < 0.1},
                working_languages=draw.choice([{}, {"fi": LanguageLevel.B2}, {"fi": None, "sv": LanguageLevel.A2}]),
                cards_needed={"hygiene": "by_month_3"} if "hyg" in family.watch else {},
                hazards=draw.random() < 0.1,
                can_grow_into_job=draw.choice([None, True, False]),
                confirmed_on=DAY - timedelta(days=draw.randint(0, 100)),
            )
        )
    return offers


def _asked() -> dict[str, Any]:
    return {
        "person": as_data(PERSON),
        "offers": [as_data(offer) for offer in _invented()],
        "weights": as_data(load_weights()),
        "kind": None,
        "balance": 0.6,
        "seed": "12|2026-48",
        "crowding": {"3": 0.5, "11": 1.0},
        "shown": 12,
    }


def test_the_golden_list_is_made_again_exactly() -> None:
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    outcome, versions = made_again(today=DAY, **golden["asked"])
    assert versions == golden["versions"], "raise a version and write the golden list anew"
    assert outcome.as_data() == golden["outcome"]


def test_what_is_written_down_is_read_back_the_same() -> None:
    written = json.loads(json.dumps(_asked()))
    assert person_from(written["person"]) == PERSON
    assert [offer_from(one) for one in written["offers"]] == _invented()
    assert weights_from(written["weights"]) == load_weights()


if __name__ == "__main__":
    asked = json.loads(json.dumps(_asked()))
    found, made_with = made_again(today=DAY, **asked)
    golden_list = {"versions": dict(made_with), "asked": asked, "outcome": found.as_data()}
    GOLDEN.write_text(json.dumps(golden_list, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
