"""The life of a placement: every state, step and actor, from a table written by hand."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from placement.accounts.permissions import ROLE_PERMISSIONS, Role
from placement.audit.models import ActorKind
from placement.placements.states import TRANSITIONS, PlacementAction, PlacementState, is_allowed
from tests.support.factories.centres import make_staff
from tests.support.factories.placements import make_placement

# One line per step: where it leads, from where, and who may take it (s staff, y young person, e employer, x service).
BY_HAND = """
prepare      planned                  -> preparing    s
make_ready   preparing                -> ready        s x
reopen       ready                    -> preparing    s x
start        ready                    -> running      s x
begin_ending running                  -> ending       s x
end          ending                   -> ended        s
interrupt    running ending           -> interrupted  s y e
cancel       planned preparing ready  -> cancelled    s y e
"""
ACTORS = {"s": ActorKind.STAFF, "y": ActorKind.YOUTH, "e": ActorKind.EMPLOYER, "x": ActorKind.SYSTEM}
GUIDING = {Role.COUNSELLOR, Role.ONE_ADULT, Role.PAIR_MEMBER}


def table() -> dict[str, tuple[set[str], str, set[ActorKind]]]:
    found = {}
    for line in BY_HAND.strip().splitlines():
        before, after = line.split("->")
        action, *sources = before.split()
        target, *actors = after.split()
        found[action] = (set(sources), target, {ACTORS[actor] for actor in actors})
    return found


@pytest.mark.parametrize("state", list(PlacementState))
@pytest.mark.parametrize("action", list(PlacementAction))
@pytest.mark.parametrize("actor", list(ACTORS.values()))
def test_a_step_is_open_to_exactly_these_states_and_actors(
    state: PlacementState, action: PlacementAction, actor: ActorKind
) -> None:
    sources, target, actors = table()[action.value]
    assert is_allowed(state, action, actor) == (state.value in sources and actor in actors)
    assert TRANSITIONS[action].target.value == target


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("action", list(PlacementAction))
def test_only_those_who_serve_young_people_take_steps(role: Role, action: PlacementAction) -> None:
    assert (TRANSITIONS[action].permission in ROLE_PERMISSIONS[role]) == (role in GUIDING)


def test_steps_that_end_it_before_its_time_need_a_reason() -> None:
    assert {action.value for action, step in TRANSITIONS.items() if step.needs_reason} == {"interrupt", "cancel"}


BAD_ROWS = {
    "running without a first day": {"state": PlacementState.RUNNING},
    "planned with a first day": {"started_on": "today"},
    "ready without an instant": {"state": PlacementState.READY},
    "cancelled without a reason": {"state": PlacementState.CANCELLED},
    "planned with a reason": {"stop_reason": "other"},
    "an extract shown but not dated": {"record_shown_on": "today", "record_seen_by": "Jari"},
    "in its first days though not ended early": {"stopped_in_first_days": True},
}


@pytest.mark.database
@pytest.mark.parametrize("case", BAD_ROWS)
def test_the_database_keeps_state_and_columns_together(session: Session, case: str) -> None:
    placement = make_placement(session, make_staff(session))
    for name, value in BAD_ROWS[case].items():
        setattr(placement, name, placement.starts_on if value == "today" else value)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.flush()
