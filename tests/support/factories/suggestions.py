"""Suggestions for the tests."""

from typing import Any

from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.clock import utcnow
from placement.jobseekers.models import Youth
from placement.offers.models import Offer
from placement.suggestions.models import Band, Suggestion
from placement.suggestions.states import ANSWERED_STATES, SuggestionState
from tests.support.factories.centres import make_staff
from tests.support.factories.employers import make_employer, make_offer
from tests.support.factories.youths import make_youth


def make_suggestion(
    session: Session,
    *,
    youth: Youth | None = None,
    offer: Offer | None = None,
    made_by: Staff | None = None,
    state: SuggestionState = SuggestionState.SENT,
    **values: Any,
) -> Suggestion:
    """A café trial suggested to Aino by Sari, waiting for an answer unless said otherwise."""
    made_by = made_by or make_staff(session)
    youth = youth or make_youth(session, made_by)
    offer = offer or make_offer(session, make_employer(session, made_by.centre))
    given: dict[str, Any] = {
        "band": Band.GOOD,
        "position": 1,
        "considered": 1,
        "reasons": [{"code": "strengths_meet_tasks", "slots": {"cards": ["PEO01"], "family": "T11"}}],
        "checks": [{"code": "hygiene_pass_by_month_3", "slots": {}}],
        "versions": {"weights": "1"},
        "sent_at": utcnow(),
        "answered_at": utcnow() if state in ANSWERED_STATES else None,
    } | values
    suggestion = Suggestion(centre_id=youth.centre_id, youth=youth, offer=offer, made_by=made_by, state=state, **given)
    session.add(suggestion)
    session.flush()
    return suggestion
