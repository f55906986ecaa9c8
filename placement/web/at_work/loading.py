"""Opening a placement by the link of one of its parties."""

from placement.audit.models import ActorKind
from placement.audit.services import Actor
from placement.errors import LinkNotValid
from placement.i18n import lazy_gettext as _l
from placement.placements.kinds import PartyRole
from placement.placements.links import open_placement_link
from placement.placements.models import Placement, PlacementParty
from placement.web.language import greet_in
from placement.web.session import db_session

AT_WORKPLACE = frozenset({PartyRole.ORGANISER, PartyRole.GUIDE})
TAKES_PART = AT_WORKPLACE | {PartyRole.PARTICIPANT}


def load_party_of_link(token: str, *, lock: bool = False) -> tuple[Placement, PlacementParty]:
    """Return the placement loaded whole and the party whose link it is; raise LinkNotValid otherwise.

    The authority and a guardian sign, but do not follow the days at work. Who has left finds nothing.
    """
    party = open_placement_link(db_session, token, lock=lock)
    placement = party.placement
    if party.role not in TAKES_PART or not placement.youth.is_active:
        raise LinkNotValid(_l("This link does not work any more."))
    greet_in(party.language)
    return placement, party


def actor_of(placement: Placement, party: PlacementParty) -> Actor:
    """Return the party as the one who acts."""
    if party.role is PartyRole.PARTICIPANT:
        return Actor.youth(placement.youth_id, placement.centre_id)
    return Actor(ActorKind.EMPLOYER, party.contact_id, placement.centre_id)
