"""Forms of naming who signs, and of recording a signature on paper."""

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, Email, InputRequired, Optional

from placement.accounts.models import Staff
from placement.i18n import gettext
from placement.i18n import lazy_gettext as _l
from placement.notifications.models import Channel
from placement.web.forms import LANGUAGE_CHOICES, ChoiceField, FinnishDateField, Form, PhoneField, TextField


class AuthorityForm(Form):
    """An officer who signs in here, or a name for signing on paper."""

    staff_id = SelectField(_l("Officer"), coerce=lambda value: int(value or 0))
    name = TextField(_l("Name, if not in the list"), longest=120)
    organisation = TextField(_l("Employment area or office"), longest=160)

    def offer_officers(self, officers: Sequence[Staff]) -> None:
        """Offer the officers of the centre."""
        self.staff_id.choices = [
            (0, gettext("Somebody else, on paper")),
            *((one.id, one.display_name) for one in officers),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check that somebody is named."""
        if not super().validate(extra_validators):
            return False
        if not self.staff_id.data and not self.name.data:
            self.name.errors = [gettext("Choose an officer or write a name.")]
        return not self.errors


class GuardianForm(Form):
    """A guardian, and how they are reached."""

    name = TextField(_l("Name of the guardian"), [DataRequired(_l("Write the name."))], longest=120)
    channel = ChoiceField(_l("How do they get the link?"), Channel)
    phone = PhoneField(_l("Phone number"))
    email = StringField(_l("E-mail address"), [Optional(), Email(_l("Check the e-mail address."))])
    language = SelectField(_l("Language of messages"), choices=LANGUAGE_CHOICES)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check that the channel has its address."""
        if not super().validate(extra_validators):
            return False
        if self.channel.data is Channel.SMS and not self.phone.data:
            self.phone.errors = [gettext("Give the phone number for text messages.")]
        if self.channel.data is Channel.EMAIL and not self.email.data:
            self.email.errors = [gettext("Give the e-mail address.")]
        return not self.errors

    def values(self, *without: str) -> dict[str, Any]:
        """Return the plain values; an address without a text is empty."""
        found = super().values(*without)
        return found | {"phone": found["phone"] or "", "email": (found["email"] or "").strip()}


class PaperForm(Form):
    """Who signed on paper, when and where."""

    name = TextField(_l("Name as signed"), [DataRequired(_l("Write the name."))], longest=120)
    signed_on = FinnishDateField(_l("Signed on"), [InputRequired(_l("Give the date."))])
    signed_where = TextField(_l("Where was it signed?"), [DataRequired(_l("Tell where."))], longest=120)
    text_hash = HiddenField()
