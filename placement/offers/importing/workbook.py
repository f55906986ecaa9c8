"""Lists kept in Excel: the first sheet of an XLSX file that has anything on it."""

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from python_calamine import CalamineWorkbook

from placement.errors import ImportRefused
from placement.i18n import lazy_gettext as _l
from placement.offers.importing.tables import Table, table_from

MOST_PARTS = 1000
MOST_UNPACKED = 80 * 1024 * 1024
MOST_CELLS = 2_000_000
MOST_TEXT = 400 * 1024 * 1024
_PLACE = re.compile(rb"""\sr\s*=\s*["'](?:([A-Z]{1,4})(\d{1,8})|(\d{1,8}))["']""", re.IGNORECASE)
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_SHARED_TEXT = re.compile(rb"<(?:\w+:)?si[\s/>]")


def read_workbook(content: bytes) -> Table:
    """Read the first sheet that is not empty; raise ImportRefused when the file is no workbook or too large."""
    _refuse_bombs(content)
    return table_from(_first_filled_sheet(content))


def _broken(error: BaseException | None = None) -> ImportRefused:
    message = _l("This Excel file cannot be opened. Save it again as XLSX or CSV.")
    refusal = ImportRefused(message, code="import_broken")
    refusal.__cause__ = error
    return refusal


def _first_filled_sheet(content: bytes) -> list[tuple[int, list[str]]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            first = (sheet.start or (0, 0))[0] + 1
            rows = [(first + place, [_text(cell) for cell in row]) for place, row in enumerate(sheet.to_python())]
            if any(any(cells) for _line, cells in rows):
                return rows
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise _broken(error) from error
    return []


def _refuse_bombs(content: bytes) -> None:
    """Refuse a file that unpacks to far more than a list: the reader would fill the memory before we could look."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if "xl/workbook.xml" not in archive.namelist():
                raise _broken()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise ImportRefused(_l("This Excel file is too large."), code="import_too_large")
            cells = longest = 0
            for part in parts:  # whatever its name: the archive itself says which part is what
                content_of_part = _unpacked(archive, part)
                _refuse_wide_sheet(content_of_part)
                cells += sum(1 for _cell in _CELL.finditer(content_of_part))
                longest = max(longest, _longest_shared_text(content_of_part))
            if cells * longest > MOST_TEXT:  # each cell gets a copy of a text that the archive holds once
                raise ImportRefused(_l("This Excel file is too large."), code="import_too_large")
    except ImportRefused:
        raise
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, EOFError, NotImplementedError, KeyError) as error:
        raise _broken(error) from error
    except Exception as error:  # a broken archive also fails inside the unpacking libraries
        raise _broken(error) from error


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    with archive.open(part) as stream:
        # The size that an archive tells of itself may be a lie.
        content = stream.read(MOST_UNPACKED + 1)
    if len(content) > MOST_UNPACKED:
        raise ImportRefused(_l("This Excel file is too large."), code="import_too_large")
    return content


def _refuse_wide_sheet(content: bytes) -> None:
    """Refuse a sheet with a cell far away: every cell before it would be made, empty."""
    rows = columns = 1
    for found in _PLACE.finditer(content):
        letters, number, row = found.groups()
        rows = max(rows, int(number or row))
        if letters:
            columns = max(columns, _column_number(letters.upper()))
    if rows * columns > MOST_CELLS:
        message = _l("The sheet has far too many empty rows or columns. Copy the list to a new sheet and save that.")
        raise ImportRefused(message, code="import_too_large")


def _longest_shared_text(content: bytes) -> int:
    """Return how long the longest of the texts that cells share is at most; 0 when the part holds none."""
    beginnings = [found.start() for found in _SHARED_TEXT.finditer(content)]
    if not beginnings:
        return 0
    return max(end - beginning for beginning, end in pairwise([*beginnings, len(content)]))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _text(cell: Any) -> str:
    """Write a cell as a person would have typed it: 1.0 as 1, a date as 2026-12-01."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.10g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    if isinstance(cell, timedelta):
        return f"{cell.total_seconds() / 3600:.10g}"
    return str(cell)
