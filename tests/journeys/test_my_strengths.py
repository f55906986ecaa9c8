"""Own side of a young person: cards with a stop and a lost network, an answer undone, data taken along."""

import re
from collections.abc import Callable

import pytest

from placement.accounts.models import LinkPurpose
from placement.accounts.personal_links import make_link
from placement.links import page_address
from tests.support.browser import Visitor
from tests.support.factories.employers import make_employer, make_offer
from tests.support.factories.suggestions import make_suggestion
from tests.support.factories.youths import make_youth
from tests.support.service import RunningService, link_in

pytestmark = pytest.mark.browser


def _own_page(service: RunningService) -> str:
    """The own page of a young person who has told nothing yet and to whom one place was suggested."""
    with service.transaction() as session:
        sari = service.worker(session, "sari@example.fi")
        youth = make_youth(session, sari, first_name="Ronja")
        employer = make_employer(session, sari.centre, name="Kahvila Ronja")
        offer = make_offer(session, employer, title="Leipurin apuri")
        make_suggestion(session, youth=youth, offer=offer, made_by=sari)
        token = make_link(session, centre_id=sari.centre_id, purpose=LinkPurpose.MY_PAGE, youth_id=youth.id)
        return link_in(page_address("me.show", token=token))


def _answer(phone: Visitor, answer: str) -> None:
    before = phone.heading()
    phone.find("[data-deck-form] > .answers").get_by_role("button", name=answer, exact=True).click()
    phone.page.wait_for_function("before => document.querySelector('h1').innerText !== before", arg=before)


def _tell_strengths_with_a_lost_network(phone: Visitor) -> None:
    phone.press("Find your strengths")
    for answer in ("That’s me", "A little", "That’s me"):
        _answer(phone, answer)
    phone.look()
    phone.context.set_offline(True)
    for answer in ("That’s me", "Want to learn", "That’s me"):
        _answer(phone, answer)
    phone.page.get_by_text("Answers that wait: 3").wait_for()
    assert "Card 7" in phone.text()
    phone.context.set_offline(False)
    phone.page.get_by_text("Everything is saved.").wait_for()
    phone.complaints.clear()  # the browser itself complains of a lost network
    phone.look()


def test_a_young_person_tells_strengths_answers_and_takes_the_data_along(
    visit: Callable[..., Visitor], service: RunningService
) -> None:
    own_page = _own_page(service)
    phone = visit(phone=True)
    phone.open(own_page)
    assert "5 more strengths" in phone.text()
    _tell_strengths_with_a_lost_network(phone)

    # Another day, another phone, no JavaScript: it goes on where it stopped.
    later = visit(phone=True, javascript=False)
    later.open(f"{own_page}/cards")
    assert "Card 7" in later.text()
    later.press("That’s me")
    assert "Card 8" in later.text()
    later.press("Enough for now: to my page")
    assert "more strength" not in later.text()

    phone.open(own_page)
    phone.press("Leipurin apuri")
    phone.press("Not now")
    phone.press("Too far away")
    phone.press("Undo")
    assert phone.heading() == "A place for you?"
    phone.press("I want to hear more")
    phone.press("My page")
    phone.find("details > summary").filter(has_text="Places you have answered").click()
    assert "I want to hear more" in phone.text()

    phone.press("See and change my strengths")
    phone.open(f"{own_page}/data")
    phone.press("My page")
    phone.press("Everything that is kept about me")
    assert "Ronja" in phone.text()
    with phone.page.expect_download() as taken:
        phone.page.get_by_role("link", name="Take it as a file (JSON)").click()
    text = taken.value.path().read_text(encoding="utf-8")
    assert len(re.findall(r'"card_id": "\w{5}"', text)) >= 7
