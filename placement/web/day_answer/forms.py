"""What a young person or an employer tells when they answer."""

from typing import Any

from wtforms import SelectMultipleField, StringField
from wtforms.validators import AnyOf, InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from placement.i18n import lazy_gettext as _l
from placement.recruitment_days.models import DayEmployer
from placement.recruitment_days.needs import Need, Needs
from placement.web.forms import Form, LongTextField, NumberField, TextField

YES, NO = "yes", "no"
_ONE_OF_TWO = AnyOf([YES, NO], message=_l("Choose one of the two answers."))


class YouthAnswerForm(Form):
    """Coming or not, and what would help on the day."""

    answer = StringField(_l("Your answer"), [_ONE_OF_TWO])
    needs = SelectMultipleField(
        _l("Is there something that would help you on the day?"),
        choices=[(need.value, need.label) for need in Need],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    other = TextField(_l("Something else"), longest=100)

    @classmethod
    def showing(cls, kept: str) -> "YouthAnswerForm":
        """Return the form with what was told before."""
        needs = Needs.read(kept)
        return cls(needs=[need.value for need in needs.ticked], other=needs.other)

    def told(self) -> str:
        """Return the needs as the database keeps them."""
        return Needs.of(self.needs.data or [], self.other.data or "").kept()


class EmployerAnswerForm(Form):
    """Coming or not, with how many people, and what they bring."""

    answer = StringField(_l("Your answer"), [_ONE_OF_TWO])
    people = NumberField(_l("How many of you are coming?"), least=1, most=50)
    brings = LongTextField(
        _l("What can you offer?"), longest=1000, description=_l("Work trials, jobs, visits or something to try.")
    )

    @classmethod
    def showing(cls, row: DayEmployer) -> "EmployerAnswerForm":
        """Return the form with what was told before."""
        return cls(people=row.people, brings=row.brings)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask only those who come how many they are."""
        if self.answer.data == YES:
            self.people.validators = [InputRequired(_l("Tell how many of you are coming."))]
        else:
            self.people.process_errors = []
        return bool(super().validate(extra_validators=extra_validators))

    def number_of_people(self) -> int | None:
        """Return the whole number, if one was given."""
        return int(self.people.data) if self.people.data is not None else None
