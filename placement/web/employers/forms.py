"""Forms of the employer pages."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as WrongNumber
from stdnum.fi import ytunnus
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, Email, Length, Optional

from placement.accounts.models import Staff
from placement.employers.models import Employer, EmployerForm
from placement.i18n import gettext
from placement.i18n import lazy_gettext as _l
from placement.notifications.models import Channel
from placement.web.forms import (
    LANGUAGE_CHOICES,
    ChoiceField,
    Form,
    LongTextField,
    MunicipalityField,
    PhoneField,
    TextField,
)
from placement.web.offers.fields import TicksField


class BusinessIdField(StringField):  # type: ignore[misc]
    """A Finnish business ID, checked by its check digit and kept as 1234567-8."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the business ID or say what is wrong with it."""
        text = (valuelist[0] if valuelist else "").strip()
        self.data = text
        if not text:
            return
        try:
            self.data = ytunnus.format(ytunnus.validate(text))
        except InvalidChecksum as error:
            message = gettext("Check the business ID: the last digit does not go with the others.")
            raise ValueError(message) from error
        except WrongNumber as error:
            message = gettext("This is not a business ID. It has seven digits, a hyphen and one digit.")
            raise ValueError(message) from error


class WebsiteField(StringField):  # type: ignore[misc]
    """The address of a website; https:// is added when it is missing."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the address or say how to type one."""
        text = (valuelist[0] if valuelist else "").strip()
        self.data = text
        if not text:
            return
        address = text if "://" in text else f"https://{text}"
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or "." not in parts.netloc or " " in address:
            raise ValueError(gettext("Give the address like this: www.example.fi"))
        self.data = address


class EditEmployerForm(Form):
    """What is known of an employer."""

    name = TextField(_l("Name"), [DataRequired(_l("Write the name of the employer."))])
    business_id = BusinessIdField(_l("Business ID"), description=_l("May be empty. It is checked as you save."))
    form = ChoiceField(_l("What kind of employer"), EmployerForm, description=_l("Some rules depend on this."))
    industry = TextField(_l("Line of work"), longest=120, description=_l("For example café, garage, day care."))
    street_address = TextField(_l("Street address"), longest=200)
    municipality_code = MunicipalityField(_l("Municipality"))
    working_languages = TicksField(_l("Languages used at work"), choices=lambda: LANGUAGE_CHOICES)
    phone = PhoneField(_l("Phone"))
    website = WebsiteField(_l("Website"), [Length(max=200)])
    owner_id = SelectField(
        _l("Contact at Ohjaamo"), description=_l("One named worker, so that not everybody calls."), coerce=int
    )
    notes = LongTextField(_l("Notes"), description=_l("Facts about cooperation. Nothing about young people."))
    version = HiddenField()

    def offer_owners(self, staff: Iterable[Staff]) -> None:
        """Give the choices of the contact at Ohjaamo."""
        self.owner_id.choices = [(0, gettext("Nobody yet")), *((one.id, one.display_name) for one in staff)]

    def keep_version(self, version: int) -> None:
        """Make the form one of the present version, with what was typed in it."""
        self.version.process_data(version)
        self.version.raw_data = None

    def differences(self, employer: Employer) -> list[tuple[Any, str]]:
        """Return the label and the saved value of each field in which something else was typed."""
        return [
            (self[name].label.text, str(getattr(getattr(employer, name), "label", getattr(employer, name)) or "–"))
            for name in ("name", "business_id", "form", "industry", "street_address", "phone", "website", "notes")
            if (self[name].data or "") != (getattr(employer, name) or "")
        ]

    def plain_values(self) -> dict[str, Any]:
        """Return what the service takes."""
        values = self.values("version", "is_another")
        values["owner_id"] = values["owner_id"] or None
        return values


class AddEmployerForm(EditEmployerForm):
    """A new employer. The tick says that a similar one is another employer."""

    is_another = BooleanField(_l("This is another employer than those above"))


class UnitForm(Form):
    """A place of business."""

    name = TextField(_l("Name"), [DataRequired(_l("Write what the place is called."))])
    street_address = TextField(_l("Street address"), longest=200)
    municipality_code = MunicipalityField(_l("Municipality"))
    access_notes = LongTextField(
        _l("How to get there"), longest=1000, description=_l("Bus, stairs, which door. Short is good.")
    )


class ContactForm(Form):
    """A contact person and how to reach them."""

    name = TextField(_l("Name"), [DataRequired(_l("Write the name of the person."))], longest=120)
    title = TextField(_l("Work title"), longest=80)
    email = StringField(
        _l("E-mail"),
        [Optional(), Length(max=254), Email(_l("Give the e-mail address like this: name@example.fi"))],
        filters=[lambda text: (text or "").strip()],
    )
    phone = PhoneField(_l("Phone"))
    language = SelectField(_l("Language"), choices=LANGUAGE_CHOICES, default="fi")
    channel = ChoiceField(_l("Messages go by"), Channel, default=Channel.EMAIL)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the address that the chosen channel needs."""
        if not super().validate(extra_validators):
            return False
        if self.channel.data is Channel.EMAIL and not self.email.data:
            self.email.errors = [gettext("Write the e-mail address, or choose another way for messages.")]
        if self.channel.data is Channel.SMS and not self.phone.data:
            self.phone.errors = [gettext("Write the phone number, or choose another way for messages.")]
        return not self.errors


class EditContactForm(ContactForm):
    """A contact person, who may also have stopped."""

    is_active = BooleanField(
        _l("Is a contact person now"), description=_l("Without the tick the person’s links stop working at once.")
    )


class GiveLinkForm(Form):
    """How the link reaches the person."""

    way = RadioField(_l("How does the link reach the person?"), validators=[DataRequired(_l("Choose one."))])
