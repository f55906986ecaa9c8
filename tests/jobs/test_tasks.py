"""What each job does: send, plan, sweep, forget. And how a run is noted."""

import email
import email.policy
import uuid
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from jobs.dispatcher import Dispatcher
from jobs.runner import Work, free_interrupted_slots, run_job
from jobs.schedule import JOBS
from jobs.scheduler import Ticker
from jobs.tasks import (
    ask_gateway,
    forget_old_keys,
    forget_old_lists,
    forget_shown_lists,
    keep_offers_fresh,
    keep_reliability,
    make_backup,
    plan_reminders,
    send_digests,
    send_due_messages,
    sweep,
)
from placement.accounts.models import IdempotencyKey, RateCount, Staff
from placement.accounts.permissions import Role
from placement.audit.models import Heartbeat, JobRun, JobRunState
from placement.audit.services import Actor, switch_job_off, switch_job_on
from placement.backups.ledger import SentLedger
from placement.backups.making import newest_backup
from placement.clock import today_in_helsinki, utcnow
from placement.introductions.states import IntroductionState
from placement.jobseekers.queries import get_youth_with_profile
from placement.migrations.run import upgrade
from placement.notifications.delivery import LEASE, Letter, Outcome, claim
from placement.notifications.models import Channel, KeptPromise, Message, MessageState, OutcomeKind
from placement.notifications.promises import promise_mark
from placement.notifications.services import Receiver, queue_message
from placement.offers.finding import OfferFilter
from placement.offers.importing.models import OfferList
from placement.offers.models import Offer
from placement.offers.saved_searches import keep_search
from placement.settings import Settings
from placement.suggestions.adapter import fits_for
from placement.suggestions.decisions.models import ListRecord
from placement.suggestions.decisions.services import keep_list
from placement.suggestions.live_index import live_offers_of
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.days import invite, make_open_day, say_yes
from tests.support.factories.employers import make_contact, make_employer, make_offer
from tests.support.factories.introductions import make_introduced
from tests.support.factories.youths import make_youth
from tests.support.sms import gateway


class FakeWay:
    """A way out that answers what it is told to and remembers what it got."""

    def __init__(self, *outcomes: Outcome | Exception) -> None:
        self.outcomes = list(outcomes)
        self.letters: list[Letter] = []

    def send(self, letter: Letter) -> Outcome:
        self.letters.append(letter)
        outcome = self.outcomes.pop(0) if self.outcomes else Outcome(OutcomeKind.SENT)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def close(self) -> None:
        return


@pytest.fixture
def work(app: Flask, session: Session) -> Iterator[Work]:
    assert session is not None
    yield Work(app, "test:1")
    app.extensions.pop("dispatcher", None)


@pytest.fixture
def ledger(tmp_path: Path) -> SentLedger:
    return SentLedger(tmp_path)


def _queue(session: Session, count: int = 1, channel: Channel = Channel.EMAIL) -> list[Message]:
    staff = make_staff(session, make_centre(session))
    messages = []
    for _ in range(count):
        receiver = Receiver(staff.centre_id, Channel.EMAIL, staff.email, "en", staff_id=staff.id)
        message = queue_message(
            session, name="password_changed", receiver=receiver, dedupe_key=uuid.uuid4().hex, values={"name": "Sari"}
        )
        assert message is not None
        message.channel = channel
        messages.append(message)
    session.commit()
    return messages


def _states(session: Session) -> list[MessageState]:
    session.expire_all()
    return list(session.scalars(select(Message.state).order_by(Message.id)))


def test_due_messages_are_written_to_the_mail_folder_by_default(
    work: Work, session: Session, settings: Settings
) -> None:
    (message,) = _queue(session)
    send_due_messages.run(work)
    assert _states(session) == [MessageState.SENT]
    assert work.counts == {"sent": 1}
    (file,) = settings.mail_folder.glob(f"*{message.message_id[1:9]}*.eml")
    assert email.message_from_bytes(file.read_bytes(), policy=email.policy.default)["Message-ID"] == message.message_id


def test_a_dry_run_counts_and_sends_nothing(work: Work, session: Session) -> None:
    _queue(session, 3)
    work.dry_run = True
    send_due_messages.run(work)
    assert work.counts == {"due": 3}
    assert set(_states(session)) == {MessageState.PLANNED}


def test_one_message_that_breaks_does_not_stop_the_others(work: Work, session: Session, ledger: SentLedger) -> None:
    _queue(session, 3)
    way = FakeWay(RuntimeError("odd"), Outcome(OutcomeKind.REFUSED, "550"))
    Dispatcher({Channel.EMAIL: way}, ledger).send_due(work)
    assert _states(session) == [MessageState.PLANNED, MessageState.FAILED, MessageState.SENT]
    assert work.counts == {"later": 1, "refused": 1, "sent": 1}


