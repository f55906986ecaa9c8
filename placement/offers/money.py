"""What support an employer might get for a job: an estimate for a talk. The authority decides, never the service.

Everything is counted with ``Decimal`` in euros, to the cent, by the rules that hold on the day when the work
begins. Nothing about any person is asked: what depends on a person stands as an open question to the authority.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from placement.employers.models import EmployerForm
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l
from placement.rules.answers import AnswerKind, RuleAnswer, ask, refuse
from placement.rules.book import RuleBook
from placement.rules.table import Rule

CENT = Decimal("0.01")
NOTHING = Decimal(0)
HUNDRED = Decimal(100)


class MoneyPath(LabelledEnum):
    """The five ways of support that are counted."""

    SUBSIDY_50 = "subsidy_50", _l("Wage subsidy 50%")
    SUBSIDY_70 = "subsidy_70", _l("Wage subsidy 70%, reduced work ability")
    SUBSIDY_100 = "subsidy_100", _l("Wage subsidy 100%, association and long unemployment")
    APPRENTICESHIP = "apprenticeship", _l("Wage subsidy in an apprenticeship")
    YOUTH_VOUCHER = "youth_voucher", _l("Youth employment voucher")


class AgeGroup(LabelledEnum):
    """What is known of the age; nobody has to be named."""

    UNKNOWN = "unknown", _l("Not known yet")
    UNDER_25 = "under_25", _l("Under 25")
    FROM_25_TO_29 = "25_29", _l("25–29")


@dataclass(frozen=True, slots=True)
class Job:
    """The job that the support would be for. Euros are gross pay; ``months`` is the length of the job."""

    starts_on: date
    gross_per_month: Decimal
    months: Decimal
    hours_per_week: Decimal
    full_hours_per_week: Decimal
    employer_form: EmployerForm
    is_long_unemployed: bool = False
    age_group: AgeGroup = AgeGroup.UNKNOWN


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one way of support might come to. ``answers`` say why it cannot be, and what the authority must be asked.

    ``months`` are those for which support is counted; the employer's share is gross pay without that support, so
    that the employer's side costs come on top of it.
    """

    path: MoneyPath
    per_month: Decimal = NOTHING
    months: Decimal = NOTHING
    total: Decimal = NOTHING
    employer_per_month: Decimal = NOTHING
    employer_total: Decimal = NOTHING
    is_at_ceiling: bool = False
    answers: tuple[RuleAnswer, ...] = ()
    not_covered: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = field(default=())

    @property
    def is_possible(self) -> bool:
        """Whether no confirmed rule speaks against it."""
        return not any(answer.blocks for answer in self.answers)


def estimates(job: Job, book: RuleBook) -> list[Estimate]:
    """Return the estimate of every way of support, in a fixed order."""
    return [estimate(path, job, book) for path in MoneyPath]


def estimate(path: MoneyPath, job: Job, book: RuleBook) -> Estimate:
    """Return what a way of support might come to for a job, by the rules of its first day.

    Raises ValueError when pay, length or hours are not above zero.
    """
    if min(job.gross_per_month, job.months, job.hours_per_week, job.full_hours_per_week) <= 0:
        message = "pay, length and hours must be above zero"
        raise ValueError(message)
    rule_id = _MAIN_RULE[path]
    if book.rule_on(rule_id, job.starts_on) is None:
        # No rule holds then, so nothing can be counted; this is no doubt about a rule that does.
        return Estimate(
            path, answers=(RuleAnswer(AnswerKind.BLOCKED, rule_id, "support_not_in_force", {"day": job.starts_on}),)
        )
    answers = tuple(_ANSWERS[path](job, book))
    if any(answer.blocks for answer in answers):
        return Estimate(path, answers=answers)
    return _counted(path, job, book, answers)


