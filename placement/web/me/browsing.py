"""Looking at open places oneself, and marking those one wants to talk about."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.centre_rules.queries import rule_book
from placement.i18n import gettext
from placement.jobseekers.models import Youth
from placement.offers.models import Offer, OfferKind
from placement.suggestions.adapter import fit_of
from placement.suggestions.presenting import employer_line, place_view, time_facts
from placement.suggestions.queries import find_pair
from placement.suggestions.wishes import (
    find_offer_to_browse,
    mark_wish,
    offers_to_browse,
    take_wish_back,
    wished_offers,
)
from placement.web.access import by_link
from placement.web.flashes import say
from placement.web.me.loading import as_actor, owner_of_page
from placement.web.me.routes import bp
from placement.web.pagination import ROWS_ON_A_PAGE, Page, asked_page
from placement.web.rate_limits import PUBLIC_FORM, limited
from placement.web.session import db_session


@bp.get("/<token>/offers")
@by_link
def offers(token: str) -> ResponseReturnValue:
    """Look at the open places of the centre, those that fit best first."""
    youth = owner_of_page(token)
    asked = request.args.get("kind", "")
    kind = next((one for one in OfferKind if one.value == asked), None)
    found = offers_to_browse(db_session, youth)
    kinds = [one for one in OfferKind if any(offer.kind is one for offer in found)]
    if kind is not None:
        found = [offer for offer in found if offer.kind is kind]
    number = asked_page()
    first = (number - 1) * ROWS_ON_A_PAGE
    shown = found[first : first + ROWS_ON_A_PAGE]
    return render_template(
        "me/offers.html",
        token=token,
        page=Page(shown, number, len(found)),
        facts={offer.id: [employer_line(offer), *time_facts(offer)] for offer in shown},
        wishes=wished_offers(db_session, youth.id, [offer.id for offer in shown]),
        kinds=kinds,
        kind=kind,
    )


@bp.get("/<token>/offers/<int:offer_id>")
@by_link
def offer(token: str, offer_id: int) -> ResponseReturnValue:
    """Read about an open place, and why it might or might not fit."""
    youth, found = _browsed(token, offer_id)
    known = find_pair(db_session, youth_id=youth.id, offer_id=found.id)
    if known is not None:
        return redirect(url_for("me.my_suggestion", token=token, suggestion_id=known.id), code=303)
    one = fit_of(db_session, youth, found)
    fit = one.fit if one is not None else None
    view = place_view(
        found,
        youth,
        reasons=[told.as_data() for told in fit.reasons] if fit else [],
        checks=[told.as_data() for told in fit.checks] if fit else [],
        note="",
        book=rule_book(db_session, youth.centre_id),
    )
    wish = wished_offers(db_session, youth.id, [found.id]).get(found.id)
    return render_template("me/offer.html", token=token, youth=youth, offer=found, view=view, wish=wish)


@bp.post("/<token>/offers/<int:offer_id>/wish")
@by_link
@limited(PUBLIC_FORM)
def wish(token: str, offer_id: int) -> ResponseReturnValue:
    """Mark a place to talk about."""
    youth, found = _browsed(token, offer_id)
    mark_wish(db_session, youth=youth, offer=found, actor=as_actor(youth))
    say(gettext("Marked. Your own adult sees it and talks with you."))
    return redirect(url_for("me.offer", token=token, offer_id=offer_id), code=303)


@bp.post("/<token>/offers/<int:offer_id>/no-wish")
@by_link
@limited(PUBLIC_FORM)
def take_back_wish(token: str, offer_id: int) -> ResponseReturnValue:
    """Take the mark back."""
    youth = owner_of_page(token)
    known = wished_offers(db_session, youth.id, [offer_id]).get(offer_id)
    if known is not None:
        take_wish_back(db_session, known, actor=as_actor(youth))
        say(gettext("The mark was taken back."))
    return redirect(url_for("me.offers", token=token), code=303)


def _browsed(token: str, offer_id: int) -> tuple[Youth, Offer]:
    youth = owner_of_page(token)
    return youth, find_offer_to_browse(db_session, youth, offer_id) or abort(404)
