"""The texts of an agreement: a new one when the terms change, and what the change means for each signature."""

from sqlalchemy.orm import Session

from placement.audit.services import Actor, record
from placement.clock import utcnow
from placement.placements.checks import signature_in_force
from placement.placements.kinds import HAS_AGREEMENT
from placement.placements.models import AgreementText, Placement, PlacementParty
from placement.placements.terms import changed_fields, fields_that_void, hash_of, terms_of


def latest_text(placement: Placement) -> AgreementText | None:
    """Return the text that is to be signed now, or None before the first was sent."""
    return placement.texts[-1] if placement.texts else None


def is_as_agreed(placement: Placement) -> bool:
    """Return whether the terms are those of the latest text; a kind without an agreement always is."""
    if placement.kind not in HAS_AGREEMENT:
        return True
    text = latest_text(placement)
    return text is not None and text.text_hash == hash_of(terms_of(placement))


def write_text(session: Session, placement: Placement, *, actor: Actor) -> AgreementText:
    """Return the text of the terms as they are now: the latest one, or a new one with the next number."""
    terms = terms_of(placement)
    text_hash, latest = hash_of(terms), latest_text(placement)
    if latest is not None and latest.text_hash == text_hash:
        return latest
    text = AgreementText(
        number=(latest.number if latest else 0) + 1,
        text_hash=text_hash,
        terms=terms,
        made_at=utcnow(),
        made_by_id=actor.staff_id,
    )
    placement.texts.append(text)
    placement.terms_version = text.number
    session.flush()  # signatures and links refer to the text
    return text


def void_outgrown(session: Session, placement: Placement, *, actor: Actor) -> list[str]:
    """Write a new text when the terms have changed, and void the signatures that it outgrows.

    Returns the terms that changed; nothing before the first text was sent.
    """
    before = latest_text(placement)
    if before is None:
        return []
    after = write_text(session, placement, actor=actor)
    changed = changed_fields(before.terms, after.terms)
    for party in placement.parties:
        signature = signature_in_force(party)
        because = fields_that_void(party.role, changed)
        if signature is not None and because:
            signature.void_at, signature.void_because = utcnow(), because
            record(
                session,
                actor=actor,
                action="placement.signature_voided",
                about=placement,
                youth_id=placement.youth_id,
                changes={"role": party.role.value, "because": because},
            )
    return changed


def changes_for(party: PlacementParty, placement: Placement) -> list[str]:
    """Return the terms that have changed since a party last signed, or was last sent the text; for showing."""
    text = latest_text(placement)
    if text is None or signature_in_force(party) is not None:
        return []
    known = party.signatures[-1].agreement if party.signatures else None
    if known is None:
        known = next((one for one in placement.texts if one.number == party.asked_number), None)
    return changed_fields(known.terms, text.terms) if known is not None else []
