"""A whole centre with one of everything, for the tests that walk every page."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.accounts.models import LinkPurpose, PersonalLink, Staff
from placement.accounts.permissions import Role
from placement.accounts.personal_links import make_link
from placement.audit.services import Actor
from placement.centre_rules.services import override_rule
from placement.employers.models import EmployerUnit
from placement.jobseekers.models import OwnWords
from placement.placements.links import make_placement_link
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.days import ask_employer, invite, make_open_day
from tests.support.factories.employers import make_contact, make_employer, make_lead, make_offer
from tests.support.factories.messages import make_message
from tests.support.factories.placements import sent_placement
from tests.support.factories.suggestions import make_suggestion
from tests.support.factories.youths import make_youth

# A word that no page of another centre may show.
MARK = "Kuutamoranta"


@dataclass(frozen=True)
class World:
    """A centre: a worker who holds every role, and the id that each name in an address means here."""

    staff: Staff
    ids: dict[str, int]
    tokens: dict[str, str]


def make_world(session: Session, *, name: str = "Ohjaamo Kivilampi") -> World:
    """A centre with a young person, an employer, an offer, a suggestion, a day, messages and links."""
    centre = make_centre(session, name=name)
    staff = make_staff(session, centre, *Role, last_name=name)
    youth = make_youth(session, staff, first_name="Aino", last_name=name)
    words = OwnWords(youth_id=youth.id, text=f"I repair bicycles in {name}", language="en")
    employer = make_employer(session, centre, name=f"{name} kahvila")
    unit = EmployerUnit(employer_id=employer.id, name=f"{name} kitchen")
    session.add_all([words, unit])
    contact = make_contact(session, employer, name=f"Henna {name}")
    lead = make_lead(session, employer, staff, need=f"Shelves in {name}")
    offer = make_offer(session, employer, title=f"Trial in {name}", lead_id=lead.id)
    suggestion = make_suggestion(session, youth=youth, offer=offer, made_by=staff)
    day = make_open_day(session, staff, title=f"Day in {name}")
    [invitation] = invite(session, day, youth, by=staff)
    row = ask_employer(session, day, contact, by=staff)
    placement = sent_placement(session, staff, youth=youth, contact=contact)
    message = make_message(session, centre_id=centre.id, staff_id=staff.id, subject=f"Greeting from {name}")
    override = override_rule(
        session,
        centre_id=centre.id,
        rule_id="WT-05",
        unit="hours_per_day_most",
        value=Decimal(8),
        reason=f"As {name} decided",
        actor=Actor.staff(staff),
    )
    tokens = _links(
        session,
        centre_id=centre.id,
        youth_id=youth.id,
        contact_id=contact.id,
        suggestion_id=suggestion.id,
        day_id=day.id,
    )
    tokens["agreement"] = make_placement_link(session, placement.parties[0], made_by_id=staff.id)
    session.flush()
    link_id = session.scalar(select(PersonalLink.id).where(PersonalLink.employer_contact_id == contact.id).limit(1))
    ids = {
        "youth_id": youth.id,
        "words_id": words.id,
        "employer_id": employer.id,
        "unit_id": unit.id,
        "contact_id": contact.id,
        "talk_id": lead.talk_id or 0,
        "lead_id": lead.id,
        "offer_id": offer.id,
        "suggestion_id": suggestion.id,
        "day_id": day.id,
        "invitation_id": invitation.id,
        "row_id": row.id,
        "placement_id": placement.id,
        "party_id": placement.parties[0].id,
        "message_id": message.id,
        "staff_id": staff.id,
        "link_id": link_id or 0,
        "list_id": 1,
        "override_id": override.id,
    }
    return World(staff, ids, tokens)


def _links(
    session: Session, *, centre_id: int, youth_id: int, contact_id: int, suggestion_id: int, day_id: int
) -> dict[str, str]:
    objects = {
        LinkPurpose.SUGGESTION: suggestion_id,
        LinkPurpose.DAY_INVITATION: day_id,
        LinkPurpose.DAY_EMPLOYER: day_id,
    }
    of_employer = {LinkPurpose.EMPLOYER_PAGE, LinkPurpose.DAY_EMPLOYER}
    return {
        purpose.value: make_link(
            session,
            centre_id=centre_id,
            purpose=purpose,
            youth_id=None if purpose in of_employer else youth_id,
            employer_contact_id=contact_id if purpose in of_employer else None,
            object_id=objects.get(purpose),
        )
        for purpose in LinkPurpose
    }
