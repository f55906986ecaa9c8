"""Input that no page sends is refused kindly and is never a fault of the service."""

import pytest
from sqlalchemy.orm import Session

from tests.support.factories.centres import make_staff
from tests.support.factories.employers import make_employer, make_offer
from tests.support.page import PageClient
from tests.support.requests import form_token

pytestmark = pytest.mark.shown

HUGE = 10**25


@pytest.mark.parametrize("address", [f"/young-people/{HUGE}", f"/offers/{2**31}", f"/recruitment-days/{HUGE}/invite"])
def test_number_that_no_row_can_have_is_not_found(page: PageClient, session: Session, address: str) -> None:
    page.sign_in(make_staff(session)).get(address, status=404)


@pytest.mark.parametrize("query", ["employers/?owner_id", "offers/?page", "offers/new?employer_id"])
def test_number_that_no_row_can_have_narrows_nothing(page: PageClient, session: Session, query: str) -> None:
    page.sign_in(make_staff(session)).get(f"/{query}={HUGE}")


@pytest.mark.parametrize("address", ["/young-people/?search=a%00b", "/employers/?words=%00", "/?%00=x", "/?next=//["])
def test_zero_bytes_and_unreadable_return_addresses_are_refused(
    page: PageClient, session: Session, address: str
) -> None:
    page.sign_in(make_staff(session)).get(address, status=400)


def test_zero_byte_in_a_form_is_refused(page: PageClient) -> None:
    page.get("/sign-in")
    data = {"csrf_token": form_token(page), "email": "a\x00b@example.fi", "password": "x"}
    assert page.client.post("/sign-in", data=data).status_code == 400


@pytest.mark.parametrize("version", ["²", "9" * 5000, "-1", ""])
def test_odd_version_is_an_old_one(page: PageClient, session: Session, version: str) -> None:
    staff = make_staff(session)
    offer = make_offer(session, make_employer(session, staff.centre))
    page.sign_in(staff).get(f"/offers/{offer.id}/edit")
    page.submit(None, version=version, status=409)


@pytest.mark.parametrize("target", ["/young-people/\r\nX-Added: 1", "/\n", "/\x1b[0m"])
def test_return_address_with_control_characters_adds_no_header(page: PageClient, session: Session, target: str) -> None:
    page.get("/")
    data = {"csrf_token": form_token(page), "language": "en", "next": target}
    response = page.client.post("/language", data=data)
    assert (response.status_code, response.location) == (303, "/")
    assert "X-Added" not in response.headers
