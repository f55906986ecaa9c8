"""Days at work, for staff: one tap a day, the list of a month, and its print."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission
from placement.clock import today_in_helsinki
from placement.i18n import gettext as _
from placement.placements.attendance.models import DayMark
from placement.placements.attendance.queries import get_day, marks_of, months_of
from placement.placements.attendance.services import follow_up_absence, mark_day
from placement.placements.states import STARTED
from placement.web.access import current_actor, requires
from placement.web.flashes import say
from placement.web.forms import read_date
from placement.web.placements.files import asked_month, month_file
from placement.web.placements.loading import load_placement_for_staff
from placement.web.placements.routes import bp
from placement.web.placements.support_page import MARK_STYLES, month_tabs
from placement.web.session import db_session


@bp.get("/<int:placement_id>/attendance")
@requires(Permission.PLACEMENT_VIEW)
def attendance(placement_id: int) -> ResponseReturnValue:
    """See and mark the days of a month."""
    placement = load_placement_for_staff(placement_id)
    shown = asked_month(placement)
    marked = marks_of(db_session, placement.id, first=shown.first, last=shown.days[-1].on) if shown.days else {}
    return render_template(
        "placements/attendance.html",
        placement=placement,
        list=shown,
        ids={day: row.id for day, row in marked.items()},
        tabs=month_tabs(placement, months_of(placement), shown.first),
        marks=list(DayMark),
        styles=MARK_STYLES,
        today=today_in_helsinki(),
        may_mark=placement.state in STARTED,
    )


@bp.get("/<int:placement_id>/attendance/print")
@requires(Permission.PLACEMENT_VIEW)
def attendance_print(placement_id: int) -> ResponseReturnValue:
    """Print the list of a month for the young person."""
    placement = load_placement_for_staff(placement_id)
    return render_template("placements/attendance_print.html", placement=placement, list=asked_month(placement))


@bp.get("/<int:placement_id>/attendance.pdf")
@requires(Permission.PLACEMENT_VIEW)
def attendance_pdf(placement_id: int) -> ResponseReturnValue:
    """Take the list of a month as PDF, in the language asked for."""
    placement = load_placement_for_staff(placement_id)
    return month_file(placement, otherwise="placements.attendance_print", placement_id=placement.id)


@bp.post("/<int:placement_id>/attendance")
@requires(Permission.PLACEMENT_EDIT)
def mark(placement_id: int) -> ResponseReturnValue:
    """Mark one day."""
    placement = load_placement_for_staff(placement_id, lock=True)
    on = read_date(request.form.get("on", ""))
    try:
        chosen = DayMark(request.form.get("mark", ""))
    except ValueError:
        abort(400)
    if on is None:
        abort(400)
    mark_day(db_session, placement, on=on, mark=chosen, actor=current_actor())
    return redirect(url_for("placements.attendance", placement_id=placement.id, month=f"{on:%Y-%m}"), code=303)


@bp.post("/<int:placement_id>/attendance/<int:mark_id>/followed-up")
@requires(Permission.PLACEMENT_EDIT)
def absence_followed_up(placement_id: int, mark_id: int) -> ResponseReturnValue:
    """Note that the young person was reached about a day away."""
    placement = load_placement_for_staff(placement_id, lock=True)
    row = get_day(db_session, placement.id, mark_id) or abort(404)
    follow_up_absence(db_session, row, placement=placement, actor=current_actor())
    say(_("Noted."))
    return redirect(url_for("placements.attendance", placement_id=placement.id, month=f"{row.on:%Y-%m}"), code=303)
