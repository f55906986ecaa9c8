"""The board of hidden jobs: how far each lead has come, those that stand still first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from placement.employers.hidden_jobs.models import Lead
from placement.employers.hidden_jobs.queries import open_leads
from placement.employers.hidden_jobs.states import LeadState
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l
from placement.offers.from_leads import ALIVE, offers_of_leads
from placement.offers.models import Offer
from placement.offers.states import OfferState
from placement.placements.reliability import introduced_offers, placed_offers


class Stage(LabelledEnum):
    """How far a hidden job has come, from the first word to somebody in the place."""

    HEARD = "heard", _l("Heard of")
    CONTACTED = "contacted", _l("Contacted")
    VISITED = "visited", _l("Visited")
    NOTED = "noted", _l("Need noted")
    OFFER = "offer", _l("Offer")
    INTRODUCED = "introduced", _l("Introduced")
    PLACED = "placed", _l("Placed")


_BEFORE_AN_OFFER = {
    LeadState.HEARD: Stage.HEARD,
    LeadState.CONTACTED: Stage.CONTACTED,
    LeadState.VISITED: Stage.VISITED,
    LeadState.NOTED: Stage.NOTED,
    LeadState.OFFERED: Stage.NOTED,
}


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One lead on the board."""

    lead: Lead
    stage: Stage
    offer: Offer | None
    late_days: int
    is_stalled: bool


@dataclass(frozen=True, slots=True)
class StageCount:
    """One stage above the board, with the number of leads in it."""

    label: Any
    url: str
    is_current: bool
    count: int


def board_rows(session: Session, centre_id: int, *, today: date) -> list[BoardRow]:
    """Return every open lead of a centre with its stage: those that stand still first, the longest wait on top.

    A lead stands still when its date has passed or it has none; one whose place is taken never does.
    The number of queries does not depend on the number of leads.
    """
    leads = open_leads(session, centre_id)
    offers = offers_of_leads(session, [lead.id for lead in leads])
    alive = [offer for made in offers.values() for offer in made if offer.state in ALIVE]
    ids = [offer.id for offer in alive]
    come_to = dict.fromkeys(introduced_offers(session, ids), Stage.INTRODUCED)
    come_to |= dict.fromkeys(placed_offers(session, ids), Stage.PLACED)
    rows = [_row(lead, offers.get(lead.id, []), come_to, today) for lead in leads]
    return sorted(rows, key=lambda row: (not row.is_stalled, row.lead.next_on or date.min, row.lead.id))


def _row(lead: Lead, offers: Sequence[Offer], come_to: Mapping[int, Stage], today: date) -> BoardRow:
    alive = [offer for offer in offers if offer.state in ALIVE]
    stage = _BEFORE_AN_OFFER[lead.state]
    if alive:
        stage = Stage.OFFER
    stages = {come_to.get(offer.id) for offer in alive}
    if Stage.INTRODUCED in stages:
        stage = Stage.INTRODUCED
    if Stage.PLACED in stages or any(offer.state is OfferState.FILLED for offer in alive):
        stage = Stage.PLACED
    late = (today - lead.next_on).days if lead.next_on else 0
    is_stalled = stage is not Stage.PLACED and (lead.next_on is None or late > 0)
    return BoardRow(lead, stage, alive[-1] if alive else None, max(late, 0), is_stalled)


def counted(rows: Sequence[BoardRow], stage: Stage) -> int:
    """Return how many leads are in a stage."""
    return sum(row.stage is stage for row in rows)
