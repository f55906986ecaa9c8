"""Many offers at once say the same as one after the other: verdicts, features, scores, order, reasons, medians."""

import math
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching import (
    CardAnswer,
    DayPart,
    GuideTime,
    LanguageLevel,
    Offer,
    OfferIndex,
    OfferKind,
    OwnWords,
    Person,
    Ranking,
    TravelMode,
    load_cards,
    load_task_families,
    rank,
)
from matching.asides import Asides
from matching.board import Board
from matching.eligibility import RULES
from matching.features import FEATURES
from matching.ranking import rank_one_by_one
from matching.scoring import reference
from matching.setting import Setting, judge, make_settings
from matching.sheet import Sheet
from matching.verdicts import NO, NO_WITH_A_STEP, UNKNOWN, verdict_code
from tests.matching.examples import NOKIA, OULU, PIRKKALA, TAMPERE, TODAY, make_offer, make_person

MANY = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
LEVELS = st.sampled_from(list(LanguageLevel))
LANGUAGES = st.sampled_from(["fi", "sv", "en", "ar"])
DAYS = st.integers(-120, 500).map(lambda days: TODAY + timedelta(days=days))
HOURS = st.none() | st.sampled_from([0, 7, 7.5, 8, 8.5, 20, 30, 35, 37.5, 40, 41, 60])
TOWNS = st.none() | st.sampled_from([TAMPERE, PIRKKALA, NOKIA, OULU, "091", "000", ""])
MARKS = [card.id for card in load_cards().values() if card.group in {"place", "style"}]
VALUES = [card.id for card in load_cards().values() if card.group == "values"]

WATCHED = [family.id for family in load_task_families().values() if family.watch & {"18", "haz"}]
BIRTHDAYS = st.sampled_from([14, 15, 16, 17, 18, 30]).flatmap(
    lambda age: st.integers(-1, 1).map(lambda days: date(TODAY.year - age, 11, 23) + timedelta(days=days))
)
SOME_ANSWERS = st.dictionaries(st.sampled_from(list(load_cards())), st.sampled_from(list(CardAnswer)), max_size=60)
WISHES = st.fixed_dictionaries(
    {},
    optional={card: st.just(CardAnswer.IMPORTANT) for card in VALUES}
    | {card: st.sampled_from([CardAnswer.SUITS, CardAnswer.CANNOT]) for card in MARKS},
)

any_offer = st.builds(
    Offer,
    id=st.integers(0, 10**4).map(str),
    kind=st.sampled_from(list(OfferKind)),
    title=st.sampled_from(["Siivooja", "Café helper", "Lagerarbetare", "Hitsaaja", "???", ""]),
    description=st.sampled_from(["", "Autat asiakkaita ja siivoat.", "Leivot, pakkaat ja keität kahvia."]),
    task_family=st.none() | st.sampled_from(list(load_task_families())) | st.sampled_from(WATCHED),
    municipality=TOWNS,
    remote=st.booleans(),
    hours_per_week=HOURS,
    hours_per_day=HOURS,
    days_per_week=st.none() | st.sampled_from([0, 1, 2.5, 5, 7]),
    day_parts=st.frozensets(st.sampled_from(list(DayPart)), max_size=3),
    starts_from=st.none() | DAYS,
    starts_until=st.none() | DAYS,
    people_in_talks=st.integers(0, 2),
    talks_cap=st.none() | st.integers(0, 2),
    guide_time=st.none() | st.sampled_from(list(GuideTime)),
    environment=st.dictionaries(st.sampled_from([*MARKS, "FOO01", "XXX"]), st.booleans(), max_size=8),
    working_languages=st.dictionaries(LANGUAGES, st.none() | LEVELS, max_size=3),
    minimum_age=st.none() | st.sampled_from([0, 15, 16, 18, 20]),
    cards_needed=st.dictionaries(
        st.sampled_from(["hygiene", "safety"]), st.sampled_from(["at_start", "by_month_3"]), max_size=2
    ),
    licence_needed=st.none() | st.sampled_from(["AM", "B", "C1"]),
    hazards=st.booleans(),
    can_grow_into_job=st.none() | st.booleans(),
    employer_openness=st.none() | st.floats(0, 1),
    confirmed_on=st.none() | DAYS,
    months=st.none() | st.sampled_from([1, 6, 6.5, 12]),
    visibility=st.sampled_from(["inside", "selected", "open"]),
    subsidies=st.frozensets(st.sampled_from(["youth_voucher", "wage_subsidy"]), max_size=1),
)
any_offers = st.lists(any_offer, max_size=24, unique_by=lambda offer: offer.id)
any_person = st.builds(
    Person,
    id=st.just("person"),
    cards=SOME_ANSWERS | st.tuples(SOME_ANSWERS, WISHES).map(lambda both: both[0] | both[1]),
    own_words=st.just(()) | st.just((OwnWords("Autan mielelläni muita", "fi"), OwnWords("cooking", "en", ("FOO01",)))),
    birth_date=st.none() | st.dates(date(1995, 1, 1), date(2014, 1, 1)) | BIRTHDAYS | st.just(date(2027, 5, 5)),
    languages=st.dictionaries(LANGUAGES, LEVELS, max_size=3),
    hours_per_week_min=HOURS,
    hours_per_week_max=HOURS,
    day_parts=st.dictionaries(st.sampled_from(list(DayPart)), st.booleans()),
    travel_from=TOWNS,
    travel_minutes_max=st.none() | st.integers(0, 120),
    travel_modes=st.frozensets(st.sampled_from(list(TravelMode)), max_size=3),
    cards_held=st.none() | st.frozensets(st.sampled_from(["hygiene", "safety"])),
    licence_classes=st.none() | st.frozensets(st.sampled_from(["AM", "B", "CE"])),
    available_from=st.none() | DAYS,
    declined_offer_ids=st.frozensets(st.integers(0, 10**4).map(str), max_size=3),
    protected_contact=st.booleans(),
    sees=st.none() | st.frozensets(st.sampled_from(["selected", "open"])),
)


