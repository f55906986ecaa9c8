"""Finding offers by words; each keeps ``search_text``, written whenever the offer changes."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, event, or_, select
from sqlalchemy.orm import Session

from placement.employers.models import Employer
from placement.offers.models import Offer
from placement.vocabulary import families_by_id
from placement.word_search import (
    MOST_READ_FOR_TYPOS,
    MOST_WORDS,
    SHORTEST_STEM,
    corrected_by,
    stems_of,
    words_and_stems,
    words_of,
)

SHORTEST_LOOSE = 5


def search_text_of(title: str, tasks: str, task_family: str | None) -> str:
    """Return what an offer is found by: its words, those of its task family, and their stems."""
    family = families_by_id().get(task_family or "")
    return words_and_stems(f"{title} {tasks}" + (f" {family.fi} {family.sv} {family.en}" if family is not None else ""))


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
    return corrected_by(session.scalars(query), words)


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
