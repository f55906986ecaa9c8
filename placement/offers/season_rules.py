"""What the summer-job voucher of the municipality says of a seasonal job (SV-01). A gift never blocks."""

from collections.abc import Iterable
from datetime import date

from placement.offers.models import OfferKind
from placement.offers.rule_case import Case
from placement.rules.answers import RuleAnswer, ask, fine
from placement.rules.vouchers import JobVoucher, voucher_of


def season_voucher(case: Case) -> Iterable[RuleAnswer]:
    """Say what voucher the employer may ask for, by the first day and the municipality of the job."""
    if case.get("kind") is OfferKind.WINTER_JOB:
        yield ask("SV-01", "season_winter", field="municipality_code")
    if case.get("kind") is not OfferKind.SUMMER_JOB:
        return
    begins: date = case.get("starts_from") or case.on
    voucher = voucher_of(case.get("municipality_code"), begins)
    if voucher is None:
        yield ask("SV-01", "season_unknown", field="municipality_code")
        return
    euros = int(voucher.euros)
    if not voucher.holds_on(begins):
        yield ask("SV-01", "season_of_before", field="municipality_code", euros=euros, year=f"{voucher.valid_to:%Y}")
        return
    yield from _conditions(case, voucher, euros)


def _conditions(case: Case, voucher: JobVoucher, euros: int) -> Iterable[RuleAnswer]:
    if case.form.value in voucher.not_for:
        yield ask("SV-01", "season_not_for_this_employer", field="kind")
        return
    yield fine("SV-01", "season_after" if voucher.is_asked_afterwards else "season_known", euros=euros)
    week = case.number("hours_per_week")
    if voucher.hours_per_week_least is not None and week is not None and week < voucher.hours_per_week_least:
        yield ask("SV-01", "season_week", field="hours_per_week", hours=float(voucher.hours_per_week_least))
    if voucher.hours_least is not None and voucher.pay_least is not None:
        yield ask("SV-01", "season_in_all", hours=float(voucher.hours_least), euros=int(voucher.pay_least))
    age = case.number("minimum_age")
    if voucher.age_most is not None and (age is None or age > voucher.age_most):
        yield ask("SV-01", "season_age", field="minimum_age", age=voucher.age_most + 1)
    places = case.number("places") or 1
    if voucher.people_most is not None and places > voucher.people_most:
        yield ask("SV-01", "season_people", field="places", most=voucher.people_most)
