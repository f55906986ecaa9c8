"""Sent messages, jobs, staff, the audit log and the rules."""

from enum import Enum
from typing import TypeVar

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from placement.accounts.models import Staff
from placement.accounts.permissions import Permission
from placement.accounts.queries import find_staff_by_email
from placement.audit.services import record
from placement.i18n import gettext
from placement.i18n import lazy_gettext as _l
from placement.notifications.models import Channel, Message, MessageState
from placement.web.access import current_actor, current_staff, requires, signed_in_staff
from placement.web.admin import page as pages
from placement.web.admin.forms import NewStaffForm, StaffForm
from placement.web.admin.sent_messages import Filters, find_message, message_page, tries_of
from placement.web.admin.services import (
    change_staff,
    deactivate_staff,
    invite_staff,
    let_in_again,
    roles_one_may_give,
)
from placement.web.flashes import say
from placement.web.forms import Form
from placement.web.pagination import asked_page
from placement.web.session import after_view, db_session

bp = Blueprint("admin", __name__, url_prefix="/service")

Choice = TypeVar("Choice", bound=Enum)
_ANY = (
    Permission.MESSAGE_VIEW,
    Permission.JOB_VIEW,
    Permission.STAFF_MANAGE,
    Permission.AUDIT_VIEW,
    Permission.RULE_VIEW,
)


@bp.get("")
@requires(*_ANY)
def index() -> ResponseReturnValue:
    """Show what there is to look after."""
    return render_template("admin/index.html")


def _chosen(kind: type[Choice], name: str) -> Choice | None:
    asked = request.args.get(name, "")
    return next((member for member in kind if member.value == asked), None)


@bp.get("/messages")
@requires(Permission.MESSAGE_VIEW)
def messages() -> ResponseReturnValue:
    """List the messages that were or will be sent."""
    words = " ".join(request.args.get("words", "").split())[:80]
    filters = Filters(_chosen(MessageState, "state"), _chosen(Channel, "channel"), words)
    return render_template(
        "admin/messages.html",
        page=message_page(db_session, signed_in_staff(), filters=filters, page=asked_page()),
        filters=filters,
        states=list(MessageState),
        channels=[channel for channel in Channel if channel is not Channel.NONE],
    )


@bp.get("/messages/<int:message_id>")
@requires(Permission.MESSAGE_VIEW)
def message(message_id: int) -> ResponseReturnValue:
    """Show one message and what became of it."""
    found = find_message(db_session, signed_in_staff(), message_id)
    if found is None:
        abort(404)
    if found.youth_id is not None:
        actor, about, youth_id = current_actor(), Message(id=found.id), found.youth_id

        def _note(session: Session) -> None:
            record(session, actor=actor, action="message.viewed", about=about, youth_id=youth_id)

        after_view(_note)
    return render_template("admin/message.html", message=found, tries=tries_of(db_session, found.id))


@bp.get("/staff")
@requires(Permission.STAFF_MANAGE)
def staff() -> ResponseReturnValue:
    """List the workers of the centre."""
    return render_template(
        "admin/staff.html", page=pages.staff_page(db_session, current_staff.centre_id, page=asked_page())
    )


@bp.route("/staff/new", methods=["GET", "POST"])
@requires(Permission.STAFF_MANAGE)
def new_staff() -> ResponseReturnValue:
    """Add a worker, who gets a link to choose a password."""
    form = NewStaffForm().offer(roles_one_may_give(signed_in_staff()))
    if form.validate_on_submit():
        if find_staff_by_email(db_session, form.email.data) is None:
            added = invite_staff(
                db_session,
                centre=current_staff.centre,
                first_name=form.first_name.data,
                last_name=form.last_name.data,
                email=form.email.data,
                language=form.language.data,
                roles=form.chosen_roles(),
                actor=current_actor(),
            )
            say(_l("%(name)s is added. A link to choose a password is on its way.", name=added.display_name))
            return redirect(url_for("admin.staff"), code=303)
        form.email.errors = [gettext("Somebody already signs in with this address. Use another one.")]
    return render_template("admin/new_staff.html", form=form), 422 if form.is_submitted() else 200


def _load_staff(staff_id: int) -> Staff:
    found = db_session.get(Staff, staff_id)
    if found is None or found.centre_id != current_staff.centre_id:
        abort(404)
    return found


@bp.route("/staff/<int:staff_id>", methods=["GET", "POST"])
@requires(Permission.STAFF_MANAGE)
def edit_staff(staff_id: int) -> ResponseReturnValue:
    """Change a worker's name, language and roles."""
    worker = _load_staff(staff_id)
    form = StaffForm(obj=worker, data={"roles": [role.value for role in worker.role_codes]})
    form.offer(roles_one_may_give(signed_in_staff()))
    if form.validate_on_submit():
        change_staff(
            db_session,
            staff=worker,
            giver=signed_in_staff(),
            first_name=form.first_name.data,
            last_name=form.last_name.data,
            language=form.language.data,
            roles=form.chosen_roles(),
            actor=current_actor(),
        )
        say(_l("The details of %(name)s are saved.", name=worker.display_name))
        return redirect(url_for("admin.staff"), code=303)
    fixed = [role.label for role in worker.role_codes if role not in roles_one_may_give(signed_in_staff())]
    status = 422 if form.is_submitted() else 200
    return render_template("admin/edit_staff.html", form=form, worker=worker, fixed_roles=fixed), status


@bp.route("/staff/<int:staff_id>/close", methods=["GET", "POST"])
@requires(Permission.STAFF_MANAGE)
def close_staff(staff_id: int) -> ResponseReturnValue:
    """Close a worker's account."""
    worker = _load_staff(staff_id)
    form = Form()
    if form.validate_on_submit():
        deactivate_staff(db_session, staff=worker, actor=current_actor())
        say(_l("The account of %(name)s is closed.", name=worker.display_name))
        return redirect(url_for("admin.staff"), code=303)
    count = pages.young_people_of(db_session, worker)
    status = 422 if form.is_submitted() else 200
    return render_template("admin/close_staff.html", form=form, worker=worker, young_people=count), status


@bp.post("/staff/<int:staff_id>/let-in")
@requires(Permission.STAFF_MANAGE)
def let_staff_in(staff_id: int) -> ResponseReturnValue:
    """Give a worker a new start: a link to choose a password, and the code by e-mail."""
    worker = _load_staff(staff_id)
    let_in_again(db_session, staff=worker, actor=current_actor())
    say(_l("A link to choose a new password is on its way to %(name)s.", name=worker.display_name))
    return redirect(url_for("admin.staff"), code=303)


@bp.get("/audit")
@requires(Permission.AUDIT_VIEW)
def audit() -> ResponseReturnValue:
    """Show who opened or changed what in the centre."""
    return render_template(
        "admin/audit.html", page=pages.audit_page(db_session, current_staff.centre_id, page=asked_page())
    )
