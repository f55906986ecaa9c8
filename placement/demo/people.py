"""The invented young people: what they can do and want, in cards and own words, and their practical frame."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from placement.demo.interests import INTERESTS, PLACE_MARKS, STYLE_CARDS, Interest
from placement.jobseekers.models import CardAnswer
from placement.notifications.models import Channel
from placement.vocabulary import cards_by_id, link_own_words

_A = CardAnswer
ADULT_AGES = (18, 19, 20, 21, 22, 23, 24, 25, 27, 29)
STRENGTH_GROUPS = ("people", "hands", "order", "body", "thinking", "digital", "nature", "food", "creative")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is decided about a young person before the rest is invented around it."""

    mother_tongue: str
    language: str
    age: int
    interests: tuple[str, ...] = ()
    first_name: str = ""
    last_name: str = ""
    is_protected: bool = False
    has_few_strengths: bool = False
    fixed: dict[str, Any] = field(default_factory=dict)


_AINO = {
    "languages": {"fi": "native", "en": "B1"},
    "day_parts": {"morning": True, "day": True, "evening": False, "weekend": False, "night": False},
    "hours_per_week_min": 15,
    "hours_per_week_max": 30,
    "travel_from": "179",
    "travel_minutes_max": 40,
    "travel_modes": ["public_transport", "bicycle"],
    "available_from": None,
    "question": "Jaksaisinko koko päivän keittiössä?",
}
# Some of the first counsellor's young people; the first of them opens the personal page of the demo.
KNOWN = (
    Sketch("fi", "fi", 19, ("food", "animals"), "Aino", "Koskela", fixed=_AINO),
    Sketch("fi", "fi", 20, ("bikes",), "Eero", "Virtala"),
    Sketch("fi", "fi", 17, ("garden", "animals"), "Onni", "Laineniemi"),
    Sketch("fi", "fi", 22, ("garden", "shop"), "Mira", "Salmelainen"),
    Sketch("fi", "fi", 24, ("order", "road"), "Joni", "Rantanummi"),
    Sketch("fi", "fi", 26, ("office",), "Noora", "Toivakainen"),
)
COAST_ONLY = frozenset({"water"})


def sketch_people(
    random: Random,
    *,
    count: int,
    tongues: Sequence[str],
    known: Sequence[Sketch],
    minors: int,
    protected: int,
    few: int,
) -> list[Sketch]:
    """Decide age, languages and interests of so many young people; some are minors, protected or barely known."""
    minors -= sum(one.age < 18 for one in known)
    coast = "sv" in tongues[:2]
    choices = [name for name in INTERESTS if coast or name not in COAST_ONLY]
    sketches = list(known)
    for number in range(count - len(known)):
        tongue = random.choice(list(tongues))
        sketches.append(
            Sketch(
                mother_tongue=tongue,
                language=tongue if tongue in {"fi", "sv"} else random.choice(("fi", "en")),
                age=random.randint(15, 17) if number < minors else random.choice(ADULT_AGES),
                interests=tuple(random.sample(choices, random.choice((1, 2, 2, 3)))),
                is_protected=minors <= number < minors + protected,
                has_few_strengths=minors + protected <= number < minors + protected + few,
            )
        )
    rest = sketches[len(known) :]
    random.shuffle(rest)
    return [*known, *rest]


def birth_date(random: Random, age: int, today: date) -> date:
    """Return a birth date that gives the age today and for some weeks more."""
    return date(today.year - age, today.month, min(today.day, 28)) - timedelta(days=random.randint(20, 300))


def card_answers(random: Random, sketch: Sketch) -> dict[str, CardAnswer]:
    """Return the answers to 5–25 cards around the interests; a few when little is known yet."""
    if sketch.has_few_strengths:
        cards = [card for name in sketch.interests for card in INTERESTS[name].strengths]
        return dict.fromkeys(random.sample(cards, random.randint(0, 3)), _A.YES)
    answers: dict[str, CardAnswer] = {}
    for name in sketch.interests:
        interest = INTERESTS[name]
        answers |= _strengths(random, interest) | _wishes(random, interest)
        answers |= dict.fromkeys(random.sample(interest.values, random.randint(1, 2)), _A.IMPORTANT)
    other = [card.id for card in cards_by_id().values() if card.group in STRENGTH_GROUPS and card.id not in answers]
    answers |= dict.fromkeys(random.sample(other, 2), _A.NOT_ME)
    answers |= dict.fromkeys(random.sample(STYLE_CARDS, 1), _A.SUITS)
    mark = random.choice(PLACE_MARKS)
    if answers.get(mark) is not _A.SUITS:
        answers[mark] = random.choice((_A.CANNOT, _A.DOES_NOT_MATTER))
    chosen = list(answers)[:25]
    return {card: answers[card] for card in sorted(chosen)}