def _counted(path: MoneyPath, job: Job, book: RuleBook, answers: tuple[RuleAnswer, ...]) -> Estimate:
    rule_id = _MAIN_RULE[path]
    share = book.amount_on(rule_id, job.starts_on, "percent") / HUNDRED
    ceiling = book.amount_on(rule_id, job.starts_on, "eur_per_month")
    base = _supported_wage(job, book) if path is MoneyPath.SUBSIDY_100 else job.gross_per_month
    per_month = _cents(min(base * share, ceiling))
    months = min(job.months, _LENGTHS[path](job, book))
    total = _cents(per_month * months)
    if path is MoneyPath.YOUTH_VOUCHER:
        total = min(total, book.amount_on("EV-04", job.starts_on, "eur"))
    wages = _cents(job.gross_per_month * months)
    return Estimate(
        path,
        per_month=per_month,
        months=months,
        total=total,
        employer_per_month=max(NOTHING, _cents(job.gross_per_month - per_month)),
        employer_total=max(NOTHING, wages - total),
        is_at_ceiling=base * share > ceiling,
        answers=answers,
        not_covered=_NOT_COVERED[path],
        rules=tuple(_rules_used(path, job, book)),
    )


def _supported_wage(job: Job, book: RuleBook) -> Decimal:
    """Return the wage that counts at 100%: that of at most 65% of the full hours, times a factor for side costs."""
    most_hours = job.full_hours_per_week * book.amount_on("PS-04", job.starts_on, "percent_of_hours") / HUNDRED
    counted = min(Decimal(1), most_hours / job.hours_per_week)
    return job.gross_per_month * counted * book.amount_on("PS-04", job.starts_on, "wage_factor")


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


# --- for how many months


def _usual_months(job: Job, book: RuleBook) -> Decimal:
    return book.amount_on("PS-06", job.starts_on, "months_long" if job.is_long_unemployed else "months_short")


def _voucher_months(job: Job, book: RuleBook) -> Decimal:
    """Return the months after which even a voucher at its monthly ceiling is used up."""
    return book.amount_on("EV-04", job.starts_on, "eur") / book.amount_on("EV-04", job.starts_on, "eur_per_month")


_LENGTHS: Mapping[MoneyPath, Callable[[Job, RuleBook], Decimal]] = {
    MoneyPath.SUBSIDY_50: _usual_months,
    MoneyPath.SUBSIDY_70: lambda job, book: book.amount_on("PS-08", job.starts_on, "months"),
    MoneyPath.SUBSIDY_100: lambda job, book: book.amount_on("PS-06", job.starts_on, "months_long"),
    MoneyPath.APPRENTICESHIP: lambda job, _book: job.months,
    MoneyPath.YOUTH_VOUCHER: _voucher_months,
}


# --- who may get it, and what is an open question


def _any_subsidy(job: Job, *, long_job: bool) -> Iterable[RuleAnswer]:
    if job.employer_form is EmployerForm.PRIVATE_PERSON:
        yield refuse("PS-15", "household_subsidy", on=job.starts_on)
    if job.employer_form is EmployerForm.STATE:
        yield ask("PS-16", "state_subsidy")
    yield ask("PS-12", "must_be_jobseeker")
    yield ask("PS-17", "start_after_decision")
    yield ask("PS-26", "while_money_lasts")
    if long_job:
        yield ask("PS-07", "how_long_unemployed")


def _subsidy_50(job: Job, book: RuleBook) -> Iterable[RuleAnswer]:
    if job.employer_form is EmployerForm.MUNICIPALITY:
        yield refuse("PS-14", "municipality_no_50", on=job.starts_on)
    months = book.amount_on("PS-06", job.starts_on, "months_short")
    yield _age_ground(job, book)
    yield from _any_subsidy(job, long_job=job.months > months)


def _age_ground(job: Job, book: RuleBook) -> RuleAnswer:
    if job.age_group is AgeGroup.FROM_25_TO_29:
        return ask("PS-11", "age_is_no_ground")
    least, most = (int(book.amount_on("PS-10", job.starts_on, f"age_{end}")) for end in ("least", "most"))
    code = "age_may_be_ground" if job.age_group is AgeGroup.UNDER_25 else "which_ground"
    return ask("PS-10", code, least=least, most=most)


def _subsidy_70(job: Job, _book: RuleBook) -> Iterable[RuleAnswer]:
    yield ask("PS-03", "work_ability_asked_from_authority")
    yield from _any_subsidy(job, long_job=False)


