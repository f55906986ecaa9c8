"""One row of a list checked by itself: what it says, and everything that is wrong with it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from placement.employers.models import EmployerForm
from placement.i18n import LazyString
from placement.i18n import lazy_gettext as _l
from placement.offers.importing import values as read
from placement.offers.importing.columns import Column, ColumnMap
from placement.offers.importing.kinds import kind_in_title
from placement.offers.importing.tables import Row
from placement.offers.models import OfferKind
from placement.offers.rule_checks import blocking_answers, check_offer_rules
from placement.offers.rule_texts import text_of
from placement.rules.book import RuleBook
from placement.rules.sensitive_text import MASK, find_bank_account, find_contact_details, find_identity_code

DAYS_IN_A_MONTH = Decimal("30.4")
LONGEST: dict[Column, int] = {
    Column.EMPLOYER: 160,
    Column.TITLE: 120,
    Column.TASKS: 4000,
    Column.ADDRESS: 160,
    Column.ACCESS: 1000,
    Column.SCHEDULE: 200,
    Column.CONTACT: 120,
    Column.EMAIL: 254,
    Column.CONTACT_WAY: 200,
    Column.GUIDE: 80,
    Column.PAY: 160,
    Column.SKILLS: 2000,
}
ONE_LINE = frozenset(LONGEST) - {Column.TASKS, Column.ACCESS, Column.SKILLS}
SHOWN_TO_ALL = frozenset(LONGEST) - {Column.EMPLOYER, Column.CONTACT, Column.EMAIL, Column.CONTACT_WAY}
_FIELD_COLUMNS = {
    "kind": Column.KIND,
    "pay": Column.PAY,
    "required_skills": Column.SKILLS,
    "hours_per_day": Column.HOURS_PER_DAY,
    "days_per_week": Column.DAYS_PER_WEEK,
    "hours_per_week": Column.HOURS_PER_WEEK,
    "months": Column.MONTHS,
    "minimum_age": Column.MINIMUM_AGE,
}
_LANGUAGE_WORDS = {
    "fi": frozenset({"ja", "on", "sekä", "tai", "ei", "voi", "myös", "kanssa", "työ", "olet", "saat"}),
    "sv": frozenset({"och", "att", "för", "är", "som", "på", "med", "av", "vi", "du", "till", "ett"}),
    "en": frozenset({"and", "the", "to", "of", "you", "with", "for", "we", "your", "is"}),
}
_HOURS = r"(?:h|t|tim|timmar|tuntia|tunti|hours|hour)"
_WEEK = r"\s*(?:/|per|om|i|a)?\s*(?:vko|vk|viikko|viikossa|vecka|veckan|week)\b"
_DAY = r"\s*(?:/|per|om|i|a)?\s*(?:pv|pvä|päivä|päivässä|dag|dagen|day)\b"
_IN_SCHEDULE = {
    Column.HOURS_PER_WEEK: re.compile(rf"(\d{{1,2}}(?:[.,]\d)?)\s*{_HOURS}{_WEEK}", re.IGNORECASE),
    Column.HOURS_PER_DAY: re.compile(rf"(\d{{1,2}}(?:[.,]\d)?)\s*{_HOURS}{_DAY}", re.IGNORECASE),
    Column.DAYS_PER_WEEK: re.compile(
        rf"(\d(?:[.,]\d)?)\s*(?:pv|päivää|päivänä|dagar|dag|days|day){_WEEK}", re.IGNORECASE
    ),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """What is wrong, in which column, and what to do."""

    column: Column | None
    message: Any

    def __str__(self) -> str:
        if self.column is None:
            return str(self.message)
        return str(_l("%(column)s: %(message)s", column=self.column.label, message=self.message))


@dataclass(frozen=True, slots=True)
class ListedOffer:
    """What a good row says: the employer, the contact person, and the fields of the offer."""

    employer: str
    business_id: str | None
    contact: str
    phone: str
    email: str
    start_year: int | None
    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> OfferKind:
        """The kind of the place."""
        return OfferKind(self.fields["kind"])

    @property
    def title(self) -> str:
        """The title of the place."""
        return str(self.fields["title"])

    @property
    def municipality_code(self) -> str | None:
        """Where the place is, if the row says so."""
        code = self.fields["municipality_code"]
        return None if code is None else str(code)


class RowReader:
    """Reads the rows of one list."""

    def __init__(self, columns: ColumnMap, *, today: date, default_kind: OfferKind | None = None) -> None:
        self._columns = columns
        self._today = today
        self._default_kind = default_kind

    def read(self, row: Row, *, width: int) -> tuple[ListedOffer | None, list[Reason]]:
        """Return what the row says, or None and every reason why it cannot be used."""
        cells = _Cells(self._columns, row)
        if len(row.cells) > width:
            message = _l("The row has more cells than there are headings. Check the separators and quotation marks.")
            return None, [Reason(None, message)]
        offer = self._offer(cells)
        return (None if cells.reasons else offer), cells.reasons

    def _offer(self, cells: "_Cells") -> ListedOffer:
        title = cells.line(Column.TITLE, required=True)
        fields: dict[str, Any] = {
            "title": title,
            "kind": self._kind(cells, title),
            "tasks": cells.line(Column.TASKS),
            "access_notes": cells.line(Column.ACCESS),
            "places": cells.value(Column.PLACES, lambda text: read.read_count(text, least=1, most=500)) or 1,
            "minimum_age": cells.value(Column.MINIMUM_AGE, lambda text: read.read_count(text, least=13, most=30)),
            "working_languages": cells.value(Column.LANGUAGE, read.read_languages) or {},
            "guide_name": cells.line(Column.GUIDE),
            "pay": cells.line(Column.PAY),
            "required_skills": cells.line(Column.SKILLS),
            "contact_way": cells.line(Column.CONTACT_WAY),
            "language": guess_language(f"{title} {cells.text(Column.TASKS)}"),
        }
        fields |= self._place(cells) | self._hours(cells)
        dates, year = self._dates(cells)
        fields |= dates
        return ListedOffer(
            employer=cells.line(Column.EMPLOYER, required=True),
            business_id=cells.value(Column.BUSINESS_ID, read.read_business_id),
            contact=cells.line(Column.CONTACT),
            phone=cells.value(Column.PHONE, read.read_phone) or "",
            email=cells.value(Column.EMAIL, read.read_email) or "",
            start_year=year,
            fields=fields,
        )

    def _kind(self, cells: "_Cells", title: str) -> OfferKind | None:
        kind: OfferKind | None
        if cells.text(Column.KIND):
            kind = cells.value(Column.KIND, read.read_kind)
            return kind
        kind = kind_in_title(title) or self._default_kind
        if kind is None:
            cells.wrong(Column.KIND, _l("Write what kind of place this is, such as “work trial” or “summer job”."))
        return kind

    def _place(self, cells: "_Cells") -> dict[str, Any]:
        address, town = cells.line(Column.ADDRESS), cells.text(Column.MUNICIPALITY)
        is_remote = bool(cells.value(Column.REMOTE, read.read_flag))
        if town and not is_remote and town.casefold() in {"etätyö", "etä", "distans", "distansarbete", "remote"}:
            is_remote, code = True, None
        elif town:
            code = cells.value(Column.MUNICIPALITY, read.read_municipality)
        else:
            code = read.municipality_in_address(address)
        return {"street_area": address, "municipality_code": code, "is_remote": is_remote}

    def _hours(self, cells: "_Cells") -> dict[str, Any]:
        schedule = cells.line(Column.SCHEDULE)
        numbers: dict[Column, Decimal | None] = {}
        for column, most in ((Column.HOURS_PER_DAY, 24), (Column.DAYS_PER_WEEK, 7), (Column.HOURS_PER_WEEK, 80)):
            text = cells.text(column)
            if not text and (found := _IN_SCHEDULE[column].search(schedule)):
                text = found[1]
            numbers[column] = cells.value(column, _within(most), text=text)
        day, days, week = numbers.values()
        if week is None and day is not None and days is not None:
            week = (day * days).quantize(Decimal("0.01"))
        return {"hours_per_day": day, "days_per_week": days, "hours_per_week": week, "schedule_notes": schedule}

    def _dates(self, cells: "_Cells") -> tuple[dict[str, Any], int | None]:
        today = self._today
        start, span_end, year = cells.value(Column.STARTS, lambda text: read.read_start(text, today)) or (None,) * 3
        until = cells.value(Column.STARTS_LATEST, lambda text: read.read_day(text, today))
        end = cells.value(Column.ENDS, lambda text: read.read_day(text, start or today)) or span_end
        closes = cells.value(Column.CLOSES, lambda text: read.read_day(text, today))
        months = cells.value(Column.MONTHS, lambda text: read.read_number(text, least=Decimal("0.1"), most=60))
        if start and until and until < start:
            cells.wrong(Column.STARTS_LATEST, _l("The latest start is before the first."))
        if end and start and end < start:
            cells.wrong(Column.ENDS, _l("The end is before the start."))
        elif end and end < today:
            cells.wrong(Column.ENDS, _l("The place has ended already."))
        if closes and closes < today:
            cells.wrong(Column.CLOSES, _l("The time to apply has ended already."))
        if months is None and start and end and end > start:
            months = max(Decimal("0.1"), (Decimal((end - start).days + 1) / DAYS_IN_A_MONTH).quantize(Decimal("0.1")))
        return {"starts_from": start, "starts_until": until, "months": months}, year


def rule_reasons(offer: ListedOffer, form: EmployerForm, today: date, book: RuleBook) -> list[Reason]:
    """Return what the rules of the centre forbid, so that no row is promised that could not be saved."""
    answers = blocking_answers(check_offer_rules(offer.fields, form, today, book))
    return [
        Reason(_FIELD_COLUMNS.get(answer.field), LazyString(text_of, answer.code, answer.slots)) for answer in answers
    ]


class _Cells:
    """The cells of one row, and what was found wrong in them."""

    def __init__(self, columns: ColumnMap, row: Row) -> None:
        self._columns = columns
        self._row = row
        self.reasons: list[Reason] = []

    def wrong(self, column: Column | None, message: Any) -> None:
        """Note what is wrong."""
        self.reasons.append(Reason(column, message))

    def text(self, column: Column) -> str:
        """Return the text of a column; signs that mean "nothing" are nothing."""
        text = self._columns.text(self._row.cells, column)
        return "" if text.casefold() in read.EMPTY else text

    def line(self, column: Column, *, required: bool = False) -> str:
        """Return running text that may be kept: not too long, without identity codes and accounts."""
        text = self.text(column)
        if column in ONE_LINE:
            text = " ".join(text.split())
        if required and not text:
            self.wrong(column, _l("This is missing."))
        if MASK in text or find_identity_code(text):
            self.wrong(column, _l("Remove the personal identity code. It is not kept here."))
        elif find_bank_account(text):
            self.wrong(column, _l("Remove the bank account number. It is not kept here."))
        elif column in SHOWN_TO_ALL and find_contact_details(text[: LONGEST[column]]):
            self.wrong(column, _l("Move the phone number or e-mail address to the column for contact details."))
        if len(text) > LONGEST[column]:
            message = _l("The text is too long: at most %(most)s letters.", most=LONGEST[column])
            self.wrong(column, message)
        return text

    def value(self, column: Column, reader: Callable[[str], Any], *, text: str | None = None) -> Any:
        """Return what the column says, or None when it says nothing or nothing that can be read."""
        text = self.text(column) if text is None else text
        if not text:
            return None
        try:
            return reader(text)
        except read.Unreadable as error:
            self.wrong(column, error.message)
            return None


def _within(most: int) -> Callable[[str], Decimal]:
    return lambda text: read.read_number(text, least=Decimal("0.25"), most=most)


def guess_language(text: str) -> str:
    """Return the language whose small words a text uses most; Finnish when it is not to be seen."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    counts = {code: sum(word in small for word in words) for code, small in _LANGUAGE_WORDS.items()}
    return max(counts, key=lambda code: counts[code])