def _strengths(random: Random, interest: Interest) -> dict[str, CardAnswer]:
    cards = random.sample(interest.strengths, random.randint(4, min(7, len(interest.strengths))))
    usual = (_A.YES, _A.YES, _A.YES, _A.A_LITTLE, _A.WANT_TO_LEARN)
    return dict.fromkeys(cards[:2], _A.YES) | {card: random.choice(usual) for card in cards[2:]}


def _wishes(random: Random, interest: Interest) -> dict[str, CardAnswer]:
    cards = random.sample(interest.wishes, random.randint(1, 3))
    return {card: random.choice((_A.SUITS, _A.SUITS, _A.DOES_NOT_MATTER)) for card in cards}


def own_words(random: Random, sketch: Sketch) -> list[dict[str, Any]]:
    """Return strengths in own words, with the cards they speak of."""
    if sketch.has_few_strengths and random.random() < 0.6:
        return []
    language = "sv" if sketch.language == "sv" else "fi"
    words = []
    for name in sketch.interests[:2]:
        text = random.choice(INTERESTS[name].words)[language == "sv"]
        linked = [card for card in link_own_words(text, language) if card in INTERESTS[name].strengths]
        words.append({"text": text, "language": language, "card_ids": linked or [INTERESTS[name].strengths[0]]})
    return words


def frame(random: Random, sketch: Sketch, *, area: Sequence[str], today: date) -> dict[str, Any]:
    """Return the practical frame: languages, times, travel, cards and licences held."""
    least = random.choice((10, 15, 20, 20, 25))
    is_adult = sketch.age >= 18
    modes = ["public_transport", random.choice(("bicycle", "walk"))]
    if is_adult and random.random() < 0.25:
        modes.append("car")
    values: dict[str, Any] = {
        "languages": _languages(random, sketch, swedish_around="710" in area),
        "day_parts": _day_parts(random, is_adult=is_adult),
        "hours_per_week_min": least,
        "hours_per_week_max": random.choice((30, 38, 38) if is_adult else (25, 30)),
        "travel_from": random.choice((area[0], area[0], area[0], *area[1:])),
        "travel_minutes_max": random.choice((25, 30, 40, 40, 45, 60)),
        "travel_modes": modes,
        "available_from": today + timedelta(days=random.randint(3, 60)) if random.random() < 0.4 else None,
        "cards_held": random.choice(([], [], [], ["hygiene"], ["hygiene"], ["safety"], ["first_aid", "hygiene"])),
        "licence_classes": random.choice(([], [], ["AM"], ["B"], ["B"]) if is_adult else ([], [], ["AM"])),
        "question": _question(random, sketch),
    }
    if sketch.has_few_strengths:
        values |= {"hours_per_week_min": None, "hours_per_week_max": None, "day_parts": {}, "question": ""}
    return values | sketch.fixed


def _languages(random: Random, sketch: Sketch, *, swedish_around: bool) -> dict[str, str]:
    levels = {sketch.mother_tongue: "native", "en": random.choice(("A2", "B1", "B1", "B2", "C1"))}
    if sketch.mother_tongue == "fi":
        levels["sv"] = random.choice(("A2", "B1", "B2") if swedish_around else ("A1", "A2"))
    elif sketch.mother_tongue == "sv":
        levels["fi"] = random.choice(("A2", "B1", "B2", "C1"))
    else:
        levels["fi"] = random.choice(("A2", "B1", "B1"))
    return levels


def _day_parts(random: Random, *, is_adult: bool) -> dict[str, bool]:
    parts = {"day": True, "morning": random.random() < 0.75}
    if random.random() < 0.7:
        parts["evening"] = random.random() < 0.5
    if random.random() < 0.6:
        parts["weekend"] = random.random() < 0.6
    parts["night"] = is_adult and random.random() < 0.1
    return parts


def _question(random: Random, sketch: Sketch) -> str:
    if not sketch.interests or random.random() < 0.25:
        return ""
    return random.choice(INTERESTS[sketch.interests[0]].questions)[sketch.language == "sv"]


def contact(random: Random, *, phone: str, email: str) -> dict[str, Any]:
    """Return how the young person is reached: mostly by text message, sometimes by e-mail, sometimes not at all."""
    channel = random.choices((Channel.SMS, Channel.EMAIL, Channel.NONE), (66, 22, 12))[0]
    has_both = random.random() < 0.5
    return {
        "channel": channel,
        "phone": phone if channel is not Channel.EMAIL or has_both else "",
        "email": email if channel is Channel.EMAIL or has_both else "",
    }
