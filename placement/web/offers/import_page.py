"""What the pages of an imported list show."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from placement.employers.dedupe import SameBy
from placement.i18n import lazy_gettext as _l
from placement.offers.importing.columns import Column, ColumnMap
from placement.offers.importing.planning import ImportPlan, Match, Outcome, PlannedRow
from placement.offers.models import OfferKind
from placement.web.offers.page import StateTab

LONGEST_SHOWN = 120
EMPLOYER_TEXTS = {
    Match.NEW: _l("New employer"),
    Match.IN_LIST: _l("Employer is in the list above"),
    Match.BUSINESS_ID: _l("Employer is known by its business ID"),
    Match.NAME: _l("Employer is known by its name"),
    Match.PHONE: _l("Employer is known by its phone number"),
    Match.WEBSITE: _l("Employer is known by its web domain"),
}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the list: what it says, what becomes of it, and why."""

    line: int
    title: str
    employer: str
    kind: OfferKind | None
    municipality_code: str | None
    outcome: Outcome
    reasons: tuple[Any, ...]
    employer_text: Any
    same_url: str | None

    @classmethod
    def of(cls, row: PlannedRow, columns: ColumnMap) -> "ShownRow":
        """Make the row from the plan; of a wrong row only what stands in its cells is known."""
        offer = row.offer
        known = row.employer.name if row.employer else ""
        return cls(
            line=row.row.line,
            title=offer.title if offer else columns.text(row.row.cells, Column.TITLE)[:LONGEST_SHOWN],
            employer=known or columns.text(row.row.cells, Column.EMPLOYER)[:LONGEST_SHOWN],
            kind=offer.kind if offer else None,
            municipality_code=offer.municipality_code if offer else None,
            outcome=row.outcome,
            reasons=row.reasons,
            employer_text=_employer_text(row),
            same_url=url_for("offers.show", offer_id=row.same_offer_id) if row.same_offer_id else None,
        )


def _employer_text(row: PlannedRow) -> Any:
    if row.match is None or row.outcome is not Outcome.MAKE:
        return ""
    resembles = row.employer.resembles if row.employer else None
    if row.match is not Match.NEW or resembles is None:
        return EMPLOYER_TEXTS[row.match]
    name, same_by = resembles
    if same_by is SameBy.PHONE:
        return _l("New employer, same phone number as %(name)s: look under “Kept twice?” afterwards.", name=name)
    return _l("New employer, same web domain as %(name)s: look under “Kept twice?” afterwards.", name=name)


def asked_outcome(text: str) -> Outcome | None:
    """Return the outcome whose rows are asked for; nonsense means all."""
    return Outcome(text) if text in set(Outcome) else None


def outcome_tabs(plan: ImportPlan, list_id: int, chosen: Outcome | None) -> list[StateTab]:
    """Return the tabs: all rows, then each outcome that there is."""
    tabs = [StateTab(_l("All rows"), url_for("offers.show_import", list_id=list_id), chosen is None, len(plan.rows))]
    for outcome in Outcome:
        if count := plan.count(outcome):
            url = url_for("offers.show_import", list_id=list_id, show=outcome.value)
            tabs.append(StateTab(outcome.label, url, outcome is chosen, count))
    return tabs
