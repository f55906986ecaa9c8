"""The end: both views, strengths taken along, the certificate, months later; and the pack of a subsidised job."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs.runner import Work
from jobs.tasks import ask_at_the_end
from placement.accounts.models import Staff
from placement.employers.hidden_jobs.models import Lead
from placement.jobseekers.models import EvidencePlace, StrengthAnswer, StrengthEvidence
from placement.notifications.models import Message
from placement.placements.closing.models import AfterCare, ClosingView
from placement.placements.kinds import PartyRole, PlacementKind
from placement.placements.models import Placement
from placement.placements.states import PlacementState
from placement.placements.support_plan.models import AfterCareStop
from tests.support.factories.centres import make_staff
from tests.support.factories.placements import make_placement, whole_placement
from tests.support.factories.support import link_of, make_running, set_state
from tests.support.page import PageClient

pytestmark = pytest.mark.database
MONDAY = date(2026, 9, 28)
NOON = datetime(2026, 11, 25, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def sari(session: Session) -> Staff:
    return make_staff(session)


@pytest.fixture
def trial(session: Session, sari: Staff) -> Placement:
    placement = make_running(session, sari, starts_on=MONDAY)
    return set_state(session, placement, PlacementState.ENDING)


def tell(page: PageClient, session: Session, trial: Placement, role: PartyRole, **fields: object) -> str:
    token = link_of(session, trial, role)
    page.get(f"/at-work/{token}/how-it-went")
    page.submit("Save", **fields)
    return token


def test_both_sides_are_asked_once_and_reminded_once(app, session: Session, trial: Placement):
    def asked() -> list[str]:
        ask_at_the_end.run(Work(app, "test:1"))
        keys = session.scalars(select(Message.dedupe_key).where(Message.name == "closing_asked")).all()
        return sorted("-".join(key.split("|")[2:4]) for key in keys)

    with time_machine.travel(datetime(2026, 11, 20, 10, tzinfo=UTC), tick=False):
        for _ in range(2):
            assert asked() == ["organiser-1", "participant-1"]
    session.add(ClosingView(placement_id=trial.id, role=PartyRole.PARTICIPANT, given_at=NOON, given_by="youth"))
    session.commit()
    for _ in range(2):
        assert asked() == ["organiser-1", "organiser-2", "participant-1"]


def test_one_sees_the_other_view_only_after_telling_ones_own(page: PageClient, session: Session, trial: Placement):
    tell(page, session, trial, PartyRole.ORGANISER, text="A pleasure to have here")
    token = link_of(session, trial, PartyRole.PARTICIPANT)
    assert "A pleasure" not in page.get(f"/at-work/{token}").text
    page.get(f"/at-work/{token}/how-it-went")
    page.submit("Save", tasks="well", question_answered="yes", next_step="job")
    assert "A pleasure to have here" in page.page.text


def test_seen_strengths_go_to_the_profile_with_a_yes_and_a_word_back_stays_beside(
    page: PageClient, session: Session, sari: Staff, trial: Placement
):
    tell(page, session, trial, PartyRole.GUIDE, cards=["CAR03", "PEO12"], on_time="very_well")
    token = tell(page, session, trial, PartyRole.PARTICIPANT, own_steps="a_little")
    page.submit("Yes, take them", card=["CAR03", "HAN06"])
    taken = session.scalars(select(StrengthAnswer.card_id).where(StrengthAnswer.youth_id == trial.youth_id)).all()
    assert taken == ["CAR03"], "what nobody saw is not taken"
    seen = session.scalars(select(StrengthEvidence)).one()
    assert (seen.place, seen.seen_by) == (EvidencePlace.TRIAL, "Pyöräpaja Sato")
    page.get(f"/at-work/{token}")
    page.submit(form="reply-form", reply="I was shy at first")
    text = page.sign_in(sari).get(f"/placements/{trial.id}/closing").text
    assert "The other side sees it differently: “I was shy at first”" in text
    certificate = page.get(f"/placements/{trial.id}/certificate").text
    assert "I come on time" in certificate
    assert "Strengths seen at work" in page.get(f"/at-work/{token}/certificate").text


def test_a_yes_of_the_employer_becomes_a_need_once(page: PageClient, session: Session, trial: Placement):
    for _ in range(2):
        tell(page, session, trial, PartyRole.ORGANISER, would_take_again="yes")
    assert len(session.scalars(select(Lead)).all()) == 1


def test_too_many_strengths_come_back_with_what_was_typed(page: PageClient, session: Session, trial: Placement):
    token = link_of(session, trial, PartyRole.GUIDE)
    opened = page.get(f"/at-work/{token}/how-it-went")
    cards = [str(box["value"]) for box in opened.select('input[name="cards"]')][:9]
    page.submit("Save", status=422, cards=cards, text="Many good things")
    assert "Choose at most eight strengths." in page.page.text
    assert "Many good things" in page.page.html


def test_staff_write_a_view_told_in_a_talk_and_see_what_is_missing(
    page: PageClient, session: Session, sari: Staff, trial: Placement
):
    trial.ends_on = date(2026, 11, 25)
    assert "A closing view is missing" in page.sign_in(sari).get("/today/").text
    for side in ("young-person", "employer"):
        page.get(f"/placements/{trial.id}/closing/{side}")
        page.submit("Save", together="well")
    assert "A closing view is missing" not in page.get("/today/").text


def test_months_later_the_question_comes_once_and_can_be_stopped(
    app, page: PageClient, session: Session, trial: Placement
):
    set_state(session, whole_placement(session, trial), PlacementState.ENDED)
    session.commit()
    with time_machine.travel(datetime(2026, 12, 29, 10, tzinfo=UTC), tick=False):
        for _ in range(2):
            ask_at_the_end.run(Work(app, "test:1"))
        assert session.scalars(select(Message.name)).all().count("after_care_asked") == 1
        token = link_of(session, trial, PartyRole.PARTICIPANT)
        page.get(f"/at-work/{token}")
        assert session.scalars(select(AfterCare.answer)).all() == [None]
        page.submit("Studying")
        assert session.scalars(select(AfterCare.answer)).all() == ["study"]
        page.submit("Do not ask me after this any more")
    assert session.get(AfterCareStop, trial.id) is not None
    with time_machine.travel(datetime(2027, 3, 1, 10, tzinfo=UTC), tick=False):
        ask_at_the_end.run(Work(app, "test:1"))
    assert session.scalars(select(Message.name)).all().count("after_care_asked") == 1


@pytest.mark.parametrize("path", ["how-it-went", "certificate"])
def test_nothing_of_the_end_is_there_before_the_start(page: PageClient, session: Session, sari: Staff, path: str):
    placement = make_placement(session, sari, starts_on=date(2026, 12, 14))
    page.get(f"/at-work/{link_of(session, placement, PartyRole.PARTICIPANT)}/{path}", status=404)


def test_a_subsidised_job_from_idea_to_paid(page: PageClient, session: Session, sari: Staff):
    job = make_placement(session, sari, kind=PlacementKind.WAGE_SUBSIDY_JOB, starts_on=date(2026, 12, 14), months=5)
    job.employer.business_id = "1234567-1"
    base = f"/placements/{job.id}/pack"
    asked = page.sign_in(sari).get(base).text
    assert "At 15–24 age can be a ground. Does the authority see it so?" in asked
    assert "Wage subsidy 100%, association and long unemployment: Only an association" in asked
    assert "Support a month" not in asked, "nothing is counted before pay and hours are known"
    page.submit("Begin the pack")
    page.submit("Save", collective_agreement="Trade", gross_pay="2100", status=303)
    assert "9 things are missing" in page.page.text
    assert "It can be applied for when nothing is missing." in page.page.text
    assert "lacks 9 things" in page.get("/today/").text
    page.get(f"{base}/fill")
    page.submit("Save", status=422, note="Account FI21 1234 5600 0007 85")
    whole = {"hours_per_week": "30", "contract_length": "permanent", "has_business_activity": "yes", "note": ""}
    ticks = ("other_aid_told", "lay_offs_told", "mandate_ready", "bank_details_at_hand", "identity_at_hand")
    page.submit("Save", jobseeker_agreed_on="25.11.2026", **whole, **dict.fromkeys(ticks, "y"))
    assert "Nothing is missing" in page.page.text
    assert "Support a month €1,050.00" in page.page.text
    assert "Still missing" not in page.get(f"{base}/print").text
    for action, fields in (
        ("apply", {}),
        ("ask_more", {"on": "2.12.2026"}),
        ("supplement", {}),
        ("grant", {"subsidy_from": "14.12.2026", "subsidy_to": "13.5.2027"}),
        ("contract", {}),
    ):
        page.get(f"{base}/step?action={action}")
        page.submit("Save", **fields)
    assert "31.8.2027" in page.page.text
    page.get(f"{base}/step?action=start")
    page.submit("Save", status=409)
    set_state(session, whole_placement(session, job), PlacementState.RUNNING, started_on=date(2026, 12, 14))
    with time_machine.travel(datetime(2027, 5, 14, 10, tzinfo=UTC), tick=False):
        page.sign_in(sari).get(f"{base}/step?action=start")
        page.submit("Save")
        page.submit("Applied for today")
        page.get(f"{base}/step?action=pay")
        page.submit("Save")
    assert "Subsidy paid" in page.page.text
