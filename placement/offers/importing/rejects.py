"""The rows that need mending, as a file: the same columns and, at the end, the reason."""

from collections.abc import Iterable, Sequence

from placement.i18n import gettext
from placement.offers.importing.planning import PlannedRow
from placement.spreadsheets import csv_file


def rejects_file(headings: Sequence[str], rows: Iterable[PlannedRow]) -> bytes:
    """Return a CSV list that Excel opens as it is, in the language of the reader."""
    return csv_file(
        [*headings, gettext("Reason"), gettext("Row in the list")],
        ([*row.row.cells, " ".join(str(reason) for reason in row.reasons), row.row.line] for row in rows),
    )
