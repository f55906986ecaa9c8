"""Names: the same employer twice, the same offer twice, and which municipality is meant.

Employer names are compared to find likely duplicates for a person to look at; nothing is merged here.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from rapidfuzz import fuzz

from matching.text import normalise
from matching.vocabulary import Municipality, load_municipalities

COMPANY_FORMS = frozenset(
    {
        "oy", "oyj", "ab", "abp", "oyab", "ky", "kb", "ay", "öb", "tmi", "toiminimi", "ry", "rf", "rp", "sr", "säätiö",
        "osk", "osuuskunta", "andelslag", "anl", "ltd", "limited", "inc", "llc", "gmbh", "as", "yhtiö", "yhtiöt",
    }
)  # fmt: skip
SHORT_NAME = 4
"""Names up to this length must be equal; nothing is forgiven in them."""


def same_employer_name(a: str, b: str) -> float:
    """How likely two employer names mean the same employer.

    Company forms (Oy, Ab, Ky, Tmi, ry …), case, punctuation and the order of words do not matter. Names of up to four
    letters and names with different numbers are the same only when equal.

    Parameters
    ----------
    a, b
        Names as written.

    Returns
    -------
    float
        0–1. From about 0.9 on it is worth asking "is this the same employer?".
    """
    words_a, words_b = _name_words(a), _name_words(b)
    if not words_a or not words_b:
        return 0.0
    if sorted(words_a) == sorted(words_b):
        return 1.0
    joined_a, joined_b = "".join(words_a), "".join(words_b)
    if joined_a == joined_b:
        return 1.0
    if min(len(joined_a), len(joined_b)) <= SHORT_NAME or _numbers(words_a) != _numbers(words_b):
        return 0.0
    return fuzz.token_sort_ratio(" ".join(words_a), " ".join(words_b)) / 100


def same_title(a: str, b: str) -> float:
    """How likely two offer titles say the same, 0–1; the order of words does not matter."""
    normal_a, normal_b = normalise(a), normalise(b)
    if not normal_a or not normal_b:
        return 0.0
    if normal_a == normal_b:
        return 1.0
    if min(len(normal_a), len(normal_b)) <= SHORT_NAME:
        return 0.0
    return fuzz.token_sort_ratio(normal_a, normal_b) / 100


def find_municipality(text: str) -> Municipality | None:
    """Return the municipality with exactly this Finnish or Swedish name or three-digit code.

    Parts of words are never looked at, so "Ii" is not found in "Iisalmi" nor "Salo" in "salonki".

    Parameters
    ----------
    text
        A name in any case, or a code.
    """
    wanted = text.strip()
    return load_municipalities().get(wanted) or _by_name().get(normalise(wanted))


@cache
def _by_name() -> Mapping[str, Municipality]:
    names: dict[str, Municipality] = {}
    for municipality in load_municipalities().values():
        for name in (municipality.name_fi, municipality.name_sv):
            names.setdefault(normalise(name), municipality)
    return MappingProxyType(names)


def _name_words(name: str) -> list[str]:
    # "T:mi" loses its colon in the normal form and would leave two stray words behind.
    words = normalise(name.replace("T:mi", "tmi").replace("t:mi", "tmi")).split()
    return [word for word in words if word not in COMPANY_FORMS] or words


def _numbers(words: list[str]) -> list[str]:
    return sorted(word for word in words if word.isdigit())
