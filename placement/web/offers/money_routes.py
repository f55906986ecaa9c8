"""What support an employer might get for an offer, on the same blueprint."""

from dataclasses import dataclass
from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission
from placement.centre_rules.queries import rule_book
from placement.i18n import gettext
from placement.offers.models import UNPAID_KINDS, Offer
from placement.offers.money import estimates
from placement.offers.money_texts import PACK_TEXTS
from placement.offers.pack import PackState, missing_items, pack_items
from placement.web.access import current_staff, requires
from placement.web.offers.money_forms import EstimateForm
from placement.web.offers.money_page import estimate_view
from placement.web.offers.routes import asked_offer, bp
from placement.web.session import db_session


@dataclass(frozen=True, slots=True)
class PackLine:
    """A piece of the application pack in words; state as the check lines of other pages."""

    state: str
    text: Any
    detail: str


@bp.get("/<int:offer_id>/money")
@requires(Permission.OFFER_VIEW)
def money(offer_id: int) -> ResponseReturnValue:
    """Estimate the support for a paid offer; nothing of it is kept."""
    offer = asked_offer(offer_id)
    if offer.kind in UNPAID_KINDS:
        abort(404)
    form = EstimateForm.for_offer(offer)
    shown, status = [], 200
    if form.is_asked:
        if form.validate():
            book = rule_book(db_session, current_staff.centre_id)
            shown = [estimate_view(one) for one in estimates(form.job(offer), book)]
        else:
            status = 422
    items = pack_items(offer, offer.employer)
    return (
        render_template(
            "offers/money.html",
            form=form,
            offer=offer,
            possible=[one for one in shown if one.is_possible],
            impossible=[one for one in shown if not one.is_possible],
            pack=_pack_lines(offer),
            missing=len(missing_items(items)),
        ),
        status,
    )


def _pack_lines(offer: Offer) -> list[PackLine]:
    states = {PackState.HAVE: "ok", PackState.MISSING: "stop", PackState.ELSEWHERE: "ask"}
    details = {
        PackState.HAVE: "",
        PackState.MISSING: gettext("Missing"),
        PackState.ELSEWHERE: gettext("Told only in the e-service of the authority; not kept here"),
    }
    return [
        PackLine(states[item.state], PACK_TEXTS[item.code], details[item.state])
        for item in pack_items(offer, offer.employer)
    ]
