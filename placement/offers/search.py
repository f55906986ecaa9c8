"""Finding offers by words, in any inflection and with a slip of the finger, in three languages.

Each offer keeps ``search_text``: its words and their stems, written whenever the offer changes. A word that is
looked for matches when one of its stems stands in it, so that parts of compounds are found as well.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import snowballstemmer
from sqlalchemy import ColumnElement, and_, event, or_, select
from sqlalchemy.orm import Session

from placement.employers.models import Employer
from placement.offers.models import Offer
from placement.vocabulary import families_by_id

STEMMERS = ("finnish", "swedish", "english")
SHORTEST_STEM = 3
SHORTEST_LOOSE = 5
MOST_WORDS = 8
MOST_READ_FOR_TYPOS = 5000
LIKE_ENOUGH = 0.74
_NOT_A_WORD = re.compile(r"[\W_]+")


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without signs."""
    return _NOT_A_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).split()


@lru_cache(maxsize=50_000)
def stems_of(word: str) -> frozenset[str]:
    """Return the stems that a word may have in Finnish, Swedish and English; a short one is only itself."""
    found = {str(snowballstemmer.stemmer(name).stemWord(word)) for name in STEMMERS}
    return frozenset(stem for stem in found if len(stem) >= SHORTEST_STEM) or frozenset({word})


def search_text_of(title: str, tasks: str, task_family: str | None) -> str:
    """Return what an offer is found by: its words, those of its task family, and their stems, between spaces."""
    family = families_by_id().get(task_family or "")
    told = f"{title} {tasks}" + (f" {family.fi} {family.sv} {family.en}" if family is not None else "")
    words = dict.fromkeys(words_of(told))
    stems = dict.fromkeys(stem for word in words for stem in sorted(stems_of(word)) if stem not in words)
    return f" {' '.join((*words, *stems))} "


def word_conditions(words: str, *, loosely: bool = False, is_public: bool = False) -> list[ColumnElement[bool]]:
    """Return the conditions that an offer joined with its employer has each of the words.

    ``is_public`` finds nobody by the name of a veiled employer. ``loosely`` cuts the ends of long stems, for forms
    that the stemmers keep apart (apulainen, apulaiseksi).
    """
    return [_has(word, loosely=loosely, is_public=is_public) for word in words_of(words)[:MOST_WORDS]]


def corrected(session: Session, words: str, scope: Iterable[ColumnElement[bool]]) -> str:
    """Return the words with the likeliest ones of the offers in scope in place of those that none has.

    Empty when nothing is near enough. Meant for a search that found nothing: it reads the words of the offers.
    """
    query = select(Offer.search_text).join(Offer.employer).where(*scope).limit(MOST_READ_FOR_TYPOS)
    known = {word for text in session.scalars(query) for word in text.split() if len(word) >= SHORTEST_STEM}
    chosen = []
    for word in words_of(words)[:MOST_WORDS]:
        if any(stem in text for stem in stems_of(word) for text in known):
            chosen.append(word)
            continue
        near = difflib.get_close_matches(word, known, n=1, cutoff=LIKE_ENOUGH)
        if not near:
            return ""
        chosen.append(near[0])
    return " ".join(chosen)


def _has(word: str, *, loosely: bool, is_public: bool) -> ColumnElement[bool]:
    named = or_(*(Employer.name.icontains(form, autoescape=True) for form in _forms(word)))
    found: list[ColumnElement[bool]] = [and_(named, ~Offer.employer_name_hidden) if is_public else named]
    if len(word) < SHORTEST_STEM:
        found.append(Offer.search_text.contains(f" {word} ", autoescape=True))
    else:
        stems = {stem[: max(SHORTEST_LOOSE, len(stem) - 2)] if loosely else stem for stem in stems_of(word)}
        found.extend(Offer.search_text.contains(stem, autoescape=True) for stem in sorted(stems))
    return or_(*found)


def _forms(word: str) -> list[str]:
    # The database folds only a–z; å, ä and ö are looked for in both cases.
    return sorted({word, word.upper(), word.capitalize()})


@event.listens_for(Offer, "before_insert")
@event.listens_for(Offer, "before_update")
def _keep_search_text(_mapper: Any, _connection: Any, offer: Offer) -> None:
    offer.search_text = search_text_of(offer.title, offer.tasks or "", offer.task_family)