def prepared(person: Person, offers: list[Offer], balance: float = 0.5) -> tuple[Setting, Board, Sheet]:
    index = OfferIndex.build(offers)
    (setting,) = make_settings([person], index.linker, TODAY, balance)
    return setting, index.board, Sheet.of(setting, index.board)


def one_by_one(person: Person, offers: list[Offer], balance: float = 0.5, limit: int | None = None) -> Ranking:
    index = OfferIndex.build(offers)
    (setting,) = make_settings([person], index.linker, TODAY, balance)
    return rank_one_by_one(setting, index.read(offers), balance, limit)


def at_once(person: Person, offers: list[Offer], **options: Any) -> Ranking:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matching.ranking.FEW", 0)
        return rank(person, offers, today=TODAY, **options)


def rounded(value: Any) -> Any:
    """The same value with every number rounded so far that the last bits of a sum do not matter."""
    if isinstance(value, float):
        return round(value, 11) + 0.0
    if isinstance(value, tuple):
        return tuple(rounded(one) for one in value)
    if hasattr(value, "__slots__") and not isinstance(value, str):
        return type(value), tuple(rounded(getattr(value, name)) for name in value.__slots__)
    if isinstance(value, dict):
        return {name: rounded(one) for name, one in value.items()}
    return value


@MANY
@given(any_person, any_offers)
def test_every_rule_gives_the_same_verdict(person: Person, offers: list[Offer]) -> None:
    setting, board, sheet = prepared(person, offers)

    for rule, ask in RULES.items():
        wanted = [verdict_code(ask(setting.person, one, TODAY)) for one in board.offers]
        assert sheet.answers[rule].tolist() == wanted, rule
    assert list(sheet.answers) == list(RULES)


@MANY
@given(any_person, any_offers)
def test_every_feature_has_the_same_value(person: Person, offers: list[Offer]) -> None:
    setting, board, sheet = prepared(person, offers)

    for name in FEATURES:
        rows = [judge(setting, one).row for one in board.offers]
        assert sheet.missing[name].tolist() == [name in row.missing for row in rows], name
        wanted = [row.values[name] for row in rows]
        assert sheet.values[name].tolist() == pytest.approx(wanted, rel=1e-12, abs=1e-12), name


