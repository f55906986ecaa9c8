"""The steps in the life of a placement, on the same blueprint."""

from collections.abc import Sequence

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission, can
from placement.accounts.queries import staff_of_centre
from placement.clock import today_in_helsinki
from placement.i18n import gettext as _
from placement.placements import services
from placement.placements.models import Placement
from placement.placements.overrides import checklist
from placement.placements.overrides import put_aside as put_line_aside
from placement.placements.reasons import CANCEL_REASONS, INTERRUPT_REASONS, Side, StopReason
from placement.placements.states import AT_WORK, TRANSITIONS, PlacementAction
from placement.placements.steps import settle
from placement.web.access import current_actor, current_staff, requires
from placement.web.flashes import say
from placement.web.placements.forms import ExtendForm, HandOverForm, PutAsideForm, StopForm
from placement.web.placements.loading import load_placement_for_staff
from placement.web.placements.page import available_actions, check_lines
from placement.web.placements.routes import bp
from placement.web.session import db_session


@bp.post("/<int:placement_id>/step")
@requires(Permission.PLACEMENT_EDIT)
def step(placement_id: int) -> ResponseReturnValue:
    """Take a step that needs no reason."""
    placement = load_placement_for_staff(placement_id, lock=True)
    try:
        action = PlacementAction(request.form.get("action", ""))
    except ValueError:
        abort(400)
    if TRANSITIONS[action].needs_reason:
        abort(400)
    services.take_step(db_session, placement, action, actor=current_actor())
    return _done(placement, str(action.done_label))


@bp.route("/<int:placement_id>/cancel", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def cancel(placement_id: int) -> ResponseReturnValue:
    """Cancel a placement that has not started."""
    placement = load_placement_for_staff(placement_id, lock=request.method == "POST")
    form = _stop_form(placement, PlacementAction.CANCEL, CANCEL_REASONS)
    if not form.validate_on_submit():
        return render_template("placements/cancel.html", form=form, placement=placement), _status()
    services.cancel(
        db_session,
        placement,
        reason=StopReason(form.reason.data),
        decided_by=form.decided_by.data,
        actor=current_actor(),
    )
    return _done(placement, _("The placement was cancelled."))


@bp.route("/<int:placement_id>/interrupt", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def interrupt(placement_id: int) -> ResponseReturnValue:
    """End a placement early."""
    placement = load_placement_for_staff(placement_id, lock=request.method == "POST")
    form = _stop_form(placement, PlacementAction.INTERRUPT, INTERRUPT_REASONS)
    if not form.validate_on_submit():
        return render_template("placements/interrupt.html", form=form, placement=placement), _status()
    services.interrupt(
        db_session,
        placement,
        reason=StopReason(form.reason.data),
        decided_by=form.decided_by.data,
        last_day=form["last_day"].data,
        actor=current_actor(),
    )
    return _done(placement, _("Noted. Talk soon about what comes next."))


def _stop_form(placement: Placement, action: PlacementAction, reasons: Sequence[StopReason]) -> StopForm:
    if action not in available_actions(placement):
        abort(404)
    data = {"decided_by": Side.PARTICIPANT, "last_day": today_in_helsinki()}
    return StopForm(placement=placement, reasons=reasons, data=data)


@bp.route("/<int:placement_id>/extend", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def extend(placement_id: int) -> ResponseReturnValue:
    """Plan an extension with an agreement of its own."""
    placement = load_placement_for_staff(placement_id, lock=request.method == "POST")
    if placement.state not in AT_WORK:
        abort(404)
    form = ExtendForm(placement=placement)
    if not form.validate_on_submit():
        return render_template("placements/extend.html", form=form, placement=placement), _status()
    extension = services.extend_placement(
        db_session, placement, ends_on=form["ends_on"].data, reason=form["reason"].data, actor=current_actor()
    )
    return _done(extension, _("The extension is planned. It needs an agreement and signatures of its own."))


@bp.route("/<int:placement_id>/put-aside", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def put_aside(placement_id: int) -> ResponseReturnValue:
    """Write what a person found out about a line of the checklist."""
    placement = load_placement_for_staff(placement_id, lock=request.method == "POST")
    rule_id, code = request.args.get("rule", ""), request.args.get("line", "")
    lines = checklist(db_session, placement)
    asked = [
        line for line in lines if (line.answer.rule_id, line.answer.code) == (rule_id, code) and line.may_be_put_aside
    ]
    if not asked:
        abort(404)
    form = PutAsideForm()
    if not form.validate_on_submit():
        [shown] = check_lines(placement, asked[:1])
        return render_template("placements/put_aside.html", form=form, placement=placement, line=shown), _status()
    put_line_aside(db_session, placement, code=code, rule_id=rule_id, reason=form.reason.data, actor=current_actor())
    settle(db_session, placement)
    return _done(placement, _("Noted beside the line, with your name."))


@bp.route("/<int:placement_id>/hand-over", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def hand_over(placement_id: int) -> ResponseReturnValue:
    """Give a placement to another worker."""
    placement = load_placement_for_staff(placement_id, lock=request.method == "POST")
    form = HandOverForm(data={"owner_id": placement.owner_id})
    colleagues = [
        one for one in staff_of_centre(db_session, current_staff.centre_id) if can(one, Permission.PLACEMENT_EDIT)
    ]
    form.offer_staff([one for one in colleagues if can(one, Permission.PLACEMENT_EDIT)])
    if not form.validate_on_submit():
        return render_template("placements/hand_over.html", form=form, placement=placement), _status()
    services.hand_over(db_session, placement, owner_id=form.owner_id.data, actor=current_actor())
    say(_("Handed over."))
    return redirect(url_for("placements.index"), code=303)


def _done(placement: Placement, sentence: str) -> ResponseReturnValue:
    say(sentence)
    return redirect(url_for("placements.show", placement_id=placement.id), code=303)


def _status() -> int:
    return 422 if request.method == "POST" else 200
