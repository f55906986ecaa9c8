"""The people of an employer, its rest, and the way to a card to be answered, on the same blueprint."""

from datetime import date, timedelta

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from placement.clock import today_in_helsinki
from placement.employers.models import Employer, EmployerContact
from placement.employers.queries import active_contacts
from placement.employers.services import add_contact_as_employer, edit_contact
from placement.errors import DomainError
from placement.i18n import LabelledEnum
from placement.i18n import gettext as _
from placement.i18n import lazy_gettext as _l
from placement.introductions.card import shown_card
from placement.introductions.links import make_receiver_link
from placement.introductions.queries import get_introduction_to
from placement.notifications.models import Channel
from placement.offers.freshness import LONGEST_PAUSE
from placement.offers.not_now import say_not_now, talk_again
from placement.web.access import by_link
from placement.web.employer.routes import Visit, bp, find_visit
from placement.web.employers.forms import ContactForm
from placement.web.flashes import say
from placement.web.forms import FinnishDateField, Form
from placement.web.offers.fields import enum_choices
from placement.web.rate_limits import PUBLIC_FORM, limited
from placement.web.session import db_session

SPRING, SUMMER, AUTUMN = (3, 1), (6, 1), (9, 1)


class When(LabelledEnum):
    """When an employer wants to be asked again; a press is quicker than a date."""

    MONTH = "month", _l("In a month")
    SPRING = "spring", _l("In spring")
    SUMMER = "summer", _l("In summer")
    AUTUMN = "autumn", _l("In autumn")
    DAY = "day", _l("On a day I write")


_SEASONS = {When.SPRING: SPRING, When.SUMMER: SUMMER, When.AUTUMN: AUTUMN}


class NotNowForm(Form):
    """The day on which the employer wants to be asked again."""

    when = RadioField(_l("When may we ask again?"), choices=lambda: enum_choices(When), default=When.MONTH.value)
    on = FinnishDateField(_l("The day"), description=_l("Only if you chose to write a day."))

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for a day that is ahead and within a year."""
        if not super().validate(extra_validators):
            return False
        today = today_in_helsinki()
        if self.when.data == When.DAY and (self.on.data is None or not today < self.on.data <= today + LONGEST_PAUSE):
            self.on.errors = [_("Choose a day after today, at most a year away.")]
        return not self.errors

    def day(self) -> date:
        """Return the day: the next beginning of the season that was chosen, or the one written."""
        today = today_in_helsinki()
        season = _SEASONS.get(When(self.when.data))
        if season is not None:
            this_year = date(today.year, *season)
            return this_year if this_year > today else date(today.year + 1, *season)
        return self.on.data if self.when.data == When.DAY and self.on.data else today + timedelta(days=30)


def _status() -> int:
    return 422 if request.method == "POST" else 200


def _colleague(visit: Visit, contact_id: int) -> EmployerContact:
    people = active_contacts(db_session, visit.contact.employer_id)
    return next((one for one in people if one.id == contact_id), None) or abort(404)


@bp.post("/<token>/introductions/<int:introduction_id>/open")
@by_link
def open_introduction(token: str, introduction_id: int) -> ResponseReturnValue:
    """Go from one's own page to a card that a young person has approved; there it is read and answered."""
    visit = find_visit(token)
    found = get_introduction_to(db_session, introduction_id, contact_id=visit.contact.id)
    if found is None or shown_card(found) is None:
        abort(404)
    return redirect(make_receiver_link(db_session, introduction=found, actor=visit.actor), code=303)


@bp.get("/<token>/people")
@by_link
def people(token: str) -> ResponseReturnValue:
    """See who at the employer gets a link of their own."""
    visit = find_visit(token)
    return render_template(
        "employer/people.html", visit=visit, people=active_contacts(db_session, visit.contact.employer_id)
    )


@bp.route("/<token>/people/new", methods=["GET", "POST"])
@limited(PUBLIC_FORM)
@by_link
def add_person(token: str) -> ResponseReturnValue:
    """Add a colleague, who gets a link of their own at once."""
    visit = find_visit(token)
    form = ContactForm()
    del form.title
    form.channel.choices = [pair for pair in form.channel.choices if pair[0] != Channel.NONE.value]
    if not form.validate_on_submit():
        return render_template("employer/add_person.html", visit=visit, form=form), _status()
    try:
        added = add_contact_as_employer(db_session, by=visit.contact, **form.values())
    except DomainError as error:
        form.form_errors.append(error.message)
        return render_template("employer/add_person.html", visit=visit, form=form), 422
    say(_("%(name)s is added, and a link is on its way to them.", name=added.name))
    return redirect(url_for("employer.people", token=token), code=303)


@bp.route("/<token>/people/<int:contact_id>/remove", methods=["GET", "POST"])
@by_link
def remove_person(token: str, contact_id: int) -> ResponseReturnValue:
    """Take away a colleague who has left: their links stop working at once. Nobody removes themselves."""
    visit = find_visit(token)
    contact = _colleague(visit, contact_id)
    if contact.id == visit.contact.id:
        abort(404)
    form = Form()
    if not form.validate_on_submit():
        return render_template("employer/remove_person.html", visit=visit, form=form, contact=contact), _status()
    edit_contact(db_session, contact=contact, actor=visit.actor, is_active=False)
    say(_("%(name)s is no longer a contact person.", name=contact.name))
    return redirect(url_for("employer.people", token=token), code=303)


@bp.route("/<token>/not-now", methods=["GET", "POST"])
@limited(PUBLIC_FORM)
@by_link
def not_now(token: str) -> ResponseReturnValue:
    """Say: not now, ask me then."""
    visit = find_visit(token)
    form = NotNowForm()
    if not form.validate_on_submit():
        return render_template("employer/not_now.html", visit=visit, form=form), _status()
    say_not_now(db_session, employer=_employer(visit), until=form.day(), actor=visit.actor)
    say(_("Thank you for telling. We ask again then, not before."))
    return redirect(url_for("employer.home", token=token), code=303)


@bp.post("/<token>/not-now/over")
@by_link
def not_now_over(token: str) -> ResponseReturnValue:
    """Say that one may be asked again at once."""
    visit = find_visit(token)
    talk_again(db_session, employer=_employer(visit), actor=visit.actor)
    say(_("Good to have you back. Your paused places are open again."))
    return redirect(url_for("employer.home", token=token), code=303)


def _employer(visit: Visit) -> Employer:
    return db_session.get_one(Employer, visit.contact.employer_id)
