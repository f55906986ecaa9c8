"""Stopping by personal link, by any side and on any day; and what a worker then finds."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.notifications.models import Message
from placement.placements.kinds import PartyRole
from placement.placements.models import Placement
from placement.placements.reasons import Side, StopReason
from placement.placements.states import PlacementState
from tests.support.factories.centres import make_staff
from tests.support.factories.placements import make_placement, sent_placement
from tests.support.factories.support import link_of, make_running
from tests.support.page import PageClient

pytestmark = pytest.mark.database
MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(datetime(2026, 11, 25, 10, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def sari(session: Session) -> Staff:
    return make_staff(session)


@pytest.mark.parametrize(
    ("role", "reason", "hidden"),
    [(PartyRole.PARTICIPANT, "better_place", "absence"), (PartyRole.ORGANISER, "workplace", "health")],
)
def test_a_side_stops_on_the_third_day_and_the_worker_is_told_at_once(
    page: PageClient, session: Session, role: PartyRole, reason: str, hidden: str
):
    sari = make_staff(session)
    trial = make_running(session, sari, starts_on=MONDAY)
    token = link_of(session, trial, role)
    opened = page.get(f"/at-work/{token}/end-early")
    assert hidden not in [one["value"] for one in opened.select("input[name=reason]")]
    page.submit("Stop it", status=422, last_day="30.11.2026", reason=reason)
    assert "The last day is between the first day and today." in page.page.errors[0]
    page.submit("Stop it", last_day="25.11.2026", reason=reason)
    assert "This is not going on now." in page.page.text
    page.get(f"/at-work/{token}/end-early", status=404)
    stopped = session.get_one(Placement, trial.id)
    assert (stopped.state, stopped.stop_reason, stopped.stopped_by) == (
        PlacementState.INTERRUPTED,
        StopReason(reason),
        Side(role.value),
    )
    assert stopped.stopped_in_first_days
    assert session.scalars(select(Message.name).where(Message.staff_id == sari.id)).all() == ["placement_stopped"]
    assert "Aino K. at Pyöräpaja Sato ended early: talk about what comes next" in page.sign_in(sari).get("/today/").text
    shown = page.get(f"/placements/{trial.id}").text
    assert "Tell the employment authority the same day." in shown
    assert "Apart: it ended within the first working days" in shown


def test_before_the_first_day_it_is_cancelled_and_a_call_may_be_asked_for_after_it(
    page: PageClient, session: Session, sari: Staff
):
    placement = sent_placement(session, sari, starts_on=date(2026, 12, 14))
    token = link_of(session, placement, PartyRole.PARTICIPANT)
    page.get(f"/p/{token}")
    page.get(f"/at-work/{token}/end-early")
    page.submit("Stop it", reason="study")
    assert session.get_one(Placement, placement.id).state is PlacementState.CANCELLED
    assert "This was cancelled." in page.get(f"/p/{token}").text


@pytest.mark.parametrize("role", [PartyRole.GUIDE, PartyRole.AUTHORITY])
def test_the_guide_and_the_authority_stop_nothing_by_link(
    page: PageClient, session: Session, sari: Staff, role: PartyRole
):
    trial = sent_placement(session, sari, starts_on=date(2026, 12, 14))
    page.get(f"/at-work/{link_of(session, trial, role)}/end-early", status=404)


def test_what_starts_soon_stands_on_today_until_it_is_ready(page: PageClient, session: Session, sari: Staff):
    make_placement(session, sari, starts_on=date(2026, 11, 30))
    soon = sent_placement(session, sari, starts_on=date(2026, 12, 4))
    make_placement(session, sari, starts_on=date(2027, 1, 11))
    soon_signed = page.sign_in(sari).get("/today/").text
    assert soon_signed.count("signatures missing") == 2, "who starts in January waits"
    assert " 30.11. · 3 signatures missing" in soon_signed
    soon.state, soon.ready_at = PlacementState.READY, datetime(2026, 11, 25, 10, tzinfo=UTC)
    assert "Aino K. starts at Pyöräpaja Sato" in page.get("/today/").text
