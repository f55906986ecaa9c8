"""The plain data refuses nonsense and has no room for what must not be used."""

import dataclasses
from datetime import date

import pytest

from matching import LanguageLevel, Offer, OfferKind, OwnWords, Person
from tests.matching.examples import make_offer, make_person

PROTECTED = {
    "sex", "gender", "nationality", "citizenship", "origin", "ethnicity", "religion", "mother_tongue",
    "native_language", "health", "disability", "benefits", "benefit", "family", "children", "photo", "name", "grades",
    "no_shows", "absences", "postcode", "address", "personal_id", "pregnancy", "criminal_record",
}  # fmt: skip


@pytest.mark.parametrize("kind", [Person, Offer, OwnWords])
def test_the_types_have_no_field_for_a_protected_attribute(kind: type) -> None:
    fields = {field.name for field in dataclasses.fields(kind)}

    assert not fields & PROTECTED
    assert not [name for name in fields for word in PROTECTED if name.startswith(f"{word}_")]


def test_the_fields_of_a_person_are_exactly_the_agreed_ones() -> None:
    assert {field.name for field in dataclasses.fields(Person)} == {
        "id", "language", "cards", "own_words", "birth_date", "languages", "hours_per_week_min", "hours_per_week_max",
        "day_parts", "travel_from", "travel_minutes_max", "travel_modes", "cards_held", "licence_classes",
        "available_from", "declined_offer_ids", "protected_contact", "sees",
    }  # fmt: skip


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1])
def test_numbers_that_are_not_finite_or_below_zero_are_refused(value: float) -> None:
    with pytest.raises(ValueError, match="hours_per_week_max"):
        make_person(hours_per_week_max=value)
    with pytest.raises(ValueError, match="hours_per_day"):
        make_offer(hours_per_day=value)
    with pytest.raises(ValueError, match="employer_openness"):
        make_offer(employer_openness=value)


def test_openness_above_one_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        make_offer(employer_openness=1.01)


def test_age_changes_on_the_birthday() -> None:
    person = make_person(birth_date=date(2008, 11, 23))

    assert (person.age_on(date(2026, 11, 22)), person.age_on(date(2026, 11, 23))) == (17, 18)


def test_born_on_a_leap_day_one_is_a_year_older_on_the_first_of_march() -> None:
    person = make_person(birth_date=date(2008, 2, 29))

    assert (person.age_on(date(2026, 2, 28)), person.age_on(date(2026, 3, 1))) == (17, 18)


def test_age_is_unknown_without_a_birth_date() -> None:
    assert make_person(birth_date=None).age_on(date(2026, 1, 1)) is None


def test_language_levels_are_in_order() -> None:
    assert [level.step for level in LanguageLevel] == [1, 2, 3, 4, 5, 6, 7]


def test_places_to_try_are_told_from_jobs() -> None:
    assert {kind for kind in OfferKind if kind.is_exploration} == {
        "work_trial",
        "group_trial",
        "workshop_place",
        "visit",
    }
