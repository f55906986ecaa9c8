"""The forms of handing over."""

from datetime import date, timedelta
from typing import Any

from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from placement.accounts.models import Staff
from placement.caseload.models import HandOverReason
from placement.caseload.queries import CaseRow
from placement.clock import today_in_helsinki
from placement.i18n import gettext
from placement.i18n import lazy_gettext as _l
from placement.web.forms import ChoiceField, FinnishDateField, Form, LongTextField


class HandOverForm(Form):
    """Who is handed over to whom, why and when. The young person knows before anything changes."""

    youth_ids = SelectMultipleField(
        _l("Who are handed over?"),
        [DataRequired(_l("Choose at least one."))],
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    to_id = SelectField(_l("New own adult"), [DataRequired(_l("Choose the new own adult."))], coerce=int)
    reason = ChoiceField(
        _l("Why?"), HandOverReason, empty=_l("Choose a reason"), validators=[DataRequired(_l("Choose a reason."))]
    )
    tell_by = FinnishDateField(_l("Told to the young person by"), [InputRequired(_l("Give a day."))])
    meet_on = FinnishDateField(_l("All three meet on"), [InputRequired(_l("Give a day."))])
    takes_effect_on = FinnishDateField(_l("Changes on"), [InputRequired(_l("Give a day."))])
    stays_deputy = BooleanField(_l("The present own adult stays as deputy"))

    @classmethod
    def among(cls, rows: list[CaseRow], workers: list[Staff]) -> "HandOverForm":
        """Return the form with the young people whose own adult the worker is, and the other workers."""
        today = today_in_helsinki()
        form = cls(
            data={
                "tell_by": today + timedelta(days=7),
                "meet_on": today + timedelta(days=14),
                "takes_effect_on": today + timedelta(days=14),
            }
        )
        form.youth_ids.choices = [(row.youth.id, row.youth.short_name) for row in rows]
        form.to_id.choices = [(0, gettext("Choose")), *((one.id, one.display_name) for one in workers)]
        return form

    def days(self) -> dict[str, date]:
        """Return the three days."""
        return {name: self[name].data for name in ("tell_by", "meet_on", "takes_effect_on")}

    def validate(self, extra_validators: Any = None) -> bool:
        """Told first, then the meeting, then the change."""
        is_valid = bool(super().validate(extra_validators=extra_validators))
        tell, meet, change = self.tell_by.data, self.meet_on.data, self.takes_effect_on.data
        if tell and tell < today_in_helsinki():
            self.tell_by.errors = [gettext("This day has passed. Give a later one.")]
        elif tell and change and tell >= change:
            self.takes_effect_on.errors = [gettext("The young person must know before it changes.")]
        elif meet and change and not today_in_helsinki() <= meet <= change:
            self.meet_on.errors = [gettext("They meet before it changes, or on that day.")]
        return is_valid and not self.errors


class ToldForm(Form):
    """What the young person said of it."""

    youth_view = LongTextField(_l("What did the young person say?"), longest=400)
