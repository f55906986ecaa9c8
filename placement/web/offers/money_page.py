"""An estimate of support in words: the same on the page of an offer and on that of a pack."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from placement.i18n import format_money, format_number, gettext
from placement.offers.money import Estimate
from placement.offers.money_texts import NOT_COVERED
from placement.offers.rule_texts import text_of
from placement.rules.table import Rule


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


def estimate_view(one: Estimate) -> EstimateView:
    """Return an estimate ready to be shown, in the current language."""
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
