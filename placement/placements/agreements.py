"""Sending an agreement to be signed, signing it by link or on paper, and reminding who has not."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from placement.audit.services import Actor, record
from placement.clock import in_helsinki, today_in_helsinki, utcnow
from placement.errors import ChangedMeanwhile, DomainError, TransitionNotAllowed
from placement.i18n import lazy_gettext as _l
from placement.placements.agreement_texts import latest_text, void_outgrown, write_text
from placement.placements.checks import is_minor, missing_roles, signature_in_force
from placement.placements.kinds import PartyRole, signing_roles
from placement.placements.links import make_placement_link
from placement.placements.messages import agreement_to_sign
from placement.placements.models import AgreementText, Placement, PlacementParty, Signature, SignedHow
from placement.placements.overrides import checklist
from placement.placements.parties import party_of, receiver_of, sync_parties
from placement.placements.states import PlacementAction, PlacementState
from placement.placements.steps import move, settle
from placement.rules.sensitive_text import find_bank_account, find_identity_code

REMIND_AGAIN_AFTER = timedelta(hours=1)
CONTENT_RULE = "WT-17"


def roles_without_a_name(placement: Placement) -> list[PartyRole]:
    """Return who must sign but has not been named yet."""
    wanted = signing_roles(placement.kind, is_minor=is_minor(placement))
    return [role for role in wanted if party_of(placement, role) is None]


def send_agreement(session: Session, placement: Placement, *, actor: Actor) -> list[PlacementParty]:
    """Send the agreement to everybody who has not signed it; return those who must be asked in person.

    Begins the preparing of a planned placement. Raises DomainError while something of the content is missing
    (WT-17) or somebody who signs has not been named.
    """
    _refuse_unless_signable(placement)
    sync_parties(session, placement)
    if roles_without_a_name(placement):
        raise DomainError(_l("First name everybody who signs."), code="party_missing")
    if any(line.answer.blocks and line.answer.rule_id == CONTENT_RULE for line in checklist(session, placement)):
        raise DomainError(_l("First fill in what an agreement must tell."), code="content_missing")
    if placement.state is PlacementState.PLANNED:
        move(session, placement, PlacementAction.PREPARE, actor=actor)
    void_outgrown(session, placement, actor=actor)
    write_text(session, placement, actor=actor)
    session.flush()  # links and messages are bound to the parties
    record(session, actor=actor, action="placement.agreement_sent", about=placement, youth_id=placement.youth_id)
    missing = set(missing_roles(placement))
    return [
        party
        for party in placement.parties
        if party.role in missing and not ask_to_sign(session, placement, party, actor=actor)
    ]


def ask_to_sign(session: Session, placement: Placement, party: PlacementParty, *, actor: Actor) -> bool:
    """Send one party a link to read and sign, by the channel that reaches them; return whether it is on its way.

    The second time it is a reminder. At most one an hour to the same person.
    """
    text = _text_to_sign(placement)
    if signature_in_force(party) is not None:
        raise TransitionNotAllowed(_l("They have signed already."), code="signed")
    if not receiver_of(party, placement).can_be_reached:
        return False
    now = utcnow()
    latest = max((moment for moment in (party.asked_at, party.reminded_at) if moment is not None), default=None)
    is_same_text = party.asked_number == text.number
    if latest is not None and is_same_text and now - latest < REMIND_AGAIN_AFTER:
        return True
    token = make_placement_link(session, party, made_by_id=actor.staff_id)
    if party.asked_at is None:
        party.asked_at = now
    else:
        party.reminded_at = now
    is_changed = bool(party.signatures) or (party.asked_number is not None and not is_same_text)
    if not is_changed:
        party.asked_number = text.number
    party.asks += 1
    agreement_to_sign(session, placement=placement, party=party, token=token, is_changed=is_changed)
    return True


def make_signing_link(session: Session, placement: Placement, party: PlacementParty, *, actor: Actor) -> str:
    """Return a new token for a party who is here, or who gets the link in another way; it is logged."""
    text = _text_to_sign(placement)
    if party.asked_number is None:
        party.asked_number = text.number
    token = make_placement_link(session, party, made_by_id=actor.staff_id)
    record(
        session,
        actor=actor,
        action="placement.link_made",
        about=placement,
        youth_id=placement.youth_id,
        changes={"role": party.role.value},
    )
    return token


def sign(
    session: Session, placement: Placement, party: PlacementParty, *, name: str, text_hash: str, language: str
) -> Signature:
    """Keep the signature of a party who read the text by their link; the same signature again changes nothing.

    The placement is loaded with a lock, so that two who sign at once both count. Raises ChangedMeanwhile when
    the text is not the one that was read, TransitionNotAllowed when there is nothing to sign.
    """
    in_force = signature_in_force(party)
    if in_force is not None and in_force.text_hash == text_hash:
        return in_force
    text = _refuse_unless_current(placement, party, text_hash)
    signature = _keep(
        placement, party, text, name=name, how=SignedHow.LINK, signed_on=today_in_helsinki(), language=language
    )
    _signed(session, placement, party, actor=actor_of(party, placement))
    return signature


def sign_on_paper(
    session: Session,
    placement: Placement,
    party: PlacementParty,
    *,
    name: str,
    signed_on: date,
    signed_where: str,
    text_hash: str,
    actor: Actor,
) -> Signature:
    """Record a signature that somebody gave on paper: who, when, where. No picture of it is taken.

    Raises DomainError for a day before the text was made or after today, and for identity codes.
    """
    text = _refuse_unless_current(placement, party, text_hash)
    if any(find_identity_code(told) or find_bank_account(told) for told in (name, signed_where)):
        raise DomainError(_l("Remove the personal identity code. It is not kept here."), code="sensitive_text")
    if not in_helsinki(text.made_at).date() <= signed_on <= today_in_helsinki():
        raise DomainError(_l("The day of signing is between the day of this text and today."), code="signed_on")
    signature = _keep(
        placement, party, text, name=name, how=SignedHow.PAPER, signed_on=signed_on, language=party.language
    )
    signature.signed_where, signature.recorded_by_id = signed_where, actor.staff_id
    _signed(session, placement, party, actor=actor)
    return signature


def _refuse_unless_signable(placement: Placement) -> None:
    if placement.state not in {PlacementState.PLANNED, PlacementState.PREPARING}:
        raise TransitionNotAllowed(_l("There is nothing to sign now."), code="nothing_to_sign")
    if not signing_roles(placement.kind, is_minor=False):
        raise TransitionNotAllowed(_l("This kind of placement has no agreement here."), code="nothing_to_sign")


def _text_to_sign(placement: Placement) -> AgreementText:
    _refuse_unless_signable(placement)
    text = latest_text(placement)
    if text is None:
        raise TransitionNotAllowed(_l("The agreement has not been sent to be signed yet."), code="not_sent")
    return text


def _refuse_unless_current(placement: Placement, party: PlacementParty, text_hash: str) -> AgreementText:
    text = _text_to_sign(placement)
    if party.role not in signing_roles(placement.kind, is_minor=is_minor(placement)):
        raise TransitionNotAllowed(_l("There is nothing to sign now."), code="nothing_to_sign")
    if text.text_hash != text_hash:
        raise ChangedMeanwhile(_l("The agreement has changed since you opened it. Read it again, then sign."))
    if signature_in_force(party) is not None:
        raise TransitionNotAllowed(_l("They have signed already."), code="signed")
    return text


def _keep(
    placement: Placement,
    party: PlacementParty,
    text: AgreementText,
    *,
    name: str,
    how: SignedHow,
    signed_on: date,
    language: str,
) -> Signature:
    signature = Signature(
        agreement=text,
        text_hash=text.text_hash,
        name=name,
        how=how,
        language=language,
        signed_at=utcnow(),
        signed_on=signed_on,
        void_because=[],
    )
    party.signatures.append(signature)
    placement.updated_at = utcnow()
    return signature


def _signed(session: Session, placement: Placement, party: PlacementParty, *, actor: Actor) -> None:
    record(
        session,
        actor=actor,
        action="placement.signed",
        about=placement,
        youth_id=placement.youth_id,
        changes={"role": party.role.value},
    )
    settle(session, placement)


def actor_of(party: PlacementParty, placement: Placement) -> Actor:
    """Return who acts by a link; a guardian has no row of their own, so the log tells their role."""
    if party.role is PartyRole.PARTICIPANT:
        return Actor.youth(placement.youth_id, placement.centre_id)
    if party.role is PartyRole.ORGANISER and party.contact_id is not None:
        return Actor.employer(party.contact_id, placement.centre_id)
    return Actor.system(placement.centre_id)
