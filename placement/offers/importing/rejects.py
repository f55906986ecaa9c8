"""The rows that need mending, as a file: the same columns and, at the end, the reason."""

import csv
import io
from collections.abc import Iterable, Sequence

from placement.i18n import gettext
from placement.offers.importing.planning import PlannedRow

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rejects_file(headings: Sequence[str], rows: Iterable[PlannedRow]) -> bytes:
    """Return a CSV list that Excel opens as it is, in the language of the reader."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([*(_safe(heading) for heading in headings), gettext("Reason"), gettext("Row in the list")])
    for row in rows:
        reason = " ".join(str(reason) for reason in row.reasons)
        writer.writerow([*(_safe(cell) for cell in row.row.cells), _safe(reason), row.row.line])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _safe(cell: str) -> str:
    """Keep a spreadsheet from running a cell that somebody else has written."""
    return f"'{cell}" if cell.startswith(_BEGINS_A_FORMULA) else cell
