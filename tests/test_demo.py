"""The demo: promised numbers, believable variety, within every rule, always the same, two separate centres."""

import hashlib
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
import time_machine
from click.testing import CliRunner
from sqlalchemy import Engine, ForeignKey, func, select
from sqlalchemy.orm import Session
from stdnum.fi import ytunnus

from placement import demo
from placement.accounts.models import Centre, Staff
from placement.accounts.permissions import Role
from placement.cli import main
from placement.db import Base, make_session_factory
from placement.demo.interests import INTERESTS, PLACE_MARKS, STYLE_CARDS
from placement.demo.texts import offer_texts
from placement.demo.workplaces import KIVILAMPI, STRANDBY
from placement.employers.models import Employer
from placement.introductions.models import CardApproval, Introduction
from placement.introductions.states import IntroductionState
from placement.jobseekers.models import OwnWords, StrengthAnswer, Youth
from placement.jobseekers.queries import QUIET_DAYS
from placement.notifications.models import Channel
from placement.offers.models import TRIAL_KINDS, DayPart, Offer, OfferKind
from placement.offers.rule_checks import blocking_answers, check_offer_rules, values_of
from placement.offers.states import OfferState
from placement.placements.models import Placement
from placement.placements.states import PlacementState
from placement.placements.support_plan.dates import StepCode
from placement.placements.support_plan.models import StepState, SupportStep
from placement.recruitment_days.models import DayEmployer, DayInvitation, RecruitmentDay
from placement.recruitment_days.states import DayState
from placement.rules.book import NATIONAL
from placement.rules.sensitive_text import find_bank_account, find_identity_code
from placement.suggestions.models import Suggestion
from placement.suggestions.states import SuggestionState
from placement.vocabulary import cards_by_id, families_by_id
from placement.web.sign_in.demo import DEMO_PASSWORD
from tests.support.database import sqlite_engine

TODAY = date(2026, 11, 22)


@contextmanager
def loaded(seed: int = demo.SEED) -> Iterator[Session]:
    """A demo in a database of its own."""
    secrets = (f"secret-{number}" for number in itertools.count(1))
    with sqlite_engine() as engine, time_machine.travel("2026-11-22T09:00:00Z", tick=False):
        with make_session_factory(engine).begin() as session:
            steps: list[None] = []
            demo.make_demo(
                session,
                password_hash="hash",
                totp_secret=lambda: next(secrets),
                today=TODAY,
                seed=seed,
                on_step=lambda: steps.append(None),
            )
            assert len(steps) == demo.STEPS
        with make_session_factory(engine)() as session:
            yield session


@pytest.fixture(scope="module")
def made() -> Iterator[Session]:
    with loaded() as session:
        yield session


def _rows(session: Session) -> Iterator[tuple[str, tuple[object, ...]]]:
    for table in Base.metadata.sorted_tables:
        keys = list(table.primary_key.columns)
        for row in session.execute(select(table).order_by(*keys)):
            yield table.name, tuple(row)


def _texts(session: Session) -> Iterator[tuple[str, str]]:
    """Return every text of the database with the name of its column; ids of other programs are no texts."""
    for table in Base.metadata.sorted_tables:
        for row in session.execute(select(table)).mappings():
            for name, value in row.items():
                if isinstance(value, str) and name not in {"uid", "message_id", "fs_uniquifier"}:
                    yield f"{table.name}.{name}", value


def _fingerprint(session: Session) -> str:
    digest = hashlib.sha256()
    for row in _rows(session):
        digest.update(repr(row).encode())
    return digest.hexdigest()


