"""Lists of offers: what would be made, what is here already, what is wrong; and taking the good rows in."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.accounts.models import Centre
from placement.audit.models import AuditEntry
from placement.audit.services import Actor
from placement.employers.dedupe import SameBy
from placement.employers.models import Employer, EmployerContact, EmployerForm
from placement.errors import TransitionNotAllowed
from placement.i18n import in_language
from placement.notifications.models import Channel
from placement.offers.importing.importing import ImportResult, import_offers
from placement.offers.importing.lists import forget_old_lists, import_list, keep_list, plan_of_list
from placement.offers.importing.models import OfferList
from placement.offers.importing.planning import ImportPlan, Match, Outcome, plan_import
from placement.offers.importing.reading import read_table
from placement.offers.importing.rejects import rejects_file
from placement.offers.importing.tables import Row, Table
from placement.offers.models import Offer, OfferKind, OfferOrigin
from placement.offers.states import OfferState
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.employers import make_contact, make_employer, make_offer
from tests.support.queries import counted_queries

pytestmark = pytest.mark.database

EXAMPLES = Path(__file__).parents[2] / "examples" / "offers"
HEADINGS = ("Työnantaja", "Y-tunnus", "Otsikko", "Laji", "Kunta", "Alkaa", "Palkka", "Vaatimukset")
TODAY = "2026-11-22 10:00"
GOOD_ID, OTHER_ID = "9999700-6", "9999701-4"


def _table(*rows: Sequence[str], headings: Sequence[str] = HEADINGS) -> Table:
    width = len(headings)
    return Table(
        tuple(headings),
        tuple(Row(line, (*cells, *[""] * (width - len(cells)))) for line, cells in enumerate(rows, start=2)),
    )


def _plan(session: Session, centre: Centre, *rows: Sequence[str]) -> ImportPlan:
    return plan_import(session, _table(*rows), centre_id=centre.id)


def _take(session: Session, centre: Centre, table: Table, *, publish: bool = True) -> ImportResult:
    actor = Actor.system(centre.id)
    plan = plan_import(session, table, centre_id=centre.id)
    return import_offers(session, plan, centre_id=centre.id, actor=actor, publish=publish)


def _outcomes(plan: ImportPlan) -> list[str]:
    return [row.outcome.value for row in plan.rows]


def _why(plan: ImportPlan, place: int = 0) -> str:
    with in_language("en"):
        return " ".join(str(reason) for reason in plan.rows[place].reasons)


@pytest.fixture
def centre(session: Session) -> Centre:
    return make_centre(session)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("kesa-ja-tyokokeilut.csv", (8, 0, 0)),
        ("platser-sv.csv", (5, 0, 0)),
        ("offers-en.xlsx", (5, 0, 0)),
        ("jobposting.html", (2, 0, 0)),
        ("jobposting.json", (2, 0, 0)),
        ("with-faults.csv", (1, 1, 9)),
    ],
)
@time_machine.travel(TODAY, tick=False)
def test_every_example_file_is_taken_in_and_the_second_time_makes_nothing(
    session: Session, centre: Centre, name: str, expected: tuple[int, int, int]
) -> None:
    made, duplicates, wrong = expected
    table = read_table((EXAMPLES / name).read_bytes())
    first = _take(session, centre, table)
    assert first.counts == {"make": made, "duplicate": duplicates, "wrong": wrong}, [
        [str(reason) for reason in row.reasons] for row in first.rows
    ]
    second = _take(session, centre, table)
    assert second.counts == {"make": 0, "duplicate": made + duplicates, "wrong": wrong}
    assert session.scalar(select(func.count(Offer.id))) == made


@time_machine.travel(TODAY, tick=False)
def test_a_row_becomes_a_live_offer_with_its_employer_and_contact_person(session: Session, centre: Centre) -> None:
    _take(session, centre, read_table((EXAMPLES / "kesa-ja-tyokokeilut.csv").read_bytes()))
    offer = session.scalars(select(Offer).where(Offer.title == "Jäätelökioskin myyjä")).one()
    assert (offer.state, offer.origin, offer.kind) == (OfferState.LIVE, OfferOrigin.IMPORT, OfferKind.SUMMER_JOB)
    assert (offer.starts_from, offer.months, offer.places) == (date(2027, 6, 1), Decimal("2.0"), 2)
    assert (offer.hours_per_day, offer.days_per_week, offer.hours_per_week) == (6, 5, 30)
    assert (offer.municipality_code, offer.street_area) == ("698", "Rantakatu 4")
    assert offer.task_family is not None
    employer = session.get_one(Employer, offer.employer_id)
    assert (employer.name, employer.business_id) == ("Kahvila Tuulentupa Oy", GOOD_ID)
    contact = session.get_one(EmployerContact, offer.contact_id)
    assert (contact.name, contact.phone, contact.channel) == ("Henna Aaltola", "+358405550101", Channel.EMAIL)
    same_person = select(func.count(EmployerContact.id)).where(EmployerContact.name == "Henna Aaltola")
    assert session.scalar(same_person) == 1


@time_machine.travel(TODAY, tick=False)
def test_unchecked_offers_wait_for_a_worker(session: Session, centre: Centre) -> None:
    result = _take(session, centre, _table(["Kahvila Aamu", "", "Tiskaaja", "työkokeilu", "Salo"]), publish=False)
    assert [offer.state for offer in result.offers] == [OfferState.SUBMITTED]


@time_machine.travel(TODAY, tick=False)
def test_the_import_is_one_line_of_the_log_with_its_counts(session: Session, centre: Centre) -> None:
    _take(session, centre, _table(["Kahvila Aamu", "", "Tiskaaja", "työkokeilu", "Salo"], ["", "", "Tiskaaja"]))
    line = session.scalars(select(AuditEntry).where(AuditEntry.action == "offer.list_imported")).one()
    assert line.changes == {"rows": {"make": 1, "duplicate": 0, "wrong": 1}}


def test_a_known_employer_is_found_by_business_id_then_by_name(session: Session, centre: Centre) -> None:
    by_id = make_employer(session, centre, name="Aamun kahvilat", business_id=GOOD_ID)
    by_name = make_employer(session, centre, name="Ketolan Puutarha Ky")
    plan = _plan(
        session,
        centre,
        ["Kahvila Aamu Oy", GOOD_ID, "Tiskaaja", "työkokeilu"],
        ["KETOLAN PUUTARHA", "", "Istuttaja", "työkokeilu"],
        ["Ketolan Putarha", "", "Kastelija", "työkokeilu"],
        ["Uusi Paikka Oy", OTHER_ID, "Siivooja", "työkokeilu"],
        ["Uusi paikka", "", "Pesijä", "työkokeilu"],
    )
    assert _outcomes(plan) == ["make"] * 5
    assert [row.match for row in plan.rows] == [
        Match.BUSINESS_ID, Match.NAME, Match.NAME, Match.NEW, Match.IN_LIST,
    ]  # fmt: skip
    existing = [row.employer.existing for row in plan.rows if row.employer]
    assert existing == [by_id, by_name, by_name, None, None]


def test_a_phone_or_a_web_domain_finds_an_employer_of_a_like_name_and_tells_of_another(
    session: Session, centre: Centre
) -> None:
    known = make_employer(session, centre, name="Kahvila Aamunkoitto", phone="+358401234567")
    make_contact(session, known, email="henna@aamunkoitto.fi")
    headings = ("Työnantaja", "Otsikko", "Laji", "Puhelin", "Sähköposti", "Y-tunnus")
    rows = (
        ("Kahvila Aamunkajo", "Tiskaaja", "työkokeilu", "040 123 4567", "", ""),
        ("Aamunkoitto Cafe", "Keittäjä", "työkokeilu", "", "rekry@aamunkoitto.fi", ""),
        ("Vuokratyö Väki Oy", "Siivooja", "työkokeilu", "040 123 4567", "", ""),
        ("Toinen Talo Oy", "Vahti", "työkokeilu", "", "talo@aamunkoitto.fi", ""),
    )
    plan = plan_import(session, _table(*rows, headings=headings), centre_id=centre.id)
    found = [(row.match, row.employer) for row in plan.rows]
    assert [(match, one and one.existing, one and one.resembles) for match, one in found] == [
        (Match.PHONE, known, None),
        (Match.WEBSITE, known, None),
        (Match.NEW, None, ("Kahvila Aamunkoitto", SameBy.PHONE)),
        (Match.NEW, None, ("Kahvila Aamunkoitto", SameBy.WEBSITE)),
    ]


def test_another_business_id_means_another_employer(session: Session, centre: Centre) -> None:
    make_employer(session, centre, name="Kahvila Aamu", business_id=GOOD_ID)
    plan = _plan(session, centre, ["Kahvila Aamu", OTHER_ID, "Tiskaaja", "työkokeilu"])
    assert plan.rows[0].match is Match.NEW


def test_nearly_the_same_title_at_the_same_employer_is_a_duplicate(session: Session, centre: Centre) -> None:
    offer = make_offer(session, make_employer(session, centre), title="Kahvila-apulainen")
    plan = _plan(
        session,
        centre,
        ["Kahvila Aamu Oy", "", "Kahvila apulainen", "työkokeilu", "Rovaniemi"],
        ["Kahvila Aamu", "", "Kahvila-apulainen", "kesätyö", "Rovaniemi"],
        ["Kahvila Aamu", "", "Kahvila-apulainen", "työkokeilu", "Salo"],
        ["Kahvila Aamu", "", "Kahvila-apulainen 2", "työkokeilu", "Rovaniemi"],
    )
    assert _outcomes(plan) == ["duplicate", "make", "make", "make"]
    assert plan.rows[0].same_offer_id == offer.id
    assert _why(plan) == "The centre has this offer already: “Kahvila-apulainen”."


def test_an_offer_that_has_ended_does_not_stop_a_new_one(session: Session, centre: Centre) -> None:
    make_offer(session, make_employer(session, centre), title="Kahvila-apulainen", state=OfferState.FILLED)
    plan = _plan(session, centre, ["Kahvila Aamu", "", "Kahvila-apulainen", "työkokeilu", "Rovaniemi"])
    assert _outcomes(plan) == ["make"]


def test_the_same_row_twice_in_a_list_is_made_once(session: Session, centre: Centre) -> None:
    row = ["Kahvila Aamu", "", "Tiskaaja", "työkokeilu", "Salo"]
    plan = _plan(session, centre, row, row)
    assert _outcomes(plan) == ["make", "duplicate"]
    assert _why(plan, 1) == "The same as row 2: “Tiskaaja”."


@time_machine.travel(TODAY, tick=False)
def test_a_list_taken_in_again_after_an_offer_was_filled_makes_nothing(session: Session, centre: Centre) -> None:
    table = _table(["Kahvila Aamu", "", "Myyjä", "kesätyö", "Salo", "1.6.2027"])
    offer = _take(session, centre, table).offers[0]
    offer.state, offer.ended_at = OfferState.FILLED, offer.live_at
    assert _take(session, centre, table).counts["make"] == 0
    next_year = _table(["Kahvila Aamu", "", "Myyjä", "kesätyö", "Salo", "1.6.2028"])
    assert _take(session, centre, next_year).counts["make"] == 1


def test_the_offers_of_another_centre_do_not_count(session: Session, centre: Centre) -> None:
    make_offer(session, make_employer(session, make_centre(session)), title="Tiskaaja")
    plan = _plan(session, centre, ["Kahvila Aamu", "", "Tiskaaja", "työkokeilu", "Rovaniemi"])
    assert (_outcomes(plan), plan.rows[0].match) == (["make"], Match.NEW)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["", "", "Tiskaaja", "työkokeilu"], "Employer: This is missing."),
        (["Kahvila Aamu", "", "", "työkokeilu"], "Title: This is missing."),
        (["Kahvila Aamu", "1234567-8", "Tiskaaja", "työkokeilu"], "Business ID: The business ID is not right."),
        (["Kahvila Aamu", "", "Tiskaaja", ""], "Kind: Write what kind of place this is"),
        (["Kahvila Aamu", "", "Tiskaaja", "seikkailu"], "Kind: We do not know this kind of place."),
        (["Kahvila Aamu", "", "Tiskaaja", "työkokeilu", "Salonki"], "We do not know the municipality “Salonki”."),
        (["Kahvila Aamu", "", "Tiskaaja", "työkokeilu", "Salo", "31.6.2027"], "Starts: Give the date like this"),
        (["Kahvila Aamu", "", "Tiskaaja", "työkokeilu", "Salo", "", "12 €/h"], "Pay: This kind of place has no pay."),
        (["Kahvila Aamu", "", "Tiskaaja", "työkokeilu", "Salo", "", "", "Ajokortti"], "may not ask for skills"),
        (["Kahvila Aamu", "", "Soita 131052-308T", "työkokeilu"], "Title: Remove the personal identity code."),
        (["Kahvila Aamu", "", "x" * 121, "työkokeilu"], "Title: The text is too long: at most 120 letters."),
        (["Aamu", "", "Tiskaaja", "työkokeilu", "", "", "", "", "liikaa"], "more cells than there are headings"),
    ],
)
def test_a_wrong_row_says_what_to_mend(session: Session, centre: Centre, cells: list[str], words: str) -> None:
    plan = _plan(session, centre, cells)
    assert _outcomes(plan) == ["wrong"]
    assert words in _why(plan)


def test_every_fault_of_a_row_is_told_at_once(session: Session, centre: Centre) -> None:
    plan = _plan(session, centre, ["", "12", "", "outo", "Turkku", "eilen"])
    assert [reason.column.value for reason in plan.rows[0].reasons] == [
        "title", "kind", "municipality", "starts", "employer", "business id",
    ]  # fmt: skip


def test_a_household_cannot_organise_a_trial(session: Session, centre: Centre) -> None:
    make_employer(session, centre, name="Perhe Virtalampi", form=EmployerForm.PRIVATE_PERSON)
    plan = _plan(session, centre, ["Perhe Virtalampi", "", "Puutarha-apu", "työkokeilu"])
    assert _why(plan) == "Kind: A private person cannot organise a work trial."


def test_the_kind_of_the_whole_list_fills_the_rows_that_say_none(session: Session, centre: Centre) -> None:
    table = _table(["Kahvila Aamu", "", "Tiskaaja"], ["Kahvila Aamu", "", "Kesätyö: myyjä"])
    plan = plan_import(session, table, centre_id=centre.id, default_kind=OfferKind.WORK_TRIAL)
    assert [row.offer.kind for row in plan.rows if row.offer] == [OfferKind.WORK_TRIAL, OfferKind.SUMMER_JOB]


def test_the_rows_to_mend_come_back_with_reasons_and_never_as_formulas(session: Session, centre: Centre) -> None:
    plan = _plan(session, centre, ["=HYPERLINK(1)", "", "", "työkokeilu"], ["Kahvila Aamu", "", "Myyjä", "kesätyö"])
    with in_language("en"):
        content = rejects_file(plan.headings, plan.with_outcome(Outcome.WRONG))
    lines = content.decode("utf-8-sig").splitlines()
    assert content.startswith(b"\xef\xbb\xbf")
    assert lines[0].endswith(";Reason;Row in the list")
    assert lines[1:] == ["'=HYPERLINK(1);;;työkokeilu;;;;;Title: This is missing.;2"]


@time_machine.travel(TODAY, tick=False)
def test_the_mended_file_can_be_imported_as_it_is(session: Session, centre: Centre) -> None:
    plan = _plan(session, centre, ["Kahvila Aamu", "", "Tiskaaja", "outo", "Salo"])
    with in_language("fi"):
        content = rejects_file(plan.headings, plan.rows).replace(b"outo", "työkokeilu".encode())
    assert _take(session, centre, read_table(content)).counts == {"make": 1, "duplicate": 0, "wrong": 0}


def test_longer_lists_ask_the_database_no_more(session: Session, centre: Centre) -> None:
    make_offer(session, make_employer(session, centre))
    engine = session.get_bind().engine

    def _count(size: int) -> int:
        rows = [[f"Yritys {number}", "", "Tiskaaja", "työkokeilu", "Salo"] for number in range(size)]
        with counted_queries(engine) as statements:
            _plan(session, centre, *rows)
        return len(statements)

    assert _count(2) == _count(60)


def test_a_kept_list_holds_no_identity_codes_and_is_taken_in_once(session: Session, centre: Centre) -> None:
    staff = make_staff(session, centre)
    table = _table(
        ["Kahvila Aamu", "", "Soita 131052-308T", "työkokeilu"], ["Kahvila Aamu", "", "Tiskaaja", "työkokeilu"]
    )
    offer_list = keep_list(
        session, centre_id=centre.id, file_name="lista.csv", table=table, default_kind=None, actor=Actor.staff(staff)
    )
    session.flush()
    assert "131052" not in str(offer_list.rows)
    assert _outcomes(plan_of_list(session, offer_list)) == ["wrong", "make"]
    import_list(session, offer_list=offer_list, publish=True, actor=Actor.staff(staff))
    assert [line for line, _cells in offer_list.rows] == [2]
    assert offer_list.counts == {"make": 1, "duplicate": 0, "wrong": 1}
    with pytest.raises(TransitionNotAllowed):
        import_list(session, offer_list=offer_list, publish=True, actor=Actor.staff(staff))


def test_lists_that_nobody_takes_in_are_forgotten_after_a_day(session: Session, centre: Centre) -> None:
    staff = make_staff(session, centre)
    with time_machine.travel("2026-11-20 10:00", tick=False):
        keep_list(
            session,
            centre_id=centre.id,
            file_name="lista.csv",
            table=_table(["Kahvila Aamu"]),
            default_kind=None,
            actor=Actor.staff(staff),
        )
        session.flush()
        forget_old_lists(session)
        assert session.scalar(select(func.count(OfferList.id))) == 1
    with time_machine.travel("2026-11-21 11:00", tick=False):
        forget_old_lists(session)
        assert session.scalar(select(func.count(OfferList.id))) == 0


_NAMES = st.sampled_from(["Kahvila Aamu", "Kahvila Aamu Oy", "Ketola Ky", "Åkers Rf", "", "Ii Palvelu", "ö" * 170])
_TITLES = st.sampled_from(["Tiskaaja", "tiskaaja", "Myyjä 1", "Myyjä 2", "Kesätyö: myyjä", "", "=1+1", "🙂 apulainen"])
_KINDS = st.sampled_from(["työkokeilu", "sommarjobb", "hidden job", "", "outo"])
_IDS = st.sampled_from(["", GOOD_ID, OTHER_ID, "1"])
_TOWNS = st.sampled_from(["", "Salo", "Ii"])
_LISTS = st.lists(st.tuples(_NAMES, _IDS, _TITLES, _KINDS, _TOWNS), max_size=6)


@given(rows=_LISTS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_list_taken_in_twice_makes_nothing_twice(
    session: Session, centre: Centre, rows: list[tuple[str, ...]]
) -> None:
    savepoint = session.begin_nested()
    table = _table(*rows)
    first = _take(session, centre, table)
    second = _take(session, centre, table)
    assert second.counts["make"] == 0
    assert second.counts["wrong"] == first.counts["wrong"]
    savepoint.rollback()
