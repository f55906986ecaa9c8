"""Packs of wage subsidies and vouchers: the table of steps, what is missing, PS-17, and deadlines by hand."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.runner import Work
from jobs.tasks import remind_of_subsidies
from placement.audit.services import Actor
from placement.errors import DomainError, RuleBlocks, TransitionNotAllowed
from placement.notifications.models import Message
from placement.notifications.preconditions import still_holds
from placement.placements.kinds import PlacementKind
from placement.placements.packs.deadlines import LATE, due_stage, extension_by, payment_by, reminder_days
from placement.placements.packs.items import missing_of
from placement.placements.packs.models import ContractLength, SubsidyPack
from placement.placements.packs.services import (
    StepDays,
    begin_pack,
    fill_pack,
    note_payment_applied,
    settle_extension,
    take_pack_step,
)
from placement.placements.packs.states import PackAction, PackState, possible_pack_actions
from placement.placements.states import PlacementState
from tests.support.factories.centres import make_staff
from tests.support.factories.placements import make_placement
from tests.support.factories.support import set_state

NOON = datetime(2026, 11, 25, 10, tzinfo=UTC)
TODAY = date(2026, 11, 25)
# By hand from the life of an application: what may follow what.
LIFE = {
    "idea": {"fill"},
    "pack": {"apply"},
    "applied": {"ask_more", "grant", "refuse", "run_out"},
    "supplement": {"supplement", "grant", "refuse", "run_out"},
    "granted": {"contract"},
    "refused": {"try_again"},
    "budget_empty": {"try_again"},
    "contract": {"start"},
    "running": {"pay"},
    "paid": set(),
}
WHOLE = {
    "has_business_activity": True,
    "collective_agreement": "Trade",
    "gross_pay": 2100,
    "hours_per_week": 30,
    "contract_length": ContractLength.PERMANENT,
    "other_aid_told": True,
    "lay_offs_told": True,
    "mandate_ready": True,
    "bank_details_at_hand": True,
    "identity_at_hand": True,
    "jobseeker_agreed_on": TODAY,
}


@pytest.mark.parametrize("state", list(PackState))
def test_the_steps_of_every_state(state: PackState):
    assert {action.value for action in possible_pack_actions(state)} == LIFE[state.value]


@pytest.mark.parametrize(
    ("subsidy_to", "extension", "payment"),
    [
        (date(2027, 4, 15), date(2027, 4, 15), date(2027, 7, 31)),
        (date(2027, 4, 30), date(2027, 4, 30), date(2027, 7, 31)),
        (date(2026, 11, 30), date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 1), date(2027, 11, 1), date(2028, 2, 29)),  # a leap year
        (date(2026, 12, 31), date(2026, 12, 31), date(2027, 3, 31)),
    ],
)
def test_deadlines_of_a_subsidy(subsidy_to: date, extension: date, payment: date):
    assert (extension_by(subsidy_to), payment_by(subsidy_to)) == (extension, payment)


def test_reminders_come_eight_weeks_a_month_and_two_weeks_before():
    by = date(2027, 5, 31)
    assert reminder_days(by) == (
        ("8_weeks", date(2027, 4, 5)),
        ("1_month", date(2027, 4, 30)),
        ("2_weeks", date(2027, 5, 17)),
    )


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        (date(2027, 4, 4), None),
        (date(2027, 4, 5), "8_weeks"),
        (date(2027, 4, 29), "8_weeks"),
        (date(2027, 4, 30), "1_month"),
        (date(2027, 5, 17), "2_weeks"),
        (date(2027, 5, 31), "2_weeks"),
        (date(2027, 6, 1), LATE),
    ],
)
def test_the_stage_on_the_days_around(today: date, stage: str | None):
    assert due_stage(date(2027, 5, 31), today) == stage


class Case:
    """A subsidised job with its pack, and the worker who takes the steps."""

    def __init__(self, session: Session, **fields: object) -> None:
        self.session = session
        self.actor = Actor.staff(sari := make_staff(session))
        self.placement = make_placement(
            session, sari, kind=PlacementKind.WAGE_SUBSIDY_JOB, starts_on=date(2026, 12, 14), months=5, **fields
        )
        self.placement.employer.business_id = "1234567-1"
        self.pack: SubsidyPack = begin_pack(session, self.placement, actor=self.actor)
        session.flush()

    def fill(self, **fields: object) -> None:
        values = WHOLE | fields
        fill_pack(
            self.session, self.pack, placement=self.placement, version=self.pack.version, actor=self.actor, **values
        )
        self.session.flush()

    def step(self, action: PackAction, on: date | None = TODAY, **days: date) -> None:
        told = StepDays(on=on, **days)
        take_pack_step(self.session, self.pack, action, placement=self.placement, days=told, actor=self.actor)
        self.session.flush()

    def granted(self) -> None:
        self.fill()
        self.step(PackAction.APPLY)
        self.step(PackAction.GRANT, subsidy_from=date(2026, 12, 14), subsidy_to=date(2027, 5, 13))


@pytest.fixture
def case(session: Session):
    with time_machine.travel(NOON, tick=False):
        yield Case(session)


@pytest.mark.database
@pytest.mark.parametrize("field", sorted(WHOLE))
def test_a_pack_that_lacks_anything_is_not_applied_for(case: Case, field: str):
    empty = {"collective_agreement": "", "has_business_activity": None}.get(field)
    lacking = False if isinstance(WHOLE[field], bool) and field != "has_business_activity" else empty
    case.fill(**{field: lacking})
    assert len(missing_of(case.pack, case.placement)) == 1
    with pytest.raises(DomainError) as caught:
        case.step(PackAction.APPLY)
    assert caught.value.code == "pack_incomplete"


@pytest.mark.database
def test_work_that_begins_before_the_decision_is_refused_with_the_rule(case: Case):
    case.fill()
    case.step(PackAction.APPLY)
    case.placement.starts_on = date(2026, 11, 24)
    with pytest.raises(RuleBlocks) as caught:
        case.step(PackAction.GRANT, subsidy_from=TODAY, subsidy_to=date(2027, 5, 13))
    assert caught.value.code == "PS-17"
    assert case.pack.state is PackState.APPLIED


@pytest.mark.database
def test_a_grant_is_told_to_the_checklist_and_work_starts_only_after_the_placement(case: Case):
    case.granted()
    assert case.placement.decided_on == TODAY
    case.step(PackAction.CONTRACT)
    assert case.placement.contract_on == TODAY
    with pytest.raises(TransitionNotAllowed):
        case.step(PackAction.START, on=None)
    set_state(case.session, case.placement, PlacementState.RUNNING)
    case.step(PackAction.START, on=None)
    assert case.pack.state is PackState.RUNNING


@pytest.mark.database
@pytest.mark.parametrize("answer", [PackAction.REFUSE, PackAction.RUN_OUT])
def test_a_no_may_be_tried_again(case: Case, answer: PackAction):
    case.fill()
    case.step(PackAction.APPLY)
    case.step(PackAction.ASK_MORE, on=date(2026, 12, 2))
    case.step(PackAction.SUPPLEMENT, on=None)
    case.step(answer)
    assert case.placement.decided_on is None
    case.step(PackAction.TRY_AGAIN, on=None)
    assert case.pack.state is PackState.PACK


@pytest.mark.database
def test_a_day_to_come_and_a_decision_before_the_application_are_refused(case: Case):
    case.fill()
    with pytest.raises(DomainError):
        case.step(PackAction.APPLY, on=date(2026, 11, 26))
    case.step(PackAction.APPLY)
    with pytest.raises(DomainError):
        case.step(PackAction.REFUSE, on=date(2026, 11, 24))


@pytest.mark.database
def test_each_stage_reminds_once_until_it_is_settled(app, session: Session, case: Case):
    case.granted()
    case.step(PackAction.CONTRACT)
    set_state(session, case.placement, PlacementState.RUNNING)
    case.step(PackAction.START, on=None)
    session.commit()

    def remind(day: date) -> int:
        with time_machine.travel(datetime(day.year, day.month, day.day, 8, tzinfo=UTC), tick=False):
            remind_of_subsidies.run(Work(app, "test:1"))
        session.expire_all()
        return len(session.scalars(select(Message.id).where(Message.name == "pack_deadline")).all())

    assert remind(date(2027, 3, 17)) == 0
    assert remind(date(2027, 3, 18)) == 1  # 8 weeks before 13.5.
    assert remind(date(2027, 3, 19)) == 1
    assert remind(date(2027, 4, 13)) == 2  # a month before
    message = session.scalars(select(Message).where(Message.name == "pack_deadline")).first()
    assert still_holds(session, message)
    told = session.scalars(select(Message).where(Message.name == "employer_pack_deadline")).all()
    assert [one.employer_contact_id for one in told] == [case.placement.contact_id] * 2
    assert not any("Aino" in one.text + one.subject + one.html for one in told), "the job is named, not the person"
    assert still_holds(session, told[0])
    settle_extension(session, case.pack, placement=case.placement, actor=case.actor)
    session.commit()
    assert not still_holds(session, message)
    assert not still_holds(session, told[0])
    assert remind(date(2027, 4, 29)) == 2
    assert remind(date(2027, 7, 6)) == 3  # the payment, by 31.8.
    with time_machine.travel(datetime(2027, 7, 7, 8, tzinfo=UTC), tick=False):
        note_payment_applied(session, case.pack, placement=case.placement, on=date(2027, 7, 7), actor=case.actor)
    session.commit()
    assert remind(date(2027, 8, 20)) == 3