def _count(session: Session, table: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_same_seed_gives_the_same_rows(made: Session) -> None:
    with loaded() as again:
        assert _fingerprint(again) == _fingerprint(made)


def test_it_holds_what_is_promised(made: Session) -> None:
    assert _count(made, Centre) == 2
    assert _count(made, Staff) == 12
    assert _count(made, Employer) == 60
    assert _count(made, Offer) == 220
    assert _count(made, Youth) == 120
    assert _count(made, RecruitmentDay) == 3


def test_there_are_offers_of_every_kind_and_state_and_from_every_employer(made: Session) -> None:
    offers = made.scalars(select(Offer)).all()

    assert {offer.kind for offer in offers} == set(OfferKind)
    assert {offer.state for offer in offers} == set(OfferState)
    assert len({offer.employer_id for offer in offers}) == 60
    assert len({offer.task_family for offer in offers}) >= 80
    assert {offer.language for offer in offers} == {"fi", "sv"}


def test_every_role_can_sign_in_at_the_first_centre(made: Session) -> None:
    summary = demo.read_summary(made)

    assert [one.role for one in summary.sign_ins] == list(Role)
    assert {one.centre for one in summary.sign_ins} == {"Ohjaamo Kivilampi"}
    assert all(one.email.endswith("@example.fi") for one in summary.sign_ins)
    assert summary.youth.first_name == "Aino"
    assert summary.employer_contact.employer_id is not None


def test_the_password_is_the_one_that_the_sign_in_page_tells() -> None:
    assert demo.PASSWORD == DEMO_PASSWORD


def test_no_rule_refuses_an_offer(made: Session) -> None:
    forms = {row.id: row.form for row in made.execute(select(Employer.id, Employer.form))}

    for offer in made.scalars(select(Offer)):
        answers = check_offer_rules(values_of(offer), forms[offer.employer_id], TODAY, NATIONAL)
        assert not list(blocking_answers(answers)), (offer.title, answers)


def test_trials_are_unpaid_short_and_guided(made: Session) -> None:
    for offer in made.scalars(select(Offer).where(Offer.kind.in_(TRIAL_KINDS))):
        assert offer.pay == ""
        assert offer.hours_per_day is not None
        assert 4 <= offer.hours_per_day <= 8
        assert offer.days_per_week is not None
        assert offer.days_per_week <= 5
        assert offer.guide_time not in {None, "none"}


def test_places_begin_on_working_days(made: Session) -> None:
    days = {day for offer in made.scalars(select(Offer)) for day in (offer.starts_from, offer.starts_until) if day}

    assert len(days) > 20
    assert all(day.weekday() < 5 for day in days)
    assert not days & {date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1), date(2027, 1, 6)}


def test_employers_write_in_their_own_language(made: Session) -> None:
    homes = {centre.id: centre.slug for centre in made.scalars(select(Centre))}
    counts = Counter((homes[offer.centre_id], offer.language) for offer in made.scalars(select(Offer)))

    assert set(counts) == {("kivilampi", "fi"), ("strandby", "sv"), ("strandby", "fi")}
    assert counts["strandby", "sv"] > 4 * counts["strandby", "fi"]


def test_night_work_is_for_adults(made: Session) -> None:
    nights = [offer for offer in made.scalars(select(Offer)) if DayPart.NIGHT in offer.day_parts]

    assert nights
    assert all((offer.minimum_age or 0) >= 18 for offer in nights)


def test_offers_read_as_plain_text_of_a_few_lines(made: Session) -> None:
    for offer in made.scalars(select(Offer)):
        assert 3 <= len(offer.tasks.splitlines()) <= 6
        assert len(offer.title) <= 80
    for language in ("fi", "sv"):
        assert set(offer_texts(language)) <= set(families_by_id())
    offered = {family for place in (*KIVILAMPI, *STRANDBY) for family in place.families}
    assert offered <= set(offer_texts("fi"))
    assert {family for place in STRANDBY for family in place.families} <= set(offer_texts("sv"))


def test_the_interests_speak_of_cards_that_exist() -> None:
    for interest in INTERESTS.values():
        assert {*interest.strengths, *interest.wishes, *interest.values} <= set(cards_by_id())
    assert {*STYLE_CARDS, *PLACE_MARKS} <= set(cards_by_id())


