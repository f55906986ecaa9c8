"""Telling strengths at the centre: together, on the young person's phone, on paper."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.audit.services import give_look_reason
from placement.jobseekers.models import CardAnswer, StrengthAnswer, Youth
from placement.vocabulary import cards_by_id
from placement.web.jobseekers.paper import cards_written, code_of
from tests.support.factories.centres import make_staff
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient


@pytest.fixture
def sari(session: Session) -> Staff:
    return make_staff(session)


@pytest.fixture
def aino(session: Session, sari: Staff) -> Youth:
    return make_youth(session, sari)


def answers(session: Session) -> dict[str, CardAnswer]:
    return {row.card_id: row.answer for row in session.scalars(select(StrengthAnswer))}


@pytest.mark.database
def test_cards_together_show_nothing_else_of_the_file(
    page: PageClient, session: Session, sari: Staff, aino: Youth
) -> None:
    shown = page.sign_in(sari).get(f"/young-people/{aino.id}/strengths/together")
    assert "Card 1" in shown.text
    for hidden in (aino.last_name, aino.phone, "Rovaniemi"):
        assert hidden not in shown.html
    page.submit("That’s me")
    assert list(answers(session).values()) == [CardAnswer.YES]


@pytest.mark.database
def test_qr_code_opens_the_cards_on_the_phone(page: PageClient, session: Session, sari: Staff, aino: Youth) -> None:
    page.sign_in(sari).get(f"/young-people/{aino.id}/strengths")
    page.submit("On their own phone", status=200)
    assert page.page is not None
    address = next(link for link in page.page.links() if link.endswith("/cards"))
    opened = page.sign_out().get(address.removeprefix("http://sauma.test"))
    assert "Card 1" in opened.text


@pytest.mark.database
def test_only_a_named_worker_may_make_the_link(page: PageClient, session: Session, sari: Staff, aino: Youth) -> None:
    other = make_staff(session, sari.centre)
    give_look_reason(session, staff=other, youth_id=aino.id, reason="The own adult is ill.")
    page.sign_in(other).get(f"/young-people/{aino.id}/strengths/together")
    form, _button = page._find_form("Skip", None)
    token = form.find("input", attrs={"name": "csrf_token"})["value"]  # type: ignore[index]
    assert page.client.post(f"/young-people/{aino.id}/strengths/link", data={"csrf_token": token}).status_code == 403


@pytest.mark.database
def test_the_sheet_holds_every_card_and_nobodys_name(page: PageClient, session: Session, sari: Staff, aino: Youth):
    shown = page.sign_in(sari).get("/young-people/strengths-on-paper")
    assert len(shown.select("tbody tr")) == len(cards_by_id())
    assert aino.first_name not in shown.html


@pytest.mark.database
def test_a_ticked_sheet_is_typed_in_by_its_codes(page: PageClient, session: Session, sari: Staff, aino: Youth) -> None:
    page.sign_in(sari).get(f"/young-people/{aino.id}/strengths/from-paper")
    saved = page.submit("Save", yes="B1 6, H 1 2", want_to_learn="b3", cannot="K13", important="L 5")
    assert saved.flashes == ["Done: 7 answers were saved."]
    assert answers(session) == {
        "HAN01": CardAnswer.YES,
        "HAN06": CardAnswer.YES,
        "FOO01": CardAnswer.YES,
        "FOO02": CardAnswer.YES,
        "HAN03": CardAnswer.WANT_TO_LEARN,
        "ENV13": CardAnswer.CANNOT,
        "VAL05": CardAnswer.IMPORTANT,
    }


@pytest.mark.database
@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"yes": "B99"}, "There is no card B99."),
        ({"yes": "7"}, "There is no card 7."),
        ({"yes": "ZZ7"}, "There is no card ZZ7."),
        ({"yes": "K13"}, "The card K13 does not have this answer."),
        ({"yes": "B1 B2", "not_me": "B2"}, "B2: this card stands in two places."),
    ],
)
def test_a_slip_of_the_pen_is_told_and_nothing_is_lost(
    page: PageClient, session: Session, aino: Youth, typed: dict[str, str], message: str
) -> None:
    page.sign_in(session.get_one(Staff, aino.one_adult_id)).get(f"/young-people/{aino.id}/strengths/from-paper")
    refused = page.submit("Save", status=422, **typed)
    assert message in " ".join(refused.errors)
    assert refused.select("#yes")[0]["value"] == typed["yes"]
    assert answers(session) == {}


def test_codes_are_unique_and_come_back_as_their_cards() -> None:
    codes = [code_of(card) for card in cards_by_id()]
    assert len(set(codes)) == len(codes)
    assert cards_written(" ".join(codes)) == list(cards_by_id())
    assert cards_written("") == []
