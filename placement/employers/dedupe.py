"""Is this employer already known? Likely candidates for a person to look at; nothing is merged here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from matching import same_employer_name
from matching import same_title as title_likeness
from placement.employers.models import Employer

LIKELY_SAME = 0.9
SAME_NAME = 1.0
LIKELY_SAME_TITLE = 0.92
LIKE_A_TYPO = 0.7
MOST_PAIRS = 50
BLOCK_LETTERS = 4
LARGEST_BLOCK = 200
"""More employers than this that share the beginning of a word share only the kind of business, such as "ravintola"."""
SHARED_DOMAINS = frozenset(
    {
        "gmail.com", "hotmail.com", "outlook.com", "icloud.com", "yahoo.com", "live.com", "luukku.com", "elisanet.fi",
        "kolumbus.fi", "saunalahti.fi", "suomi24.fi", "pp.inet.fi", "facebook.com", "instagram.com", "linkedin.com",
        "example.fi", "example.com",
    }
)  # fmt: skip
"""Domains of mail and pages that many employers use."""


class SameBy(StrEnum):
    """What makes two employers look like one."""

    BUSINESS_ID = "business_id"
    NAME = "name"
    PHONE = "phone"
    WEBSITE = "website"


@dataclass(frozen=True, slots=True)
class EmployerCandidate:
    """An employer that may be the same, and why."""

    employer: Employer
    same_by: SameBy


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two employers of a centre that may be one, the older first, and why."""

    older: Employer
    newer: Employer
    same_by: SameBy


def same_employer_candidates(
    session: Session,
    *,
    centre_id: int,
    name: str,
    business_id: str | None,
    municipality_code: str | None,
    phone: str = "",
    website: str = "",
) -> list[EmployerCandidate]:
    """Return the employers of the centre that may be the same, surest first.

    An equal business id settles it alone. Otherwise names are compared; in another municipality the
    name must be the same, and an employer with another business id is another employer. Then come those
    with the same phone number or the same web domain, their own or that of a contact person.
    """
    employers = _known(session, centre_id)
    found = candidates_among(employers, name=name, business_id=business_id, municipality_code=municipality_code)
    if found and found[0].same_by is SameBy.BUSINESS_ID:
        return found
    told = {candidate.employer.id for candidate in found}
    for employer in employers:
        same_by = _reached_alike(employer, phone=phone, website=website)
        if same_by and employer.id not in told and not (business_id and employer.business_id):
            found.append(EmployerCandidate(employer, same_by))
    return found


def candidates_among(
    employers: Iterable[Employer], *, name: str, business_id: str | None, municipality_code: str | None
) -> list[EmployerCandidate]:
    """Do the same by business id and name among employers at hand, for a list whose rows are looked up in turn."""
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


def likely_pairs(session: Session, centre_id: int, *, most: int = MOST_PAIRS) -> list[LikelyPair]:
    """Return pairs of employers of a centre that may be one, those alike by name first.

    Only employers that share a phone number, a web domain or the beginning of a word in the name are compared,
    so that the work grows with the list and not with its square.
    """
    employers = _known(session, centre_id)
    blocks: dict[str, list[Employer]] = defaultdict(list)
    for employer in employers:
        for key in _block_keys(employer):
            blocks[key].append(employer)
    pairs: dict[tuple[int, int], LikelyPair] = {}
    for block in blocks.values():
        for older, newer in combinations(block[:LARGEST_BLOCK], 2):
            same_by = None if (older.id, newer.id) in pairs else _same_by(older, newer)
            if same_by is not None:
                pairs[older.id, newer.id] = LikelyPair(older, newer, same_by)
    order = list(SameBy)
    return sorted(pairs.values(), key=lambda pair: (order.index(pair.same_by), pair.older.sort_name))[:most]


def web_domain(address: str) -> str:
    """Return the domain of a website or an e-mail address without www; empty for one that everybody shares."""
    host = address.rsplit("@", 1)[1] if "@" in address else urlsplit(address).netloc
    domain = host.casefold().removeprefix("www.").partition(":")[0]
    return "" if domain in SHARED_DOMAINS else domain


def _same_by(older: Employer, newer: Employer) -> SameBy | None:
    if older.business_id and newer.business_id:
        return None
    likeness = same_employer_name(older.name, newer.name)
    elsewhere = older.municipality_code and newer.municipality_code not in {None, older.municipality_code}
    if likeness >= (SAME_NAME if elsewhere else LIKELY_SAME):
        return SameBy.NAME
    if phones_of(older) & phones_of(newer):
        return SameBy.PHONE
    return SameBy.WEBSITE if domains_of(older) & domains_of(newer) else None


def _reached_alike(employer: Employer, *, phone: str, website: str) -> SameBy | None:
    if phone and phone in phones_of(employer):
        return SameBy.PHONE
    domain = web_domain(website) if website else ""
    return SameBy.WEBSITE if domain and domain in domains_of(employer) else None


def phones_of(employer: Employer) -> set[str]:
    """Return the phone numbers of an employer loaded with its contact people, theirs among them."""
    return {number for number in (employer.phone, *(one.phone for one in employer.contacts)) if number}


def domains_of(employer: Employer) -> set[str]:
    """Return the web domains of an employer loaded with its contact people that few others share."""
    addresses = (employer.website, *(one.email for one in employer.contacts))
    return {domain for address in addresses if address and (domain := web_domain(address))}


def _block_keys(employer: Employer) -> set[str]:
    words = {word[:BLOCK_LETTERS] for word in employer.name.casefold().split() if len(word) >= BLOCK_LETTERS}
    return words | phones_of(employer) | domains_of(employer)


def _known(session: Session, centre_id: int) -> Sequence[Employer]:
    query = select(Employer).where(Employer.centre_id == centre_id, Employer.merged_into_id.is_(None))
    return session.scalars(query.options(selectinload(Employer.contacts)).order_by(Employer.id)).all()


def employers_named_like(session: Session, *, centre_id: int, name: str, most: int = 5) -> list[Employer]:
    """Return the employers of the centre with a name like this one, for a search that found nothing."""
    employers = _known(session, centre_id)
    found = [(same_employer_name(name, employer.name), employer) for employer in employers]
    near = sorted((pair for pair in found if pair[0] >= LIKE_A_TYPO), key=lambda pair: (-pair[0], pair[1].id))
    return [employer for _likeness, employer in near[:most]]


def are_named_alike(a: str, b: str) -> bool:
    """Whether two names are near enough to be one employer when the phone number or the web domain is the same too."""
    return same_employer_name(a, b) >= LIKE_A_TYPO


def same_title(a: str, b: str) -> bool:
    """Whether two titles at one employer likely mean the same place; a different number makes a different place."""
    return _digits(a) == _digits(b) and title_likeness(a, b) >= LIKELY_SAME_TITLE


def _digits(text: str) -> list[str]:
    return [letter for letter in text if letter.isdigit()]
