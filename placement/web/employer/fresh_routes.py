"""The one-tap question whether a place is still open, and pausing it, on the same blueprint."""

from datetime import timedelta

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField
from wtforms.validators import DataRequired

from placement.clock import today_in_helsinki
from placement.i18n import format_day
from placement.i18n import gettext as _
from placement.i18n import lazy_gettext as _l
from placement.offers.freshness import closes_on, pause_offer, resume_offer
from placement.offers.services import reopen_offer
from placement.offers.states import OPEN_STATES
from placement.web.access import by_link
from placement.web.employer.page import place_view
from placement.web.employer.routes import bp, find_visit, own_offer
from placement.web.flashes import say
from placement.web.forms import Form
from placement.web.session import db_session

PAUSES = (
    ("14", _l("For two weeks")),
    ("30", _l("For a month")),
    ("91", _l("For three months")),
    ("182", _l("For half a year")),
)


class PauseForm(Form):
    """For how long a place is paused."""

    days = RadioField(
        _l("For how long?"), [DataRequired(_l("Choose for how long."))], choices=PAUSES, validate_choice=True
    )


@bp.get("/<token>/places/<int:offer_id>/still-open")
@by_link
def still_open_question(token: str, offer_id: int) -> ResponseReturnValue:
    """Ask whether the place is still open; looking at the question changes nothing."""
    visit = find_visit(token)
    offer = own_offer(visit, offer_id)
    is_open = offer.state in OPEN_STATES
    return render_template(
        "employer/still_open.html",
        visit=visit,
        offer=offer,
        place=place_view(offer),
        is_open=is_open,
        closes=format_day(closes_on(offer)) if is_open and offer.paused_until is None else "",
    )


@bp.route("/<token>/places/<int:offer_id>/pause", methods=["GET", "POST"])
@by_link
def pause(token: str, offer_id: int) -> ResponseReturnValue:
    """Pause a place: it comes back by itself."""
    visit = find_visit(token)
    offer = own_offer(visit, offer_id)
    if offer.state not in OPEN_STATES:
        abort(404)
    form = PauseForm()
    if not form.validate_on_submit():
        status = 422 if request.method == "POST" else 200
        return render_template("employer/pause.html", form=form, visit=visit, offer=offer), status
    until = today_in_helsinki() + timedelta(days=int(form.days.data))
    pause_offer(db_session, offer=offer, until=until, actor=visit.actor)
    say(_("The place is paused until %(day)s. We ask you then.", day=format_day(until)))
    return redirect(url_for("employer.offer", token=token, offer_id=offer_id), code=303)


@bp.post("/<token>/places/<int:offer_id>/resume")
@by_link
def resume(token: str, offer_id: int) -> ResponseReturnValue:
    """End the pause of a place."""
    visit = find_visit(token)
    resume_offer(db_session, offer=own_offer(visit, offer_id), actor=visit.actor)
    say(_("The place is open again."))
    return redirect(url_for("employer.offer", token=token, offer_id=offer_id), code=303)


@bp.post("/<token>/places/<int:offer_id>/reopen")
@by_link
def reopen(token: str, offer_id: int) -> ResponseReturnValue:
    """Offer a place again that was taken back or closed; Ohjaamo reads it first."""
    visit = find_visit(token)
    offer = own_offer(visit, offer_id)
    if not place_view(offer).can_be_reopened:
        abort(404)
    reopen_offer(db_session, offer=offer, actor=visit.actor)
    say(_("Thank you. We read the place and publish it again."))
    return redirect(url_for("employer.offer", token=token, offer_id=offer_id), code=303)
