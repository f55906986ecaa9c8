"""Two or three places beside each other, before one of them is suggested."""

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission
from placement.offers.models import Offer
from placement.suggestions.comparing import Compared, compare_offers
from placement.suggestions.queries import offers_by_id, suggestions_of_youth
from placement.web.access import current_staff, requires
from placement.web.jobseekers.loading import load_youth_for_staff
from placement.web.jobseekers.page import person_page
from placement.web.odd_input import row_number
from placement.web.session import db_session
from placement.web.suggest.comparison import rows_of
from placement.web.suggest.page import BAND_STYLES
from placement.web.suggest.routes import bp

LEAST, MOST = 2, 3


@dataclass(frozen=True, slots=True)
class Column:
    """The head of one offer."""

    offer: Offer
    band: str
    is_set_aside: bool
    was_suggested: bool


@bp.get("/<int:youth_id>/suggestions/compare")
@requires(Permission.SUGGESTION_VIEW)
def compare(youth_id: int) -> ResponseReturnValue:
    """Look at two or three places beside each other before one is suggested."""
    youth = load_youth_for_staff(youth_id)
    asked = list(dict.fromkeys(request.args.getlist("offer", type=row_number)))
    known = offers_by_id(db_session, asked[:MOST], current_staff.centre_id)
    compared = compare_offers(db_session, youth, [known[one] for one in asked if one in known])
    made = {one.offer_id for one in suggestions_of_youth(db_session, youth.id)}
    enough = len(compared) >= LEAST
    return render_template(
        "suggest/compare.html",
        person=person_page(youth, current="suggestions"),
        youth=youth,
        columns=[_column(one, one.offer.id in made) for one in compared] if enough else [],
        rows=rows_of(youth, compared) if enough else [],
        too_many=len(asked) > MOST,
    )


def _column(one: Compared, was_suggested: bool) -> Column:
    band = BAND_STYLES[one.fit.band] if one.fit is not None else ""
    return Column(one.offer, band, one.is_set_aside, was_suggested)
