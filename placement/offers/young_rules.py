"""What the rules about people under 18 say about an offer (Act 998/1993).

The lowest age that the offer takes decides. When it is not told, a person must look; a job that says that it
takes people under 18 may not go beyond what they may do. Hours of unpaid kinds follow the same limits as a
policy of the house, so that they only ask.
"""

from collections.abc import Iterable
from datetime import time

from placement.offers.models import TRIAL_KINDS, UNPAID_KINDS, DayPart, OfferKind
from placement.offers.rule_case import Case
from placement.rules.answers import RuleAnswer, ask, refuse
from placement.rules.task_words import tells_of_hazards


def minimum_age(case: Case) -> Iterable[RuleAnswer]:
    """Nobody under 14 is taken, and at 14 only light work is done (YW-01, YW-02)."""
    age = case.number("minimum_age")
    if age is None or case.get("kind") is OfferKind.VISIT:
        return
    light, hiring = case.limit("YW-02", "age"), case.limit("YW-01", "age")
    if age < light:
        yield refuse("YW-02", "too_young", on=case.on, field="minimum_age", age=light)
    elif age < hiring:
        yield ask("YW-02", "light_work_only", field="minimum_age", age=light)


def young_workers(case: Case) -> Iterable[RuleAnswer]:
    """Nights, hazards, hours and times of day of people under 18."""
    age, adult = case.number("minimum_age"), case.limit("YW-15", "age")
    if age is not None and age >= adult:
        return
    yield from _nights(case, age, adult)
    if "haz" in case.watch or tells_of_hazards(case.told):
        never, care = case.limit("YW-16", "age_never_under"), case.limit("YW-16", "age_care_under")
        yield ask("YW-16", "hazards_young", field="minimum_age", never=never, care=care)
    yield from _lengths(case, age)
    yield from _times(case, age)


def _nights(case: Case, age: float | None, adult: float) -> Iterable[RuleAnswer]:
    if DayPart.NIGHT in (case.get("day_parts") or []):
        if age is None:
            yield ask("YW-15", "night_adults_only", field="minimum_age", age=adult)
        else:
            yield refuse("YW-15", "night_adults_only", on=case.on, field="minimum_age", age=adult)
    elif "night" in case.watch:
        yield ask("YW-15", "night_likely", field="minimum_age", age=adult)


def _lengths(case: Case, age: float | None) -> Iterable[RuleAnswer]:
    is_child = age is not None and age < case.limit("YW-01", "age")
    for name, per in (("hours_per_day", "day"), ("hours_per_week", "week")):
        hours = case.number(name)
        if hours is None:
            continue
        if is_child:
            most = case.limit("YW-11", name)
            if hours > most:
                yield _beyond(case, "YW-11", f"child_{per}_too_long", name, most=most)
            continue
        usual, most = case.limit("YW-06", name), case.limit("YW-07", name)
        if age is not None and hours > most:
            yield _beyond(case, "YW-07", f"young_{per}_never", name, most=most)
        elif hours > usual and case.get("kind") not in TRIAL_KINDS:
            yield ask("YW-06", f"young_{per}_too_long", field=name, most=usual)


def _times(case: Case, age: float | None) -> Iterable[RuleAnswer]:
    begins, ends = case.get("work_begins"), case.get("work_ends")
    is_child = age is not None and age < case.limit("YW-01", "age")
    rule_id, code = ("YW-13", "child") if is_child else ("YW-08", "young")
    first, last = int(case.limit(rule_id, "hour_from")), int(case.limit(rule_id, "hour_until"))
    runs_past_midnight = begins is not None and ends is not None and ends <= begins
    wrong = []
    if begins is not None and begins < time(first):
        wrong.append(("work_begins", f"{code}_too_early", first))
    if ends is not None and (ends > time(last) or runs_past_midnight):
        wrong.append(("work_ends", f"{code}_too_late", last))
    for name, sentence, hour in wrong:
        if age is None:
            yield ask(rule_id, sentence, field=name, hour=hour)
        else:
            yield _beyond(case, rule_id, sentence, name, hour=hour)


def _beyond(case: Case, rule_id: str, code: str, field: str, **slots: float) -> RuleAnswer:
    if case.get("kind") in UNPAID_KINDS:
        return ask(rule_id, code, field=field, **slots)
    return refuse(rule_id, code, on=case.on, field=field, **slots)
