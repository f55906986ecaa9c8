"""Looking at open places oneself and marking those to talk about; what the worker sees of it."""

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from placement.accounts.models import LinkPurpose, Staff
from placement.accounts.personal_links import make_link
from placement.clock import utcnow
from placement.employers.models import Employer
from placement.jobseekers.models import Youth
from placement.offers.models import Offer, OfferKind, Visibility
from placement.offers.states import OfferState
from placement.suggestions.models import OfferWish
from tests.support.factories.centres import make_staff
from tests.support.factories.employers import make_employer, make_offer
from tests.support.factories.suggestions import make_suggestion
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient
from tests.support.queries import counted_queries

pytestmark = pytest.mark.database


@pytest.fixture
def sari(session: Session) -> Staff:
    return make_staff(session)


@pytest.fixture
def aino(session: Session, sari: Staff) -> Youth:
    return make_youth(session, sari, cards=dict.fromkeys(("FOO08", "FOO01", "PEO16"), "yes"))


@pytest.fixture
def employer(session: Session, sari: Staff) -> Employer:
    return make_employer(session, sari.centre)


@pytest.fixture
def cafe(session: Session, employer: Employer) -> Offer:
    return make_offer(session, employer, title="Kahvilassa", task_family="T11", visibility=Visibility.OPEN)


def my_page(session: Session, youth: Youth) -> str:
    token = make_link(session, centre_id=youth.centre_id, purpose=LinkPurpose.MY_PAGE, youth_id=youth.id)
    return f"/me/{token}"


@pytest.mark.usefixtures("cafe")
def test_only_places_for_everybody_are_listed(
    page: PageClient, session: Session, employer: Employer, aino: Youth
) -> None:
    for title, values in {
        "For staff": {"visibility": Visibility.INSIDE},
        "For some": {"visibility": Visibility.SELECTED},
        "Gone": {"visibility": Visibility.OPEN, "state": OfferState.WITHDRAWN, "ended_at": utcnow()},
    }.items():
        offer = make_offer(session, employer, title=title, **values)
        page.get(f"{my_page(session, aino)}/offers/{offer.id}", status=404)
    other = make_employer(session, make_staff(session).centre)
    foreign = make_offer(session, other, title="Elsewhere", visibility=Visibility.OPEN)
    shown = page.get(f"{my_page(session, aino)}/offers")
    assert [title.get_text() for title in shown.select("article h2")] == ["Kahvilassa"]
    page.get(f"{my_page(session, aino)}/offers/{foreign.id}", status=404)


@pytest.mark.usefixtures("cafe")
def test_the_best_fit_comes_first_and_kinds_can_be_chosen(
    page: PageClient, session: Session, employer: Employer, aino: Youth
) -> None:
    make_offer(
        session, employer, title="Varastossa", task_family="T50", kind=OfferKind.OPEN_JOB,
        visibility=Visibility.OPEN,
    )  # fmt: skip
    address = f"{my_page(session, aino)}/offers"
    titles = [title.get_text() for title in page.get(address).select("article h2")]
    assert titles == ["Kahvilassa", "Varastossa"]
    jobs = page.get(f"{address}?kind=open_job")
    assert [title.get_text() for title in jobs.select("article h2")] == ["Varastossa"]
    assert len(page.get(f"{address}?kind=nonsense").select("article")) == 2


def test_a_marked_place_reaches_the_worker_and_is_told_back(
    page: PageClient, session: Session, sari: Staff, aino: Youth, cafe: Offer
) -> None:
    own = my_page(session, aino)
    page.get(f"{own}/offers/{cafe.id}")
    marked = page.submit("I want to talk about this")
    assert "You marked this place." in marked.text
    assert "Kahvilassa" in page.get(own).text
    today = page.sign_in(sari).get("/today")
    assert "Aino K. wants to talk about: Kahvilassa" in today.text
    page.get(f"/young-people/{aino.id}/suggestions")
    page.submit("We have talked about it")
    assert "wants to talk about" not in page.get("/today").text
    assert "Your own adult has talked with you about it." in page.sign_out().get(f"{own}/offers/{cafe.id}").text


def test_marking_twice_is_once_and_the_mark_can_be_taken_back(
    page: PageClient, session: Session, aino: Youth, cafe: Offer
) -> None:
    own = my_page(session, aino)
    first, second = page.get(f"{own}/offers/{cafe.id}"), page.get(f"{own}/offers/{cafe.id}")
    for opened in (first, second):
        page.page = opened
        page.submit("I want to talk about this")
    assert len(session.scalars(select(OfferWish)).all()) == 1
    page.submit("Take the mark back")
    assert session.scalars(select(OfferWish)).all() == []


def test_a_place_already_suggested_opens_as_the_suggestion(
    page: PageClient, session: Session, sari: Staff, aino: Youth, cafe: Offer
) -> None:
    suggestion = make_suggestion(session, youth=aino, offer=cafe, made_by=sari)
    opened = page.get(f"{my_page(session, aino)}/offers/{cafe.id}", follow=True)
    assert opened.heading == "A place for you?"
    assert suggestion.offer_id == cafe.id


def test_protected_contact_sees_no_distance_here_either(
    page: PageClient, session: Session, aino: Youth, cafe: Offer
) -> None:
    aino.protected_contact, cafe.municipality_code = True, "564"
    own = my_page(session, aino)
    for address in (f"{own}/offers", f"{own}/offers/{cafe.id}"):
        assert " km" not in page.get(address).text


@pytest.mark.usefixtures("cafe")
def test_more_places_take_no_more_queries(
    page: PageClient, session: Session, engine: Engine, employer: Employer, aino: Youth
) -> None:
    address = f"{my_page(session, aino)}/offers"

    def count() -> int:
        page.get(address)
        with counted_queries(engine) as statements:
            page.get(address)
        return len(statements)

    few = count()
    for number in range(12):
        make_offer(session, employer, title=f"Kahvila {number}", visibility=Visibility.OPEN)
    assert count() == few
