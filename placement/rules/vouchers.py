"""The summer-job vouchers of municipalities, read from ``data/job_vouchers.csv`` (SV-01).

Each municipality decides on its own voucher anew each year, so every row holds for its own days only. What an earlier
year said is a hint for the talk, never a promise.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from placement.rules.table import Confidence


@dataclass(frozen=True, slots=True)
class JobVoucher:
    """One municipality's voucher from its first to its last day, both counted; None where nothing is asked or known.

    ``euros`` is paid for one young person, ``pay_least`` is in euros for the whole job, ``age_most`` in full years,
    ``people_most`` for one employer. ``not_for`` holds the kinds of employers that do not get it.
    """

    municipality_code: str
    valid_from: date
    valid_to: date
    euros: Decimal
    hours_least: Decimal | None
    pay_least: Decimal | None
    hours_per_week_least: Decimal | None
    age_most: int | None
    people_most: int | None
    not_for: frozenset[str]
    is_asked_afterwards: bool
    source_url: str
    source_date: str
    confidence: Confidence

    def holds_on(self, day: date) -> bool:
        """Whether the voucher is given for a job that begins on a day."""
        return self.valid_from <= day <= self.valid_to


@cache
def load_vouchers() -> Mapping[str, Sequence[JobVoucher]]:
    """Return the vouchers by municipality code, oldest first."""
    text = (files("placement.rules") / "data" / "job_vouchers.csv").read_text(encoding="utf-8")
    found: dict[str, list[JobVoucher]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["municipality_code"], []).append(_read(row))
    return MappingProxyType({code: tuple(sorted(rows, key=lambda one: one.valid_from)) for code, rows in found.items()})


def voucher_of(municipality_code: str | None, day: date) -> JobVoucher | None:
    """Return the voucher of a municipality on a day, else the newest that it had before; None without any."""
    rows = [one for one in load_vouchers().get(municipality_code or "", ()) if one.valid_from <= day]
    return rows[-1] if rows else None


def _read(row: Mapping[str, str]) -> JobVoucher:
    return JobVoucher(
        municipality_code=row["municipality_code"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]),
        euros=Decimal(row["euros"]),
        hours_least=_amount(row["hours_least"]),
        pay_least=_amount(row["pay_least"]),
        hours_per_week_least=_amount(row["hours_per_week_least"]),
        age_most=int(row["age_most"]) if row["age_most"] else None,
        people_most=int(row["people_most"]) if row["people_most"] else None,
        not_for=frozenset(row["not_for"].split()),
        is_asked_afterwards=row["apply"] == "after",
        source_url=row["source_url"],
        source_date=row["source_date"],
        confidence=Confidence(row["confidence"]),
    )


def _amount(text: str) -> Decimal | None:
    return Decimal(text) if text else None
