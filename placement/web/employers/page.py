"""What the employer pages show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from placement.accounts.models import PersonalLink
from placement.accounts.personal_links import is_valid
from placement.clock import in_helsinki
from placement.employers.models import Employer, EmployerContact


class LinkStatus(StrEnum):
    """Whether a link still opens its page."""

    WORKS = "works"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class EmployerRow:
    """One line of the list."""

    employer: Employer
    live_offers: int
    last_talk_on: date | None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link that was given to a contact person."""

    link: PersonalLink
    contact: EmployerContact
    status: LinkStatus
    given_on: date
    works_until: date


def link_rows(employer: Employer, links: Sequence[PersonalLink]) -> list[LinkRow]:
    """Return the links of an employer with the person who has each."""
    contacts = {contact.id: contact for contact in employer.contacts}
    return [
        LinkRow(
            link,
            contacts[link.employer_contact_id or 0],
            _status(link),
            in_helsinki(link.created_at).date(),
            in_helsinki(link.expires_at).date(),
        )
        for link in links
    ]


def _status(link: PersonalLink) -> LinkStatus:
    if link.revoked_at is not None:
        return LinkStatus.WITHDRAWN
    return LinkStatus.WORKS if is_valid(link) else LinkStatus.EXPIRED
