"""Recruitment days, as the coordinator plans them: list, day, step, cancel, messages."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from placement.accounts.permissions import Permission
from placement.audit.services import record
from placement.clock import today_in_helsinki
from placement.i18n import gettext, ngettext
from placement.recruitment_days.copying import clone_day
from placement.recruitment_days.models import RecruitmentDay
from placement.recruitment_days.outbox import employers_to_call, message_groups, rule_lines, youths_to_call
from placement.recruitment_days.queries import (
    DayInBrief,
    count_earlier_days,
    earlier_days,
    find_day,
    find_day_in_brief,
    upcoming_days,
)
from placement.recruitment_days.services import audience_of_cancelling, cancel_day, edit_day, make_day, take_step
from placement.recruitment_days.states import COMING_STATES, DayAction, possible_actions
from placement.web.access import current_actor, current_staff, may, requires
from placement.web.flashes import say
from placement.web.pagination import ROWS_ON_A_PAGE, Page, asked_page
from placement.web.recruitment_days import page as parts
from placement.web.recruitment_days.forms import CancelForm, CloneForm, DayForm
from placement.web.session import after_view, db_session

bp = Blueprint("recruitment_days", __name__, url_prefix="/recruitment-days")


def load_day(day_id: int) -> RecruitmentDay:
    """Return a day of the worker's own centre, or end with 404."""
    day = find_day(db_session, day_id, centre_id=current_staff.centre_id)
    if day is None:
        abort(404)
    return day


def load_brief(day_id: int) -> DayInBrief:
    """Return a day of the worker's own centre with its numbers, or end with 404."""
    brief = find_day_in_brief(db_session, day_id, centre_id=current_staff.centre_id)
    if brief is None:
        abort(404)
    return brief


def frame(brief: DayInBrief, current: str) -> dict[str, Any]:
    """Return what every page of a day shows around its content."""
    return {
        "brief": brief,
        "day": brief.day,
        "tabs": parts.day_tabs(brief.day, current),
        "steps": parts.steps(brief.day) if may(Permission.DAY_EDIT) else [],
        "may_edit": may(Permission.DAY_EDIT) and brief.day.state in COMING_STATES,
        "may_cancel": may(Permission.DAY_EDIT) and DayAction.CANCEL in possible_actions(brief.day.state),
        "state_variants": parts.STATE_VARIANTS,
        "answer_variants": parts.ANSWER_VARIANTS,
        "message_variants": parts.MESSAGE_VARIANTS,
    }


def served_by() -> int | None:
    """Return whose young people the worker sees by name: the coordinator the centre's, others their own."""
    return None if may(Permission.DAY_EDIT) else current_staff.id


def log_names(day: RecruitmentDay, youth_ids: list[int]) -> None:
    """Have it logged that the worker saw the names of these young people on a page of the day."""
    if not youth_ids:
        return
    actor = current_actor()
    about = RecruitmentDay(id=day.id)  # a row of its own: the request's rows have ended when the log is written

    def write(session: Session) -> None:
        record(session, actor=actor, action="day.names_viewed", about=about, changes={"youth_ids": youth_ids})

    after_view(write)


@bp.get("")
@requires(Permission.DAY_VIEW)
def index() -> ResponseReturnValue:
    """List the coming days and, below, the earlier ones."""
    today, centre_id, number = today_in_helsinki(), current_staff.centre_id, asked_page()
    total = count_earlier_days(db_session, centre_id, on=today)
    rows = earlier_days(db_session, centre_id, on=today, limit=ROWS_ON_A_PAGE, offset=(number - 1) * ROWS_ON_A_PAGE)
    return render_template(
        "recruitment_days/index.html",
        upcoming=upcoming_days(db_session, centre_id, on=today),
        earlier=Page(rows, number, total),
        may_make=may(Permission.DAY_EDIT),
        state_variants=parts.STATE_VARIANTS,
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.DAY_EDIT)
def new() -> ResponseReturnValue:
    """Make a day."""
    form = DayForm(capacity=40) if request.method == "GET" else DayForm()
    if form.validate_on_submit():
        day = make_day(db_session, centre_id=current_staff.centre_id, actor=current_actor(), **form.day_values())
        say(gettext("The day is made. Next, find partners or open it for sign-up."))
        return redirect(url_for("recruitment_days.show", day_id=day.id), code=303)
    return render_template("recruitment_days/new.html", form=form), 422 if request.method == "POST" else 200


