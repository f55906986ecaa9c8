"""Titles and tasks of the invented offers, one block of text per task family."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class OfferText:
    """Possible titles of one task family and what one would do, line by line."""

    titles: tuple[str, ...]
    tasks: tuple[str, ...]


@cache
def offer_texts(language: str) -> dict[str, OfferText]:
    """Return the texts of each task family that is written in the language, ``fi`` or ``sv``."""
    written = files(__name__).joinpath(f"offers_{language}.txt").read_text(encoding="utf-8")
    texts = {}
    for block in written.strip().split("\n\n"):
        head, *tasks = block.split("\n")
        family, *titles = (part.strip() for part in head.split("|"))
        texts[family] = OfferText(tuple(titles), tuple(tasks))
    return texts
