"""What support an employer might get for an offer, on the same blueprint."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from placement.accounts.permissions import Permission
from placement.centre_rules.queries import rule_book
from placement.i18n import format_money, format_number, gettext
from placement.offers.models import UNPAID_KINDS, Offer
from placement.offers.money import Estimate, estimates
from placement.offers.money_texts import NOT_COVERED, PACK_TEXTS
from placement.offers.pack import PackState, missing_items, pack_items
from placement.offers.rule_texts import text_of
from placement.rules.table import Rule
from placement.web.access import current_staff, requires
from placement.web.offers.money_forms import EstimateForm
from placement.web.offers.routes import asked_offer, bp
from placement.web.session import db_session


@dataclass(frozen=True, slots=True)
class EstimateView:
    """An estimate in words."""

    title: Any
    is_possible: bool
    rows: list[tuple[str, str]]
    stops: list[str]
    questions: list[str]
    not_covered: str
    rules: Sequence[Rule]


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
            shown = [_view(one) for one in estimates(form.job(offer), book)]
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


def _view(one: Estimate) -> EstimateView:
    ceiling = " " + gettext("(the ceiling)") if one.is_at_ceiling else ""
    return EstimateView(
        title=one.path.label,
        is_possible=one.is_possible,
        rows=[
            (gettext("Support a month"), f"{format_money(one.per_month)}{ceiling}"),
            (gettext("For how long"), _months(one.months)),
            (gettext("Support in all"), format_money(one.total)),
            (gettext("The employer pays a month"), format_money(one.employer_per_month)),
            (gettext("The employer pays in all"), format_money(one.employer_total)),
        ],
        stops=[text_of(answer.code, answer.slots) for answer in one.answers if answer.blocks],
        questions=[text_of(answer.code, answer.slots) for answer in one.answers if not answer.blocks],
        not_covered=", ".join(str(NOT_COVERED[code]) for code in one.not_covered),
        rules=one.rules,
    )


def _months(months: Decimal) -> str:
    return str(gettext("%(months)s months at most", months=format_number(float(months))))


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