@bp.route("/<int:day_id>/copy", methods=["GET", "POST"])
@requires(Permission.DAY_EDIT)
def clone(day_id: int) -> ResponseReturnValue:
    """Make a new day like this one, with its reminders as drafts."""
    day = load_day(day_id)
    form = CloneForm()
    if form.validate_on_submit() and form.held_on.data:
        copy = clone_day(db_session, day, held_on=form.held_on.data, actor=current_actor())
        db_session.flush()  # its page is opened by its id
        say(gettext("The new day is made. Its reminders are drafts until you take them into use."))
        return redirect(url_for("recruitment_days.show", day_id=copy.id), code=303)
    status = 422 if request.method == "POST" else 200
    return render_template("recruitment_days/clone.html", form=form, day=day), status


@bp.get("/<int:day_id>")
@requires(Permission.DAY_VIEW)
def show(day_id: int) -> ResponseReturnValue:
    """Show the plan of a day."""
    brief = load_brief(day_id)
    return render_template(
        "recruitment_days/show.html", rules=rule_lines(db_session, brief.day), **frame(brief, "show")
    )


@bp.route("/<int:day_id>/edit", methods=["GET", "POST"])
@requires(Permission.DAY_EDIT)
def edit(day_id: int) -> ResponseReturnValue:
    """Change a day; a new time or place is told to everybody invited."""
    day = load_day(day_id)
    form = DayForm(day=day)
    if form.validate_on_submit():
        has_moved = edit_day(db_session, day, actor=current_actor(), **form.day_values())
        if has_moved:
            say(gettext("Saved. Everybody who is invited is told of the new time or place."))
        else:
            say(gettext("Saved."))
        return redirect(url_for("recruitment_days.show", day_id=day.id), code=303)
    status = 422 if request.method == "POST" else 200
    return render_template("recruitment_days/edit.html", form=form, day=day), status


@bp.post("/<int:day_id>/step")
@requires(Permission.DAY_EDIT)
def step(day_id: int) -> ResponseReturnValue:
    """Move a day along its life."""
    day = load_day(day_id)
    try:
        action = DayAction(request.form.get("action", ""))
    except ValueError:
        abort(400)
    take_step(db_session, day, action=action, actor=current_actor())
    say(parts.STEP_TAKEN[action])
    return redirect(url_for("recruitment_days.show", day_id=day.id), code=303)


@bp.route("/<int:day_id>/cancel", methods=["GET", "POST"])
@requires(Permission.DAY_EDIT)
def cancel(day_id: int) -> ResponseReturnValue:
    """Cancel a day after saying why; everybody invited is told."""
    brief = load_brief(day_id)
    form = CancelForm()
    if form.validate_on_submit():
        told = cancel_day(db_session, brief.day, reason=form.reason.data, actor=current_actor())
        say(
            ngettext(
                "The day is cancelled. %(num)s person gets a message.",
                "The day is cancelled. %(num)s people get a message.",
                told,
            )
        )
        return redirect(url_for("recruitment_days.show", day_id=day_id), code=303)
    audience = audience_of_cancelling(db_session, brief.day)
    status = 422 if request.method == "POST" else 200
    return render_template(
        "recruitment_days/cancel.html", form=form, brief=brief, day=brief.day, audience=audience
    ), status


@bp.get("/<int:day_id>/messages")
@requires(Permission.DAY_EDIT, Permission.MESSAGE_VIEW)
def messages(day_id: int) -> ResponseReturnValue:
    """Show what goes out by itself, what has gone, and whom to call."""
    brief = load_brief(day_id)
    groups = message_groups(db_session, day_id)
    youths = youths_to_call(db_session, day_id, served_by=served_by())
    log_names(brief.day, [invitation.youth_id for invitation in youths])
    return render_template(
        "recruitment_days/messages.html",
        ahead=[group for group in groups if group.is_ahead],
        gone=[group for group in reversed(groups) if not group.is_ahead],
        youths=youths,
        employers=employers_to_call(db_session, day_id),
        **frame(brief, "messages"),
    )
