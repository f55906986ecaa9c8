"""From one's own page onward to a placement or a recruitment day, each of which opens by a link of its own."""

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.models import LinkPurpose
from placement.accounts.personal_links import make_link
from placement.clock import today_in_helsinki
from placement.placements.links import make_placement_link
from placement.placements.queries import placements_of_youth
from placement.recruitment_days.queries import invitations_of_youth
from placement.web.access import by_link
from placement.web.me.loading import owner_of_page
from placement.web.me.page import own_party, page_of_placement
from placement.web.me.routes import bp
from placement.web.rate_limits import PUBLIC_FORM, limited
from placement.web.session import db_session


@bp.post("/<token>/placements/<int:placement_id>")
@by_link
@limited(PUBLIC_FORM)
def open_placement(token: str, placement_id: int) -> ResponseReturnValue:
    """Go on to one's own placement: how it goes, or the agreement to read and sign."""
    youth = owner_of_page(token)
    placement = next((one for one in placements_of_youth(db_session, youth.id) if one.id == placement_id), None)
    endpoint = page_of_placement(placement) if placement is not None else None
    party = own_party(placement) if placement is not None else None
    if endpoint is None or party is None:
        abort(404)
    link = make_placement_link(db_session, party, made_by_id=None)
    return redirect(url_for(endpoint, token=link), code=303)


@bp.post("/<token>/days/<int:invitation_id>")
@by_link
@limited(PUBLIC_FORM)
def open_day(token: str, invitation_id: int) -> ResponseReturnValue:
    """Go on to one's own invitation to a recruitment day, to answer or change the answer."""
    youth = owner_of_page(token)
    days = invitations_of_youth(db_session, youth.id, on=today_in_helsinki())
    invitation = next((one for one in days if one.id == invitation_id), None) or abort(404)
    link = make_link(
        db_session,
        centre_id=youth.centre_id,
        purpose=LinkPurpose.DAY_INVITATION,
        youth_id=youth.id,
        object_id=invitation.id,
    )
    return redirect(url_for("day_answer.show", token=link), code=303)
