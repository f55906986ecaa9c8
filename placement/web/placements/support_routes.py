"""The support around a start, for staff: the plan, how it goes, worries, help given."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.models import Staff
from placement.accounts.permissions import Permission, can
from placement.accounts.queries import staff_of_centre
from placement.clock import today_in_helsinki
from placement.i18n import gettext as _
from placement.placements.models import Placement
from placement.placements.states import AT_WORK
from placement.placements.support_plan import queries, services
from placement.placements.support_plan.check_ins import ask_how_it_goes, settle_check_in
from placement.placements.support_plan.models import StepState, SupportStep
from placement.web.access import current_actor, current_staff, requires
from placement.web.flashes import FlashKind, say
from placement.web.placements.loading import load_placement_for_staff
from placement.web.placements.routes import bp
from placement.web.placements.support_forms import HelpForm, MoveStepForm, SolveForm, StepDoneForm, WorryForm
from placement.web.placements.support_page import check_in_lines, plan_lines
from placement.web.session import db_session


@bp.get("/<int:placement_id>/support")
@requires(Permission.PLACEMENT_VIEW)
def support(placement_id: int) -> ResponseReturnValue:
    """See who calls whom and when, how both sides say it goes, worries and help given."""
    placement = load_placement_for_staff(placement_id)
    given = queries.help_of(db_session, placement.id)
    return render_template(
        "placements/support.html",
        placement=placement,
        plan=plan_lines(db_session, placement),
        check_ins=check_in_lines(placement, queries.check_ins_of(db_session, placement.id)),
        worries=queries.worries_of(db_session, placement.id),
        help_given=given,
        minutes=sum(one.minutes for one in given),
        may_ask=placement.state in AT_WORK,
        no_after_care=queries.wants_no_after_care(db_session, placement.id),
    )


@bp.route("/<int:placement_id>/support/<int:step_id>/done", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def step_done(placement_id: int, step_id: int) -> ResponseReturnValue:
    """Note that a step of the plan was taken."""
    placement, step = _open_step(placement_id, step_id)
    form = StepDoneForm()
    if not form.validate_on_submit():
        return render_template("placements/step_done.html", form=form, placement=placement, step=step), _status()
    services.take_support_step(
        db_session,
        step,
        placement=placement,
        note=form.note.data,
        minutes=int(form.minutes.data or 0),
        actor=current_actor(),
    )
    return _back(placement, _("Noted."))


@bp.route("/<int:placement_id>/support/<int:step_id>/move", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def move_step(placement_id: int, step_id: int) -> ResponseReturnValue:
    """Choose another day or another worker for a step."""
    placement, step = _open_step(placement_id, step_id)
    form = MoveStepForm(data={"due_on": step.due_on, "owner_id": step.owner_id or 0})
    form.offer_staff(_colleagues())
    if not form.validate_on_submit():
        return render_template("placements/move_step.html", form=form, placement=placement, step=step), _status()
    services.move_step(
        db_session,
        step,
        placement=placement,
        due_on=form.due_on.data or step.due_on,
        owner_id=form.owner_id.data or None,
        actor=current_actor(),
    )
    return _back(placement, _("Moved."))


def _open_step(placement_id: int, step_id: int) -> tuple[Placement, SupportStep]:
    placement = load_placement_for_staff(placement_id, lock=request.method == "POST")
    step = queries.get_step(db_session, placement.id, step_id)
    if step is None or (step.state is not StepState.OPEN and request.method == "GET"):
        abort(404)
    return placement, step


def _colleagues() -> list[Staff]:
    staff = staff_of_centre(db_session, current_staff.centre_id)
    return [one for one in staff if can(one, Permission.PLACEMENT_EDIT)]


@bp.post("/<int:placement_id>/ask-how-it-goes")
@requires(Permission.PLACEMENT_EDIT)
def ask(placement_id: int) -> ResponseReturnValue:
    """Ask both sides how it is going, by the channel each of them chose."""
    placement = load_placement_for_staff(placement_id, lock=True)
    if placement.state not in AT_WORK:
        abort(404)
    asked = ask_how_it_goes(db_session, placement)
    if not asked:
        say(_("Nobody can be reached by message. Call them."), FlashKind.WARNING)
        return redirect(url_for("placements.support", placement_id=placement.id), code=303)
    return _back(placement, _("The question is on its way."))


@bp.post("/<int:placement_id>/check-ins/<int:check_in_id>/settle")
@requires(Permission.PLACEMENT_EDIT)
def settle_call(placement_id: int, check_in_id: int) -> ResponseReturnValue:
    """Note that somebody was called back."""
    placement = load_placement_for_staff(placement_id, lock=True)
    check_in = queries.get_check_in(db_session, placement.id, check_in_id) or abort(404)
    settle_check_in(db_session, check_in, placement=placement, actor=current_actor())
    return _back(placement, _("Noted."))


@bp.route("/<int:placement_id>/worries/new", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def raise_worry(placement_id: int) -> ResponseReturnValue:
    """Write down something that is not going well."""
    placement = load_placement_for_staff(placement_id)
    form = WorryForm()
    if not form.validate_on_submit():
        return render_template("placements/worry.html", form=form, placement=placement), _status()
    services.raise_worry(
        db_session,
        placement,
        text=form.text.data,
        raised_by=form.raised_by.data or None,
        actor=current_actor(),
    )
    return _back(placement, _("Noted. It stays in sight until it is solved."))


@bp.route("/<int:placement_id>/worries/<int:worry_id>/solve", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def solve_worry(placement_id: int, worry_id: int) -> ResponseReturnValue:
    """Write down what helped."""
    placement = load_placement_for_staff(placement_id, lock=request.method == "POST")
    worry = queries.get_worry(db_session, placement.id, worry_id) or abort(404)
    form = SolveForm()
    if not form.validate_on_submit():
        return render_template("placements/solve_worry.html", form=form, placement=placement, worry=worry), _status()
    services.solve_worry(db_session, worry, placement=placement, solution=form.solution.data, actor=current_actor())
    return _back(placement, _("Well done."))


@bp.route("/<int:placement_id>/help", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def note_help(placement_id: int) -> ResponseReturnValue:
    """Note help with a form or another matter."""
    placement = load_placement_for_staff(placement_id)
    form = HelpForm(data={"on": today_in_helsinki(), "minutes": 15})
    if not form.validate_on_submit():
        return render_template("placements/help.html", form=form, placement=placement), _status()
    values = form.values()
    values["minutes"] = int(values["minutes"])
    services.note_help(db_session, placement, actor=current_actor(), **values)
    return _back(placement, _("Noted."))


def _back(placement: Placement, sentence: str) -> ResponseReturnValue:
    say(sentence)
    return redirect(url_for("placements.support", placement_id=placement.id), code=303)


def _status() -> int:
    return 422 if request.method == "POST" else 200
