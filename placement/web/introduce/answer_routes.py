"""What a worker writes down for either side, what came of the meeting, and kind words to others."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission
from placement.errors import DomainError
from placement.i18n import gettext as _
from placement.introductions.answers import (
    cancel_meeting,
    choose_for_placement,
    decline,
    end_without_placement,
    meet_again,
    pick_time,
    propose_times,
    say_not_now,
    tell_youth,
)
from placement.introductions.models import DeclineReason
from placement.introductions.queries import is_taken_by_another, open_introduction_of
from placement.introductions.services import withdraw_introduction
from placement.introductions.states import IntroductionAction, Party, is_possible
from placement.suggestions.queries import get_suggestion
from placement.suggestions.services import close_suggestion
from placement.suggestions.states import OPEN_STATES
from placement.web.access import current_actor, requires
from placement.web.flashes import FlashKind, say
from placement.web.forms import Form
from placement.web.introduce.card_routes import ONE, bp, load, to_page
from placement.web.introduce.page import ready_words
from placement.web.introduction.forms import DeclineForm, MeetForm, NotNowForm, OutcomeForm
from placement.web.jobseekers.loading import load_youth_for_staff
from placement.web.odd_input import version_number
from placement.web.session import db_session

_A = IntroductionAction
PLACE_TAKEN = "place_taken"


@bp.route(f"{ONE}/times", methods=["GET", "POST"])
@requires(Permission.SUGGESTION_SEND)
def times(youth_id: int, introduction_id: int) -> ResponseReturnValue:
    """Write down when the employer can meet, as told on the phone."""
    youth, found = load(youth_id, introduction_id, lock=request.method == "POST")
    if not is_possible(found.state, _A.WANT_TO_MEET, Party.WORKER):
        return to_page(found)
    form = MeetForm()
    status = _status()
    if form.validate_on_submit():
        try:
            propose_times(
                db_session,
                found,
                times=form.times(),
                minutes=form.minutes.data,
                kind=form.kind.data,
                place=form.place.data,
                actor=current_actor(),
            )
        except DomainError as error:
            form.form_errors.append(error.message)
            status = error.status
        else:
            say(_("%(name)s is asked to choose a time.", name=youth.first_name))
            return to_page(found)
    return render_template("introduce/times.html", youth=youth, introduction=found, form=form), status


@bp.post(f"{ONE}/time")
@requires(Permission.SUGGESTION_SEND)
def choose_time(youth_id: int, introduction_id: int) -> ResponseReturnValue:
    """Write down which time the young person chose."""
    _youth, found = load(youth_id, introduction_id, lock=True)
    try:
        pick_time(db_session, found, time_id=version_number(request.form.get("time", "")), actor=current_actor())
    except DomainError as error:
        say(error.message, FlashKind.WARNING)
    return to_page(found)


@bp.route(f"{ONE}/not-now", methods=["GET", "POST"])
@requires(Permission.SUGGESTION_SEND)
def not_now(youth_id: int, introduction_id: int) -> ResponseReturnValue:
    """Write down that the employer cannot meet just now."""
    youth, found = load(youth_id, introduction_id, lock=request.method == "POST")
    if not is_possible(found.state, _A.SAY_NOT_NOW, Party.WORKER):
        return to_page(found)
    form = NotNowForm()
    if not form.validate_on_submit():
        return render_template("introduce/not_now.html", youth=youth, introduction=found, form=form), _status()
    say_not_now(db_session, found, **form.values(), actor=current_actor())
    say(_("The answer was written down."))
    return to_page(found)


@bp.route(f"{ONE}/no", methods=["GET", "POST"])
@requires(Permission.SUGGESTION_SEND)
def say_no(youth_id: int, introduction_id: int) -> ResponseReturnValue:
    """Write down that the employer said no."""
    youth, found = load(youth_id, introduction_id, lock=request.method == "POST")
    if not is_possible(found.state, _A.DECLINE, Party.WORKER):
        return to_page(found)
    form = DeclineForm()
    if not form.validate_on_submit():
        return render_template("introduce/say_no.html", youth=youth, introduction=found, form=form), _status()
    decline(
        db_session,
        found,
        reason=DeclineReason(form.reason.data),
        text_for_youth=form.text_for_youth.data,
        text_for_worker=form.text_for_worker.data,
        actor=current_actor(),
    )
    say(_("The answer was written down. Tell %(name)s yourself.", name=youth.first_name))
    return to_page(found)


@bp.post(f"{ONE}/told")
@requires(Permission.SUGGESTION_SEND)
def told(youth_id: int, introduction_id: int) -> ResponseReturnValue:
    """Keep that the young person has been told the employer's answer."""
    _youth, found = load(youth_id, introduction_id, lock=True)
    tell_youth(db_session, found, actor=current_actor())
    say(_("Noted. Now they can read the employer’s words on their own page too."))
    return to_page(found)


