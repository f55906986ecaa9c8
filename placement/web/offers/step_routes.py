"""The steps in the life of an offer, on the same blueprint."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission
from placement.i18n import gettext as _
from placement.i18n import lazy_gettext as _l
from placement.offers import services
from placement.offers.models import Offer
from placement.web.access import current_actor, requires
from placement.web.flashes import say
from placement.web.odd_input import version_number
from placement.web.offers.forms import ReasonForm
from placement.web.offers.routes import asked_offer, bp
from placement.web.session import db_session


@dataclass(frozen=True, slots=True)
class _ReasonPage:
    """The words of a page that asks for a reason."""

    title: Any
    text: Any
    hint: Any
    button: Any


_RETURN = _ReasonPage(
    _l("Ask for a correction"),
    _l("The offer becomes a draft again. If the employer wrote it, they get your words and a link."),
    _l("Write to the employer what should be added or changed."),
    _l("Ask for a correction"),
)
_REJECT = _ReasonPage(
    _l("Do not accept the offer?"),
    _l("The offer is closed and is not shown to young people. It can be opened again."),
    _l("Staff see the reason."),
    _l("Do not accept"),
)
_WITHDRAW = _ReasonPage(
    _l("Withdraw the offer?"),
    _l("The offer is closed and is not suggested any more. It can be opened again."),
    _l("For example: the employer has no time this spring."),
    _l("Withdraw"),
)


def _done(offer: Offer, sentence: str) -> ResponseReturnValue:
    say(sentence)
    return redirect(url_for("offers.show", offer_id=offer.id), code=303)


def _with_reason(offer_id: int, words: _ReasonPage, step: Callable[..., Offer], sentence: str) -> ResponseReturnValue:
    offer = asked_offer(offer_id)
    form = ReasonForm()
    if not form.validate_on_submit():
        status = 422 if request.method == "POST" else 200
        return render_template("offers/reason.html", form=form, offer=offer, words=words), status
    step(db_session, offer=offer, actor=current_actor(), reason=form.reason.data)
    return _done(offer, sentence)


@bp.post("/<int:offer_id>/submit")
@requires(Permission.OFFER_EDIT)
def submit(offer_id: int) -> ResponseReturnValue:
    """Send a draft to be checked."""
    offer = services.submit_offer(db_session, offer=asked_offer(offer_id), actor=current_actor())
    return _done(offer, _("The offer waits to be checked."))


@bp.route("/<int:offer_id>/return", methods=["GET", "POST"], endpoint="return")
@requires(Permission.OFFER_CHECK)
def return_page(offer_id: int) -> ResponseReturnValue:
    """Ask for a correction."""
    return _with_reason(offer_id, _RETURN, services.return_offer, _("The correction is asked for."))


@bp.post("/<int:offer_id>/publish")
@requires(Permission.OFFER_CHECK)
def publish(offer_id: int) -> ResponseReturnValue:
    """Check and publish in one go; a checked offer is only published."""
    offer = asked_offer(offer_id)
    services.refuse_unread(offer, version=version_number(request.form.get("version")))
    if offer.checked_at is None:
        services.check_and_publish_offer(db_session, offer=offer, actor=current_actor())
    else:
        services.publish_offer(db_session, offer=offer, actor=current_actor())
    return _done(offer, _("The offer is live."))


@bp.route("/<int:offer_id>/reject", methods=["GET", "POST"])
@requires(Permission.OFFER_CHECK)
def reject(offer_id: int) -> ResponseReturnValue:
    """Do not accept an offer."""
    return _with_reason(offer_id, _REJECT, services.reject_offer, _("The offer was not accepted."))


@bp.route("/<int:offer_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.OFFER_EDIT)
def withdraw(offer_id: int) -> ResponseReturnValue:
    """Take an offer back."""
    return _with_reason(offer_id, _WITHDRAW, services.withdraw_offer, _("The offer is withdrawn."))


@bp.post("/<int:offer_id>/fill")
@requires(Permission.OFFER_EDIT)
def fill(offer_id: int) -> ResponseReturnValue:
    """Mark an offer as filled."""
    offer = services.fill_offer(db_session, offer=asked_offer(offer_id), actor=current_actor())
    return _done(offer, _("The offer is marked as filled."))


@bp.post("/<int:offer_id>/reopen")
@requires(Permission.OFFER_EDIT)
def reopen(offer_id: int) -> ResponseReturnValue:
    """Open an ended offer again."""
    offer = services.reopen_offer(db_session, offer=asked_offer(offer_id), actor=current_actor())
    return _done(offer, _("The offer is open again and waits to be checked."))


@bp.post("/<int:offer_id>/confirm")
@requires(Permission.OFFER_EDIT)
def confirm(offer_id: int) -> ResponseReturnValue:
    """Note that the employer says the place is still open."""
    offer = services.confirm_offer_open(db_session, offer=asked_offer(offer_id), actor=current_actor())
    return _done(offer, _("Noted: the place is still open."))
