"""Strengths, own words, wishes and practical frame on the counsellor's screen."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.jobseekers.models import CardAnswer, OwnWords, StrengthAnswer, Youth
from placement.jobseekers.queries import get_youth_with_profile
from placement.vocabulary import card_ids, link_own_words
from tests.support.factories.centres import make_staff
from tests.support.factories.youths import make_youth
from tests.support.page import PageClient

pytestmark = pytest.mark.database


@pytest.fixture
def sari(session: Session) -> Staff:
    return make_staff(session)


@pytest.fixture
def aino(session: Session, sari: Staff) -> Youth:
    return make_youth(
        session, sari, cards={"PEO01": "yes", "PLA01": "cannot"} if "PLA01" in card_ids() else {"PEO01": "yes"}
    )


def _own_adult(session: Session, youth: Youth) -> Staff:
    staff = session.get(Staff, youth.one_adult_id)
    assert staff is not None
    return staff


def _profile(session: Session, youth: Youth) -> Youth:
    session.expire_all()
    found = get_youth_with_profile(session, youth.id, youth.centre_id)
    assert found is not None
    return found


def _answers(session: Session, youth: Youth) -> dict[str, str]:
    return {row.card_id: row.answer.value for row in _profile(session, youth).answers}


def test_answers_of_a_group_are_saved_and_the_group_stays_open(
    page: PageClient, session: Session, sari: Staff, aino: Youth
) -> None:
    shown = page.sign_in(sari).get(f"/young-people/{aino.id}/strengths")
    assert "1 of 16 answered" in shown.text
    page.submit(form="main-form", group="food", PEO01="a_little", FOO01="want_to_learn")
    assert _answers(session, aino)["PEO01"] == "a_little"
    assert _answers(session, aino)["FOO01"] == "want_to_learn"
    assert page.page is not None
    assert page.page.flashes == ["Done: 2 answers were saved."]
    assert page.page.select("details#group-food[open]")


def test_an_answer_can_be_taken_back(page: PageClient, session: Session, sari: Staff, aino: Youth) -> None:
    page.sign_in(sari).get(f"/young-people/{aino.id}/strengths")
    page.submit("Save all", PEO01="")
    assert "PEO01" not in _answers(session, aino)


def test_answers_given_elsewhere_meanwhile_stay(page: PageClient, session: Session, sari: Staff, aino: Youth) -> None:
    page.sign_in(sari).get(f"/young-people/{aino.id}/strengths")
    session.add(StrengthAnswer(youth_id=aino.id, card_id="PEO05", answer=CardAnswer.YES, answered_at=aino.created_at))
    page.submit("Save all", PEO02="yes")
    answers = _answers(session, aino)
    assert (answers["PEO05"], answers["PEO02"]) == ("yes", "yes")


def test_an_answer_that_is_not_offered_is_refused(page: PageClient, session: Session, sari: Staff, aino: Youth) -> None:
    page.sign_in(sari).get(f"/young-people/{aino.id}/strengths")
    shown = page.submit("Save all", status=422, PEO01="cannot", PEO02="yes")
    assert len(shown.errors) == 1
    assert "PEO02" not in _answers(session, aino)


def test_wishes_are_said_without_asking_why(page: PageClient, session: Session, sari: Staff, aino: Youth) -> None:
    shown = page.sign_in(sari).get(f"/young-people/{aino.id}/wishes")
    assert "Never ask why" in shown.text
    page.submit("Save all", ENV03="cannot", ENV01="suits")
    answers = _answers(session, aino)
    assert (answers["ENV03"], answers["ENV01"], answers["PEO01"]) == ("cannot", "suits", "yes")


def test_own_words_are_added_corrected_and_removed(
    page: PageClient, session: Session, sari: Staff, aino: Youth
) -> None:
    page.sign_in(sari).get(f"/young-people/{aino.id}/own-words")
    shown = page.submit("Save", status=422, text="   ")
    assert shown.errors == ["What are you good at? – Write something you are good at."]
    text = "I cook for my friends and repair bikes"
    found = link_own_words(text, "en")
    shown = page.submit("Save", text=text, language="en")
    assert shown.heading == "What the words mean"
    assert len(shown.select("input[name=linked][checked]")) == len(found)
    shown = page.submit("Save", linked=found[:1])
    assert text in shown.text
    words = _profile(session, aino).own_words[0]
    assert words.card_ids == found[:1]
    shown = page.get(f"/young-people/{aino.id}/own-words/{words.id}")
    assert [str(box["value"]) for box in shown.select("input[name=linked]")] == found[:1], (
        "the correction is remembered"
    )
    others = {str(option["value"]) for option in shown.select("select[name=another] option")}
    assert set(found[1:]) <= others, "what was unticked can be chosen again"
    page.submit("Remove these words")
    assert _profile(session, aino).own_words == []


def test_own_words_of_another_person_are_not_there(
    page: PageClient, session: Session, sari: Staff, aino: Youth
) -> None:
    other = make_youth(session, sari)
    words = OwnWords(youth_id=other.id, text="I cook", language="en", card_ids=[])
    session.add(words)
    session.flush()
    address = f"/young-people/{aino.id}/own-words/{words.id}"
    page.sign_in(sari).get(address, status=404)


def test_the_same_own_words_sent_twice_are_kept_once(
    page: PageClient, session: Session, sari: Staff, aino: Youth
) -> None:
    form = page.sign_in(sari).get(f"/young-people/{aino.id}/own-words")
    page.submit("Save", text="I cook")
    page.page = form
    page.submit("Save", text="I cook")
    assert len(_profile(session, aino).own_words) == 1


def test_the_frame_is_saved_and_shown_again(page: PageClient, session: Session, sari: Staff, aino: Youth) -> None:
    page.sign_in(sari).get(f"/young-people/{aino.id}/frame")
    shown = page.submit(
        "Save",
        level_en="A2",
        other_1="ar",
        other_level_1="B1",
        part_morning="yes",
        part_night="no",
        hours_per_week_min="10",
        hours_per_week_max="20",
        travel_from="049",
        travel_minutes_max="35",
        travel_modes=["walk", "bicycle"],
        available_from="1.12.2026",
        cards_held=["hygiene"],
        licence_classes=["AM"],
        question="Could I work with animals?",
    )
    assert shown.flashes == ["Done: The practical frame was saved."]
    assert "10 to 20 hours" in shown.text
    assert "Hygiene pass" in shown.text
    youth = _profile(session, aino)
    assert youth.languages == {"fi": "native", "en": "A2", "ar": "B1"}
    assert youth.day_parts == {"morning": True, "night": False}
    assert (youth.hours_per_week_min, youth.hours_per_week_max, youth.travel_minutes_max) == (10, 20, 35)
    assert (youth.travel_from, youth.available_from) == ("049", date(2026, 12, 1))
    assert (youth.travel_modes, youth.cards_held, youth.licence_classes) == (["walk", "bicycle"], ["hygiene"], ["AM"])
    again = page.get(f"/young-people/{aino.id}/frame")
    assert again.select("#other_1 option[selected]")[0]["value"] == "ar"
    before = youth.version
    page.submit("Save")
    assert _profile(session, aino).version == before, "saving the same again changes nothing"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"hours_per_week_min": "20", "hours_per_week_max": "10"}, "at least as many hours"),
        ({"hours_per_week_min": "7,5"}, "whole number"),
        ({"hours_per_week_max": "60"}, "between 1 and 40"),
        ({"other_1": "ar"}, "Choose how well the language is known."),
        ({"other_1": "ar", "other_level_1": "B1", "other_2": "ar", "other_level_2": "B1"}, "already above"),
        ({"available_from": "soon"}, "like this: 22.11.2026"),
    ],
)
def test_a_wrong_frame_is_refused_and_stays_typed(
    page: PageClient, session: Session, aino: Youth, changed: dict[str, str], message: str
) -> None:
    page.sign_in(_own_adult(session, aino)).get(f"/young-people/{aino.id}/frame")
    shown = page.submit("Save", status=422, question="Could I work outside?", **changed)
    assert message in shown.text
    assert "Could I work outside?" in shown.html
    assert _profile(session, aino).question == ""


def test_a_language_beyond_the_rows_of_the_form_is_not_lost(page: PageClient, session: Session, sari: Staff) -> None:
    known = {"fi": "B1", "ar": "native", "so": "B2", "uk": "A1"}
    youth = make_youth(session, sari, languages=known)
    page.sign_in(sari).get(f"/young-people/{youth.id}/frame")
    page.submit("Save", question="What is an office like?")
    assert _profile(session, youth).languages == known


def test_a_frame_changed_meanwhile_is_not_overwritten_unknowingly(
    page: PageClient, session: Session, sari: Staff, aino: Youth
) -> None:
    page.sign_in(sari).get(f"/young-people/{aino.id}/frame")
    aino.hours_per_week_min = 5
    session.commit()
    shown = page.submit("Save", status=409, question="Could I work outside?")
    assert "Could I work outside?" in shown.html
    assert _profile(session, aino).question == ""
    page.submit("Save")
    assert _profile(session, aino).question == "Could I work outside?"
