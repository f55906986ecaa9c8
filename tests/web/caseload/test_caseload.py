"""The caseload: where each young person is, what is due, filters that stay, and handing over."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.audit.services import Actor
from placement.caseload.models import HandOver
from placement.caseload.queries import Standing, caseload_of, find_hand_over
from placement.caseload.services import carry_out
from placement.clock import today_in_helsinki, utcnow
from placement.introductions.states import IntroductionState
from placement.jobseekers.models import Youth
from placement.suggestions.states import SuggestionState
from tests.support.factories.centres import make_staff
from tests.support.factories.introductions import make_introduced
from tests.support.factories.suggestions import make_suggestion
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient
from tests.support.queries import counted_queries


@pytest.fixture
def staff(session: Session) -> Staff:
    return make_staff(session)


FIVE = dict.fromkeys(("PEO01", "PEO02", "FOO01", "HAN01", "ORD01"), "yes")


def standing(session: Session, staff: Staff) -> Standing:
    session.flush()
    [row] = caseload_of(session, staff, on=today_in_helsinki())
    return row.standing


def test_the_farthest_step_tells_where_somebody_is(session: Session, staff: Staff) -> None:
    youth = make_youth(session, staff)
    assert standing(session, staff) is Standing.STRENGTHS
    suggestion = make_suggestion(session, youth=youth, made_by=staff)
    assert standing(session, staff) is Standing.WAITING
    suggestion.state, suggestion.answered_at = SuggestionState.INTERESTED, utcnow()
    assert standing(session, staff) is Standing.INTERESTED
    make_introduced(session, staff=staff, suggestion=suggestion)
    assert standing(session, staff) is Standing.INTRODUCED
    make_introduced(session, staff=staff, youth=youth, state=IntroductionState.AGREED)
    assert standing(session, staff) is Standing.MEETING


@pytest.mark.parametrize(
    ("days", "next_in", "is_stalled"), [(29, None, False), (31, None, True), (31, 3, False), (31, -3, True)]
)
def test_nothing_moves_when_nothing_is_planned_for_a_month(
    session: Session, staff: Staff, days: int, next_in: int | None, is_stalled: bool
) -> None:
    today = today_in_helsinki()
    youth = make_youth(session, staff, next_on=None if next_in is None else today + timedelta(days=next_in))
    youth.created_at = utcnow() - timedelta(days=days)
    session.flush()
    assert [row.is_stalled for row in caseload_of(session, staff, on=today)] == [is_stalled]


@pytest.mark.parametrize(("days", "is_quiet"), [(20, False), (21, True)])
def test_silence_is_told_after_three_weeks(session: Session, staff: Staff, days: int, is_quiet: bool) -> None:
    today = today_in_helsinki()
    make_youth(session, staff, last_contact_on=today - timedelta(days=days))
    assert [row.is_quiet for row in caseload_of(session, staff, on=today)] == [is_quiet]


def test_filter_is_remembered_and_nonsense_shows_everybody(page: PageClient, session: Session, staff: Staff) -> None:
    make_youth(session, staff, first_name="Aino", last_contact_on=today_in_helsinki() - timedelta(days=40))
    make_youth(session, staff, first_name="Onni", last_contact_on=today_in_helsinki())
    page.sign_in(staff)
    assert "Onni K." in page.get("/young-people/caseload?show=nonsense").text
    shown = page.get("/young-people/caseload?show=quiet")
    assert "Aino K." in shown.text
    assert "Onni K." not in shown.text
    assert "Onni K." not in page.get("/young-people/caseload").text
    assert "Onni K." in page.get("/young-people/caseload?show=all").text


def test_list_takes_the_same_queries_for_any_number(
    page: PageClient, session: Session, staff: Staff, engine: Engine
) -> None:
    def opened(number: int) -> int:
        for _ in range(number):
            make_introduced(session, staff=staff, youth=make_youth(session, staff))
        page.sign_in(staff)
        with counted_queries(engine) as statements:
            page.get("/young-people/caseload")
        return len(statements)

    first = opened(2)
    assert opened(6) == first


def test_hand_over_is_told_first_and_changes_by_itself_on_the_day(
    page: PageClient, session: Session, staff: Staff
) -> None:
    other = make_staff(session, staff.centre, first_name="Mikko", last_name="Aho")
    youth = make_youth(session, staff)
    kept = make_youth(session, staff, first_name="Onni")
    page.sign_in(staff)
    page.get("/young-people/hand-over")
    shown = page.submit("Plan the hand-over", status=422)
    assert len(shown.errors) == 3
    page.submit("Plan the hand-over", youth_ids=[youth.id], to_id=other.id, reason="workload", stays_deputy="y")
    assert "Tell Aino K. that Mikko becomes their own adult" in page.get("/today/").text
    row = session.scalars(select(HandOver)).one()
    session.refresh(row, ["youth"])
    actor = Actor.system(youth.centre_id)
    assert not carry_out(session, row, on=row.takes_effect_on, actor=actor), "nobody has been told"
    page.get(f"/young-people/{youth.id}/hand-over")
    page.submit("I have told it", youth_view="That is fine")
    found = find_hand_over(session, youth.id)
    assert found is not None
    assert not carry_out(session, found, on=found.takes_effect_on - timedelta(days=1), actor=actor)
    assert carry_out(session, found, on=found.takes_effect_on, actor=actor)
    assert not carry_out(session, found, on=found.takes_effect_on, actor=actor), "once only"
    session.flush()
    session.expire_all()
    changed = session.get_one(Youth, youth.id)
    assert (changed.one_adult_id, changed.deputy_id) == (other.id, staff.id)
    assert session.get_one(Youth, kept.id).one_adult_id == staff.id
    [row_now] = caseload_of(session, other, on=today_in_helsinki())
    assert (row_now.continuity.months, row_now.continuity.adults) == (0, 2)


def test_young_person_may_keep_the_own_adult(page: PageClient, session: Session, staff: Staff) -> None:
    other = make_staff(session, staff.centre, first_name="Mikko")
    youth = make_youth(session, staff)
    page.sign_in(staff).get("/young-people/hand-over")
    page.submit("Plan the hand-over", youth_ids=[youth.id], to_id=other.id, reason="leave")
    page.get(f"/young-people/{youth.id}/hand-over")
    page.submit("Cancel the hand-over", youth_view="I want to stay")
    session.expire_all()
    assert find_hand_over(session, youth.id) is None
    assert session.get_one(Youth, youth.id).one_adult_id == staff.id


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"tell_by": "1.1.2020"}, "This day has passed"),
        ({"tell_by": "1.1.2099", "takes_effect_on": "1.1.2099"}, "The young person must know before it changes."),
        ({"meet_on": "1.1.2099"}, "They meet before it changes"),
    ],
)
def test_days_out_of_order_are_refused(
    page: PageClient, session: Session, staff: Staff, fields: dict[str, str], error: str
) -> None:
    other = make_staff(session, staff.centre)
    youth = make_youth(session, staff)
    page.sign_in(staff).get("/young-people/hand-over")
    shown = page.submit(
        "Plan the hand-over", status=422, youth_ids=[youth.id], to_id=other.id, reason="leave", **fields
    )
    assert error in shown.text


def test_continuity_counts_from_the_last_change(session: Session, staff: Staff) -> None:
    with time_machine.travel(date(2026, 1, 10)):
        make_youth(session, staff)
        session.flush()
    [row] = caseload_of(session, staff, on=date(2026, 11, 25))
    assert (row.continuity.months, row.continuity.adults) == (10, 1)


def test_promised_answer_of_an_employer_is_a_next_date(session: Session, staff: Staff) -> None:
    made = make_introduced(session, staff=staff)
    [row] = caseload_of(session, staff, on=today_in_helsinki())
    assert row.next_on == made.answer_by
