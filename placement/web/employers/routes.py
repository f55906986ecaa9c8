"""Employers, as staff see and keep them."""

from dataclasses import dataclass, replace
from datetime import timedelta

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission
from placement.accounts.queries import staff_of_centre
from placement.clock import today_in_helsinki
from placement.employers.dedupe import employers_named_like
from placement.employers.hidden_jobs.queries import last_talks, leads_of_employer, talks_of_employer
from placement.employers.merging.queries import merges_of_employer
from placement.employers.models import Employer
from placement.employers.queries import (
    EmployerFilter,
    find_employer,
    links_of_employer,
    list_employers,
    merged_into,
    municipalities_of_employers,
)
from placement.employers.search import corrected
from placement.errors import ChangedMeanwhile
from placement.i18n import gettext as _
from placement.i18n import local_name, sort_key
from placement.offers.queries import employers_with_task_family, live_counts, offers_of_employer, used_in_offers
from placement.placements.reliability import reliability_of_employers
from placement.vocabulary import families_by_id
from placement.web.access import current_staff, requires, signed_in_staff
from placement.web.employers.contact_log import open_steps, warning_from
from placement.web.employers.page import EmployerRow, link_rows
from placement.web.forms import local_municipality
from placement.web.odd_input import row_number
from placement.web.pagination import ROWS_ON_A_PAGE, Page, asked_page
from placement.web.session import db_session

bp = Blueprint("employers", __name__, url_prefix="/employers")

LONGEST_SEARCH = 100
DISTANCES = (10, 25, 50, 100)
SILENCES = (30, 90, 180)


@dataclass(frozen=True, slots=True)
class AskedFilter:
    """What was asked for in the address, to be shown again, and the filter that it makes."""

    wanted: EmployerFilter
    task_family: str
    silent_days: int | None


def asked_filter(centre_id: int) -> AskedFilter:
    """Return what the address asks for; what cannot be read does not narrow. A distance is from one municipality."""
    place = request.args.get("municipality_code", "")[:3]
    within = request.args.get("within_km", type=row_number)
    silent_days = request.args.get("silent_days", type=row_number)
    silent_days = silent_days if silent_days in SILENCES else None
    family = request.args.get("task_family", "")[:4]
    wanted = EmployerFilter(
        words=request.args.get("words", "").strip()[:LONGEST_SEARCH],
        municipality_code="" if within in DISTANCES else place,
        near=place if within in DISTANCES else "",
        within_km=within if within in DISTANCES and place else None,
        owner_id=request.args.get("owner_id", type=row_number),
        silent_since=today_in_helsinki() - timedelta(days=silent_days) if silent_days else None,
        ids=employers_with_task_family(db_session, centre_id, family) if family else None,
    )
    return AskedFilter(wanted, family, silent_days)


def asked_employer(employer_id: int) -> Employer:
    """Return the employer of the worker's centre, or answer 404; one that was merged is told about."""
    found = find_employer(db_session, employer_id, current_staff.centre_id)
    if found is None and merged_into(db_session, employer_id, current_staff.centre_id) is not None:
        raise ChangedMeanwhile(_("This employer has been merged with another. Open it again from the list."))
    return found or abort(404)


@bp.get("/")
@requires(Permission.EMPLOYER_VIEW)
def index() -> ResponseReturnValue:
    """Look for an employer."""
    centre_id, number = current_staff.centre_id, asked_page()
    asked = asked_filter(centre_id)
    employers, total = list_employers(db_session, centre_id, asked.wanted, page=number, size=ROWS_ON_A_PAGE)
    corrected_words = ""
    if not total and asked.wanted.words:
        corrected_words = corrected(db_session, centre_id, asked.wanted.words)
    if corrected_words:
        mended = replace(asked.wanted, words=corrected_words)
        employers, total = list_employers(db_session, centre_id, mended, page=number, size=ROWS_ON_A_PAGE)
    counts = live_counts(db_session, [employer.id for employer in employers])
    talked = last_talks(db_session, [employer.id for employer in employers])
    rows = [EmployerRow(employer, counts.get(employer.id, 0), talked.get(employer.id)) for employer in employers]
    similar = employers_named_like(db_session, centre_id=centre_id, name=asked.wanted.words) if not total else []
    municipalities = municipalities_of_employers(db_session, centre_id)
    families, known = used_in_offers(db_session, centre_id).task_families, families_by_id()
    return render_template(
        "employers/index.html",
        page=Page(rows, number, total),
        wanted=asked,
        corrected=corrected_words if total else "",
        similar=similar,
        municipalities=sorted(municipalities, key=lambda code: sort_key(local_municipality(code))),
        owners=staff_of_centre(db_session, centre_id),
        families=sorted(
            ((code, local_name(known[code])) for code in families if code in known),
            key=lambda pair: sort_key(pair[1]),
        ),
        distances=DISTANCES,
        silences=SILENCES,
    )


@bp.get("/<int:employer_id>")
@requires(Permission.EMPLOYER_VIEW)
def show(employer_id: int) -> ResponseReturnValue:
    """See an employer: people, places of business, offers and links."""
    other_id = merged_into(db_session, employer_id, current_staff.centre_id)
    if other_id is not None:
        return redirect(url_for("employers.show", employer_id=other_id), code=303)
    employer = asked_employer(employer_id)
    talks = talks_of_employer(db_session, employer.id)
    return render_template(
        "employers/show.html",
        employer=employer,
        talks=talks,
        steps=open_steps(talks),
        warning=warning_from(employer, talks, signed_in_staff()),
        leads=leads_of_employer(db_session, employer.id),
        reliability=reliability_of_employers(db_session, [employer.id])[employer.id],
        merges=merges_of_employer(db_session, employer.id),
        has_register=bool(current_app.config["SAUMA_SETTINGS"].company_register_url),
        today=today_in_helsinki(),
        offers=offers_of_employer(db_session, employer.id),
        links=link_rows(employer, links_of_employer(db_session, employer.id)),
    )
