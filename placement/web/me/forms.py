"""Forms of a young person's own pages."""

from wtforms import Field
from wtforms import ValidationError as Refused

from placement.i18n import gettext
from placement.i18n import lazy_gettext as _l
from placement.web.forms import Form, TextField


class ReasonForm(Form):
    """Why they answered as they did, if they want to tell."""

    reason = TextField(_l("Do you want to tell why?"), longest=200)

    def validate_reason(self, field: Field) -> None:
        """Nobody has to tell, so an empty answer is only left alone."""
        if not field.data:
            raise Refused(gettext("Write a few words, or leave it."))
