"""Forms of a young person's own pages."""

from wtforms import BooleanField, Field, RadioField, SelectField
from wtforms import ValidationError as Refused
from wtforms.validators import DataRequired, InputRequired

from placement.i18n import gettext
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.models import EvidencePlace, Youth
from placement.notifications.models import Channel
from placement.web.forms import LANGUAGE_CHOICES, ChoiceField, Form, LongTextField, TextField


class ReasonForm(Form):
    """Why they answered as they did, if they want to tell."""

    reason = TextField(_l("Do you want to tell why?"), longest=200)

    def validate_reason(self, field: Field) -> None:
        """Nobody has to tell, so an empty answer is only left alone."""
        if not field.data:
            raise Refused(gettext("Write a few words, or leave it."))


class MessagesForm(Form):
    """Language and way of messages, among the addresses that the centre knows."""

    language = RadioField(_l("Language"), choices=LANGUAGE_CHOICES)
    channel = ChoiceField(_l("How may we send messages?"), Channel)

    @classmethod
    def of(cls, youth: Youth) -> "MessagesForm":
        """Return the form with what is chosen now; a way without an address is not offered."""
        form = cls(data={"language": youth.language, "channel": youth.channel})
        known = {Channel.SMS: bool(youth.phone), Channel.EMAIL: bool(youth.email), Channel.NONE: True}
        form.channel.choices = [(one.value, one.label) for one in Channel if known[one]]
        return form


class BreakForm(Form):
    """Only the button."""


class CorrectionForm(Form):
    """What is wrong, in own words."""

    correction = LongTextField(
        _l("What should be corrected?"), [DataRequired(_l("Write what is wrong and how it should be."))], longest=500
    )


class ErasureForm(Form):
    """A deliberate tick before asking for deletion."""

    understood = BooleanField(
        _l("I understand that it cannot be undone"), [InputRequired(_l("Tick this first, if you are sure."))]
    )


class OwnWordsForm(Form):
    """A strength in own words, from one's own phone."""

    text = TextField(_l("What are you good at?"), [DataRequired(_l("Write something you are good at."))], longest=300)


class EvidenceForm(Form):
    """Where a strength has shown."""

    card_id = SelectField(_l("Which strength?"), [InputRequired(_l("Choose a strength."))])
    place = ChoiceField(_l("Where has it shown?"), EvidencePlace, validators=[InputRequired(_l("Choose where."))])
    told = TextField(_l("What happened?"), longest=160)
    seen_by = TextField(_l("Who saw it?"), longest=80)
