"""An employer says: not now, ask me then. Their open places rest until that day; nobody has left."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.audit.services import Actor
from placement.clock import today_in_helsinki
from placement.employers.models import Employer
from placement.employers.services import ask_again_on
from placement.errors import DomainError
from placement.i18n import lazy_gettext as _l
from placement.offers.freshness import LONGEST_PAUSE, pause_offer, resume_offer
from placement.offers.models import Offer
from placement.offers.states import OPEN_STATES


def say_not_now(session: Session, *, employer: Employer, until: date, actor: Actor) -> Employer:
    """Let an employer rest until a day: the contact at Ohjaamo gets it as a task, and open places are paused.

    Raises DomainError for a day that has passed or is over a year away.
    """
    today = today_in_helsinki()
    if not today < until <= today + LONGEST_PAUSE:
        raise DomainError(_l("Choose a day after today, at most a year away."), code="pause_day")
    ask_again_on(session, employer=employer, on=until, actor=actor)
    for offer in _open_offers(session, employer.id):
        pause_offer(session, offer=offer, until=until, actor=actor)
    return employer


def talk_again(session: Session, *, employer: Employer, actor: Actor) -> Employer:
    """End the rest of an employer at once; the places that rested until the same day are offered again."""
    until = employer.asks_again_on
    ask_again_on(session, employer=employer, on=None, actor=actor)
    for offer in _open_offers(session, employer.id):
        if until is not None and offer.paused_until == until:
            resume_offer(session, offer=offer, actor=actor)
    return employer


def _open_offers(session: Session, employer_id: int) -> list[Offer]:
    query = select(Offer).where(Offer.employer_id == employer_id, Offer.state.in_(OPEN_STATES)).order_by(Offer.id)
    return list(session.scalars(query))
