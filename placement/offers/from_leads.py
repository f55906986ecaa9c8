"""The thread between a need that an employer told of and the offers made of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from placement.audit.services import Actor
from placement.employers.hidden_jobs.models import EmployerTalk, Lead
from placement.employers.hidden_jobs.services import move_lead
from placement.employers.hidden_jobs.states import LeadAction
from placement.employers.models import Employer, EmployerUnit
from placement.i18n import in_language, local_name
from placement.offers.models import Offer, OfferKind, OfferOrigin, Visibility
from placement.offers.services import add_offer
from placement.offers.states import OfferState
from placement.rules.sensitive_text import find_contact_details
from placement.vocabulary import families_by_id

LONGEST_TITLE = 120
ALIVE = frozenset(
    {OfferState.DRAFT, OfferState.SUBMITTED, OfferState.CHECKED, OfferState.LIVE, OfferState.MATCHED, OfferState.FILLED}
)
"""The states in which an offer still leads, or has led, to somebody in the place."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What an offer began with: the lead, and the talk in which the employer told of the need."""

    lead: Lead
    talk: EmployerTalk | None


def offer_from_lead(session: Session, *, lead: Lead, actor: Actor, language: str) -> Offer:
    """Make a hidden job out of a need note, as a draft that only staff see, filled from employer, unit and family.

    ``language`` is that of the need. Words with a phone number or an e-mail address are not copied where others may
    read them. Raises TransitionNotAllowed when the lead holds no need or came to nothing.
    """
    with_text = not find_contact_details(lead.need)
    employer = session.get_one(Employer, lead.employer_id)
    unit = session.get(EmployerUnit, lead.unit_id) if lead.unit_id else None
    move_lead(session, lead=lead, action=LeadAction.OFFER, actor=actor)
    offer = add_offer(
        session,
        centre_id=lead.centre_id,
        employer_id=lead.employer_id,
        kind=OfferKind.HIDDEN_JOB,
        origin=OfferOrigin.STAFF,
        actor=actor,
        lead_id=lead.id,
        unit_id=lead.unit_id,
        visibility=Visibility.INSIDE,
        language=language,
        title=_title(lead, language, with_text=with_text),
        tasks=lead.need if with_text else "",
        task_family=lead.task_family,
        municipality_code=(unit.municipality_code if unit else None) or employer.municipality_code,
        street_area=unit.street_address[:160] if unit else "",
        access_notes=unit.access_notes if unit else "",
    )
    session.flush()  # the caller leads to the page of the offer
    return offer


def _title(lead: Lead, language: str, *, with_text: bool) -> str:
    family = families_by_id().get(lead.task_family or "")
    if family is not None:
        with in_language(language):
            return local_name(family)[:LONGEST_TITLE]
    first_line = lead.need.splitlines()[0] if with_text else ""
    with in_language(language):
        return first_line[:LONGEST_TITLE] or str(OfferKind.HIDDEN_JOB.label)


def offers_of_leads(session: Session, lead_ids: Iterable[int]) -> dict[int, list[Offer]]:
    """Return the offers made of each of these leads, oldest first, in one query."""
    query = select(Offer).where(Offer.lead_id.in_(set(lead_ids))).order_by(Offer.id)
    made: dict[int, list[Offer]] = {}
    for offer in session.scalars(query):
        made.setdefault(offer.lead_id or 0, []).append(offer)
    return made


def beginning_of_offer(session: Session, offer: Offer) -> Beginning | None:
    """Return the lead and the talk that an offer began with, or None when it did not begin as a hidden job."""
    if offer.lead_id is None:
        return None
    query = (
        select(Lead)
        .where(Lead.id == offer.lead_id)
        .options(joinedload(Lead.talk).joinedload(EmployerTalk.staff), joinedload(Lead.owner))
    )
    lead = session.scalar(query)
    return Beginning(lead, lead.talk) if lead is not None else None
