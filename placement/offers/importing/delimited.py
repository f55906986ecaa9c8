"""Lists kept as text: CSV with ``;``, ``,`` or tabs, in UTF-8, UTF-16 or Windows-1252."""

import csv
import io
from collections.abc import Iterator

from placement.errors import ImportRefused
from placement.i18n import lazy_gettext as _l
from placement.offers.importing.columns import count_known
from placement.offers.importing.tables import HEADINGS_WITHIN, LARGEST_FILE, Table, table_from

DELIMITERS = (";", ",", "\t", "|")
SAMPLE = 20_000
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def decode(content: bytes) -> str:
    """Return the text of a file whatever it is written in; raise ImportRefused when it is not text."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text.removeprefix("\ufeff")
    message = _l("This is not a text file. Give a CSV or XLSX list, or a page with job postings.")
    raise ImportRefused(message, code="import_not_text")


def _encodings(content: bytes) -> tuple[str, ...]:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return (encoding,)
    sample = content[:SAMPLE]
    # Text in UTF-16 without a mark has a zero byte in every other place.
    if sample.count(0) > len(sample) // 4:
        return ("utf-16-le",) if sample[1::2].count(0) >= sample[::2].count(0) else ("utf-16-be",)
    return ("utf-8", "cp1252")


def read_delimited(text: str) -> Table:
    """Read a CSV list; the delimiter is the one that makes most known headings."""
    return table_from(_rows(text, _delimiter(text)))


def _delimiter(text: str) -> str:
    """Try each delimiter on the beginning: most headings known, else most cells, else the usual one."""
    beginning = text[:SAMPLE]

    def _worth(delimiter: str) -> tuple[int, int]:
        known = cells = 0
        for place, (_line, row) in enumerate(_read(beginning, delimiter, quoted=True)):
            if place >= HEADINGS_WITHIN:
                break
            known, cells = max(known, count_known(row[:200])), max(cells, len(row))
        return known, cells

    return max(DELIMITERS, key=lambda delimiter: (*_worth(delimiter), -DELIMITERS.index(delimiter)))


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    # A quotation mark that is never closed would swallow the rest of the list as one cell: then quotes are letters.
    try:
        for _row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
        is_quoted = True
    except csv.Error as error:
        is_quoted = "unexpected end of data" not in str(error)
    return _read(text, delimiter, quoted=is_quoted)


def _read(text: str, delimiter: str, *, quoted: bool) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LARGEST_FILE)
    lines = io.StringIO(text, newline="")
    if quoted:
        reader = csv.reader(lines, delimiter=delimiter)
    else:
        reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        message = _l("Line %(line)s of the list cannot be read. Save the list again as CSV or XLSX.", line=line)
        raise ImportRefused(message, code="import_broken") from error
