"""Forms of sending a suggestion and of the step after a yes."""

from datetime import timedelta

from wtforms.validators import InputRequired

from placement.clock import today_in_helsinki
from placement.i18n import gettext
from placement.i18n import lazy_gettext as _l
from placement.web.forms import FinnishDateField, Form, LongTextField, TextField

LONGEST_NOTE = 400
LATEST_NEXT = timedelta(days=366)


class SendForm(Form):
    """A few words of the worker's own to go with the suggestion."""

    note = LongTextField(_l("Your own words"), longest=LONGEST_NOTE)


class FollowUpForm(Form):
    """What comes next after the employer was called, and when."""

    next_step = TextField(_l("Next step"), [InputRequired(_l("Write what comes next"))], longest=160)
    next_on = FinnishDateField(_l("When"), [InputRequired(_l("Give the day of the next step"))])

    def validate(self, extra_validators: object = None) -> bool:
        """The next day is today or later, and not years away."""
        if not super().validate(extra_validators):
            return False
        today, day = today_in_helsinki(), self.next_on.data
        if day is None or not today <= day <= today + LATEST_NEXT:
            self.next_on.errors = [*self.next_on.errors, gettext("Give a day from today to one year from now")]
            return False
        return True
