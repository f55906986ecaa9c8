"""Every code of the matching library has a sentence for workers and for young people, in every language."""

import pytest
from flask import Flask

from matching import CheckCode, ReasonCode
from placement.i18n import LANGUAGES, in_language
from placement.suggestions.adapter import NOTHING_TO_CHECK, ChangeCode, QuestionCode, Told
from placement.suggestions.change_texts import change_sentence, question_sentence
from placement.suggestions.check_texts import CHECKS
from placement.suggestions.reason_texts import REASONS, sentence, sentences

SLOTS = {
    "cards": ["FOO01", "PEO16"],
    "card": "hygiene",
    "own_words": "I bake on Sundays",
    "family": "T11",
    "day_parts": ["morning", "evening"],
    "hours": 25.5,
    "wished": 20,
    "minutes": 20,
    "kilometres": 6,
    "mode": "bicycle",
    "limit": 40,
    "language": "fi",
    "languages": ["fi", "sv"],
    "level": "A2",
    "minimum": "B1",
    "days": 12,
    "who": "person",
    "licence": "AM",
    "age": 16,
    "per": "week",
    "starts_until": "2026-12-07",
    "available_from": "2027-01-04",
    "in_talks": 2,
    "cap": 2,
    "known": 3,
    "guide_time": "start",
}
CODES = sorted({*ReasonCode, *CheckCode, NOTHING_TO_CHECK})


@pytest.fixture(autouse=True)
def _in_app(app: Flask):
    with app.app_context():
        yield


def _slots(code: str) -> dict[str, object]:
    slots = dict(SLOTS)
    if code == CheckCode.CARD_NEEDED_AT_START:
        slots["cards"] = ["hygiene"]
    return slots


def test_every_code_has_a_teller_and_no_teller_is_without_a_code():
    assert set(REASONS) == {code.value for code in ReasonCode}
    assert set(CHECKS) == {code.value for code in CheckCode} | {NOTHING_TO_CHECK}


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
@pytest.mark.parametrize("code", CODES)
def test_a_code_is_told_in_both_voices(code: str, language: str):
    with in_language(language):
        to_staff = sentence(code, _slots(code), name="Aino")
        to_youth = sentence(code, _slots(code))
    for text in (to_staff, to_youth):
        assert text.strip()
        assert "%(" not in text
    assert "Aino" not in to_youth


@pytest.mark.parametrize("code", CODES)
def test_a_code_without_slots_still_has_a_sentence(code: str):
    needed = {"starts_until": "2026-12-07", "available_from": "2027-01-04"}
    with in_language("en"):
        assert sentence(code, needed, name="Aino")
        assert sentence(code, needed)


@pytest.mark.parametrize("slots", [{"who": "offer"}, {"who": "person"}, {"who": "person", "day_parts": ["morning"]}])
def test_what_is_not_known_names_who_can_tell(slots: dict[str, object]):
    with in_language("en"):
        assert "%(" not in sentence(CheckCode.SCHEDULE_UNKNOWN, slots, name="Aino")
        assert sentence(CheckCode.SCHEDULE_UNKNOWN, slots)
        assert sentence(CheckCode.TRAVEL_UNKNOWN, slots, name="Aino")
        assert sentence(CheckCode.LANGUAGE_UNKNOWN, slots | {"languages": ["fi"]}, name="Aino")
        assert sentence(CheckCode.START_UNKNOWN, slots, name="Aino")


def test_strengths_are_quoted_in_the_words_of_the_cards():
    with in_language("en"):
        to_staff = sentence(ReasonCode.STRENGTHS_MEET_TASKS, {"cards": ["PEO01", "PEO02"]}, name="Aino")
        to_youth = sentence(ReasonCode.STRENGTHS_MEET_TASKS, {"cards": ["PEO01"]})
    assert to_staff == "“I get along with different people” and “I listen when someone talks” meet the tasks here"
    assert to_youth == "You said: “I get along with different people”"


def test_own_words_are_shown_as_written():
    slots = {"own_words": "leivon 100 % pullaa", "cards": []}
    with in_language("en"):
        assert "“leivon 100 % pullaa”" in sentence(ReasonCode.OWN_WORDS_MEET_TASKS, slots, name="Aino")


def test_a_way_without_minutes_tells_no_distance():
    with in_language("en"):
        for code in (ReasonCode.CLOSE_BY, CheckCode.TRAVEL_NEAR_LIMIT, CheckCode.TRAVEL_OVER_LIMIT):
            for name in ("Aino", ""):
                text = sentence(code, {}, name=name)
                assert not any(letter.isdigit() for letter in text)


def test_a_way_inside_one_municipality_tells_no_guess():
    slots = {"inside": True, "limit": 30}
    with in_language("en"):
        assert sentence(ReasonCode.CLOSE_BY, slots) == "Close by: in the same municipality"
        assert "30 min" in sentence(CheckCode.TRAVEL_OVER_LIMIT, slots)
        assert "30 min" in sentence(CheckCode.TRAVEL_OVER_LIMIT, slots, name="Aino")


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_words_are_quoted_as_the_language_does(language: str):
    with in_language(language):
        assert "”leivon pullaa”" in sentence(ReasonCode.OWN_WORDS_MEET_TASKS, {"own_words": "leivon pullaa"})


def test_an_unknown_code_of_an_old_suggestion_is_left_out():
    assert sentences([{"code": "from_an_older_version", "slots": {}}]) == []


@pytest.mark.parametrize("language", [language.code for language in LANGUAGES])
@pytest.mark.parametrize("code", [*ChangeCode, *QuestionCode])
def test_every_change_and_question_has_words(code: str, language: str):
    slots = {
        **SLOTS,
        "cards": ["hygiene", "safety"],
        "day": "2026-12-24",
        "days": 5.0,
        "minimum": "B1",
        "language": "fi",
    }
    with in_language(language):
        if isinstance(code, ChangeCode):
            text = change_sentence(Told(code.value, slots), name="Aino")
        else:
            text = question_sentence(Told(code.value, slots), name="Aino")
    assert text
    assert "%(" not in text


def test_a_longer_way_is_told_without_minutes_for_protected_contact():
    with in_language("en"):
        assert (
            change_sentence(Told(ChangeCode.LONGER_WAY, {}), name="Aino")
            == "Talk with Aino about the other practical wish"
        )
