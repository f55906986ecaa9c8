"""Finding wording that asks for sex, age, origin or looks, so that a person can ask for neutral words.

The words stand in ``data/personal_wording.csv``. The text is never refused for them: words have many uses.
"""

import csv
import re
from functools import cache
from importlib.resources import files

# 18-20 v, 18–25-vuotias, 18–20 år, aged 18 to 20. Younger ages are those of children one works with.
_AGES = r"(?<![\w.,:])(?:1[5-9]|[2-6]\d)\s*[-–—]\s*[1-6]\d\s*[-–]?\s*(?:v|vuotia\w*|vuoti\w*|år\w*|years?|yrs?)"
_AGED = r"(?<!\w)(?:aged?|ages)\s+\d{2}\s*(?:[-–—]|to)\s*\d{2}"


def asks_for_personal_traits(text: str) -> bool:
    """Return whether the text seems to ask for a person of a certain sex, age, origin or looks."""
    return _pattern().search(text) is not None


@cache
def _pattern() -> re.Pattern[str]:
    """Return all expressions as one pattern of whole words; each may be harmless before certain others."""
    listed = (files("placement.rules") / "data" / "personal_wording.csv").read_text(encoding="utf-8")
    expressions = [_expression(row["words"], row["not_before"].split()) for row in csv.DictReader(listed.splitlines())]
    one_of = "|".join([_AGES, _AGED, *(rf"(?<!\w){expression}" for expression in expressions)])
    return re.compile(rf"(?:{one_of})(?![\w'’])", re.IGNORECASE)


def _expression(words: str, not_before: list[str]) -> str:
    expression = r"\s+".join(map(re.escape, words.split()))
    if not_before:
        expression += rf"(?!\w)(?!\s+(?:{'|'.join(map(re.escape, not_before))}))"
    return expression
