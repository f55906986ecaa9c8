"""Messages around a start. Each function says who gets what, and what makes it one promise."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.clock import utcnow
from placement.employers.models import EmployerContact
from placement.jobseekers.messages import to_present_youth_address, youth_still_reached
from placement.links import page_address
from placement.notifications.messages import staff_receiver
from placement.notifications.models import Message
from placement.notifications.preconditions import register_condition, register_refresh
from placement.notifications.services import Timing, queue_message
from placement.notifications.sms_text import shortened
from placement.placements.kinds import TRIALS
from placement.placements.links import make_placement_link
from placement.placements.models import Placement, PlacementParty
from placement.placements.parties import receiver_of
from placement.placements.states import AT_WORK

WORTH_ASKING = timedelta(days=3)
LONGEST_SMS_NAME = 20
STILL_AT_WORK = "placement_at_work"


def how_is_it_going(session: Session, *, placement: Placement, party: PlacementParty, on: date) -> Message | None:
    """Ask one side how it is going, with a link to three buttons."""
    return queue_message(
        session,
        name="how_is_it_going",
        receiver=receiver_of(party, placement),
        dedupe_key=f"how_is_it_going|{placement.id}|{party.role.value}|{on.isoformat()}",
        values=values_for(session, placement, party),
        timing=Timing(not_after=utcnow() + WORTH_ASKING, precondition=STILL_AT_WORK, precondition_id=placement.id),
    )


def absence_not_told(session: Session, *, placement: Placement, staff: Staff, on: date) -> Message | None:
    """Tell a worker the same day that a young person was away and had told nobody (WT-26)."""
    return queue_message(
        session,
        name="absence_not_told",
        receiver=staff_receiver(staff),
        dedupe_key=f"absence_not_told|{placement.id}|{on.isoformat()}",
        values={
            "name": placement.youth.short_name,
            "day": on,
            "address": page_address("placements.attendance", placement_id=placement.id),
        },
        timing=Timing(not_after=utcnow() + WORTH_ASKING),
    )


def placement_stopped(session: Session, *, placement: Placement, staff: Staff) -> Message | None:
    """Tell a worker at once that the young person or the employer has stopped; why is told on the page alone."""
    return queue_message(
        session,
        name="placement_stopped",
        receiver=staff_receiver(staff),
        dedupe_key=f"placement_stopped|{placement.id}",
        values={
            "name": placement.youth.short_name,
            "employer": placement.employer.name,
            "is_trial": placement.kind in TRIALS,
            "address": page_address("placements.show", placement_id=placement.id),
        },
        timing=Timing(not_after=utcnow() + WORTH_ASKING),
    )


def values_for(session: Session, placement: Placement, party: PlacementParty) -> dict[str, object]:
    """Return the words of a message to a party, with a link of their own to the page of the placement."""
    centre = placement.centre
    return {
        "name": party.name,
        "first_name": party.name.split(" ")[0],
        "young_person": placement.youth.first_name,
        "employer": placement.employer.name,
        "short_employer": shortened(placement.employer.name, LONGEST_SMS_NAME),
        "title": placement.title,
        "is_young_person": party.role.value == "participant",
        "centre_name": centre.name,
        "centre_phone": centre.phone,
        "address": page_address("at_work.show", token=make_placement_link(session, party, made_by_id=None)),
    }


def party_still_reached(session: Session, message: Message) -> bool:
    """Tell whether the person is still reached by the channel for which the message was written."""
    if message.youth_id is not None:
        return youth_still_reached(session, message)
    contact = session.get(EmployerContact, message.employer_contact_id, populate_existing=True)
    return contact is not None and contact.is_active


def _still_at_work(session: Session, message: Message) -> bool:
    placement = session.get(Placement, message.precondition_id, populate_existing=True)
    return placement is not None and placement.state in AT_WORK and party_still_reached(session, message)


def to_present_party_address(session: Session, message: Message) -> None:
    """Send to the young person's address of now: the message holds a link. Others keep the one they were asked at."""
    if message.youth_id is not None:
        to_present_youth_address(session, message)


register_condition(STILL_AT_WORK, _still_at_work)
register_refresh("how_is_it_going", to_present_party_address)
