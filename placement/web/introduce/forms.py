"""Forms of a worker who introduces a young person to an employer."""

from datetime import timedelta
from typing import Any

from wtforms import RadioField
from wtforms.validators import DataRequired, InputRequired

from placement.clock import today_in_helsinki
from placement.employers.models import EmployerContact
from placement.i18n import gettext
from placement.i18n import lazy_gettext as _l
from placement.introductions.services import ANSWER_WITHIN
from placement.web.forms import FinnishDateField, Form, TextField

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
