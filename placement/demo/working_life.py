"""What a kind of place and a field of work usually look like: hours, times of day, surroundings, seasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from placement.clock import next_working_day
from placement.employers.models import EmployerForm
from placement.offers.models import OfferKind

_K = OfferKind
_F = EmployerForm
_SUMMER = "T03 T04 T05 T11 T12 T13 T15 T19 T26 T28 T29 T30 T34 T36 T66 T70 T71 T75 T79 T90"
_WINTER = "T03 T11 T13 T16 T19 T25 T26 T37 T38 T39 T41 T54 T79 T86"
_APPRENTICE = "T14 T16 T25 T50 T52 T53 T54 T57 T61 T68 T71 T73 T80 T87"
_GROUP = "T11 T28 T55 T61 T62 T64 T65 T66 T70 T82 T83 T85 T86"
_NOT_TRIED = "T08 T40 T44 T89"
_ONLY_IN_SUMMER = "T04 T05 T30"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is usual for a kind: families (None for all), hours a day, days a week, months, places."""

    families: frozenset[str] | None
    hours: tuple[str, ...]
    days: tuple[int, ...]
    months: tuple[str, ...]
    places: tuple[int, ...] = (1, 1, 1, 2)


def _only(families: str) -> frozenset[str]:
    return frozenset(families.split())


TERMS: Mapping[OfferKind, Terms] = {
    _K.WORK_TRIAL: Terms(None, ("4", "4", "5", "5", "6"), (3, 4, 4, 5), ("1", "1", "2", "3"), (1, 1, 1, 1, 2)),
    _K.WAGE_SUBSIDY_JOB: Terms(None, ("5", "6", "6", "7.5"), (4, 5, 5), ("5", "5", "10"), (1,)),
    _K.HIDDEN_JOB: Terms(None, ("4", "5", "6", "7.5"), (3, 4, 5, 5), ("3", "6", "12"), (1,)),
    _K.OPEN_JOB: Terms(None, ("5", "6", "7.5", "7.5"), (3, 4, 5, 5), ("6", "12", "12"), (1, 1, 2, 3)),
    _K.SUMMER_JOB: Terms(_only(_SUMMER), ("6", "6", "7.5"), (5,), ("1", "1", "2", "3"), (1, 2, 2, 3, 4)),
    _K.WINTER_JOB: Terms(_only(_WINTER), ("4", "5", "6"), (3, 4, 5), ("1", "2", "2"), (1, 2, 3)),
    _K.APPRENTICESHIP: Terms(_only(_APPRENTICE), ("7.5",), (5,), ("18", "24", "36"), (1,)),
    _K.GROUP_TRIAL: Terms(_only(_GROUP), ("4",), (3, 3, 4), ("1", "2"), (6, 8)),
    _K.WORKSHOP_PLACE: Terms(None, ("4", "5", "5"), (3, 4, 4), ("3", "4", "6"), (2, 3, 4)),
    _K.VISIT: Terms(None, ("3", "4"), (1,), (), (2, 3, 4)),
}
SUBSIDISED = frozenset({_F.COMPANY, _F.SOLE_TRADER, _F.ASSOCIATION, _F.PARISH})
HIRING = frozenset({_F.COMPANY, _F.SOLE_TRADER, _F.ASSOCIATION, _F.PARISH, _F.MUNICIPALITY, _F.WELLBEING_COUNTY})
FORMS: Mapping[OfferKind, frozenset[EmployerForm]] = {
    _K.WORK_TRIAL: HIRING,
    _K.WAGE_SUBSIDY_JOB: SUBSIDISED,
    _K.HIDDEN_JOB: frozenset({_F.COMPANY, _F.SOLE_TRADER, _F.ASSOCIATION}),
    _K.OPEN_JOB: HIRING,
    _K.SUMMER_JOB: HIRING,
    _K.WINTER_JOB: HIRING,
    _K.APPRENTICESHIP: HIRING,
    _K.GROUP_TRIAL: frozenset({_F.ASSOCIATION, _F.PARISH, _F.MUNICIPALITY, _F.WORKSHOP}),
    _K.WORKSHOP_PLACE: frozenset({_F.WORKSHOP}),
    _K.VISIT: HIRING | {_F.WORKSHOP},
}


