"""What a person says and what an offer says, before and after it is read; `matching.reading` does the reading."""

from dataclasses import dataclass
from typing import Any

from matching.types import Language


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a person says they can do: a text, and the concepts it is known to mean."""

    text: str
    language: Language
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferText:
    """The words of one offer."""

    title: str
    text: str
    language: str


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One row of the space in which people and offers meet: its columns in order, and their values, as arrays."""

    columns: Any
    values: Any

    def __bool__(self) -> bool:
        """Whether there is anything in it."""
        return len(self.columns) > 0


def closeness(person: Row, offer: Row) -> float:
    """Return the product of two rows; the sum is made in the order of columns, as everywhere else."""
    if not len(offer.columns):
        return 0.0
    places = offer.columns.searchsorted(person.columns)
    places[places == len(offer.columns)] = 0
    same = offer.columns[places] == person.columns
    total = 0.0
    for part in (offer.values[places[same]] * person.values[same]).tolist():
        total += part  # one after the other, so that many offers at once give the same to the last bit
    return total
