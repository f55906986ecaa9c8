"""What a young person sees through a personal link. Opening a page changes nothing; only a button does."""

from contextlib import suppress
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.models import LinkPurpose, PersonalLink
from placement.accounts.queries import staff_names
from placement.audit.models import ActorKind
from placement.audit.queries import entries_about_youth
from placement.audit.services import Actor
from placement.centre_rules.queries import rule_book
from placement.clock import today_in_helsinki
from placement.errors import TransitionNotAllowed
from placement.i18n import gettext
from placement.introductions.queries import introductions_of_youth
from placement.jobseekers.consents import consents_of
from placement.jobseekers.queries import STRENGTHS_NEEDED, strength_count
from placement.jobseekers.states import ConsentState
from placement.placements.queries import placements_of_youth
from placement.recruitment_days.queries import invitations_of_youth
from placement.suggestions.links import send_new_link
from placement.suggestions.models import AnswerReason, Suggestion
from placement.suggestions.queries import get_suggestion, suggestions_of_youth
from placement.suggestions.services import answer_suggestion, explain_answer, undo_answer
from placement.suggestions.states import ANSWERS, SuggestionAction
from placement.suggestions.wishes import open_wishes, wishes_of_youth
from placement.web.access import by_link, opened_link
from placement.web.flashes import FlashKind, say
from placement.web.language import greet_in
from placement.web.link_pages import link_sent_page, tell_when_link_is_over
from placement.web.me.forms import ReasonForm
from placement.web.me.loading import owner_of_page
from placement.web.me.page import (
    OWN_ANSWERS,
    PlaceAddresses,
    in_threes,
    looks,
    page_of_placement,
    strengths_of,
    suggestion_page,
)
from placement.web.rate_limits import PUBLIC_FORM, limited
from placement.web.session import db_session

bp = Blueprint("me", __name__, url_prefix="/me")
tell_when_link_is_over(bp, "me.renew", for_youth=True)

NEW_LINK = "5 per hour"


@bp.get("/<token>")
@by_link
def show(token: str) -> ResponseReturnValue:
    """See own adult, suggestions, strengths, and who has looked."""
    youth = owner_of_page(token)
    today = today_in_helsinki()
    waiting, later, answered = in_threes(suggestions_of_youth(db_session, youth.id))
    entries = entries_about_youth(db_session, youth.id)
    workers = {entry.actor_id for entry in entries if entry.actor_kind is ActorKind.STAFF and entry.actor_id}
    return render_template(
        "me/show.html",
        token=token,
        youth=youth,
        waiting=waiting,
        later=later,
        answered=answered,
        wishes=open_wishes(wishes_of_youth(db_session, youth.id)),
        own_answers=OWN_ANSWERS,
        strengths=strengths_of(youth),
        strengths_missing=max(0, STRENGTHS_NEEDED - strength_count(youth)),
        consents_asked=[one for one in consents_of(db_session, youth.id) if one.state is ConsentState.ASKED],
        days=invitations_of_youth(db_session, youth.id, on=today),
        introductions=introductions_of_youth(db_session, youth.id),
        placements=placements_of_youth(db_session, youth.id),
        page_of_placement=page_of_placement,
        looks=looks(entries, staff_names(db_session, workers)),
    )


@bp.get("/place/<token>")
@by_link
def suggestion(token: str) -> ResponseReturnValue:
    """Read about a place and why it was thought of."""
    return _place_page(_suggestion_of(token), _of_link(token))


@bp.post("/place/<token>/answer")
@by_link
@limited(PUBLIC_FORM)
def answer(token: str) -> ResponseReturnValue:
    """Answer a suggestion; the last answer counts."""
    return _answer(_suggestion_of(token, lock=True), _of_link(token))


@bp.post("/place/<token>/undo")
@by_link
@limited(PUBLIC_FORM)
def undo(token: str) -> ResponseReturnValue:
    """Take a fresh answer back."""
    return _undo(_suggestion_of(token, lock=True), _of_link(token))


@bp.post("/place/<token>/reason")
@by_link
@limited(PUBLIC_FORM)
def explain(token: str) -> ResponseReturnValue:
    """Tell why, after answering; nobody has to."""
    return _explain(_suggestion_of(token, lock=True), _of_link(token))


@bp.get("/<token>/places/<int:suggestion_id>")
@by_link
def my_suggestion(token: str, suggestion_id: int) -> ResponseReturnValue:
    """Read about a place from one's own page."""
    return _place_page(_own_suggestion(token, suggestion_id), _of_my_page(token, suggestion_id))


@bp.post("/<token>/places/<int:suggestion_id>/answer")
@by_link
@limited(PUBLIC_FORM)
def my_answer(token: str, suggestion_id: int) -> ResponseReturnValue:
    """Answer a suggestion from one's own page."""
    return _answer(_own_suggestion(token, suggestion_id, lock=True), _of_my_page(token, suggestion_id))


