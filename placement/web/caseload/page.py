"""What the caseload shows: the filters with their numbers, and the tabs it shares with the lists by name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import url_for

from placement.accounts.permissions import Permission
from placement.caseload.queries import CaseRow, Standing
from placement.i18n import LazyString
from placement.i18n import lazy_gettext as _l
from placement.web.access import may
from placement.web.jobseekers.page import Tab

EVERYBODY = "all"


@dataclass(frozen=True, slots=True)
class _Filter:
    label: LazyString
    matches: Callable[[CaseRow], bool]


FILTERS: dict[str, _Filter] = {
    EVERYBODY: _Filter(_l("Everybody"), lambda _row: True),
    "quiet": _Filter(_l("Quiet for long"), lambda row: row.is_quiet),
    "stalled": _Filter(_l("Nothing moves"), lambda row: row.is_stalled),
    "no-date": _Filter(_l("Without a next date"), lambda row: row.next_on is None),
    "in-talks": _Filter(
        _l("In talks"),
        lambda row: row.standing in {Standing.INTERESTED, Standing.INTRODUCED, Standing.MEETING},
    ),
    "placed": _Filter(_l("On a placement"), lambda row: row.standing in {Standing.PREPARING, Standing.PLACED}),
    "deputy": _Filter(_l("As deputy"), lambda row: row.is_deputy),
}


@dataclass(frozen=True, slots=True)
class Pill:
    """One filter and how many it keeps."""

    label: LazyString
    count: int
    url: str
    is_current: bool


def known_filter(code: str) -> str:
    """Return the filter of this code; nonsense means everybody."""
    return code if code in FILTERS else EVERYBODY


def chosen_rows(rows: Sequence[CaseRow], code: str) -> list[CaseRow]:
    """Return the rows that a filter keeps."""
    return [row for row in rows if FILTERS[code].matches(row)]


def counts(rows: Sequence[CaseRow]) -> dict[str, int]:
    """Return how many rows each filter keeps."""
    return {code: len(chosen_rows(rows, code)) for code in FILTERS}


def pills(numbers: dict[str, int], chosen: str) -> list[Pill]:
    """Return the filters; one that keeps nobody is left out unless it is chosen."""
    return [
        Pill(one.label, numbers[code], url_for("caseload.index", show=code), code == chosen)
        for code, one in FILTERS.items()
        if numbers[code] or code in {chosen, EVERYBODY}
    ]


def list_tabs() -> list[Tab]:
    """Return the tabs of the lists of young people, with the caseload chosen."""
    tabs = [
        Tab(_l("My young people"), url_for("jobseekers.index"), is_current=False),
        Tab(_l("State and next date"), url_for("caseload.index"), is_current=True),
    ]
    if may(Permission.YOUTH_VIEW_WITH_REASON):
        tabs.append(Tab(_l("All in the centre"), url_for("jobseekers.everyone"), is_current=False))
    return tabs