def test_young_people_are_of_served_age_and_of_many_kinds(made: Session) -> None:
    people = made.scalars(select(Youth)).all()
    ages = [age for person in people if (age := person.age_on(TODAY)) is not None]
    cards = Counter(made.scalars(select(StrengthAnswer.youth_id)))

    assert len(ages) == 120
    assert 15 <= min(ages) <= max(ages) <= 29
    assert sum(age < 18 for age in ages) == 12
    assert sum(person.protected_contact for person in people) == 6
    assert sum(cards[person.id] < 5 for person in people) == 10
    assert max(cards.values()) <= 25
    assert {person.channel for person in people} == set(Channel)
    assert {person.language for person in people} == {"fi", "sv", "en"}
    assert len({(person.first_name, person.last_name) for person in people}) == 120


def test_most_people_say_something_in_their_own_words(made: Session) -> None:
    words = made.scalars(select(OwnWords)).all()

    assert len({word.youth_id for word in words}) > 100
    assert all(word.card_ids for word in words)


def test_today_is_alive(made: Session) -> None:
    sari = made.scalars(select(Staff).where(Staff.first_name == "Sari")).one()
    own = made.scalars(select(Youth).where(Youth.one_adult_id == sari.id)).all()
    offers = made.scalars(select(Offer).where(Offer.centre_id == sari.centre_id)).all()
    answers = made.scalars(select(Suggestion).where(Suggestion.made_by_id == sari.id)).all()

    assert sum(person.next_on == TODAY for person in own) >= 1
    assert sum((TODAY - person.last_contact_on).days >= QUIET_DAYS for person in own if person.last_contact_on) == 2
    assert sum(offer.state is OfferState.SUBMITTED for offer in offers) == 9
    open_offers = [offer for offer in offers if offer.state in {OfferState.LIVE, OfferState.MATCHED}]
    assert sum((TODAY - offer.confirmed_on).days == 34 for offer in open_offers if offer.confirmed_on) == 3
    assert {answer.state for answer in answers} >= {SuggestionState.SENT, SuggestionState.INTERESTED}
    assert all(answer.reasons for answer in answers)


def test_there_is_a_placement_in_every_state_and_a_question_after_one_is_due(made: Session) -> None:
    placements = made.scalars(select(Placement)).all()
    assert {placement.state for placement in placements} == set(PlacementState)
    assert any(placement.stopped_in_first_days for placement in placements)
    due = select(SupportStep.code).where(SupportStep.state == StepState.OPEN, SupportStep.due_on <= TODAY)
    assert StepCode.AFTER_3 in made.scalars(due).all()


def test_introductions_are_at_every_point_of_the_way(made: Session) -> None:
    aino, henna = (summary := demo.read_summary(made)).youth, summary.employer_contact
    found = made.scalars(select(Introduction).where(Introduction.centre_id == aino.centre_id)).all()
    states = {one.state for one in found}
    on_the_way = {IntroductionState.GUARDIAN, IntroductionState.SENT, IntroductionState.TIMES, IntroductionState.AGREED}
    assert states >= on_the_way | {IntroductionState.ASKED, IntroductionState.DECLINED}
    for one in found:
        texts = [approval.texts for approval in made.scalars(select(CardApproval).filter_by(introduction_id=one.id))]
        assert bool(texts) == (one.state is not IntroductionState.ASKED)
        assert all("Aino" not in str(text) or one.youth_id == aino.id for text in texts)
    assert [one.state for one in found if one.contact_id == henna.id] == [IntroductionState.SENT]
    waiting = made.scalars(select(Suggestion.state).where(Suggestion.youth_id == aino.id)).all()
    assert SuggestionState.SENT in waiting, "the page that the demo opens has something to answer"


def test_nothing_has_happened_in_the_future(made: Session) -> None:
    for answer in made.scalars(select(Suggestion)):
        assert answer.sent_at.date() <= TODAY
        if answer.answered_at is not None:
            assert answer.sent_at < answer.answered_at
            assert answer.answered_at.date() <= TODAY
    for offer in made.scalars(select(Offer)):
        instants = [offer.created_at, offer.submitted_at, offer.checked_at, offer.live_at, offer.ended_at]
        known = [instant for instant in instants if instant is not None]
        assert known == sorted(known)
        assert known[-1].date() <= TODAY


