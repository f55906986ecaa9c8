"""What an offer already tells, taken along so that nothing is typed twice."""

from typing import Any

from placement.offers.models import Offer
from placement.placements.models import YesNoUnknown
from placement.vocabulary import WorkCard, families_by_id, municipalities_by_code


def fields_from_offer(offer: Offer) -> dict[str, Any]:
    """Return the columns of a placement that an offer loaded with its unit fills."""
    family = families_by_id().get(offer.task_family or "")
    watch = family.watch if family is not None else frozenset()
    return {
        "unit_id": offer.unit_id,
        "contact_id": offer.contact_id,
        "tasks": offer.tasks,
        "place": _place(offer),
        "is_remote": offer.is_remote,
        "guide_name": offer.guide_name,
        "laid_off_lately": YesNoUnknown(offer.laid_off_lately),
        "with_children": offer.needs_record_check or "rec" in watch,
        "handles_food": WorkCard.HYGIENE.value in offer.cards_needed or "hyg" in watch,
    }


def _place(offer: Offer) -> str:
    municipality = municipalities_by_code().get(offer.municipality_code or "")
    street = offer.street_area or (offer.unit.street_address if offer.unit is not None else "")
    town = municipality.name_fi if municipality is not None else ""
    return ", ".join(part for part in (street, town) if part)
