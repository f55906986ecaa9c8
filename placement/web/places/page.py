"""What the public pages of places show: never more than the employer has opened to everybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

from markupsafe import escape

from placement.accounts.models import Centre
from placement.clock import in_helsinki
from placement.i18n import current_language, gettext
from placement.links import page_address
from placement.offers.freshness import closes_on
from placement.offers.models import UNPAID_KINDS, Offer, OfferKind
from placement.rules.book import RuleBook
from placement.suggestions.presenting import employer_line, municipality_of, pay_words, time_facts

FULL_WEEK = 30
"""Hours a week from which a job counts as full-time."""
ATOM = "http://www.w3.org/2005/Atom"
_TEMPORARY = frozenset({OfferKind.SUMMER_JOB, OfferKind.WINTER_JOB})


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """A place as everybody sees it."""

    id: int
    title: str
    kind: OfferKind
    language: str
    employer: str
    tasks: list[str]
    times: str
    pay: str
    minimum_age: int | None
    minimum_age_reason: str
    needs_record_check: bool


def public_place(offer: Offer, book: RuleBook) -> PublicPlace:
    """Return an offer in words for everybody; ``book`` holds the rules of its centre.

    A veiled employer is told by the area alone.
    """
    return PublicPlace(
        id=offer.id,
        title=offer.title,
        kind=offer.kind,
        language=offer.language,
        employer=employer_line(offer),
        tasks=offer.tasks.splitlines(),
        times=", ".join(time_facts(offer)),
        pay=pay_words(offer, book),
        minimum_age=offer.minimum_age,
        minimum_age_reason=offer.minimum_age_reason,
        needs_record_check=offer.needs_record_check,
    )


def job_posting(offer: Offer, centre: Centre) -> dict[str, Any]:
    """Return an offer as a JobPosting of schema.org. The centre stands for an employer who is veiled."""
    name = centre.name if offer.employer_name_hidden else offer.employer.name
    told = "".join(f"<p>{escape(line)}</p>" for line in offer.tasks.splitlines())
    posting: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": offer.title,
        "description": told or str(escape(offer.title)),
        "identifier": {"@type": "PropertyValue", "name": "Sauma", "value": str(offer.id)},
        "datePosted": in_helsinki(offer.live_at or offer.created_at).date().isoformat(),
        "validThrough": (closes_on(offer) + timedelta(days=1)).isoformat(),
        "employmentType": _employment_type(offer),
        "hiringOrganization": {"@type": "Organization", "name": name},
        "directApply": False,
        "inLanguage": offer.language,
        "url": page_address("places.show", offer_id=offer.id),
    }
    if offer.municipality_code:
        address = {"@type": "PostalAddress", "addressLocality": municipality_of(offer), "addressCountry": "FI"}
        if not offer.employer_name_hidden and offer.street_area:
            address["streetAddress"] = offer.street_area
        posting["jobLocation"] = {"@type": "Place", "address": address}
    if offer.is_remote:
        posting["jobLocationType"] = "TELECOMMUTE"
        posting["applicantLocationRequirements"] = {"@type": "Country", "name": "Finland"}
    if offer.hours_per_week is not None:
        posting["workHours"] = gettext("%(hours)s h a week", hours=f"{offer.hours_per_week.normalize():f}")
    return posting


def _employment_type(offer: Offer) -> str:
    if offer.kind in UNPAID_KINDS or offer.kind is OfferKind.APPRENTICESHIP:
        return "OTHER"
    if offer.kind in _TEMPORARY:
        return "TEMPORARY"
    return "PART_TIME" if offer.hours_per_week is not None and offer.hours_per_week < FULL_WEEK else "FULL_TIME"


def atom_feed(offers: Iterable[Offer], *, self_address: str) -> bytes:
    """Return the newest places as an Atom feed (RFC 4287)."""
    ET.register_namespace("", ATOM)
    rows = list(offers)
    feed = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": current_language()})
    updated = max((offer.updated_at for offer in rows), default=None)
    _put(feed, "id", page_address("places.index"))
    _put(feed, "title", gettext("Open places"))
    _put(feed, "updated", updated.isoformat() if updated else "1970-01-01T00:00:00+00:00")
    ET.SubElement(feed, f"{{{ATOM}}}link", {"rel": "self", "href": self_address})
    ET.SubElement(feed, f"{{{ATOM}}}link", {"rel": "alternate", "href": page_address("places.index")})
    author = ET.SubElement(feed, f"{{{ATOM}}}author")
    _put(author, "name", "Sauma")
    for offer in rows:
        entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
        address = page_address("places.show", offer_id=offer.id)
        _put(entry, "id", address)
        _put(entry, "title", offer.title)
        _put(entry, "published", (offer.live_at or offer.created_at).isoformat())
        _put(entry, "updated", offer.updated_at.isoformat())
        ET.SubElement(entry, f"{{{ATOM}}}link", {"rel": "alternate", "href": address})
        ET.SubElement(entry, f"{{{ATOM}}}category", {"term": offer.kind.value, "label": str(offer.kind.label)})
        _put(entry, "summary", f"{employer_line(offer)}\n{offer.tasks}")
    content: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return content


def _put(parent: ET.Element, name: str, text: str) -> None:
    # What XML cannot carry is left out; a text that was pasted may hold it.
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = "".join(sign for sign in text if sign >= " " or sign in "\n\t")
