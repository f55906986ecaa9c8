"""Opening the file of a young person: who may, on what ground, and that it is logged."""

from flask import abort, g, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from placement.accounts.permissions import Permission, can
from placement.audit.queries import has_look_reason
from placement.audit.services import Actor, record
from placement.jobseekers.models import Youth
from placement.jobseekers.queries import get_youth_with_profile, is_named_worker
from placement.web.access import current_actor, current_staff, signed_in_staff
from placement.web.session import SAFE_METHODS, after_view, db_session


def load_youth_for_staff(youth_id: int, *, in_charge_id: int | None = None) -> Youth:
    """Return the young person with their profile, and have the view logged.

    Another centre's person is 404. The one adult and the deputy go on; another worker goes on only with
    a reason given during the last half day, is led to give one, or is refused if their role has no right to.
    ``in_charge_id`` is the worker in charge of the matter at hand, who needs no other reason.
    """
    youth = find_youth(youth_id)
    staff = signed_in_staff()
    if not is_named_worker(staff, youth) and staff.id != in_charge_id:
        if not can(staff, Permission.YOUTH_VIEW_WITH_REASON):
            abort(403)
        if not has_look_reason(db_session, staff_id=staff.id, youth_id=youth.id):
            abort(_led_to_give_a_reason(youth.id))
    elif not (can(staff, Permission.YOUTH_VIEW) or can(staff, Permission.YOUTH_VIEW_WITH_REASON)):
        abort(403)
    _log_view(youth.id)
    return youth


def find_youth(youth_id: int) -> Youth:
    """Return the young person of the worker's own centre, whoever may open their file; 404 otherwise."""
    youth = get_youth_with_profile(db_session, youth_id, current_staff.centre_id)
    if youth is None:
        abort(404)
    return youth


def _led_to_give_a_reason(youth_id: int) -> Response:
    if request.method in SAFE_METHODS:
        back = request.full_path.rstrip("?")
        return redirect(url_for("jobseekers.ask_reason", youth_id=youth_id, next=back), code=303)
    # 302, not 303: a form led away did nothing, so its key must stay unused for when it is sent again.
    return redirect(url_for("jobseekers.ask_reason", youth_id=youth_id), code=302)


def _log_view(youth_id: int) -> None:
    # Only looking is logged here, once however often it is loaded, and only if a page is shown in the end:
    # a form that went well leads on, and its change is logged by its own service.
    logged: set[int] = g.setdefault("logged_views", set())
    if youth_id in logged:
        return
    logged.add(youth_id)
    actor = current_actor()
    # A row of its own: the request's session has ended when the log is written, and its rows with it.
    about = Youth(id=youth_id)
    after_view(lambda session: _note(session, actor, about))


def _note(session: Session, actor: Actor, about: Youth) -> None:
    record(session, actor=actor, action="youth.viewed", about=about, youth_id=about.id)
