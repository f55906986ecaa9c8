"""Rules of the instruments on the first day of work: work trials and the youth employment voucher.

The values stand with their sources in the rule table of the service; a test compares them. The voucher is money that
the employer hopes for: it asks, and never sets a place aside.
"""

from datetime import date

from matching.codes import CheckCode, RuleId
from matching.facts import OfferFacts, PersonFacts
from matching.results import CheckResult, SlotValue, Verdict
from matching.types import OfferKind
from matching.young_workers import start_day

TRIALS = frozenset({OfferKind.WORK_TRIAL, OfferKind.GROUP_TRIAL})
TRIAL_DAY = (4.0, 8.0)
TRIAL_DAYS_A_WEEK = 5.0
TRIAL_MONTHS = 6.0
VOUCHER = "youth_voucher"
VOUCHER_AGES = (18, 29)
VOUCHER_DAYS = (date(2026, 2, 1), date(2027, 6, 30))
"""Applications are taken between these days; the work may begin then."""


def check_trial_times(_person: PersonFacts, offer: OfferFacts, _today: date) -> CheckResult | None:
    """A day of a work trial is 4 to 8 hours, on at most five days a week. The employer may be asked for others."""
    if offer.offer.kind not in TRIALS:
        return None
    hours, days = offer.offer.hours_per_day, offer.offer.days_per_week
    least, most = TRIAL_DAY
    if hours is not None and hours > most:
        return _no(CheckCode.TRIAL_TIMES_OVER, {"hours": hours, "limit": most, "per": "day"})
    if days is not None and days > TRIAL_DAYS_A_WEEK:
        return _no(CheckCode.TRIAL_TIMES_OVER, {"hours": days, "limit": TRIAL_DAYS_A_WEEK, "per": "week"})
    if hours is not None and hours < least:
        return _no(CheckCode.TRIAL_DAY_SHORT, {"hours": hours, "limit": least})
    return None


def check_trial_length(_person: PersonFacts, offer: OfferFacts, _today: date) -> CheckResult | None:
    """With one employer a work trial lasts at most six months; a municipality may have longer, so it is asked."""
    months = offer.offer.months
    if offer.offer.kind not in TRIALS or months is None or months <= TRIAL_MONTHS:
        return None
    slots: dict[str, SlotValue] = {"months": months, "limit": TRIAL_MONTHS}
    return CheckResult(RuleId.TRIAL_LENGTH, Verdict.UNKNOWN, CheckCode.TRIAL_LENGTH_ASK, slots)


def check_voucher(person: PersonFacts, offer: OfferFacts, today: date) -> CheckResult | None:
    """The youth employment voucher is for people of 18 to 29, within its days, on the first day of work."""
    if VOUCHER not in offer.offer.subsidies:
        return None
    day = start_day(person, offer, today)
    first, last = VOUCHER_DAYS
    if not first <= day <= last:
        days: dict[str, SlotValue] = {"from": first.isoformat(), "until": last.isoformat()}
        return CheckResult(RuleId.VOUCHER, Verdict.UNKNOWN, CheckCode.VOUCHER_DAYS_ASK, days)
    age, (least, most) = person.person.age_on(day), VOUCHER_AGES
    if age is not None and least <= age <= most:
        return None
    ages: dict[str, SlotValue] = {"age": age, "least": least, "most": most}
    return CheckResult(RuleId.VOUCHER, Verdict.UNKNOWN, CheckCode.VOUCHER_ASK, ages)


def _no(code: CheckCode, slots: dict[str, SlotValue]) -> CheckResult:
    return CheckResult(RuleId.TRIAL_TIMES, Verdict.NO, code, slots, actionable=True)