def _subsidy_100(job: Job, book: RuleBook) -> Iterable[RuleAnswer]:
    if job.employer_form not in {EmployerForm.ASSOCIATION, EmployerForm.PARISH}:
        yield refuse("PS-04", "only_associations_100", on=job.starts_on)
    most = job.full_hours_per_week * book.amount_on("PS-04", job.starts_on, "percent_of_hours") / HUNDRED
    if job.hours_per_week > most:
        yield ask("PS-04", "hours_over_share", hours=float(_cents(most)))
    yield ask("PS-04", "two_years_unemployed")
    yield from _any_subsidy(job, long_job=False)


def _apprenticeship(job: Job, _book: RuleBook) -> Iterable[RuleAnswer]:
    if job.employer_form is EmployerForm.MUNICIPALITY:
        yield ask("PS-14", "municipality_subsidy")
    yield ask("PS-09", "apprenticeship_agreed")
    yield from _any_subsidy(job, long_job=False)


def _voucher(job: Job, book: RuleBook) -> Iterable[RuleAnswer]:
    if job.employer_form is EmployerForm.SOLE_TRADER:
        yield ask("EV-06", "voucher_sole_trader")
    elif job.employer_form is not EmployerForm.COMPANY:
        yield refuse("EV-06", "voucher_companies_only", on=job.starts_on)
    months, hours = (book.amount_on("EV-03", job.starts_on, unit) for unit in ("months", "hours_per_week"))
    if job.months < months:
        yield refuse("EV-03", "voucher_job_too_short", on=job.starts_on, months=int(months))
    if job.hours_per_week < hours:
        yield refuse("EV-03", "voucher_too_few_hours", on=job.starts_on, hours=float(hours))
    least, most = (int(book.amount_on("EV-01", job.starts_on, f"age_{end}")) for end in ("least", "most"))
    yield ask("EV-01", "voucher_age", least=least, most=most)
    yield ask("EV-02", "voucher_unemployed")
    yield ask("EV-06", "voucher_no_tax_debt")
    yield ask("PS-29", "de_minimis")


_ANSWERS: Mapping[MoneyPath, Callable[[Job, RuleBook], Iterable[RuleAnswer]]] = {
    MoneyPath.SUBSIDY_50: _subsidy_50,
    MoneyPath.SUBSIDY_70: _subsidy_70,
    MoneyPath.SUBSIDY_100: _subsidy_100,
    MoneyPath.APPRENTICESHIP: _apprenticeship,
    MoneyPath.YOUTH_VOUCHER: _voucher,
}
_MAIN_RULE: Mapping[MoneyPath, str] = {
    MoneyPath.SUBSIDY_50: "PS-02",
    MoneyPath.SUBSIDY_70: "PS-03",
    MoneyPath.SUBSIDY_100: "PS-04",
    MoneyPath.APPRENTICESHIP: "PS-02",
    MoneyPath.YOUTH_VOUCHER: "EV-04",
}
_SIDE_COSTS = ("side_costs", "holiday_bonus", "after_support")
_NOT_COVERED: Mapping[MoneyPath, tuple[str, ...]] = {
    MoneyPath.SUBSIDY_50: _SIDE_COSTS,
    MoneyPath.SUBSIDY_70: _SIDE_COSTS,
    MoneyPath.SUBSIDY_100: ("hours_over_share", "holiday_bonus", "after_support"),
    MoneyPath.APPRENTICESHIP: _SIDE_COSTS,
    MoneyPath.YOUTH_VOUCHER: ("side_costs_maybe", "over_ceiling", "after_support"),
}
_FURTHER_RULES: Mapping[MoneyPath, tuple[str, ...]] = {
    MoneyPath.SUBSIDY_50: ("PS-05", "PS-06"),
    MoneyPath.SUBSIDY_70: ("PS-05", "PS-08"),
    MoneyPath.SUBSIDY_100: ("PS-06",),
    MoneyPath.APPRENTICESHIP: ("PS-05", "PS-09"),
    MoneyPath.YOUTH_VOUCHER: ("EV-03", "EV-05"),
}


def _rules_used(path: MoneyPath, job: Job, book: RuleBook) -> Iterable[Rule]:
    for rule_id in (_MAIN_RULE[path], *_FURTHER_RULES[path]):
        rule = book.rule_on(rule_id, job.starts_on)
        if rule is not None:
            yield rule
