"""Concepts that people and offers meet at, in three languages: skills, occupations and which needs which.

The vocabulary of cards and task families is one taxonomy, and always there. ESCO, once imported, is another of the
same shape. Plain data only: how a text is linked to a concept is in `matching.concepts`.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import cast

from matching.types import Language
from matching.vocabulary import STRENGTH_GROUPS, load_cards, load_task_families

LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")
OWN_NAME = "sauma"
ESSENTIAL, OPTIONAL = 1.0, 0.4
"""How much an occupation needs a skill, by the two kinds of relations of ESCO."""


class ConceptKind(StrEnum):
    """What a concept is."""

    SKILL = "skill"
    OCCUPATION = "occupation"


@dataclass(frozen=True, slots=True)
class Concept:
    """One skill or occupation.

    Parameters
    ----------
    id
        Card, task family or address of an ESCO concept.
    kind
        Skill or occupation.
    labels
        Language to its names, the preferred one first; a language without a name is left out.
    descriptions
        Language to a text that describes it.
    isco
        ISCO-08 code of an occupation, up to four digits; empty when not known.
    """

    id: str
    kind: ConceptKind
    labels: Mapping[Language, tuple[str, ...]]
    descriptions: Mapping[Language, str] = field(default_factory=dict)
    isco: str = ""

    def name(self, language: Language) -> str:
        """Preferred name in a language, or in the first one that has a name."""
        return next((self.labels[code][0] for code in (language, *LANGUAGES) if self.labels.get(code)), self.id)


@dataclass(frozen=True, slots=True)
class Need:
    """An occupation needs a skill; `weight` is 0–1, see `ESSENTIAL` and `OPTIONAL`."""

    occupation: str
    skill: str
    weight: float


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Concepts and the needs between them.

    Parameters
    ----------
    name, version
        Which taxonomy, for the decision record.
    concepts
        Skills and occupations; ids are unique.
    needs
        Only between concepts that are here.
    """

    name: str
    version: str
    concepts: tuple[Concept, ...]
    needs: tuple[Need, ...]

    def followed_by(self, other: "Taxonomy") -> "Taxonomy":
        """Return both as one; a concept that both have is taken from this one."""
        known = {concept.id for concept in self.concepts}
        return Taxonomy(
            name=f"{self.name}+{other.name}",
            version=f"{self.version}+{other.version}",
            concepts=(*self.concepts, *(concept for concept in other.concepts if concept.id not in known)),
            needs=(*self.needs, *other.needs),
        )


@cache
def own_taxonomy() -> Taxonomy:
    """Return the cards of strengths as skills and the task families as occupations, with their aliases."""
    aliases = load_aliases()
    skills = [
        Concept(
            card.id, ConceptKind.SKILL, {one: (card.text(one), *aliases.get((card.id, one), ())) for one in LANGUAGES}
        )
        for card in load_cards().values()
        if card.group in STRENGTH_GROUPS
    ]
    occupations = [
        Concept(
            family.id,
            ConceptKind.OCCUPATION,
            {one: (family.name(one), *aliases.get((family.id, one), ())) for one in LANGUAGES},
            {one: family.tasks(one) for one in LANGUAGES},
            family.isco,
        )
        for family in load_task_families().values()
    ]
    known = {concept.id for concept in skills}
    needs = [
        Need(family.id, card, ESSENTIAL)
        for family in load_task_families().values()
        for card in family.fits
        if card in known
    ]
    return Taxonomy(OWN_NAME, "2026.3", (*skills, *occupations), tuple(needs))


@cache
def load_aliases() -> Mapping[tuple[str, Language], tuple[str, ...]]:
    """Return other words for cards and families, by id and language."""
    text = (files("matching") / "data" / "aliases.csv").read_text(encoding="utf-8")
    return {
        (row["id"], cast("Language", row["language"])): tuple(row["words"].split(", "))
        for row in csv.DictReader(text.splitlines())
    }
