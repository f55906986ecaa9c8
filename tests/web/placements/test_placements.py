"""Planning a placement and its page."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from placement.clock import today_in_helsinki
from placement.placements.kinds import PlacementKind
from placement.placements.models import Placement
from placement.placements.states import PlacementState
from placement.suggestions.states import SuggestionState
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.employers import make_contact, make_employer, make_offer
from tests.support.factories.placements import make_placement, whole_placement
from tests.support.factories.suggestions import make_suggestion
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient
from tests.support.queries import counted_queries

pytestmark = pytest.mark.database


def finnish(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def soon(days: int = 14) -> date:
    return today_in_helsinki() + timedelta(days=days)


def test_a_yes_to_a_suggestion_becomes_a_placement_with_what_the_offer_tells(page: PageClient, session: Session):
    sari = make_staff(session)
    youth = make_youth(session, sari, question="Do I like coffee work?")
    employer = make_employer(session, sari.centre)
    offer = make_offer(session, employer, contact_id=make_contact(session, employer).id, street_area="Torikatu 1")
    suggestion = make_suggestion(session, youth=youth, offer=offer, made_by=sari, state=SuggestionState.INTERESTED)
    page.sign_in(sari).get(f"/placements/new/{youth.id}?suggestion_id={suggestion.id}")
    page.submit("Plan it", starts_on=finnish(soon()), ends_on=finnish(soon(70)))
    placement = session.scalars(select(Placement)).one()
    assert (placement.kind, placement.state) == (PlacementKind.WORK_TRIAL, PlacementState.PLANNED)
    assert (placement.offer_id, placement.suggestion_id, placement.owner_id) == (offer.id, suggestion.id, sari.id)
    assert placement.goal == "Do I like coffee work?"
    assert placement.guide_name == "Henna"
    assert placement.place == "Torikatu 1, Rovaniemi"
    assert placement.handles_food
    assert page.page is not None
    assert page.page.heading == "Aino K. at Kahvila Aamu"


def test_a_likely_duplicate_is_warned_of_and_made_only_when_asked_for(page: PageClient, session: Session):
    sari = make_staff(session)
    placement = make_placement(session, sari)
    page.sign_in(sari).get(f"/placements/new/{placement.youth_id}")
    told = {"employer_id": str(placement.employer_id), "title": "Bicycle repair"}
    dates = {"starts_on": finnish(placement.ends_on), "ends_on": finnish(placement.ends_on + timedelta(days=30))}
    page.submit("Plan it", status=422, **told, **dates)
    assert page.page is not None
    assert "There already is a placement of the same two" in page.page.text
    page.submit("Plan it", make_anyway="y")
    assert session.scalar(select(func.count()).select_from(Placement)) == 2


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"employer_id": "0"}, "Choose the employer."),
        ({"ends_on": "1.1.2020"}, "The last day is before the first day."),
        ({"ends_on": "1.1.2040"}, "A placement lasts at most two years here."),
        ({"starts_on": "1.1.2001"}, "This day is long past."),
        ({"title": "Work of 010190-123A"}, "Remove the personal identity code."),
    ],
)
def test_wrong_input_comes_back_with_everything_kept(
    page: PageClient, session: Session, fields: dict[str, str], error: str
):
    sari = make_staff(session)
    youth = make_youth(session, sari)
    employer = make_employer(session, sari.centre)
    page.sign_in(sari).get(f"/placements/new/{youth.id}")
    right = {
        "employer_id": str(employer.id),
        "title": "Help",
        "starts_on": finnish(soon()),
        "ends_on": finnish(soon(9)),
    }
    shown = page.submit("Plan it", status=422, **(right | fields))
    assert error in shown.text
    assert session.scalar(select(func.count()).select_from(Placement)) == 0


def test_the_calendar_is_made_from_a_week_and_one_day_is_changed(page: PageClient, session: Session):
    sari = make_staff(session)
    placement = make_placement(session, sari, starts_on=date(2026, 12, 14), months=1, week={})
    page.sign_in(sari).get(f"/placements/{placement.id}/hours")
    shown = page.submit("Make the calendar", begins_0="9", ends_0="15.30", break_0="30")
    assert "Mon 9–15:30" in shown.text
    page.get(f"/placements/{placement.id}/day?on=2026-12-21")
    page.submit("Save the day", begins_0="", ends_0="", break_0="")
    assert [row.on for row in whole_placement(session, placement).hours] == [
        date(2026, 12, 14), date(2026, 12, 28), date(2027, 1, 4), date(2027, 1, 11),
    ]  # fmt: skip


def test_a_day_outside_the_dates_is_not_found(page: PageClient, session: Session):
    sari = make_staff(session)
    placement = make_placement(session, sari)
    page.sign_in(sari)
    for day in ("2020-01-01", "nonsense", ""):
        page.get(f"/placements/{placement.id}/day?on={day}", status=404)


def test_two_who_edit_at_once_do_not_overwrite_each_other(page: PageClient, session: Session):
    sari = make_staff(session)
    placement = make_placement(session, sari)
    page.sign_in(sari).get(f"/placements/{placement.id}/edit")
    placement.tasks = "Something else"
    session.commit()
    page.submit("Save", status=409, tasks="Mine")
    assert session.get_one(Placement, placement.id).tasks == "Something else"


def test_a_line_is_put_aside_with_a_reason_that_stands_beside_it(page: PageClient, session: Session):
    sari = make_staff(session)
    placement = make_placement(session, sari, laid_off_lately="unknown")
    page.sign_in(sari).get(f"/placements/{placement.id}")
    assert page.page is not None
    [address] = [link for link in page.page.links() if "put-aside" in link]
    page.get(address)
    page.submit("Looked at", status=422, reason="  ")
    shown = page.submit("Looked at", reason="Asked Maija at the authority: fine")
    assert "Asked Maija at the authority: fine" in shown.text
    page.get(address, status=404)


def test_a_signature_cannot_be_put_aside(page: PageClient, session: Session):
    sari = make_staff(session)
    placement = make_placement(session, sari)
    page.sign_in(sari).get(f"/placements/{placement.id}/put-aside?rule=WT-15&line=not_sent", status=404)


def test_handing_over_keeps_everything_and_lets_the_new_owner_in(page: PageClient, session: Session):
    sari = make_staff(session)
    ahmed = make_staff(session, sari.centre, first_name="Ahmed")
    placement = make_placement(session, sari)
    page.sign_in(ahmed)
    assert page.client.get(f"/placements/{placement.id}").status_code == 303  # led to give a reason
    page.sign_in(sari).get(f"/placements/{placement.id}/hand-over")
    page.submit("Hand over", owner_id=str(ahmed.id))
    page.sign_in(ahmed).get(f"/placements/{placement.id}")
    assert page.page is not None
    assert "Ahmed Lahtinen" in page.page.text


def test_cancelling_asks_whose_decision_and_why(page: PageClient, session: Session):
    sari = make_staff(session)
    placement = make_placement(session, sari)
    page.sign_in(sari).get(f"/placements/{placement.id}/cancel")
    page.submit("Cancel the placement", status=422)
    shown = page.submit("Cancel the placement", reason="health", decided_by="organiser")
    assert "Health (no details)" in shown.text
    page.get(f"/placements/{placement.id}/cancel", status=404)


def test_another_centre_finds_nothing(page: PageClient, session: Session):
    placement = make_placement(session, make_staff(session))
    page.sign_in(make_staff(session, make_centre(session, name="Ohjaamo Muualla")))
    for part in ("", "/edit", "/answers", "/hours", "/cancel", "/hand-over"):
        page.get(f"/placements/{placement.id}{part}", status=404)


def test_the_list_takes_as_many_queries_however_long_it_is(page: PageClient, session: Session, engine: Engine):
    sari = make_staff(session)
    counts = []
    for _round in range(2):
        for _number in range(3):
            make_placement(session, sari, week={})
        page.sign_in(sari)
        with counted_queries(engine) as statements:
            page.get("/placements/")
        counts.append(len(statements))
    assert counts[0] == counts[1], counts