def test_during_an_outage_the_batch_is_given_back_and_the_way_out_rests_longer_and_longer(
    work: Work, session: Session, ledger: SentLedger
) -> None:
    _queue(session, 5)
    _queue(session, 2, Channel.SMS)
    mail, sms = FakeWay(*[Outcome(OutcomeKind.OUTAGE)] * 3), FakeWay()
    dispatcher = Dispatcher({Channel.EMAIL: mail, Channel.SMS: sms}, ledger)
    with time_machine.travel(utcnow(), tick=False) as clock:
        for pause in (10, 20, 40):
            dispatcher.send_due(work)
            tries = len(mail.letters)
            clock.shift(timedelta(seconds=pause - 1))
            dispatcher.send_due(work)
            assert len(mail.letters) == tries, "it is left alone meanwhile"
            assert session.scalar(select(func.count(Message.id)).where(Message.state == MessageState.CLAIMED)) == 0
            clock.shift(timedelta(seconds=2))
        assert len(sms.letters) == 2, "the other channel goes on"
        dispatcher.send_due(work)
    assert len(mail.letters) == 3 + 5
    assert set(_states(session)) == {MessageState.SENT}
    assert len({letter.message_id for letter in mail.letters}) == 5, "each try carries the same Message-ID"


def test_a_way_out_that_never_answers_clearly_rests_and_a_single_odd_message_does_not_stop_it(
    work: Work, session: Session, ledger: SentLedger
) -> None:
    _queue(session, 8)
    broken, sent = Outcome(OutcomeKind.BROKEN), Outcome(OutcomeKind.SENT)
    way = FakeWay(broken, broken, sent, broken, broken, broken)
    Dispatcher({Channel.EMAIL: way}, ledger).send_due(work)
    assert len(way.letters) == 6, "after three in a row the others wait untouched"
    assert session.scalar(select(func.count(Message.id)).where(Message.attempts == 0)) == 2


def test_a_gateway_that_wants_rest_gets_it_and_a_clock_set_back_lengthens_it_for_nobody(
    work: Work, session: Session, ledger: SentLedger
) -> None:
    _queue(session, 1, Channel.SMS)
    way = FakeWay(Outcome(OutcomeKind.OUTAGE, "429", rest=timedelta(minutes=5)))
    dispatcher = Dispatcher({Channel.SMS: way}, ledger)
    with time_machine.travel(utcnow(), tick=False) as clock:
        dispatcher.send_due(work)
        clock.shift(timedelta(minutes=4, seconds=59))
        dispatcher.send_due(work)
        assert len(way.letters) == 1
        clock.shift(timedelta(days=-1))
        session.execute(update(Message).values(due_at=utcnow()))
        session.commit()
        dispatcher.send_due(work)
    assert len(way.letters) == 2


