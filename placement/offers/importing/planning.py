"""What would be made of a list: row by row made, duplicate or wrong, and why. Nothing is changed here."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from placement.centre_rules.queries import rule_book
from placement.clock import today_in_helsinki
from placement.employers.dedupe import SameBy, are_named_alike, candidates_among, same_title
from placement.employers.models import Employer, EmployerContact, EmployerForm
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l
from placement.offers.importing.columns import ColumnMap, heading_key, map_columns
from placement.offers.importing.employer_index import EmployerIndex
from placement.offers.importing.rows import ListedOffer, RowReader, rule_reasons
from placement.offers.importing.tables import Row, Table
from placement.offers.models import Offer, OfferKind
from placement.offers.states import EDITABLE_STATES


class Outcome(LabelledEnum):
    """What becomes of a row."""

    MAKE = "make", _l("New")
    DUPLICATE = "duplicate", _l("Already here")
    WRONG = "wrong", _l("To be mended")


class Match(StrEnum):
    """Which employer a row means."""

    NEW = "new"
    IN_LIST = "in_list"
    BUSINESS_ID = "business_id"
    NAME = "name"
    PHONE = "phone"
    WEBSITE = "website"


@dataclass(slots=True, eq=False)
class PlannedEmployer:
    """An employer of the list: one that the centre knows, or one to be made, shared by the rows that mean it.

    ``resembles`` is the name of another employer with the same phone number or web domain, and which of the two: only
    a person can tell whether it is the same one.
    """

    name: str
    business_id: str | None
    municipality_code: str | None
    existing: Employer | None = None
    resembles: tuple[str, SameBy] | None = None
    offers: list["KnownOffer"] = field(default_factory=list)

    @property
    def form(self) -> EmployerForm:
        """What kind of employer it is: known, or told by its name."""
        return self.existing.form if self.existing is not None else guess_form(self.name)


@dataclass(frozen=True, slots=True)
class KnownOffer:
    """What a new row is compared with: an open offer of the centre, or an earlier row of the list."""

    title: str
    kind: OfferKind
    municipality_code: str | None
    offer_id: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row and what becomes of it."""

    row: Row
    outcome: Outcome
    reasons: tuple[Any, ...] = ()
    offer: ListedOffer | None = None
    employer: PlannedEmployer | None = None
    match: Match | None = None
    import_key: str = ""
    same_offer_id: int | None = None


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """A whole list and what becomes of it."""

    headings: tuple[str, ...]
    columns: ColumnMap
    rows: tuple[PlannedRow, ...]

    def count(self, outcome: Outcome) -> int:
        """Return how many rows have this outcome."""
        return sum(row.outcome is outcome for row in self.rows)

    def with_outcome(self, outcome: Outcome) -> list[PlannedRow]:
        """Return the rows with this outcome in the order of the list."""
        return [row for row in self.rows if row.outcome is outcome]


def plan_import(
    session: Session,
    table: Table,
    *,
    centre_id: int,
    default_kind: OfferKind | None = None,
    progress: Callable[[], object] | None = None,
) -> ImportPlan:
    """Check every row of a list against the rules, the centre and the rows above it.

    Raises ImportRefused when the list has no column for the employer or the title.
    """
    columns = map_columns(table.headings)
    today = today_in_helsinki()
    reader = RowReader(columns, today=today, default_kind=default_kind)
    known = _Known(session, centre_id, today)
    rows = []
    for row in table.rows:
        offer, reasons = reader.read(row, width=len(table.headings))
        if offer is None:
            rows.append(PlannedRow(row, Outcome.WRONG, tuple(reasons)))
        else:
            rows.append(known.place(row, offer))
        if progress is not None:
            progress()
    return ImportPlan(table.headings, columns, tuple(rows))


def import_key(centre_id: int, offer: ListedOffer) -> str:
    """Return what makes a row the same row when the list is taken in again.

    A summer job of the next year is another one, so a year that is written out counts.
    """
    employer = offer.business_id or heading_key(offer.employer)
    year = "" if offer.start_year is None else str(offer.start_year)
    parts = (str(centre_id), employer, heading_key(offer.title), offer.kind.value, offer.municipality_code or "", year)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


_FORM_WORDS: tuple[tuple[EmployerForm, frozenset[str]], ...] = (
    (EmployerForm.WELLBEING_COUNTY, frozenset({"hyvinvointialue", "välfärdsområde", "hva"})),
    (EmployerForm.PARISH, frozenset({"seurakunta", "seurakuntayhtymä", "församling", "kyrkliga"})),
    (EmployerForm.MUNICIPALITY, frozenset({"kaupunki", "kunta", "kuntayhtymä", "stad", "kommun", "samkommun"})),
    (EmployerForm.SOLE_TRADER, frozenset({"tmi", "toiminimi"})),
    (EmployerForm.ASSOCIATION, frozenset({"ry", "rf", "säätiö", "sr", "yhdistys", "förening", "stiftelse"})),
)


def guess_form(name: str) -> EmployerForm:
    """Return what kind of employer a name tells of; a company when it tells nothing."""
    words = set(name.casefold().replace("t:mi", "tmi").replace(".", " ").replace(",", " ").split())
    return next((form for form, telling in _FORM_WORDS if words & telling), EmployerForm.COMPANY)


