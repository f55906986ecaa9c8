"""Pages about a worker's own account that the sign-in library does not have."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import hash_password
from flask_security.recoverable import send_reset_password_instructions

from placement.accounts.queries import find_staff_by_email
from placement.i18n import lazy_gettext as _l
from placement.web.access import any_staff, current_actor, signed_in_staff
from placement.web.flashes import FlashKind, say
from placement.web.language import remember_language
from placement.web.session import db_session
from placement.web.sign_in.forms import AccountForm, ForgottenPasswordForm
from placement.web.sign_in.services import change_own_account

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.route("", methods=["GET", "POST"])
@any_staff
def show() -> ResponseReturnValue:
    """Show how one signs in, and let one choose the language and tell when one can be called."""
    form = AccountForm(obj=signed_in_staff())
    if form.validate_on_submit():
        change_own_account(db_session, staff=signed_in_staff(), **form.values(), actor=current_actor())
        remember_language(form.language.data)
        say(_l("Saved."))
        return redirect(url_for("account.show"), code=303)
    status = 422 if form.is_submitted() else 200
    return render_template("sign_in/account.html", form=form, staff=signed_in_staff()), status


def forgotten_password() -> ResponseReturnValue:
    """Send the link to choose a new password; the answer is the same whether the account exists or not."""
    form = ForgottenPasswordForm()
    if form.validate_on_submit():
        staff = find_staff_by_email(db_session, form.email.data)
        # Both ways cost one hash, so that the time tells nothing either.
        hash_password("the same work for everybody")
        if staff is not None and staff.is_active:
            send_reset_password_instructions(staff)  # type: ignore[no-untyped-call]
        say(
            _l("If the address belongs to an account, a link is on its way there. It works for one day."),
            FlashKind.INFO,
        )
        return redirect(url_for("security.login"), code=303)
    return render_template("sign_in/forgotten_password.html", form=form), 422 if form.is_submitted() else 200
