"""Languages, translated labels, and dates and numbers as people in Finland write them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from babel import Locale
from babel.dates import format_date as babel_date
from babel.numbers import format_currency as babel_currency
from babel.numbers import format_decimal as babel_decimal
from flask_babel import force_locale, get_locale, gettext, lazy_gettext, ngettext, pgettext
from flask_babel.speaklater import LazyString

from placement.clock import in_helsinki

__all__ = [
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "LabelledEnum",
    "Language",
    "LazyString",
    "current_language",
    "gettext",
    "in_language",
    "language_name",
    "lazy_gettext",
    "local_name",
    "locale_of",
    "ngettext",
    "pgettext",
    "quoted",
    "sort_key",
]


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the service: its code in addresses and data, its own name, its Babel locale."""

    code: str
    name: str
    locale: str


LANGUAGES = (Language("fi", "Suomi", "fi"), Language("sv", "Svenska", "sv_FI"), Language("en", "English", "en_GB"))
DEFAULT_LANGUAGE = "fi"
_LOCALES = {language.code: language.locale for language in LANGUAGES}


class LabelledEnum(StrEnum):
    """A closed list of codes, each with a translated label: ``DRAFT = "draft", _l("Draft")``."""

    label: Any

    def __new__(cls, value: str, label: Any = "") -> "LabelledEnum":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


def locale_of(code: str) -> str:
    """Return the Babel locale of a language code; an unknown code means Finnish."""
    return _LOCALES.get(code, _LOCALES[DEFAULT_LANGUAGE])


def current_language() -> str:
    """Return the code of the language of this request or of the enclosing ``in_language``."""
    locale = get_locale()
    return locale.language if locale is not None and locale.language in _LOCALES else DEFAULT_LANGUAGE


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Translate and format in the given language, as for the receiver of a message."""
    with force_locale(locale_of(code)):
        yield


def local_name(item: Any) -> str:
    """Return the name of a vocabulary row (``fi``, ``sv``, ``en``) in the current language."""
    return str(getattr(item, current_language()))


_LAST_LETTERS = {ord("å"): "z{", ord("ä"): "z|", ord("ö"): "z}"}


def language_name(code: str) -> str:
    """Return what a language (``fi``, ``ar``) is called in the current language; the code itself when unknown."""
    return str(_locale().languages.get(code, code))


def sort_key(text: str) -> str:
    """Return a key that puts å, ä and ö last, as Finnish and Swedish readers expect, whatever the case."""
    return text.casefold().translate(_LAST_LETTERS)


def _locale() -> Locale:
    locale = get_locale()
    return locale if locale is not None else Locale.parse(locale_of(DEFAULT_LANGUAGE))


def format_day(day: date, *, weekday: bool = False, year: bool = True) -> str:
    """Write a date as 22.11.2026, or ``su 22.11.`` without the year and with the short weekday."""
    text = f"{day.day}.{day.month}.{day.year if year else ''}"
    if weekday:
        text = f"{babel_date(day, 'ccc', locale=_locale()).rstrip('.')} {text}"
    return text


def format_weekday(day: date, *, long: bool = False) -> str:
    """Write the day of the week, short (``su``) or in full (``sunnuntai``)."""
    return str(babel_date(day, "cccc" if long else "ccc", locale=_locale())).rstrip(".")


def format_weekday_day(day: date) -> str:
    """Write a date with its short weekday and without the year: ``su 22.11.``"""
    return format_day(day, weekday=True, year=False)


def weekday_name(number: int) -> str:
    """Return the full name of a day of the week, Monday is 0, with a capital letter."""
    name = format_weekday(date(2024, 1, 1 + number), long=True)
    return name[:1].upper() + name[1:]


def format_long_day(day: date) -> str:
    """Write a date with the full weekday: ``torstai 26.11.2026``."""
    return f"{babel_date(day, 'cccc', locale=_locale())} {format_day(day)}"


def format_time(moment: datetime | time) -> str:
    """Write a clock time in Finland as 9.05 (fi, sv) or 9:05 (en); an aware instant is moved to Helsinki."""
    if isinstance(moment, datetime):
        moment = in_helsinki(moment).time()
    separator = ":" if current_language() == "en" else "."
    return f"{moment.hour}{separator}{moment.minute:02d}"


def format_instant(instant: datetime, *, year: bool = False) -> str:
    """Write an instant on the Finnish clock: ``su 22.11. 9.05``."""
    return f"{format_day(in_helsinki(instant).date(), weekday=True, year=year)} {format_time(instant)}"


def quoted(text: object) -> str:
    """Put somebody's words in the quotation marks of the language: ”…” in Finnish and Swedish, “…” in English."""
    return f"“{text}”" if current_language() == "en" else f"”{text}”"


def format_money(euros: Decimal) -> str:
    """Write an amount of euros to the cent, with the marks of the language: ``1 260,00 €`` or ``€1,260.00``."""
    return babel_currency(euros, "EUR", locale=_locale())


def format_number(value: float) -> str:
    """Write a number with the decimal mark of the language and no needless decimals."""
    return babel_decimal(value, format="#,##0.##", locale=_locale())
