"""Importing a list of offers on the pages: send, look, take in, mend."""

import io
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.accounts.permissions import Role
from placement.offers.importing.models import OfferList
from placement.offers.models import Offer
from placement.offers.states import OfferState
from tests.support.factories.centres import make_centre, make_staff
from tests.support.page import Page, PageClient
from tests.support.queries import counted_queries

pytestmark = pytest.mark.database

EXAMPLES = Path(__file__).parents[3] / "examples" / "offers"
HEADINGS = "Työnantaja;Otsikko;Laji;Kunta"
GOOD_ROW = "Kahvila Aamu;Tiskaaja;työkokeilu;Salo"
MIXED = f"{HEADINGS}\n{GOOD_ROW}\n{GOOD_ROW}\nKetola;Myyjä;outo;Salo\n"


@pytest.fixture
def staff(session: Session) -> Staff:
    return make_staff(session, None, Role.EMPLOYER_WORKER)


class _File(io.BytesIO):
    """A file to be sent, with its name."""

    def __init__(self, content: str | bytes, name: str) -> None:
        super().__init__(content.encode() if isinstance(content, str) else content)
        self.name = name


def _send(page: PageClient, content: str | bytes, name: str = "list.csv", *, status: int = 303, **fields: str) -> Page:
    page.get("/offers/import")
    return page.submit("Look at the list", status=status, file=_File(content, name), **fields)


def _offers(session: Session) -> int:
    return session.scalar(select(func.count(Offer.id))) or 0


def test_a_list_is_looked_at_then_imported_and_the_rest_is_mended(
    page: PageClient, session: Session, staff: Staff
) -> None:
    page.sign_in(staff)
    preview = _send(page, MIXED)
    assert "list.csv: nothing has been made yet." in preview.text
    assert "1 new offer" in preview.text
    assert "The same as row 2: “Tiskaaja”." in preview.text
    assert "We do not know this kind of place." in preview.text
    assert _offers(session) == 0
    assert not preview.select("input[name=publish][checked]")
    done = page.submit("Import 1 offer", publish="y")
    assert (done.heading, done.flashes) == ("The list is in", ["Done: The list has been imported."])
    assert session.scalars(select(Offer.state)).all() == [OfferState.LIVE]
    assert "Ketola" in done.text
    assert "Kahvila Aamu" not in done.text
    download = page.client.get(next(link for link in done.links() if link.endswith(".csv")))
    assert download.mimetype == "text/csv"
    assert "attachment" in download.headers["Content-Disposition"]
    lines = download.get_data().decode("utf-8-sig").splitlines()
    assert lines[0] == f"{HEADINGS};Reason;Row in the list"
    assert lines[1].startswith("Ketola;Myyjä;outo;Salo;Kind: We do not know this kind of place.")


def test_a_real_file_of_each_kind_can_be_looked_at(page: PageClient, staff: Staff) -> None:
    page.sign_in(staff)
    for name in ("kesa-ja-tyokokeilut.csv", "offers-en.xlsx", "jobposting.html", "jobposting.json", "with-faults.csv"):
        preview = _send(page, (EXAMPLES / name).read_bytes(), name)
        assert preview.heading == "Check the list"
        assert name in preview.text


def test_unticked_offers_wait_to_be_checked(page: PageClient, session: Session, staff: Staff) -> None:
    page.sign_in(staff)
    _send(page, f"{HEADINGS}\nKahvila Aamu;Tiskaaja;työkokeilu;Salo")
    page.submit("Import 1 offer")
    assert session.scalars(select(Offer.state)).all() == [OfferState.SUBMITTED]


def test_the_same_list_again_makes_nothing(page: PageClient, session: Session, staff: Staff) -> None:
    page.sign_in(staff)
    _send(page, MIXED)
    page.submit("Import 1 offer")
    again = _send(page, MIXED)
    assert "2 are here already and are passed over" in again.text
    assert "Import" not in [button.get_text() for button in again.select("main button")]
    assert _offers(session) == 1


def test_the_same_form_sent_twice_acts_once(page: PageClient, session: Session, staff: Staff) -> None:
    page.sign_in(staff)
    preview = _send(page, MIXED)
    page.submit("Import 1 offer")
    page.page = preview
    done = page.submit("Import 1 offer")
    assert done.heading == "The list is in"
    assert _offers(session) == 1


def test_a_list_taken_in_from_another_tab_is_not_taken_in_again(
    page: PageClient, session: Session, staff: Staff
) -> None:
    page.sign_in(staff)
    first_tab = _send(page, MIXED)
    page.get(first_tab.response.request.path)
    page.submit("Import 1 offer")
    page.page = first_tab
    assert "already" in page.submit("Import 1 offer", status=409).text
    assert _offers(session) == 1


