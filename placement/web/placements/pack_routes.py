"""The pack of a wage subsidy or voucher: what is missing, where the application is, its deadlines, the print."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission
from placement.centre_rules.queries import rule_book
from placement.clock import today_in_helsinki
from placement.i18n import gettext as _
from placement.placements.kinds import SUBSIDISED
from placement.placements.models import Placement
from placement.placements.packs import services
from placement.placements.packs.deadlines import Deadline, extension_by, payment_by
from placement.placements.packs.items import missing_of, pieces_of
from placement.placements.packs.models import SubsidyPack
from placement.placements.packs.states import (
    OPEN_STATES,
    PACK_TRANSITIONS,
    PackAction,
    PackState,
    possible_pack_actions,
)
from placement.rules.book import RuleBook
from placement.web.access import current_actor, current_staff, requires
from placement.web.flashes import say
from placement.web.language import asked_language
from placement.web.odd_input import version_number
from placement.web.pdf import pdf_file
from placement.web.placements.loading import load_placement_for_staff
from placement.web.placements.pack_forms import PackForm, PackStepForm
from placement.web.placements.pack_page import screening
from placement.web.placements.routes import bp
from placement.web.session import db_session

_STYLES = {
    PackState.GRANTED: "ok",
    PackState.CONTRACT: "ok",
    PackState.RUNNING: "ok",
    PackState.PAID: "ok",
    PackState.REFUSED: "bad",
    PackState.BUDGET_EMPTY: "bad",
    PackState.SUPPLEMENT: "warn",
}


_ASKED_IN = OPEN_STATES | {PackState.APPLIED, PackState.SUPPLEMENT}


@bp.get("/<int:placement_id>/pack")
@requires(Permission.PLACEMENT_VIEW)
def pack(placement_id: int) -> ResponseReturnValue:
    """See what the application needs, what is missing, and what comes next."""
    placement = _subsidised(placement_id)
    found = services.pack_of(db_session, placement.id)
    if found is None:
        asked = screening(placement, None, _book())
        return render_template("placements/pack_begin.html", placement=placement, screening=asked)
    return render_template(
        "placements/pack.html",
        placement=placement,
        pack=found,
        pieces=pieces_of(found, placement),
        missing=missing_of(found, placement),
        actions=[action for action in possible_pack_actions(found.state) if action is not PackAction.FILL],
        may_fill=found.state in OPEN_STATES | {PackState.SUPPLEMENT},
        screening=screening(placement, found, _book()) if found.state in _ASKED_IN else None,
        style=_STYLES.get(found.state, "neutral"),
        deadlines=_deadlines(found),
        today=today_in_helsinki(),
    )


def _book() -> RuleBook:
    return rule_book(db_session, current_staff.centre_id)


def _deadlines(found: SubsidyPack) -> list[tuple[Deadline, object, bool]]:
    if found.subsidy_to is None or found.state in {PackState.REFUSED, PackState.BUDGET_EMPTY, PackState.PACK}:
        return []
    return [
        (Deadline.EXTENSION, extension_by(found.subsidy_to), found.extension_settled),
        (Deadline.PAYMENT, payment_by(found.subsidy_to), found.payment_applied_on is not None),
    ]


@bp.post("/<int:placement_id>/pack")
@requires(Permission.PLACEMENT_EDIT)
def begin_pack(placement_id: int) -> ResponseReturnValue:
    """Begin a pack."""
    placement = _subsidised(placement_id, lock=True)
    services.begin_pack(db_session, placement, actor=current_actor())
    return redirect(url_for("placements.fill_pack", placement_id=placement.id), code=303)


@bp.route("/<int:placement_id>/pack/fill", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def fill_pack(placement_id: int) -> ResponseReturnValue:
    """Fill the pack together with the employer and the young person."""
    placement, found = _pack(placement_id)
    form = PackForm.showing(found)
    if not form.validate_on_submit():
        return render_template("placements/pack_fill.html", form=form, placement=placement), _status()
    services.fill_pack(
        db_session,
        found,
        placement=placement,
        version=version_number(form.version.data),
        actor=current_actor(),
        **form.told(),
    )
    return _back(placement, _("Saved."))


@bp.route("/<int:placement_id>/pack/step", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def pack_step(placement_id: int) -> ResponseReturnValue:
    """Take a step of the application."""
    placement, found = _pack(placement_id)
    try:
        action = PackAction(request.args.get("action", ""))
    except ValueError:
        abort(404)
    if action not in possible_pack_actions(found.state) and request.method == "GET":
        abort(404)
    form = PackStepForm(data={"on": None if action is PackAction.ASK_MORE else today_in_helsinki()})
    if action is not PackAction.GRANT:
        del form.subsidy_from, form.subsidy_to
    if not PACK_TRANSITIONS[action].needs_day:
        del form.on
    if not form.validate_on_submit():
        page = render_template("placements/pack_step.html", form=form, placement=placement, action=action)
        return page, _status()
    days = services.StepDays(**form.values())
    services.take_pack_step(db_session, found, action, placement=placement, days=days, actor=current_actor())
    return _back(placement, _("Noted."))


@bp.post("/<int:placement_id>/pack/payment-applied")
@requires(Permission.PLACEMENT_EDIT)
def payment_applied(placement_id: int) -> ResponseReturnValue:
    """Note today that the payment was applied for."""
    placement, found = _pack(placement_id)
    services.note_payment_applied(db_session, found, placement=placement, on=today_in_helsinki(), actor=current_actor())
    return _back(placement, _("Noted. Reminders of the payment end."))


@bp.post("/<int:placement_id>/pack/extension-settled")
@requires(Permission.PLACEMENT_EDIT)
def extension_settled(placement_id: int) -> ResponseReturnValue:
    """Note that an extension was applied for or is not wanted."""
    placement, found = _pack(placement_id)
    services.settle_extension(db_session, found, placement=placement, actor=current_actor())
    return _back(placement, _("Noted. Reminders of the extension end."))


@bp.get("/<int:placement_id>/pack/print")
@requires(Permission.PLACEMENT_VIEW)
def pack_print(placement_id: int) -> ResponseReturnValue:
    """Print the pack for the e-service of the authority."""
    placement, found = _pack(placement_id)
    return render_template(
        "placements/pack_print.html", placement=placement, pack=found, missing=missing_of(found, placement)
    )


@bp.get("/<int:placement_id>/pack.pdf")
@requires(Permission.PLACEMENT_VIEW)
def pack_pdf(placement_id: int) -> ResponseReturnValue:
    """Take the pack as PDF, in the language asked for."""
    placement, found = _pack(placement_id)
    return pdf_file(
        "placements/pack_pdf.html",
        language=asked_language(),
        name=f"pack-{placement.id}",
        otherwise=url_for("placements.pack_print", placement_id=placement.id),
        placement=placement,
        pack=found,
        missing=missing_of(found, placement),
    )


def _subsidised(placement_id: int, *, lock: bool = False) -> Placement:
    placement = load_placement_for_staff(placement_id, lock=lock)
    if placement.kind not in SUBSIDISED:
        abort(404)
    return placement


def _pack(placement_id: int) -> tuple[Placement, SubsidyPack]:
    placement = _subsidised(placement_id, lock=request.method == "POST")
    return placement, services.pack_of(db_session, placement.id) or abort(404)


def _back(placement: Placement, sentence: str) -> ResponseReturnValue:
    say(sentence)
    return redirect(url_for("placements.pack", placement_id=placement.id), code=303)


def _status() -> int:
    return 422 if request.method == "POST" else 200
