"""From the bytes of a file to a table of text, whatever kind of list it is."""

from placement.errors import ImportRefused
from placement.i18n import lazy_gettext as _l
from placement.offers.importing.delimited import decode, read_delimited
from placement.offers.importing.postings import read_json, read_page
from placement.offers.importing.tables import LARGEST_FILE, Table
from placement.offers.importing.workbook import read_workbook

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_OTHER_FILES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"BM",
    b"\x1f\x8b",
    b"{\\rtf",
    b"Rar!",
    b"7z\xbc",
)


def read_table(content: bytes) -> Table:
    """Read a list; its kind is seen from the content, never from the name. Raise ImportRefused when it is none."""
    if len(content) > LARGEST_FILE:
        raise ImportRefused(_l("The file is larger than 5 MB. Split the list."), code="import_too_large")
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xfe\xff"):
        raise ImportRefused(_l("The file is empty."), code="import_empty")
    if content.startswith(_ZIP):
        return read_workbook(content)
    if content.startswith(_OLD_EXCEL):
        message = _l("This is an old kind of Excel file. Open it in Excel and save it as XLSX.")
        raise ImportRefused(message, code="import_old_excel")
    if content.startswith(_OTHER_FILES) and not _is_text(content):
        message = _l("This is not a list. Give a CSV or XLSX file, or a saved page with job postings.")
        raise ImportRefused(message, code="import_not_a_list")
    text = decode(content)
    beginning = text.lstrip()[:1]
    if beginning == "<":
        return read_page(text)
    if beginning in {"{", "["}:
        return read_json(text)
    return read_delimited(text)


def _is_text(content: bytes) -> bool:
    """Whether a file that begins like another kind is text after all, such as a list whose first word is BMW."""
    return not content.startswith((b"%PDF", b"{\\rtf")) and all(
        byte >= 32 or byte in b"\t\r\n" for byte in content[:512]
    )
