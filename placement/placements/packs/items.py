"""What of a pack is there, what is missing, and what is told only in the e-service of the authority. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from placement.i18n import LazyString
from placement.i18n import lazy_gettext as _l
from placement.placements.kinds import PlacementKind
from placement.placements.models import Placement
from placement.placements.packs.models import SubsidyPack


class ItemState(StrEnum):
    """Whether a piece of the pack is there."""

    HAVE = "have"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class PackPiece:
    """One piece of the pack: its code, and whether it is there."""

    code: str
    state: ItemState

    @property
    def label(self) -> LazyString:
        """What the piece is called."""
        return LABELS[self.code]


LABELS: Mapping[str, LazyString] = {
    "business_id": _l("Business ID"),
    "business_activity": _l("Is it business activity, yes or no"),
    "contact": _l("Contact person"),
    "mandate": _l("Right to apply in the e-service (Suomi.fi mandate)"),
    "bank_details": _l("Bank details at hand (given in the e-service only)"),
    "title": _l("Job title"),
    "tasks": _l("Tasks"),
    "place": _l("Place of work"),
    "supervisor": _l("Supervisor"),
    "collective_agreement": _l("Collective agreement"),
    "hours": _l("Weekly hours"),
    "pay": _l("Gross pay"),
    "dates": _l("First and last day"),
    "contract_length": _l("Permanent or fixed term"),
    "other_aid": _l("Other aid and de minimis aid listed"),
    "lay_offs": _l("Dismissals and lay-offs declared"),
    "taxes": _l("No tax debt"),
    "jobseeker": _l("Young person’s identity at hand (given in the e-service only)"),
    "agreed": _l("The young person has agreed"),
}


def pieces_of(pack: SubsidyPack, placement: Placement) -> list[PackPiece]:
    """Return every piece of the pack of a placement loaded whole, in the order of the application (PS-31, EV-06)."""
    return [PackPiece(code, ItemState.HAVE if known else ItemState.MISSING) for code, known in _known(pack, placement)]


def missing_of(pack: SubsidyPack, placement: Placement) -> list[PackPiece]:
    """Return the pieces that are still missing."""
    return [piece for piece in pieces_of(pack, placement) if piece.state is ItemState.MISSING]


def _known(pack: SubsidyPack, placement: Placement) -> Iterable[tuple[str, bool]]:
    yield "business_id", bool(placement.employer.business_id)
    yield "business_activity", pack.has_business_activity is not None
    yield "contact", placement.contact is not None
    yield "mandate", pack.mandate_ready
    yield "bank_details", pack.bank_details_at_hand
    yield "title", bool(placement.title)
    yield "tasks", bool(placement.tasks)
    yield "place", bool(placement.place or placement.is_remote)
    yield "supervisor", bool(placement.guide_name)
    yield "collective_agreement", bool(pack.collective_agreement)
    yield "hours", pack.hours_per_week is not None
    yield "pay", pack.gross_pay is not None
    yield "dates", True
    yield "contract_length", pack.contract_length is not None
    yield "other_aid", bool(pack.other_aid_told)
    yield "lay_offs", bool(pack.lay_offs_told)
    if placement.kind is PlacementKind.VOUCHER_JOB:
        yield "taxes", pack.taxes_in_order is not None
    yield "jobseeker", pack.identity_at_hand
    yield "agreed", pack.jobseeker_agreed_on is not None
