"""Pausing an offer and noting what its employer promised, on the same blueprint."""

from datetime import date, timedelta
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import DataRequired

from placement.accounts.permissions import Permission
from placement.clock import today_in_helsinki
from placement.i18n import format_day, gettext
from placement.i18n import gettext as _
from placement.i18n import lazy_gettext as _l
from placement.offers import freshness, promises
from placement.offers.states import OPEN_STATES
from placement.web.access import current_actor, requires
from placement.web.flashes import say
from placement.web.forms import FinnishDateField, Form, TextField
from placement.web.offers.routes import asked_offer, bp
from placement.web.session import db_session


class PauseForm(Form):
    """Until when an offer is paused."""

    until = FinnishDateField(
        _l("Paused until"), [DataRequired(_l("Give the day."))], description=_l("On this day the employer is asked.")
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Take a day within a year."""
        if not super().validate(extra_validators):
            return False
        today, until = today_in_helsinki(), self.until.data
        if until is None or not today < until <= today + freshness.LONGEST_PAUSE:
            self.until.errors = [gettext("Choose a day after today, at most a year away.")]
        return not self.errors


class PromiseForm(Form):
    """What the employer promised to answer, and by when."""

    what = TextField(
        _l("What was promised?"),
        [DataRequired(_l("Write what was promised."))],
        longest=200,
        description=_l("For example: tells who guides in January. No names of young people."),
    )
    by = FinnishDateField(_l("By which day?"), [DataRequired(_l("Give the day."))])

    def validate(self, extra_validators: Any = None) -> bool:
        """Take a day that is still to come."""
        is_valid = super().validate(extra_validators)
        if self.by.data and self.by.data < today_in_helsinki():
            self.by.errors = [gettext("This day has passed. Give a later one.")]
        return is_valid and not self.errors


@bp.route("/<int:offer_id>/pause", methods=["GET", "POST"])
@requires(Permission.OFFER_EDIT)
def pause(offer_id: int) -> ResponseReturnValue:
    """Pause an open offer until a day."""
    offer = asked_offer(offer_id)
    if offer.state not in OPEN_STATES:
        abort(404)
    form = PauseForm() if request.method == "POST" else PauseForm(until=today_in_helsinki() + timedelta(days=30))
    if not form.validate_on_submit():
        return render_template("offers/pause.html", form=form, offer=offer), 422 if request.method == "POST" else 200
    until: date = form.values()["until"]
    freshness.pause_offer(db_session, offer=offer, until=until, actor=current_actor())
    say(_("The offer is paused until %(day)s.", day=format_day(until)))
    return redirect(url_for("offers.show", offer_id=offer.id), code=303)


@bp.post("/<int:offer_id>/resume")
@requires(Permission.OFFER_EDIT)
def resume(offer_id: int) -> ResponseReturnValue:
    """End the pause of an offer."""
    freshness.resume_offer(db_session, offer=asked_offer(offer_id), actor=current_actor())
    say(_("The pause has ended."))
    return redirect(url_for("offers.show", offer_id=offer_id), code=303)


@bp.route("/<int:offer_id>/promise", methods=["GET", "POST"])
@requires(Permission.OFFER_EDIT)
def promise(offer_id: int) -> ResponseReturnValue:
    """Note what the employer promised to answer, and by when."""
    offer = asked_offer(offer_id)
    if offer.state not in OPEN_STATES:
        abort(404)
    form = PromiseForm(what=offer.answer_promise, by=offer.answer_promised_on)
    if not form.validate_on_submit():
        return render_template("offers/promise.html", form=form, offer=offer), 422 if request.method == "POST" else 200
    promises.note_promise(db_session, offer=offer, actor=current_actor(), **form.values())
    say(_("Noted. If the answer has not come by then, it is on Today."))
    return redirect(url_for("offers.show", offer_id=offer.id), code=303)


@bp.post("/<int:offer_id>/promise-kept")
@requires(Permission.OFFER_EDIT)
def promise_kept(offer_id: int) -> ResponseReturnValue:
    """Note that the promised answer came."""
    promises.promise_kept(db_session, offer=asked_offer(offer_id), actor=current_actor())
    say(_("Noted: the answer came."))
    return redirect(url_for("offers.show", offer_id=offer_id), code=303)
