"""The codes of the audit log in plain words."""

from placement.i18n import LazyString
from placement.i18n import lazy_gettext as _l

ACTIONS: dict[str, LazyString] = {
    "message.viewed": _l("read a message"),
    "staff.added": _l("added a worker"),
    "staff.changed": _l("changed a worker’s details"),
    "staff.deactivated": _l("closed a worker’s account"),
    "staff.let_in_again": _l("let a worker in again"),
    "staff.locked": _l("signing in was stopped after too many tries"),
    "staff.password_changed": _l("changed their password"),
    "staff.second_factor_changed": _l("changed where their sign-in code comes from"),
    "staff.signed_in": _l("signed in"),
    "youth.reason_given": _l("gave a reason to open a young person’s page"),
    "youth.viewed": _l("opened a young person’s page"),
}


def action_in_words(code: str) -> str:
    """Return the code in words; one that is not known is shown as it is."""
    words = ACTIONS.get(code)
    return str(words) if words is not None else code.replace("_", " ").replace(".", ": ")
