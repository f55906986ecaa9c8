"""The open places: a list to search, a page and a poster of each, and a feed."""

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from placement.accounts.models import Centre
from placement.centre_rules.queries import rule_book
from placement.i18n import sort_key
from placement.links import page_address
from placement.offers.finding import read_filter
from placement.offers.models import Offer
from placement.offers.public import find_public_offer, public_filter, public_kinds, public_offers
from placement.vocabulary import municipalities_by_code
from placement.web.access import public
from placement.web.forms import local_municipality
from placement.web.pagination import ROWS_ON_A_PAGE, Page, asked_page
from placement.web.pictures import qr_code
from placement.web.places.page import atom_feed, job_posting, public_place
from placement.web.session import db_session

bp = Blueprint("places", __name__, url_prefix="/places")

IN_FEED = 50


def _public_offer(offer_id: int) -> Offer:
    return find_public_offer(db_session, offer_id) or abort(404)


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """Look for a place that is open to everybody."""
    wanted, number = public_filter(read_filter(request.args)), asked_page()
    found = public_offers(db_session, wanted, page=number, size=ROWS_ON_A_PAGE)
    books = {centre_id: rule_book(db_session, centre_id) for centre_id in {offer.centre_id for offer in found.rows}}
    return render_template(
        "places/index.html",
        page=Page([public_place(offer, books[offer.centre_id]) for offer in found.rows], number, found.total),
        corrected=found.corrected,
        wanted=wanted,
        asked=wanted.as_data(),
        kinds=public_kinds(db_session),
        municipalities=sorted(municipalities_by_code(), key=lambda code: sort_key(local_municipality(code))),
    )


@bp.get("/feed.atom")
@public
def feed() -> ResponseReturnValue:
    """Follow new places with a feed reader; the same search as in the list."""
    wanted = public_filter(read_filter(request.args))
    found = public_offers(db_session, wanted, size=IN_FEED)
    content = atom_feed(found.rows, self_address=page_address("places.feed", **wanted.as_data()))
    return Response(content, content_type="application/atom+xml; charset=utf-8")


@bp.get("/<int:offer_id>")
@public
def show(offer_id: int) -> ResponseReturnValue:
    """Read about a place and whom to ask."""
    offer = _public_offer(offer_id)
    centre = db_session.get_one(Centre, offer.centre_id)
    place = public_place(offer, rule_book(db_session, offer.centre_id))
    return render_template("places/show.html", place=place, centre=centre, posting=job_posting(offer, centre))


@bp.get("/<int:offer_id>/poster")
@public
def poster(offer_id: int) -> ResponseReturnValue:
    """Print a place for the wall, with a code that opens its page."""
    offer = _public_offer(offer_id)
    address = page_address("places.show", offer_id=offer.id)
    return render_template(
        "places/poster.html",
        place=public_place(offer, rule_book(db_session, offer.centre_id)),
        centre=db_session.get_one(Centre, offer.centre_id),
        address=address,
        picture=qr_code(address),
    )
