"""The list: its order, its explanation, and what it does with little or strange input."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching import (
    Band,
    CardAnswer,
    CheckCode,
    CheckResult,
    DayPart,
    GuideTime,
    LanguageLevel,
    Offer,
    OfferIndex,
    OfferKind,
    OwnWords,
    Person,
    Ranking,
    Reason,
    ReasonCode,
    default_linker,
    load_cards,
    load_task_families,
    rank,
)
from tests.matching.examples import NOKIA, OULU, PIRKKALA, TAMPERE, TODAY, make_offer, make_person

FORTY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

offers_strategy = st.lists(
    st.builds(
        make_offer,
        id=st.integers(0, 10**6).map(str),
        kind=st.sampled_from(list(OfferKind)),
        title=st.sampled_from(["Siivooja", "Café helper", "Lagerarbetare", "???", "🙂", ""]),
        task_family=st.none() | st.sampled_from(list(load_task_families())),
        municipality=st.none() | st.sampled_from([TAMPERE, PIRKKALA, NOKIA, OULU, "000"]),
        hours_per_week=st.none() | st.floats(0, 60),
        day_parts=st.frozensets(st.sampled_from(list(DayPart)), max_size=3),
        guide_time=st.none() | st.sampled_from(list(GuideTime)),
        working_languages=st.dictionaries(
            st.sampled_from(["fi", "sv"]), st.none() | st.sampled_from(list(LanguageLevel))
        ),
        employer_openness=st.none() | st.floats(0, 1),
        confirmed_on=st.none() | st.dates(date(2026, 1, 1), TODAY),
        talks_cap=st.none() | st.integers(0, 2),
        hazards=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda offer: offer.id,
)
people_strategy = st.builds(
    make_person,
    cards=st.dictionaries(st.sampled_from(list(load_cards())), st.sampled_from(list(CardAnswer)), max_size=25),
    own_words=st.just(()) | st.just((OwnWords("Autan mielelläni muita", "fi"),)),
    birth_date=st.none() | st.dates(date(1996, 1, 1), date(2013, 1, 1)),
    travel_minutes_max=st.none() | st.integers(0, 120),
    protected_contact=st.booleans(),
)


def ranked(person: Person | None = None, offers: list[Offer] | None = None, **options: Any) -> Ranking:
    return rank(person or make_person(), [make_offer()] if offers is None else offers, today=TODAY, **options)


def order(ranking: Ranking) -> list[str]:
    return [suggestion.offer_id for suggestion in ranking.suggestions]


@FORTY
@given(people_strategy, offers_strategy, st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(person: Person, offers: list[Offer], shuffler: Any) -> None:
    shuffled = list(offers)
    shuffler.shuffle(shuffled)

    assert rank(person, offers, today=TODAY) == rank(person, shuffled, today=TODAY)


@FORTY
@given(people_strategy, offers_strategy.filter(bool), st.data())
def test_leaving_one_out_never_reorders_the_others(person: Person, offers: list[Offer], data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(offers))
    before, after = rank(person, offers, today=TODAY), rank(person, [one for one in offers if one != gone], today=TODAY)

    assert order(after) == [offer_id for offer_id in order(before) if offer_id != gone.id]
    scores = {one.offer_id: (one.score, one.band) for one in before.suggestions}
    assert all(scores[one.offer_id] == (one.score, one.band) for one in after.suggestions)


@FORTY
@given(people_strategy, offers_strategy, st.floats(0, 1))
def test_every_list_keeps_its_promises(person: Person, offers: list[Offer], balance: float) -> None:
    ranking = rank(person, offers, today=TODAY, balance=balance)

    assert ranking.considered == len(offers) == len(ranking.suggestions) + len(ranking.set_aside)
    assert ranking.eligible == len(ranking.suggestions)
    assert [one.position for one in ranking.suggestions] == list(range(1, ranking.eligible + 1))
    scores = [one.score for one in ranking.suggestions]
    assert scores == sorted(scores, reverse=True)
    for suggestion in (*ranking.suggestions, *ranking.one_step_away):
        assert 0 < suggestion.score <= 1
        assert len(suggestion.reasons_for) <= 3
        parts = {part.feature: part for part in suggestion.contributions}
        for reason in suggestion.reasons_for:
            assert reason.sign == 1
            assert reason.code in set(ReasonCode)
            assert parts[reason.source].log_points > 0
            assert not parts[reason.source].missing
        for check in suggestion.checks:
            assert check.sign in {-1, 0}
            assert check.code in set(CheckCode)
            if check.source in parts:
                part = parts[check.source]
                assert part.missing if check.sign == 0 else part.log_points < 0


@FORTY
@given(people_strategy, offers_strategy)
def test_protected_contact_never_tells_a_distance_or_a_place(person: Person, offers: list[Offer]) -> None:
    ranking = rank(replace(person, protected_contact=True), offers, today=TODAY)

    told: list[CheckResult | Reason] = [check for aside in ranking.set_aside for check in aside.checks]
    for suggestion in (*ranking.suggestions, *ranking.one_step_away):
        told += [*suggestion.reasons_for, *suggestion.checks]
    for item in told:
        assert not {"minutes", "kilometres", "mode", "municipality", "place"} & set(item.slots)
        assert "VAL08" not in (item.slots.get("cards") or ())
        if item.code in {CheckCode.TRAVEL_OVER_LIMIT, CheckCode.TRAVEL_NEAR_LIMIT, ReasonCode.CLOSE_BY}:
            assert item.slots == {}


def test_an_index_made_in_advance_gives_the_same_list() -> None:
    offers = [make_offer(), make_offer(id="farm", title="Eläintilan apulainen", task_family=None)]
    stale = OfferIndex.build([replace(offers[0], title="Hitsaaja"), offers[1]])

    assert ranked(offers=offers) == ranked(offers=offers, index=OfferIndex.build(offers))
    assert ranked(offers=offers) == ranked(offers=offers, index=stale)
    assert ranked(offers=offers) == ranked(offers=offers, index=OfferIndex({}, default_linker()))


def test_an_index_keeps_what_is_still_right() -> None:
    cafe, farm = make_offer(), make_offer(id="farm")
    index = OfferIndex.build([cafe, farm])

    renewed = index.with_offers([cafe, replace(farm, title="Navetta")])

    assert renewed.facts(cafe) is index.facts(cafe)
    assert renewed.facts(farm) is None
    assert len(renewed) == 2
    assert len(renewed.with_offers([cafe])) == 1


def test_equal_scores_are_ordered_by_offer_id() -> None:
    offers = [make_offer(id=name) for name in ("b", "c", "a")]

    assert order(ranked(offers=offers)) == ["a", "b", "c"]


def test_what_fits_comes_before_what_does_not() -> None:
    offers = [
        make_offer(),
        make_offer(
            id="weld", title="Hitsaajan apulainen", task_family="T57", municipality=NOKIA, guide_time=GuideTime.NONE
        ),
    ]

    assert order(ranked(offers=offers)) == ["cafe", "weld"]


def test_the_balance_moves_wishes_against_working_out() -> None:
    wished = make_offer(id="wished", employer_openness=0.1, confirmed_on=TODAY - timedelta(days=80))
    likely = make_offer(id="likely", environment={"ENV05": False}, employer_openness=1.0, guide_time=GuideTime.NONE)

    assert order(ranked(offers=[wished, likely], balance=1.0)) == ["wished", "likely"]
    assert order(ranked(offers=[wished, likely], balance=0.0)) == ["likely", "wished"]


def test_the_same_offer_in_three_languages_ranks_alike() -> None:
    titles = {"fi": "Siivooja", "sv": "Städare", "en": "Cleaner"}
    offers = [make_offer(id=code, title=title, language=code, task_family=None) for code, title in titles.items()]

    suggestions = ranked(offers=offers).suggestions

    assert max(one.score for one in suggestions) - min(one.score for one in suggestions) < 0.05


def test_the_cafe_is_explained_by_strengths_first_and_an_honest_check() -> None:
    (cafe,) = ranked(offers=[make_offer(cards_needed={"hygiene": "by_month_3"})]).suggestions

    assert cafe.band == Band.STRONG
    assert cafe.reasons_for[0].code == ReasonCode.STRENGTHS_MEET_TASKS
    assert cafe.reasons_for[0].slots["cards"] == ("PEO16",)
    assert ReasonCode.WISH_SMALL_WORKPLACE_MET in [reason.code for reason in cafe.reasons_for]
    assert CheckCode.HYGIENE_PASS_BY_MONTH_3 in [check.code for check in cafe.checks]


def test_own_words_are_told_as_written() -> None:
    person = make_person(own_words=(OwnWords("I take care of animals at the riding club", "en"),))

    (farm,) = ranked(person, [make_offer(id="farm", title="Eläintila", task_family="T31")]).suggestions

    assert farm.reasons_for[0].code == ReasonCode.OWN_WORDS_MEET_TASKS
    assert farm.reasons_for[0].slots["own_words"] == "I take care of animals at the riding club"
    assert farm.reasons_for[0].slots["cards"] == ("NAT03",)


@pytest.mark.parametrize(
    ("person", "offer", "code"),
    [
        ({"cards": {"FOO08": CardAnswer.WANT_TO_LEARN}}, {}, ReasonCode.WANTS_TO_LEARN_HERE),
        ({"cards": {"FOO04": CardAnswer.YES}}, {}, ReasonCode.STRENGTHS_MEET_TASKS),
        ({"cards": {}}, {}, ReasonCode.WISH_DAY_PARTS_MET),
        ({"cards": {}}, {"day_parts": frozenset()}, ReasonCode.WISH_HOURS_MET),
        ({"cards": {}}, {"guide_time": GuideTime.PART_OF_DAY}, ReasonCode.GUIDE_PRESENT_PART_OF_DAY),
        ({"cards": {}}, {}, ReasonCode.CLOSE_BY),
        ({"cards": {}}, {"remote": True}, ReasonCode.REMOTE_POSSIBLE),
        ({"cards": {"VAL09": CardAnswer.IMPORTANT}}, {"can_grow_into_job": True}, ReasonCode.COULD_GROW_INTO_JOB),
        ({"cards": {"VAL02": CardAnswer.IMPORTANT}}, {}, ReasonCode.VALUES_MET),
        ({"cards": {"ENV02": CardAnswer.SUITS}}, {"environment": {"ENV02": True}}, ReasonCode.WISH_PLACE_MET),
    ],
)
def test_each_reason_can_be_reached(person: dict[str, Any], offer: dict[str, Any], code: ReasonCode) -> None:
    (suggestion,) = ranked(make_person(**person), [make_offer(**offer)]).suggestions

    assert code in [reason.code for reason in suggestion.reasons_for]


def test_language_openness_and_freshness_are_told_when_nothing_else_is_known() -> None:
    person = Person(id="p", languages={"fi": LanguageLevel.B2}, birth_date=date(2006, 1, 1))
    offer = Offer("o", OfferKind.OPEN_JOB, "?", working_languages={"fi": LanguageLevel.A2}, employer_openness=0.9,
                  confirmed_on=TODAY)  # fmt: skip

    (suggestion,) = ranked(person, [offer]).suggestions

    assert {reason.code for reason in suggestion.reasons_for} == {
        ReasonCode.LANGUAGE_ENOUGH, ReasonCode.EMPLOYER_OPEN, ReasonCode.CONFIRMED_LATELY,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("person", "offer", "code"),
    [
        ({}, {"cards_needed": {"safety": "by_month_3"}}, CheckCode.CARD_NEEDED_BY_MONTH_3),
        ({}, {"record_check": True}, CheckCode.RECORD_CHECK_NEEDED),
        ({"birth_date": date(2009, 6, 1)}, {"hazards": True}, CheckCode.HAZARDS_ASK),
        ({}, {"confirmed_on": None}, CheckCode.NOT_CONFIRMED_LATELY),
        ({}, {"confirmed_on": TODAY - timedelta(days=31)}, CheckCode.NOT_CONFIRMED_LATELY),
        ({}, {"starts_from": None}, CheckCode.START_UNKNOWN),
        ({}, {"day_parts": frozenset(), "hours_per_week": None}, CheckCode.SCHEDULE_UNKNOWN),
        ({}, {"municipality": None}, CheckCode.TRAVEL_UNKNOWN),
        ({}, {"guide_time": None}, CheckCode.GUIDE_UNKNOWN),
        ({}, {"working_languages": {}}, CheckCode.LANGUAGE_UNKNOWN),
        ({"languages": {}}, {}, CheckCode.LANGUAGE_UNKNOWN),
        ({"cards": {"FOO01": CardAnswer.YES}}, {}, CheckCode.FEW_STRENGTHS_KNOWN),
        ({}, {"task_family": None, "title": "?"}, CheckCode.TASKS_UNKNOWN),
        ({}, {"hours_per_week": 45}, CheckCode.HOURS_OVER_WISH),
        ({"hours_per_week_min": 28}, {"hours_per_week": 10}, CheckCode.HOURS_UNDER_WISH),
        ({"cards": {"STY19": CardAnswer.SUITS}}, {"guide_time": GuideTime.NONE}, CheckCode.GUIDE_LITTLE),
        ({}, {"environment": {"ENV05": False}}, CheckCode.NOT_WISHED_PLACE),
        ({}, {"employer_openness": 0.05}, CheckCode.EMPLOYER_SLOW),
        ({"travel_minutes_max": 24}, {"municipality": NOKIA}, CheckCode.TRAVEL_NEAR_LIMIT),
        ({"licence_classes": None}, {"licence_needed": "B"}, CheckCode.LICENCE_UNKNOWN),
        ({"cards": dict.fromkeys(("FOO08", "PEO16", "FOO04"), CardAnswer.NOT_ME)}, {}, CheckCode.STRENGTHS_ELSEWHERE),
    ],
)
def test_each_check_can_be_reached(person: dict[str, Any], offer: dict[str, Any], code: CheckCode) -> None:
    (suggestion,) = ranked(make_person(**person), [make_offer(**offer)]).suggestions

    assert code in [check.code for check in suggestion.checks]


def test_learning_nothing_new_is_told_honestly() -> None:
    cards = {**make_person().cards, "HAN04": CardAnswer.WANT_TO_LEARN}
    del cards["FOO08"]

    (suggestion,) = ranked(make_person(cards=cards), [make_offer(kind=OfferKind.WORK_TRIAL)]).suggestions

    assert CheckCode.LITTLE_NEW_TO_LEARN in [check.code for check in suggestion.checks]


def test_an_offer_with_a_no_that_can_be_acted_on_is_found_one_step_away() -> None:
    person = make_person(day_parts={DayPart.MORNING: True, DayPart.EVENING: False})
    evening = make_offer(id="evening", day_parts=frozenset({DayPart.EVENING}))
    full = make_offer(id="full", talks_cap=0)

    ranking = ranked(person, [make_offer(), evening, full])

    assert order(ranking) == ["cafe"]
    assert [aside.offer_id for aside in ranking.set_aside] == ["evening", "full"]
    assert [aside.actionable for aside in ranking.set_aside] == [True, False]
    (step,) = ranking.one_step_away
    assert (step.offer_id, step.band, step.position) == ("evening", Band.NEEDS_PREPARATION, None)
    assert step.checks[0].code == CheckCode.DAY_PARTS_NOT_POSSIBLE


def test_the_limit_shortens_the_list_and_not_the_counts() -> None:
    offers = [make_offer(id=str(number)) for number in range(9)]

    short, whole = ranked(offers=offers, limit=3), ranked(offers=offers)

    assert short.suggestions == whole.suggestions[:3]
    assert (short.eligible, short.considered) == (9, 9)
    assert ranked(offers=offers, limit=0).suggestions == ()


def test_an_empty_profile_still_gets_a_list_that_says_what_to_ask() -> None:
    ranking = ranked(Person(id="new"), [make_offer(), make_offer(id="weld", task_family="T57")])

    assert ranking.eligible == 2
    for suggestion in ranking.suggestions:
        assert suggestion.band == Band.POSSIBLE
        assert CheckCode.FEW_STRENGTHS_KNOWN in [check.code for check in suggestion.checks]


def test_an_offer_with_nothing_but_a_title_is_ranked_and_checked() -> None:
    (suggestion,) = ranked(offers=[Offer("bare", OfferKind.OPEN_JOB, "Siivooja")]).suggestions

    assert suggestion.checks
    assert suggestion.band == Band.POSSIBLE


def test_no_offers_give_an_empty_list() -> None:
    ranking = ranked(offers=[])

    assert (ranking.suggestions, ranking.set_aside, ranking.one_step_away, ranking.considered) == ((), (), (), 0)


def test_emoji_and_unknown_ids_do_no_harm() -> None:
    person = make_person(
        cards={"XXX99": CardAnswer.YES}, own_words=(OwnWords("🙂🙂", "fi", ("YYY01",)), OwnWords("", "sv"))
    )
    offer = make_offer(title="🎉🎉", description="\x00🙂" * 50, task_family="T99", environment={"ZZZ": True})

    assert len(ranked(person, [offer]).suggestions) == 1


@pytest.mark.parametrize("balance", [-0.01, 1.01, float("nan"), float("inf")])
def test_a_balance_outside_zero_to_one_is_refused(balance: float) -> None:
    with pytest.raises(ValueError, match="balance"):
        ranked(balance=balance)


def test_a_negative_limit_and_two_offers_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="limit"):
        ranked(limit=-1)
    with pytest.raises(ValueError, match="share an id"):
        ranked(offers=[make_offer(), make_offer()])


def test_versions_come_with_every_list() -> None:
    assert set(ranked().versions) == {"engine", "weights", "vocabulary", "rules"}
