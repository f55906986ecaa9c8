"""Reading files of all kinds: encodings, delimiters, Excel, job postings, and files that are no lists."""

import contextlib
import io
import json
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from placement.errors import ImportRefused
from placement.offers.importing.columns import Column, count_known, find_column, map_columns
from placement.offers.importing.reading import read_table
from placement.offers.importing.tables import LARGEST_FILE, Table

EXAMPLES = Path(__file__).parents[2] / "examples" / "offers"
LIST = "Työnantaja{0}Otsikko{0}Kunta\r\nKahvila Äijälä{0}Hyllyttäjä{0}Ähtäri\r\n"


def _refusal(content: bytes) -> str:
    with pytest.raises(ImportRefused) as refused:
        read_table(content)
    return refused.value.code


def _workbook(*sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet{number}")
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_letters_and_delimiters_are_recognised(encoding: str, delimiter: str) -> None:
    table = read_table(LIST.format(delimiter).encode(encoding))
    assert table.headings == ("Työnantaja", "Otsikko", "Kunta")
    assert [(row.line, row.cells) for row in table.rows] == [(2, ("Kahvila Äijälä", "Hyllyttäjä", "Ähtäri"))]


def test_titles_and_empty_lines_may_stand_above_the_headings() -> None:
    table = read_table("sep=;\r\nPaikat keväälle;;\r\n;;\r\nYritys;Tehtävä;Kunta\r\n;;\r\nAamu;Tiskaaja;Salo".encode())
    assert table.headings == ("Yritys", "Tehtävä", "Kunta")
    assert [row.line for row in table.rows] == [6]


def test_a_cell_may_hold_several_lines_and_the_next_row_keeps_its_number() -> None:
    table = read_table(b'Employer;Title;Tasks\nAamu;Helper;"One\nTwo; three"\nIlta;Cook;x\n')
    assert [(row.line, row.cells[2]) for row in table.rows] == [(2, "One\nTwo; three"), (4, "x")]


def test_a_quotation_mark_that_is_never_closed_swallows_no_rows() -> None:
    table = read_table(b'Employer;Title;Tasks\nAamu;Helper;"never closed\nIlta;Cook;x\n')
    assert [row.cells[0] for row in table.rows] == ["Aamu", "Ilta"]


def test_commas_in_text_do_not_mislead_when_semicolons_part_the_columns() -> None:
    table = read_table("Yritys;Tehtävä;Kuvaus\nAamu;Tiskaaja;Tiskaat, pyyhit, järjestät, autat, juttelet".encode())
    assert len(table.headings) == 3


def test_short_rows_are_filled_and_long_ones_keep_their_cells() -> None:
    table = read_table(b"Employer;Title;Town\nAamu;Helper\nIlta;Cook;Salo;;more\nYo;Guard;Salo;;\n")
    assert [len(row.cells) for row in table.rows] == [3, 5, 3]


def test_excel_cells_read_as_a_person_would_type_them() -> None:
    rows = [["Employer", "Title", "Places", "Hours", "Starts"], ["Aamu", "Helper", 2.0, 7.5, date(2027, 1, 4)]]
    timed = ["Ilta", "Cook", 1, 7.25, datetime(2027, 1, 4, 8, 30)]
    table = read_table(_workbook([], [*rows, timed]))
    assert [row.cells for row in table.rows] == [
        ("Aamu", "Helper", "2", "7.5", "2027-01-04"),
        ("Ilta", "Cook", "1", "7.25", "2027-01-04 08:30"),
    ]
    assert [row.line for row in table.rows] == [2, 3]


def test_a_workbook_that_would_fill_the_memory_is_refused_before_it_is_opened() -> None:
    book = Workbook()
    book.active["A1"] = "Employer"
    book.active["XFD1048576"] = "far away"
    out = io.BytesIO()
    book.save(out)
    assert _refusal(out.getvalue()) == "import_too_large"
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (90 * 1024 * 1024))
    assert _refusal(bomb.getvalue()) == "import_too_large"


