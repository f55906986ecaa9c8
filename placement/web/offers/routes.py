"""Offers, as staff see and check them."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission
from placement.centre_rules.queries import rule_book
from placement.clock import today_in_helsinki
from placement.employers.queries import employers_of_centre, find_employer
from placement.errors import ChangedMeanwhile
from placement.i18n import gettext as _
from placement.i18n import local_name, sort_key
from placement.offers import queries
from placement.offers.finding import Freshness, OfferFilter, find_offers, read_filter
from placement.offers.freshness import closes_on
from placement.offers.models import UNPAID_KINDS, Offer, OfferKind, OfferOrigin, Visibility
from placement.offers.services import add_offer, edit_offer, refuse_unread, submit_offer
from placement.offers.states import EDITABLE_STATES, OPEN_STATES, OfferState
from placement.rules.book import RuleBook
from placement.vocabulary import families_by_id, municipalities_by_code
from placement.web.access import current_actor, current_staff, requires
from placement.web.flashes import say
from placement.web.forms import local_municipality
from placement.web.odd_input import row_number, version_number
from placement.web.offers import page as shown
from placement.web.offers.forms import OfferForm
from placement.web.pagination import ROWS_ON_A_PAGE, Page, asked_page
from placement.web.session import db_session

bp = Blueprint("offers", __name__, url_prefix="/offers")


def asked_offer(offer_id: int) -> Offer:
    """Return the offer of the worker's centre, or answer 404."""
    return queries.get_offer(db_session, offer_id, current_staff.centre_id) or abort(404)


def _rules() -> RuleBook:
    return rule_book(db_session, current_staff.centre_id)


def asked_filter() -> OfferFilter:
    """Return what the address narrows the list to."""
    return read_filter(request.args)


def _list_address(state: OfferState | None) -> str:
    """Return the address of the list of a state with the other filters as they are."""
    kept: dict[str, Any] = {**asked_filter().as_data(), "state": state.value if state else None}
    return url_for("offers.index", **kept)


def _tabs(wanted: OfferFilter) -> list[shown.StateTab]:
    counts = queries.counts_by_state(db_session, current_staff.centre_id)
    order = (OfferState.SUBMITTED, *(state for state in OfferState if state is not OfferState.SUBMITTED))
    tabs = [shown.StateTab(_("All"), _list_address(None), wanted.state is None)]
    tabs.extend(
        shown.StateTab(state.label, _list_address(state), state is wanted.state, counts.get(state, 0))
        for state in order
        if counts.get(state) or state is wanted.state
    )
    return tabs


@bp.get("/")
@requires(Permission.OFFER_VIEW)
def index() -> ResponseReturnValue:
    """Look for an offer; those that wait to be checked come first."""
    wanted, number = asked_filter(), asked_page()
    found = find_offers(db_session, current_staff.centre_id, wanted, page=number, size=ROWS_ON_A_PAGE)
    families = families_by_id()
    used = queries.used_in_offers(db_session, current_staff.centre_id)
    return render_template(
        "offers/index.html",
        page=Page(found.rows, number, found.total),
        corrected=found.corrected,
        wanted=wanted,
        asked=wanted.as_data(),
        tabs=_tabs(wanted),
        kinds=list(OfferKind),
        municipalities=sorted(used.municipality_codes, key=lambda code: sort_key(local_municipality(code))),
        families=sorted(
            ((code, local_name(families[code])) for code in used.task_families if code in families),
            key=lambda pair: sort_key(pair[1]),
        ),
        all_municipalities=sorted(municipalities_by_code(), key=lambda code: sort_key(local_municipality(code))),
        visibilities=list(Visibility),
        freshnesses=list(Freshness),
        distance_of=lambda offer: shown.distance_words(wanted, offer),
        family_name=shown.family_name,
    )


@bp.get("/new")
@requires(Permission.OFFER_EDIT)
def new() -> ResponseReturnValue:
    """Choose whose offer it is."""
    chosen = request.args.get("employer_id", type=row_number)
    if chosen is not None:
        return redirect(url_for("offers.add", employer_id=chosen), code=303)
    return render_template("offers/new.html", employers=employers_of_centre(db_session, current_staff.centre_id))


@bp.route("/new/<int:employer_id>", methods=["GET", "POST"])
@requires(Permission.OFFER_EDIT)
def add(employer_id: int) -> ResponseReturnValue:
    """Write down an offer of an employer, as a draft or to be checked."""
    employer = find_employer(db_session, employer_id, current_staff.centre_id) or abort(404)
    form = OfferForm.for_employer(employer, _rules())
    if not form.validate_on_submit():
        return render_template("offers/add.html", form=form, employer=employer), _status()
    values = form.offer_values()
    offer = add_offer(
        db_session,
        centre_id=current_staff.centre_id,
        employer_id=employer.id,
        kind=values.pop("kind"),
        origin=OfferOrigin.STAFF,
        actor=current_actor(),
        employer_allows_open=form.employer_allows_open.data,
        **values,
    )
    if request.form.get("next") == "submit":
        submit_offer(db_session, offer=offer, actor=current_actor())
        say(_("“%(title)s” is saved and waits to be checked.", title=offer.title))
    else:
        say(_("“%(title)s” is saved as a draft.", title=offer.title))
    return redirect(url_for("offers.show", offer_id=offer.id), code=303)


@bp.get("/<int:offer_id>")
@requires(Permission.OFFER_VIEW)
def show(offer_id: int) -> ResponseReturnValue:
    """See an offer, what the rules say about it, and take the next step."""
    offer = asked_offer(offer_id)
    return render_template(
        "offers/show.html",
        offer=offer,
        actions=shown.available_actions(offer),
        is_editable=offer.state in EDITABLE_STATES,
        checks=shown.check_lines(offer, offer.employer.form, today_in_helsinki(), _rules()),
        life=shown.life_of(offer, queries.staff_names(db_session, offer)),
        family=shown.family_name(offer),
        is_open=offer.state in OPEN_STATES,
        closes=closes_on(offer) if offer.state is OfferState.LIVE and offer.paused_until is None else None,
        is_public=offer.state in OPEN_STATES and offer.visibility is Visibility.OPEN and offer.paused_until is None,
        is_paid=offer.kind not in UNPAID_KINDS,
        groups=[
            (_("What the employer says"), shown.declared_rows(offer)),
            (_("When"), shown.when_rows(offer)),
            (_("The place"), shown.place_rows(offer)),
            (_("People"), shown.people_rows(offer)),
            (_("Terms"), shown.terms_rows(offer)),
        ],
    )


@bp.route("/<int:offer_id>/edit", methods=["GET", "POST"])
@requires(Permission.OFFER_EDIT)
def edit(offer_id: int) -> ResponseReturnValue:
    """Change what an offer says."""
    offer = asked_offer(offer_id)
    form = OfferForm.from_offer(offer, _rules())
    if not form.validate_on_submit():
        return render_template("offers/edit.html", form=form, offer=offer), _status()
    try:
        refuse_unread(offer, version=version_number(form.version.data))
    except ChangedMeanwhile:
        form.told_of_change(offer)
        return render_template("offers/edit.html", form=form, offer=offer), 409
    edit_offer(
        db_session,
        offer=offer,
        version=offer.version,
        actor=current_actor(),
        employer_allows_open=form.employer_allows_open.data,
        **form.offer_values(),
    )
    say(_("The changes are saved."))
    return redirect(url_for("offers.show", offer_id=offer.id), code=303)


def _status() -> int:
    return 422 if request.method == "POST" else 200
