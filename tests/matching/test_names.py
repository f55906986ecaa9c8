"""Employer names, titles and municipalities are compared without surprises."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import find_municipality, load_municipalities, same_employer_name, same_title

UNHURRIED = settings(deadline=None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kahvila Aamu Oy", "kahvila aamu"),
        ("Oy Kahvila Aamu Ab", "Kahvila Aamu"),
        ("T:mi Maija Virtanen", "Maija Virtanen tmi"),
        ("Virtanen Maija", "Maija Virtanen"),
        ("Råtorps Café Ab", "RÅTORPS CAFÉ"),
        ("Kierrätys-keskus ry", "Kierrätys keskus"),
    ],
)
def test_company_form_case_and_order_do_not_matter(one: str, other: str) -> None:
    assert same_employer_name(one, other) == 1


def test_a_typing_error_keeps_names_close() -> None:
    assert same_employer_name("Leipomo Rantanen Oy", "Leipomo Rantannen") > 0.9


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kahvila Aamu", "Parturi Lahtinen"), ("K1 Oy", "K2 Oy"), ("Aro Oy", "Arto Oy"), ("Market 1", "Market 2"),
        ("", "Aamu"), ("🙂", "🙂"),
    ],
)  # fmt: skip
def test_different_names_are_not_the_same(one: str, other: str) -> None:
    assert same_employer_name(one, other) < 0.6


def test_a_name_that_is_only_a_company_form_is_compared_as_it_is() -> None:
    assert same_employer_name("Oy", "oy") == 1


@UNHURRIED
@given(st.text(max_size=30), st.text(max_size=30))
def test_comparing_is_symmetric_and_between_zero_and_one(one: str, other: str) -> None:
    assert same_employer_name(one, other) == pytest.approx(same_employer_name(other, one))
    assert 0 <= same_employer_name(one, other) <= 1
    assert 0 <= same_title(one, other) <= 1


def test_titles_are_compared_regardless_of_word_order() -> None:
    assert same_title("Kesätyöntekijä, kahvila", "kahvila kesätyöntekijä") == 1
    assert same_title("Myyjä", "Hitsaaja") < 0.5
    assert same_title("", "Myyjä") == 0
    assert same_title("Kuski", "Koki") < 1


@pytest.mark.parametrize(
    ("text", "code"),
    [("Turku", "853"), ("åbo", "853"), (" VAASA ", "905"), ("Koski Tl", "284"), ("S:t Karins", "202"), ("Ii", "139")],
)
def test_a_municipality_is_found_by_name_or_code(text: str, code: str) -> None:
    place = find_municipality(text)

    assert place is not None
    assert place.code == code


@pytest.mark.parametrize("text", ["salonki", "Iis", "Turku Energia", "Tamp", "999", "", "i", "Salo Oulu"])
def test_a_part_of_a_name_is_never_enough(text: str) -> None:
    assert find_municipality(text) is None


def test_iisalmi_is_not_ii() -> None:
    place = find_municipality("Iisalmi")

    assert place is not None
    assert place.code == "140"
    assert find_municipality("140") == place


def test_every_name_finds_its_own_municipality() -> None:
    for municipality in load_municipalities().values():
        assert find_municipality(municipality.name_fi) == municipality
        assert find_municipality(municipality.name_sv) == municipality
