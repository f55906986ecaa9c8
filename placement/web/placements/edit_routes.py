"""Changing what was agreed: terms, answers to the checklist, the calendar."""

from collections.abc import Sequence
from datetime import date

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission
from placement.employers.queries import find_employer
from placement.i18n import current_language
from placement.i18n import gettext as _
from placement.placements.models import Placement
from placement.placements.schedule import Period, free_days, plan_days, replace_day, usual_week
from placement.placements.services import edit_placement, set_hours
from placement.placements.terms import name_of_field
from placement.web.access import current_actor, requires
from placement.web.flashes import FlashKind, say
from placement.web.odd_input import version_number
from placement.web.placements.forms import AnswersForm, HoursForm, OneDayForm, TermsForm
from placement.web.placements.loading import load_placement_for_staff
from placement.web.placements.page import asked_of
from placement.web.placements.routes import bp
from placement.web.session import db_session


@bp.route("/<int:placement_id>/edit", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def edit(placement_id: int) -> ResponseReturnValue:
    """Change what the agreement says."""
    placement = load_placement_for_staff(placement_id, lock=_is_sent())
    employer = find_employer(db_session, placement.employer_id, placement.centre_id) or abort(404)
    form = TermsForm(obj=placement)
    form.offer_contacts(employer)
    if not form.validate_on_submit():
        return render_template("placements/edit.html", form=form, placement=placement), _status()
    changed = edit_placement(
        db_session,
        placement,
        version=version_number(form.version.data),
        actor=current_actor(),
        **form.terms(),
    )
    return _saved(placement, changed)


@bp.route("/<int:placement_id>/answers", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def answers(placement_id: int) -> ResponseReturnValue:
    """Answer what the checklist asks."""
    placement = load_placement_for_staff(placement_id, lock=_is_sent())
    form = AnswersForm(obj=placement)
    form.keep_only(asked_of(placement))
    if not form.validate_on_submit():
        return render_template("placements/answers.html", form=form, placement=placement), _status()
    changed = edit_placement(
        db_session,
        placement,
        version=version_number(form.version.data),
        actor=current_actor(),
        **form.answers(),
    )
    return _saved(placement, changed)


@bp.route("/<int:placement_id>/hours", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def hours(placement_id: int) -> ResponseReturnValue:
    """Make the calendar from the hours of a week."""
    placement = load_placement_for_staff(placement_id, lock=_is_sent())
    form = HoursForm(data=_usual(placement))
    if not form.validate_on_submit():
        free = free_days(placement.starts_on, placement.ends_on, current_language())
        return render_template("placements/hours.html", form=form, placement=placement, free=free), _status()
    periods = plan_days(form.week(), placement.starts_on, placement.ends_on, on_holidays=form.on_holidays.data)
    return _set(placement, periods, form.version.data)


@bp.route("/<int:placement_id>/day", methods=["GET", "POST"])
@requires(Permission.PLACEMENT_EDIT)
def day(placement_id: int) -> ResponseReturnValue:
    """Change the hours of one day of the calendar."""
    placement = load_placement_for_staff(placement_id, lock=_is_sent())
    on = _asked_day(placement)
    form = OneDayForm(data=_of_day([period for period in placement.periods if period.on == on], placement.version))
    if not form.validate_on_submit():
        return render_template("placements/day.html", form=form, placement=placement, on=on), _status()
    new = [Period(on, one.begins, one.ends, one.break_minutes) for one in form.patterns()]
    return _set(placement, replace_day(placement.periods, on, new), form.version.data)


def _asked_day(placement: Placement) -> date:
    try:
        on = date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        abort(404)
    if not placement.starts_on <= on <= placement.ends_on:
        abort(404)
    return on


def _usual(placement: Placement) -> dict[str, object]:
    values: dict[str, object] = {"version": placement.version}
    for weekday, pattern in usual_week(placement.periods).items():
        values |= {
            f"begins_{weekday}": pattern.begins,
            f"ends_{weekday}": pattern.ends,
            f"break_{weekday}": pattern.break_minutes,
        }
    return values


def _of_day(periods: Sequence[Period], version: int) -> dict[str, object]:
    values: dict[str, object] = {"version": version}
    for number, period in enumerate(periods[:2]):
        values |= {
            f"begins_{number}": period.begins,
            f"ends_{number}": period.ends,
            f"break_{number}": period.break_minutes,
        }
    return values


def _set(placement: Placement, periods: list[Period], version: str | None) -> ResponseReturnValue:
    changed = set_hours(db_session, placement, version=version_number(version), periods=periods, actor=current_actor())
    return _saved(placement, changed)


def _saved(placement: Placement, changed: Sequence[str]) -> ResponseReturnValue:
    if changed:
        names = ", ".join(name_of_field(name) for name in changed)
        say(_("Saved. Changed in the agreement: %(names)s. It must be signed again.", names=names), FlashKind.WARNING)
    else:
        say(_("The changes are saved."))
    return redirect(url_for("placements.show", placement_id=placement.id), code=303)


def _is_sent() -> bool:
    return request.method == "POST"


def _status() -> int:
    return 422 if request.method == "POST" else 200