def test_the_kind_of_the_whole_list_can_be_told(page: PageClient, session: Session, staff: Staff) -> None:
    page.sign_in(staff)
    preview = _send(page, "Yritys;Tehtävä\nKahvila Aamu;Tiskaaja", default_kind="summer_job")
    assert "Summer job" in preview.text
    page.submit("Import 1 offer")
    assert session.scalars(select(Offer.kind)).all() == ["summer_job"]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "list.csv", "The file is empty."),
        (b" \r\n\r\n", "list.csv", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "list.csv", "This is not a list."),
        (b"%PDF-1.7 something", "list.pdf", "This is not a list."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "list.xls", "save it as XLSX"),
        (b"PK\x03\x04broken", "list.xlsx", "This Excel file cannot be opened."),
        (HEADINGS.encode(), "list.csv", "The list has headings but no rows under them."),
        (b"Nimike;Kunta\nTiskaaja;Salo", "list.csv", "The list has no column for the employer."),
        (b"one,two\n1,2", "list.csv", "The list has no columns for the employer and the title."),
        (b"<html><body>Hei</body></html>", "page.html", "There are no job postings in this file"),
        (b'{"@type": "Person"}', "list.json", "There are no job postings in this file"),
    ],
)
def test_a_file_that_is_no_list_gets_a_clear_answer(
    page: PageClient, staff: Staff, content: bytes, name: str, words: str
) -> None:
    page.sign_in(staff)
    answer = _send(page, content, name, status=422, default_kind="work_trial")
    assert any(words in error for error in answer.errors), answer.errors
    chosen = answer.select("select[name=default_kind] option[selected]")
    assert [option["value"] for option in chosen] == ["work_trial"]
    assert page.session.scalar(select(func.count(OfferList.id))) == 0


def test_a_form_without_a_file_asks_for_it(page: PageClient, staff: Staff) -> None:
    page.sign_in(staff)
    page.get("/offers/import")
    answer = page.submit("Look at the list", status=422)
    assert answer.errors == ["Your list – Choose the file of your list."]


def test_a_file_over_five_megabytes_is_told_to_be_too_large(page: PageClient, staff: Staff) -> None:
    page.sign_in(staff)
    body = b"--x\r\n" + b"a;b\n" * 1_400_000
    response = page.client.post("/offers/import", data=body, content_type="multipart/form-data; boundary=x")
    assert response.status_code == 413
    assert "large" in Page(response).heading


def test_a_very_long_list_is_to_be_split(page: PageClient, staff: Staff) -> None:
    page.sign_in(staff)
    rows = "\n".join(f"Yritys {number};Tiskaaja;työkokeilu;Salo" for number in range(2001))
    answer = _send(page, f"{HEADINGS}\n{rows}", status=422)
    assert "more than 2000 rows" in answer.errors[0]


def test_the_language_switch_keeps_the_tick(page: PageClient, staff: Staff) -> None:
    page.sign_in(staff)
    _send(page, MIXED)
    swedish = page.submit(form="main-form", status=422, publish="y", _language="sv")
    assert swedish.select("input[name=publish][checked]")
    assert not swedish.errors


def test_columns_that_are_not_understood_are_told(page: PageClient, staff: Staff) -> None:
    page.sign_in(staff)
    preview = _send(page, "Yritys;Firma;Otsikko;Laji;Muistiinpano\nKahvila Aamu;x;Tiskaaja;työkokeilu;y")
    assert "These columns are not understood and are left out: Muistiinpano." in preview.text
    assert "The column “Firma” is left out" in preview.text


def test_a_list_of_another_centre_is_not_found(page: PageClient, session: Session, staff: Staff) -> None:
    page.sign_in(staff)
    preview = _send(page, MIXED)
    address = preview.response.request.path
    page.sign_in(make_staff(session, make_centre(session), Role.EMPLOYER_WORKER))
    page.get(address, status=404)
    page.get(f"{address}/rows-to-mend.csv", status=404)


@pytest.mark.parametrize("role", [Role.PAIR_MEMBER, Role.LEAD, Role.AUTHORITY, Role.OUTREACH, Role.ADMIN])
def test_roles_that_do_not_import_are_refused(page: PageClient, session: Session, role: Role) -> None:
    page.sign_in(make_staff(session, None, role))
    page.get("/offers/import", status=403)


def test_the_preview_asks_the_database_as_often_for_many_rows(page: PageClient, session: Session, staff: Staff) -> None:
    page.sign_in(staff)
    engine = session.get_bind().engine

    def _count(size: int) -> int:
        rows = "\n".join(f"Yritys {number};Tiskaaja;työkokeilu;Salo" for number in range(size))
        address = _send(page, f"{HEADINGS}\n{rows}").response.request.path
        with counted_queries(engine) as statements:
            page.get(address)
        return len(statements)

    assert _count(2) == _count(120)


def test_a_long_list_is_shown_page_by_page_and_by_what_happens(page: PageClient, staff: Staff) -> None:
    page.sign_in(staff)
    rows = "\n".join(f"Yritys {number};Tiskaaja;{'outo' if number % 2 else 'työkokeilu'};Salo" for number in range(120))
    preview = _send(page, f"{HEADINGS}\n{rows}")
    assert len(preview.select("tbody tr")) == 50
    address = preview.response.request.path
    assert len(page.get(f"{address}?page=3").select("tbody tr")) == 20
    wrong = page.get(f"{address}?show=wrong&page=2")
    assert len(wrong.select("tbody tr")) == 10
    assert page.get(f"{address}?show=nonsense").status == 200
