"""A suggestion in words for the young person: the same for the preview a worker sees and for the page itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from placement.clock import today_in_helsinki
from placement.i18n import current_language, format_day, format_number
from placement.jobseekers.models import Youth
from placement.offers.models import TRIAL_KINDS, GuideTime, Offer, OfferKind
from placement.rules.book import RuleBook
from placement.suggestions.adapter import Way, way_to, without_guess
from placement.suggestions.reason_texts import sentences
from placement.suggestions.told_words import DAY_PARTS, gettext, listed, ngettext
from placement.vocabulary import municipalities_by_code

MOST_CHECKS = 2


@dataclass(frozen=True, slots=True)
class PlaceView:
    """What the young person reads of one place."""

    title: str
    language: str
    kind: OfferKind
    employer: str
    tasks: str
    rows: tuple[tuple[str, str], ...]
    reasons: list[str]
    checks: list[str]
    note: str


def place_view(
    offer: Offer,
    youth: Youth,
    *,
    reasons: Sequence[Mapping[str, Any]],
    checks: Sequence[Mapping[str, Any]],
    note: str,
    book: RuleBook,
) -> PlaceView:
    """Return the words about an offer loaded with employer and unit, told to the young person.

    ``book`` holds the rules of the centre.
    """
    return PlaceView(
        title=offer.title,
        language=offer.language,
        kind=offer.kind,
        employer=employer_line(offer),
        tasks=offer.tasks,
        rows=(
            (gettext("When"), ", ".join(_when(offer))),
            (gettext("Way there"), _way_there(offer, way_to(youth, offer))),
            (gettext("Pay"), pay_words(offer, book)),
            (gettext("Guide"), _guide(offer)),
        ),
        reasons=sentences(_plainly(reasons, youth, offer)),
        checks=sentences(_plainly(checks, youth, offer))[:MOST_CHECKS],
        note=note,
    )


def employer_line(offer: Offer) -> str:
    """Return employer and area, without the name when the employer wishes so."""
    area = area_of(offer)
    if offer.employer_name_hidden:
        return area or gettext("The name of the employer is told later")
    return ", ".join(part for part in (offer.employer.name, area) if part)


def area_of(offer: Offer) -> str:
    """Return the area of the work: what the offer says, else the municipality."""
    if offer.employer_name_hidden or not offer.street_area:
        return municipality_of(offer)
    return offer.street_area


def municipality_of(offer: Offer) -> str:
    """Return the municipality of the work in the reader's language, or nothing when it is not known."""
    place = municipalities_by_code().get(offer.municipality_code or "")
    if place is None:
        return ""
    return place.name_sv if current_language() == "sv" else place.name_fi


def pay_words(offer: Offer, book: RuleBook) -> str:
    """Return what the place means for money, plainly, by its kind and the rules of the centre (WT-07, WT-22, WT-23)."""
    if offer.kind in TRIAL_KINDS:
        euros = format_number(float(book.amount_on("WT-23", today_in_helsinki(), "euros_per_day")))
        return gettext(
            "No pay. If you get an unemployment benefit, it goes on, and you may get %(euros)s € a day for expenses. "
            "Ask us.",
            euros=euros,
        )
    if offer.kind is OfferKind.VISIT:
        return gettext("No pay: this is a short visit")
    if offer.kind is OfferKind.WORKSHOP_PLACE:
        return gettext("No pay. Ask us what you can get during the workshop.")
    if offer.pay:
        return offer.pay
    return gettext("You get a wage. Ask us how it changes your benefit.")


def time_facts(offer: Offer) -> list[str]:
    """Return hours, times of the day, first day and length as short facts."""
    facts = []
    if offer.hours_per_week is not None:
        hours = format_number(float(offer.hours_per_week))
        facts.append(gettext("%(hours)s h a week", hours=hours))
    elif offer.hours_per_day is not None:
        facts.append(gettext("%(hours)s h a day", hours=format_number(float(offer.hours_per_day))))
    parts = [str(DAY_PARTS[part]) for part in offer.day_parts if part in DAY_PARTS]
    if parts:
        facts.append(listed(parts))
    return facts


def start_fact(offer: Offer) -> str:
    """Return from when the place is free, if it is known."""
    if offer.starts_from is None or offer.starts_from <= today_in_helsinki():
        return ""
    return gettext("could start %(day)s", day=format_day(offer.starts_from, year=False))


def way_fact(way: Way | None) -> str:
    """Return the way there as a short fact; nothing inside one municipality, where it would be a guess."""
    if way is None or way.is_inside:
        return ""
    return gettext("about %(kilometres)s km (estimate)", kilometres=way.kilometres)


def _when(offer: Offer) -> list[str]:
    facts = [offer.schedule_notes] if offer.schedule_notes else time_facts(offer)
    if offer.starts_from is not None and offer.starts_from > today_in_helsinki():
        facts.append(gettext("from %(day)s", day=format_day(offer.starts_from, year=False)))
    if offer.months is not None:
        shown = format_number(float(offer.months))
        facts.append(ngettext("for %(shown)s month", "for %(shown)s months", round(offer.months), shown=shown))
    return facts


def _way_there(offer: Offer, way: Way | None) -> str:
    if offer.is_remote:
        return gettext("You can work from home")
    fact = way_fact(way)
    place = municipality_of(offer)
    if way is not None and way.is_inside and place:
        fact = gettext("in the same municipality, %(place)s", place=place)
    return " · ".join(part for part in (fact, offer.access_notes) if part)


def _plainly(told: Sequence[Mapping[str, Any]], youth: Youth, offer: Offer) -> list[Mapping[str, Any]]:
    # Suggestions kept from before may still hold the guess.
    return [{**one, "slots": without_guess(str(one["code"]), one["slots"], youth, offer)} for one in told]


def _guide(offer: Offer) -> str:
    times = {
        GuideTime.START: gettext("there at the beginning"),
        GuideTime.PART_OF_DAY: gettext("there part of the day"),
        GuideTime.WHOLE_DAY: gettext("there the whole day"),
    }
    name = "" if offer.employer_name_hidden else offer.guide_name
    return ", ".join(part for part in (name, times.get(offer.guide_time, "") if offer.guide_time else "") if part)