@MANY
@given(any_person, any_offers, st.sampled_from([0.0, 0.3, 0.5, 1.0]))
def test_scores_order_and_the_typical_offer_are_the_same(person: Person, offers: list[Offer], balance: float) -> None:
    setting, board, sheet = prepared(person, offers, balance)
    judged = [judge(setting, one) for one in board.offers]
    worst = [max((verdict_code(result) for result in one.results), default=0) for one in judged]

    assert sheet.worst.tolist() == worst
    for row, one in enumerate(judged):
        assert math.isnan(sheet.scores[row]) if worst[row] == NO else sheet.scores[row] == one.score
    eligible = [one for one, verdict in zip(judged, worst, strict=True) if verdict <= UNKNOWN]
    assert sheet.typical(setting) == pytest.approx(
        reference([one.row for one in eligible], setting.weights), rel=1e-12, abs=1e-12
    )
    for rows, wanted in ((sheet.eligible(), worst), (sheet.one_step_away(), worst)):
        for limit in (None, 0, 1, 3, 99):
            by_hand = sorted(rows.tolist(), key=lambda row: (-judged[row].score, board.offers[row].offer.id))
            assert sheet.best(rows, limit) == by_hand[:limit]
        assert {wanted[row] for row in rows} <= {0, UNKNOWN, NO_WITH_A_STEP}


@MANY
@given(any_person, any_offers, st.sampled_from([None, 0, 2, 7]))
def test_the_whole_answer_is_the_same(person: Person, offers: list[Offer], limit: int | None) -> None:
    quick, slow = at_once(person, offers, limit=limit), one_by_one(person, offers, limit=limit)

    assert rounded(quick.suggestions) == rounded(slow.suggestions)
    assert rounded(quick.one_step_away) == rounded(slow.one_step_away)
    assert isinstance(quick.set_aside, Asides)
    assert quick.set_aside == slow.set_aside
    assert list(quick.set_aside_rules.items()) == list(slow.set_aside_rules.items())
    assert (quick.considered, quick.eligible, quick.versions) == (slow.considered, slow.eligible, slow.versions)


@MANY
@given(any_person, any_offers, any_offers, st.randoms(use_true_random=False))
def test_an_index_that_grew_and_shrank_ranks_as_a_new_one(
    person: Person, before: list[Offer], after: list[Offer], shuffler: Any
) -> None:
    wanted = list({offer.id: offer for offer in [*before[::2], *after]}.values())
    shuffler.shuffle(wanted)

    grown = OfferIndex.build(before).with_offers(wanted)

    assert [one.offer for one in grown.board.offers] == wanted
    assert at_once(person, wanted, index=grown) == at_once(person, wanted)
    assert at_once(person, wanted, index=OfferIndex.build(before)) == at_once(person, wanted)


def test_offers_of_one_score_stand_in_the_order_of_their_ids() -> None:
    offers = [make_offer(id=str(number)) for number in range(30)]

    quick = at_once(make_person(), offers, limit=5)

    assert [one.offer_id for one in quick.suggestions] == sorted(offer.id for offer in offers)[:5]
    assert rounded(quick.suggestions) == rounded(one_by_one(make_person(), offers, limit=5).suggestions)


def test_scores_next_to_a_rounding_step_are_worked_out_as_for_one_offer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matching.sheet.NEAR_A_HALF", 1.0)
    offers = [make_offer(id=str(number), hours_per_week=number) for number in range(30)]
    setting, board, sheet = prepared(make_person(), offers)

    assert sheet.scores.tolist() == [judge(setting, one).score for one in board.offers]


def test_a_list_of_asides_can_be_cut_and_shown() -> None:
    offers = [make_offer(id=str(number), talks_cap=0) for number in range(20)]
    asides = at_once(make_person(), offers).set_aside

    assert len(asides) == 20
    assert asides[:2] == (asides[0], asides[1])
    assert asides[-1].offer_id == "9"
    assert repr(asides[:1]) == repr((asides[0],))
    assert asides != list(asides)


def test_what_is_told_about_places_of_other_offers_is_not_known_here() -> None:
    board = OfferIndex.build([make_offer(environment={"ENV01": True}), make_offer(id="b", environment={})]).board

    assert board.marks("ENV01").tolist() == [2, 0]
    assert board.marks("ENV02").tolist() == [0, 0]
    assert np.shares_memory(board.marks("ENV01"), board.place["ENV01"])


def test_an_offer_given_twice_to_an_index_is_kept_once_as_it_was_last() -> None:
    first, last = make_offer(), replace(make_offer(), title="Navetta")

    index = OfferIndex.build([first, last])

    assert len(index) == len(index.board) == 1
    assert index.facts(last) is not None
