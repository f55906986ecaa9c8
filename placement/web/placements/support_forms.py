"""Forms of the support around a start."""

from collections.abc import Sequence

from wtforms import SelectField
from wtforms.validators import DataRequired, InputRequired

from placement.accounts.models import Staff
from placement.i18n import gettext
from placement.i18n import lazy_gettext as _l
from placement.placements.kinds import PartyRole
from placement.placements.support_plan.models import HelpedWith
from placement.web.forms import ChoiceField, FinnishDateField, Form, LongTextField, NumberField

LONGEST_NOTE = 1000
MINUTES_OF_A_DAY = 1440
SIDES = (PartyRole.PARTICIPANT, PartyRole.ORGANISER, PartyRole.GUIDE)


class StepDoneForm(Form):
    """What came of a step of the plan."""

    note = LongTextField(_l("What was talked about?"), longest=LONGEST_NOTE)
    minutes = NumberField(_l("Minutes"), least=0, most=MINUTES_OF_A_DAY)


class MoveStepForm(Form):
    """Another day or another worker for a step."""

    due_on = FinnishDateField(_l("Day"), [InputRequired(_l("Give the day."))])
    owner_id = SelectField(_l("Who?"), coerce=int)

    def offer_staff(self, colleagues: Sequence[Staff]) -> None:
        """Offer the workers who may look after placements."""
        self.owner_id.choices = [(0, gettext("By itself")), *((one.id, one.display_name) for one in colleagues)]


class WorryForm(Form):
    """Something that is not going well."""

    text = LongTextField(_l("What is not going well?"), [DataRequired(_l("Tell what it is."))], longest=LONGEST_NOTE)
    raised_by = ChoiceField(_l("Who told of it?"), SIDES, empty=_l("We noticed it"))


class SolveForm(Form):
    """What helped."""

    solution = LongTextField(_l("What helped?"), [DataRequired(_l("Tell what helped."))], longest=LONGEST_NOTE)


class HelpForm(Form):
    """Help with a form or another matter."""

    on = FinnishDateField(_l("Day"), [InputRequired(_l("Give the day."))])
    to_role = ChoiceField(_l("Whom did you help?"), SIDES)
    helped_with = ChoiceField(_l("With what?"), HelpedWith)
    minutes = NumberField(_l("Minutes"), [InputRequired(_l("Give the minutes."))], least=1, most=MINUTES_OF_A_DAY)
