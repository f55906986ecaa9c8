"""What numbers the unit of a rule allows, and how they are written."""

from dataclasses import dataclass
from decimal import Decimal

from placement.i18n import LazyString
from placement.i18n import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest and largest number of a unit, whether it is whole, and its name."""

    least: Decimal
    most: Decimal
    is_whole: bool
    label: LazyString


_KINDS = {
    "months": Unit(Decimal(1), Decimal(60), is_whole=True, label=_l("months")),
    "weeks": Unit(Decimal(1), Decimal(60), is_whole=True, label=_l("weeks")),
    "days_per_week": Unit(Decimal(1), Decimal(7), is_whole=True, label=_l("days a week")),
    "days": Unit(Decimal(1), Decimal(400), is_whole=True, label=_l("days")),
    "hours_per_day": Unit(Decimal(1), Decimal(24), is_whole=False, label=_l("hours a day")),
    "hours_per_week": Unit(Decimal(1), Decimal(100), is_whole=False, label=_l("hours a week")),
    "hours": Unit(Decimal(0), Decimal(1000), is_whole=False, label=_l("hours")),
    "minutes": Unit(Decimal(0), Decimal(600), is_whole=True, label=_l("minutes")),
    "hour": Unit(Decimal(0), Decimal(24), is_whole=True, label=_l("o’clock")),
    "age": Unit(Decimal(13), Decimal(70), is_whole=True, label=_l("years of age")),
    "percent": Unit(Decimal(0), Decimal(100), is_whole=False, label="%"),
    "wage_factor": Unit(Decimal(1), Decimal(3), is_whole=False, label=_l("times the wage")),
    "eur_per_month": Unit(Decimal(0), Decimal(10000), is_whole=False, label=_l("euros a month")),
    "euros_per_day": Unit(Decimal(0), Decimal(1000), is_whole=False, label=_l("euros a day")),
    "eur": Unit(Decimal(0), Decimal(900000), is_whole=False, label=_l("euros")),
    "people": Unit(Decimal(1), Decimal(1000), is_whole=True, label=_l("people")),
}
_LONGEST_FIRST = sorted(_KINDS, key=len, reverse=True)


def unit_of(code: str) -> Unit:
    """Return what the unit of a rule allows; raise KeyError for one that is not known.

    A code may go on after its kind: ``months_municipality`` is a number of months.
    """
    kind = next((name for name in _LONGEST_FIRST if code == name or code.startswith(f"{name}_")), code)
    return _KINDS[kind]


def problem_with(value: Decimal, unit: str) -> LazyString | None:
    """Return what is wrong with a number of a unit, in words, or None when it is in order."""
    kind = unit_of(unit)
    if not kind.least <= value <= kind.most:
        return _l("Give a number between %(least)s and %(most)s", least=kind.least, most=kind.most)
    if kind.is_whole and value != value.to_integral_value():
        return _l("Give a whole number.")
    return None
