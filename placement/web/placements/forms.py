"""Forms of planning and changing a placement."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired, Optional

from placement.accounts.models import Staff
from placement.clock import today_in_helsinki
from placement.employers.models import Employer
from placement.i18n import gettext, sort_key
from placement.i18n import lazy_gettext as _l
from placement.placements.kinds import PlacementKind
from placement.placements.models import Placement, YesNoUnknown
from placement.placements.reasons import ExtensionReason, Side, StopReason
from placement.placements.schedule import LONGEST_CALENDAR, DayPattern
from placement.web.forms import (
    ChoiceField,
    FinnishDateField,
    Form,
    LongTextField,
    NumberField,
    PhoneField,
    TextField,
    TimeField,
)

LONGEST_TERM = 1500
ANSWERS = [(answer.value, answer.label) for answer in YesNoUnknown]
YEARS_BACK = timedelta(days=400)


class _Dated(Form):
    """A form with a first and a last day."""

    starts_on = FinnishDateField(_l("First day"), [InputRequired(_l("Give the first day."))])
    ends_on = FinnishDateField(_l("Last day"), [InputRequired(_l("Give the last day."))])

    def validate(self, extra_validators: Any = None) -> bool:
        """Check that the days are in order, not long gone, and that a calendar of them can be made."""
        if not super().validate(extra_validators):
            return False
        first, last = self["starts_on"].data, self["ends_on"].data
        if first < today_in_helsinki() - YEARS_BACK:
            self.starts_on.errors = [gettext("This day is long past. Check the year.")]
        if last < first:
            self.ends_on.errors = [gettext("The last day is before the first day.")]
        elif last - first > LONGEST_CALENDAR:
            self.ends_on.errors = [gettext("A placement lasts at most two years here. Extend it later.")]
        return not self.errors


class AddForm(_Dated):
    """Plan a placement."""

    employer_id = SelectField(_l("Employer"), [DataRequired(_l("Choose the employer."))], coerce=int)
    kind = ChoiceField(_l("Kind"), PlacementKind)
    title = TextField(_l("What is the work called?"), [DataRequired(_l("Tell what the work is."))], longest=120)
    make_anyway = BooleanField(_l("Make it anyway: it is another placement"))

    def offer_employers(self, employers: Sequence[Employer]) -> None:
        """Offer the employers of the centre."""
        self.employer_id.choices = [(0, gettext("Choose")), *((one.id, one.name) for one in employers)]


class TermsForm(_Dated):
    """What the agreement says, but for the hours."""

    title = TextField(_l("What is the work called?"), [DataRequired(_l("Tell what the work is."))], longest=120)
    goal = LongTextField(_l("Goal in the young person’s own words"), longest=LONGEST_TERM)
    tasks = LongTextField(_l("Tasks"), longest=LONGEST_TERM)
    place = TextField(_l("Where is the work done?"), longest=200)
    is_remote = BooleanField(_l("Partly or wholly remote"))
    guide_name = TextField(_l("Workplace guide"), longest=80)
    guide_phone = PhoneField(_l("Phone of the guide"))
    contact_id = SelectField(_l("Who signs for the employer?"), coerce=int)
    insurance = LongTextField(_l("Insurance: anything to add"), longest=LONGEST_TERM)
    absence_practice = LongTextField(_l("Absences: anything to add"), longest=LONGEST_TERM)
    adjustments = LongTextField(_l("What was agreed to make it work"), longest=LONGEST_TERM)
    version = HiddenField()

    def offer_contacts(self, employer: Employer) -> None:
        """Offer the contact people of the employer."""
        people = [(one.id, one.name) for one in employer.contacts if one.is_active or one.id == self.contact_id.data]
        self.contact_id.choices = [(0, gettext("Nobody chosen")), *sorted(people, key=lambda one: sort_key(one[1]))]

    def terms(self) -> dict[str, Any]:
        """Return the values as columns."""
        values = self.values("version")
        return values | {"contact_id": values["contact_id"] or None}


class AnswersForm(Form):
    """What the checklist asks of people; a field that does not concern the placement is not shown."""

    plan_agreed = RadioField(_l("Is the trial in the employment plan?"), choices=ANSWERS)
    laid_off_lately = RadioField(_l("Has the employer laid off or dismissed people lately?"), choices=ANSWERS)
    signatory_checked = BooleanField(_l("It has been checked that this person may sign for the employer"))
    earlier_months = NumberField(
        _l("Months of work trials elsewhere that are not known here"), [Optional()], least=0, most=60
    )
    has_hazards = RadioField(_l("Does the work hold hazards?"), choices=ANSWERS)
    hazards_notified_on = FinnishDateField(_l("Hazards notified to the authority on"), [Optional()])
    guardian_told_on = FinnishDateField(_l("Guardian told of the hazards on"), [Optional()])
    basic_education_done = RadioField(_l("Is basic education finished?"), choices=ANSWERS)
    with_children = BooleanField(_l("The work is regularly with children"))
    record_shown_on = FinnishDateField(_l("Criminal record extract shown on"), [Optional()])
    record_dated = FinnishDateField(_l("Date of the extract"), [Optional()])
    record_seen_by = TextField(_l("Who saw it at the employer"), longest=80)
    handles_food = BooleanField(_l("Food that spoils easily is handled unpacked"))
    contract_on = FinnishDateField(_l("Contract of employment made on"), [Optional()])
    is_zero_hours = BooleanField(_l("The contract promises no hours"))
    decided_on = FinnishDateField(_l("Subsidy granted on"), [Optional()])
    version = HiddenField()

    def keep_only(self, names: Sequence[str]) -> None:
        """Remove the fields that do not concern the placement."""
        for name in [field.short_name for field in self]:
            if name not in {*names, "version", "form_key", "csrf_token"}:
                del self[name]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check that an extract is told wholly and that no day is ahead."""
        if not super().validate(extra_validators):
            return False
        today = today_in_helsinki()
        for name in ("hazards_notified_on", "guardian_told_on", "record_shown_on", "record_dated"):
            if name in self and self[name].data and self[name].data > today:
                self[name].errors = [gettext("This day has not come yet.")]
        if "record_shown_on" in self:
            self._check_extract()
        return not self.errors

    def _check_extract(self) -> None:
        told = [bool(self[name].data) for name in ("record_shown_on", "record_dated", "record_seen_by")]
        if any(told) and not all(told):
            self.record_shown_on.errors = [gettext("Tell when it was shown, its date, and who saw it.")]
        elif all(told) and self["record_dated"].data > self["record_shown_on"].data:
            self.record_dated.errors = [gettext("The extract cannot be newer than the day it was shown.")]

    def answers(self) -> dict[str, Any]:
        """Return the values as columns."""
        values = self.values("version")
        return {
            name: YesNoUnknown(value) if isinstance(self[name], RadioField) else value for name, value in values.items()
        }


