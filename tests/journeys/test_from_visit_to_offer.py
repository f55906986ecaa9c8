"""A worker writes down a visit, makes an offer of a need told in it, and mends an employer that was kept twice."""

from collections.abc import Callable

import pytest

from tests.journeys.steps import choose, field, open_tab, sign_in, write
from tests.support.browser import Visitor
from tests.support.factories.employers import make_contact, make_employer
from tests.support.service import RunningService

pytestmark = pytest.mark.browser

NEED = "Siivous jää joka viikko tekemättä"
OUTI = "outi@example.fi"


def _given(service: RunningService) -> None:
    with service.transaction() as session:
        outi = service.worker(session, OUTI)
        make_employer(session, outi.centre, name="Kukkakauppa Vanamo", owner_id=outi.id)
        twice = make_employer(session, outi.centre, name="Vanamo kukkakauppa Oy", owner_id=outi.id)
        make_contact(session, twice, name="Helmi Vanamo")


def test_a_visit_becomes_a_need_and_an_offer_and_a_double_employer_one(
    visit: Callable[..., Visitor], service: RunningService
) -> None:
    _given(service)
    outi = visit()
    sign_in(outi, service, OUTI)
    outi.press("Log a talk with an employer")
    write(outi, {"Employer": "Kukkakauppa Vanamo", "What is left undone each week?": NEED})
    choose(outi, "When do you look at it again?", "In a week")
    outi.press("Save")
    assert outi.heading() == "Kukkakauppa Vanamo"
    assert NEED in outi.text()

    outi.press("Make an offer of it")
    assert field(outi, "What would you do?").input_value() == NEED
    outi.open("/employers/hidden-jobs")
    row = outi.find("tbody tr").filter(has_text=NEED)
    assert "Offer" in row.inner_text()

    open_tab(outi, "Kept twice?")
    outi.follow(outi.find("tbody tr").filter(has_text="Vanamo").get_by_role("link", name="Compare"))
    outi.press("Merge them")
    assert "Helmi Vanamo" in outi.text()
    assert NEED in outi.text()
    outi.press("Take the merge back")
    assert "Helmi Vanamo" not in outi.text()
    assert NEED in outi.text()
