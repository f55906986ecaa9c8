"""Adding an employer and changing one, on the same blueprint."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from stdnum.fi import ytunnus

from placement.accounts.permissions import Permission
from placement.accounts.queries import staff_of_centre
from placement.employers.dedupe import same_employer_candidates
from placement.employers.models import Employer
from placement.employers.services import DuplicateBusinessId, add_employer, edit_employer
from placement.errors import ChangedMeanwhile
from placement.i18n import gettext as _
from placement.web.access import current_actor, current_staff, requires
from placement.web.employers.forms import AddEmployerForm, EditEmployerForm
from placement.web.employers.register_routes import columns_from_register, known_values, register_address
from placement.web.employers.routes import LONGEST_SEARCH, asked_employer, bp
from placement.web.flashes import say
from placement.web.odd_input import version_number
from placement.web.session import db_session


def _status() -> int:
    return 422 if request.method == "POST" else 200


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def add() -> ResponseReturnValue:
    """Add an employer; one that may be known already is asked about first."""
    business_id = request.args.get("business_id", "")
    told = known_values(business_id) if request.method == "GET" and ytunnus.is_valid(business_id) else {}
    form = AddEmployerForm(**told)
    form.offer_owners(staff_of_centre(db_session, current_staff.centre_id))
    if request.method == "GET":
        form.owner_id.data = current_staff.id
        form.municipality_code.data = told.get("municipality_code") or current_staff.centre.municipality_code
        form.name.data = told.get("name") or request.args.get("name", "")[:LONGEST_SEARCH]
        form.business_id.data = business_id if ytunnus.is_valid(business_id) else ""
    if not form.validate_on_submit():
        return _add_page(form, is_from_register=bool(told)), _status()
    values = form.plain_values()
    candidates = same_employer_candidates(
        db_session,
        centre_id=current_staff.centre_id,
        **{name: values[name] for name in ("name", "business_id", "municipality_code", "phone", "website")},
    )
    if candidates and not form.is_another.data:
        return _add_page(form, candidates=candidates), 422
    try:
        employer = add_employer(
            db_session,
            centre_id=current_staff.centre_id,
            actor=current_actor(),
            **values,
            **columns_from_register(values["business_id"]),
        )
    except DuplicateBusinessId as error:
        form.business_id.errors = [error.message]
        return _add_page(form, candidates=candidates), 422
    say(_("%(name)s is added. Add a contact person next.", name=employer.name))
    return redirect(url_for("employers.show", employer_id=employer.id), code=303)


def _add_page(form: AddEmployerForm, *, candidates: object = (), is_from_register: bool = False) -> str:
    return render_template(
        "employers/add.html",
        form=form,
        candidates=candidates,
        is_from_register=is_from_register,
        has_register=bool(register_address()),
    )


@bp.route("/<int:employer_id>/edit", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def edit(employer_id: int) -> ResponseReturnValue:
    """Change what is known of an employer."""
    employer = asked_employer(employer_id)
    asked_register = request.method == "GET" and request.args.get("register") == "1"
    told = known_values(employer.business_id) if asked_register else {}
    form = EditEmployerForm(obj=employer)
    form.offer_owners(staff_of_centre(db_session, current_staff.centre_id))
    for name, value in told.items():
        if name in form:
            form[name].data = value
    if not form.validate_on_submit():
        return _edit_page(form, employer, is_from_register=bool(told)), _status()
    values = form.plain_values()
    try:
        edit_employer(
            db_session,
            employer=employer,
            version=version_number(form.version.data),
            actor=current_actor(),
            **values,
            **columns_from_register(values["business_id"]),
        )
    except DuplicateBusinessId as error:
        form.business_id.errors = [error.message]
        return _edit_page(form, employer), 422
    except ChangedMeanwhile:
        # What was typed stays; saving it again is a choice made after reading what a colleague has saved.
        form.form_errors.append(
            _("Somebody else has changed this employer. Look at what it says now, then save again.")
        )
        form.keep_version(employer.version)
        return _edit_page(form, employer, is_conflict=True), 409
    say(_("The changes are saved."))
    return redirect(url_for("employers.show", employer_id=employer.id), code=303)


def _edit_page(
    form: EditEmployerForm, employer: Employer, *, is_from_register: bool = False, is_conflict: bool = False
) -> str:
    return render_template(
        "employers/edit.html",
        form=form,
        employer=employer,
        is_from_register=is_from_register,
        now=form.differences(employer) if is_conflict else [],
    )
