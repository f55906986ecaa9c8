"""The forms of importing a list of offers."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField

from placement.i18n import lazy_gettext as _l
from placement.offers.models import OfferKind
from placement.web.forms import ChoiceField, Form


class ImportForm(Form):
    """A file, and the kind of its offers if the list does not say it."""

    file = FileField(_l("Your list"), validators=[FileRequired(_l("Choose the file of your list."))])
    default_kind = ChoiceField(_l("If a row does not say its kind"), OfferKind, empty=_l("I will mend the row myself"))


class TakeInForm(Form):
    """Whether the offers of the list are published at once."""

    publish = BooleanField(_l("These offers are checked: publish them at once"))
