"""Finding, in what is told about the work, what the law asks to be looked at: hazards and work with children.

The beginnings of words stand in ``data/task_words.csv``. They only make a person look: a word never blocks.
"""

import csv
import re
from functools import cache
from importlib.resources import files


def tells_of_hazards(text: str) -> bool:
    """Return whether the text names tasks that may be hazardous for people under 18 (YW-16)."""
    return _pattern("hazard").search(text) is not None


def tells_of_children(text: str) -> bool:
    """Return whether the text tells of work with children, for which a record check may be asked (CP-10)."""
    return _pattern("children").search(text) is not None


@cache
def _pattern(about: str) -> re.Pattern[str]:
    listed = (files("placement.rules") / "data" / "task_words.csv").read_text(encoding="utf-8")
    stems = [row["stem"] for row in csv.DictReader(listed.splitlines()) if row["about"] == about]
    words = "|".join(r"\s+".join(map(re.escape, stem.split())) for stem in stems)
    return re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE)
