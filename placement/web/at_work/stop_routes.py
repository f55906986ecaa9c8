"""Stopping by personal link: the young person or the employer ends early, or cancels what has not begun."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.clock import today_in_helsinki
from placement.i18n import gettext
from placement.placements import services
from placement.placements.kinds import PartyRole
from placement.placements.models import Placement, PlacementParty
from placement.placements.reasons import CANCEL_REASONS, INTERRUPT_REASONS, OWN_REASONS, Side, StopReason
from placement.placements.states import ALIVE, BEFORE_START
from placement.web.access import by_link
from placement.web.at_work.loading import actor_of, load_party_of_link
from placement.web.at_work.routes import bp
from placement.web.flashes import say
from placement.web.placements.forms import StopForm
from placement.web.rate_limits import PUBLIC_FORM, limited
from placement.web.session import db_session

_SIDE_OF = {PartyRole.PARTICIPANT: Side.PARTICIPANT, PartyRole.ORGANISER: Side.ORGANISER}


@bp.route("/<token>/end-early", methods=["GET", "POST"])
@by_link
@limited(PUBLIC_FORM)
def end_early(token: str) -> ResponseReturnValue:
    """Stop on any day, with a reason from a short list, or ask for a call instead."""
    placement, party = load_party_of_link(token, lock=request.method == "POST")
    side = _SIDE_OF.get(party.role)
    if side is None or placement.state not in ALIVE:
        abort(404)
    form = _form(placement, side)
    if not form.validate_on_submit():
        page = render_template(
            "at_work/end_early.html",
            token=token,
            placement=placement,
            form=form,
            is_young_person=side is Side.PARTICIPANT,
            has_begun=placement.state not in BEFORE_START,
        )
        return page, 422 if request.method == "POST" else 200
    _stop(placement, party, form)
    say(gettext("Noted. Somebody from Ohjaamo is in touch about what comes next."))
    return redirect(url_for("at_work.show", token=token), code=303)


def _form(placement: Placement, side: Side) -> StopForm:
    listed = CANCEL_REASONS if placement.state in BEFORE_START else INTERRUPT_REASONS
    reasons = [reason for reason in OWN_REASONS[side] if reason in listed]
    form = StopForm(placement=placement, reasons=reasons, data={"last_day": today_in_helsinki()})
    del form.decided_by
    return form


def _stop(placement: Placement, party: PlacementParty, form: StopForm) -> None:
    reason, actor = StopReason(form.reason.data), actor_of(placement, party)
    if placement.state in BEFORE_START:
        services.cancel(db_session, placement, reason=reason, actor=actor)
    else:
        services.interrupt(db_session, placement, reason=reason, last_day=form["last_day"].data, actor=actor)
