"""What an employer sees through a personal link: their places, a new place in six questions."""

from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.models import Centre, LinkPurpose
from placement.audit.services import Actor
from placement.centre_rules.queries import rule_book
from placement.employers.models import EmployerContact
from placement.employers.queries import find_contact
from placement.employers.services import renew_contact_link
from placement.errors import LinkNotValid
from placement.i18n import current_language
from placement.i18n import gettext as _
from placement.introductions.card import shown_card
from placement.introductions.queries import introductions_shown_to
from placement.offers.models import Offer, OfferOrigin, Visibility
from placement.offers.queries import offer_told_by_employer, offers_told_by_employer
from placement.offers.services import (
    add_offer,
    confirm_offer_open,
    edit_offer,
    fill_offer,
    submit_offer,
    withdraw_offer,
)
from placement.offers.states import TRANSITIONS, OfferAction, OfferState, possible_actions
from placement.web.access import by_link, opened_link, public
from placement.web.employer.forms import PlaceForm, WithdrawForm, WithdrawReason
from placement.web.employer.page import place_view, told_rows
from placement.web.flashes import say
from placement.web.forms import Form
from placement.web.language import greet_in
from placement.web.link_pages import link_sent_page, tell_when_link_is_over
from placement.web.odd_input import version_number
from placement.web.rate_limits import PUBLIC_FORM, limited
from placement.web.session import db_session

bp = Blueprint("employer", __name__, url_prefix="/e")
tell_when_link_is_over(bp, "employer.new_link")


@dataclass(frozen=True, slots=True)
class Visit:
    """Who opened the page: a contact person of one employer."""

    token: str
    contact: EmployerContact
    centre: Centre

    @property
    def actor(self) -> Actor:
        """The contact person as the one who acts."""
        return Actor.employer(self.contact.id, self.contact.centre_id)


def find_visit(token: str) -> Visit:
    """Return who opens the page with a link; LinkNotValid shows the page that offers a new one."""
    link = opened_link(token, LinkPurpose.EMPLOYER_PAGE)
    contact = find_contact(db_session, link.employer_contact_id or 0, link.centre_id)
    if contact is None or not contact.is_active:
        raise LinkNotValid(_("This link does not work any more."))
    greet_in(contact.language)
    return Visit(token, contact, db_session.get_one(Centre, link.centre_id))


def own_offer(visit: Visit, offer_id: int) -> Offer:
    """Return a place of the employer who visits, or answer 404."""
    return offer_told_by_employer(db_session, offer_id, visit.contact.employer_id) or abort(404)


def _may(offer: Offer, action: OfferAction) -> bool:
    return action in possible_actions(offer.state) and TRANSITIONS[action].employer_may


def _status() -> int:
    return 422 if request.method == "POST" else 200


@bp.get("/<token>")
@by_link
def home(token: str) -> ResponseReturnValue:
    """See the places told about, and tell about a new one."""
    visit = find_visit(token)
    places = [place_view(offer) for offer in offers_told_by_employer(db_session, visit.contact.employer_id)]
    shown = introductions_shown_to(db_session, visit.contact.id)
    # Whose card it is, is read on the page of the card alone, where each look is logged.
    waiting = [one for one in shown if shown_card(one) is not None]
    return render_template("employer/home.html", visit=visit, places=places, waiting=waiting)


@bp.route("/<token>/new", methods=["GET", "POST"])
@limited(PUBLIC_FORM)
@by_link
def new(token: str) -> ResponseReturnValue:
    """Tell about a place in six questions."""
    visit = find_visit(token)
    form = PlaceForm.for_employer(visit.contact.employer, rule_book(db_session, visit.centre.id))
    if not form.validate_on_submit():
        return render_template("employer/new.html", form=form, visit=visit), _status()
    values = form.offer_values()
    offer = add_offer(
        db_session,
        centre_id=visit.centre.id,
        employer_id=visit.contact.employer_id,
        kind=values.pop("kind"),
        origin=OfferOrigin.EMPLOYER_LINK,
        actor=visit.actor,
        contact_id=visit.contact.id,
        language=current_language(),
        visibility=Visibility.SELECTED,
        **values,
    )
    return _saved(visit, offer, form)


