"""Consents: asked in plain words, answered by the young person, taken back on any day."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.audit.services import Actor, record
from placement.clock import today_in_helsinki, utcnow
from placement.errors import DomainError, TransitionNotAllowed
from placement.i18n import format_day, gettext, in_language
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.models import Consent, ConsentItem, Youth
from placement.jobseekers.states import CONSENT_STEPS, ConsentAction, ConsentState

TEXT_VERSION = "1"


def consent_words(*, items: Iterable[ConsentItem], to_whom: str, why: str, until: date) -> str:
    """Return what the young person reads and answers, in the current language (text version 1)."""
    return str(
        gettext(
            "Ohjaamo may tell %(to_whom)s about me: %(items)s. Why: %(why)s. Until %(day)s. "
            "I can take this back on any day. A no changes nothing in how I am helped.",
            to_whom=to_whom,
            items=", ".join(str(item.label).lower() for item in items),
            why=why.rstrip("."),
            day=format_day(until),
        )
    )


def ask_consent(
    session: Session,
    youth: Youth,
    *,
    items: Sequence[ConsentItem],
    to_whom: str,
    why: str,
    until: date,
    actor: Actor,
) -> Consent:
    """Ask a young person for a consent; they read and answer it on their own page. Raise DomainError for a past day."""
    if until < today_in_helsinki():
        raise DomainError(_l("Give a day that is today or later."), code="day_passed")
    with in_language(youth.language):
        text = consent_words(items=items, to_whom=to_whom, why=why, until=until)
    consent = Consent(
        youth_id=youth.id,
        items=[item.value for item in items],
        to_whom=to_whom,
        why=why,
        until=until,
        language=youth.language,
        text_version=TEXT_VERSION,
        text=text,
        state=ConsentState.ASKED,
        asked_at=utcnow(),
        asked_by_id=actor.staff_id,
    )
    session.add(consent)
    record(session, actor=actor, action="consent.asked", about=consent, youth_id=youth.id)
    return consent


def answer_consent(session: Session, consent: Consent, action: ConsentAction, *, actor: Actor) -> Consent:
    """Give, refuse or take back a consent; the same step again changes nothing.

    Raise TransitionNotAllowed for a step that its state or its last day does not allow.
    """
    step = CONSENT_STEPS[action]
    if consent.state is step.target:
        return consent
    is_over = consent.until < today_in_helsinki() and action is not ConsentAction.WITHDRAW
    if consent.state not in step.sources or is_over:
        raise TransitionNotAllowed(_l("This question is over. Ask your own adult."))
    before, consent.state = consent.state, step.target
    now = utcnow()
    if action is ConsentAction.WITHDRAW:
        consent.withdrawn_at = now
    else:
        consent.answered_at = now
    changes = {"state": [before.value, consent.state.value]}
    record(
        session,
        actor=actor,
        action=f"consent.{action.value}",
        about=consent,
        youth_id=consent.youth_id,
        changes=changes,
    )
    return consent


def may_tell(session: Session, youth_id: int, *, item: ConsentItem, to_whom: str, on: date) -> bool:
    """Return whether a consent that holds on a day covers telling one thing to a named receiver."""
    query = select(Consent).where(
        Consent.youth_id == youth_id,
        Consent.state == ConsentState.GIVEN,
        Consent.until >= on,
        Consent.to_whom == to_whom,
    )
    return any(item.value in consent.items for consent in session.scalars(query))


def consents_of(session: Session, youth_id: int) -> Sequence[Consent]:
    """Return every consent of a young person, newest first."""
    query = select(Consent).where(Consent.youth_id == youth_id)
    return session.scalars(query.order_by(Consent.asked_at.desc(), Consent.id.desc())).all()


def get_consent(session: Session, consent_id: int, youth_id: int) -> Consent | None:
    """Return one consent of a young person for answering, or None."""
    query = select(Consent).where(Consent.id == consent_id, Consent.youth_id == youth_id)
    return session.scalar(query.with_for_update())
