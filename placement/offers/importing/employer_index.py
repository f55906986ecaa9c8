"""Finds, among the employers of a centre and of a list, the few that a row may mean."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Generic, TypeVar

from placement.employers.dedupe import SameBy, domains_of, phones_of, web_domain
from placement.employers.models import Employer
from placement.offers.importing.columns import heading_key

Meant = TypeVar("Meant")
SHARED_PIECES = 0.3
"""Names that are nearly the same share at least this part of their three-letter pieces."""


class EmployerIndex(Generic[Meant]):
    """Employers by the three-letter pieces of their names, and by how they are reached; ``Meant`` is what they mean."""

    def __init__(self) -> None:
        self._meant: dict[Employer, Meant] = {}
        self._by_piece: dict[str, list[Employer]] = defaultdict(list)
        self._by_phone: dict[str, list[Meant]] = defaultdict(list)
        self._by_domain: dict[str, list[Meant]] = defaultdict(list)

    def add(self, row: Employer, meant: Meant) -> None:
        """Make an employer known, loaded with its contact people."""
        self._meant[row] = meant
        for piece in _pieces(row.name):
            self._by_piece[piece].append(row)
        for phone in phones_of(row):
            self._by_phone[phone].append(meant)
        for domain in domains_of(row):
            self._by_domain[domain].append(meant)

    def near(self, name: str) -> dict[Employer, Meant]:
        """Return the employers whose names share enough pieces with a name to be worth comparing."""
        pieces = _pieces(name)
        shared = Counter(row for piece in pieces for row in self._by_piece[piece])
        enough = SHARED_PIECES * len(pieces)
        return {row: self._meant[row] for row, count in shared.items() if count >= enough}

    def reached_alike(self, *, phone: str, email: str) -> Iterator[tuple[Meant, SameBy]]:
        """Yield what is reached by the same phone number, then by the same web domain."""
        for meant in self._by_phone.get(phone, ()):
            yield meant, SameBy.PHONE
        for meant in self._by_domain.get(web_domain(email) if email else "", ()):
            yield meant, SameBy.WEBSITE


def _pieces(name: str) -> set[str]:
    letters = heading_key(name)
    return {letters[start : start + 3] for start in range(max(1, len(letters) - 2))}