def test_one_day_is_open_one_is_planned_and_one_is_past(made: Session) -> None:
    days = {day.state: day for day in made.scalars(select(RecruitmentDay))}

    assert set(days) == {DayState.OPEN, DayState.PARTNERS, DayState.CLOSED}
    assert 7 <= (days[DayState.OPEN].held_on - TODAY).days <= 14
    assert days[DayState.CLOSED].held_on < TODAY
    open_id = days[DayState.OPEN].id
    assert len(made.scalars(select(DayInvitation).where(DayInvitation.day_id == open_id)).all()) == 36
    assert len(made.scalars(select(DayEmployer).where(DayEmployer.day_id == open_id)).all()) == 9


def test_the_two_centres_know_nothing_of_each_other(made: Session) -> None:
    """Follow every foreign key: what belongs to a centre points only at what belongs to the same one."""
    centre_of = _centres_of_rows(made)
    crossed = []
    for table in Base.metadata.sorted_tables:
        for row in made.execute(select(table)).mappings():
            homes = {
                centre_of[target, row[key.parent.name]]
                for key in _foreign_keys(table.foreign_keys)
                if (target := key.column.table.name, row[key.parent.name]) in centre_of
            }
            if table.name == "centre":
                continue
            if len(homes) > 1:
                crossed.append((table.name, dict(row)))
    assert not crossed


def _foreign_keys(keys: set[ForeignKey]) -> list[ForeignKey]:
    return sorted(keys, key=lambda key: key.parent.name)


def _centres_of_rows(session: Session) -> dict[tuple[str, object], int]:
    """Return the centre of every row that has one: its own column, or that of what it points at."""
    centres: dict[tuple[str, object], int] = {}
    for table in Base.metadata.sorted_tables:
        if "id" not in table.columns:
            continue
        for row in session.execute(select(table)).mappings():
            if table.name == "centre":
                centres["centre", row["id"]] = row["id"]
                continue
            for key in _foreign_keys(table.foreign_keys):
                home = centres.get((key.column.table.name, row[key.parent.name]))
                if home is not None:
                    centres[table.name, row["id"]] = home
    return centres


def test_no_text_holds_an_identity_code_or_a_bank_account(made: Session) -> None:
    for column, text in _texts(made):
        assert not find_identity_code(text), (column, text)
        assert not find_bank_account(text), (column, text)


def test_companies_addresses_and_numbers_are_well_formed_and_invented(made: Session) -> None:
    for business_id in made.scalars(select(Employer.business_id).where(Employer.business_id.is_not(None))):
        assert ytunnus.is_valid(business_id)
        assert business_id.startswith("99")
    for column, text in _texts(made):
        assert not re.search(r"@(?!example\.fi)", text), (column, text)
        assert not re.search(r"\+358(?!40000\d{4}\b)", text), (column, text)


def _run(engine: Engine, *arguments: str, monkeypatch: pytest.MonkeyPatch, folder: str) -> tuple[int, str]:
    monkeypatch.setenv("SAUMA_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("SAUMA_INSTANCE", folder)
    result = CliRunner().invoke(main, arguments)
    return result.exit_code, result.output


def test_the_command_loads_an_empty_database_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = str(tmp_path_factory.mktemp("demo"))
    with sqlite_engine() as engine:
        code, said = _run(engine, "demo", monkeypatch=monkeypatch, folder=folder)
        assert code == 0, said
        assert "sari.lahtinen@example.fi" in said
        assert demo.PASSWORD in said

        code, said = _run(engine, "demo", monkeypatch=monkeypatch, folder=folder)
        assert code == 1
        assert "only into an empty one" in said


def test_running_the_demo_refuses_a_database_with_a_real_centre(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = str(tmp_path_factory.mktemp("real"))
    with sqlite_engine() as engine:
        with make_session_factory(engine).begin() as session:
            session.add(Centre(slug="real", name="Ohjaamo", municipality_code="091"))
        code, said = _run(engine, "run-demo", monkeypatch=monkeypatch, folder=folder)
    assert code == 1
    assert "set SAUMA_INSTANCE to another folder" in said