def _with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the workbook with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return out.getvalue()


def test_a_long_text_that_thousands_of_cells_share_is_refused_before_it_is_opened() -> None:
    """Each cell gets a copy of its own: 20 kB of file would be gigabytes of memory."""
    cells = b"".join(b'<row><c t="s"><v>0</v></c></row>' for _row in range(4000))
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/any name.xml", b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>")
        archive.writestr("xl/texts.xml", b"<sst><si><t>" + b"a" * (1024 * 1024) + b"</t></si></sst>")
    assert _refusal(bomb.getvalue()) == "import_too_large"


@pytest.mark.parametrize("place", [b'r = "XFD1048576"', b'r="xfd1048576"'])
def test_a_far_cell_is_seen_however_it_is_written(place: bytes) -> None:
    content = _workbook([["Employer", "Title"], ["Aamu", "Helper"]])
    far = _with_part(content, "xl/worksheets/sheet1.xml", lambda part: part.replace(b'r="B2"', place))
    assert _refusal(far) == "import_too_large"


@pytest.mark.parametrize("piece", ["<!--", "<![", "<a b='", "</a", "<script", "<script>", "&#", "<"])
def test_a_page_made_to_slow_the_reader_down_is_read_in_one_go(piece: str) -> None:
    began = time.monotonic()
    assert _refusal(("<" + piece * (1_000_000 // len(piece))).encode()) == "import_without_postings"
    rows = _posting_rows({"@type": "JobPosting", "title": "Helper", "description": piece * 50_000})
    assert rows[0]["title"] == "Helper"
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "import_empty"),
        (b"\xef\xbb\xbf\r\n", "import_empty"),
        (b";;;\n;;;\n", "import_empty"),
        (b"Employer;Title\n", "import_empty"),
        (b"Employer;Title\nA\x00a;Helper\n", "import_not_text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "import_not_a_list"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "import_not_a_list"),
        (b"%PDF-1.7", "import_not_a_list"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "import_old_excel"),
        (b"PK\x03\x04 not a workbook", "import_broken"),
        (b"{broken", "import_broken"),
        (b"[" * 100_000, "import_broken"),
        (b"[[1, 2], {}]", "import_without_postings"),
        (b"<p>no postings</p>", "import_without_postings"),
        (b"a" * (LARGEST_FILE + 1), "import_too_large"),
        (b"Employer;Title\n" + b"A;B\n" * 5001, "import_too_long"),
        (b"Employer;Title" + b";x" * 300 + b"\nA;B\n", "import_too_wide"),
    ],
)
def test_what_is_no_list_is_refused_with_its_own_reason(content: bytes, code: str) -> None:
    assert _refusal(content) == code


def _posting_rows(*documents: object) -> list[dict[str, str]]:
    blocks = "".join(f'<script type="application/ld+json">{json.dumps(item)}</script>' for item in documents)
    table = read_table(f"<!doctype html><html><head>{blocks}</head></html>".encode())
    return [dict(zip(table.headings, row.cells, strict=True)) for row in table.rows]


def test_postings_are_found_in_graphs_arrays_and_several_blocks() -> None:
    organisation = {"@type": "Organization", "@id": "#o", "name": "Aamu Oy", "taxID": "9999700-6"}
    graph = {"@graph": [organisation, {"@type": ["JobPosting"], "title": "One", "hiringOrganization": {"@id": "#o"}}]}
    many = [{"@type": "http://schema.org/JobPosting", "title": "Two", "hiringOrganization": "Ilta"}]
    rows = _posting_rows({"@type": "WebSite"}, graph, many)
    assert [(row["title"], row["employer"], row["business id"]) for row in rows] == [
        ("One", "Aamu Oy", "9999700-6"),
        ("Two", "Ilta", ""),
    ]


def test_a_broken_block_does_not_hide_the_others() -> None:
    page = (
        '<script type="application/ld+json">{broken</script>'
        '<script type="application/ld+json; charset=utf-8">{"@type":"JobPosting","title":"One"}</script>'
    )
    assert len(read_table(page.encode()).rows) == 1


def test_the_fields_of_a_posting_become_columns() -> None:
    posting = {
        "@type": "JobPosting",
        "title": "Kesätyö: myyjä &amp; opas",
        "description": "<p>Myyt jäätelöä.</p><ul><li>Ulkona</li></ul>",
        "hiringOrganization": {"name": "Aamu"},
        "jobLocation": [{"address": {"addressLocality": "Salo", "streetAddress": "Torikatu 1"}}],
        "jobLocationType": "TELECOMMUTE",
        "baseSalary": {"currency": "EUR", "value": {"minValue": 10.5, "maxValue": 12, "unitText": "HOUR"}},
        "totalJobOpenings": 3,
        "validThrough": "2027-05-31T23:59:00+03:00",
    }
    row = _posting_rows(posting)[0]
    assert (row["title"], row["kind"]) == ("Kesätyö: myyjä & opas", "summer_job")
    assert row["tasks"] == "Myyt jäätelöä.\nUlkona"
    assert (row["municipality"], row["address"], row["remote work"]) == ("Salo", "Torikatu 1", "1")
    assert (row["pay"], row["places"]) == ("10,5–12 €/h", "3")


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Työnantaja *", Column.EMPLOYER),
        ("ARBETSGIVARE", Column.EMPLOYER),
        ("Työnantja", Column.EMPLOYER),
        ("FO-nummer", Column.BUSINESS_ID),
        ("H / vko", Column.HOURS_PER_WEEK),
        ("Kesto (kk)", Column.MONTHS),
        ("Sähköposti osoite", Column.EMAIL),
        ("Place", Column.MUNICIPALITY),
        ("Salasana", None),
        ("", None),
    ],
)
def test_headings_are_understood_whatever_their_spelling(heading: str, column: Column | None) -> None:
    assert find_column(heading) is column


