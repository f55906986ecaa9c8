"""Features stay between 0 and 1 and move the right way; the score adds up."""

import math
from datetime import timedelta
from typing import Any

import pytest

from matching import (
    Band,
    CardAnswer,
    DayPart,
    GuideTime,
    LanguageLevel,
    Offer,
    OfferKind,
    OwnWords,
    Person,
    default_linker,
)
from matching.facts import OfferFacts, PersonFacts, read_offer, read_person
from matching.features import FEATURES
from matching.scoring import FeatureRow, band, contributions, exponents, feature_row, load_weights, reference, score
from tests.matching.examples import NOKIA, OULU, TODAY, make_offer, make_person


def value(feature: str, person: dict[str, Any] | None = None, offer: dict[str, Any] | None = None) -> float | None:
    return FEATURES[feature](person_facts(**(person or {})), offer_facts(**(offer or {})), TODAY)


def person_facts(**changes: Any) -> PersonFacts:
    person = make_person(**changes)
    links = {
        (words.text, words.language): default_linker().link(words.text, words.language) for words in person.own_words
    }
    return read_person(person, links)


def offer_facts(**changes: Any) -> OfferFacts:
    offer = make_offer(**changes)
    return read_offer(offer, default_linker().link(f"{offer.title}. {offer.description}", offer.language, limit=12))


def ordered(*values: float | None) -> bool:
    """Whether values are known, between 0 and 1, and rise."""
    known = [one for one in values if one is not None]
    return len(known) == len(values) and known == sorted(set(known)) and 0 <= known[0] <= known[-1] <= 1


def test_more_of_a_strength_is_never_less_fit() -> None:
    answers = (CardAnswer.NOT_ME, CardAnswer.WANT_TO_LEARN, CardAnswer.A_LITTLE, CardAnswer.YES)

    assert ordered(*(value("strength_fit", {"cards": {"FOO08": answer}}) for answer in answers))


def test_more_interest_is_more_fit() -> None:
    answers = (CardAnswer.NOT_ME, CardAnswer.A_LITTLE, CardAnswer.YES)

    assert ordered(*(value("interest_fit", {"cards": {"FOO02": answer}}) for answer in answers))


def test_own_words_confirmed_weigh_more_than_unconfirmed() -> None:
    text = "Keitän hyvää kahvia"
    guessed = {"cards": {}, "own_words": (OwnWords(text, "fi"),)}
    confirmed = {"cards": {}, "own_words": (OwnWords(text, "fi", ("FOO08",)),)}

    assert ordered(value("strength_fit", guessed), value("strength_fit", confirmed))


def test_a_guessed_link_never_overrules_an_answered_card() -> None:
    words = (OwnWords("Laitan ruokaa", "fi"),)

    assert person_facts(cards={"FOO01": CardAnswer.NOT_ME}, own_words=words).credit["FOO01"] == 0


def test_wishes_about_the_place_count_when_told() -> None:
    assert ordered(value("environment_fit", offer={"environment": {"ENV05": False}}), value("environment_fit"))
    assert value("environment_fit", offer={"environment": {}}) is None
    assert value("environment_fit", {"cards": {"ENV11": CardAnswer.SUITS}}, {"remote": True, "environment": {}}) == 1


def test_hours_outside_the_wish_lower_the_schedule() -> None:
    assert ordered(*(value("schedule_fit", offer={"hours_per_week": hours}) for hours in (60, 40, 31, 30)))
    assert value("schedule_fit", {"hours_per_week_min": 30}, {"hours_per_week": 20}) < 1  # type: ignore[operator]


def test_parts_of_the_day_that_suit_are_best() -> None:
    part = {"day_parts": frozenset({DayPart.EVENING}), "hours_per_week": None}

    assert ordered(
        value("schedule_fit", {"day_parts": {DayPart.EVENING: False}}, part),
        value("schedule_fit", {"cards": {"STY14": CardAnswer.SUITS}}, part),
        value("schedule_fit", {"cards": {"STY15": CardAnswer.SUITS}}, part),
    )
    assert value("schedule_fit", {"day_parts": {}}, part) is None


def test_short_days_count_only_when_wished() -> None:
    wish = {"cards": {"STY17": CardAnswer.SUITS}}

    assert ordered(*(value("schedule_fit", wish, {"hours_per_day": hours}) for hours in (8, 6, 5)))
    assert value("schedule_fit", offer={"hours_per_day": 8}) == value("schedule_fit", offer={"hours_per_day": 4})


def test_a_shorter_way_is_better_and_remote_is_best() -> None:
    assert ordered(
        value("way_there", offer={"municipality": OULU}),
        value("way_there", offer={"municipality": NOKIA}),
        value("way_there"),
        value("way_there", offer={"remote": True}),
    )
    assert value("way_there", {"travel_from": None}) is None


def test_more_language_is_more_margin_until_it_is_enough() -> None:
    offer = {"working_languages": {"fi": LanguageLevel.B1}}
    levels = [LanguageLevel.A1, LanguageLevel.A2, LanguageLevel.B1, LanguageLevel.B2, LanguageLevel.C1]

    assert ordered(*(value("language_margin", {"languages": {"fi": level}}, offer) for level in levels))
    assert value("language_margin", {"languages": {"fi": LanguageLevel.NATIVE}}, offer) == 1
    assert value("language_margin", {"languages": {"sv": LanguageLevel.C1}}, offer) is None


