"""The form of signing an agreement."""

from wtforms import BooleanField, HiddenField
from wtforms.validators import DataRequired

from placement.i18n import lazy_gettext as _l
from placement.web.forms import Form, TextField


class SignForm(Form):
    """Read, confirm, sign with one's name."""

    has_read = BooleanField(
        _l("I have read the agreement, and I agree to it"), [DataRequired(_l("Tick this when you have read it."))]
    )
    name = TextField(_l("Your name"), [DataRequired(_l("Write your name."))], longest=120)
    text_hash = HiddenField()
