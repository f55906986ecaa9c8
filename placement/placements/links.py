"""Personal links of the parties: to the page of one placement, for one of its parties, and nothing else."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from placement.accounts.personal_links import TOKEN_BYTES
from placement.audit.services import Actor, record
from placement.clock import utcnow
from placement.errors import LinkNotValid
from placement.i18n import lazy_gettext as _l
from placement.placements.models import Placement, PlacementLink, PlacementParty
from placement.placements.queries import whole_placement

LIFETIME = timedelta(days=90)


def make_placement_link(session: Session, party: PlacementParty, *, made_by_id: int | None) -> str:
    """Make a link for a party and return its token. The token is shown once: only its hash is kept."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    now = utcnow()
    session.add(
        PlacementLink(
            party=party,
            token_hash=_hashed(token),
            made_by_id=made_by_id,
            created_at=now,
            expires_at=now + LIFETIME,
        )
    )
    return token


def open_placement_link(session: Session, token: str, *, lock: bool = False) -> PlacementParty:
    """Return the party of a valid link with its placement loaded whole; raise LinkNotValid otherwise.

    ``lock`` keeps others from changing the placement at the same time, so that two who sign at once both count.
    """
    link = find_placement_link(session, token)
    if link is None or link.revoked_at is not None or link.expires_at <= utcnow():
        raise LinkNotValid(_l("This link does not work any more."))
    return load_party(session, link.party_id, lock=lock)


def load_party(session: Session, party_id: int, *, lock: bool = False) -> PlacementParty:
    """Return a party with its placement loaded whole."""
    query = select(Placement).join(Placement.parties).where(PlacementParty.id == party_id).options(*whole_placement())
    placement = session.scalars(query.with_for_update(of=Placement) if lock else query).one()
    party = next(party for party in placement.parties if party.id == party_id)
    set_committed_value(party, "placement", placement)
    return party


def get_party(placement: Placement, party_id: int) -> PlacementParty | None:
    """Return a party of a placement by its id, or None."""
    return next((party for party in placement.parties if party.id == party_id), None)


def find_placement_link(session: Session, token: str) -> PlacementLink | None:
    """Return the link of a token, valid or not."""
    return session.scalar(select(PlacementLink).where(PlacementLink.token_hash == _hashed(token)))


def links_of_placement(session: Session, placement_id: int) -> Sequence[PlacementLink]:
    """Return the links of all parties of a placement, newest first, with the parties."""
    query = select(PlacementLink).join(PlacementLink.party).where(PlacementParty.placement_id == placement_id)
    query = query.options(selectinload(PlacementLink.party))
    return session.scalars(query.order_by(PlacementLink.created_at.desc(), PlacementLink.id.desc())).all()


def end_links(session: Session, party: PlacementParty) -> None:
    """End every link of a party at once."""
    for link in session.scalars(select(PlacementLink).where(PlacementLink.party_id == party.id)):
        link.revoked_at = link.revoked_at or utcnow()


def revoke_links(session: Session, party: PlacementParty, *, placement: Placement, actor: Actor) -> None:
    """End every link of a party, as a worker asked; it is logged."""
    end_links(session, party)
    record(
        session,
        actor=actor,
        action="placement.links_ended",
        about=placement,
        youth_id=placement.youth_id,
        changes={"role": party.role.value},
    )


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
