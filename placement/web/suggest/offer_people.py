"""From the side of an offer: which of one's own young people it suits, with the reasons, never with a score."""

from dataclasses import dataclass

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy.orm import Session

from placement.accounts.permissions import Permission
from placement.audit.services import record
from placement.jobseekers.models import Youth
from placement.offers.states import OPEN_STATES
from placement.suggestions.adapter import Fit
from placement.suggestions.models import Suggestion
from placement.suggestions.offer_side import people_for_offer
from placement.suggestions.queries import offers_by_id, served_longest_silence_first, suggestions_of_offer
from placement.web.access import current_actor, current_staff, requires
from placement.web.session import after_view, db_session
from placement.web.suggest.page import BAND_STYLES, MOST_CHECKS, quotes_bold, told_to_worker
from placement.web.suggest.routes import bp

MOST_SHOWN = 12
MOST_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One young person whom the offer suits."""

    youth: Youth
    band: str
    reasons: list[Markup]
    checks: list[str]
    suggestion: Suggestion | None


@bp.get("/that-fit/<int:offer_id>")
@requires(Permission.SUGGESTION_VIEW)
def people(offer_id: int) -> ResponseReturnValue:
    """See which of the young people one serves an offer suits, and why. Only those shown are logged as looked at."""
    offer = offers_by_id(db_session, [offer_id], current_staff.centre_id).get(offer_id) or abort(404)
    served = served_longest_silence_first(db_session, current_staff.id, limit=MOST_LOOKED_AT)
    found = people_for_offer(db_session, offer, served, limit=MOST_SHOWN + 1)
    shown = found[:MOST_SHOWN]
    made = suggestions_of_offer(db_session, offer.id, [youth.id for youth, _fit in shown])
    _log([youth.id for youth, _fit in shown])
    return render_template(
        "suggest/people.html",
        offer=offer,
        is_open=offer.state in OPEN_STATES and offer.paused_until is None,
        lines=[_line(youth, fit, made.get(youth.id)) for youth, fit in shown],
        served=len(served),
        has_more=len(found) > len(shown),
    )


def _line(youth: Youth, fit: Fit, suggestion: Suggestion | None) -> PersonLine:
    return PersonLine(
        youth=youth,
        band=BAND_STYLES[fit.band],
        reasons=[quotes_bold(text) for text in told_to_worker(fit.reasons, youth)],
        checks=told_to_worker(fit.checks, youth)[:MOST_CHECKS],
        suggestion=suggestion,
    )


def _log(youth_ids: list[int]) -> None:
    actor = current_actor()

    def write(session: Session) -> None:
        for youth_id in youth_ids:
            record(session, actor=actor, action="youth.fit_viewed", about=Youth(id=youth_id), youth_id=youth_id)

    if youth_ids:
        after_view(write)
