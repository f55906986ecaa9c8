"""What the service does by itself with introductions that ran out and hand-overs whose day has come."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from jobs.runner import Work
from jobs.tasks import end_introductions, hand_over
from placement.audit.services import Actor
from placement.caseload.models import HandOverReason
from placement.caseload.services import plan_hand_overs, tell_of_hand_over
from placement.clock import today_in_helsinki, utcnow
from placement.introductions.models import Introduction
from placement.introductions.states import IntroductionState
from placement.jobseekers.models import Youth
from placement.placements.models import Placement
from tests.support.factories.centres import make_staff
from tests.support.factories.introductions import loaded, make_introduced
from tests.support.factories.placements import make_placement
from tests.support.factories.youths import make_youth


@pytest.fixture
def work(app: Flask, session: Session) -> Work:
    assert session is not None
    return Work(app, "test:1")


def test_introductions_end_when_their_approval_has_run_out(work: Work, session: Session) -> None:
    over, held = make_introduced(session), make_introduced(session)
    agreed = make_introduced(session, state=IntroductionState.AGREED)
    for one in (over, agreed):
        for approval in loaded(session, one).approvals:
            approval.signed_at -= timedelta(days=60)
            approval.expires_at = utcnow() - timedelta(minutes=1)
    session.commit()
    for _again in range(2):
        end_introductions.run(work)
    session.expire_all()
    assert session.get_one(Introduction, over.id).state is IntroductionState.EXPIRED
    assert session.get_one(Introduction, held.id).state is IntroductionState.SENT
    assert session.get_one(Introduction, agreed.id).state is IntroductionState.AGREED, "what came of it is still told"
    assert dict(work.counts) == {"introductions": 1}


def test_own_adult_changes_on_the_day_and_only_for_those_who_know(work: Work, session: Session) -> None:
    staff = make_staff(session)
    other = make_staff(session, staff.centre, first_name="Mikko")
    told, untold = make_youth(session, staff), make_youth(session, staff, first_name="Onni")
    today, actor = today_in_helsinki(), Actor.staff(staff)
    rows = plan_hand_overs(
        session,
        [told, untold],
        to=other,
        reason=HandOverReason.LEAVE,
        tell_by=today,
        meet_on=today,
        takes_effect_on=today + timedelta(days=1),
        stays_deputy=False,
        actor=actor,
    )
    tell_of_hand_over(session, rows[0], youth_view="", actor=actor)
    for row in rows:
        row.tell_by, row.meet_on, row.takes_effect_on = today - timedelta(days=1), today, today
    session.commit()
    colleague = make_staff(session, staff.centre, first_name="Liisa")
    running = make_placement(session, staff, youth=told)
    of_colleague = make_placement(session, staff, youth=told, owner_id=colleague.id)
    session.commit()
    for _again in range(2):
        hand_over.run(work)
    session.expire_all()
    assert session.get_one(Placement, running.id).owner_id == other.id, "who looks after it goes along"
    assert session.get_one(Placement, of_colleague.id).owner_id == colleague.id
    assert session.get_one(Youth, told.id).one_adult_id == other.id
    assert session.get_one(Youth, untold.id).one_adult_id == staff.id
