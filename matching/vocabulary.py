"""The vocabulary that people, offers and reasons share: strength cards, task families and municipalities.

The rows live in `matching/data/`; they are read once and never change while the program runs.
"""

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from matching.types import Language

EARTH_RADIUS_KM = 6371.0088

STRENGTH_GROUPS = frozenset(
    {"people", "hands", "order", "body", "thinking", "digital", "nature", "food", "creative"},
)
"""Card groups answered yes, a little, not me or want to learn."""

PLACE_GROUPS = frozenset({"style", "place"})
"""Card groups answered suits, does not matter or cannot."""


@dataclass(frozen=True, slots=True)
class Card:
    """One card of the vocabulary: id, group and its text in three languages."""

    id: str
    group: str
    fi: str
    sv: str
    en: str

    def text(self, language: Language) -> str:
        """Text in one language."""
        return {"fi": self.fi, "sv": self.sv, "en": self.en}[language]


@dataclass(frozen=True, slots=True)
class TaskFamily:
    """One family of entry-level tasks.

    `isco` is the ISCO-08 four-digit code, `fits` the ids of strength cards that point this way and `watch` the things
    to look at: 18, haz, hyg, rec, saf, lic, serv, night.
    """

    id: str
    isco: str
    group: str
    fi: str
    sv: str
    en: str
    tasks_fi: str
    tasks_sv: str
    tasks_en: str
    fits: tuple[str, ...]
    watch: frozenset[str]

    def name(self, language: Language) -> str:
        """Name in one language."""
        return {"fi": self.fi, "sv": self.sv, "en": self.en}[language]

    def tasks(self, language: Language) -> str:
        """Typical tasks in one language."""
        return {"fi": self.tasks_fi, "sv": self.tasks_sv, "en": self.tasks_en}[language]


@dataclass(frozen=True, slots=True)
class Municipality:
    """One Finnish municipality: three-digit code, names, centre (WGS84 degrees) and official languages."""

    code: str
    name_fi: str
    name_sv: str
    lat: float
    lon: float
    languages: frozenset[str]

    def name(self, language: Language) -> str:
        """Name for a page in one language; English pages use the Finnish name unless Swedish is the only one."""
        swedish = language == "sv" or (language == "en" and self.languages == {"sv"})
        return self.name_sv if swedish else self.name_fi


@cache
def load_cards() -> Mapping[str, Card]:
    """Return the cards by id, in the order of the vocabulary."""
    return MappingProxyType({row["id"]: Card(**row) for row in _rows("cards.csv")})


@cache
def load_task_families() -> Mapping[str, TaskFamily]:
    """Return the task families by id, in the order of the vocabulary."""
    families = (
        TaskFamily(
            **{key: row[key] for key in row if key not in {"fits", "watch"}},
            fits=tuple(row["fits"].split()),
            watch=frozenset(row["watch"].split()),
        )
        for row in _rows("task_families.csv")
    )
    return MappingProxyType({family.id: family for family in families})


@cache
def load_municipalities() -> Mapping[str, Municipality]:
    """Return the municipalities by code, in the order of the codes."""
    municipalities = (
        Municipality(
            code=row["code"],
            name_fi=row["name_fi"],
            name_sv=row["name_sv"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            languages=frozenset(row["languages"].split("+")),
        )
        for row in _rows("municipalities.csv")
    )
    return MappingProxyType({place.code: place for place in municipalities})


@cache
def distance_km(code_a: str, code_b: str) -> float | None:
    """Great-circle distance between the centres of two municipalities.

    Parameters
    ----------
    code_a, code_b
        Three-digit municipality codes.

    Returns
    -------
    float or None
        Kilometres; 0 within one municipality, None when a code is not known.
    """
    places = load_municipalities()
    if code_a not in places or code_b not in places:
        return None
    a, b = places[code_a], places[code_b]
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half_lat, half_lon = (lat_b - lat_a) / 2, math.radians(b.lon - a.lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(chord))


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("matching") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
