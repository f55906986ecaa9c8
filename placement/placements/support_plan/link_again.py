"""A new link to the page of a placement in place of one that is over."""

from sqlalchemy.orm import Session

from placement.clock import utcnow
from placement.notifications.preconditions import register_condition, register_refresh
from placement.notifications.services import Timing, queue_message
from placement.placements.links import find_placement_link, load_party
from placement.placements.parties import receiver_of
from placement.placements.support_plan.messages import (
    WORTH_ASKING,
    party_still_reached,
    to_present_party_address,
    values_for,
)

STILL_REACHED = "placement_party_reached"


def send_link_again(session: Session, *, token: str) -> None:
    """Send a new link to the address that is known, at most one an hour; one that was withdrawn stays closed.

    The caller answers the same whether anything was sent or not.
    """
    link = find_placement_link(session, token)
    if link is None or link.revoked_at is not None:
        return
    party = load_party(session, link.party_id)
    placement = party.placement
    receiver = receiver_of(party, placement)
    if not placement.youth.is_active or not receiver.can_be_reached:
        return
    queue_message(
        session,
        name="placement_link_again",
        receiver=receiver,
        dedupe_key=f"placement_link_again|{link.id}|{utcnow():%Y%m%d%H}",
        values=values_for(session, placement, party),
        timing=Timing(not_after=utcnow() + WORTH_ASKING, precondition=STILL_REACHED, precondition_id=placement.id),
    )


register_condition(STILL_REACHED, party_still_reached)
register_refresh("placement_link_again", to_present_party_address)
