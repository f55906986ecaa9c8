"""Steering what goes by itself, on the same blueprint: jobs off and on, messages again."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from placement.accounts.permissions import Permission
from placement.audit.services import switch_job_off, switch_job_on
from placement.i18n import lazy_gettext as _l
from placement.notifications.bad_addresses import trust_address
from placement.notifications.models import Message
from placement.notifications.sending_again import send_again
from placement.web.access import current_actor, current_staff, requires, signed_in_staff
from placement.web.admin import page as pages
from placement.web.admin.job_forms import ReasonForm
from placement.web.admin.job_words import JOBS, JobWords
from placement.web.admin.routes import bp
from placement.web.admin.sent_messages import find_message
from placement.web.flashes import say
from placement.web.session import db_session


@bp.get("/jobs")
@requires(Permission.JOB_VIEW)
def jobs() -> ResponseReturnValue:
    """Show whether the jobs process is alive and what it did last."""
    return render_template("admin/jobs.html", jobs=pages.jobs_page(db_session, current_staff.centre_id))


def _asked_job() -> tuple[str, JobWords]:
    job = request.args.get("job", "")
    return job, JOBS.get(job) or abort(404)


@bp.route("/jobs/off", methods=["GET", "POST"])
@requires(Permission.JOB_SWITCH)
def switch_off() -> ResponseReturnValue:
    """Let the scheduled job that the address names rest."""
    job, words = _asked_job()
    form = ReasonForm()
    if form.validate_on_submit():
        switch_job_off(db_session, job=job, reason=form.reason.data, actor=current_actor())
        say(_l("%(job)s is switched off. It stays off until somebody switches it on.", job=words.name))
        return redirect(url_for("admin.jobs"), code=303)
    return render_template("admin/switch_off.html", form=form, job=job, words=words), (
        422 if form.is_submitted() else 200
    )


@bp.post("/jobs/on")
@requires(Permission.JOB_SWITCH)
def switch_on() -> ResponseReturnValue:
    """Let the scheduled job that the address names run again."""
    job, words = _asked_job()
    switch_job_on(db_session, job=job, actor=current_actor())
    say(_l("%(job)s is switched on.", job=words.name))
    return redirect(url_for("admin.jobs"), code=303)


@bp.route("/messages/<int:message_id>/again", methods=["GET", "POST"])
@requires(Permission.MESSAGE_SEND_AGAIN)
def send_message_again(message_id: int) -> ResponseReturnValue:
    """Send a message once more, with a reason."""
    shown = find_message(db_session, signed_in_staff(), message_id)
    if shown is None or not shown.may_be_sent_again:
        abort(404)
    form = ReasonForm()
    if form.validate_on_submit():
        message = db_session.scalars(select(Message).where(Message.id == shown.id).with_for_update()).one()
        again = send_again(
            db_session, message, address=shown.present_address, reason=form.reason.data, actor=current_actor()
        )
        db_session.flush()  # the page of the new message needs its id
        say(_l("The message goes out again in a moment."))
        return redirect(url_for("admin.message", message_id=again.id), code=303)
    return render_template("admin/send_again.html", form=form, message=shown), 422 if form.is_submitted() else 200


@bp.post("/messages/<int:message_id>/address-is-right")
@requires(Permission.MESSAGE_SEND_AGAIN)
def trust_message_address(message_id: int) -> ResponseReturnValue:
    """Say that an address that was refused is right, so that messages go to it again."""
    shown = find_message(db_session, signed_in_staff(), message_id)
    if shown is None or not shown.is_readable:
        abort(404)
    trust_address(db_session, db_session.get_one(Message, shown.id), actor=current_actor())
    say(_l("The address is taken as right. The next message is tried again."))
    return redirect(url_for("admin.message", message_id=shown.id), code=303)
