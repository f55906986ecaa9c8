"""An employer adds a colleague, takes away one who has left, and says: not now, ask me in spring."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.accounts.models import LinkPurpose
from placement.accounts.personal_links import make_link
from placement.clock import today_in_helsinki
from placement.employers.models import Employer, EmployerContact
from placement.notifications.models import Message
from placement.offers.models import Offer
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.employers import make_contact, make_employer, make_offer
from tests.support.factories.introductions import make_introduced
from tests.support.page import PageClient


@pytest.fixture
def contact(session: Session) -> EmployerContact:
    """A contact person."""
    return make_contact(session, make_employer(session, make_centre(session)))


def link_of(session: Session, contact: EmployerContact) -> str:
    token = make_link(
        session, centre_id=contact.centre_id, purpose=LinkPurpose.EMPLOYER_PAGE, employer_contact_id=contact.id
    )
    session.flush()
    return token


def test_a_colleague_is_added_and_gets_a_link_that_works(
    page: PageClient, session: Session, contact: EmployerContact
) -> None:
    token = link_of(session, contact)
    page.get(f"/e/{token}/people/new")
    shown = page.submit("Add and send a link", status=422, name="Ville Virta", channel="sms")
    assert "Write the phone number" in shown.errors[0]
    shown = page.submit("Add and send a link", phone="040 123 4567")
    assert "Ville Virta" in shown.text
    message = session.scalars(select(Message)).one()
    assert message.address == "+358401234567"
    page.get("/e/" + message.text.rsplit("/e/", 1)[1].split()[0].rstrip("."))


def test_one_who_has_left_is_taken_away_and_their_link_dies(
    page: PageClient, session: Session, contact: EmployerContact
) -> None:
    token, other = link_of(session, contact), make_contact(session, session.get_one(Employer, contact.employer_id))
    theirs = link_of(session, other)
    page.get(f"/e/{theirs}")
    page.get(f"/e/{token}/people/{other.id}/remove")
    page.submit("Take away")
    page.get(f"/e/{theirs}", status=404)
    page.get(f"/e/{token}/people/{contact.id}/remove", status=404)
    stranger = make_contact(session, make_employer(session, make_centre(session)))
    page.get(f"/e/{token}/people/{stranger.id}/remove", status=404)


def test_nobody_fills_the_page_with_contact_people(
    page: PageClient, session: Session, contact: EmployerContact
) -> None:
    for _number in range(9):
        make_contact(session, session.get_one(Employer, contact.employer_id))
    page.get(f"/e/{link_of(session, contact)}/people/new")
    shown = page.submit("Add and send a link", status=422, name="One more", email="more@example.fi")
    assert "Remove one first" in shown.text
    assert session.scalar(select(func.count()).select_from(EmployerContact)) == 10


def test_not_now_pauses_the_places_and_becomes_a_task_of_the_contact_at_ohjaamo(
    page: PageClient, session: Session
) -> None:
    staff = make_staff(session)
    employer = make_employer(session, staff.centre, owner_id=staff.id)
    contact = make_contact(session, employer)
    offer = make_offer(session, employer)
    token = link_of(session, contact)
    page.get(f"/e/{token}/not-now")
    page.submit("Ask me then", status=422, when="day", on="1.1.2020")
    until = today_in_helsinki() + timedelta(days=40)
    shown = page.submit("Ask me then", on=f"{until.day}.{until.month}.{until.year}")
    assert "We ask you again on" in shown.text
    assert (employer.asks_again_on, session.get_one(Offer, offer.id).paused_until) == (until, until)
    page.submit("We can talk now")
    assert (employer.asks_again_on, session.get_one(Offer, offer.id).paused_until) == (None, None)
    employer.asks_again_on = today_in_helsinki()
    page.sign_in(staff)
    assert "Kahvila Aamu wanted to be asked again" in page.get("/today/").text
    page.get(f"/employers/{employer.id}/talks/new")
    page.submit("Save")
    assert employer.asks_again_on is None


def test_a_season_is_the_next_one(page: PageClient, session: Session, contact: EmployerContact) -> None:
    page.get(f"/e/{link_of(session, contact)}/not-now")
    page.submit("Ask me then", when="spring")
    employer = session.get_one(Employer, contact.employer_id)
    today = today_in_helsinki()
    assert employer.asks_again_on is not None
    assert today < employer.asks_again_on <= date(today.year + 1, 3, 1)
    assert (employer.asks_again_on.month, employer.asks_again_on.day) == (3, 1)


def test_a_card_to_be_answered_is_reached_from_the_own_page_without_naming_anybody(
    page: PageClient, session: Session
) -> None:
    made = make_introduced(session)
    contact = session.get_one(EmployerContact, made.contact_id)
    token = link_of(session, contact)
    shown = page.get(f"/e/{token}")
    assert "A young person waits for your answer" in shown.text
    assert "Aino" not in shown.text
    assert "Aino" in page.submit("Read and answer").text
    other = make_contact(session, session.get_one(Employer, contact.employer_id))
    assert "waits for your answer" not in page.get(f"/e/{link_of(session, other)}").text
