"""Whatever people do, and in whatever order, nothing runs without what the rules demand."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, time, timedelta
from typing import Any, ClassVar

import hypothesis.strategies as st
import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.audit.services import Actor
from placement.clock import helsinki_instant, today_in_helsinki
from placement.errors import DomainError
from placement.placements.agreements import send_agreement, sign
from placement.placements.kinds import PartyRole
from placement.placements.models import Placement, PlacementParty, Signature, YesNoUnknown
from placement.placements.overrides import put_aside
from placement.placements.parties import party_of, set_party
from placement.placements.reasons import StopReason
from placement.placements.schedule import DayPattern, plan_days
from placement.placements.services import cancel, edit_placement, interrupt, set_hours, take_step
from placement.placements.states import PlacementAction, PlacementState
from tests.support.factories.centres import make_staff
from tests.support.factories.placements import sent_placement, whole_placement
from tests.support.factories.youths import make_youth

TODAY = date(2026, 11, 25)
FREE_STEPS = [action for action in PlacementAction if action not in {PlacementAction.INTERRUPT, PlacementAction.CANCEL}]
BEGUN = {PlacementState.RUNNING, PlacementState.ENDING, PlacementState.ENDED, PlacementState.INTERRUPTED}


class AnyOrder(RuleBasedStateMachine):
    """What people may do to one placement; each run is undone afterwards."""

    session: ClassVar[Session]
    sari: ClassVar[Staff]
    clock: ClassVar[Any]

    def __init__(self) -> None:
        super().__init__()
        self.clock.move_to(helsinki_instant(TODAY, time(9)))
        self.savepoint = self.session.begin_nested()
        youth = make_youth(self.session, self.sari, birth_date=date(2009, 3, 1))
        given = {"has_hazards": YesNoUnknown.NO, "basic_education_done": YesNoUnknown.YES}
        placement = sent_placement(self.session, self.sari, youth=youth, starts_on=TODAY + timedelta(days=5), **given)
        self.id, self.actor, self.told_before = placement.id, Actor.staff(self.sari), placement.state

    def placement(self) -> Placement:
        return whole_placement(self.session, self.session.get_one(Placement, self.id))

    def attempt(self, act: Callable[[Placement], object]) -> None:
        """Do it as one request does: all of it, or nothing."""
        with suppress(DomainError), self.session.begin_nested():
            act(self.placement())
            self.session.flush()

    @rule(role=st.sampled_from([role for role in PartyRole if role is not PartyRole.GUIDE]))
    def sign(self, role: PartyRole) -> None:
        self.keep_signature(role)

    def keep_signature(self, role: PartyRole) -> None:
        def act(placement: Placement) -> None:
            party = party_of(placement, role)
            assert party is not None
            text_hash = placement.texts[-1].text_hash
            sign(self.session, placement, party, name=party.name, text_hash=text_hash, language="fi")

        self.attempt(act)

    @rule()
    def everybody_signs_and_the_day_comes(self) -> None:
        for role in (PartyRole.PARTICIPANT, PartyRole.ORGANISER, PartyRole.AUTHORITY, PartyRole.GUARDIAN):
            self.keep_signature(role)
        self.clock.move_to(helsinki_instant(max(today_in_helsinki(), TODAY + timedelta(days=5)), time(9)))
        self.attempt(lambda one: take_step(self.session, one, PlacementAction.START, actor=self.actor))

    @rule(field=st.sampled_from(["goal", "tasks", "guide_phone", "plan_agreed", "starts_on"]), odd=st.booleans())
    def edit(self, field: str, odd: bool) -> None:
        values: dict[str, object] = {
            "goal": "" if odd else "I want to find out.",
            "tasks": "" if odd else "Repair.",
            "guide_phone": "" if odd else "+358401112224",
            "plan_agreed": YesNoUnknown.NO if odd else YesNoUnknown.YES,
            "starts_on": TODAY + timedelta(days=2 if odd else 5),
        }
        self.attempt(
            lambda one: edit_placement(
                self.session, one, version=one.version, actor=self.actor, **{field: values[field]}
            )
        )

    @rule(ends=st.sampled_from([time(11), time(14), time(22), time(23)]))
    def hours(self, ends: time) -> None:
        week = {0: DayPattern(time(9) if ends < time(20) else time(15), ends, 30)}

        def act(one: Placement) -> None:
            periods = plan_days(week, one.starts_on, one.ends_on)
            set_hours(self.session, one, version=one.version, periods=periods, actor=self.actor)

        self.attempt(act)

    @rule(name=st.sampled_from(["Paula Koskela", "Pekka Koskela"]))
    def other_guardian(self, name: str) -> None:
        self.attempt(lambda one: set_party(self.session, one, PartyRole.GUARDIAN, actor=self.actor, name=name))

    @rule()
    def send(self) -> None:
        self.attempt(lambda one: send_agreement(self.session, one, actor=self.actor))

    @rule(line=st.sampled_from([("WT-15", "not_signed"), ("WT-15", "not_sent"), ("WT-17", "goal_missing")]))
    def put_line_aside(self, line: tuple[str, str]) -> None:
        rule_id, code = line
        reason = "Asked, and it is fine"
        self.attempt(
            lambda one: put_aside(self.session, one, code=code, rule_id=rule_id, reason=reason, actor=self.actor)
        )

    @rule(action=st.sampled_from(FREE_STEPS), by_service=st.booleans())
    def step(self, action: PlacementAction, by_service: bool) -> None:
        actor = Actor.system() if by_service else self.actor
        self.attempt(lambda one: take_step(self.session, one, action, actor=actor))

    @rule(early=st.booleans())
    def stop(self, early: bool) -> None:
        if early:
            last_day = today_in_helsinki()
            self.attempt(
                lambda one: interrupt(self.session, one, reason=StopReason.OTHER, last_day=last_day, actor=self.actor)
            )
        elif self.told_before is PlacementState.RUNNING:
            self.attempt(lambda one: cancel(self.session, one, reason=StopReason.OTHER, actor=self.actor))

    @rule(days=st.integers(1, 4))
    def later(self, days: int) -> None:
        self.clock.move_to(helsinki_instant(today_in_helsinki() + timedelta(days=days), time(9)))

    @invariant()
    def nothing_runs_without_what_the_rules_demand(self) -> None:
        self.told_before = self.session.scalars(select(Placement.state).where(Placement.id == self.id)).one()
        if self.told_before not in BEGUN:
            return
        placement = self.placement()
        assert placement.starts_on <= today_in_helsinki()
        assert placement.plan_agreed is not YesNoUnknown.NO
        assert placement.tasks
        in_force = self.session.execute(
            select(PlacementParty.role, Signature.text_hash)
            .join(Signature.party)
            .where(PlacementParty.placement_id == placement.id, Signature.void_at.is_(None))
        ).all()
        roles = {row.role.value for row in in_force}
        assert {"participant", "organiser", "authority", "guardian"} <= roles
        known = {text.text_hash for text in placement.texts}
        assert {row.text_hash for row in in_force} <= known
        for period in placement.periods:
            assert 4 * 60 <= period.minutes <= 8 * 60
            assert period.ends <= time(22)

    def teardown(self) -> None:
        self.savepoint.rollback()
        self.session.expire_all()


@pytest.mark.database
def test_no_sequence_of_actions_reaches_running_without_what_the_rules_demand(session: Session) -> None:
    with time_machine.travel(helsinki_instant(TODAY, time(9)), tick=False) as clock:
        sari = make_staff(session)
        checks = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
        run_state_machine_as_test(
            type("Here", (AnyOrder,), {"session": session, "sari": sari, "clock": clock}),
            settings=settings(max_examples=8, stateful_step_count=12, deadline=None, suppress_health_check=checks),
        )
