"""A young person's own data: who has it, what was sent, what they allow, and how to change or end it."""

import json

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.clock import today_in_helsinki, utcnow
from placement.errors import DomainError, TransitionNotAllowed
from placement.i18n import gettext
from placement.introductions.queries import approvals_of_youth
from placement.jobseekers.consents import answer_consent, consents_of, get_consent
from placement.jobseekers.models import RequestKind, Youth
from placement.jobseekers.own_data import as_json_values, own_data, people_named
from placement.jobseekers.requests import (
    choose_messages,
    end_request,
    get_request,
    make_request,
    requests_of,
    take_a_break,
)
from placement.jobseekers.states import ConsentAction, RequestState
from placement.notifications.queries import messages_to_youth
from placement.web.access import by_link
from placement.web.flashes import FlashKind, say
from placement.web.me.data_page import consent_lines, message_lines, readable
from placement.web.me.forms import BreakForm, CorrectionForm, ErasureForm, MessagesForm
from placement.web.me.loading import as_actor, owner_of_page
from placement.web.me.routes import bp
from placement.web.rate_limits import PUBLIC_FORM, limited
from placement.web.session import db_session

DOWNLOADS = "20 per hour"


@bp.get("/<token>/data")
@by_link
def data(token: str) -> ResponseReturnValue:
    """See what one has allowed and asked, and where to change it."""
    return _data_page(token, owner_of_page(token))


def _data_page(
    token: str,
    youth: Youth,
    *,
    messages_form: MessagesForm | None = None,
    correction_form: CorrectionForm | None = None,
    erasure_form: ErasureForm | None = None,
) -> str:
    return render_template(
        "me/data.html",
        token=token,
        youth=youth,
        consents=consent_lines(consents_of(db_session, youth.id), on=today_in_helsinki()),
        approvals=approvals_of_youth(db_session, youth.id),
        requests=requests_of(db_session, youth.id),
        messages_form=messages_form or MessagesForm.of(youth),
        correction_form=correction_form or CorrectionForm(),
        erasure_form=erasure_form or ErasureForm(),
        break_form=BreakForm(),
    )


@bp.get("/<token>/messages")
@by_link
def messages(token: str) -> ResponseReturnValue:
    """Read the messages that were sent to oneself."""
    youth = owner_of_page(token)
    return render_template(
        "me/messages.html", token=token, lines=message_lines(messages_to_youth(db_session, youth.id))
    )


@bp.get("/<token>/my-data")
@by_link
def my_data(token: str) -> ResponseReturnValue:
    """Read everything that is kept about oneself."""
    youth = owner_of_page(token)
    tables = own_data(db_session, youth.id)
    names = people_named(db_session, tables)
    return render_template("me/my_data.html", token=token, sections=readable(tables, names), made_at=utcnow())


@bp.get("/<token>/my-data.json")
@by_link
def my_data_file(token: str) -> ResponseReturnValue:
    """Take everything that is kept about oneself as a file."""
    youth = owner_of_page(token)
    tables = own_data(db_session, youth.id)
    content = {
        "made_at": utcnow().isoformat(),
        "tables": as_json_values(tables),
        "workers": {str(number): name for number, name in sorted(people_named(db_session, tables).items())},
    }
    text = json.dumps(content, ensure_ascii=False, indent=2)
    for mark in "<>&":  # the same file to a program, harmless to a browser that takes it for a page
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    headers = {"Content-Disposition": 'attachment; filename="sauma.json"'}
    return Response(text, mimetype="application/json", headers=headers)


@bp.post("/<token>/choices")
@by_link
@limited(PUBLIC_FORM)
def choose(token: str) -> ResponseReturnValue:
    """Choose the language and the way of messages."""
    youth = owner_of_page(token)
    form = MessagesForm.of(youth)
    if not form.validate_on_submit():
        return _data_page(token, youth, messages_form=form), 422
    choose_messages(db_session, youth, language=form.language.data, channel=form.channel.data, actor=as_actor(youth))
    say(gettext("Your choice is saved."))
    return _to_data(token)


@bp.post("/<token>/break")
@by_link
@limited(PUBLIC_FORM)
def pause(token: str) -> ResponseReturnValue:
    """Take a break from suggestions, or end it."""
    youth = owner_of_page(token)
    is_on = youth.paused_on is None
    take_a_break(db_session, youth, is_on=is_on, actor=as_actor(youth))
    say(gettext("You have a break now. No places are suggested.") if is_on else gettext("Welcome back!"))
    return _to_data(token)


@bp.post("/<token>/consents/<int:consent_id>")
@by_link
@limited(PUBLIC_FORM)
def answer_my_consent(token: str, consent_id: int) -> ResponseReturnValue:
    """Give, refuse or take back a consent."""
    youth = owner_of_page(token)
    pressed = request.form.get("step", "")
    action = next((one for one in ConsentAction if one.value == pressed), None) or abort(400)
    consent = get_consent(db_session, consent_id, youth.id) or abort(404)
    try:
        answer_consent(db_session, consent, action, actor=as_actor(youth))
        say(gettext("Your answer is saved."))
    except TransitionNotAllowed as error:
        say(error.message, FlashKind.INFO)
    return _to_data(token)


@bp.post("/<token>/correct")
@by_link
@limited(PUBLIC_FORM)
def ask_correction(token: str) -> ResponseReturnValue:
    """Ask for something to be corrected."""
    youth = owner_of_page(token)
    form = CorrectionForm()
    if not form.validate_on_submit():
        return _data_page(token, youth, correction_form=form), 422
    make_request(db_session, youth, kind=RequestKind.CORRECT, text=form.correction.data, actor=as_actor(youth))
    say(gettext("Sent to Ohjaamo. You see the answer here."))
    return _to_data(token)


@bp.post("/<token>/erase")
@by_link
@limited(PUBLIC_FORM)
def ask_erasure(token: str) -> ResponseReturnValue:
    """Ask for everything to be deleted."""
    youth = owner_of_page(token)
    form = ErasureForm()
    if not form.validate_on_submit():
        return _data_page(token, youth, erasure_form=form), 422
    make_request(db_session, youth, kind=RequestKind.ERASE, text="", actor=as_actor(youth))
    say(gettext("Sent to Ohjaamo. A worker deletes your data and tells you."))
    return _to_data(token)


@bp.post("/<token>/requests/<int:request_id>/take-back")
@by_link
@limited(PUBLIC_FORM)
def take_request_back(token: str, request_id: int) -> ResponseReturnValue:
    """Take back what one has asked, while nobody has acted on it."""
    youth = owner_of_page(token)
    asked = get_request(db_session, request_id, youth.id) or abort(404)
    try:
        end_request(db_session, asked, state=RequestState.TAKEN_BACK, answer="", actor=as_actor(youth))
        say(gettext("Taken back. Everything stays as it is."))
    except DomainError as error:
        say(error.message, FlashKind.INFO)
    return _to_data(token)


def _to_data(token: str) -> ResponseReturnValue:
    return redirect(url_for("me.data", token=token), code=303)
