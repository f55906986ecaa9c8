"""Placements that go on, with what surrounds them, for the tests."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.audit.models import ActorKind
from placement.clock import today_in_helsinki, utcnow
from placement.placements.attendance.models import AttendanceDay, DayMark
from placement.placements.kinds import PartyRole
from placement.placements.links import make_placement_link
from placement.placements.models import Placement, PlacementParty
from placement.placements.states import PlacementState
from placement.placements.support_plan.models import CheckIn, HowItGoes, Worry
from placement.placements.support_plan.services import keep_plan
from tests.support.factories.placements import make_placement


def make_running(session: Session, by: Staff, *, starts_on: date, **values: Any) -> Placement:
    """A placement that began on its first day, signatures left out, with its support plan."""
    placement = make_placement(session, by, starts_on=starts_on, **values)
    set_state(session, placement, PlacementState.RUNNING)
    return placement


def set_state(session: Session, placement: Placement, state: PlacementState, **values: Any) -> Placement:
    """Put a placement into a state with the columns that the state demands, and bring its plan in line."""
    placement.state = state
    if state in {PlacementState.RUNNING, PlacementState.ENDING, PlacementState.ENDED, PlacementState.INTERRUPTED}:
        placement.started_on = placement.started_on or placement.starts_on
    if state in {PlacementState.ENDING, PlacementState.ENDED}:
        placement.ending_at = placement.ending_at or utcnow()
    if state is PlacementState.ENDED:
        placement.last_day, placement.over_at = placement.ends_on, utcnow()
    for name, value in values.items():
        setattr(placement, name, value)
    session.flush()
    keep_plan(session, placement)
    session.flush()
    return placement


def link_of(session: Session, placement: Placement, role: PartyRole) -> str:
    """A personal link of a party, as the token in its address."""
    query = select(PlacementParty).where(PlacementParty.placement_id == placement.id, PlacementParty.role == role)
    token = make_placement_link(session, session.scalars(query).one(), made_by_id=None)
    session.flush()
    return token


def support_ids(session: Session, placement: Placement) -> dict[str, int]:
    """One of everything around a placement: the id that each name in an address means."""
    set_state(session, placement, PlacementState.PREPARING)
    [step, *_] = keep_plan(session, placement)
    check_in = CheckIn(
        placement_id=placement.id,
        role=PartyRole.GUIDE,
        on=today_in_helsinki(),
        answer=HowItGoes.CALL_ME,
        answered_at=utcnow(),
    )
    worry = Worry(placement_id=placement.id, text="The bus comes late", raised_at=utcnow())
    day = AttendanceDay(
        placement_id=placement.id,
        on=placement.starts_on,
        mark=DayMark.ABSENT,
        by_kind=ActorKind.EMPLOYER,
        by_id=None,
        marked_at=utcnow(),
    )
    session.add_all([check_in, worry, day])
    session.flush()
    return {"step_id": step.id, "check_in_id": check_in.id, "worry_id": worry.id, "mark_id": day.id}
