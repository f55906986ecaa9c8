"""The ranked suggestions of one young person and sending them."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from placement.accounts.permissions import Permission
from placement.centre_rules.queries import rule_book
from placement.errors import DomainError
from placement.i18n import gettext, in_language
from placement.introductions.queries import introductions_of_suggestions
from placement.jobseekers.messages import youth_receiver
from placement.jobseekers.models import Youth
from placement.jobseekers.queries import is_named_worker
from placement.offers.models import Offer
from placement.suggestions.adapter import Fit, FitList, fit_of, fits_for
from placement.suggestions.advice import advice_for
from placement.suggestions.decisions.services import keep_list
from placement.suggestions.heard import heard_before
from placement.suggestions.links import make_my_page_link, make_suggestion_link
from placement.suggestions.models import Suggestion
from placement.suggestions.presenting import place_view
from placement.suggestions.queries import get_suggestion, offers_by_id, suggestions_of_youth
from placement.suggestions.services import (
    follow_up_suggestion,
    refuse_unless_sendable,
    send_suggestion,
    withdraw_suggestion,
)
from placement.suggestions.states import TRANSITIONS, SuggestionAction, SuggestionState
from placement.suggestions.wishes import note_talk_about_wish, open_wishes, wished_offers, wishes_of_youth
from placement.web.access import current_actor, current_staff, requires, signed_in_staff
from placement.web.flashes import say
from placement.web.forms import Form
from placement.web.jobseekers.loading import load_youth_for_staff
from placement.web.jobseekers.page import person_page
from placement.web.pictures import qr_code
from placement.web.session import after_view, db_session
from placement.web.suggest.forms import FollowUpForm, SendForm
from placement.web.suggest.page import (
    advice_lines,
    aside_groups,
    asked_balance,
    asked_kind,
    asked_number,
    suggestions_page,
)

bp = Blueprint("suggest", __name__, url_prefix="/young-people")


@bp.get("/<int:youth_id>/suggestions")
@requires(Permission.SUGGESTION_VIEW)
def show(youth_id: int) -> ResponseReturnValue:
    """See which places fit a young person, and why."""
    youth = load_youth_for_staff(youth_id)
    limit = asked_number()
    found = fits_for(db_session, youth, kind=asked_kind(), balance=1 - asked_balance() / 100, limit=limit)
    made = suggestions_of_youth(db_session, youth.id)
    _keep(found, youth)
    advice = advice_lines(advice_for(db_session, youth), youth)
    return render_template(
        "suggest/show.html",
        person=person_page(youth, current="suggestions"),
        youth=youth,
        page=suggestions_page(youth, found, made, limit=limit),
        advice=advice,
        made=made,
        introductions=introductions_of_suggestions(db_session, youth.id),
        heard=heard_before(youth, made, [fit.offer for fit in found.fits]),
        wishes=[wish for wish in open_wishes(wishes_of_youth(db_session, youth.id)) if wish.talked_at is None],
        withdrawable=TRANSITIONS[SuggestionAction.WITHDRAW].sources,
    )


def _keep(found: FitList, youth: Youth) -> None:
    viewer, made, youth_id, centre_id = current_actor(), found.made, youth.id, youth.centre_id
    # As with the log of views: a list whose record cannot be kept is not shown.
    after_view(lambda session: keep_list(session, made, youth_id=youth_id, centre_id=centre_id, viewer=viewer))


@bp.get("/<int:youth_id>/suggestions/set-aside")
@requires(Permission.SUGGESTION_VIEW)
def set_aside(youth_id: int) -> ResponseReturnValue:
    """See which places were left out of the list, by the rule that said so."""
    youth = load_youth_for_staff(youth_id)
    found = fits_for(db_session, youth, kind=asked_kind(), limit=0, with_asides=True)
    return render_template(
        "suggest/set_aside.html",
        person=person_page(youth, current="suggestions"),
        groups=aside_groups(found.asides, youth),
        found=found,
    )


@bp.route("/<int:youth_id>/suggestions/send/<int:offer_id>", methods=["GET", "POST"])
@requires(Permission.SUGGESTION_SEND)
def send(youth_id: int, offer_id: int) -> ResponseReturnValue:
    """Read what the young person will see, add own words, and send it."""
    youth = load_youth_for_staff(youth_id)
    offer = offers_by_id(db_session, [offer_id], current_staff.centre_id).get(offer_id) or abort(404)
    try:
        return _send(youth, offer)
    except DomainError as error:
        page = render_template("suggest/not_sent.html", youth=youth, offer=offer, message=error.message)
        return page, error.status


def _send(youth: Youth, offer: Offer) -> ResponseReturnValue:
    refuse_unless_sendable(db_session, youth=youth, offer=offer)
    found = fit_of(db_session, youth, offer)
    if found is None or found.fit is None:
        raise DomainError(gettext("A rule or a “cannot” of the young person sets this place aside."), code="set_aside")
    form = SendForm()
    if not form.validate_on_submit():
        return _send_page(youth, offer, found.fit, form)
    sent = send_suggestion(
        db_session,
        youth=youth,
        offer=offer,
        fit=found.fit,
        considered=found.considered,
        versions=found.versions,
        note=form.note.data,
        sender=signed_in_staff(),
        actor=current_actor(),
    )
    if not sent.is_on_its_way:
        # The address is known only now: it is kept hashed, so it can be shown on this page alone.
        return _link_page(youth, sent.address, gettext("Show the place to %(name)s", name=youth.first_name))
    say(gettext("Sent to %(name)s.", name=youth.first_name))
    return redirect(url_for("suggest.show", youth_id=youth.id), code=303)


@bp.route("/<int:youth_id>/suggestions/<int:suggestion_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.SUGGESTION_SEND)
def withdraw(youth_id: int, suggestion_id: int) -> ResponseReturnValue:
    """Take a suggestion back."""
    youth = load_youth_for_staff(youth_id)
    suggestion = _load_suggestion(youth, suggestion_id)
    form = Form()
    if not form.validate_on_submit():
        return render_template("suggest/withdraw.html", youth=youth, suggestion=suggestion, form=form)
    withdraw_suggestion(db_session, suggestion, actor=current_actor())
    say(gettext("The suggestion was withdrawn."))
    return redirect(url_for("suggest.show", youth_id=youth.id), code=303)


@bp.route("/<int:youth_id>/suggestions/<int:suggestion_id>/follow-up", methods=["GET", "POST"])
@requires(Permission.SUGGESTION_SEND)
def follow_up(youth_id: int, suggestion_id: int) -> ResponseReturnValue:
    """Call the employer about a young person who wants to hear more, and note what comes next."""
    youth = load_youth_for_staff(youth_id)
    suggestion = _load_suggestion(youth, suggestion_id)
    if suggestion.state is not SuggestionState.INTERESTED:
        abort(404)
    form = FollowUpForm()
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        page = render_template("suggest/follow_up.html", youth=youth, suggestion=suggestion, form=form)
        return page, status
    follow_up_suggestion(
        db_session, suggestion, next_step=form.next_step.data, next_on=form.next_on.data, actor=current_actor()
    )
    say(gettext("Noted. The next step is in your list for that day."))
    return redirect(url_for("today.show"), code=303)


@bp.post("/<int:youth_id>/suggestions/<int:suggestion_id>/link")
@requires(Permission.SUGGESTION_SEND)
def give_link(youth_id: int, suggestion_id: int) -> ResponseReturnValue:
    """Show a suggestion to a young person who is here: a link and a picture for their phone."""
    youth = load_youth_for_staff(youth_id)
    suggestion = _load_suggestion(youth, suggestion_id)
    if suggestion.state is SuggestionState.WITHDRAWN:
        abort(404)
    address = make_suggestion_link(db_session, suggestion=suggestion, actor=current_actor())
    return _link_page(youth, address, gettext("Show the place to %(name)s", name=youth.first_name))


@bp.post("/<int:youth_id>/wishes/<int:offer_id>/talked")
@requires(Permission.SUGGESTION_SEND)
def note_wish_talk(youth_id: int, offer_id: int) -> ResponseReturnValue:
    """Note that a place the young person marked has been talked about."""
    youth = load_youth_for_staff(youth_id)
    wish = wished_offers(db_session, youth.id, [offer_id]).get(offer_id) or abort(404)
    note_talk_about_wish(db_session, wish, actor=current_actor())
    say(gettext("Noted that you have talked about it."))
    return redirect(url_for("suggest.show", youth_id=youth.id), code=303)


@bp.post("/<int:youth_id>/my-page-link")
@requires(Permission.SUGGESTION_SEND)
def give_my_page_link(youth_id: int) -> ResponseReturnValue:
    """Give a young person the link to their own page; only a named worker may, for it opens everything they see."""
    youth = load_youth_for_staff(youth_id)
    if not is_named_worker(signed_in_staff(), youth):
        abort(403)
    address = make_my_page_link(db_session, youth=youth, actor=current_actor())
    return _link_page(youth, address, gettext("Own page of %(name)s", name=youth.first_name))


def _load_suggestion(youth: Youth, suggestion_id: int) -> Suggestion:
    return get_suggestion(db_session, suggestion_id, youth_id=youth.id, lock=True) or abort(404)


def _send_page(youth: Youth, offer: Offer, fit: Fit, form: SendForm) -> ResponseReturnValue:
    reasons = [told.as_data() for told in fit.reasons]
    checks = [told.as_data() for told in fit.checks]
    book = rule_book(db_session, youth.centre_id)
    with in_language(youth.language):
        view = place_view(offer, youth, reasons=reasons, checks=checks, note=form.note.data or "", book=book)
        preview = Markup(render_template("me/_place.html", view=view))  # noqa: S704 - our own escaped template
    page = render_template(
        "suggest/send.html",
        youth=youth,
        offer=offer,
        form=form,
        preview=preview,
        receiver=youth_receiver(youth),
    )
    return page, 422 if form.is_submitted() else 200


def _link_page(youth: Youth, address: str, title: str) -> ResponseReturnValue:
    return render_template("suggest/link.html", youth=youth, address=address, title=title, picture=qr_code(address))