@bp.post(f"{ONE}/cancel-time")
@requires(Permission.SUGGESTION_SEND)
def cancel_time(youth_id: int, introduction_id: int) -> ResponseReturnValue:
    """Cancel the agreed time because either side asked for it."""
    _youth, found = load(youth_id, introduction_id, lock=True)
    if not is_possible(found.state, _A.CANCEL_MEETING, Party.WORKER):
        return to_page(found)
    cancel_meeting(db_session, found, actor=current_actor())
    say(_("The time is cancelled. The employer is asked for new ones."))
    return to_page(found)


@bp.route(f"{ONE}/outcome", methods=["GET", "POST"])
@requires(Permission.SUGGESTION_SEND)
def outcome(youth_id: int, introduction_id: int) -> ResponseReturnValue:
    """Write down what came of the meeting."""
    youth, found = load(youth_id, introduction_id, lock=request.method == "POST")
    if not is_possible(found.state, _A.CHOOSE, Party.WORKER):
        return to_page(found)
    form = OutcomeForm()
    status = _status()
    if form.validate_on_submit():
        take = {"choose": choose_for_placement, "meet_again": meet_again, "end": end_without_placement}
        try:
            take[form.outcome.data](db_session, found, note=form.note.data, actor=current_actor())
        except DomainError as error:
            form.outcome.errors = [error.message]
            status = error.status
        else:
            say(_("What came of the meeting was written down."))
            return to_page(found)
    return render_template("introduce/outcome.html", youth=youth, introduction=found, form=form), status


@bp.route("/<int:youth_id>/suggestions/<int:suggestion_id>/gone", methods=["GET", "POST"])
@requires(Permission.SUGGESTION_SEND)
def tell_kindly(youth_id: int, suggestion_id: int) -> ResponseReturnValue:
    """Tell a young person that a place has gone to somebody else, in a person's own voice, then close it."""
    youth = load_youth_for_staff(youth_id)
    suggestion = get_suggestion(db_session, suggestion_id, youth_id=youth.id, lock=request.method == "POST")
    if suggestion is None:
        abort(404)
    if suggestion.state not in OPEN_STATES or not is_taken_by_another(db_session, suggestion):
        return redirect(url_for("suggest.show", youth_id=youth.id), code=303)
    form = Form()
    if not form.validate_on_submit():
        words = ready_words(youth.first_name, suggestion.offer.title)
        return render_template("introduce/gone.html", youth=youth, suggestion=suggestion, form=form, words=words)
    under_way = open_introduction_of(db_session, suggestion.id)
    if under_way is not None:
        _youth, found = load(youth_id, under_way.id, lock=True)
        withdraw_introduction(db_session, found, reason=PLACE_TAKEN, actor=current_actor())
    close_suggestion(db_session, suggestion, actor=current_actor())
    say(_("Closed. Thank you for telling %(name)s yourself.", name=youth.first_name))
    return redirect(url_for("suggest.show", youth_id=youth.id), code=303)


def _status() -> int:
    return 422 if request.method == "POST" else 200
