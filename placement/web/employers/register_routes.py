"""Filling in an employer from the company register, on the same blueprint. Without the register all is typed."""

from typing import Any

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import DataRequired

from placement.accounts.permissions import Permission
from placement.employers.register.client import RegisterSilent, ask_register
from placement.employers.register.models import CompanyRecord
from placement.employers.register.services import (
    FROM_THE_REGISTER,
    employer_values,
    remember_company,
    remembered_company,
)
from placement.i18n import gettext as _
from placement.i18n import lazy_gettext as _l
from placement.settings import Settings
from placement.web.access import requires
from placement.web.employers.forms import BusinessIdField
from placement.web.employers.routes import asked_employer, bp
from placement.web.flashes import FlashKind, say
from placement.web.forms import Form
from placement.web.session import db_session, end_transaction_before_waiting


class LookUpForm(Form):
    """A business id to be looked up."""

    business_id = BusinessIdField(_l("Business ID"), [DataRequired(_l("Write the business ID."))])


@bp.route("/look-up", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def look_up() -> ResponseReturnValue:
    """Ask the company register about a business id, then add the employer with what it knows."""
    form = LookUpForm()
    if not form.validate_on_submit():
        return render_template("employers/look_up.html", form=form, is_used=bool(register_address())), (
            422 if form.is_submitted() else 200
        )
    business_id = form.business_id.data
    record = _asked(business_id)
    if record is not None and not record.details:
        say(_("The company register does not know this business ID. Check it, or fill in by hand."), FlashKind.WARNING)
    return redirect(url_for("employers.add", business_id=business_id), code=303)


@bp.post("/<int:employer_id>/look-up")
@requires(Permission.EMPLOYER_EDIT)
def look_up_again(employer_id: int) -> ResponseReturnValue:
    """Ask the company register about an employer and show what it knows in the form, not yet saved."""
    employer = asked_employer(employer_id)
    record = _asked(employer.business_id) if employer.business_id else None
    if record is not None and not record.details:
        say(_("The company register does not know this business ID. Check it, or fill in by hand."), FlashKind.WARNING)
    return redirect(url_for("employers.edit", employer_id=employer_id, register=1), code=303)


def register_address() -> str:
    """Return the address of the company register; empty when this installation asks nobody."""
    settings: Settings = current_app.config["SAUMA_SETTINGS"]
    return settings.company_register_url


def known_values(business_id: str | None) -> dict[str, Any]:
    """Return what the register has told of a business id lately, as columns of an employer."""
    record = remembered_company(db_session, business_id) if business_id else None
    return employer_values(record) if record is not None else {}


def columns_from_register(business_id: str | None) -> dict[str, Any]:
    """Return the columns that nobody types, for an employer that is being saved."""
    return {name: value for name, value in known_values(business_id).items() if name in FROM_THE_REGISTER}


def _asked(business_id: str) -> CompanyRecord | None:
    """Return the answer about a business id: the remembered one, or a new one; None, and why, without an answer."""
    address = register_address()
    record = remembered_company(db_session, business_id)
    if record is not None or not address:
        return record
    end_transaction_before_waiting()
    try:
        details = ask_register(address, business_id)
    except RegisterSilent as error:
        say(str(error.message), FlashKind.WARNING)
        return None
    return remember_company(db_session, business_id, details)