def can_offer(kind: OfferKind, form: EmployerForm, family: str) -> bool:
    """Return whether an employer of this form offers such a place in this task family."""
    wanted = TERMS[kind].families
    if family in _only(_ONLY_IN_SUMMER) and kind is not _K.SUMMER_JOB:
        return False
    is_tried = kind not in {_K.WORK_TRIAL, _K.VISIT} or family not in _only(_NOT_TRIED)
    return form in FORMS[kind] and (wanted is None or family in wanted) and is_tried


# Cards of the place that usually hold (first) and do not hold (second) in a field of work.
SURROUNDINGS: Mapping[str, tuple[str, str]] = {
    "shop": ("ENV01 ENV04 ENV07", "ENV02 ENV11 ENV13 ENV16"),
    "food": ("ENV01 ENV04 ENV15", "ENV02 ENV10 ENV11 ENV13 ENV16"),
    "service": ("ENV01 ENV03 ENV10", "ENV02 ENV12 ENV13 ENV14 ENV15 ENV16"),
    "clean": ("ENV01 ENV14 ENV08", "ENV10 ENV11 ENV16"),
    "property": ("ENV02 ENV12", "ENV10 ENV11 ENV09"),
    "farm_forest_animal": ("ENV02 ENV12 ENV14", "ENV10 ENV11 ENV13 ENV07"),
    "logistics": ("ENV12 ENV08 ENV04", "ENV11 ENV16 ENV13"),
    "build": ("ENV12 ENV14 ENV04 ENV08", "ENV10 ENV11 ENV16"),
    "repair_metal_wood": ("ENV01 ENV14 ENV08", "ENV11 ENV13 ENV16 ENV09"),
    "textile_craft": ("ENV01 ENV03 ENV08", "ENV02 ENV12 ENV13 ENV15 ENV16"),
    "recycle": ("ENV01 ENV12 ENV14", "ENV11 ENV13 ENV16"),
    "care_children": ("ENV01 ENV04", "ENV10 ENV11 ENV13 ENV14 ENV16"),
    "digital_media": ("ENV01 ENV10 ENV03 ENV08", "ENV02 ENV12 ENV13 ENV14 ENV15 ENV16"),
    "events_tourism": ("ENV04 ENV07 ENV12", "ENV10 ENV11 ENV03"),
    "beauty": ("ENV01 ENV07 ENV14", "ENV02 ENV12 ENV13 ENV15 ENV16"),
    "security_sea": ("ENV02 ENV07", "ENV10 ENV11 ENV16"),
}
WITH_ANIMALS = _only("T31 T32 T35 T36")
ON_THE_PHONE = _only("T08 T09 T77")
FROM_HOME = _only("T81 T82 T83")
DAY_PARTS: Mapping[str, tuple[str, ...]] = {
    "shop": ("morning", "day", "evening weekend", "day weekend"),
    "food": ("morning", "morning", "day", "evening weekend"),
    "clean": ("morning", "morning", "evening"),
    "logistics": ("morning", "day", "evening"),
    "care_children": ("morning", "day"),
    "events_tourism": ("evening weekend", "day weekend"),
    "farm_forest_animal": ("morning", "morning weekend"),
    "security_sea": ("evening weekend", "day weekend"),
}
EARLY = _only("T03 T13 T16 T18 T20 T36 T41 T42")
EARLY_DAY_PARTS = ("morning", "morning", "morning day")
OFFICE_FORMS = frozenset({_F.MUNICIPALITY, _F.WELLBEING_COUNTY})
ORDINARY_DAY_PARTS = ("morning", "day", "morning day")


def season_window(kind: OfferKind, today: date, soon: int) -> tuple[date, date]:
    """Return the window for the first day: the coming season, or about ``soon`` days from today.

    Both its ends are working days.
    """
    begins = today + timedelta(days=soon)
    until = begins + timedelta(days=45)
    if kind is OfferKind.SUMMER_JOB:
        year = today.year + (today > date(today.year, 5, 20))
        begins, until = date(year, 6, 1), date(year, 6, 15)
    elif kind is OfferKind.WINTER_JOB and today.month in range(3, 12):
        begins, until = date(today.year, 12, 1), date(today.year, 12, 20)
    return next_working_day(begins), next_working_day(until)
