"""What one cell says: dates, numbers, places and people as they are written in Finland.

Every reader takes the text of a cell that is not empty and raises ``Unreadable`` with a sentence that says what to do.
"""

import calendar
import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from stdnum.exceptions import ValidationError
from stdnum.fi import ytunnus

from placement.i18n import lazy_gettext as _l
from placement.offers.importing.columns import heading_key
from placement.offers.importing.kinds import find_kind
from placement.offers.models import OfferKind
from placement.vocabulary import find_municipality

EMPTY = frozenset({"", "-", "–", "—", "?", "n/a", "ei tiedossa", "okänt", "inte känt", "unknown", "tbd"})
OLDEST_START = timedelta(days=90)
_NOW = frozenset({"heti", "hetialkaen", "nyt", "genast", "nu", "omgående", "omedelbart", "now", "asap", "immediately",
                  "atonce", "straightaway"})  # fmt: skip
_OPEN = frozenset({"sopimuksenmukaan", "sovitaan", "sovittavissa", "joustava", "jatkuva", "toistaiseksi", "enligtavtal",
                   "enligtöverenskommelse", "tillsvidare", "byagreement", "tobeagreed", "flexible", "ongoing",
                   "untilfurthernotice", "avoin", "öppen", "open"})  # fmt: skip
_YES = frozenset({"x", "k", "kyllä", "on", "joo", "mahdollinen", "ja", "j", "möjligt", "yes", "y", "true", "tosi", "1",
                  "possible", "etä", "etänä", "etätyö", "distans", "distansarbete", "remote"})  # fmt: skip
_NO = frozenset({"ei", "e", "nej", "n", "no", "false", "epätosi", "0", "not"})
_MONTH_NAMES = (
    ("tammikuu", "januari", "january"), ("helmikuu", "februari", "february"), ("maaliskuu", "mars", "march"),
    ("huhtikuu", "april"), ("toukokuu", "maj", "may"), ("kesäkuu", "juni", "june"), ("heinäkuu", "juli", "july"),
    ("elokuu", "augusti", "august"), ("syyskuu", "september"), ("lokakuu", "oktober", "october"),
    ("marraskuu", "november"), ("joulukuu", "december"),
)  # fmt: skip
_LANGUAGES = {
    "fi": "suomi, finska, finnish, fin", "sv": "ruotsi, svenska, swedish, swe", "en": "englanti, engelska, english",
    "ar": "arabia, arabiska, arabic", "et": "viro, estniska, estonian", "ru": "venäjä, ryska, russian",
    "so": "somali, somaliska", "uk": "ukraina, ukrainska, ukrainian", "fa": "farsi, persia, persiska, persian",
    "es": "espanja, spanska, spanish", "de": "saksa, tyska, german", "fr": "ranska, franska, french",
    "se": "saame, samiska, sami",
}  # fmt: skip
_NUMBER = re.compile(
    r"^[^\d\-]{0,12}(\d{1,6}(?:[.,]\d{1,4})?)(?:\s*(?:[-–—]|\.\.\.?)\s*(\d{1,6}(?:[.,]\d{1,4})?))?(?:\s*[^\d\s][^\d]{0,20})?$"
)


class Unreadable(ValueError):
    """A cell that cannot be read; ``message`` (lazy) says what to write instead."""

    def __init__(self, message: Any) -> None:
        super().__init__("unreadable")
        self.message = message


def read_number(text: str, *, least: Decimal | int, most: Decimal | int) -> Decimal:
    """Read ``37,5``, ``5 h`` or ``5–6`` (its greater end)."""
    found = _NUMBER.match(text.replace("\u00a0", " ").strip())
    try:
        number = Decimal((found[2] or found[1]).replace(",", ".")) if found else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not least <= number <= most:
        raise Unreadable(_l("Give a number between %(least)s and %(most)s.", least=least, most=most))
    return number.quantize(Decimal("0.01"))


