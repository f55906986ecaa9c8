"""The messages about an agreement. They hold a link, and never what the agreement says about a person."""

from datetime import time

from sqlalchemy.orm import Session

from placement.accounts.models import Centre
from placement.clock import helsinki_instant
from placement.links import page_address
from placement.notifications.models import Message
from placement.notifications.preconditions import register_condition, register_refresh
from placement.notifications.services import Timing, queue_message
from placement.notifications.sms_text import shortened
from placement.placements.checks import signature_in_force
from placement.placements.links import load_party
from placement.placements.models import Placement, PlacementParty
from placement.placements.parties import receiver_of
from placement.placements.states import PlacementState

STILL_TO_SIGN = "agreement_to_sign"
SHORT_TITLE = 30
NAMES = ("agreement_to_sign", "agreement_changed", "agreement_reminder")


def agreement_to_sign(
    session: Session, *, placement: Placement, party: PlacementParty, token: str, is_changed: bool
) -> Message | None:
    """Ask a party to read and sign, tell that the text has changed, or remind. Each asking is its own promise."""
    first, changed, reminder = NAMES
    name = changed if is_changed else first if party.asks == 1 else reminder
    centre = session.get_one(Centre, placement.centre_id)
    return queue_message(
        session,
        name=name,
        receiver=receiver_of(party, placement),
        dedupe_key=f"{name}|{party.id}|{party.asks}|{placement.terms_version}",
        values={
            "name": party.name.split()[0],
            "title": placement.title,
            "short_title": shortened(placement.title, SHORT_TITLE),
            "starts_on": placement.starts_on,
            "address": page_address("agreement.show", token=token),
            "centre_name": centre.name,
            "centre_phone": centre.phone,
        },
        timing=Timing(
            not_after=helsinki_instant(placement.ends_on, time(0)), precondition=STILL_TO_SIGN, precondition_id=party.id
        ),
    )


def _still_to_sign(session: Session, message: Message) -> bool:
    party = load_party(session, message.precondition_id or 0)
    receiver = receiver_of(party, party.placement)
    is_open = party.placement.state is PlacementState.PREPARING and signature_in_force(party) is None
    return is_open and receiver.can_be_reached and receiver.channel is message.channel


def _to_present_address(session: Session, message: Message) -> None:
    party = load_party(session, message.precondition_id or 0)
    message.address = receiver_of(party, party.placement).address


register_condition(STILL_TO_SIGN, _still_to_sign)
for _name in NAMES:
    register_refresh(_name, _to_present_address)
