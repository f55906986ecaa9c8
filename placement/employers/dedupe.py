"""Is this employer already known? Likely candidates for a person to look at; nothing is merged here."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import same_employer_name
from matching import same_title as title_likeness
from placement.employers.models import Employer

LIKELY_SAME = 0.9
SAME_NAME = 1.0
LIKELY_SAME_TITLE = 0.92
LIKE_A_TYPO = 0.7


class SameBy(StrEnum):
    """What makes two employers look like one."""

    BUSINESS_ID = "business_id"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class EmployerCandidate:
    """An employer that may be the same, and why."""

    employer: Employer
    same_by: SameBy


def same_employer_candidates(
    session: Session, *, centre_id: int, name: str, business_id: str | None, municipality_code: str | None
) -> list[EmployerCandidate]:
    """Return the employers of the centre that may be the same, surest first.

    An equal business id settles it alone. Otherwise names are compared; in another municipality the
    name must be the same, and an employer with another business id is another employer.
    """
    employers = session.scalars(select(Employer).where(Employer.centre_id == centre_id).order_by(Employer.id)).all()
    return candidates_among(employers, name=name, business_id=business_id, municipality_code=municipality_code)


def candidates_among(
    employers: Iterable[Employer], *, name: str, business_id: str | None, municipality_code: str | None
) -> list[EmployerCandidate]:
    """Do the same among employers at hand, for a list whose rows are looked up one after another."""
    employers = list(employers)
    if business_id:
        same = [employer for employer in employers if employer.business_id == business_id]
        if same:
            return [EmployerCandidate(employer, SameBy.BUSINESS_ID) for employer in same]
    found: list[tuple[float, Employer]] = []
    for employer in employers:
        if business_id and employer.business_id:
            continue
        elsewhere = municipality_code and employer.municipality_code not in {None, municipality_code}
        likeness = same_employer_name(name, employer.name)
        if likeness >= (SAME_NAME if elsewhere else LIKELY_SAME):
            found.append((likeness, employer))
    found.sort(key=lambda pair: (-pair[0], pair[1].id))
    return [EmployerCandidate(employer, SameBy.NAME) for _likeness, employer in found]


def employers_named_like(session: Session, *, centre_id: int, name: str, most: int = 5) -> list[Employer]:
    """Return the employers of the centre with a name like this one, for a search that found nothing."""
    employers = session.scalars(select(Employer).where(Employer.centre_id == centre_id).order_by(Employer.id)).all()
    found = [(same_employer_name(name, employer.name), employer) for employer in employers]
    near = sorted((pair for pair in found if pair[0] >= LIKE_A_TYPO), key=lambda pair: (-pair[0], pair[1].id))
    return [employer for _likeness, employer in near[:most]]


def same_title(a: str, b: str) -> bool:
    """Whether two titles at one employer likely mean the same place; a different number makes a different place."""
    return _digits(a) == _digits(b) and title_likeness(a, b) >= LIKELY_SAME_TITLE


def _digits(text: str) -> list[str]:
    return [letter for letter in text if letter.isdigit()]
