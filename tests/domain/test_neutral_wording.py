"""Wording that asks for sex, age, origin or looks is noticed; the same words in their other uses are not."""

import pytest

from placement.rules.neutral_wording import asks_for_personal_traits


@pytest.mark.parametrize(
    "text",
    [
        "Nuori nainen kahvilaan",
        "Etsimme reipasta nuorta\nnaista",
        "Myyjä, mies",
        "suomalainen",
        "Olet hyväkuntoinen.",
        "syntyperäinen suomen puhuja",
        "18-20 v",
        "18–25-vuotias",
        "Ung kvinna till kafé",
        "svensk",
        "18–20 år",
        "female",
        "Young man for the garage",
        "Native speaker",
        "aged 18 to 20",
    ],
)
def test_wording_about_the_person_is_found(text: str) -> None:
    assert asks_for_personal_traits(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Olet vanhojen ihmisten kanssa",
        "naisten vaateosasto",
        "miesten pukeutuminen",
        "Työssä puhutaan suomen kieltä, suomen kieli",
        "Teet suomalaista ruokaa",
        "Esimies neuvoo, palomies käy",
        "hyväkuntoinen pyörä",
        "auki klo 18-20",
        "4-6-vuotiaiden lasten kanssa",
        "15-20 kg laatikoita",
        "Här kan man lära sig svenska språket",
        "svensk mat",
        "Nuoret ja ungdomar, young people",
        "women's clothing",
        "Finnish is spoken",
        "human resources",
        "native plants",
    ],
)
def test_the_same_words_in_other_uses_are_left_alone(text: str) -> None:
    assert not asks_for_personal_traits(text)
