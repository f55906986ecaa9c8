"""Why not this one: any place is looked for, and its rule, its place in the list or a way forward is told."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.employers.models import Employer
from placement.jobseekers.models import Youth
from placement.offers.models import Offer
from placement.offers.states import OfferState
from placement.suggestions.decisions.models import ListAction, ListStep
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.employers import make_employer, make_offer
from tests.support.factories.suggestions import make_suggestion
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient

CARDS = {"FOO01": "yes", "PEO16": "yes", "PEO01": "yes", "PEO04": "yes", "CAR01": "a_little", "ENV05": "suits"}


@pytest.fixture
def sari(session: Session) -> Staff:
    return make_staff(session)


@pytest.fixture
def aino(session: Session, sari: Staff) -> Youth:
    youth = make_youth(session, sari, cards=CARDS, day_parts={"morning": True, "day": True, "night": False})
    youth.one_adult = sari
    return youth


@pytest.fixture
def employer(session: Session, sari: Staff) -> Employer:
    return make_employer(session, sari.centre)


def _url(youth: Youth, **asked: object) -> str:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"/young-people/{youth.id}/suggestions/why-not?{query}"


def test_a_place_is_looked_for_by_words_and_by_number(
    page: PageClient, session: Session, sari: Staff, aino: Youth, employer: Employer
):
    offer = make_offer(session, employer, title="Night_baker 100 %")
    make_offer(session, employer, title="Gardener")
    make_offer(session, make_employer(session, make_centre(session), name="Elsewhere"), title="Night baker")
    page.sign_in(sari)
    assert "Gardener" not in page.get(_url(aino, words="night")).text
    for words in ("night_baker", f"{employer.name} 100+%25", offer.id):
        assert "Night_baker 100 %" in page.get(_url(aino, words=words)).text
    for words in ("elsewhere", "99999999999999999999", "nothing"):
        assert "No offer was found" in page.get(_url(aino, words=words)).text


def test_the_rule_and_what_would_make_it_fit_are_told_and_the_look_is_kept(
    page: PageClient, session: Session, sari: Staff, aino: Youth, employer: Employer
):
    offer = make_offer(session, employer, title="Baker", day_parts=["night", "morning"])
    page.sign_in(sari)
    page.get(f"/young-people/{aino.id}/suggestions")
    opened = page.get(_url(aino, offer=offer.id))
    assert "It was set aside" in opened.text
    assert "Times of day do not suit" in opened.text
    assert "Ask the employer for other hours, without: nights" in opened.text
    assert "Then it would be" in opened.text
    step = session.scalars(select(ListStep)).one()
    assert (step.action, step.offer_id) == (ListAction.ASKED_WHY_NOT, offer.id)


def test_nothing_is_advised_against_a_cannot(page: PageClient, session: Session, sari: Staff, employer: Employer):
    youth = make_youth(session, sari, cards={"ENV05": "cannot"})
    youth.one_adult = sari
    offer = make_offer(session, employer, environment={"ENV05": True})
    opened = page.sign_in(sari).get(_url(youth, offer=offer.id))
    assert "Nothing that anybody can change now" in opened.text
    assert "Send to" not in opened.text


def test_a_place_in_the_list_tells_where_it_stands(
    page: PageClient, session: Session, sari: Staff, aino: Youth, employer: Employer
):
    offer = make_offer(session, employer)
    opened = page.sign_in(sari).get(_url(aino, offer=offer.id))
    assert "no. 1 of 1" in opened.text
    make_suggestion(session, youth=aino, offer=offer, made_by=sari)
    assert "suggested before" in page.get(_url(aino, offer=offer.id)).text


def test_a_closed_place_says_so_and_other_centres_are_not_found(
    page: PageClient, session: Session, sari: Staff, aino: Youth, employer: Employer
):
    closed = make_offer(session, employer, state=OfferState.SUBMITTED)
    other = make_offer(session, make_employer(session, make_centre(session)))
    page.sign_in(sari)
    assert "The offer is not open now" in page.get(_url(aino, offer=closed.id)).text
    page.get(_url(aino, offer=other.id), status=404)
    page.get(_url(aino, offer=999999), status=404)
    assert page.get(_url(aino, offer="nonsense")).status == 200


def test_protected_contact_is_not_told_by_the_rule_of_the_way(
    page: PageClient, session: Session, sari: Staff, aino: Youth, employer: Employer
):
    offer = make_offer(session, employer, municipality_code="091")
    aino.protected_contact, aino.travel_minutes_max = True, 5
    session.flush()
    opened = page.sign_in(sari).get(_url(aino, offer=offer.id))
    assert "Another practical wish" in opened.text
    assert " min" not in opened.text


def test_the_list_tells_what_to_ask_next_and_the_change_that_opens_most(
    page: PageClient, session: Session, sari: Staff, aino: Youth, employer: Employer
):
    aino.cards_held = ["first_aid"]
    for number in range(8):
        part = "evening" if number % 2 else "day"
        offer: Offer = make_offer(session, employer, title=f"Place {number}", day_parts=[part])
        offer.cards_needed = {"hygiene": "at_start"} if number < 3 else {}
    session.flush()
    opened = page.sign_in(sari).get(f"/young-people/{aino.id}/suggestions")
    assert "One change that opens most places" in opened.text
    assert "3 more places would come into the list" in opened.text
    assert "Ask this next" in opened.text
    assert "Can Aino work at these times: evenings?" in opened.text