class _Known:
    """Everything a row may be the same as. Read once, so that a longer list asks the database no more."""

    def __init__(self, session: Session, centre_id: int, today: date) -> None:
        self._centre_id = centre_id
        self._today = today
        self._book = rule_book(session, centre_id)
        self._employers: EmployerIndex[PlannedEmployer] = EmployerIndex()
        self._by_business_id: dict[str, PlannedEmployer] = {}
        self._found: dict[tuple[str | None, ...], tuple[PlannedEmployer, Match]] = {}
        self._keys: dict[str, KnownOffer] = {}
        by_id: dict[int, PlannedEmployer] = {}
        query = select(Employer).where(Employer.centre_id == centre_id, Employer.merged_into_id.is_(None))
        for employer in session.scalars(query.options(selectinload(Employer.contacts)).order_by(Employer.id)):
            planned = PlannedEmployer(employer.name, employer.business_id, employer.municipality_code, employer)
            by_id[employer.id] = planned
            self._add(planned, employer)
        columns = select(
            Offer.id, Offer.employer_id, Offer.title, Offer.kind, Offer.municipality_code, Offer.import_key, Offer.state
        )
        for row in session.execute(columns.where(Offer.centre_id == centre_id).order_by(Offer.id)):
            offer = KnownOffer(row.title, row.kind, row.municipality_code, offer_id=row.id)
            if row.import_key:
                self._keys[row.import_key] = offer
            if row.state in EDITABLE_STATES and row.employer_id in by_id:
                by_id[row.employer_id].offers.append(offer)

    def place(self, row: Row, offer: ListedOffer) -> PlannedRow:
        """Say whether a readable row is new, already here or against a rule, and whose it is."""
        key = import_key(self._centre_id, offer)
        employer, match = self._employer(offer)
        if forbidden := rule_reasons(offer, employer.form, self._today, self._book):
            return PlannedRow(row, Outcome.WRONG, tuple(forbidden))
        same = self._keys.get(key) or next((known for known in employer.offers if _is_same(known, offer)), None)
        if same is not None:
            return PlannedRow(
                row, Outcome.DUPLICATE, (_why_same(same),), offer, employer, match, key, same_offer_id=same.offer_id
            )
        mine = KnownOffer(offer.title, offer.kind, offer.municipality_code, line=row.line)
        self._keys[key] = mine
        employer.offers.append(mine)
        return PlannedRow(row, Outcome.MAKE, (), offer, employer, match, key)

    def _employer(self, offer: ListedOffer) -> tuple[PlannedEmployer, Match]:
        asked = (heading_key(offer.employer), offer.business_id, offer.municipality_code, offer.phone, offer.email)
        if asked not in self._found:
            self._found[asked] = self._look_up(offer)
        return self._found[asked]

    def _look_up(self, offer: ListedOffer) -> tuple[PlannedEmployer, Match]:
        if offer.business_id and offer.business_id in self._by_business_id:
            planned = self._by_business_id[offer.business_id]
            return planned, Match.IN_LIST if planned.existing is None else Match.BUSINESS_ID
        near = self._employers.near(offer.employer)
        candidates = candidates_among(
            near, name=offer.employer, business_id=offer.business_id, municipality_code=offer.municipality_code
        )
        for planned in (near[candidate.employer] for candidate in candidates):
            if not offer.business_id or planned.business_id in {None, offer.business_id}:
                self._learn_business_id(planned, offer.business_id)
                return planned, Match.IN_LIST if planned.existing is None else Match.NAME
        resembles = None
        for planned, same_by in self._employers.reached_alike(phone=offer.phone, email=offer.email):
            if offer.business_id and planned.business_id not in {None, offer.business_id}:
                continue
            if are_named_alike(offer.employer, planned.name):
                self._learn_business_id(planned, offer.business_id)
                return planned, Match.IN_LIST if planned.existing is None else Match(same_by.value)
            resembles = resembles or (planned.name, same_by)
        planned = PlannedEmployer(offer.employer, offer.business_id, offer.municipality_code, resembles=resembles)
        self._add(planned, _stand_in(planned, offer))
        return planned, Match.NEW

    def _learn_business_id(self, planned: PlannedEmployer, business_id: str | None) -> None:
        if business_id and planned.existing is None and planned.business_id is None:
            planned.business_id = business_id
            self._by_business_id[business_id] = planned

    def _add(self, planned: PlannedEmployer, row: Employer) -> None:
        self._employers.add(row, planned)
        if planned.business_id:
            self._by_business_id[planned.business_id] = planned


def _stand_in(planned: PlannedEmployer, offer: ListedOffer) -> Employer:
    """Return an employer that is never saved, so that a new name of the list is compared like the known ones."""
    reached = EmployerContact(name=offer.contact, phone=offer.phone, email=offer.email)
    return Employer(
        name=planned.name,
        business_id=planned.business_id,
        municipality_code=planned.municipality_code,
        id=0,
        phone="",
        website="",
        contacts=[reached],
    )


def _is_same(known: KnownOffer, offer: ListedOffer) -> bool:
    towns = {known.municipality_code, offer.municipality_code} - {None}
    return known.kind is offer.kind and len(towns) < 2 and same_title(known.title, offer.title)


def _why_same(same: KnownOffer) -> Any:
    if same.offer_id is None:
        return _l("The same as row %(line)s: “%(title)s”.", line=same.line, title=same.title)
    return _l("The centre has this offer already: “%(title)s”.", title=same.title)


def count_outcomes(rows: Sequence[PlannedRow]) -> dict[str, int]:
    """Return the number of rows by outcome, as codes for the log."""
    return {outcome.value: sum(row.outcome is outcome for row in rows) for outcome in Outcome}