def test_the_gateway_is_asked_before_an_uncertain_text_message_goes_again(
    app: Flask, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrived, lost = _queue(session, 2, Channel.SMS)
    for message in (arrived, lost):
        message.state, message.ended_at, message.retry_at = MessageState.UNCERTAIN, utcnow(), utcnow()
    session.commit()
    with gateway((200, {}, {"status": "accepted"}), (200, {}, {"status": "unknown"})) as (_, address):
        settings = Settings(_env_file=None, instance=tmp_path, sms_url=address)
        monkeypatch.setitem(app.config, "SAUMA_SETTINGS", settings)
        for dry_run in (True, False):
            work = Work(app, "test:1", dry_run=dry_run)
            ask_gateway.run(work)
            assert dict(work.counts) == {
                ("text messages to ask about" if dry_run else "text messages cleared up"): 2,
            }
    assert _states(session) == [MessageState.SENT, MessageState.PLANNED]


def test_a_process_that_is_told_to_end_gives_back_what_it_has_not_begun(
    work: Work, session: Session, ledger: SentLedger
) -> None:
    _queue(session, 4)

    class Ending(FakeWay):
        def send(self, letter: Letter) -> Outcome:
            work.stop.set()
            return super().send(letter)

    Dispatcher({Channel.EMAIL: Ending()}, ledger).send_due(work)
    assert _states(session) == [MessageState.SENT] + [MessageState.PLANNED] * 3


def test_the_sweep_takes_back_what_a_dead_process_held(work: Work, session: Session) -> None:
    _queue(session, 2)
    claim(session, owner="dead", channels=[Channel.EMAIL])
    session.commit()
    sweep.run(work)
    assert work.counts == {}
    with time_machine.travel(utcnow() + LEASE + timedelta(seconds=1)):
        sweep.run(work)
    assert work.counts == {"taken back": 2}
    assert set(_states(session)) == {MessageState.PLANNED}


def test_reminders_that_are_missing_are_planned(work: Work, session: Session) -> None:
    lead = make_staff(session, make_centre(session), Role.LEAD)
    day = make_open_day(session, lead)
    (invitation,) = invite(session, day, make_youth(session, lead), by=lead)
    say_yes(session, invitation)
    for message in session.scalars(select(Message).where(Message.name == "day_tomorrow")):
        session.delete(message)
    session.commit()
    plan_reminders.run(work)
    assert work.counts == {"planned": 1}
    plan_reminders.run(work)
    assert work.counts == {"planned": 1}


def test_old_keys_counts_and_runs_are_forgotten_and_new_ones_kept(work: Work, session: Session) -> None:
    now = utcnow()
    for number, age in enumerate([timedelta(days=8), timedelta(days=40), timedelta(hours=1)]):
        session.add(IdempotencyKey(key=f"k{number}", endpoint="x", created_at=now - age))
        session.add(RateCount(key=f"r{number}", hits=1, expires_at=now + timedelta(hours=2) - age))
        session.add(
            JobRun(job="x", slot=f"s{number}", state=JobRunState.DONE, started_at=now - age, finished_at=now - age)
        )
    session.commit()
    forget_old_keys.run(work)
    assert work.counts == {"form keys": 2, "rate counts": 2, "runs": 1}


def test_lists_nobody_took_in_are_forgotten_and_fresh_ones_kept(work: Work, session: Session) -> None:
    centre = make_centre(session)
    for age in (timedelta(days=2), timedelta(hours=1)):
        session.add(OfferList(centre_id=centre.id, file_name="list.csv", created_at=utcnow() - age))
    session.commit()
    forget_old_lists.run(work)
    assert work.counts == {"lists": 1}
    assert len(session.scalars(select(OfferList)).all()) == 1


def _runs(session: Session) -> list[tuple[str, JobRunState, dict[str, Any]]]:
    session.expire_all()
    return [(run.slot, run.state, run.counts) for run in session.scalars(select(JobRun).order_by(JobRun.id))]


def test_a_job_runs_once_in_a_slot(work: Work, session: Session) -> None:
    def count(given: Work) -> None:
        given.count("things", 2)

    assert run_job(count, "x", work=work, slot="one") is JobRunState.DONE
    assert run_job(count, "x", work=work, slot="one") is None
    assert _runs(session) == [("one", JobRunState.DONE, {"things": 2})]


def test_a_job_that_fails_is_noted_and_undoes_only_its_own_step(work: Work, session: Session) -> None:
    def fail(given: Work) -> None:
        with given.transaction() as own:
            own.add(RateCount(key="kept", hits=1, expires_at=utcnow()))
        with given.transaction() as own:
            own.add(RateCount(key="undone", hits=1, expires_at=utcnow()))
            own.flush()
            raise ValueError("odd")

    assert run_job(fail, "x", work=work, slot="one") is JobRunState.FAILED
    assert session.scalars(select(RateCount.key)).all() == ["kept"]
    run = session.scalars(select(JobRun)).one()
    assert (run.state, run.error) == (JobRunState.FAILED, "ValueError: odd")


def test_a_quiet_run_leaves_a_line_only_when_it_did_something_or_failed(work: Work, session: Session) -> None:
    def fail(_work: Work) -> None:
        raise ValueError("odd")

    slot = "2026-11-22T10:00:00.000001+00:00"
    run_job(lambda _work: None, "x", work=work, slot=slot, quiet=True)
    assert _runs(session) == []
    for _ in range(3):
        run_job(fail, "x", work=work, slot=slot, quiet=True)
    assert _runs(session) == [("2026-11-22T10:00 failed", JobRunState.FAILED, {})]


def test_a_run_that_a_kill_interrupted_may_run_again(work: Work, session: Session) -> None:
    session.add(JobRun(job="x", slot="one", state=JobRunState.RUNNING, started_at=utcnow()))
    session.commit()
    assert free_interrupted_slots(work) == 1
    assert run_job(lambda _work: None, "x", work=work, slot="one") is JobRunState.DONE


def test_a_tick_beats_sends_and_runs_each_job_once_in_its_slot(
    app: Flask, session: Session, work: Work, settings: Settings
) -> None:
    upgrade(settings.database_address)  # what the daily copy copies
    _queue(session)
    ticker = Ticker(app)
    with time_machine.travel("2026-11-22T10:00:00Z", tick=False) as clock:
        session.execute(update(Message).values(due_at=utcnow()))
        session.commit()
        ticker.clean_up_after_earlier()
        ticker.tick()
        clock.shift(5)
        ticker.tick()
        session.expire_all()
        assert session.get_one(Heartbeat, "jobs").beat_at == utcnow()
    jobs = list(session.scalars(select(JobRun.job).order_by(JobRun.job)))
    assert jobs == sorted(job.name for job in JOBS)
    assert _states(session) == [MessageState.SENT]


def test_the_daily_copy_is_made_and_a_dry_run_makes_none(
    work: Work, session: Session, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    upgrade(f"sqlite:///{tmp_path / 'sauma.sqlite3'}")
    of_its_own = Settings(_env_file=None, instance=tmp_path)
    monkeypatch.setitem(work.app.config, "SAUMA_SETTINGS", of_its_own)
    work.dry_run = True
    make_backup.run(work)
    assert newest_backup(of_its_own) is None
    work.dry_run = False
    make_backup.run(work)
    assert newest_backup(of_its_own) is not None
    assert work.counts == {"copies made": 1}


def test_a_job_that_is_switched_off_rests_until_it_is_switched_on(
    app: Flask, session: Session, settings: Settings
) -> None:
    (message,) = _queue(session)
    someone = Actor.staff(session.get_one(Staff, message.staff_id))
    switch_job_off(session, job="send_due_messages", reason="The mail server is being moved.", actor=someone)
    session.commit()
    ticker = Ticker(app)
    ticker.tick()
    assert _states(session) == [MessageState.PLANNED]
    switch_job_on(session, job="send_due_messages", actor=someone)
    session.commit()
    ticker.tick()
    assert _states(session) == [MessageState.SENT]
    assert message.dedupe_key not in (settings.instance / "sent.ledger").read_text(encoding="ascii")
    app.extensions.pop("dispatcher", None)


def test_a_promise_kept_before_a_restore_is_not_kept_twice(work: Work, session: Session, ledger: SentLedger) -> None:
    kept, new = _queue(session, 2)
    session.add(KeptPromise(mark=promise_mark(kept.dedupe_key)))
    session.commit()
    way = FakeWay()
    Dispatcher({Channel.EMAIL: way}, ledger).send_due(work)
    assert [letter.id for letter in way.letters] == [new.id]
    assert _states(session) == [MessageState.SENT, MessageState.SENT]


def test_offers_are_asked_about_and_closed_once_a_day(session: Session, work: Work) -> None:
    today = today_in_helsinki()
    employer = make_employer(session, make_centre(session))
    contact = make_contact(session, employer)
    make_offer(session, employer, contact_id=contact.id, confirmed_on=today - timedelta(days=30))
    make_offer(session, employer, confirmed_on=today - timedelta(days=90))
    make_offer(session, employer)
    session.commit()
    for _again in range(2):
        keep_offers_fresh.run(work)
        assert dict(work.counts) == {"offers asked": 1, "offers closed": 1}


def test_how_an_employer_answers_reaches_ranking_and_disturbs_nobody_who_edits(session: Session, work: Work) -> None:
    made = make_introduced(session, state=IntroductionState.TIMES)
    offer = session.get_one(Offer, made.offer_id)
    version = offer.version
    assert live_offers_of(session, offer.centre_id).offers[offer.id].employer_openness is None
    session.commit()
    for expected in ({"answer figures": 1}, {"answer figures": 1}):  # the second run changes nothing more
        keep_reliability.run(work)
        assert dict(work.counts) == expected
    session.expire_all()
    # one question, answered at once: (2 + 1) / (4 + 1)
    assert (offer.employer_answers, offer.version) == (Decimal("0.60"), version)
    assert live_offers_of(session, offer.centre_id).offers[offer.id].employer_openness == 0.6


@pytest.mark.parametrize(("day", "digests"), [("2026-11-29", {}), ("2026-11-30", {"digests": 1})])
def test_what_is_new_is_told_on_mondays(session: Session, work: Work, day: str, digests: dict[str, int]) -> None:
    with time_machine.travel(f"{day}T08:00:00Z", tick=False) as clock:
        clock.shift(timedelta(days=-8))
        staff = make_staff(session, make_centre(session))
        keep_search(session, staff=staff, name="All", wanted=OfferFilter())
        clock.shift(timedelta(days=1))
        make_offer(session, make_employer(session, staff.centre))
        session.commit()
        clock.shift(timedelta(days=7))
        send_digests.run(work)
        assert dict(work.counts) == digests


def test_records_of_lists_shown_long_ago_are_forgotten_and_others_kept(work: Work, session: Session) -> None:
    adult = make_staff(session, make_centre(session))
    youth = make_youth(session, adult)
    viewer = Actor.staff(adult)
    for days_ago in (366, 1):
        with time_machine.travel(utcnow() - timedelta(days=days_ago), tick=False):
            shown = fits_for(session, get_youth_with_profile(session, youth.id, youth.centre_id), limit=7)
            keep_list(session, shown.made, youth_id=youth.id, centre_id=youth.centre_id, viewer=viewer)
    session.commit()
    forget_shown_lists.run(work)
    assert work.counts == {"lists": 1}
    assert session.scalar(select(func.count()).select_from(ListRecord)) == 1
