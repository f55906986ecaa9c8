"""What the services and queries of young people promise."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.audit.models import AuditEntry
from placement.audit.services import Actor
from placement.clock import today_in_helsinki
from placement.errors import DomainError
from placement.jobseekers.learned import cards_of_words
from placement.jobseekers.models import CardAnswer, LearnedLink, Youth
from placement.jobseekers.queries import (
    find_lookalikes,
    get_youth,
    get_youth_with_profile,
    is_named_worker,
    strength_count,
    young_people_served_by,
    youth_page,
)
from placement.jobseekers.services import (
    ChangedMeanwhile,
    NotAnAnswer,
    add_own_words,
    add_youth,
    answer_cards,
    correct_own_words,
    edit_contact_details,
    edit_frame,
    is_served_age,
    note_contact,
    remove_own_words,
    take_over,
)
from placement.notifications.models import Channel
from placement.vocabulary import link_own_words
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.youths import make_youth

pytestmark = pytest.mark.database

DETAILS: dict[str, Any] = {
    "first_name": "Elias",
    "last_name": "Niemi",
    "birth_date": date(2006, 3, 9),
    "language": "fi",
    "channel": Channel.SMS,
    "phone": "+358401112233",
    "email": "Elias@Example.fi",
    "protected_contact": False,
    "deputy_id": None,
}
FRAME: dict[str, Any] = {
    "languages": {"fi": "native", "en": "A2"},
    "day_parts": {"morning": True, "night": False},
    "hours_per_week_min": 10,
    "hours_per_week_max": 20,
    "travel_from": "698",
    "travel_minutes_max": 30,
    "travel_modes": ["bicycle"],
    "available_from": date(2026, 12, 1),
    "cards_held": ["hygiene"],
    "licence_classes": ["AM"],
    "question": "Could I work with animals?",
}


@pytest.fixture
def sari(session: Session) -> Staff:
    return make_staff(session)


def _add(session: Session, staff: Staff, **values: Any) -> Youth:
    given = {**DETAILS, "one_adult_id": staff.id, **values}
    return add_youth(session, centre_id=staff.centre_id, **given, actor=Actor.staff(staff))


def _log(session: Session, action: str) -> list[AuditEntry]:
    session.flush()
    return list(session.scalars(select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.id)))


def _loaded(session: Session, youth: Youth) -> Youth:
    session.flush()
    session.expire_all()
    found = get_youth_with_profile(session, youth.id, youth.centre_id)
    assert found is not None
    return found


def test_a_young_person_is_added_with_one_adult_and_the_log_holds_no_contact_details(
    session: Session, sari: Staff
) -> None:
    youth = _add(session, sari)
    assert (youth.sort_name, youth.email, youth.one_adult_id) == ("niemi elias", "elias@example.fi", sari.id)
    (entry,) = _log(session, "youth.added")
    assert (entry.youth_id, entry.changes) == (youth.id, {})


@pytest.mark.parametrize(
    ("birth_date", "served"),
    [
        (date(2013, 6, 15), True),  # 13 today
        (date(2013, 6, 16), False),  # 13 tomorrow
        (date(1996, 6, 16), True),  # 30 tomorrow
        (date(1996, 6, 15), False),  # 30 today
    ],
)
def test_the_centre_serves_people_from_13_until_they_turn_30(birth_date: date, served: bool) -> None:
    assert is_served_age(birth_date, on=date(2026, 6, 15)) is served


def test_nobody_of_another_age_is_added(session: Session, sari: Staff) -> None:
    with pytest.raises(DomainError) as refused:
        _add(session, sari, birth_date=date(1980, 1, 1))
    assert refused.value.code == "age_not_served"


def test_long_names_of_letters_beyond_z_fit_the_list_key(session: Session, sari: Staff) -> None:
    youth = _add(session, sari, first_name="Ä" * 60, last_name="Ö" * 60)
    session.flush()
    assert len(youth.sort_name) == 140


def test_changed_contact_details_are_logged_without_their_values(session: Session, sari: Staff) -> None:
    youth = _add(session, sari)
    values = {**DETAILS, "phone": "+358409998877", "language": "sv", "protected_contact": True}
    edit_contact_details(session, youth, version=youth.version, **values, one_adult_id=sari.id, actor=Actor.staff(sari))
    (entry,) = _log(session, "youth.contact_changed")
    assert entry.changes["language"] == ["fi", "sv"]
    assert entry.changes["phone"] == "changed"
    assert "998877" not in str(entry.changes)
    assert "112233" not in str(entry.changes)
    assert entry.changes["protected_contact"] == "changed"


def test_saving_the_same_details_again_logs_nothing(session: Session, sari: Staff) -> None:
    youth = _add(session, sari)
    actor = Actor.staff(sari)
    edit_contact_details(session, youth, version=youth.version, **DETAILS, one_adult_id=sari.id, actor=actor)
    assert _log(session, "youth.contact_changed") == []


def test_details_newer_than_the_form_are_not_overwritten(session: Session, sari: Staff) -> None:
    youth = _add(session, sari)
    actor = Actor.staff(sari)
    seen = youth.version
    note_contact(session, youth, next_step="Visit a café", next_on=None, actor=actor)
    session.flush()
    with pytest.raises(ChangedMeanwhile):
        edit_contact_details(session, youth, version=seen, **DETAILS, one_adult_id=sari.id, actor=actor)
    with pytest.raises(ChangedMeanwhile):
        edit_frame(session, youth, version=seen, **FRAME, actor=actor)


def test_the_frame_is_kept_and_the_area_stays_out_of_the_log(session: Session, sari: Staff) -> None:
    youth = _add(session, sari)
    edit_frame(session, youth, version=youth.version, **FRAME, actor=Actor.staff(sari))
    (entry,) = _log(session, "youth.frame_changed")
    assert youth.day_parts == {"morning": True, "night": False}
    assert entry.changes["hours_per_week_max"] == [None, 20]
    assert entry.changes["travel_from"] == "changed"
    assert entry.changes["question"] == "changed"


def test_answers_are_added_changed_and_taken_back_and_others_stay(session: Session, sari: Staff) -> None:
    youth = _loaded(session, make_youth(session, sari, cards={"PEO01": "yes", "PEO02": "a_little", "PEO03": "yes"}))
    answers = {"PEO01": CardAnswer.NOT_ME, "PEO02": None, "FOO01": CardAnswer.WANT_TO_LEARN, "PEO03": CardAnswer.YES}
    answer_cards(session, youth, answers=answers, actor=Actor.staff(sari))
    (entry,) = _log(session, "youth.cards_answered")
    assert entry.changes == {
        "PEO01": ["yes", "not_me"],
        "PEO02": ["a_little", None],
        "FOO01": [None, "want_to_learn"],
    }
    kept = {row.card_id: row.answer.value for row in _loaded(session, youth).answers}
    assert kept == {"PEO01": "not_me", "PEO03": "yes", "FOO01": "want_to_learn"}


@pytest.mark.parametrize(("card", "answer"), [("XXX99", CardAnswer.YES), ("PEO01", CardAnswer.SUITS)])
def test_an_answer_that_does_not_belong_to_the_card_is_refused(
    session: Session, sari: Staff, card: str, answer: CardAnswer
) -> None:
    youth = _loaded(session, make_youth(session, sari))
    with pytest.raises(NotAnAnswer):
        answer_cards(session, youth, answers={card: answer}, actor=Actor.staff(sari))


def test_own_words_are_linked_to_cards_corrected_and_removed(session: Session, sari: Staff) -> None:
    actor = Actor.staff(sari)
    youth = _loaded(session, make_youth(session, sari))
    words = add_own_words(session, youth, text="I cook for my friends and repair bikes", language="en", actor=actor)
    assert words.card_ids
    assert words.card_ids == link_own_words(words.text, "en")
    kept = words.card_ids[:1]
    correct_own_words(session, youth, words, linked=kept, actor=actor)
    assert words.card_ids == kept
    with pytest.raises(NotAnAnswer):
        correct_own_words(session, youth, words, linked=["XXX99"], actor=actor)
    remove_own_words(session, youth, words, actor=actor)
    assert _loaded(session, youth).own_words == []
    assert "friends" not in str([entry.changes for entry in _log(session, "youth.own_words_added")])


def test_what_words_mean_is_remembered_in_the_centre_and_the_words_are_not(session: Session, sari: Staff) -> None:
    actor = Actor.staff(sari)
    first = _loaded(session, make_youth(session, sari))
    words = add_own_words(session, first, text="I cook and clean", language="en", actor=actor)
    assert set(words.card_ids) >= {"FOO01", "FOO06"}

    correct_own_words(session, first, words, linked=["FOO01", "CRE03"], actor=actor)

    second = _loaded(session, make_youth(session, sari))
    again = add_own_words(session, second, text="i COOK  and clean", language="en", actor=actor)
    assert {"FOO01", "CRE03"} <= set(again.card_ids)
    assert "FOO06" not in again.card_ids
    correct_own_words(session, second, again, linked=["FOO06"], actor=actor)
    assert cards_of_words(session, second.centre_id, "I cook and clean", "en")[0] == "FOO06"
    assert "FOO01" in cards_of_words(session, second.centre_id, "I cook", "en")
    assert not [link for link in session.scalars(select(LearnedLink)) if "cook" in link.words_mark]


def test_own_words_have_an_end(session: Session, sari: Staff) -> None:
    youth = _loaded(session, make_youth(session, sari))
    for number in range(20):
        add_own_words(session, youth, text=f"Thing {number}", language="en", actor=Actor.staff(sari))
    with pytest.raises(DomainError):
        add_own_words(session, youth, text="One more", language="en", actor=Actor.staff(sari))


def test_strengths_are_cards_said_yes_to_and_own_words_linked_to_a_card(session: Session, sari: Staff) -> None:
    cards = {"PEO01": "yes", "PEO02": "a_little", "PEO03": "not_me", "PEO04": "want_to_learn", "ENV03": "suits"}
    youth = _loaded(session, make_youth(session, sari, cards=cards))
    add_own_words(session, youth, text="I bake buns", language="en", actor=Actor.staff(sari))
    add_own_words(session, youth, text="I do not like cleaning", language="en", actor=Actor.staff(sari))
    session.flush()
    assert [bool(words.card_ids) for words in youth.own_words] == [True, False]
    assert strength_count(youth) == 3
    rows, total = youth_page(session, sari.centre_id, limit=10, offset=0)
    assert (total, rows[0].strengths) == (1, 3)


def test_only_the_one_adult_and_the_deputy_are_named_workers(session: Session, sari: Staff) -> None:
    deputy, other = make_staff(session, sari.centre), make_staff(session, sari.centre)
    youth = make_youth(session, sari, deputy_id=deputy.id)
    assert [is_named_worker(staff, youth) for staff in (sari, deputy, other)] == [True, True, False]
    assert young_people_served_by(session, deputy) == [youth]
    assert young_people_served_by(session, other) == []


def test_a_young_person_of_another_centre_is_not_found(session: Session, sari: Staff) -> None:
    youth = make_youth(session, sari)
    elsewhere = make_centre(session, name="Ohjaamo Järvenranta")
    assert get_youth(session, youth.id, sari.centre_id) is youth
    assert get_youth(session, youth.id, elsewhere.id) is None
    assert get_youth_with_profile(session, youth.id, elsewhere.id) is None


def test_the_list_is_searched_by_any_part_of_the_name(session: Session, sari: Staff) -> None:
    make_youth(session, sari, first_name="Åsa", last_name="Öhman")
    make_youth(session, sari, first_name="Aino", last_name="Koskela")
    make_youth(session, sari, first_name="Eero", last_name="Kos_ela")

    def names(search: str) -> list[str]:
        rows, _total = youth_page(session, sari.centre_id, search=search, limit=10, offset=0)
        return [row.youth.first_name for row in rows]

    assert names("åsa öh") == ["Åsa"]
    assert names("KOSKELA aino") == ["Aino"]
    assert names("kos_") == ["Eero"]
    assert names("%") == []


def test_a_lookalike_is_found_by_name_and_birth_date_or_by_contact_details(session: Session, sari: Staff) -> None:
    same = make_youth(session, sari, first_name="Elias", last_name="Niemi", birth_date=date(2006, 3, 9))
    phone = make_youth(session, sari, phone="+358401112233")
    email = make_youth(session, sari, email="elias@example.fi")
    make_youth(session, sari, first_name="Elias", last_name="Niemi", birth_date=date(2006, 3, 10))
    asked = {name: DETAILS[name] for name in ("first_name", "last_name", "birth_date", "phone", "email")}
    assert set(find_lookalikes(session, sari.centre_id, **asked)) == {same, phone, email}


def test_protected_contact_details_are_never_compared(session: Session, sari: Staff) -> None:
    make_youth(session, sari, phone="+358401112233", email="elias@example.fi", protected_contact=True)
    asked = {name: DETAILS[name] for name in ("first_name", "last_name", "birth_date", "phone", "email")}
    assert find_lookalikes(session, sari.centre_id, **asked) == []


def test_a_contact_is_noted_with_what_comes_next(session: Session, sari: Staff) -> None:
    youth = make_youth(session, sari)
    with time_machine.travel("2026-11-03T21:30:00Z", tick=False):
        next_on = today_in_helsinki() + timedelta(days=7)
        note_contact(session, youth, next_step="Visit a café", next_on=next_on, actor=Actor.staff(sari))
    assert (youth.last_contact_on, youth.next_on) == (date(2026, 11, 3), date(2026, 11, 10))
    (entry,) = _log(session, "youth.contact_noted")
    assert entry.changes["next_step"] == "changed"


def test_only_a_person_without_active_workers_can_be_taken_over(session: Session, sari: Staff) -> None:
    mikko = make_staff(session, sari.centre, first_name="Mikko")
    youth = _loaded(session, make_youth(session, sari))
    with pytest.raises(DomainError):
        take_over(session, youth, staff=mikko)
    assert youth.one_adult is not None
    youth.one_adult.active = False
    take_over(session, youth, staff=mikko)
    assert youth.one_adult_id == mikko.id
    assert len(_log(session, "youth.taken_over")) == 1
