"""Forms of a young person's own pages."""

from placement.i18n import lazy_gettext as _l
from placement.web.forms import Form, TextField


class ReasonForm(Form):
    """Why they answered as they did, if they want to tell."""

    reason = TextField(_l("Do you want to tell why?"), longest=200)