def test_a_guide_matters_more_when_wished_for() -> None:
    wish = {"cards": {"STY19": CardAnswer.SUITS}}
    times = (GuideTime.NONE, GuideTime.START, GuideTime.PART_OF_DAY, GuideTime.WHOLE_DAY)

    assert ordered(*(value("guide_support", wish, {"guide_time": time}) for time in times))
    assert ordered(*(value("guide_support", offer={"guide_time": time}) for time in times))
    assert ordered(
        value("guide_support", wish, {"guide_time": "none"}), value("guide_support", offer={"guide_time": "none"})
    )
    assert value("guide_support", offer={"guide_time": None}) is None


def test_learning_what_one_wants_is_worth_something() -> None:
    assert ordered(value("learning_value", offer={"task_family": "T30", "title": "x"}), value("learning_value"))
    assert value("learning_value", {"cards": {}}) is None


def test_values_are_judged_by_what_the_offer_tells() -> None:
    wish = {"cards": {"VAL09": CardAnswer.IMPORTANT}}

    assert ordered(*(value("values_fit", wish, {"can_grow_into_job": grows}) for grows in (False, True)))
    assert value("values_fit", wish) is None
    assert value("values_fit", wish, {"kind": OfferKind.APPRENTICESHIP}) == 1
    assert value("values_fit", {"cards": {"VAL02": CardAnswer.IMPORTANT}}, {"kind": OfferKind.WORK_TRIAL}) == 0.2


def test_a_word_from_the_employer_gets_old() -> None:
    days = (200, 90, 40, 7)

    assert value("freshness", offer={"confirmed_on": TODAY - timedelta(days=90)}) == pytest.approx(0.3)
    assert value("freshness", offer={"confirmed_on": TODAY + timedelta(days=3)}) == 1
    assert ordered(*(value("freshness", offer={"confirmed_on": TODAY - timedelta(days=day)}) for day in days[1:]))
    assert value("freshness", offer={"confirmed_on": None}) is None


def test_everything_is_missing_when_nothing_is_known() -> None:
    nobody = read_person(Person(id="nobody"), {})
    bare = read_offer(Offer("bare", OfferKind.OPEN_JOB, "?"), ())

    assert {feature(nobody, bare, TODAY) for feature in FEATURES.values()} == {None}


@pytest.mark.parametrize("kind", list(OfferKind))
@pytest.mark.parametrize("balance", [0.0, 0.3, 1.0])
def test_exponents_sum_to_one(kind: OfferKind, balance: float) -> None:
    powers = exponents(kind, balance, load_weights())

    assert sum(powers.values()) == pytest.approx(1)
    assert all(power >= 0 for power in powers.values())


def test_skills_weigh_little_and_interest_much_in_a_trial() -> None:
    trial, job = (exponents(kind, 0.5, load_weights()) for kind in (OfferKind.WORK_TRIAL, OfferKind.OPEN_JOB))

    assert trial["strength_fit"] < job["strength_fit"] / 2
    assert trial["interest_fit"] > job["interest_fit"]


def test_contributions_add_up_to_the_score() -> None:
    weights = load_weights()
    rows = [feature_row(dict.fromkeys(FEATURES, share), weights) for share in (0.2, 0.5, 0.9)]
    powers = exponents(OfferKind.HIDDEN_JOB, 0.4, weights)
    typical = reference(rows, weights)

    for row in rows:
        points = sum(part.log_points for part in contributions(row, powers, typical))
        of_typical = score(FeatureRow(typical, frozenset()), powers)
        assert points == pytest.approx(math.log(score(row, powers) / of_typical), abs=1e-6)


def test_not_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="strength_fit is not a number"):
        feature_row({"strength_fit": math.nan}, load_weights())


def test_values_are_kept_between_the_floor_and_one() -> None:
    row = feature_row({"strength_fit": 0.0, "interest_fit": 3.0, "way_there": None}, load_weights())

    assert row.values == {"strength_fit": 0.05, "interest_fit": 1.0, "way_there": load_weights().neutral["way_there"]}
    assert row.missing == {"way_there"}


@pytest.mark.parametrize(
    ("points", "wanted"), [(0.685, "strong"), (0.684, "good"), (0.63, "good"), (0.629, "possible")]
)
def test_bands_have_their_boundaries_in_the_data(points: float, wanted: str) -> None:
    powers = exponents(OfferKind.OPEN_JOB, 0.5, load_weights())

    assert band(points, FeatureRow({"strength_fit": 0.8}, frozenset()), powers, load_weights()) == wanted


def test_a_place_is_no_strong_fit_without_a_strength_that_meets_its_tasks() -> None:
    powers = exponents(OfferKind.WORK_TRIAL, 0.5, load_weights())

    assert band(0.9, FeatureRow({"strength_fit": 0.55}, frozenset()), powers, load_weights()) == Band.STRONG
    assert band(0.9, FeatureRow({"strength_fit": 0.54}, frozenset()), powers, load_weights()) == Band.GOOD
    unknown = FeatureRow({"strength_fit": 0.8}, frozenset({"strength_fit"}))
    assert band(0.9, unknown, powers, load_weights()) == Band.GOOD


def test_a_band_is_modest_while_little_is_known() -> None:
    powers = exponents(OfferKind.OPEN_JOB, 0.5, load_weights())
    little = FeatureRow({}, frozenset(FEATURES) - {"way_there"})
    no_strengths = FeatureRow({}, frozenset({"strength_fit", "interest_fit"}))

    assert band(0.99, little, powers, load_weights()) == Band.POSSIBLE
    assert band(0.99, no_strengths, powers, load_weights()) == Band.POSSIBLE