def test_a_loose_heading_gives_way_to_a_clear_one() -> None:
    alone = map_columns(["Nimi", "Tehtävä"])
    assert (alone.places[Column.EMPLOYER], alone.places[Column.TITLE]) == ((0,), (1,))
    beside = map_columns(["Tehtävä", "Nimi", "Otsikko", "Yritys"])
    assert (beside.places[Column.TITLE], beside.places[Column.TASKS]) == ((2,), (0,))
    assert beside.places[Column.CONTACT] == (1,)


def test_known_headings_are_counted_once_each() -> None:
    assert count_known(["Yritys", "Firma", "Tehtävä", "", "jotain muuta"]) == 2


_EXAMPLES = [path.read_bytes() for path in sorted(EXAMPLES.iterdir()) if path.suffix != ".md"]


@st.composite
def _damaged(draw: st.DrawFn) -> bytes:
    """A real file with a piece cut out and other bytes put in."""
    content = draw(st.sampled_from(_EXAMPLES))
    start = draw(st.integers(0, len(content)))
    length = draw(st.integers(0, 40))
    return content[:start] + draw(st.binary(max_size=40)) + content[start + length :]


@given(content=st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode), _damaged()))
@example(content=b"\xff\xfe\x00")
@example(content=b"<![x")
@example(content=b'{"@type":"JobPosting","title":"\\ud800"}')
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_reading_any_bytes_gives_a_list_or_a_refusal(content: bytes) -> None:
    with contextlib.suppress(ImportRefused):
        table = read_table(content)
        assert isinstance(table, Table)
        assert all(len(row.cells) >= len(table.headings) for row in table.rows)
        for row in table.rows:
            "".join(row.cells).encode("utf-8")
        with contextlib.suppress(ImportRefused):
            map_columns(table.headings)
