"""A young person is introduced: the card on their phone, the employer's answer, the meeting; or the card taken back."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from placement.clock import today_in_helsinki
from placement.notifications.models import Message
from placement.suggestions.states import SuggestionState
from tests.journeys.steps import choose, sign_in, take_up, write
from tests.support.browser import Visitor
from tests.support.factories.employers import make_contact, make_employer, make_offer
from tests.support.factories.suggestions import make_suggestion
from tests.support.factories.youths import make_youth
from tests.support.service import RunningService, link_in

pytestmark = pytest.mark.browser

CARD = "I make good coffee"


def _somebody_said_yes(service: RunningService, name: str) -> int:
    with service.transaction() as session:
        sari = service.worker(session, "sari@example.fi")
        youth = make_youth(session, sari, first_name=name, cards={"PEO01": "yes"})
        employer = make_employer(session, sari.centre, name=f"Kahvila {name}")
        make_contact(session, employer, name="Henna Aalto")
        offer = make_offer(session, employer)
        make_suggestion(session, youth=youth, offer=offer, made_by=sari, state=SuggestionState.INTERESTED)
        return youth.id


def _link(service: RunningService, message: str) -> str:
    """The address in the newest message of this name; at night messages wait in the outbox until the morning."""
    with service.transaction() as session:
        query = select(Message.text).where(Message.name == message).order_by(Message.id.desc())
        return link_in(session.scalars(query).first() or "")


def _write_the_card(sari: Visitor, youth_id: int, name: str) -> None:
    sari.open(f"/young-people/{youth_id}/suggestions")
    sari.follow(sari.page.get_by_role("link", name=re.compile("Introduce to the employer")).first)
    sari.press("Make the card")
    write(sari, {"Strengths": CARD, "Hours wished for": "20 hours a week, mornings"})
    sari.press("Save the card")
    sari.press(f"Send to {name}")
    assert "Waits for the young person’s yes" in sari.text()


def _send_the_card(sari: Visitor, name: str) -> None:
    sari.open("/today")
    take_up(sari, f"{name} K. said yes to the card")
    sari.press("Send to the employer")
    sari.press("Send the card")
    assert "Waits for the employer" in sari.text()


def _days_ahead(days: int) -> str:
    day = today_in_helsinki() + timedelta(days=days)
    return f"{day.day}.{day.month}.{day.year}"


def test_card_answer_and_meeting_without_an_account(visit: Callable[..., Visitor], service: RunningService) -> None:
    youth_id = _somebody_said_yes(service, "Vilja")
    sari = visit()
    sign_in(sari, service, "sari@example.fi")
    _write_the_card(sari, youth_id, "Vilja")

    vilja = visit(phone=True)
    vilja.open(_link(service, "card_to_approve"))
    assert CARD in vilja.text()
    vilja.press("Change the text")
    write(vilja, {"Something else that may be told": "I have a hygiene pass"})
    vilja.press("Save and read it again")
    vilja.press("Yes, this may be shown")
    _send_the_card(sari, "Vilja")

    henna = visit(phone=True)
    henna.open(_link(service, "introduction_sent"))
    assert "I have a hygiene pass" in henna.text()
    assert "Koskela" not in henna.page.content()
    henna.press("We want to meet")
    write(henna, {"First day": _days_ahead(2), "First time": "9", "Second day": _days_ahead(3), "Second time": "12.30"})
    henna.press("Send the times")
    assert henna.heading() == "The young person chooses a time"

    vilja.open(_link(service, "introduction_times"))
    vilja.follow(vilja.page.get_by_role("button", name=re.compile("12:30")))
    assert vilja.heading() == "Your meeting"
    henna.page.reload()
    assert henna.heading() == "You have a meeting"

    sari.page.reload()
    sari.press("How did it go?")
    choose(sari, "What came of it?", "It leads to a placement")
    sari.press("Write it down")
    assert "Leads to a placement" in sari.text()


def test_card_taken_back_leaves_the_link_empty_at_once(visit: Callable[..., Visitor], service: RunningService) -> None:
    youth_id = _somebody_said_yes(service, "Toivo")
    sari = visit()
    sign_in(sari, service, "sari@example.fi")
    _write_the_card(sari, youth_id, "Toivo")
    toivo, henna = visit(phone=True, javascript=False), visit(phone=True)
    toivo.open(_link(service, "card_to_approve"))
    toivo.press("Yes, this may be shown")
    _send_the_card(sari, "Toivo")
    address = _link(service, "introduction_sent")
    henna.open(address)
    assert CARD in henna.text()

    toivo.press("Take my card back")
    toivo.press("Take it back")
    henna.page.goto(address)
    assert henna.heading() == "This card is not shown any more"
    assert CARD not in henna.page.content()
    assert "Toivo" not in henna.page.content()
