"""The one place that changes the state of an introduction."""

from sqlalchemy.orm import Session

from placement.audit.models import ActorKind
from placement.audit.services import Actor, record
from placement.clock import utcnow
from placement.errors import ReasonNeeded, TransitionNotAllowed
from placement.i18n import lazy_gettext as _l
from placement.introductions.models import Introduction, IntroductionEvent
from placement.introductions.states import OPEN_STATES, TRANSITIONS, IntroductionAction, Party, is_possible

PARTIES = {
    ActorKind.STAFF: Party.WORKER,
    ActorKind.YOUTH: Party.YOUTH,
    ActorKind.EMPLOYER: Party.EMPLOYER,
    ActorKind.SYSTEM: Party.SERVICE,
}


def party_of(actor: Actor) -> Party:
    """Return on which side the one who acts stands."""
    return PARTIES[actor.kind]


def refuse_unless_possible(introduction: Introduction, action: IntroductionAction, party: Party) -> None:
    """Raise TransitionNotAllowed when somebody on this side cannot take the step now."""
    if not is_possible(introduction.state, action, party):
        raise TransitionNotAllowed(_l("This has changed meanwhile. Look at how it is now."))


def move(
    session: Session,
    introduction: Introduction,
    action: IntroductionAction,
    *,
    actor: Actor,
    party: Party | None = None,
    reason: str = "",
) -> None:
    """Take a step, log it, and count from now how long the new state lasts.

    A guardian acts through the service: they have no account and no page of their own.
    Raises TransitionNotAllowed or ReasonNeeded.
    """
    side = party or party_of(actor)
    refuse_unless_possible(introduction, action, side)
    transition = TRANSITIONS[action]
    if transition.needs_reason and not reason:
        raise ReasonNeeded(_l("Tell why."))
    source, now = introduction.state, utcnow()
    introduction.state = transition.target
    introduction.state_since = now
    introduction.ended_at = None if transition.target in OPEN_STATES else now
    introduction.events.append(
        IntroductionEvent(
            at=now,
            action=action,
            source=source.value,
            target=transition.target.value,
            party=side,
            actor_id=actor.id,
            reason=reason,
        )
    )
    record(
        session,
        actor=actor,
        action=f"introduction.{action.value}",
        about=introduction,
        youth_id=introduction.youth_id,
        changes={"state": [source.value, transition.target.value]},
    )
