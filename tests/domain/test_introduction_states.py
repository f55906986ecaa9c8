"""The steps of an introduction against a table written from the promises, not from the code."""

import itertools

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.audit.services import Actor
from placement.errors import ReasonNeeded, TransitionNotAllowed
from placement.introductions.models import IntroductionEvent
from placement.introductions.moves import move
from placement.introductions.states import (
    OPEN_STATES,
    TRANSITIONS,
    VISIBLE_STATES,
    IntroductionAction,
    IntroductionState,
    Party,
    is_possible,
    possible_actions,
)
from tests.support.factories.centres import make_staff
from tests.support.factories.introductions import make_draft, make_introduced

# state: who may do what, and where it leads. W worker, Y young person, G guardian, E employer, S the service.
PROMISED = """
draft      change:W=draft ask:W=asked approve:WY=approved approve_as_minor:WY=guardian refuse:WY=refused
draft      withdraw:W=withdrawn
asked      change:W=draft change_own:Y=asked ask:W=asked approve:WY=approved approve_as_minor:WY=guardian
asked      refuse:WY=refused withdraw:W=withdrawn
guardian   change:W=draft guardian_yes:GW=approved guardian_no:GW=refused revoke:YGW=revoked withdraw:W=withdrawn
guardian   expire:S=expired
approved   change:W=draft send:W=sent revoke:YGW=revoked withdraw:W=withdrawn expire:S=expired
sent       want_to_meet:EW=times say_not_now:EW=not_now decline:EW=declined revoke:YGW=revoked withdraw:W=withdrawn
sent       expire:S=expired
not_now    want_to_meet:EW=times decline:EW=declined revoke:YGW=revoked withdraw:W=withdrawn expire:S=expired
times      want_to_meet:EW=times say_not_now:EW=not_now decline:EW=declined pick_time:YW=agreed ask_other_times:YW=sent
times      choose:W=chosen revoke:YGW=revoked withdraw:W=withdrawn expire:S=expired
agreed     decline:EW=declined cancel_meeting:EWY=sent meet_again:W=sent choose:W=chosen end:W=ended revoke:YGW=revoked
agreed     withdraw:W=withdrawn
chosen     hand_on:W=placed withdraw:W=withdrawn
"""
LETTERS = {"W": Party.WORKER, "Y": Party.YOUTH, "G": Party.GUARDIAN, "E": Party.EMPLOYER, "S": Party.SERVICE}
CELLS = list(itertools.product(IntroductionState, IntroductionAction, Party))


def promised() -> dict[tuple[str, str, Party], str]:
    cells = {}
    for line in PROMISED.strip().splitlines():
        state, *steps = line.split()
        for step in steps:
            action, rest = step.split(":")
            letters, target = rest.split("=")
            cells |= {(state, action, LETTERS[letter]): target for letter in letters}
    return cells


def test_every_cell_of_state_step_and_side_is_as_promised() -> None:
    expected = promised()
    wrong = [
        (state.value, action.value, party.value)
        for state, action, party in CELLS
        if is_possible(state, action, party) != ((state.value, action.value, party) in expected)
    ]
    assert wrong == []


def test_every_step_leads_where_it_was_promised() -> None:
    assert {action: TRANSITIONS[IntroductionAction(action)].target for _s, action, _p in promised()} == {
        action: IntroductionState(target) for (_s, action, _p), target in promised().items()
    }


def test_nothing_leads_out_of_an_end() -> None:
    ends = set(IntroductionState) - OPEN_STATES
    assert {state for state in ends for party in Party if possible_actions(state, party)} == set()


def test_an_employer_sees_a_card_only_after_it_was_sent_and_before_it_is_over() -> None:
    assert {"sent", "not_now", "times", "agreed"} == {state.value for state in VISIBLE_STATES}


@pytest.mark.parametrize("state", [IntroductionState.DRAFT, IntroductionState.SENT, IntroductionState.AGREED])
def test_a_refused_step_leaves_everything_as_it_was(session: Session, state: IntroductionState) -> None:
    staff = make_staff(session)
    made = (
        make_draft(session, staff=staff) if state is IntroductionState.DRAFT else make_introduced(session, state=state)
    )
    for action, party in itertools.product(IntroductionAction, Party):
        if is_possible(state, action, party):
            continue
        with pytest.raises(TransitionNotAllowed):
            move(session, made, action, actor=Actor.staff(staff), party=party, reason="x")
        assert made.state is state


def test_each_step_is_kept_with_its_side_and_reason(session: Session) -> None:
    staff = make_staff(session)
    made = make_draft(session, staff=staff)
    with pytest.raises(ReasonNeeded):
        move(session, made, IntroductionAction.WITHDRAW, actor=Actor.staff(staff))
    move(session, made, IntroductionAction.WITHDRAW, actor=Actor.staff(staff), reason="place_taken")
    session.flush()
    last = session.scalars(select(IntroductionEvent).order_by(IntroductionEvent.id.desc())).first()
    assert last is not None
    assert (last.action, last.party, last.reason, made.ended_at is not None) == (
        IntroductionAction.WITHDRAW,
        Party.WORKER,
        "place_taken",
        True,
    )
