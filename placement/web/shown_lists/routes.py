"""How a list of places came about: its record, for the worker who saw it and for an auditor."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from placement.accounts.permissions import Permission
from placement.audit.services import record
from placement.suggestions.decisions.models import ListRecord
from placement.suggestions.decisions.queries import get_list, latest_list
from placement.suggestions.decisions.services import remake
from placement.web.access import current_actor, current_staff, requires
from placement.web.jobseekers.loading import load_youth_for_staff
from placement.web.pagination import asked_page
from placement.web.session import after_view, db_session
from placement.web.shown_lists.page import list_page, lists_page

bp = Blueprint("shown_lists", __name__)


@bp.get("/service/lists")
@requires(Permission.AUDIT_VIEW)
def index() -> ResponseReturnValue:
    """Show which lists of places were shown to whom."""
    return render_template(
        "shown_lists/index.html", page=lists_page(db_session, current_staff.centre_id, page=asked_page())
    )


@bp.get("/service/lists/<int:list_id>")
@requires(Permission.AUDIT_VIEW)
def show(list_id: int) -> ResponseReturnValue:
    """Show how one list came about, and make it again when asked to."""
    found = get_list(db_session, list_id, current_staff.centre_id) or abort(404)
    _log_view(found)
    return render_template(
        "shown_lists/show.html",
        page=list_page(db_session, found, remade=remake(db_session, found) if "again" in request.args else None),
        again=url_for("shown_lists.show", list_id=found.id, again=1),
        back=(url_for("shown_lists.index"), "lists"),
    )


@bp.get("/young-people/<int:youth_id>/suggestions/how-made")
@requires(Permission.SUGGESTION_VIEW)
def latest(youth_id: int) -> ResponseReturnValue:
    """Show a worker how the list of a young person that they saw last came about."""
    youth = load_youth_for_staff(youth_id)
    found = latest_list(db_session, youth_id=youth.id, viewer=current_actor()) or abort(404)
    return render_template(
        "shown_lists/show.html",
        page=list_page(
            db_session,
            found,
            remade=remake(db_session, found) if "again" in request.args else None,
            about=youth.short_name,
        ),
        again=url_for("shown_lists.latest", youth_id=youth.id, again=1),
        back=(url_for("suggest.show", youth_id=youth.id), "suggestions"),
    )


def _log_view(found: ListRecord) -> None:
    actor, about, youth_id = current_actor(), ListRecord(id=found.id), found.youth_id

    def _note(session: Session) -> None:
        record(session, actor=actor, action="list.viewed", about=about, youth_id=youth_id)

    after_view(_note)
