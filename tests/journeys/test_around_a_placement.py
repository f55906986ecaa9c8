"""Around a placement in a browser: an early end on day 3, both views and the question months later; a subsidy."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from jobs.runner import Work
from jobs.tasks import ask_at_the_end
from placement.clock import today_in_helsinki
from placement.links import page_address
from placement.placements.kinds import PartyRole, PlacementKind
from placement.placements.models import Placement
from placement.placements.states import PlacementState
from placement.placements.support_plan.services import keep_plan
from tests.journeys.steps import choose, sign_in, write
from tests.support.browser import Visitor
from tests.support.factories.employers import make_contact, make_employer
from tests.support.factories.placements import make_placement, whole_placement
from tests.support.factories.support import link_of, make_running, set_state
from tests.support.factories.youths import make_youth
from tests.support.service import RunningService, link_in

pytestmark = pytest.mark.browser

VILLE = "+358407771234"
THREE_MONTHS = timedelta(days=92)


def _finnish(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


@pytest.fixture
def trial_id(service: RunningService) -> int:
    """A trial of Ville that began two days ago."""
    with service.transaction() as session:
        sari = service.worker(session, "sari@example.fi")
        ville = make_youth(session, sari, first_name="Ville", last_name="Kivi", phone=VILLE, language="en")
        contact = make_contact(session, make_employer(session, sari.centre, name="Pyöräpaja Kaari"), name="Jari Kaari")
        first = today_in_helsinki() - timedelta(days=2)
        return make_running(session, sari, starts_on=first, youth=ville, contact=contact).id


def _link(service: RunningService, placement_id: int, role: PartyRole) -> str:
    with service.transaction() as session:
        token = link_of(session, session.get_one(Placement, placement_id), role)
        return link_in(page_address("at_work.show", token=token))


def _ended_months_ago(service: RunningService, placement_id: int) -> None:
    """Move the whole placement three months and a day back, as if the clock had moved forward."""
    with service.transaction() as session:
        placement = session.get_one(Placement, placement_id)
        back = THREE_MONTHS + timedelta(days=3)
        days = {name: getattr(placement, name) - back for name in ("starts_on", "started_on", "ends_on", "last_day")}
        session.execute(update(Placement).where(Placement.id == placement_id).values(**days))
        session.expire_all()
        keep_plan(session, whole_placement(session, placement))


def test_an_early_end_on_day_three_leads_to_the_question_three_months_later(
    service: RunningService, visit: Callable[..., Visitor], trial_id: int
):
    ville, jari, sari = visit(phone=True), visit(phone=True), visit()
    ville.open(_link(service, trial_id, PartyRole.PARTICIPANT))
    ville.press("Call me")
    assert "Somebody from Ohjaamo calls you." in ville.text()
    sign_in(sari, service, "sari@example.fi")
    assert "Ville K. asks you to call" in sari.text()
    sari.open(f"/placements/{trial_id}/support")
    sari.press("Called back")
    sari.open(f"/placements/{trial_id}/interrupt")
    sari.page.get_by_label("The work did not suit").check()
    sari.press("End it early")
    assert "it ended within the first working days" in sari.text()
    jari.open(_link(service, trial_id, PartyRole.GUIDE) + "/how-it-went")
    choose(jari, "Strengths that were seen", "I come on time")
    choose(jari, "Would you take somebody again?", "Yes")
    jari.press("Save")
    ville.open(_link(service, trial_id, PartyRole.PARTICIPANT) + "/how-it-went")
    choose(ville, "Was the question answered?", "Yes")
    ville.press("Save")
    ville.press("Yes, take them")
    assert "They are among your strengths now." in ville.text()
    sari.open(f"/placements/{trial_id}/closing")
    assert "I come on time" in sari.text()
    _ended_months_ago(service, trial_id)
    before = len(service.texts_to(VILLE))
    with service.app.app_context():
        ask_at_the_end.run(Work(service.app, "journey:1"))
    ville.open(link_in(service.text_to(VILLE, after=before)))
    ville.press("Studying")
    sari.open(f"/placements/{trial_id}/closing")
    assert "Studying" in sari.text()


@pytest.fixture
def job_id(service: RunningService) -> int:
    """A wage-subsidised job planned for Noora."""
    with service.transaction() as session:
        sari = service.worker(session, "sari@example.fi")
        noora = make_youth(session, sari, first_name="Noora", last_name="Tuuli")
        employer = make_employer(session, sari.centre, name="Varasto Tuuli", business_id="2468135-7")
        contact = make_contact(session, employer, name="Teija Tuuli")
        first = today_in_helsinki() + timedelta(days=21)
        job = make_placement(
            session, sari, youth=noora, contact=contact, kind=PlacementKind.WAGE_SUBSIDY_JOB, starts_on=first, months=5
        )
        return job.id


def test_a_wage_subsidised_job_goes_from_an_idea_to_the_payment(
    service: RunningService, visit: Callable[..., Visitor], job_id: int
):
    today, sari = today_in_helsinki(), visit()
    sign_in(sari, service, "sari@example.fi")
    sari.open(f"/placements/{job_id}")
    sari.press("Wage-subsidy pack")
    sari.press("Begin the pack")
    write(sari, {"Collective agreement": "Trade", "Weekly hours": "30", "Gross pay in a month": "2100"})
    write(sari, {"How long is the contract?": "Permanent"})
    choose(sari, "Is it business activity?", "Yes")
    sari.press("Save")
    assert "6 things are missing" in sari.text()
    sari.press("Fill the pack")
    for box in sari.page.locator("main input[type=checkbox]").all():
        box.check()
    write(sari, {"The young person agreed on": _finnish(today)})
    sari.press("Save")
    assert "Nothing is missing" in sari.text()
    sari.press("Note that it was applied for")
    sari.press("Save")
    sari.press("It was granted")
    first = today + timedelta(days=21)
    write(sari, {"First day of the subsidy": _finnish(first)})
    write(sari, {"Last day of the subsidy": _finnish(first + timedelta(days=150))})
    sari.press("Save")
    sari.press("Note the contract")
    sari.press("Save")
    with service.transaction() as session:
        job = whole_placement(session, session.get_one(Placement, job_id))
        set_state(session, job, PlacementState.RUNNING)
    sari.press("Note that the work has started")
    sari.press("Save")
    sari.press("Applied for today")
    sari.press("Note that the subsidy was paid")
    sari.press("Save")
    assert "Subsidy paid" in sari.text()
