"""What an application for wage subsidy or a voucher needs, and what of it an offer tells already (PS-31, EV-06)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from placement.employers.models import Employer
from placement.offers.models import Offer


class PackState(StrEnum):
    """Whether a piece of the pack is there."""

    HAVE = "have"
    MISSING = "missing"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class PackItem:
    """One piece: its code, and whether it is known here, missing, or told only in the e-service of the authority."""

    code: str
    state: PackState


def pack_items(offer: Offer, employer: Employer) -> list[PackItem]:
    """Return every piece of the pack in the order of the application; what is sensitive is told elsewhere."""
    return [PackItem(code, state) for code, state in _states(offer, employer)]


def missing_items(items: Iterable[PackItem]) -> list[PackItem]:
    """Return the pieces that somebody still has to find out."""
    return [item for item in items if item.state is PackState.MISSING]


def _states(offer: Offer, employer: Employer) -> Iterable[tuple[str, PackState]]:
    elsewhere = PackState.ELSEWHERE
    yield "business_id", _known(employer.business_id)
    yield "employer_form", PackState.HAVE
    yield "business_activity", elsewhere
    yield "contact", _known(offer.contact_id)
    yield "bank_account", elsewhere
    yield "title", PackState.HAVE
    yield "tasks", _known(offer.tasks)
    yield "place", _known(offer.street_area or offer.municipality_code or offer.is_remote)
    yield "collective_agreement", _known(offer.pay)
    yield "hours", _known(offer.hours_per_week)
    yield "start", _known(offer.starts_from)
    yield "length", _known(offer.months)
    yield "contract_kind", elsewhere
    yield "supervisor", _known(offer.guide_name)
    yield "other_aid", elsewhere
    yield "lay_offs", _known(offer.laid_off_lately != "unknown")
    yield "taxes", _known(offer.taxes_in_order != "unknown")
    yield "jobseeker", elsewhere
    yield "agreed", elsewhere


def _known(value: object) -> PackState:
    return PackState.HAVE if value else PackState.MISSING