def _saved(visit: Visit, offer: Offer, form: PlaceForm) -> ResponseReturnValue:
    if form.is_draft:
        db_session.flush()  # the address of the next page needs the id
        say(_("Saved. You can go on when you have time."))
        return redirect(url_for("employer.offer", token=visit.token, offer_id=offer.id), code=303)
    if offer.state is OfferState.DRAFT:
        submit_offer(db_session, offer=offer, actor=visit.actor)
        return redirect(url_for("employer.sent", token=visit.token, offer_id=offer.id), code=303)
    say(_("The changes are saved."))
    return redirect(url_for("employer.offer", token=visit.token, offer_id=offer.id), code=303)


@bp.get("/<token>/places/<int:offer_id>/sent")
@by_link
def sent(token: str, offer_id: int) -> ResponseReturnValue:
    """Read what happens next."""
    visit = find_visit(token)
    owner = visit.contact.employer.owner
    if owner is not None:
        reader = _(
            "%(name)s at %(centre)s, usually within two working days.", name=owner.first_name, centre=visit.centre.name
        )
    else:
        reader = _("At %(centre)s, usually within two working days.", centre=visit.centre.name)
    return render_template("employer/sent.html", visit=visit, offer=own_offer(visit, offer_id), reader=reader)


@bp.get("/<token>/places/<int:offer_id>")
@by_link
def offer(token: str, offer_id: int) -> ResponseReturnValue:
    """See a place as it was told."""
    visit = find_visit(token)
    found = own_offer(visit, offer_id)
    return render_template(
        "employer/offer.html",
        visit=visit,
        offer=found,
        place=place_view(found),
        rows=told_rows(found),
    )


@bp.route("/<token>/places/<int:offer_id>/edit", methods=["GET", "POST"])
@limited(PUBLIC_FORM)
@by_link
def edit(token: str, offer_id: int) -> ResponseReturnValue:
    """Change a place until it is checked; sending a draft is the same form."""
    visit = find_visit(token)
    offer = own_offer(visit, offer_id)
    place = place_view(offer)
    if not place.can_be_changed:
        abort(404)
    form = PlaceForm.from_offer(offer, rule_book(db_session, visit.centre.id))
    if not form.validate_on_submit():
        return render_template("employer/edit.html", form=form, visit=visit, offer=offer, place=place), _status()
    values = form.offer_values()
    edit_offer(db_session, offer=offer, version=version_number(form.version.data), actor=visit.actor, **values)
    return _saved(visit, offer, form)


@bp.route("/<token>/places/<int:offer_id>/withdraw", methods=["GET", "POST"])
@by_link
def withdraw(token: str, offer_id: int) -> ResponseReturnValue:
    """Take a place back."""
    visit = find_visit(token)
    offer = own_offer(visit, offer_id)
    if not _may(offer, OfferAction.WITHDRAW):
        abort(404)
    form = WithdrawForm()
    if not form.validate_on_submit():
        return render_template("employer/withdraw.html", form=form, visit=visit, offer=offer), _status()
    reason = WithdrawReason(form.reason.data)
    withdraw_offer(db_session, offer=offer, actor=visit.actor, reason=str(reason.label))
    say(_("The place is taken back. Thank you for telling."))
    return redirect(url_for("employer.home", token=token), code=303)


@bp.post("/<token>/places/<int:offer_id>/still-open")
@by_link
def still_open(token: str, offer_id: int) -> ResponseReturnValue:
    """Say that a live place is still open."""
    visit = find_visit(token)
    confirm_offer_open(db_session, offer=own_offer(visit, offer_id), actor=visit.actor)
    say(_("Thank you. The place stays open."))
    return redirect(url_for("employer.offer", token=token, offer_id=offer_id), code=303)


@bp.post("/<token>/places/<int:offer_id>/filled")
@by_link
def filled(token: str, offer_id: int) -> ResponseReturnValue:
    """Say that somebody has taken the place."""
    visit = find_visit(token)
    fill_offer(db_session, offer=own_offer(visit, offer_id), actor=visit.actor)
    say(_("Thank you. The place is marked as filled."))
    return redirect(url_for("employer.offer", token=token, offer_id=offer_id), code=303)


@bp.post("/<token>/new-link")
@limited(PUBLIC_FORM)
@by_link
def new_link(token: str) -> ResponseReturnValue:
    """Ask for a new link to the known address; the answer is the same whether the old one is known or not."""
    if Form().validate_on_submit():
        renew_contact_link(db_session, token=token)
    return redirect(url_for("employer.new_link_asked"), code=303)


@bp.get("/new-link-asked")
@public
def new_link_asked() -> ResponseReturnValue:
    """Read what happens after a new link was asked for."""
    return link_sent_page()
