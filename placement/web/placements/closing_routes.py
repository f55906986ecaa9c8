"""The end of a placement, for staff: both views beside each other, the certificate, answers months later."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission
from placement.clock import today_in_helsinki
from placement.i18n import current_language
from placement.i18n import gettext as _
from placement.placements.closing import queries, services
from placement.placements.closing.models import AfterCareAnswer
from placement.placements.kinds import PartyRole
from placement.placements.models import Placement
from placement.placements.states import OVER, STARTED, PlacementState
from placement.placements.support_plan.queries import wants_no_after_care
from placement.web.access import current_actor, requires
from placement.web.flashes import say
from placement.web.placements.closing_forms import ClosingForm
from placement.web.placements.closing_page import shown_view
from placement.web.placements.files import certificate_file, certificate_values
from placement.web.placements.loading import load_placement_for_staff
from placement.web.placements.routes import bp
from placement.web.session import db_session


@bp.get("/<int:placement_id>/closing")
@requires(Permission.PLACEMENT_VIEW)
def closing(placement_id: int) -> ResponseReturnValue:
    """See how both sides saw it, and what has come after."""
    placement = load_placement_for_staff(placement_id)
    views = queries.views_of(db_session, placement.id)
    return render_template(
        "placements/closing.html",
        placement=placement,
        sides=[(role, shown_view(views.get(role), choice_labels())) for role in queries.BOTH_SIDES],
        may_tell=placement.state in services.CLOSES_IN,
        has_certificate=placement.state in STARTED,
        due=queries.due_after_care(db_session, placement.id, on=today_in_helsinki()),
        answers=queries.after_care_answers(db_session, placement.id),
        choices=list(AfterCareAnswer),
        is_over=placement.state in OVER and placement.state is not PlacementState.CANCELLED,
        no_after_care=wants_no_after_care(db_session, placement.id),
    )


def choice_labels() -> dict[str, str]:
    """Return what the three choices of a view are called."""
    return {
        "question_answered": _("Was the question answered?"),
        "next_step": _("What comes next?"),
        "would_take_again": _("Would take somebody again"),
    }


@bp.route("/<int:placement_id>/closing/young-person", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def closing_of_young_person(placement_id: int) -> ResponseReturnValue:
    """Write how the young person saw it, as told in a talk."""
    return _closing_view(placement_id, PartyRole.PARTICIPANT)


@bp.route("/<int:placement_id>/closing/employer", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def closing_of_employer(placement_id: int) -> ResponseReturnValue:
    """Write how the employer saw it, as told in a talk."""
    return _closing_view(placement_id, PartyRole.ORGANISER)


def _closing_view(placement_id: int, role: PartyRole) -> ResponseReturnValue:
    placement = load_placement_for_staff(placement_id, lock=request.method == "POST")
    if placement.state not in services.CLOSES_IN:
        abort(404)
    form = ClosingForm.of_side(role, queries.view_of(db_session, placement.id, role))
    if not form.validate_on_submit() or form.too_many_cards():
        page = render_template("placements/closing_view.html", form=form, placement=placement, role=role)
        return page, 422 if request.method == "POST" else 200
    services.give_view(db_session, placement, role=role, view=form.view(current_language()), actor=current_actor())
    say(_("Noted."))
    return redirect(url_for("placements.closing", placement_id=placement.id), code=303)


@bp.post("/<int:placement_id>/after-care")
@requires(Permission.PLACEMENT_EDIT)
def after_care(placement_id: int) -> ResponseReturnValue:
    """Write what the young person does now, as they told."""
    placement = load_placement_for_staff(placement_id, lock=True)
    code = queries.due_after_care(db_session, placement.id, on=today_in_helsinki()) or abort(404)
    try:
        answer = AfterCareAnswer(request.form.get("answer", ""))
    except ValueError:
        abort(400)
    services.answer_after_care(db_session, placement, code, answer=answer, actor=current_actor())
    say(_("Noted."))
    return redirect(url_for("placements.closing", placement_id=placement.id), code=303)


@bp.get("/<int:placement_id>/certificate")
@requires(Permission.PLACEMENT_VIEW)
def certificate(placement_id: int) -> ResponseReturnValue:
    """Print the certificate for the young person."""
    return render_template("placements/certificate.html", **certificate_values(_started(placement_id)))


@bp.get("/<int:placement_id>/certificate.pdf")
@requires(Permission.PLACEMENT_VIEW)
def certificate_pdf(placement_id: int) -> ResponseReturnValue:
    """Take the certificate as PDF, in the language asked for."""
    placement = _started(placement_id)
    return certificate_file(placement, otherwise=url_for("placements.certificate", placement_id=placement.id))


def _started(placement_id: int) -> Placement:
    placement = load_placement_for_staff(placement_id)
    if placement.state not in STARTED:
        abort(404)
    return placement
