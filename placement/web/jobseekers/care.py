"""What a young person allows and asks: asking for a consent, answering requests, erasing."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField
from wtforms import Field as AnyField
from wtforms import ValidationError as Refused
from wtforms.validators import DataRequired, InputRequired

from placement.accounts.permissions import Permission
from placement.clock import today_in_helsinki
from placement.i18n import gettext
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.consents import ask_consent, consents_of
from placement.jobseekers.models import ConsentItem, RequestKind, Youth, YouthRequest
from placement.jobseekers.queries import is_named_worker
from placement.jobseekers.requests import end_request, erase_youth, get_request, requests_of
from placement.jobseekers.states import RequestState
from placement.placements.queries import placements_of_youth
from placement.placements.states import ALIVE
from placement.web.access import current_actor, requires, signed_in_staff
from placement.web.flashes import say
from placement.web.forms import FinnishDateField, Form, LongTextField, TextField
from placement.web.jobseekers.forms import ManyField
from placement.web.jobseekers.loading import load_youth_for_staff
from placement.web.jobseekers.page import person_page
from placement.web.jobseekers.routes import bp
from placement.web.session import db_session


class ConsentForm(Form):
    """What to ask a young person's permission for."""

    items = ManyField(_l("What may be told?"), [(item.value, item.label) for item in ConsentItem])
    to_whom = TextField(_l("To whom?"), [DataRequired(_l("Name the body and, if you can, the person."))], longest=160)
    why = TextField(_l("Why?"), [DataRequired(_l("Write why, so that a young person understands it."))], longest=300)
    until = FinnishDateField(_l("Until when?"), [InputRequired(_l("Give the last day."))])

    def validate_items(self, field: AnyField) -> None:
        """A consent covers something."""
        if not field.data:
            raise Refused(gettext("Choose at least one thing."))

    def validate_until(self, field: AnyField) -> None:
        """The last day is not in the past."""
        if field.data and field.data < today_in_helsinki():
            raise Refused(gettext("Give a day that is today or later."))


class RequestForm(Form):
    """The answer to a request."""

    answer = LongTextField(
        _l("What do you tell them?"), [DataRequired(_l("Write a few words for the young person."))], longest=500
    )


class ErasingForm(Form):
    """A deliberate tick before erasing."""

    sure = BooleanField(
        _l("I have talked with the young person, and this is what they want"),
        [InputRequired(_l("Talk with the young person first, then tick this."))],
    )


@bp.route("/<int:youth_id>/consents", methods=["GET", "POST"])
@requires(Permission.YOUTH_EDIT)
def consents(youth_id: int) -> ResponseReturnValue:
    """See what a young person allows, and ask for a new permission; they answer on their own page."""
    youth = _served(youth_id)
    form = ConsentForm()
    if form.validate_on_submit():
        values = form.values()
        items = [ConsentItem(code) for code in values.pop("items")]
        ask_consent(db_session, youth, items=items, **values, actor=current_actor())
        say(gettext("Asked. The young person answers on their own page."))
        return redirect(url_for("jobseekers.consents", youth_id=youth.id), code=303)
    page = render_template(
        "jobseekers/consents.html",
        form=form,
        person=person_page(youth, current="contact"),
        consents=consents_of(db_session, youth.id),
        requests=requests_of(db_session, youth.id),
        today=today_in_helsinki(),
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/<int:youth_id>/requests/<int:request_id>", methods=["GET", "POST"])
@requires(Permission.YOUTH_EDIT)
def answer_request(youth_id: int, request_id: int) -> ResponseReturnValue:
    """Answer what a young person has asked, or refuse it with a reason."""
    youth = _served(youth_id)
    asked = _open_request(youth, request_id)
    form = RequestForm()
    if form.validate_on_submit():
        is_done = request.form.get("done") == "yes" and asked.kind is not RequestKind.ERASE
        state = RequestState.DONE if is_done else RequestState.NOT_DONE
        end_request(db_session, asked, state=state, answer=form.answer.data, actor=current_actor())
        say(gettext("The answer is on their own page."))
        return redirect(url_for("jobseekers.consents", youth_id=youth.id), code=303)
    person = person_page(youth, current="contact")
    page = render_template("jobseekers/request.html", form=form, person=person, asked=asked)
    return page, 422 if form.is_submitted() else 200


@bp.route("/<int:youth_id>/requests/<int:request_id>/erase", methods=["GET", "POST"])
@requires(Permission.YOUTH_EDIT)
def erase(youth_id: int, request_id: int) -> ResponseReturnValue:
    """Erase everything about a young person who has asked for it; not while a placement goes on."""
    youth = _served(youth_id)
    asked = _open_request(youth, request_id)
    if asked.kind is not RequestKind.ERASE:
        abort(404)
    going_on = [one for one in placements_of_youth(db_session, youth.id) if one.state in ALIVE]
    form = ErasingForm()
    if not going_on and form.validate_on_submit():
        erase_youth(db_session, youth, actor=current_actor())
        say(gettext("Everything was erased."))
        return redirect(url_for("jobseekers.index"), code=303)
    person = person_page(youth, current="contact")
    page = render_template("jobseekers/erase.html", form=form, person=person, asked=asked, going_on=going_on)
    return page, 422 if form.is_submitted() else 200


def _served(youth_id: int) -> Youth:
    youth = load_youth_for_staff(youth_id)
    if not is_named_worker(signed_in_staff(), youth):
        abort(403)
    return youth


def _open_request(youth: Youth, request_id: int) -> YouthRequest:
    asked = get_request(db_session, request_id, youth.id)
    if asked is None or asked.state is not RequestState.OPEN:
        abort(404)
    return asked
