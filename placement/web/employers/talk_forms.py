"""Forms of talks with employers and of the needs that come of them."""

from datetime import date, timedelta
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired

from placement.accounts.models import Staff
from placement.clock import today_in_helsinki
from placement.employers.hidden_jobs.models import Lead, NeedPrompt, PromisedBy, TalkChannel
from placement.employers.hidden_jobs.services import NextStep
from placement.employers.models import Employer
from placement.i18n import LabelledEnum, gettext
from placement.i18n import lazy_gettext as _l
from placement.web.forms import FinnishDateField, Form, LongTextField, TextField
from placement.web.offers.fields import enum_choices, family_choices

LONGEST_NEED = 1000
OLDEST_TALK = timedelta(days=366)
FURTHEST_STEP = timedelta(days=2 * 366)


class NextIn(LabelledEnum):
    """When the next step is; a press is quicker than a date."""

    WEEK = "week", _l("In a week")
    TWO_WEEKS = "two_weeks", _l("In two weeks")
    MONTH = "month", _l("In a month")
    DAY = "day", _l("On a day I write")
    NONE = "none", _l("Nothing agreed")


_DAYS = {NextIn.WEEK: 7, NextIn.TWO_WEEKS: 14, NextIn.MONTH: 30}


class TalkForm(Form):
    """A talk in fifteen seconds: everything but the way is filled in or may be empty."""

    employer_id = SelectField(_l("Employer"), coerce=int)
    channel = RadioField(
        _l("How did you talk?"), choices=lambda: enum_choices(TalkChannel), default=TalkChannel.VISIT.value
    )
    held_on = FinnishDateField(_l("Day"), [InputRequired(_l("Write the day."))])
    contact_id = SelectField(_l("With whom?"), coerce=int)
    undone = LongTextField(NeedPrompt.UNDONE.label, longest=LONGEST_NEED)
    hurry = LongTextField(NeedPrompt.HURRY.label, longest=LONGEST_NEED)
    people = LongTextField(NeedPrompt.PEOPLE.label, longest=LONGEST_NEED)
    promise = TextField(
        _l("What was promised?"), longest=300, description=_l("For example: calls back about the summer. May be empty.")
    )
    promised_by = RadioField(_l("Who promised?"), choices=lambda: enum_choices(PromisedBy), default=PromisedBy.US.value)
    next_in = RadioField(
        _l("When do you look at it again?"),
        choices=lambda: enum_choices(NextIn),
        default=NextIn.TWO_WEEKS.value,
    )
    next_on = FinnishDateField(_l("The day"), description=_l("Only if you chose to write a day."))
    settles_earlier = BooleanField(_l("What was agreed before is now done"), default=True)

    def offer_employers(self, employers: list[tuple[int, str]]) -> None:
        """Give the employers to choose from; without any, the page is already that of one."""
        if employers:
            self.employer_id.choices = [(0, gettext("Choose the employer")), *employers]
        else:
            del self.employer_id

    def offer_people(self, employer: Employer | None) -> None:
        """Give the contact people of the employer; before one is chosen there are none."""
        people = [(one.id, one.name) for one in employer.contacts if one.is_active] if employer else []
        if people:
            self.contact_id.choices = [*people, (0, gettext("Somebody else"))]
        else:
            del self.contact_id

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for a day when something was agreed, and for days that can be true."""
        if not super().validate(extra_validators):
            return False
        today = today_in_helsinki()
        if "employer_id" in self and not self.employer_id.data:
            self.employer_id.errors = [gettext("Choose the employer.")]
        if self.day() > today:
            self.held_on.errors = [gettext("This day is still ahead. Write the talk down when it has been held.")]
        if self.day() < today - OLDEST_TALK:
            self.held_on.errors = [gettext("This is over a year ago. Check the day.")]
        self._ask_for_the_next_day(today)
        return not self.errors

    def _ask_for_the_next_day(self, today: date) -> None:
        if self.next_in.data == NextIn.DAY:
            if self.next_on.data is None:
                self.next_on.errors = [gettext("Write the day.")]
            elif self.next_on.data < today:
                self.next_on.errors = [gettext("This day has passed. Give a later one.")]
            elif self.next_on.data > today + FURTHEST_STEP:
                self.next_on.errors = [gettext("This day is too far ahead. Give one within two years.")]
        if self.next_in.data == NextIn.NONE and (self.promise.data or self.needs()):
            self.next_in.errors = [gettext("Something was told or promised. Choose when you look at it again.")]

    def day(self) -> date:
        """Return the day of the talk; today when none was readable."""
        return self.held_on.data or today_in_helsinki()

    def needs(self) -> dict[NeedPrompt, str]:
        """Return what was answered to each of the three questions."""
        answers = {prompt: self[prompt.value].data for prompt in NeedPrompt}
        return {prompt: text for prompt, text in answers.items() if text}

    def step(self) -> NextStep:
        """Return what was agreed for later."""
        chosen = NextIn(self.next_in.data)
        on = self.next_on.data if chosen is NextIn.DAY else None
        if chosen in _DAYS:
            on = today_in_helsinki() + timedelta(days=_DAYS[chosen])
        return NextStep(on, self.promise.data, PromisedBy(self.promised_by.data))


class HeardForm(Form):
    """A job that somebody heard of, before anybody has talked with the employer."""

    heard = LongTextField(
        _l("What did you hear?"),
        [DataRequired(_l("Write what you heard."))],
        longest=LONGEST_NEED,
        description=_l("For example: they open a second kitchen in May. Nothing about young people."),
    )
    next_on = FinnishDateField(
        _l("When do you get in touch?"), [InputRequired(_l("Write the day."))], description=_l("For example 3.12.2026.")
    )


class LeadForm(Form):
    """A need note: what is needed, what work it is, whose it is and when it is looked at again."""

    need = LongTextField(_l("What is needed?"), [DataRequired(_l("Write what is needed."))], longest=LONGEST_NEED)
    task_family = SelectField(_l("What work is it most like?"), choices=family_choices)
    unit_id = SelectField(_l("Place of business"), coerce=int)
    owner_id = SelectField(_l("Who takes care of it?"), coerce=int)
    next_on = FinnishDateField(_l("When is it looked at again?"), [InputRequired(_l("Write the day."))])
    version = HiddenField()

    def offer_choices(self, lead: Lead, units: list[tuple[int, str]], staff: list[Staff]) -> None:
        """Give the places of business and the workers to choose from; one who has left stays while chosen."""
        self.unit_id.choices = [(0, gettext("Not chosen")), *units]
        owners = [(one.id, one.display_name) for one in staff]
        if lead.owner is not None and lead.owner_id not in dict(owners):
            owners.append((lead.owner.id, lead.owner.display_name))
        self.owner_id.choices = owners

    def plain_values(self) -> dict[str, Any]:
        """Return what the service takes."""
        values = self.values("version")
        values["unit_id"] = values["unit_id"] or None
        values["task_family"] = values["task_family"] or None
        return values


class HandOverForm(Form):
    """To whom an employer goes, with all that is agreed."""

    owner_id = SelectField(_l("Who is the contact at Ohjaamo from now on?"), coerce=int)
    version = HiddenField()

    def offer_owners(self, staff: list[Staff], now: int | None) -> None:
        """Give the workers to choose from, without the one who is the contact now."""
        others = [(one.id, one.display_name) for one in staff if one.id != now]
        self.owner_id.choices = [(0, gettext("Choose a worker")), *others]

    def seen_again(self, version: int) -> None:
        """Say that a colleague was faster; the choice stays, and saving it again is made on the present version."""
        self.form_errors.append(
            gettext("Somebody else has changed this employer. Look who is the contact now, then choose again.")
        )
        self.version.process_data(version)
        self.version.raw_data = None

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for a worker."""
        if not super().validate(extra_validators):
            return False
        if not self.owner_id.data:
            self.owner_id.errors = [gettext("Choose a worker.")]
        return not self.errors
