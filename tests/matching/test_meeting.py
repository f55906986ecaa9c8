"""What people say and what offers say meet in any of the three languages, and nothing meets by accident."""

from dataclasses import replace

import pytest

from matching import CardAnswer, Language, Offer, OfferIndex, OfferKind, OwnWords, Person, default_linker, rank
from matching.said import OfferText, Statement, closeness
from tests.matching.examples import TODAY, make_offer, make_person

ANIMALS: dict[Language, OfferText] = {
    "fi": OfferText("Eläinhoitola", "Hoidat eläimiä ja ulkoilutat koiria.", "fi"),
    "sv": OfferText("Djurpensionat", "Du tar hand om djur. Du rastar hundar.", "sv"),
    "en": OfferText("Pet hotel", "You take care of animals. You walk dogs.", "en"),
}
LAMPS: dict[Language, OfferText] = {
    "fi": OfferText("Lamppukauppa", "Myyt lamppuja asiakkaille.", "fi"),
    "sv": OfferText("Lampaffär", "Du säljer lampor till kunder.", "sv"),
    "en": OfferText("Lamp shop", "You sell lamps to customers.", "en"),
}


def how_close(statement: Statement, offer: OfferText) -> float:
    linker = default_linker()
    (person,), (row,) = linker.read_people([[statement]]), linker.read_offers([offer])
    return closeness(person, row) if person and row else 0.0


@pytest.mark.parametrize("offered", ["fi", "sv", "en"])
@pytest.mark.parametrize(
    ("text", "said"),
    [("Hoidan eläimiä", "fi"), ("Jag sköter djur", "sv"), ("I take care of animals", "en")],
)
def test_a_strength_in_one_language_meets_an_offer_in_another(text: str, said: Language, offered: Language) -> None:
    statement = Statement(text, said, ("NAT03",))

    assert how_close(statement, ANIMALS[offered]) > how_close(statement, LAMPS[offered])


def test_own_words_meet_an_offer_even_when_no_card_says_the_same() -> None:
    person = make_person(cards={}, own_words=(OwnWords("Kasvatan simpukoita ja äyriäisiä akvaariossa", "fi"),))
    near = make_offer(id="b", title="Äyriäiskauppa", description="Hoidat akvaariota ja äyriäisiä.", task_family=None)
    far = replace(near, id="a", title="Autopesula", description="Peset autoja.")

    assert [one.offer_id for one in rank(person, [far, near], today=TODAY).suggestions] == ["b", "a"]


@pytest.mark.parametrize("text", ["", " ", "🙂", "\x00", "x" * 20_000, "sana " * 10_000])
def test_odd_texts_are_read_without_harm(text: str) -> None:
    person = Person("p", own_words=(OwnWords(text, "fi"),), cards={"FOO01": CardAnswer.NOT_ME})
    offer = Offer("o", OfferKind.WORK_TRIAL, text, text)

    (one,) = rank(person, [offer], today=TODAY).suggestions

    assert 0 < one.score <= 1


def test_a_row_depends_on_nothing_but_its_own_text() -> None:
    alone, beside = (
        OfferIndex.build([make_offer()]),
        OfferIndex.build([make_offer(), make_offer(id="x", title="Kokki")]),
    )

    assert alone.board.offers[0].words is not None
    assert beside.board.offers[0].words is not None
    assert alone.board.offers[0].words.values.tolist() == beside.board.offers[0].words.values.tolist()