def _day_fields(number: int) -> dict[str, Any]:
    return {
        f"begins_{number}": TimeField(_l("Begins at")),
        f"ends_{number}": TimeField(_l("Ends at")),
        f"break_{number}": NumberField(_l("Break, min"), [Optional()], least=0, most=480),
    }


class HoursForm(Form):
    """The hours of a week, from which the calendar is made."""

    on_holidays = BooleanField(_l("Also on public holidays"))
    version = HiddenField()

    def week(self) -> dict[int, DayPattern]:
        """Return the hours by day of the week."""
        return {
            number: DayPattern(self[f"begins_{number}"].data, self[f"ends_{number}"].data, self.break_of(number))
            for number in range(7)
            if self[f"begins_{number}"].data is not None
        }

    def break_of(self, number: int) -> int:
        """Return the minutes of break on a day of the week."""
        return int(self[f"break_{number}"].data or 0)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check that a day has both times, and that somebody works on some day."""
        if not super().validate(extra_validators):
            return False
        for number in range(7):
            begins, ends = self[f"begins_{number}"], self[f"ends_{number}"]
            if (begins.data is None) != (ends.data is None):
                missing = begins if begins.data is None else ends
                missing.errors = [gettext("Give both times, or neither.")]
        if not self.errors and not self.week():
            self.begins_0.errors = [gettext("Give the hours of at least one day.")]
        return not self.errors


for _number in range(7):
    for _name, _field in _day_fields(_number).items():
        setattr(HoursForm, _name, _field)


class OneDayForm(Form):
    """The hours of one day of the calendar; without times the day is free."""

    begins_0 = TimeField(_l("Begins at"))
    ends_0 = TimeField(_l("Ends at"))
    break_0 = NumberField(_l("Break, min"), [Optional()], least=0, most=480)
    begins_1 = TimeField(_l("Begins again at"))
    ends_1 = TimeField(_l("Ends at"))
    break_1 = NumberField(_l("Break, min"), [Optional()], least=0, most=480)
    version = HiddenField()

    def patterns(self) -> list[DayPattern]:
        """Return the stretches of work of the day."""
        return [
            DayPattern(
                self[f"begins_{number}"].data, self[f"ends_{number}"].data, int(self[f"break_{number}"].data or 0)
            )
            for number in range(2)
            if self[f"begins_{number}"].data is not None
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check that a stretch has both times."""
        if not super().validate(extra_validators):
            return False
        for number in range(2):
            begins, ends = self[f"begins_{number}"], self[f"ends_{number}"]
            if (begins.data is None) != (ends.data is None):
                missing = begins if begins.data is None else ends
                missing.errors = [gettext("Give both times, or neither.")]
        return not self.errors


