"""Taking the list of offers along as a file, and keeping searches, on the same blueprint."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from flask import abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField
from wtforms.validators import DataRequired

from placement.accounts.permissions import Permission
from placement.clock import today_in_helsinki
from placement.i18n import gettext as _
from placement.i18n import lazy_gettext as _l
from placement.offers.finding import find_offers, read_filter
from placement.offers.models import Offer
from placement.offers.saved_searches import find_search, find_search_by_key, keep_search, searches_of
from placement.spreadsheets import Cell, csv_file, xlsx_file
from placement.web.access import by_link, current_staff, requires
from placement.web.flashes import say
from placement.web.forms import Form, TextField, local_municipality
from placement.web.offers.page import family_name
from placement.web.offers.routes import asked_filter, bp
from placement.web.rate_limits import PUBLIC_FORM, limited
from placement.web.session import db_session

MOST_EXPORTED = 10_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SearchForm(Form):
    """The name of a search that is kept."""

    name = TextField(_l("Name of the search"), [DataRequired(_l("Give the search a name."))], longest=80)
    sends_digest = BooleanField(_l("Tell me by e-mail on Mondays what is new"), default=True)


@bp.get("/export.csv")
@requires(Permission.OFFER_VIEW)
def export_csv() -> ResponseReturnValue:
    """Download the list as it is narrowed, for any spreadsheet."""
    return _file(csv_file(_headings(), _rows()), "text/csv", "csv")


@bp.get("/export.xlsx")
@requires(Permission.OFFER_VIEW)
def export_xlsx() -> ResponseReturnValue:
    """Download the list as it is narrowed, as an Excel workbook."""
    return _file(xlsx_file(_("Offers"), _headings(), _rows()), XLSX, "xlsx")


def _file(content: bytes, kind: str, ending: str) -> ResponseReturnValue:
    name = f"{_('offers')}-{today_in_helsinki().isoformat()}.{ending}"
    return send_file(BytesIO(content), mimetype=kind, as_attachment=True, download_name=name)


def _headings() -> list[str]:
    return [
        _("Title"),
        _("Kind"),
        _("State"),
        _("Employer"),
        _("Municipality"),
        _("Work"),
        _("Hours a week"),
        _("Can start from"),
        _("Length in months"),
        _("Places"),
        _("Who may see it"),
        _("Said to be open"),
        _("Paused until"),
    ]


def _rows() -> Iterator[list[Cell]]:
    found = find_offers(db_session, current_staff.centre_id, asked_filter(), size=MOST_EXPORTED)
    return (_row(offer) for offer in found.rows)


def _row(offer: Offer) -> list[Cell]:
    return [
        offer.title,
        str(offer.kind.label),
        str(offer.state.label),
        offer.employer.name,
        local_municipality(offer.municipality_code),
        family_name(offer),
        offer.hours_per_week,
        offer.starts_from,
        offer.months,
        offer.places,
        str(offer.visibility.label),
        offer.confirmed_on,
        offer.paused_until,
    ]


@bp.get("/searches")
@requires(Permission.OFFER_VIEW)
def searches() -> ResponseReturnValue:
    """See the searches one keeps."""
    kept = [(one, url_for("offers.index", **_address(one.wanted))) for one in searches_of(db_session, current_staff.id)]
    return render_template("offers/searches.html", searches=kept)


@bp.route("/searches/keep", methods=["GET", "POST"])
@requires(Permission.OFFER_VIEW)
def keep() -> ResponseReturnValue:
    """Keep the search that the address tells."""
    wanted, form = asked_filter(), SearchForm()
    if not wanted.narrows:
        return redirect(url_for("offers.index"), code=303)
    if not form.validate_on_submit():
        status = 422 if request.method == "POST" else 200
        return render_template("offers/keep_search.html", form=form, asked=wanted.as_data()), status
    search = keep_search(db_session, staff=current_staff, name=form.name.data, wanted=wanted)
    search.sends_digest = form.sends_digest.data
    say(_("The search “%(name)s” is kept.", name=search.name))
    return redirect(url_for("offers.searches"), code=303)


@bp.post("/searches/<int:search_id>/digest")
@requires(Permission.OFFER_VIEW)
def switch_digest(search_id: int) -> ResponseReturnValue:
    """Begin or end the weekly message of a search."""
    search = find_search(db_session, search_id, current_staff.id) or abort(404)
    search.sends_digest = not search.sends_digest
    say(_("The weekly message is on.") if search.sends_digest else _("The weekly message is off."))
    return redirect(url_for("offers.searches"), code=303)


@bp.route("/searches/end/<token>", methods=["GET", "POST"])
@limited(PUBLIC_FORM)
@by_link
def end_digest(token: str) -> ResponseReturnValue:
    """End the weekly message of a search with the link in it, without signing in; opening the page changes nothing."""
    search = find_search_by_key(db_session, token) or abort(404)
    if Form().validate_on_submit():
        search.sends_digest = False
        return redirect(url_for("offers.end_digest", token=token), code=303)
    return render_template("offers/end_digest.html", search=search)


@bp.post("/searches/<int:search_id>/remove")
@requires(Permission.OFFER_VIEW)
def remove_search(search_id: int) -> ResponseReturnValue:
    """Remove a search."""
    db_session.delete(find_search(db_session, search_id, current_staff.id) or abort(404))
    say(_("The search is removed."))
    return redirect(url_for("offers.searches"), code=303)


def _address(wanted: dict[str, Any]) -> dict[str, Any]:
    return dict(read_filter(wanted).as_data())