def read_count(text: str, *, least: int, most: int) -> int:
    """Read a whole number, such as ``2`` or ``2 kpl``."""
    number = read_number(text, least=least, most=most)
    if number != int(number):
        raise Unreadable(_l("Give a whole number between %(least)s and %(most)s.", least=least, most=most))
    return int(number)


def read_flag(text: str) -> bool:
    """Read yes or no in three languages."""
    key = heading_key(text)
    if key in _YES or key in _NO:
        return key in _YES
    raise Unreadable(_l("Write yes or no."))


def read_kind(text: str) -> OfferKind:
    """Read the kind of the place."""
    kind = find_kind(text)
    if kind is None:
        raise Unreadable(_l("We do not know this kind of place. Write one kind, such as “work trial” or “summer job”."))
    return kind


def read_business_id(text: str) -> str:
    """Read a Finnish business id with its check digit, or a VAT number made of one."""
    digits = re.sub(r"\D", "", text)
    plain = re.sub(r"[\s\-–]", "", text).upper().removeprefix("FI")
    try:
        # A spreadsheet drops the leading zero of an id written without its hyphen.
        compact = ytunnus.validate(digits.zfill(8) if plain == digits and len(digits) in {7, 8} else plain)
    except ValidationError as error:
        raise Unreadable(_l("The business ID is not right. It looks like this: 1234567-1.")) from error
    return f"{compact[:7]}-{compact[7]}"


def read_municipality(text: str) -> str:
    """Read a municipality by its exact Finnish or Swedish name or its code; a postal code before it is passed over."""
    name = re.sub(r"^\s*(?:FI-?)?\d{5}\s+", "", text).strip(" .,")
    code = f"{int(name):03d}" if re.fullmatch(r"[0-9]{1,3}", name) else name
    found = find_municipality(code)
    if found is None:
        raise Unreadable(_l("We do not know the municipality “%(name)s”. Write its name in full.", name=name[:40]))
    return found.code


def municipality_in_address(address: str) -> str | None:
    """Return the municipality that ends an address after a postal code, if it does."""
    found = re.search(r"\b\d{5}\s+([^\W\d_][^\d,;\n]*)$", address.strip())
    municipality = find_municipality(found[1].strip()) if found else None
    return municipality.code if municipality else None


def read_phone(text: str) -> str:
    """Read a phone number, Finnish unless it begins with +."""
    try:
        number = phonenumbers.parse(text.split("/", maxsplit=1)[0].split(",", maxsplit=1)[0], "FI")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise Unreadable(_l("Give the phone number like this: 040 123 4567."))
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def is_mobile(phone: str) -> bool:
    """Whether a number that has been read can get text messages."""
    kind = phonenumbers.number_type(phonenumbers.parse(phone, "FI"))
    return kind in {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}


def read_email(text: str) -> str:
    """Read an e-mail address."""
    try:
        return str(validate_email(text, check_deliverability=False).normalized)
    except EmailNotValidError as error:
        raise Unreadable(_l("The e-mail address is not complete.")) from error


def read_languages(text: str) -> dict[str, str | None]:
    """Read the languages of the work, each with its level if one is told: ``suomi B1, englanti``."""
    codes = {heading_key(name): code for code, names in _LANGUAGES.items() for name in [code, *names.split(",")]}
    found: dict[str, str | None] = {}
    for part in re.split(r"[,/;+&\n]|\s(?:ja|tai|och|eller|and|or)\s", text):
        if not part.strip():
            continue
        level = re.search(r"\b([ABC][12])\b", part, re.IGNORECASE)
        name = heading_key(re.sub(r"\b[ABC][12]\b|\(.*?\)|\b[a-z]{2}\b(?=-)", "", part, flags=re.IGNORECASE))
        if name not in codes:
            raise Unreadable(_l("We do not know the language “%(name)s”.", name=part.strip()[:40]))
        found[codes[name]] = level[1].upper() if level else None
    return found


