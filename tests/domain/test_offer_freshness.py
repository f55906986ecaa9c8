"""Offers stay true: asked about every 30 days, closed at 90, paused without leaving; the clock moves day by day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.audit.services import Actor
from placement.clock import today_in_helsinki
from placement.errors import DomainError, TransitionNotAllowed
from placement.notifications.models import Channel, Message
from placement.notifications.preconditions import still_holds
from placement.offers.freshness import keep_fresh, pause_offer, resume_offer
from placement.offers.models import Offer
from placement.offers.promises import note_promise, promise_kept, promises_passed
from placement.offers.services import confirm_offer_open, withdraw_offer
from placement.offers.states import OfferState
from tests.support.factories.centres import make_staff
from tests.support.factories.employers import make_contact, make_employer, make_offer

pytestmark = pytest.mark.database
BEGIN = datetime(2026, 11, 25, 10, tzinfo=UTC)
NOBODY = Actor.system()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(BEGIN, tick=False) as moved:
        yield moved


@pytest.fixture
def staff(session: Session, clock: time_machine.Traveller) -> Staff:
    assert clock is not None
    return make_staff(session)


@pytest.fixture
def offer(session: Session, staff: Staff) -> Offer:
    employer = make_employer(session, staff.centre)
    return make_offer(session, employer, contact_id=make_contact(session, employer).id, confirmed_on=BEGIN.date())


def names(session: Session) -> list[str]:
    return [message.name for message in session.scalars(select(Message).order_by(Message.id))]


def live_a_day(session: Session, offer: Offer) -> str:
    done = keep_fresh(session, offer_id=offer.id, on=today_in_helsinki())
    again = keep_fresh(session, offer_id=offer.id, on=today_in_helsinki())
    session.flush()
    assert again == "", "the same day twice does nothing more"
    return done


def test_silence_is_asked_about_four_times_and_closed_on_day_90(
    session: Session, offer: Offer, clock: time_machine.Traveller
) -> None:
    done = {}
    for day in range(1, 100):
        clock.shift(timedelta(days=1))
        if what := live_a_day(session, offer):
            done[day] = what
    assert done == {30: "asked", 45: "asked", 60: "asked", 75: "asked", 90: "closed"}
    assert offer.state is OfferState.EXPIRED
    assert names(session) == ["offer_still_open"] * 4 + ["offer_closed"]


def test_answer_begins_the_days_anew(session: Session, offer: Offer, clock: time_machine.Traveller) -> None:
    done = {}
    for day in range(1, 150):
        clock.shift(timedelta(days=1))
        if day == 31:
            confirm_offer_open(session, offer=offer, actor=NOBODY)
        if what := live_a_day(session, offer):
            done[day] = what
    assert done == {30: "asked", 61: "asked", 76: "asked", 91: "asked", 106: "asked", 121: "closed"}


def test_days_the_service_was_down_are_made_up_for_by_one_question(
    session: Session, offer: Offer, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(days=62))
    assert live_a_day(session, offer) == "asked"
    clock.shift(timedelta(days=60))
    assert live_a_day(session, offer) == "closed"


def test_question_that_was_answered_before_it_left_is_not_sent(
    session: Session, offer: Offer, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(days=30))
    live_a_day(session, offer)
    [message] = session.scalars(select(Message)).all()
    assert still_holds(session, message)
    confirm_offer_open(session, offer=offer, actor=NOBODY)
    session.flush()
    assert not still_holds(session, message)


def test_pause_is_not_leaving(session: Session, offer: Offer, clock: time_machine.Traveller) -> None:
    pause_offer(session, offer=offer, until=date(2027, 3, 1), actor=NOBODY)
    session.flush()
    while today_in_helsinki() < date(2027, 2, 28):
        clock.shift(timedelta(days=1))
        assert live_a_day(session, offer) == ""
    clock.shift(timedelta(days=1))
    assert live_a_day(session, offer) == "woken"
    assert (offer.state, offer.paused_until) == (OfferState.LIVE, None)
    assert names(session) == ["offer_still_open"]
    clock.shift(timedelta(days=60))
    assert live_a_day(session, offer) == "closed"


def test_pause_ends_at_once_when_asked_to(session: Session, offer: Offer, clock: time_machine.Traveller) -> None:
    pause_offer(session, offer=offer, until=date(2027, 3, 1), actor=NOBODY)
    clock.shift(timedelta(days=50))
    resume_offer(session, offer=offer, actor=NOBODY)
    assert (offer.paused_until, offer.confirmed_on) == (None, today_in_helsinki())


@pytest.mark.parametrize("days", [-1, 0, 366])
def test_pause_lasts_from_a_day_to_a_year(session: Session, offer: Offer, days: int) -> None:
    with pytest.raises(DomainError):
        pause_offer(session, offer=offer, until=BEGIN.date() + timedelta(days=days), actor=NOBODY)


def test_what_has_ended_is_neither_paused_nor_asked_about(
    session: Session, offer: Offer, clock: time_machine.Traveller
) -> None:
    pause_offer(session, offer=offer, until=date(2027, 3, 1), actor=NOBODY)
    withdraw_offer(session, offer=offer, actor=NOBODY, reason="The work changed")
    assert offer.paused_until is None
    with pytest.raises(TransitionNotAllowed):
        pause_offer(session, offer=offer, until=date(2027, 3, 1), actor=NOBODY)
    clock.shift(timedelta(days=95))
    assert live_a_day(session, offer) == ""


def test_place_whose_contact_has_no_channel_is_closed_all_the_same(
    session: Session, staff: Staff, clock: time_machine.Traveller
) -> None:
    employer = make_employer(session, staff.centre)
    contact = make_contact(session, employer, channel=Channel.NONE, email="")
    offer = make_offer(session, employer, contact_id=contact.id, confirmed_on=BEGIN.date())
    clock.shift(timedelta(days=30))
    assert live_a_day(session, offer) == ""
    clock.shift(timedelta(days=60))
    assert live_a_day(session, offer) == "closed"
    assert names(session) == []


def test_promise_that_passes_is_a_task_until_the_answer_comes(
    session: Session, offer: Offer, staff: Staff, clock: time_machine.Traveller
) -> None:
    friday = date(2026, 11, 27)
    note_promise(session, offer=offer, what="Who guides in January", by=friday, actor=NOBODY)
    session.flush()
    assert not promises_passed(session, staff.centre_id, on=friday)
    clock.shift(timedelta(days=3))
    assert promises_passed(session, staff.centre_id, on=today_in_helsinki()) == [offer]
    promise_kept(session, offer=offer, actor=NOBODY)
    session.flush()
    assert not promises_passed(session, staff.centre_id, on=today_in_helsinki())
