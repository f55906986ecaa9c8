"""Strength cards through a personal link: one at a time, stop and go on, twice, skipped, wrong."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.accounts.models import LinkPurpose
from placement.accounts.personal_links import make_link
from placement.audit.models import ActorKind, AuditEntry
from placement.jobseekers.models import CardAnswer, CardSkip, StrengthAnswer, Youth
from placement.suggestions.deck import OPENING
from placement.vocabulary import cards_by_id
from tests.support.factories.centres import make_staff
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient

pytestmark = pytest.mark.database


@pytest.fixture
def aino(session: Session) -> Youth:
    return make_youth(session, make_staff(session))


def cards_of(session: Session, youth: Youth) -> str:
    token = make_link(session, centre_id=youth.centre_id, purpose=LinkPurpose.MY_PAGE, youth_id=youth.id)
    return f"/me/{token}/cards"


def answers(session: Session) -> dict[str, CardAnswer]:
    return {row.card_id: row.answer for row in session.scalars(select(StrengthAnswer))}


def test_one_card_at_a_time_with_four_answers(page: PageClient, session: Session, aino: Youth) -> None:
    shown = page.get(cards_of(session, aino))
    first = cards_by_id()[OPENING[0]]
    assert shown.heading == first.en
    assert "Card 1 · stop whenever you like" in shown.text
    assert "about 5 min" in shown.text
    main = [button.get_text(" ", strip=True) for button in shown.select("form > .answers button")]
    assert main == ["That’s me", "A little", "Want to learn", "Not me"]
    assert "You and your workers at Ohjaamo (Sari) see these." in shown.text
    assert shown.response.headers["Referrer-Policy"] == "no-referrer"


def test_answers_lead_on_and_are_kept_as_their_own(page: PageClient, session: Session, aino: Youth) -> None:
    page.get(cards_of(session, aino))
    second = page.submit("That’s me")
    assert second.heading == cards_by_id()[OPENING[1]].en
    assert "Card 2" in second.text
    page.submit("Want to learn")
    assert answers(session) == {OPENING[0]: CardAnswer.YES, OPENING[1]: CardAnswer.WANT_TO_LEARN}
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "youth.cards_answered")).first()
    assert entry is not None
    assert entry.actor_kind is ActorKind.YOUTH
    shown = page.page
    assert shown is not None
    told = [tag.get_text() for tag in shown.select("[data-deck-told] .tag")]
    assert told == ["want to learn: I cook", cards_by_id()[OPENING[0]].en]


def test_stopping_and_going_on_goes_on_where_it_was(page: PageClient, session: Session, aino: Youth) -> None:
    address = cards_of(session, aino)
    page.get(address)
    page.submit("Not me")
    again = page.sign_out().get(address)
    assert again.heading == cards_by_id()[OPENING[1]].en
    assert "Card 2" in again.text


def test_back_shows_the_answer_and_lets_it_change(page: PageClient, session: Session, aino: Youth) -> None:
    page.get(cards_of(session, aino))
    shown = page.submit("That’s me")
    back = page.get(str(shown.select("[data-deck-back]")[0]["href"]))
    assert back.heading == cards_by_id()[OPENING[0]].en
    pressed = [button for button in back.select("form > .answers button") if "ghost" not in button["class"]]
    assert [" ".join(button.get_text(" ").split()) for button in pressed] == ["That’s me (your answer now)"]
    page.submit("A little")
    assert answers(session) == {OPENING[0]: CardAnswer.A_LITTLE}


def test_skipping_keeps_no_answer_and_does_not_ask_again_at_once(
    page: PageClient, session: Session, aino: Youth
) -> None:
    page.get(cards_of(session, aino))
    shown = page.submit("Skip")
    assert shown.heading == cards_by_id()[OPENING[1]].en
    assert answers(session) == {}
    assert session.scalars(select(CardSkip.card_id)).all() == [OPENING[0]]


def test_two_taps_on_one_card_count_once(page: PageClient, session: Session, aino: Youth) -> None:
    first = page.get(cards_of(session, aino))
    page.submit("That’s me")
    page.page = first
    page.submit("Not me")
    assert answers(session) == {OPENING[0]: CardAnswer.YES}
    assert len(session.scalars(select(AuditEntry).where(AuditEntry.action == "youth.cards_answered")).all()) == 1


def test_five_strengths_are_enough_and_the_page_says_so(page: PageClient, session: Session, aino: Youth) -> None:
    shown = page.get(cards_of(session, aino))
    assert "5 more strengths, and places can be suggested to you." in shown.text
    for _number in range(5):
        shown = page.submit("That’s me")
    assert "more strength" not in shown.text


def test_every_answer_of_a_place_card_suits_its_question(page: PageClient, session: Session, aino: Youth) -> None:
    shown = page.get(f"{cards_of(session, aino)}?card=ENV02")
    assert shown.heading == "Work outdoors"
    buttons = [button.get_text(" ", strip=True) for button in shown.select("form > .answers button")]
    assert buttons == ["Suits me", "Does not matter", "Cannot"]
    assert "why" not in shown.text.lower()
    page.submit("Cannot")
    assert answers(session) == {"ENV02": CardAnswer.CANNOT}


@pytest.mark.parametrize(
    ("card", "answer"), [("HAN01", "suits"), ("HAN01", ""), ("XXX01", "yes"), ("", "skip"), ("ENV01", "yes")]
)
def test_nonsense_is_refused_and_kept_nowhere(
    page: PageClient, session: Session, aino: Youth, card: str, answer: str
) -> None:
    address = cards_of(session, aino)
    page.get(address)
    form, _button = page._find_form("Skip", None)
    token = form.find("input", attrs={"name": "csrf_token"})["value"]  # type: ignore[index]
    response = page.client.post(address, data={"csrf_token": token, "card": card, "answer": answer})
    assert response.status_code == 400
    assert answers(session) == {}


def test_unknown_card_in_the_address_is_ignored(page: PageClient, session: Session, aino: Youth) -> None:
    assert page.get(f"{cards_of(session, aino)}?card=XXX99").heading == cards_by_id()[OPENING[0]].en


def test_when_every_card_has_an_answer_there_is_an_end(page: PageClient, session: Session, aino: Youth) -> None:
    known = {card.id: "suits" if card.group in {"style", "place"} else "yes" for card in cards_by_id().values()}
    known |= {card.id: "important" for card in cards_by_id().values() if card.group == "values"}
    youth = make_youth(session, make_staff(session), cards=known)
    assert page.get(cards_of(session, youth)).heading == "You have answered every card"
