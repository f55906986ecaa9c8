"""What became of a list, as lines for a terminal in the language of the reader."""

from collections.abc import Iterator, Mapping, Sequence

from placement.i18n import gettext as _
from placement.i18n import ngettext
from placement.offers.importing.columns import Column, ColumnMap
from placement.offers.importing.planning import Outcome, PlannedRow


def report_lines(
    rows: Sequence[PlannedRow], columns: ColumnMap, counts: Mapping[str, int], *, is_done: bool
) -> Iterator[str]:
    """Yield a line for each row with what became of it, or would, then the counts."""
    if columns.unknown:
        yield _("These columns are not understood and are left out: %(names)s.", names=", ".join(columns.unknown))
    for heading, column in columns.unread:
        yield _(
            "The column “%(heading)s” is left out: another column says the same (%(column)s).",
            heading=heading,
            column=column.label,
        )
    for row in rows:
        yield _row_line(row, columns)
    made, same, wrong = (counts[outcome.value] for outcome in (Outcome.MAKE, Outcome.DUPLICATE, Outcome.WRONG))
    if is_done:
        yield ngettext("%(num)s offer was made.", "%(num)s offers were made.", made)
    else:
        yield ngettext("%(num)s offer would be made.", "%(num)s offers would be made.", made)
    yield ngettext("%(num)s is here already.", "%(num)s are here already.", same)
    yield ngettext("%(num)s row needs mending.", "%(num)s rows need mending.", wrong)


def _row_line(row: PlannedRow, columns: ColumnMap) -> str:
    title = row.offer.title if row.offer else columns.text(row.row.cells, Column.TITLE)
    employer = row.offer.employer if row.offer else columns.text(row.row.cells, Column.EMPLOYER)
    line = f"{row.row.line:>5}  {row.outcome.label!s:<14}  {employer or '–'}: {title or '–'}"
    return "\n".join([line, *(f"       {reason}" for reason in row.reasons)])
