"""Lists that were shown: kept once, made again exactly, tied to what was done, and forgotten in time."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.audit.services import Actor
from placement.clock import utcnow
from placement.jobseekers.models import OwnWords, Youth
from placement.jobseekers.queries import get_youth_with_profile
from placement.offers.models import Offer, OfferKind
from placement.offers.states import OfferState
from placement.suggestions.adapter import fits_for
from placement.suggestions.decisions.models import ListAction, ListInput, ListRecord, ListStep
from placement.suggestions.decisions.queries import get_list, latest_list
from placement.suggestions.decisions.services import KEPT_FOR, forget_old_records, keep_list, note_step, remake
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.employers import make_employer, make_offer
from tests.support.factories.suggestions import make_suggestion
from tests.support.factories.youths import make_youth
from tests.support.queries import counted_queries

CARDS = {"FOO01": "yes", "PEO16": "yes", "PEO01": "a_little", "ENV05": "suits", "CAR01": "want_to_learn"}


@pytest.fixture
def sari(session: Session) -> Staff:
    return make_staff(session)


@pytest.fixture
def aino(session: Session, sari: Staff) -> Youth:
    youth = make_youth(session, sari, cards=CARDS, day_parts={"morning": True, "night": False}, travel_minutes_max=40)
    session.add(OwnWords(youth_id=youth.id, text="Leivon pullaa 🥐", language="fi", card_ids=["FOO01"]))
    session.flush()
    session.expire_all()
    found = get_youth_with_profile(session, youth.id, youth.centre_id)
    assert found is not None
    return found


@pytest.fixture
def offers(session: Session, sari: Staff) -> list[Offer]:
    employer = make_employer(session, sari.centre)
    families = ("T11", "T14", "T20", "T26", "T30", "T33", "T40", "T45", "T51", "T60", "T71", "T80")
    made = [
        make_offer(session, employer, title=f"Place {family}", task_family=family, talks_cap=1) for family in families
    ]
    made.append(make_offer(session, employer, title="Nights", day_parts=["night"], kind=OfferKind.OPEN_JOB))
    made.append(make_offer(session, employer, title="Far", municipality_code="564"))
    return made


def _shown(session: Session, youth: Youth, viewer: Staff, **asked: object) -> ListRecord:
    found = fits_for(session, youth, limit=7, **asked)
    actor = Actor.staff(viewer)
    keep_list(session, found.made, youth_id=youth.id, centre_id=youth.centre_id, viewer=actor)
    record = latest_list(session, youth_id=youth.id, viewer=actor)
    assert record is not None
    return record


def _count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_list_is_made_again_exactly_after_everything_has_changed(
    session: Session, sari: Staff, aino: Youth, offers: list[Offer]
):
    for number in range(3):
        youth = make_youth(session, sari, first_name=f"Eero {number}")
        make_suggestion(session, youth=youth, offer=offers[number], made_by=sari)
    asked = {"kind": OfferKind.WORK_TRIAL, "balance": 0.8}
    shown = [(fit.offer.id, fit.position, fit.band.value) for fit in fits_for(session, aino, limit=7, **asked).fits]
    record = _shown(session, aino, sari, **asked)
    aino.travel_minutes_max = 5
    for answer in aino.answers:
        session.delete(answer)
    for offer in offers[:6]:
        offer.state, offer.ended_at = OfferState.WITHDRAWN, utcnow()
    offers[7].title = "Something else"
    session.flush()
    session.expire_all()
    found = get_list(session, record.id, sari.centre_id)
    assert found is not None
    assert remake(session, found).is_same
    assert [(int(one[0]), one[3], one[2]) for one in found.order] == shown
    assert found.set_aside == {"travel-limit": [str(offers[-1].id)]}
    assert (found.considered, found.eligible) == (13, 12)
    assert found.explored is not None


def test_a_record_that_was_tampered_with_is_noticed(session: Session, sari: Staff, aino: Youth, offers: list[Offer]):
    record = _shown(session, aino, sari)
    order = [list(one) for one in record.order]
    order[0], order[1] = order[1], order[0]
    record.order = order
    again = remake(session, record)
    assert (again.is_same, again.differs) == (False, ("order",))
    record.versions = {**record.versions, "engine": "another"}
    assert remake(session, record).is_same is None


def test_the_same_list_seen_again_that_day_is_kept_once(
    session: Session, sari: Staff, aino: Youth, offers: list[Offer]
):
    first = _shown(session, aino, sari)
    assert _shown(session, aino, sari).id == first.id
    inputs = _count(session, ListInput)
    assert _shown(session, aino, sari, balance=1.0).id != first.id
    assert _count(session, ListInput) == inputs
    offers[0].title = "A new title"
    session.flush()
    _shown(session, aino, sari)
    assert _count(session, ListInput) == inputs + 2, "the offer as it is now, and the list of offers"
    other = make_staff(session, centre=sari.centre, first_name="Kaisa")
    assert _shown(session, aino, other).viewer_id == other.id


def test_what_is_kept_of_a_person_has_no_name_and_goes_with_them(
    session: Session, sari: Staff, aino: Youth, offers: list[Offer]
):
    record = _shown(session, aino, sari)
    assert "Aino" not in str(record.person)
    assert record.person["id"] == "person"
    session.delete(aino)
    session.flush()
    session.expire_all()
    assert _count(session, ListRecord) == 0


def test_what_was_done_is_tied_to_the_list_seen_last(session: Session, sari: Staff, aino: Youth, offers: list[Offer]):
    actor = Actor.staff(sari)
    note_step(session, youth_id=aino.id, action=ListAction.SENT, offer_id=offers[0].id, actor=actor)
    session.flush()
    assert _count(session, ListStep) == 0, "no list was seen"
    record = _shown(session, aino, sari)
    note_step(session, youth_id=aino.id, action=ListAction.SENT, offer_id=offers[0].id, actor=actor)
    session.flush()
    session.expire_all()
    found = get_list(session, record.id, sari.centre_id)
    assert found is not None
    assert [(step.action, step.offer_id) for step in found.steps] == [(ListAction.SENT, offers[0].id)]


def test_a_list_of_another_centre_is_not_found(session: Session, sari: Staff, aino: Youth, offers: list[Offer]):
    record = _shown(session, aino, sari)
    assert get_list(session, record.id, make_centre(session).id) is None


def test_after_a_year_lists_go_and_what_nothing_else_needs(
    session: Session, sari: Staff, aino: Youth, offers: list[Offer]
):
    old = _shown(session, aino, sari)
    offers[0].title = "A new title"
    session.flush()
    fresh = _shown(session, aino, sari)
    assert forget_old_records(session) == 0
    old.made_at = utcnow() - KEPT_FOR - timedelta(minutes=1)
    session.flush()
    before = _count(session, ListInput)
    assert forget_old_records(session) == 1
    assert _count(session, ListInput) == before - 2
    assert remake(session, fresh).is_same
    assert forget_old_records(session) == 0


def test_keeping_a_list_asks_the_same_however_many_offers_there_are(
    session: Session, sari: Staff, aino: Youth, offers: list[Offer], engine: Engine
):
    counts = []
    for more in (1, 9):
        for number in range(more):
            make_offer(session, make_employer(session, sari.centre, name=f"Bakery {more} {number}"))
        session.flush()
        found = fits_for(session, aino, limit=7)
        with counted_queries(engine) as statements:
            keep_list(session, found.made, youth_id=aino.id, centre_id=aino.centre_id, viewer=Actor.staff(sari))
        counts.append(len(statements))
    assert counts[0] == counts[1]
