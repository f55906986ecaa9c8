"""A new link in place of one that has ended, asked for by the person it belonged to."""

from datetime import timedelta

from sqlalchemy.orm import Session

from placement.audit.services import Actor
from placement.clock import utcnow
from placement.placements.agreements import ask_to_sign
from placement.placements.checks import missing_roles
from placement.placements.links import find_placement_link, load_party
from placement.placements.states import PlacementState

LATEST_ASKED = timedelta(hours=1)


def send_new_link(session: Session, *, token: str) -> None:
    """Send a new link to the known address of whoever the old one belonged to; at most one an hour.

    One that a worker has withdrawn stays closed. The caller answers the same whether anything was sent or not.
    """
    link = find_placement_link(session, token)
    if link is None or link.revoked_at is not None:
        return
    party = load_party(session, link.party_id, lock=True)
    placement = party.placement
    asked = max((moment for moment in (party.asked_at, party.reminded_at) if moment is not None), default=None)
    is_recent = asked is not None and utcnow() - asked < LATEST_ASKED
    if placement.state is PlacementState.PREPARING and party.role in missing_roles(placement) and not is_recent:
        ask_to_sign(session, placement, party, actor=Actor.system(placement.centre_id))
