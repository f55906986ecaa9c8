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
from placement.clock import today_in_helsinki, utcnow
from placement.employers.models import Employer, EmployerContact, EmployerUnit
from placement.introductions.models import Introduction
from placement.jobseekers.models import (
    Consent,
    EvidencePlace,
    OwnWords,
    RequestKind,
    StrengthEvidence,
    Youth,
    YouthRequest,
)
from placement.offers.finding import OfferFilter
from placement.offers.saved_searches import keep_search
from placement.placements.kinds import PartyRole
from placement.suggestions.states import SuggestionState
from tests.support.factories.centres import make_centre, make_staff
from tests.support.factories.days import ask_employer, invite, make_open_day
from tests.support.factories.employers import make_contact, make_employer, make_lead, make_merge, make_offer
from tests.support.factories.introductions import make_introduced
from tests.support.factories.messages import make_message
from tests.support.factories.placements import sent_placement
from tests.support.factories.suggestions import make_suggestion
from tests.support.factories.support import link_of, support_ids
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
    asked_and_allowed = _own_data(session, youth, name)
    contact = make_contact(session, employer, name=f"Henna {name}")
    kept = _kept_of_employer(session, employer, staff, name)
    offer = make_offer(session, employer, title=f"Trial in {name}", lead_id=kept["lead_id"])
    suggestion = make_suggestion(session, youth=youth, offer=offer, made_by=staff)
    day = make_open_day(session, staff, title=f"Day in {name}")
    [invitation] = invite(session, day, youth, by=staff)
    row = ask_employer(session, day, contact, by=staff)
    placement = sent_placement(session, staff, youth=youth, contact=contact)
    around_placement = support_ids(session, placement) | {"party_id": placement.parties[0].id}
    message = make_message(session, centre_id=centre.id, staff_id=staff.id, subject=f"Greeting from {name}")
    introduction = _introduction(session, staff, youth, contact, title=f"Kitchen of {name}")
    override_id = _own_rule(session, staff, name)
    search = keep_search(session, staff=staff, name=f"Search in {name}", wanted=OfferFilter(words="helper"))
    tokens = _links(
        session,
        centre_id=centre.id,
        youth_id=youth.id,
        contact_id=contact.id,
        suggestion_id=suggestion.id,
        introduction_id=introduction.id,
        day_id=day.id,
    )
    session.flush()
    tokens["digest"] = search.stop_key
    tokens["placement"] = link_of(session, placement, PartyRole.PARTICIPANT)
    link_id = session.scalar(select(PersonalLink.id).where(PersonalLink.employer_contact_id == contact.id).limit(1))
    ids = {
        "youth_id": youth.id,
        "words_id": words.id,
        **asked_and_allowed,
        "employer_id": employer.id,
        "unit_id": unit.id,
        "contact_id": contact.id,
        **kept,
        "offer_id": offer.id,
        "suggestion_id": suggestion.id,
        "introduction_id": introduction.id,
        "day_id": day.id,
        "invitation_id": invitation.id,
        "row_id": row.id,
        "placement_id": placement.id,
        "message_id": message.id,
        "staff_id": staff.id,
        "link_id": link_id or 0,
        "list_id": 1,
        "override_id": override_id,
        **around_placement,
        "search_id": search.id,
    }
    return World(staff, ids, tokens)


def _kept_of_employer(session: Session, employer: Employer, staff: Staff, name: str) -> dict[str, int]:
    lead = make_lead(session, employer, staff, need=f"Shelves in {name}")
    merge = make_merge(session, employer, make_employer(session, staff.centre, name=f"{name} kahvio"), staff)
    return {"talk_id": lead.talk_id or 0, "lead_id": lead.id, "merge_id": merge.id}


def _own_data(session: Session, youth: Youth, name: str) -> dict[str, int]:
    evidence = StrengthEvidence(
        youth_id=youth.id, card_id="HAN06", place=EvidencePlace.HOBBY, told=f"Bikes of {name}", added_at=utcnow()
    )
    consent = Consent(
        youth_id=youth.id,
        items=["name"],
        to_whom=f"School of {name}",
        why="So that they know",
        until=today_in_helsinki(),
        language="en",
        text_version="1",
        text=f"Ohjaamo may tell the school of {name}",
        asked_at=utcnow(),
    )
    asked = YouthRequest(youth_id=youth.id, kind=RequestKind.ERASE, text=f"Forget {name}", made_at=utcnow())
    session.add_all([evidence, consent, asked])
    session.flush()
    return {"evidence_id": evidence.id, "consent_id": consent.id, "request_id": asked.id}


def _own_rule(session: Session, staff: Staff, name: str) -> int:
    override = override_rule(
        session,
        centre_id=staff.centre_id,
        rule_id="WT-05",
        unit="hours_per_day_most",
        value=Decimal(8),
        reason=f"As {name} decided",
        actor=Actor.staff(staff),
    )
    session.flush()
    return override.id


def _introduction(
    session: Session, staff: Staff, youth: Youth, contact: EmployerContact, *, title: str
) -> Introduction:
    """A card that was sent to the contact person, about a place of its own."""
    offer = make_offer(session, session.get_one(Employer, contact.employer_id), title=title)
    yes = make_suggestion(session, youth=youth, offer=offer, made_by=staff, state=SuggestionState.INTERESTED)
    return make_introduced(session, staff=staff, contact=contact, suggestion=yes)


def _links(
    session: Session,
    *,
    centre_id: int,
    youth_id: int,
    contact_id: int,
    suggestion_id: int,
    introduction_id: int,
    day_id: int,
) -> dict[str, str]:
    objects = {
        LinkPurpose.SUGGESTION: suggestion_id,
        LinkPurpose.INTRODUCTION: introduction_id,
        LinkPurpose.GUARDIAN: introduction_id,
        LinkPurpose.INTRODUCED: introduction_id,
        LinkPurpose.DAY_INVITATION: day_id,
        LinkPurpose.DAY_EMPLOYER: day_id,
    }
    of_employer = {LinkPurpose.EMPLOYER_PAGE, LinkPurpose.DAY_EMPLOYER, LinkPurpose.INTRODUCED}
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
