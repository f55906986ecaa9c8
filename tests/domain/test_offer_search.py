"""Finding offers: any inflection, a slip of the finger, distance, start, hours, freshness; kept searches."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.clock import utcnow
from placement.errors import DomainError
from placement.notifications.models import Message
from placement.offers.finding import Freshness, OfferFilter, find_offers, read_filter
from placement.offers.models import Offer, OfferKind, SavedSearch, Visibility
from placement.offers.saved_searches import keep_search, searches_to_tell_of, tell_what_is_new
from placement.offers.states import OfferState
from placement.spreadsheets import csv_file, xlsx_file
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.employers import make_employer, make_offer

pytestmark = pytest.mark.database


@pytest.fixture
def staff(session: Session) -> Staff:
    return make_staff(session)


def offer(session: Session, staff: Staff, title: str, **values: Any) -> Offer:
    employer = make_employer(session, staff.centre, name=values.pop("employer", "Testi Oy"))
    return make_offer(session, employer, title=title, **{"tasks": "", "task_family": None} | values)


def titles(session: Session, staff: Staff, **wanted: Any) -> set[str]:
    return {one.title for one in find_offers(session, staff.centre_id, OfferFilter(**wanted)).rows}


# What is written, and what somebody types.
@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Kahvila-apulainen", "kahvilassa"),
        ("Kahvila-apulainen", "kahviloiden"),
        ("Kahvila-apulainen", "apulaiseksi"),
        ("Työ leipomossa", "leipomo"),
        ("Kesämyyjä", "myyjää"),
        ("Siivooja toimistoihin", "toimisto"),
        ("Varastotyöntekijä", "varastossa"),
        ("Puutarha-apu", "puutarhaan"),
        ("Butiksbiträde", "butiken"),
        ("Hjälp i köket", "kök"),
        ("Bicycle repairer", "bicycles"),
        ("Cleaning offices", "cleaner office"),
        ("Äitiyspakkausten pakkaaja", "PAKKAAJAN"),
    ],
)
def test_word_is_found_in_any_inflection(session: Session, staff: Staff, title: str, typed: str) -> None:
    offer(session, staff, title)
    offer(session, staff, "Xyzzy")
    assert titles(session, staff, words=typed) == {title}


@pytest.mark.parametrize("typed", ["kahvlia", "kahvilaa apulanen", "Kahvila-apualinen"])
def test_slip_of_the_finger_is_put_right_and_told(session: Session, staff: Staff, typed: str) -> None:
    offer(session, staff, "Kahvila-apulainen")
    found = find_offers(session, staff.centre_id, OfferFilter(words=typed))
    assert [one.title for one in found.rows] == ["Kahvila-apulainen"]


def test_words_that_are_nowhere_near_find_nothing(session: Session, staff: Staff) -> None:
    offer(session, staff, "Kahvila-apulainen")
    found = find_offers(session, staff.centre_id, OfferFilter(words="zeppelin"))
    assert (found.rows, found.total, found.corrected) == ([], 0, "")


def test_words_of_the_family_and_the_employer_count_too(session: Session, staff: Staff) -> None:
    one = offer(session, staff, "Apulainen", task_family="T55", kind=OfferKind.SUMMER_JOB, employer="Pyöräliike Åke")
    for typed in ("bicycle", "repairer", "Åke", "åke"):
        assert one.title in titles(session, staff, words=typed), typed


def test_changed_offer_is_found_by_its_new_words(session: Session, staff: Staff) -> None:
    one = offer(session, staff, "Kahvila-apulainen")
    one.title = "Puutarhuri"
    session.flush()
    assert titles(session, staff, words="puutarhurina") == {"Puutarhuri"}
    assert titles(session, staff, words="kahvilassa") == set()


def test_distance_is_between_municipalities_and_home_work_is_near_everywhere(session: Session, staff: Staff) -> None:
    offer(session, staff, "Helsinki", municipality_code="091")
    offer(session, staff, "Espoo", municipality_code="049")
    offer(session, staff, "Rovaniemi", municipality_code="698")
    offer(session, staff, "Kotona", municipality_code=None, is_remote=True)
    assert titles(session, staff, near="091", within_km=0) == {"Helsinki", "Kotona"}
    assert titles(session, staff, near="091", within_km=40) == {"Helsinki", "Espoo", "Kotona"}


def test_start_hours_visibility_and_freshness_narrow(session: Session, staff: Staff) -> None:
    today = utcnow().date()
    offer(session, staff, "Soon", starts_from=date(2027, 1, 1), hours_per_week=Decimal(20))
    offer(session, staff, "Late", starts_from=date(2027, 6, 1), hours_per_week=Decimal(38))
    offer(session, staff, "Old", confirmed_on=today - timedelta(days=31), visibility=Visibility.OPEN)
    offer(session, staff, "Resting", paused_until=today + timedelta(days=9))
    assert titles(session, staff, starts_by=date(2027, 1, 1)) == {"Soon", "Old", "Resting"}
    assert titles(session, staff, hours_most=Decimal(20)) == {"Soon"}
    assert titles(session, staff, visibility=Visibility.OPEN) == {"Old"}
    assert titles(session, staff, freshness=Freshness.SILENT) == {"Old"}
    assert titles(session, staff, freshness=Freshness.PAUSED) == {"Resting"}


def test_offers_of_another_centre_are_never_found_nor_used_to_correct(session: Session, staff: Staff) -> None:
    offer(session, make_staff(session, make_centre(session)), "Kahvila-apulainen")
    assert find_offers(session, staff.centre_id, OfferFilter(words="kahvlia")).corrected == ""


@given(st.dictionaries(st.sampled_from(OfferFilter.__slots__), st.text(max_size=30)))
def test_any_address_is_read_and_written_back_the_same(texts: dict[str, str]) -> None:
    wanted = read_filter(texts)
    assert read_filter(wanted.as_data()) == wanted


def test_worker_hears_once_a_week_what_is_new(session: Session, staff: Staff) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 8, tzinfo=UTC), tick=False) as clock:
        offer(session, staff, "Kahvilan vanha paikka")
        search = keep_search(session, staff=staff, name="Kahvilat", wanted=OfferFilter(words="kahvila"))
        session.flush()
        clock.shift(timedelta(days=1))
        offer(session, staff, "Kahvilan uusi paikka")
        offer(session, staff, "Leipuri")
        clock.shift(timedelta(days=6))
        assert searches_to_tell_of(session, before=utcnow() - timedelta(days=5)) == [search.id]
        assert tell_what_is_new(session, search_id=search.id)
        session.flush()
        [message] = session.scalars(select(Message)).all()
        assert "Kahvilan uusi paikka" in message.text
        assert "vanha" not in message.text
        assert "Leipuri" not in message.text
        assert not searches_to_tell_of(session, before=utcnow() - timedelta(days=5))
        clock.shift(timedelta(days=7))
        assert not tell_what_is_new(session, search_id=search.id), "nothing new, no message"
        search.sends_digest = False
        session.flush()
        assert not searches_to_tell_of(session, before=utcnow())


def test_ended_offers_are_not_new(session: Session, staff: Staff) -> None:
    search = keep_search(session, staff=staff, name="All", wanted=OfferFilter())
    session.flush()
    offer(session, staff, "Gone", state=OfferState.FILLED)
    assert not tell_what_is_new(session, search_id=search.id)


def test_a_worker_keeps_at_most_twenty_searches(session: Session, staff: Staff) -> None:
    for number in range(20):
        keep_search(session, staff=staff, name=str(number), wanted=OfferFilter())
        session.flush()
    with pytest.raises(DomainError):
        keep_search(session, staff=staff, name="one too many", wanted=OfferFilter())
    assert len(session.scalars(select(SavedSearch)).all()) == 20


DANGEROUS = ("=1+1", "+358", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", '=HYPERLINK("http://x")', "|cmd", "%0")


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_file_is_run(text: str) -> None:
    content = io.StringIO(csv_file(["Title"], [[text]]).decode("utf-8-sig"), newline="")
    [_headings, [cell]] = csv.reader(content, delimiter=";")
    assert cell == f"'{text}"
    sheet = load_workbook(io.BytesIO(xlsx_file("Offers", ["Title"], [[text]]))).active
    assert sheet is not None
    assert sheet["A2"].data_type == "s"


@given(st.lists(st.text(alphabet=st.characters(categories=["L", "Nd", "P", "S"]), max_size=40), min_size=1, max_size=5))
def test_any_text_can_be_put_into_a_workbook(row: list[str]) -> None:
    sheet = load_workbook(io.BytesIO(xlsx_file("Offers", row, [row]))).active
    assert sheet is not None
    assert [cell.value or "" for cell in sheet[2]] == row
    assert not [cell for cell in sheet[2] if cell.data_type == "f"]


def test_numbers_and_days_stay_numbers_and_days() -> None:
    sheet = load_workbook(
        io.BytesIO(xlsx_file("O", ["A", "B", "C"], [[Decimal("37.5"), date(2027, 1, 2), None]]))
    ).active
    assert sheet is not None
    assert sheet["A2"].value == 37.5
    assert sheet["B2"].value == datetime(2027, 1, 2)
    assert csv_file(["A"], [[Decimal("37.50")]]).decode("utf-8-sig") == "A\r\n37,5\r\n"
