"""Whatever stands late on a board of placements stands on the page of the day too."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.audit.models import ActorKind
from placement.audit.services import Actor
from placement.clock import utcnow
from placement.placements.attendance.models import AttendanceDay, DayMark
from placement.placements.closing.models import ClosingView
from placement.placements.kinds import PartyRole, PlacementKind
from placement.placements.models import Placement
from placement.placements.packs.models import SubsidyPack
from placement.placements.packs.states import PackState
from placement.placements.reasons import Side, StopReason
from placement.placements.states import PlacementState
from placement.placements.support_plan.models import CheckIn, HowItGoes
from placement.placements.support_plan.services import raise_worry
from tests.support.factories.centres import make_staff
from tests.support.factories.placements import make_placement, sent_placement
from tests.support.factories.support import make_running, set_state
from tests.support.page import PageClient

pytestmark = pytest.mark.database
TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


def not_signed_for_days(session: Session, sari: Staff) -> Placement:
    placement = sent_placement(session, sari, starts_on=date(2027, 1, 11))
    for party in placement.parties:
        party.asked_at = party.asked_at and utcnow() - 8 * DAY
    return placement


def not_ready_on_its_first_day(session: Session, sari: Staff) -> Placement:
    return make_placement(session, sari, starts_on=TODAY - 2 * DAY)


def a_job_without_a_decision(session: Session, sari: Staff) -> Placement:
    return make_placement(session, sari, kind=PlacementKind.WAGE_SUBSIDY_JOB, starts_on=TODAY - DAY)


def a_worry_for_days(session: Session, sari: Staff) -> Placement:
    placement = make_running(session, sari, starts_on=TODAY)
    worry = raise_worry(session, placement, text="Late bus", raised_by=None, actor=Actor.staff(sari))
    worry.raised_at = utcnow() - 5 * DAY
    return placement


def a_call_wanted(session: Session, sari: Staff) -> Placement:
    placement = make_running(session, sari, starts_on=TODAY)
    values = {"role": PartyRole.GUIDE, "on": TODAY - DAY, "answer": HowItGoes.CALL_ME, "answered_at": utcnow() - DAY}
    session.add(CheckIn(placement_id=placement.id, **values))
    return placement


def away_and_not_told(session: Session, sari: Staff) -> Placement:
    placement = make_running(session, sari, starts_on=TODAY - 2 * DAY)
    values = {"mark": DayMark.ABSENT, "by_kind": ActorKind.EMPLOYER, "marked_at": utcnow()}
    session.add(AttendanceDay(placement_id=placement.id, on=TODAY - DAY, **values))
    return placement


def over_without_a_view(session: Session, sari: Staff) -> Placement:
    placement = make_placement(session, sari, starts_on=date(2026, 9, 7))
    return set_state(session, placement, PlacementState.ENDING)


def over_and_not_ended(session: Session, sari: Staff) -> Placement:
    placement = over_without_a_view(session, sari)
    for role in (PartyRole.PARTICIPANT, PartyRole.ORGANISER):
        view = ClosingView(placement_id=placement.id, role=role, given_at=utcnow(), given_by=ActorKind.STAFF)
        session.add(view)
    return placement


def over_so_long_that_no_view_comes(session: Session, sari: Staff) -> Placement:
    placement = make_placement(session, sari, starts_on=date(2026, 3, 2), months=3)
    return set_state(session, placement, PlacementState.ENDING)


def ended_early(session: Session, sari: Staff) -> Placement:
    placement = make_running(session, sari, starts_on=TODAY - 9 * DAY)
    stopped = {"last_day": TODAY - DAY, "over_at": utcnow(), "stop_reason": StopReason.OTHER}
    return set_state(session, placement, PlacementState.INTERRUPTED, stopped_by=Side.CENTRE, **stopped)


def after_care_to_ask(session: Session, sari: Staff) -> Placement:
    placement = make_running(session, sari, starts_on=date(2026, 6, 1))
    return set_state(session, placement, PlacementState.ENDED)


def a_payment_not_applied_for(session: Session, sari: Staff) -> Placement:
    kind = PlacementKind.WAGE_SUBSIDY_JOB
    placement = make_placement(session, sari, kind=kind, starts_on=date(2026, 1, 12), months=6)
    set_state(session, placement, PlacementState.RUNNING, ends_on=date(2027, 1, 11))
    days = {"applied_on": date(2025, 12, 1), "decided_on": date(2026, 1, 5), "contract_on": date(2026, 1, 7)}
    period = {"subsidy_from": date(2026, 1, 12), "subsidy_to": date(2026, 7, 11), "extension_settled": True}
    pack = SubsidyPack(placement_id=placement.id, state=PackState.RUNNING, state_since=utcnow(), **days, **period)
    session.add(pack)
    return placement


LATE: dict[Callable[[Session, Staff], Placement], str] = {
    not_signed_for_days: "Not signed yet",
    not_ready_on_its_first_day: "Not ready to start",
    a_job_without_a_decision: "Not ready to start",
    a_worry_for_days: "A worry is open",
    a_call_wanted: "asks you to call about",
    away_and_not_told: "was away from",
    over_without_a_view: "A closing view is missing",
    over_and_not_ended: "note that it has ended",
    over_so_long_that_no_view_comes: "note that it has ended",
    ended_early: "ended early: talk about what comes next",
    after_care_to_ask: "How is it now? 3 months after",
    a_payment_not_applied_for: "Subsidy of",
}


@pytest.mark.parametrize("given", LATE, ids=lambda given: given.__name__)
def test_what_is_late_stands_on_the_page_of_the_day(
    page: PageClient, session: Session, given: Callable[[Session, Staff], Placement]
):
    with time_machine.travel(datetime(2026, 11, 25, 10, tzinfo=UTC), tick=False):
        sari = make_staff(session)
        placement = given(session, sari)
        session.flush()
        opened = page.sign_in(sari).get("/today/")
    told = [line.get_text(" ", strip=True) for line in opened.select("ul.tasks > li")]
    [line, *_] = [line for line in told if LATE[given] in line]
    assert re.search(r"\d+ days? late|Today", line), line
    assert any(link.startswith(f"/placements/{placement.id}") for link in opened.links())
