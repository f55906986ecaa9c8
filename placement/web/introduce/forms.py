"""Forms of a worker who introduces a young person to an employer."""

from datetime import timedelta
from typing import Any

from flask import request
from wtforms import Field, RadioField, ValidationError
from wtforms.validators import DataRequired, Email, InputRequired

from placement.clock import today_in_helsinki
from placement.employers.models import EmployerContact
from placement.i18n import LANGUAGES, gettext
from placement.i18n import lazy_gettext as _l
from placement.introductions.services import ANSWER_WITHIN
from placement.notifications.models import Channel
from placement.web.forms import FinnishDateField, Form, PhoneField, TextField

LATEST_ANSWER = timedelta(days=60)


class ReceiverForm(Form):
    """Which contact person gets the card."""

    contact_id = RadioField(_l("Who gets the card?"), [InputRequired(_l("Choose a contact person."))], coerce=int)

    @classmethod
    def among(cls, contacts: list[EmployerContact]) -> "ReceiverForm":
        """Return the form with the contact people of the employer; the only one is chosen beforehand."""
        form = cls(data={"contact_id": contacts[0].id} if len(contacts) == 1 else None)
        form.contact_id.choices = [(one.id, _named(one)) for one in contacts]
        return form


class GuardianLinkForm(Form):
    """Where the guardian's link goes, if it is not shown here."""

    phone = PhoneField(_l("Phone of the guardian"))
    email = TextField(_l("E-mail address of the guardian"), longest=254)
    language = RadioField(
        _l("Language of the message"), [InputRequired()], choices=[(one.code, one.name) for one in LANGUAGES]
    )

    def validate_phone(self, field: Field) -> None:
        """A link that is sent needs one way to go."""
        if request.form.get("way") == "send" and not field.data and not self.email.data:
            raise ValidationError(gettext("Give a phone number or an e-mail address."))

    def validate_email(self, field: Field) -> None:
        """An address is one."""
        if field.data:
            Email(gettext("Write the e-mail address like this: name@example.fi"))(self, field)

    @property
    def channel(self) -> Channel:
        """The way of the message: a text message when there is a number."""
        return Channel.SMS if self.phone.data else Channel.EMAIL


class SendCardForm(Form):
    """By which day an answer is hoped for."""

    answer_by = FinnishDateField(_l("Answer hoped for by"), [InputRequired(_l("Give a day."))])

    @classmethod
    def with_a_week(cls) -> "SendCardForm":
        """Return the form with the usual day."""
        return cls(data={"answer_by": today_in_helsinki() + ANSWER_WITHIN})

    def validate(self, extra_validators: Any = None) -> bool:
        """The day is ahead, and not months away."""
        if not super().validate(extra_validators=extra_validators):
            return False
        today, day = today_in_helsinki(), self.answer_by.data
        if day is None or not today <= day <= today + LATEST_ANSWER:
            self.answer_by.errors = [gettext("Give a day within the next two months.")]
            return False
        return True


class WithdrawForm(Form):
    """Why an introduction is ended by Ohjaamo."""

    reason = TextField(_l("Why does it end?"), [DataRequired(_l("Tell why."))], longest=160)


def _named(contact: EmployerContact) -> str:
    way = gettext("no way to send messages") if not contact.email and not contact.phone else ""
    return ", ".join(part for part in (contact.name, contact.title, way) if part)
