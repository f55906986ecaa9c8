"""Free text finds its cards and families in three languages, and stays silent when it does not know."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Language, default_linker
from matching.text import clauses, normalise, stem

UNHURRIED = settings(deadline=None)


def ids(text: str, language: Language = "fi") -> list[str]:
    return [link.id for link in default_linker().link(text, language)]


@UNHURRIED
@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@UNHURRIED
@given(st.text())
def test_normal_form_holds_only_letters_digits_and_single_spaces(text: str) -> None:
    normal = normalise(text)

    assert "  " not in normal
    assert normal == normal.strip()
    assert all(char == " " or unicodedata.category(char)[0] in "LN" for char in normal)


def test_finnish_letters_survive_normalising() -> None:
    assert normalise("  ÄLÄ  Åbo–Öljy! 🙂 ") == "älä åbo öljy"


def test_text_is_split_at_punctuation_and_at_and() -> None:
    assert clauses("Siivoan ja leivon. Autan, mutta en laula") == ["siivoan", "leivon", "autan", "en laula"]


def test_inflected_words_share_a_stem() -> None:
    assert stem("kahvilassa", "fi") == stem("kahvilat", "fi")
    assert stem("hundar", "sv") == stem("hundarna", "sv")


@pytest.mark.parametrize(
    ("text", "language"),
    [("tykkään kokata", "fi"), ("Laitan ruokaa", "fi"), ("jag gillar att laga mat", "sv"), ("I love cooking", "en")],
)
def test_the_same_strength_is_found_in_three_languages(text: str, language: Language) -> None:
    assert ids(text, language)[0] == "FOO01"


@pytest.mark.parametrize(
    ("text", "language", "family"),
    [
        ("siivooja", "fi", "T18"), ("städare", "sv", "T18"), ("cleaner", "en", "T18"),
        ("kahvila-apulainen", "fi", "T11"), ("kafébiträde", "sv", "T11"), ("Café helper", "en", "T11"),
        ("Varastotyöntekijä", "fi", "T37"), ("Lagerarbetare sökes", "sv", "T37"), ("warehouse worker", "en", "T37"),
        ("raksa", "fi", "T47"), ("päiväkotiapulainen", "fi", "T68"),
    ],
)  # fmt: skip
def test_a_title_finds_its_family_in_three_languages(text: str, language: Language, family: str) -> None:
    assert family in ids(text, language)[:2]


def test_a_text_in_another_language_than_stated_is_still_found() -> None:
    assert ids("I take care of animals", "fi")[0] == "NAT03"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("hylyttäjä", "T03"), ("eläinten hoitamnen", "NAT03"), ("Kahvilan apulianen", "T11"), ("ohjelmoitni", "DIG07")],
)
def test_a_typing_error_in_a_long_word_is_forgiven(text: str, wanted: str) -> None:
    assert wanted in ids(text)


@pytest.mark.parametrize(
    "text",
    ["", " ", "🙂🙂🙂", "!!!", "asdfgh qwerty", "Ii", "Salo", "Salon kaupunki", "salongissa", "Iisalmi", "Karhu Oy",
     "työ", "en tiedä", "olen ok", "hyvä duuni", "x" * 5000, "\x00\x01", "12345"],
)  # fmt: skip
def test_what_says_nothing_links_to_nothing(text: str) -> None:
    assert ids(text) == []


@pytest.mark.parametrize("text", ["kasa", "mummon kanssa", "lupa", "koru", "Kati"])
def test_short_words_are_never_bent_into_others(text: str) -> None:
    assert not {"T02", "CAR08"} & set(ids(text))


@pytest.mark.parametrize(
    ("text", "language", "card"),
    [("en osaa laittaa ruokaa", "fi", "FOO01"), ("jag lagar inte mat", "sv", "FOO01"), ("I don't cook", "en", "FOO01")],
)
def test_what_is_denied_is_not_a_strength(text: str, language: Language, card: str) -> None:
    assert card not in ids(text, language)


def test_only_the_denied_part_of_a_sentence_is_left_out() -> None:
    found = ids("en osaa laulaa mutta leivon pullaa")

    assert "FOO02" in found
    assert "CRE03" not in found


def test_every_card_of_strengths_finds_itself() -> None:
    from matching import load_cards
    from matching.vocabulary import STRENGTH_GROUPS

    linker = default_linker()
    for card in load_cards().values():
        if card.group in STRENGTH_GROUPS:
            for language, text in (("fi", card.fi), ("sv", card.sv), ("en", card.en)):
                assert card.id in [link.id for link in linker.link(text, language, limit=3)], text  # type: ignore[arg-type]


@UNHURRIED
@given(st.text(max_size=60), st.sampled_from(["fi", "sv", "en"]))
def test_scores_are_between_zero_and_one_and_in_order(text: str, language: Language) -> None:
    scores = [link.score for link in default_linker().link(text, language)]

    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_linking_many_gives_the_same_as_linking_one_by_one() -> None:
    texts: list[tuple[str, Language]] = [("kokkaan", "fi"), ("", "fi"), ("laga mat", "sv"), ("kokkaan", "sv")]
    linker = default_linker()

    assert linker.link_many(texts) == [linker.link(text, language) for text, language in texts]
