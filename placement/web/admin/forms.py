"""The forms of staff management."""

from wtforms import EmailField, RadioField, SelectMultipleField
from wtforms.validators import DataRequired, Email, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from placement.accounts.permissions import Role
from placement.i18n import lazy_gettext as _l
from placement.web.forms import LANGUAGE_CHOICES, Form, TextField


class RolesField(SelectMultipleField):  # type: ignore[misc]
    """Tick boxes of the roles that may be given."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class StaffForm(Form):
    """A worker's name, language and roles."""

    first_name = TextField(_l("First name"), [DataRequired(_l("Write the first name."))], longest=60)
    last_name = TextField(_l("Last name"), [DataRequired(_l("Write the last name."))], longest=60)
    language = RadioField(
        _l("Language of pages and messages"),
        [InputRequired(_l("Choose a language."))],
        choices=LANGUAGE_CHOICES,
        default="fi",
    )
    roles = RolesField(_l("Roles"), [DataRequired(_l("Choose at least one role."))])

    def offer(self, roles: list[Role]) -> "StaffForm":
        """Offer these roles."""
        self.roles.choices = [(role.value, role.label) for role in roles]
        return self

    def chosen_roles(self) -> list[Role]:
        """Return the ticked roles."""
        return [Role(code) for code in self.roles.data]


class NewStaffForm(StaffForm):
    """The same with the address, which is not changed later."""

    email = EmailField(
        _l("E-mail address"),
        [
            DataRequired(_l("Write the e-mail address.")),
            Email(_l("Write the address like this: name@example.fi")),
            Length(max=254, message=_l("Use at most 254 characters.")),
        ],
        filters=[lambda text: text.strip().lower() if text else text],
    )
