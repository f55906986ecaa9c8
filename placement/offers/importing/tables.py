"""A list once its file has been read: headings and rows of plain text, each with its place in the file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from placement.errors import ImportRefused
from placement.i18n import lazy_gettext as _l
from placement.offers.importing.columns import count_known

LARGEST_FILE = 5 * 1024 * 1024
MOST_ROWS = 5000
MOST_COLUMNS = 200
HEADINGS_WITHIN = 20
"""The row of headings is looked for among this many rows that are not empty."""

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # soft hyphens and marks without a width
_GUARDED = re.compile(r"^\s*'(?=[=+\-@])")  # the apostrophe that keeps a cell from being a formula


@dataclass(frozen=True, slots=True)
class Row:
    """One row and the line of the file, or the number of the posting, where it stands."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def clean(text: str) -> str:
    """Return text that a database and a page can hold: no control characters, no half letters, no spaces around."""
    whole = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    whole = _GUARDED.sub("", _UNSEEN.sub("", whole))
    kept = (letter if letter.isprintable() or letter == "\n" else " " for letter in whole)
    return "".join(kept).strip()


def table_from(rows: Iterable[tuple[int, list[str]]]) -> Table:
    """Find the row of headings, leave out empty rows, and refuse what is too long or too wide."""
    filled: list[Row] = []
    for line, cells in rows:
        row = Row(line, tuple(clean(cell) for cell in cells))
        if not any(row.cells):
            continue
        if len(row.cells) > MOST_COLUMNS:
            raise ImportRefused(
                _l("The list has more than %(most)s columns.", most=MOST_COLUMNS), code="import_too_wide"
            )
        filled.append(row)
        if len(filled) > MOST_ROWS + HEADINGS_WITHIN:
            break
    if not filled:
        raise ImportRefused(_l("The list is empty."), code="import_empty")
    place = headings_place(filled)
    body = tuple(filled[place + 1 :])
    if len(body) > MOST_ROWS:
        message = _l("The list has more than %(most)s rows. Split it into smaller lists.", most=MOST_ROWS)
        raise ImportRefused(message, code="import_too_long")
    if not body:
        raise ImportRefused(_l("The list has headings but no rows under them."), code="import_empty")
    headings = filled[place].cells
    while len(headings) > 1 and not headings[-1]:
        headings = headings[:-1]
    return Table(headings, tuple(Row(row.line, _fit(row.cells, len(headings))) for row in body))


def headings_place(rows: list[Row]) -> int:
    """Return the place of the row that most looks like headings; titles and notes may stand above it."""
    first = rows[:HEADINGS_WITHIN]
    return max(range(len(first)), key=lambda place: (count_known(first[place].cells), -place))


def _fit(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Make a row as wide as the headings; filled cells beyond them stay, so that the row can be questioned."""
    while len(cells) > width and not cells[-1]:
        cells = cells[:-1]
    return cells + ("",) * (width - len(cells))
