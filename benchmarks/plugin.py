"""Sauma's own linking and score on the tasks of an outside benchmark runner.

The runner calls `fit(offers)` once for each task and `rank_many(profiles, offers)` for blocks of profiles. A profile
holds `lang`, `strengths` (texts) and `free_text`; an offer holds `lang`, `title`, `text` and `skills` (texts). The
answer is profiles × offers, higher is better. What is measured is `matching.reading`, the closeness of texts that the
score of the service uses; nothing is scored here.

ESCO is used when its tables are found: in the folder that `SAUMA_BENCH_ESCO` names, in a folder `esco` beside the
runner, or in a folder `bench/esco` beside this repository. They are either the official CSV files or gzipped tables
`skills`, `occupations`, `occupation_skill`. Without them the vocabulary of Sauma stands alone.
"""

import csv
import gzip
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.esco import esco_files, read_esco
from matching.reading import Reader
from matching.said import OfferText, Statement
from matching.taxonomy import ESSENTIAL, LANGUAGES, OPTIONAL, Concept, ConceptKind, Need, Taxonomy, own_taxonomy
from matching.text import phrases

TABLES = ("skills", "occupations", "occupation_skill")
Texts = Mapping[str, Any]


class _Task:
    """The offers of the task at hand, as read."""

    def __init__(self, offers: Sequence[Texts]) -> None:
        texts = [_offer(offer) for offer in offers]
        self.reader = _reader().with_sample((f"{one.title} . {one.text}", one.language) for one in texts)
        self.rows = self.reader.read_offers(texts).T.tocsr()
        self.ids = [str(offer.get("id")) for offer in offers]

    def is_about(self, offers: Sequence[Texts]) -> bool:
        """Whether these are the offers that were read."""
        return [str(offer.get("id")) for offer in offers] == self.ids


_tasks: list[_Task] = []


def fit(offers: Sequence[Texts]) -> None:
    """Read the offers of a task."""
    _tasks[:] = [_Task(offers)]


def rank_many(profiles: Sequence[Texts], offers: Sequence[Texts]) -> NDArray[np.float32]:
    """Return profiles × offers, how close their texts are."""
    if not _tasks or not _tasks[0].is_about(offers):
        fit(offers)
    (task,) = _tasks
    people = task.reader.read_people([_said(profile) for profile in profiles])
    scores: NDArray[np.float32] = (people @ task.rows).toarray().astype(np.float32)
    return scores


def rank(profile: Texts, offers: Sequence[Texts]) -> NDArray[np.float32]:
    """Return the closeness of each offer to one profile."""
    scores: NDArray[np.float32] = rank_many([profile], offers)[0]
    return scores


def _said(profile: Texts) -> list[Statement]:
    language = _language(profile.get("lang"))
    texts = [*(profile.get("strengths") or ()), *phrases(str(profile.get("free_text") or ""))]
    return [Statement(str(text), language) for text in texts if text]


def _offer(offer: Texts) -> OfferText:
    text, skills = str(offer.get("text") or ""), [str(one) for one in offer.get("skills") or ()]
    named = "; ".join(skills)
    if named and named[:40] not in text:
        text = f"{text}\n{named}" if text else named
    return OfferText(str(offer.get("title") or ""), text, str(offer.get("lang") or "fi"))


def _language(code: object) -> Any:
    return code if code in LANGUAGES else "fi"


@cache
def _reader() -> Reader:
    folder = esco_folder()
    if folder is None:
        print("ESCO tables not found: only the vocabulary of Sauma is used", file=sys.stderr)
        return Reader.of(own_taxonomy())
    return Reader.of(read_esco(folder).taxonomy if esco_files(folder) else _from_tables(folder))


def esco_folder() -> Path | None:
    """Return the folder of ESCO tables, or None."""
    named = os.environ.get("SAUMA_BENCH_ESCO")
    beside_runner = [Path(one) / "esco" for one in sys.path if one]
    around = [*sorted(Path(__file__).resolve().parents[2].glob("*/bench/esco")), Path("bench/esco")]
    for folder in [*([Path(named)] if named else []), *beside_runner, *around]:
        if folder.is_dir() and (all((folder / f"{one}.csv.gz").is_file() for one in TABLES) or esco_files(folder)):
            return folder
    return None


def _from_tables(folder: Path) -> Taxonomy:
    titles: dict[str, list[str]] = {}
    if (folder / "occupation_surface_sv.csv.gz").is_file():
        for row in _rows(folder / "occupation_surface_sv.csv.gz"):
            titles.setdefault(row["uri"], []).append(row["label"])
    concepts = [
        *(_concept(row, ConceptKind.SKILL, ()) for row in _rows(folder / "skills.csv.gz")),
        *(
            _concept(row, ConceptKind.OCCUPATION, titles.get(row["uri"], ()))
            for row in _rows(folder / "occupations.csv.gz")
        ),
    ]
    weights = {"essential": ESSENTIAL, "optional": OPTIONAL}
    needs = [
        Need(row["occupation"], row["skill"], weights[row["relation"]])
        for row in _rows(folder / "occupation_skill.csv.gz")
    ]
    return Taxonomy("esco", "tables", tuple(concepts), tuple(needs))


def _concept(row: Mapping[str, str], kind: ConceptKind, swedish: Iterable[str]) -> Concept:
    others = {"fi": (), "sv": tuple(swedish), "en": tuple((row.get("alt_en") or "").split("\n"))}
    labels = {
        language: tuple(dict.fromkeys(one for one in (row[language], *others[language]) if one))
        for language in LANGUAGES
        if row.get(language)
    }
    return Concept(row["uri"], kind, labels, {"en": row.get("description_en") or ""}, row.get("isco") or "")


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
