"""Who takes part in a placement, and how each of them is reached."""

from sqlalchemy.orm import Session

from placement.audit.services import Actor, record
from placement.clock import utcnow
from placement.employers.messages import contact_receiver
from placement.errors import TransitionNotAllowed
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.messages import youth_receiver
from placement.notifications.models import Channel
from placement.notifications.services import Receiver
from placement.placements.agreement_texts import void_outgrown
from placement.placements.kinds import PartyRole
from placement.placements.links import end_links
from placement.placements.models import Placement, PlacementParty
from placement.placements.states import BEFORE_START
from placement.placements.steps import settle

SET_BY_HAND = frozenset({PartyRole.AUTHORITY, PartyRole.GUARDIAN})


def party_of(placement: Placement, role: PartyRole) -> PlacementParty | None:
    """Return the party of a role, if somebody has been named."""
    return next((party for party in placement.parties if party.role is role), None)


def sync_parties(session: Session, placement: Placement) -> None:
    """Bring the young person, the employer's signer and the guide in line with the placement, loaded whole.

    When another person takes a role, links of the former one end.
    """
    youth = placement.youth
    _set(
        session,
        placement,
        PartyRole.PARTICIPANT,
        name=" ".join(part for part in (youth.first_name, youth.last_name) if part),
        language=youth.language,
    )
    contact = placement.contact
    if contact is not None:
        _set(
            session,
            placement,
            PartyRole.ORGANISER,
            name=contact.name,
            organisation=placement.employer.name,
            contact_id=contact.id,
            language=contact.language,
        )
    if placement.guide_name:
        _set(
            session,
            placement,
            PartyRole.GUIDE,
            name=placement.guide_name,
            organisation=placement.employer.name,
            phone=placement.guide_phone,
            channel=Channel.SMS if placement.guide_phone else Channel.NONE,
            contact_id=placement.contact_id,
            language=contact.language if contact is not None else "fi",
        )


def set_party(
    session: Session,
    placement: Placement,
    role: PartyRole,
    *,
    actor: Actor,
    name: str,
    organisation: str = "",
    phone: str = "",
    email: str = "",
    channel: Channel = Channel.NONE,
    language: str = "fi",
    staff_id: int | None = None,
) -> PlacementParty:
    """Name who signs for the employment authority or as guardian.

    Another person's name voids the signature of the role; a corrected phone number does not.
    """
    if role not in SET_BY_HAND:
        message = f"not a party to be named by hand: {role}"
        raise ValueError(message)
    if placement.state not in BEFORE_START:
        raise TransitionNotAllowed(_l("The agreement cannot be changed after the start."))
    party = _set(
        session,
        placement,
        role,
        name=name,
        organisation=organisation,
        phone=phone,
        email=email,
        channel=channel,
        language=language,
        staff_id=staff_id,
    )
    placement.updated_at = utcnow()
    record(
        session,
        actor=actor,
        action="placement.party_named",
        about=placement,
        youth_id=placement.youth_id,
        changes={"role": role.value},
    )
    void_outgrown(session, placement, actor=actor)
    settle(session, placement)
    return party


def _set(session: Session, placement: Placement, role: PartyRole, **values: object) -> PlacementParty:
    party = party_of(placement, role)
    if party is None:
        party = PlacementParty(role=role, signatures=[], asks=0, **values)
        placement.parties.append(party)
        return party
    person = ("name", "contact_id", "staff_id")
    is_another = any(name in values and getattr(party, name) != values[name] for name in person)
    for name, value in values.items():
        setattr(party, name, value)
    if is_another:
        end_links(session, party)
        party.asked_at = party.reminded_at = party.asked_number = None
        party.asks = 0
    return party


def receiver_of(party: PlacementParty, placement: Placement) -> Receiver:
    """Return how a party is reached now: the young person and the contact person by the channel they chose.

    A guardian and a guide have no row of their own among those who get messages; theirs are listed with the
    young person and with the contact person.
    """
    if party.role is PartyRole.PARTICIPANT:
        return youth_receiver(placement.youth)
    if party.role is PartyRole.ORGANISER and placement.contact is not None:
        receiver = contact_receiver(placement.contact)
        return receiver if placement.contact.is_active else _by(party, placement, Channel.NONE)
    return _by(party, placement, party.channel)


def _by(party: PlacementParty, placement: Placement, channel: Channel) -> Receiver:
    of_employer = party.role in {PartyRole.ORGANISER, PartyRole.GUIDE}
    of_authority = party.role is PartyRole.AUTHORITY
    has_row = (not of_authority or party.staff_id) and (not of_employer or party.contact_id)
    return Receiver(
        centre_id=placement.centre_id,
        channel=channel if has_row else Channel.NONE,
        address={Channel.EMAIL: party.email, Channel.SMS: party.phone}.get(channel, ""),
        language=party.language,
        youth_id=placement.youth_id if not of_employer and not of_authority else None,
        employer_contact_id=party.contact_id if of_employer else None,
        staff_id=party.staff_id if of_authority else None,
    )
