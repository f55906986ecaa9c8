"""A worker imports a list of offers: sends it, sees what would be made, takes it in, mends the rest."""

from io import BytesIO

from flask import abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission
from placement.errors import ImportRefused
from placement.i18n import gettext as _
from placement.i18n import lazy_gettext as _l
from placement.offers.importing.lists import find_list, import_list, keep_list, plan_of_list
from placement.offers.importing.models import OfferList
from placement.offers.importing.planning import Outcome
from placement.offers.importing.reading import read_table
from placement.offers.importing.rejects import rejects_file
from placement.offers.importing.tables import Table
from placement.web.access import current_actor, current_staff, may, requires
from placement.web.flashes import FlashKind, say
from placement.web.offers.import_forms import ImportForm, TakeInForm
from placement.web.offers.import_page import ShownRow, asked_outcome, outcome_tabs
from placement.web.offers.routes import bp
from placement.web.pagination import Page, asked_page
from placement.web.session import db_session

MOST_ROWS_AT_ONCE = 2000
ROWS_SHOWN = 50


@bp.route("/import", methods=["GET", "POST"])
@requires(Permission.OFFER_IMPORT)
def import_offers() -> ResponseReturnValue:
    """Send a list; nothing is made of it yet."""
    form = ImportForm()
    if form.validate_on_submit():
        try:
            offer_list = keep_list(
                db_session,
                centre_id=current_staff.centre_id,
                file_name=form.file.data.filename or "",
                table=_read(form.file.data.read()),
                default_kind=form.default_kind.data or None,
                actor=current_actor(),
            )
        except ImportRefused as error:
            form.file.errors = [str(error.message)]
        else:
            return redirect(url_for("offers.show_import", list_id=offer_list.id), code=303)
    return render_template("offers/import.html", form=form), 422 if request.method == "POST" else 200


@bp.route("/import/<int:list_id>", methods=["GET", "POST"])
@requires(Permission.OFFER_IMPORT)
def show_import(list_id: int) -> ResponseReturnValue:
    """See row by row what would become of a list and take it in; afterwards, what became of it."""
    is_sent = request.method == "POST"
    offer_list = find_list(db_session, list_id, current_staff.centre_id, for_update=is_sent) or abort(404)
    form = TakeInForm()
    if form.validate_on_submit():
        publish = bool(form.publish.data) and may(Permission.OFFER_CHECK)
        result = import_list(db_session, offer_list=offer_list, publish=publish, actor=current_actor())
        if result.offers:
            say(_("The list has been imported."))
        else:
            say(_("Nothing new was made of the list."), FlashKind.INFO)
        return redirect(url_for("offers.show_import", list_id=list_id), code=303)
    return _shown(offer_list, form), 422 if is_sent else 200


@bp.get("/import/<int:list_id>/rows-to-mend.csv")
@requires(Permission.OFFER_IMPORT)
def import_rejects(list_id: int) -> ResponseReturnValue:
    """Download the rows that need mending, with the reasons."""
    offer_list = find_list(db_session, list_id, current_staff.centre_id) or abort(404)
    plan = plan_of_list(db_session, offer_list)
    content = rejects_file(plan.headings, plan.with_outcome(Outcome.WRONG))
    return send_file(BytesIO(content), mimetype="text/csv", as_attachment=True, download_name=_("rows-to-mend.csv"))


def _read(content: bytes) -> Table:
    table = read_table(content)
    if len(table.rows) > MOST_ROWS_AT_ONCE:
        message = _l("The list has more than %(most)s rows. Split it into smaller lists.", most=MOST_ROWS_AT_ONCE)
        raise ImportRefused(message, code="import_too_long")
    return table


def _shown(offer_list: OfferList, form: TakeInForm) -> str:
    plan = plan_of_list(db_session, offer_list)
    is_done = offer_list.imported_at is not None
    chosen, number = asked_outcome(request.args.get("show", "")), asked_page()
    rows = plan.with_outcome(chosen) if chosen else list(plan.rows)
    beginning = (number - 1) * ROWS_SHOWN
    shown = [ShownRow.of(row, plan.columns) for row in rows[beginning : beginning + ROWS_SHOWN]]
    counts = offer_list.counts if is_done else {outcome.value: plan.count(outcome) for outcome in Outcome}
    return render_template(
        "offers/import_done.html" if is_done else "offers/import_preview.html",
        offer_list=offer_list,
        form=form,
        columns=plan.columns,
        counts=counts,
        page=Page(shown, number, len(rows), ROWS_SHOWN),
        tabs=outcome_tabs(plan, offer_list.id, chosen),
        may_publish=may(Permission.OFFER_CHECK),
    )
