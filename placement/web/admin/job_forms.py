"""The forms of work that a person steers: switching a scheduled job off, sending a message again."""

from wtforms.validators import DataRequired

from placement.i18n import lazy_gettext as _l
from placement.web.forms import Form, LongTextField


class ReasonForm(Form):
    """Why somebody does it: it stays in the log."""

    reason = LongTextField(_l("Reason"), [DataRequired(_l("Write the reason."))], longest=500)
