"""A worker's young people together, and handing some of them over to another worker."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from placement.accounts.models import Centre, Staff
from placement.accounts.permissions import Permission, can
from placement.accounts.queries import staff_of_centre
from placement.audit.services import record
from placement.caseload.models import HandOver, HandOverReason
from placement.caseload.queries import CaseRow, caseload_of, find_hand_over
from placement.caseload.services import cancel_hand_over, plan_hand_overs, tell_of_hand_over
from placement.clock import today_in_helsinki
from placement.errors import DomainError
from placement.i18n import gettext as _
from placement.web.access import current_actor, current_staff, requires, signed_in_staff
from placement.web.caseload.forms import HandOverForm, ToldForm
from placement.web.caseload.page import chosen_rows, counts, known_filter, list_tabs, pills
from placement.web.flashes import FlashKind, say
from placement.web.jobseekers.loading import load_youth_for_staff
from placement.web.pagination import ROWS_ON_A_PAGE, Page, asked_page
from placement.web.session import after_view, db_session

bp = Blueprint("caseload", __name__, url_prefix="/young-people")

REMEMBERED = "caseload_filter"


@bp.get("/caseload")
@requires(Permission.YOUTH_VIEW)
def index() -> ResponseReturnValue:
    """See where each of one's young people is, the next date and the silence; the filter is remembered."""
    chosen = known_filter(request.args.get("show") or cookie.get(REMEMBERED, ""))
    cookie[REMEMBERED] = chosen
    rows = caseload_of(db_session, signed_in_staff(), on=today_in_helsinki())
    shown = chosen_rows(rows, chosen)
    number = asked_page()
    first = (number - 1) * ROWS_ON_A_PAGE
    on_page = shown[first : first + ROWS_ON_A_PAGE]
    _log_names(on_page)
    return render_template(
        "caseload/index.html",
        page=Page(on_page, number, len(shown)),
        pills=pills(counts(rows), chosen),
        tabs=list_tabs(),
        today=today_in_helsinki(),
        everybody=len(rows),
    )


@bp.route("/hand-over", methods=["GET", "POST"])
@requires(Permission.YOUTH_EDIT)
def hand_over() -> ResponseReturnValue:
    """Plan a new own adult for some of one's young people at once."""
    rows = [row for row in caseload_of(db_session, signed_in_staff(), on=today_in_helsinki()) if _can_be_handed(row)]
    form = HandOverForm.among(rows, _others())
    status = 422 if request.method == "POST" else 200
    if form.validate_on_submit():
        chosen = {row.youth.id: row.youth for row in rows}
        try:
            plan_hand_overs(
                db_session,
                [chosen[number] for number in form.youth_ids.data],
                to=next(one for one in _others() if one.id == form.to_id.data),
                reason=HandOverReason(form.reason.data),
                **form.days(),
                stays_deputy=form.stays_deputy.data,
                actor=current_actor(),
            )
        except DomainError as error:
            form.form_errors.append(error.message)
            status = error.status
        else:
            say(_("Planned. Now tell each of them yourself: nothing changes before that."))
            return redirect(url_for("caseload.index"), code=303)
    return render_template("caseload/hand_over.html", form=form, has_people=bool(rows)), status


@bp.route("/<int:youth_id>/hand-over", methods=["GET", "POST"])
@requires(Permission.YOUTH_EDIT)
def told(youth_id: int) -> ResponseReturnValue:
    """Note that the young person has been told that their own adult changes, and what they said."""
    youth = load_youth_for_staff(youth_id)
    row = find_hand_over(db_session, youth.id, lock=request.method == "POST")
    if row is None:
        return redirect(url_for("jobseekers.show", youth_id=youth.id), code=303)
    form = ToldForm(obj=row)
    if not form.validate_on_submit():
        page = render_template("caseload/told.html", youth=youth, row=row, form=form)
        return page, 422 if form.is_submitted() else 200
    _keep(row, form)
    return redirect(url_for("caseload.index"), code=303)


def _keep(row: HandOver, form: ToldForm) -> None:
    if request.form.get("answer") == "cancel":
        cancel_hand_over(db_session, row, actor=current_actor())
        say(_("The hand-over was cancelled. The own adult stays."), FlashKind.INFO)
    elif request.form.get("answer") == "told":
        tell_of_hand_over(db_session, row, youth_view=form.youth_view.data, actor=current_actor())
        say(_("Noted. The own adult changes by itself on the agreed day."))
    else:
        abort(400)


def _can_be_handed(row: CaseRow) -> bool:
    return row.youth.one_adult_id == current_staff.id and row.hand_over is None


def _others() -> list[Staff]:
    everyone_here = staff_of_centre(db_session, current_staff.centre_id)
    return [one for one in everyone_here if one.id != current_staff.id and can(one, Permission.YOUTH_VIEW)]


def _log_names(rows: list[CaseRow]) -> None:
    actor, centre = current_actor(), Centre(id=current_staff.centre_id)
    youth_ids = [row.youth.id for row in rows]

    def write(session: Session) -> None:
        record(session, actor=actor, action="youth.names_viewed", about=centre, changes={"youth_ids": youth_ids})

    if youth_ids:
        after_view(write)