@bp.post("/<token>/places/<int:suggestion_id>/undo")
@by_link
@limited(PUBLIC_FORM)
def my_undo(token: str, suggestion_id: int) -> ResponseReturnValue:
    """Take a fresh answer back, from one's own page."""
    return _undo(_own_suggestion(token, suggestion_id, lock=True), _of_my_page(token, suggestion_id))


@bp.post("/<token>/places/<int:suggestion_id>/reason")
@by_link
@limited(PUBLIC_FORM)
def my_reason(token: str, suggestion_id: int) -> ResponseReturnValue:
    """Tell why, from one's own page."""
    return _explain(_own_suggestion(token, suggestion_id, lock=True), _of_my_page(token, suggestion_id))


@bp.post("/<token>/new-link")
@by_link
@limited(NEW_LINK)
def renew(token: str) -> ResponseReturnValue:
    """Ask for a new link. The answer is the same whether the old one was known or not."""
    send_new_link(db_session, token=token)
    return redirect(url_for("me.link_sent"), code=303)


@bp.get("/link-sent")
@by_link
def link_sent() -> ResponseReturnValue:
    """Tell that a new link is on its way if the old one was known."""
    return link_sent_page(for_youth=True)


def _suggestion_of(token: str, *, lock: bool = False) -> Suggestion:
    link = opened_link(token, LinkPurpose.SUGGESTION)
    return _loaded(link, link.object_id or 0, lock=lock)


def _own_suggestion(token: str, suggestion_id: int, *, lock: bool = False) -> Suggestion:
    return _loaded(opened_link(token, LinkPurpose.MY_PAGE), suggestion_id, lock=lock)


def _loaded(link: PersonalLink, suggestion_id: int, *, lock: bool) -> Suggestion:
    found = get_suggestion(db_session, suggestion_id, youth_id=link.youth_id or 0, lock=lock)
    if found is None or not found.youth.is_active:
        abort(404)
    greet_in(found.youth.language)
    return found


def _of_link(token: str) -> PlaceAddresses:
    return PlaceAddresses(
        page=url_for("me.suggestion", token=token),
        answer=url_for("me.answer", token=token),
        undo=url_for("me.undo", token=token),
        reason=url_for("me.explain", token=token),
    )


def _of_my_page(token: str, suggestion_id: int) -> PlaceAddresses:
    values: dict[str, Any] = {"token": token, "suggestion_id": suggestion_id}
    return PlaceAddresses(
        page=url_for("me.my_suggestion", **values),
        answer=url_for("me.my_answer", **values),
        undo=url_for("me.my_undo", **values),
        reason=url_for("me.my_reason", **values),
        back=url_for("me.show", token=token),
    )


def _actor_of(found: Suggestion) -> Actor:
    return Actor.youth(found.youth_id, found.centre_id)


def _answer(found: Suggestion, addresses: PlaceAddresses) -> ResponseReturnValue:
    try:
        action = SuggestionAction(request.form.get("answer", ""))
    except ValueError:
        abort(400)
    if action not in ANSWERS:
        abort(400)
    # The place may have gone since the page was opened; the page itself then tells so kindly.
    with suppress(TransitionNotAllowed):
        answer_suggestion(db_session, found, action, actor=_actor_of(found))
    return redirect(addresses.page, code=303)


def _undo(found: Suggestion, addresses: PlaceAddresses) -> ResponseReturnValue:
    try:
        undo_answer(db_session, found, actor=_actor_of(found))
        say(gettext("Your answer was taken back."))
    except TransitionNotAllowed as error:
        say(error.message, FlashKind.INFO)
    return redirect(addresses.page, code=303)


def _explain(found: Suggestion, addresses: PlaceAddresses) -> ResponseReturnValue:
    tapped = request.form.get("code")
    if tapped is not None:
        code = next((reason for reason in AnswerReason if reason.value == tapped), None) or abort(400)
        with suppress(TransitionNotAllowed):
            explain_answer(db_session, found, code=code, actor=_actor_of(found))
            say(gettext("Thank you for telling why."))
        return redirect(addresses.page, code=303)
    form = ReasonForm()
    if not form.validate_on_submit():
        return _place_page(found, addresses, form=form), 422
    with suppress(TransitionNotAllowed):
        explain_answer(db_session, found, reason=form.reason.data, actor=_actor_of(found))
        say(gettext("Thank you for telling why."))
    return redirect(addresses.page, code=303)


def _place_page(found: Suggestion, addresses: PlaceAddresses, *, form: ReasonForm | None = None) -> str:
    return render_template(
        "me/suggestion.html",
        page=suggestion_page(found, rule_book(db_session, found.youth.centre_id)),
        form=form or ReasonForm(data={"reason": found.answer_reason}),
        addresses=addresses,
    )
