"""The young person's and the guardian's pages of an introduction. Opening a page changes nothing; a button does.

The pages of the young person open through the link of the introduction or from their own page.
"""

from contextlib import suppress

from flask import Blueprint, Response, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from placement.accounts.models import LinkPurpose
from placement.audit.services import Actor
from placement.errors import ChangedMeanwhile, DomainError, TransitionNotAllowed
from placement.i18n import gettext
from placement.introductions.answers import ask_other_times, cancel_meeting, pick_time
from placement.introductions.card import card_view, texts_of
from placement.introductions.links import send_new_introduction_link
from placement.introductions.meetings import meeting_calendar
from placement.introductions.messages import Side
from placement.introductions.models import Introduction
from placement.introductions.queries import get_introduction
from placement.introductions.services import (
    answer_as_guardian,
    approve_card,
    change_card,
    refuse_card,
    revoke_card,
)
from placement.introductions.states import IntroductionAction, IntroductionState, Party, is_possible
from placement.notifications.calendar import Method
from placement.web.access import by_link, opened_link
from placement.web.flashes import FlashKind, say
from placement.web.forms import Form
from placement.web.introduction.forms import ApproveForm, CardForm, GuardianForm
from placement.web.introduction.page import own_url, youth_page
from placement.web.language import greet_in
from placement.web.link_pages import link_sent_page, tell_when_link_is_over
from placement.web.odd_input import version_number
from placement.web.rate_limits import PUBLIC_FORM, limited
from placement.web.session import db_session

bp = Blueprint("introduction", __name__)
tell_when_link_is_over(bp, "introduction.new_link")

OWN = "/me/<token>/introductions/<int:introduction_id>"
NEW_LINK = "5 per hour"
YES, NO = "yes", "no"


@bp.get("/i/<token>")
@bp.get(OWN)
@by_link
def show(token: str, introduction_id: int | None = None) -> ResponseReturnValue:
    """Read the card, decide about it, choose a time, see the meeting."""
    return _own_page(token, introduction_id, _own(token, introduction_id))


@bp.route("/i/<token>/change", methods=["GET", "POST"])
@bp.route(f"{OWN}/change", methods=["GET", "POST"])
@by_link
@limited(PUBLIC_FORM)
def change(token: str, introduction_id: int | None = None) -> ResponseReturnValue:
    """Write the card in one's own way before deciding."""
    found = _own(token, introduction_id, lock=request.method == "POST")
    if not is_possible(found.state, IntroductionAction.CHANGE_OWN, Party.YOUTH):
        return redirect(own_url("introduction.show", token, introduction_id), code=303)
    form = CardForm(obj=found)
    if form.validate_on_submit():
        try:
            change_card(
                db_session,
                found,
                version=version_number(form.card_version.data),
                strengths=form.strengths.data,
                hours=form.hours.data,
                extra=form.extra.data,
                actor=_youth(found),
            )
        except DomainError as error:
            form.form_errors.append(error.message)
            return _change_page(token, introduction_id, form), 409
        say(gettext("Saved. Read it once more, then decide."))
        return redirect(own_url("introduction.show", token, introduction_id), code=303)
    return _change_page(token, introduction_id, form), 422 if form.is_submitted() else 200


def _change_page(token: str, introduction_id: int | None, form: CardForm) -> str:
    return render_template(
        "introduction/change.html", form=form, back=own_url("introduction.show", token, introduction_id)
    )


@bp.post("/i/<token>/answer")
@bp.post(f"{OWN}/answer")
@by_link
@limited(PUBLIC_FORM)
def answer(token: str, introduction_id: int | None = None) -> ResponseReturnValue:
    """Say yes or no to showing the card as it was read."""
    found = _own(token, introduction_id, lock=True)
    back = redirect(own_url("introduction.show", token, introduction_id), code=303)
    if found.state is not IntroductionState.ASKED:
        return back  # answered already, or changed meanwhile: the page tells how it is now
    form = ApproveForm()
    if not form.validate_on_submit():
        return _own_page(token, introduction_id, found, form=form), 422
    chosen = request.form.get("answer")
    if chosen == NO:
        refuse_card(db_session, found, actor=_youth(found))
        return back
    if chosen != YES:
        abort(400)
    try:
        version = version_number(form.card_version.data)
        approve_card(db_session, found, version=version, until=form.until(), actor=_youth(found))
    except ChangedMeanwhile as error:
        say(error.message, FlashKind.WARNING)
    return back


@bp.post("/i/<token>/time")
@bp.post(f"{OWN}/time")
@by_link
@limited(PUBLIC_FORM)
def choose_time(token: str, introduction_id: int | None = None) -> ResponseReturnValue:
    """Choose one of the times, or say that none of them suits."""
    found = _own(token, introduction_id, lock=True)
    chosen = request.form.get("time", "")
    try:
        if chosen == "other":
            ask_other_times(db_session, found, actor=_youth(found))
        else:
            pick_time(db_session, found, time_id=version_number(chosen), actor=_youth(found))
    except DomainError as error:
        say(error.message, FlashKind.WARNING)
    return redirect(own_url("introduction.show", token, introduction_id), code=303)


@bp.route("/i/<token>/cancel-time", methods=["GET", "POST"])
@bp.route(f"{OWN}/cancel-time", methods=["GET", "POST"])
@by_link
@limited(PUBLIC_FORM)
def cancel_time(token: str, introduction_id: int | None = None) -> ResponseReturnValue:
    """Give up the agreed time and ask for another."""
    found = _own(token, introduction_id, lock=request.method == "POST")
    back = own_url("introduction.show", token, introduction_id)
    if not is_possible(found.state, IntroductionAction.CANCEL_MEETING, Party.YOUTH):
        return redirect(back, code=303)
    form = Form()
    if not form.validate_on_submit():
        return render_template("introduction/cancel_time.html", form=form, back=back)
    cancel_meeting(db_session, found, actor=_youth(found))
    say(gettext("The time is cancelled. The employer is asked for new ones."))
    return redirect(back, code=303)


