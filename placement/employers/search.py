"""Finding employers by words, in any inflection and with a slip of the finger, in three languages.

Each employer keeps ``search_text``: its words and their stems, written whenever the employer changes. A word that is
looked for matches when one of its stems stands in it, so that parts of compounds are found as well.
"""

import difflib
import re
import unicodedata
from functools import lru_cache
from typing import Any

import snowballstemmer
from sqlalchemy import ColumnElement, event, or_, select
from sqlalchemy.orm import Session

from placement.employers.models import Employer
from placement.i18n import sort_key
from placement.vocabulary import municipalities_by_code

STEMMERS = ("finnish", "swedish", "english")
SHORTEST_STEM = 3
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


def word_conditions(text: str) -> list[ColumnElement[bool]]:
    """Return the conditions that an employer has each of the words; the beginning of a business id will do too."""
    business_id = text.strip()
    if business_id[:1].isdigit():
        return [or_(Employer.business_id.startswith(business_id, autoescape=True), *_has(business_id))]
    return [or_(*_has(word)) for word in words_of(text)[:MOST_WORDS]]


def corrected(session: Session, centre_id: int, text: str) -> str:
    """Return the words with the likeliest ones of the centre's employers in place of those that none has.

    Empty when nothing is near enough. Meant for a search that found nothing: it reads the words of the employers.
    """
    query = select(Employer.search_text).where(Employer.centre_id == centre_id, Employer.merged_into_id.is_(None))
    told = session.scalars(query.limit(MOST_READ_FOR_TYPOS)).all()
    known = {word for words in told for word in words.split() if len(word) >= SHORTEST_STEM}
    chosen = []
    for word in words_of(text)[:MOST_WORDS]:
        if any(stem in other for stem in stems_of(word) for other in known):
            chosen.append(word)
            continue
        near = difflib.get_close_matches(word, known, n=1, cutoff=LIKE_ENOUGH)
        if not near:
            return ""
        chosen.append(near[0])
    return " ".join(chosen)


def search_text_of(employer: Employer) -> str:
    """Return what an employer is found by: name, line of work and municipality, and their stems, between spaces."""
    place = municipalities_by_code().get(employer.municipality_code or "")
    told = f"{employer.name} {employer.industry or ''}" + (f" {place.name_fi} {place.name_sv}" if place else "")
    words = dict.fromkeys(words_of(told))
    stems = dict.fromkeys(stem for word in words for stem in sorted(stems_of(word)) if stem not in words)
    return f" {' '.join((*words, *stems))} "


def _has(word: str) -> list[ColumnElement[bool]]:
    # The stored key is folded by Python, because the database does not fold å, ä and ö.
    named = Employer.sort_name.contains(sort_key(word), autoescape=True)
    if len(word) < SHORTEST_STEM:
        return [named, Employer.search_text.contains(f" {word} ", autoescape=True)]
    return [named, *(Employer.search_text.contains(stem, autoescape=True) for stem in sorted(stems_of(word)))]


@event.listens_for(Employer, "before_insert")
@event.listens_for(Employer, "before_update")
def _keep_search_text(_mapper: Any, _connection: Any, employer: Employer) -> None:
    employer.search_text = search_text_of(employer)
