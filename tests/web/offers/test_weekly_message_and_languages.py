"""The weekly message of a kept search ends with one press; a new offer begins with the languages of its employer."""

import pytest
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.offers.finding import OfferFilter
from placement.offers.saved_searches import keep_search
from tests.support.factories.centres import make_staff
from tests.support.factories.employers import make_employer
from tests.support.page import PageClient

pytestmark = pytest.mark.database


@pytest.fixture
def staff(page: PageClient, session: Session) -> Staff:
    made = make_staff(session)
    page.sign_in(made)
    return made


def test_the_weekly_message_ends_with_one_press_without_signing_in(
    page: PageClient, session: Session, staff: Staff
) -> None:
    search = keep_search(session, staff=staff, name="Cafés", wanted=OfferFilter(words="x"))
    session.flush()
    page.sign_out().get(f"/offers/searches/end/{search.stop_key}")
    assert search.sends_digest
    assert page.submit("End the message").heading == "The weekly message has ended"
    assert not search.sends_digest
    page.get("/offers/searches/end/made-up", status=404)


def test_what_the_employer_speaks_is_ticked_on_a_new_offer(page: PageClient, session: Session, staff: Staff) -> None:
    employer = make_employer(session, staff.centre, working_languages=["sv"])
    shown = page.get(f"/offers/new/{employer.id}")
    assert [one["value"] for one in shown.select("#language_sv option[selected]")] == ["any"]
    assert [one["value"] for one in shown.select("#language_fi option[selected]") if one["value"]] == []
