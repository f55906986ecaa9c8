"""Employers, as staff see and keep them."""

from dataclasses import asdict, dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission
from placement.accounts.queries import staff_of_centre
from placement.employers.dedupe import employers_named_like, same_employer_candidates
from placement.employers.hidden_jobs.queries import last_talks, leads_of_employer, talks_of_employer
from placement.employers.models import Employer
from placement.employers.queries import (
    find_employer,
    links_of_employer,
    list_employers,
    municipalities_of_employers,
)
from placement.employers.services import DuplicateBusinessId, add_employer, edit_employer
from placement.i18n import gettext as _
from placement.i18n import sort_key
from placement.offers.queries import live_counts, offers_of_employer
from placement.web.access import current_actor, current_staff, requires, signed_in_staff
from placement.web.employers.contact_log import open_steps, warning_from
from placement.web.employers.forms import AddEmployerForm, EditEmployerForm
from placement.web.employers.page import EmployerRow, link_rows
from placement.web.flashes import say
from placement.web.forms import local_municipality
from placement.web.odd_input import row_number, version_number
from placement.web.pagination import ROWS_ON_A_PAGE, Page, asked_page
from placement.web.session import db_session

bp = Blueprint("employers", __name__, url_prefix="/employers")

LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class _Filter:
    words: str
    municipality_code: str
    owner_id: int | None


def asked_employer(employer_id: int) -> Employer:
    """Return the employer of the worker's centre, or answer 404."""
    return find_employer(db_session, employer_id, current_staff.centre_id) or abort(404)


@bp.get("/")
@requires(Permission.EMPLOYER_VIEW)
def index() -> ResponseReturnValue:
    """Look for an employer."""
    centre_id, number = current_staff.centre_id, asked_page()
    wanted = _Filter(
        words=request.args.get("words", "").strip()[:LONGEST_SEARCH],
        municipality_code=request.args.get("municipality_code", "")[:3],
        owner_id=request.args.get("owner_id", type=row_number),
    )
    employers, total = list_employers(db_session, centre_id, **asdict(wanted), page=number, size=ROWS_ON_A_PAGE)
    counts = live_counts(db_session, [employer.id for employer in employers])
    talked = last_talks(db_session, [employer.id for employer in employers])
    rows = [EmployerRow(employer, counts.get(employer.id, 0), talked.get(employer.id)) for employer in employers]
    similar = employers_named_like(db_session, centre_id=centre_id, name=wanted.words) if not total else []
    municipalities = municipalities_of_employers(db_session, centre_id)
    return render_template(
        "employers/index.html",
        page=Page(rows, number, total),
        wanted=wanted,
        similar=similar,
        municipalities=sorted(municipalities, key=lambda code: sort_key(local_municipality(code))),
        owners=staff_of_centre(db_session, centre_id),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def add() -> ResponseReturnValue:
    """Add an employer; one that may be known already is asked about first."""
    form = AddEmployerForm()
    form.offer_owners(staff_of_centre(db_session, current_staff.centre_id))
    if request.method == "GET":
        form.owner_id.data = current_staff.id
        form.municipality_code.data = current_staff.centre.municipality_code
        form.name.data = request.args.get("name", "")[:LONGEST_SEARCH]
    if not form.validate_on_submit():
        return render_template("employers/add.html", form=form, candidates=[]), _status()
    values = form.plain_values()
    candidates = same_employer_candidates(
        db_session,
        centre_id=current_staff.centre_id,
        name=values["name"],
        business_id=values["business_id"],
        municipality_code=values["municipality_code"],
    )
    if candidates and not form.is_another.data:
        return render_template("employers/add.html", form=form, candidates=candidates), 422
    try:
        employer = add_employer(db_session, centre_id=current_staff.centre_id, actor=current_actor(), **values)
    except DuplicateBusinessId as error:
        form.business_id.errors = [error.message]
        return render_template("employers/add.html", form=form, candidates=candidates), 422
    say(_("%(name)s is added. Add a contact person next.", name=employer.name))
    return redirect(url_for("employers.show", employer_id=employer.id), code=303)


@bp.get("/<int:employer_id>")
@requires(Permission.EMPLOYER_VIEW)
def show(employer_id: int) -> ResponseReturnValue:
    """See an employer: people, places of business, offers and links."""
    employer = asked_employer(employer_id)
    talks = talks_of_employer(db_session, employer.id)
    return render_template(
        "employers/show.html",
        employer=employer,
        talks=talks,
        steps=open_steps(talks),
        warning=warning_from(employer, talks, signed_in_staff()),
        leads=leads_of_employer(db_session, employer.id),
        offers=offers_of_employer(db_session, employer.id),
        links=link_rows(employer, links_of_employer(db_session, employer.id)),
    )


@bp.route("/<int:employer_id>/edit", methods=["GET", "POST"])
@requires(Permission.EMPLOYER_EDIT)
def edit(employer_id: int) -> ResponseReturnValue:
    """Change what is known of an employer."""
    employer = asked_employer(employer_id)
    form = EditEmployerForm(obj=employer)
    form.offer_owners(staff_of_centre(db_session, current_staff.centre_id))
    if not form.validate_on_submit():
        return render_template("employers/edit.html", form=form, employer=employer), _status()
    try:
        edit_employer(
            db_session,
            employer=employer,
            version=version_number(form.version.data),
            actor=current_actor(),
            **form.plain_values(),
        )
    except DuplicateBusinessId as error:
        form.business_id.errors = [error.message]
        return render_template("employers/edit.html", form=form, employer=employer), 422
    say(_("The changes are saved."))
    return redirect(url_for("employers.show", employer_id=employer.id), code=303)


def _status() -> int:
    return 422 if request.method == "POST" else 200
