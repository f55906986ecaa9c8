"""What the page of a placement shows to the young person and to the workplace."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from placement.audit.models import ActorKind
from placement.clock import today_in_helsinki
from placement.db import ServiceSession
from placement.i18n import LazyString
from placement.i18n import lazy_gettext as _l
from placement.placements.attendance.models import AttendanceDay, DayMark
from placement.placements.attendance.queries import is_workday, marks_of
from placement.placements.attendance.services import LOOK_BACK, OWN_MARKS
from placement.placements.kinds import PartyRole
from placement.placements.models import Placement, PlacementParty
from placement.placements.states import AT_WORK

OWN_WORDS: Mapping[DayMark, LazyString] = {
    DayMark.PRESENT: _l("I am at work"),
    DayMark.TOLD: _l("I am away and have told"),
    DayMark.DAY_OFF: _l("I have a day off"),
}


@dataclass(frozen=True, slots=True)
class MarkedDay:
    """A day of the last week that may be marked, and its mark if there is one."""

    on: date
    mark: DayMark | None
    may_change: bool


def days_to_mark(session: ServiceSession, placement: Placement, party: PlacementParty) -> list[MarkedDay]:
    """Return the days at work of the last week, the newest first; none before the start or after the end."""
    if placement.state not in AT_WORK or placement.started_on is None:
        return []
    today = today_in_helsinki()
    first = max(placement.started_on, today - LOOK_BACK)
    last = min(today, placement.ends_on)
    marks = marks_of(session, placement.id, first=first, last=last)
    days = [last - timedelta(days=passed) for passed in range(max(0, (last - first).days + 1))]
    return [
        MarkedDay(day, row.mark if (row := marks.get(day)) else None, _may_change(marks.get(day), party))
        for day in days
        if day in marks or is_workday(placement, day)
    ]


def _may_change(row: AttendanceDay | None, party: PlacementParty) -> bool:
    return row is None or party.role is not PartyRole.PARTICIPANT or row.by_kind is ActorKind.YOUTH


def marks_for(party: PlacementParty) -> list[tuple[str, LazyString]]:
    """Return the answers of one tap that a party may give about a day."""
    if party.role is PartyRole.PARTICIPANT:
        return [(mark.value, OWN_WORDS[mark]) for mark in OWN_MARKS]
    return [(mark.value, mark.label) for mark in DayMark]
