"""Tables as files for a spreadsheet. Text that somebody wrote is never run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

Cell = str | int | Decimal | date | None
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
LONGEST_CELL = 32_000  # characters; a spreadsheet takes no more in one cell


def harmless(text: str) -> str:
    """Return text that a spreadsheet does not run: an apostrophe goes before what would begin a formula."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(BEGINS_A_FORMULA) or text.startswith(("\t", "\r")) else text


def csv_file(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a CSV list that Finnish and Swedish spreadsheets open as it is."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(heading) for heading in headings])
    writer.writerows([_in_csv(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def xlsx_file(title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return an Excel workbook with one sheet; every text is a text cell, whatever it begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for row in (headings, *rows):
        sheet.append([_in_xlsx(sheet, cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _in_csv(cell: Cell) -> str:
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}".replace(".", ",")
    if isinstance(cell, date):
        return f"{cell.day}.{cell.month}.{cell.year}"
    return "" if cell is None else str(cell)


def _in_xlsx(sheet: object, cell: Cell) -> object:
    if not isinstance(cell, str):
        return cell
    made = WriteOnlyCell(sheet, value="")
    made.value = "".join(sign for sign in cell[:LONGEST_CELL] if sign.isprintable() or sign in "\n\t")
    made.data_type = "s"
    return made