class PutAsideForm(Form):
    """A reason written on a line of the checklist."""

    reason = LongTextField(
        _l("What did you find out, and from whom?"), [DataRequired(_l("Write the reason."))], longest=1000
    )


class HandOverForm(Form):
    """Another worker who looks after the placement."""

    owner_id = SelectField(_l("Who looks after it from now on?"), coerce=int)

    def offer_staff(self, staff: Sequence[Staff]) -> None:
        """Offer the workers who may."""
        self.owner_id.choices = [(one.id, one.display_name) for one in staff]


class ExtendForm(Form):
    """Until when a placement goes on, and why."""

    ends_on = FinnishDateField(_l("New last day"), [InputRequired(_l("Give the last day."))])
    reason = ChoiceField(_l("Why does it go on?"), ExtensionReason)

    def __init__(self, *args: Any, placement: Placement, **options: Any) -> None:
        super().__init__(*args, **options)
        self._after = placement.ends_on

    def validate(self, extra_validators: Any = None) -> bool:
        """Check that the new last day is later, and that a calendar can be made."""
        if not super().validate(extra_validators):
            return False
        if not self._after < self["ends_on"].data <= self._after + LONGEST_CALENDAR:
            self.ends_on.errors = [gettext("The extension ends after the present last day.")]
        return not self.errors


class StopForm(Form):
    """Why it ends early or is cancelled, and whose decision it was."""

    decided_by = ChoiceField(_l("Whose decision was it?"), Side)
    last_day = FinnishDateField(_l("Last day at work"), [InputRequired(_l("Give the last day."))])

    def __init__(self, *args: Any, placement: Placement, reasons: Sequence[StopReason], **options: Any) -> None:
        super().__init__(*args, **options)
        self._placement = placement
        self.reason.choices = [(one.value, one.label) for one in reasons]
        if placement.started_on is None:
            del self.last_day

    reason = RadioField(_l("Why?"), [InputRequired(_l("Choose a reason."))], coerce=str)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check that the last day is between the first day and today."""
        if not super().validate(extra_validators):
            return False
        first: date | None = self._placement.started_on
        if first is not None and not first <= self["last_day"].data <= today_in_helsinki():
            self.last_day.errors = [gettext("The last day is between the first day and today.")]
        return not self.errors
