"""The forms of recruitment days."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from placement.clock import today_in_helsinki
from placement.employers.models import EmployerContact
from placement.i18n import format_day, gettext
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.models import Youth
from placement.recruitment_days.models import RecruitmentDay, VenueKind
from placement.web.forms import ChoiceField, FinnishDateField, Form, LongTextField, NumberField, TextField, TimeField


class DayForm(Form):
    """A recruitment day: what, when, where, for how many."""

    title = TextField(_l("Name of the day"), [DataRequired(_l("Give the day a name."))], longest=120)
    held_on = FinnishDateField(_l("Date"), [InputRequired(_l("Give the date."))])
    begins = TimeField(_l("Begins at"), [InputRequired(_l("Give the time when it begins."))])
    ends = TimeField(_l("Ends at"), [InputRequired(_l("Give the time when it ends."))])
    venue_kind = ChoiceField(_l("Kind of place"), VenueKind)
    venue_name = TextField(_l("Place"), [DataRequired(_l("Tell where the day is held."))], longest=120)
    venue_address = TextField(_l("Street address"), longest=200)
    access_notes = LongTextField(
        _l("How to get there"), longest=600, description=_l("Bus stop, door, steps, lift, quiet room.")
    )
    description = LongTextField(
        _l("What happens there"), longest=1000, description=_l("Young people and employers read this.")
    )
    capacity = NumberField(
        _l("Places for young people"), [InputRequired(_l("Tell how many young people can come."))], least=1, most=2000
    )
    answer_by = FinnishDateField(
        _l("Answers by"),
        [Optional()],
        description=_l("If you give a date, those who have not answered get a reminder two days before it."),
    )
    quiet_from = TimeField(_l("Quiet time from"), [Optional()])
    quiet_until = TimeField(_l("Quiet time until"), [Optional()])
    cost = NumberField(_l("Costs"), [Optional()], most=999999)
    work_hours = NumberField(_l("Hours of work in all"), [Optional()], most=9999)
    version = HiddenField()

    def __init__(self, *args: Any, day: RecruitmentDay | None = None, **options: Any) -> None:
        super().__init__(*args, obj=day, **options)
        self._day = day

    def validate(self, extra_validators: Any = None) -> bool:
        """Check that the times are in order and still ahead."""
        if not super().validate(extra_validators=extra_validators):
            return False
        held_on, begins, ends = self.held_on.data, self.begins.data, self.ends.data
        is_kept = self._day is not None and held_on == self._day.held_on
        if held_on and held_on < today_in_helsinki() and not is_kept:
            self.held_on.errors = [gettext("Give a date that is not in the past.")]
        if begins and ends and ends <= begins:
            self.ends.errors = [gettext("The day must end later than it begins.")]
        if self.answer_by.data and held_on and self.answer_by.data > held_on:
            self.answer_by.errors = [gettext("Answers are needed before the day itself.")]
        self._check_quiet_time()
        if self._day is not None and self.version.data != str(self._day.version):
            self.form_errors.append(
                gettext("Somebody else has changed this day meanwhile. Save again to keep what you wrote.")
            )
            self.version.data = str(self._day.version)
        return not self.errors

    def _check_quiet_time(self) -> None:
        first, last = self.quiet_from.data, self.quiet_until.data
        begins, ends = self.begins.data, self.ends.data
        if (first is None) != (last is None):
            self.quiet_until.errors = [gettext("Give both times of the quiet time, or neither.")]
        elif first and last and begins and ends and not begins <= first < last <= ends:
            self.quiet_until.errors = [gettext("The quiet time must be within the day.")]

    def day_values(self) -> dict[str, Any]:
        """Return the values as the services take them."""
        values = self.values("version")
        hours = values["work_hours"]
        return values | {"capacity": int(values["capacity"]), "work_hours": None if hours is None else int(hours)}


class CloneForm(Form):
    """When a copy of a day is held."""

    held_on = FinnishDateField(_l("Date of the new day"), [InputRequired(_l("Give the date."))])

    def validate(self, extra_validators: Any = None) -> bool:
        """Check that the date is still ahead."""
        if not super().validate(extra_validators=extra_validators):
            return False
        if self.held_on.data and self.held_on.data < today_in_helsinki():
            self.held_on.errors = [gettext("Give a date that is not in the past.")]
        return not self.errors


class CancelForm(Form):
    """Why a day is cancelled."""

    reason = LongTextField(
        _l("Why is the day cancelled?"),
        [DataRequired(_l("Write why the day is cancelled."))],
        longest=400,
        description=_l("It is in the e-mails, and on the page behind the link in the text messages."),
    )


class InviteYouthsForm(Form):
    """Which young people are invited."""

    youths = SelectMultipleField(
        _l("Young people"),
        [DataRequired(_l("Choose at least one young person."))],
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, youths: Sequence[Youth], *, reader_id: int, with_adult: bool) -> None:
        """Offer these young people; where two would read the same, the last contact tells them apart.

        Workers see the last names of those whom they serve, as on their other pages.
        """
        names = {youth.id: _name_for(youth, reader_id=reader_id, with_adult=with_adult) for youth in youths}
        seen = Counter(names.values())
        self.youths.choices = [
            (youth.id, names[youth.id] if seen[names[youth.id]] == 1 else f"{names[youth.id]} · {_last_contact(youth)}")
            for youth in youths
        ]


def _name_for(youth: Youth, *, reader_id: int, with_adult: bool) -> str:
    is_served = reader_id in {youth.one_adult_id, youth.deputy_id}
    name = f"{youth.first_name} {youth.last_name}".strip() if is_served else youth.short_name
    return f"{name} · {youth.one_adult.display_name}" if with_adult and youth.one_adult else name


def _last_contact(youth: Youth) -> str:
    if youth.last_contact_on is None:
        return str(gettext("no contact yet"))
    return str(gettext("last contact %(day)s", day=format_day(youth.last_contact_on)))


class InviteEmployerForm(Form):
    """Which employer is invited, through whom."""

    contact = SelectField(_l("Employer and contact person"), [InputRequired(_l("Choose whom to invite."))], coerce=int)

    def offer(self, contacts: Sequence[EmployerContact]) -> None:
        """Offer these contact people under the name of their employer."""
        self.contact.choices = [(contact.id, f"{contact.employer.name} · {contact.name}") for contact in contacts]
