"""The forms with which a centre sets a value of its own for a rule."""

from typing import Any

from wtforms.validators import DataRequired

from placement.i18n import gettext
from placement.i18n import lazy_gettext as _l
from placement.rules.units import problem_with
from placement.web.forms import FinnishDateField, Form, LongTextField, NumberField


class RuleValueForm(Form):
    """The centre's own value of a rule, its days and why."""

    value = NumberField(_l("Value in this centre"), most=900000)
    valid_from = FinnishDateField(_l("First day"), description=_l("May be empty: from now on."))
    valid_to = FinnishDateField(_l("Last day"), description=_l("May be empty: until it is taken out of use."))
    reason = LongTextField(
        _l("Reason"),
        [DataRequired(_l("Write the reason."))],
        longest=1000,
        description=_l("For example who decided or told it, and when."),
    )

    _unit = ""

    @classmethod
    def for_unit(cls, unit: str) -> "RuleValueForm":
        """Return the form of a rule whose value is of this unit."""
        form = cls()
        form._unit = unit
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask at once for all that is missing or does not go together."""
        is_valid = super().validate(extra_validators)
        if not is_valid and not self.errors:
            return False
        if self.value.data is None and not self.value.errors:
            self.value.errors = [gettext("Write the value.")]
        elif self.value.data is not None and (wrong := problem_with(self.value.data, self._unit)) is not None:
            self.value.errors = [wrong]
        if self.valid_from.data and self.valid_to.data and self.valid_to.data < self.valid_from.data:
            self.valid_to.errors = [gettext("The last day is before the first.")]
        return not self.errors


class RevokeForm(Form):
    """Why a value is taken out of use."""

    reason = LongTextField(_l("Reason"), [DataRequired(_l("Write the reason."))], longest=1000)