@bp.route("/i/<token>/take-back", methods=["GET", "POST"])
@bp.route(f"{OWN}/take-back", methods=["GET", "POST"])
@by_link
@limited(PUBLIC_FORM)
def take_back(token: str, introduction_id: int | None = None) -> ResponseReturnValue:
    """Take the card back; no reason is asked."""
    found = _own(token, introduction_id, lock=request.method == "POST")
    back = own_url("introduction.show", token, introduction_id)
    if not is_possible(found.state, IntroductionAction.REVOKE, Party.YOUTH):
        return redirect(back, code=303)
    form = Form()
    if not form.validate_on_submit():
        return render_template("introduction/take_back.html", form=form, back=back, employer=found.offer.employer.name)
    revoke_card(db_session, found, actor=_youth(found))
    say(gettext("Your card was taken back."))
    return redirect(back, code=303)


@bp.get("/i/<token>/calendar.ics")
@bp.get(f"{OWN}/calendar.ics")
@by_link
def calendar(token: str, introduction_id: int | None = None) -> ResponseReturnValue:
    """Give the calendar file of the meeting; it tells nothing but the time."""
    found = _own(token, introduction_id)
    return calendar_answer(found, Side.YOUTH)


@bp.get("/g/<token>")
@by_link
def guardian(token: str) -> ResponseReturnValue:
    """Let a guardian read this one matter."""
    return _guardian_page(token, _guarded(token))


@bp.post("/g/<token>")
@by_link
@limited(PUBLIC_FORM)
def guardian_answer(token: str) -> ResponseReturnValue:
    """Take a guardian's yes or no, or their taking it back later."""
    found = _guarded(token, lock=True)
    back = redirect(own_url("introduction.guardian", token, None), code=303)
    actor = Actor.system(found.centre_id)
    if request.form.get("answer") == "revoke":
        with suppress(TransitionNotAllowed):
            revoke_card(db_session, found, actor=actor, party=Party.GUARDIAN)
        return back
    if found.state is not IntroductionState.GUARDIAN:
        return back
    form = GuardianForm()
    if not form.validate_on_submit():
        return _guardian_page(token, found, form), 422
    chosen = request.form.get("answer")
    if chosen not in {YES, NO}:
        abort(400)
    try:
        answer_as_guardian(
            db_session,
            found,
            version=version_number(form.card_version.data),
            is_yes=chosen == YES,
            signed_name=form.signed_name.data,
            actor=actor,
            party=Party.GUARDIAN,
        )
    except DomainError as error:
        say(error.message, FlashKind.WARNING)
    return back


def _guardian_page(token: str, found: Introduction, form: GuardianForm | None = None) -> str:
    return render_template(
        "introduction/guardian.html",
        token=token,
        introduction=found,
        card=card_view(texts_of(found), found.card_language),
        form=form or GuardianForm(data={"card_version": found.card_version}),
        is_asked=found.state is IntroductionState.GUARDIAN,
        may_revoke=found.state is not IntroductionState.GUARDIAN
        and is_possible(found.state, IntroductionAction.REVOKE, Party.GUARDIAN),
    )


@bp.post("/i/<token>/new-link")
@by_link
@limited(NEW_LINK)
def new_link(token: str) -> ResponseReturnValue:
    """Ask for a new link. The answer is the same whether the old one was known or not."""
    send_new_introduction_link(db_session, token=token)
    return redirect(own_url("introduction.new_link_asked", "-", None), code=303)


@bp.get("/i/<token>/new-link-asked")
@by_link
def new_link_asked(token: str) -> ResponseReturnValue:
    """Tell that a new link is on its way if the old one was known."""
    return link_sent_page()


def calendar_answer(introduction: Introduction, side: Side) -> Response:
    """Return the calendar file of one side, or 404 when no meeting is agreed."""
    if introduction.state is not IntroductionState.AGREED:
        abort(404)
    content = meeting_calendar(introduction, side, method=Method.PUBLISH)
    headers = {"Content-Disposition": 'attachment; filename="meeting.ics"'}
    return Response(content, content_type="text/calendar; charset=utf-8; method=PUBLISH", headers=headers)


def _youth(found: Introduction) -> Actor:
    return Actor.youth(found.youth_id, found.centre_id)


def _own(token: str, introduction_id: int | None, *, lock: bool = False) -> Introduction:
    if introduction_id is None:
        link = opened_link(token, LinkPurpose.INTRODUCTION)
        wanted = link.object_id or 0
    else:
        link = opened_link(token, LinkPurpose.MY_PAGE)
        wanted = introduction_id
    found = get_introduction(db_session, wanted, youth_id=link.youth_id or 0, lock=lock)
    if found is None or not found.youth.is_active:
        abort(404)
    greet_in(found.youth.language)
    return found


def _guarded(token: str, *, lock: bool = False) -> Introduction:
    link = opened_link(token, LinkPurpose.GUARDIAN)
    found = get_introduction(db_session, link.object_id or 0, youth_id=link.youth_id or 0, lock=lock)
    if found is None or not found.youth.is_active:
        abort(404)
    greet_in(found.youth.language)
    return found


def _own_page(token: str, introduction_id: int | None, found: Introduction, *, form: ApproveForm | None = None) -> str:
    return render_template(
        "introduction/show.html",
        token=token,
        introduction_id=introduction_id,
        own_url=own_url,
        page=youth_page(found),
        form=form or ApproveForm(data={"card_version": found.card_version, "weeks": 4}),
        youth=found.youth,
    )
