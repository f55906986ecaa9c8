"""What a pack shows before it is applied for: what to ask the authority, and what the support might come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from placement.offers.money import AgeGroup, Job, MoneyPath, estimates
from placement.offers.rule_texts import text_of
from placement.placements.kinds import PlacementKind
from placement.placements.models import Placement
from placement.placements.packs.models import SubsidyPack
from placement.placements.schedule import length_of
from placement.rules.book import RuleBook
from placement.rules.table import Rule
from placement.web.offers.money_page import EstimateView, estimate_view

FULL_WEEK = Decimal("37.5")
OLDEST_BY_AGE = 24
_DAYS_OF_MONTH = 30
_NOT_TOLD = Decimal(1)
"""Stands for pay that is not known yet: which questions are asked does not hang on it."""
_PATHS = {
    PlacementKind.WAGE_SUBSIDY_JOB: (MoneyPath.SUBSIDY_50, MoneyPath.SUBSIDY_70, MoneyPath.SUBSIDY_100),
    PlacementKind.VOUCHER_JOB: (MoneyPath.YOUTH_VOUCHER,),
}


@dataclass(frozen=True, slots=True)
class ScreeningLine:
    """One question to the authority, or why a way of support is shut; state as the check lines of other pages."""

    state: str
    text: Any
    rule_id: str
    source_url: str


@dataclass(frozen=True, slots=True)
class Screening:
    """The questions of a pack, and the estimates once pay and hours are known."""

    lines: Sequence[ScreeningLine]
    estimates: Sequence[EstimateView]


def screening(placement: Placement, pack: SubsidyPack | None, book: RuleBook) -> Screening:
    """Return what to ask the authority about a job, each thing once, and what the support might come to.

    Nothing of it is kept: no ground of a subsidy and nothing about health. Of the person only the age is used.
    """
    pay = pack.gross_pay if pack is not None else None
    hours = pack.hours_per_week if pack is not None else None
    length = length_of(placement.starts_on, placement.ends_on)
    job = Job(
        starts_on=placement.starts_on,
        gross_per_month=pay or _NOT_TOLD,
        months=round(length.months + Decimal(length.days) / _DAYS_OF_MONTH, 1) or Decimal("0.1"),
        hours_per_week=hours or FULL_WEEK,
        full_hours_per_week=FULL_WEEK,
        employer_form=placement.employer.form,
        age_group=_age_group(placement),
    )
    counted = [one for one in estimates(job, book) if one.path in _PATHS[placement.kind]]
    lines: dict[tuple[str, str], ScreeningLine] = {}
    for one in counted:
        for answer in one.answers:
            rule: Rule | None = book.rule_on(answer.rule_id, placement.starts_on)
            state, words = ("stop" if answer.blocks else "ask"), text_of(answer.code, answer.slots)
            text = f"{one.path.label}: {words}" if answer.blocks else words
            source = rule.source_url if rule is not None else ""
            lines.setdefault((answer.rule_id, answer.code), ScreeningLine(state, text, answer.rule_id, source))
    known = pay is not None and hours is not None
    shown = [estimate_view(one) for one in counted if known and one.is_possible]
    return Screening(sorted(lines.values(), key=lambda line: line.state != "stop"), shown)


def _age_group(placement: Placement) -> AgeGroup:
    age = placement.youth.age_on(placement.starts_on)
    if age is None:
        return AgeGroup.UNKNOWN
    return AgeGroup.UNDER_25 if age <= OLDEST_BY_AGE else AgeGroup.FROM_25_TO_29
