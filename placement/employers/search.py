"""Finding employers by words; each keeps ``search_text``, written whenever the employer changes."""

from typing import Any

from sqlalchemy import ColumnElement, event, or_, select
from sqlalchemy.orm import Session

from placement.employers.models import Employer
from placement.i18n import sort_key
from placement.vocabulary import municipalities_by_code
from placement.word_search import (
    MOST_READ_FOR_TYPOS,
    MOST_WORDS,
    SHORTEST_STEM,
    corrected_by,
    stems_of,
    words_and_stems,
    words_of,
)


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
    return corrected_by(session.scalars(query.limit(MOST_READ_FOR_TYPOS)), text)


def search_text_of(employer: Employer) -> str:
    """Return what an employer is found by: the words and stems of name, line of work and municipality."""
    place = municipalities_by_code().get(employer.municipality_code or "")
    told = f"{employer.name} {employer.industry or ''}" + (f" {place.name_fi} {place.name_sv}" if place else "")
    return words_and_stems(told)


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