def read_start(text: str, today: date) -> tuple[date | None, date | None, int | None]:
    """Read when something starts: first day, last day if a span is told, and the year if it is written out.

    ``now`` is today; "by agreement" is no day at all.
    """
    key = heading_key(text)
    if key in _NOW:
        return today, None, None
    if key in _OPEN:
        return None, None, None
    span = re.split(r"\s*[–—]\s*|\s+-\s*|(?<=\.)-", text.strip())
    if len(span) == 2 and all(span):
        last, year = _read_day(span[1], today)
        first, _year = _read_day(_with_year(span[0], last), today)
        return first, last, year
    first, year = _read_day(text, today)
    return first, None, year


def read_day(text: str, today: date) -> date | None:
    """Read one day; words that mean "open" are no day at all. Of a month it is the last day."""
    if heading_key(text) in _OPEN:
        return None
    return _read_day(text, today, last=True)[0]


def _with_year(text: str, last: date) -> str:
    """Give the first day of a span the year, and the month, that only the last day tells."""
    bare = text.strip().rstrip(".")
    if re.fullmatch(r"\d{1,2}", bare):
        return f"{bare}.{last.month}.{last.year}"
    found = re.fullmatch(r"(\d{1,2})\.(\d{1,2})", bare)
    return f"{bare}.{last.year - (1 if int(found[2]) > last.month else 0)}" if found else text


def _read_day(text: str, today: date, *, last: bool = False) -> tuple[date, int | None]:
    """Return a day and the year if it was written; without one the next such day is meant, or a recent one."""
    bare = re.sub(r"^(?:ma|ti|ke|to|pe|la|su|mån|tis|ons|tors|fre|lör|sön|alk|alkaen|från|from)\.?\s+", "",
                  text.strip().casefold())  # fmt: skip
    bare = re.sub(r"(?<=\d)[t ]\d{1,2}[:.]\d{2}.*$| (?:alkaen|lähtien|mennessä|asti|saakka|klo .*)$", "", bare).strip()
    try:
        if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", bare):
            return date(int(found[1]), int(found[2]), int(found[3])), int(found[1])
        if found := re.fullmatch(r"(\d{1,2})[./]\s*(\d{1,2})(?:[./]\s*(\d{4}|\d{2}))?\.?", bare):
            year = int(found[3]) + (2000 if len(found[3]) == 2 else 0) if found[3] else None
            return _in_year(int(found[2]), int(found[1]), year, today), year
        if re.fullmatch(r"[45]\d{4}", bare):
            day = date(1899, 12, 30) + timedelta(days=int(bare))
            return day, day.year
        return _month(bare, today, last=last)
    except (ValueError, OverflowError) as error:
        raise Unreadable(_l("Give the date like this: 22.11.2026.")) from error


def _month(bare: str, today: date, *, last: bool) -> tuple[date, int | None]:
    found = re.fullmatch(r"(\d{1,2})/(\d{4})", bare) or re.fullmatch(r"([^\W\d_]+)\s*(\d{4})?", bare)
    if not found:
        raise ValueError(bare)
    year = int(found[2]) if found[2] else None
    month = int(found[1]) if found[1].isdigit() else _month_number(found[1])
    first = _in_year(month, 1, year, today.replace(day=1))
    return (first.replace(day=calendar.monthrange(first.year, month)[1]) if last else first), year


def _month_number(name: str) -> int:
    for number, names in enumerate(_MONTH_NAMES, start=1):
        # Cases of the Finnish name: kesäkuussa, kesäkuun, kesäkuusta.
        if name in names or name.startswith(names[0]):
            return number
    raise ValueError(name)


def _in_year(month: int, day: int, year: int | None, today: date) -> date:
    if year is not None:
        if not 2000 <= year <= 2100:
            raise ValueError(year)
        return date(year, month, day)
    for guess in range(today.year - 1, today.year + 9):
        if day == 29 and month == 2 and not calendar.isleap(guess):
            continue
        if (found := date(guess, month, day)) >= today - OLDEST_START:
            return found
    raise ValueError(month)
