"""The hard rules written a second time, from the texts of the law and of the house, without a look at the library.

`yes`, `no` and `unknown` only; nothing here is quick or clever. It knows plain values and days.
"""

from datetime import date, timedelta

LEVELS = ["A1", "A2", "B1", "B2", "C1", "C2", "native"]
TRY_OUT = {"work_trial", "group_trial", "workshop_place", "visit"}


def years(born: date, day: date) -> int:
    """Full years; who is born on 29 February turns a year older on 1 March when there is no such day."""
    count = 0
    while True:
        try:
            birthday = born.replace(year=born.year + count + 1)
        except ValueError:
            birthday = date(born.year + count + 1, 3, 1)
        if birthday > day:
            return count if day >= born else count - 1
        count += 1


def first_day(today: date, starts: date | None, free: date | None) -> date:
    """The first day of work: the latest of today, the start and the day the person is free."""
    return max(day for day in (today, starts, free) if day is not None)


def service_age(born: date | None, today: date) -> str:
    """The service is for people under 30."""
    if born is None:
        return "unknown"
    return "no" if years(born, today) >= 30 else "yes"


def hiring_age(kind: str, born: date | None, day: date) -> str:
    """Work from 15; in the year one turns 14 perhaps light work; a visit is no work."""
    if kind == "visit":
        return "yes"
    if born is None:
        return "unknown"
    if years(born, day) >= 15:
        return "yes"
    return "unknown" if day.year - born.year >= 14 else "no"


def night(parts: set[str], born: date | None, day: date) -> str:
    """No night work under 18; under 15 the evening must end at 20, which has to be asked."""
    if born is None:
        return "unknown" if "night" in parts else "yes"
    age = years(born, day)
    if "night" in parts and age < 18:
        return "no"
    return "unknown" if "evening" in parts and age < 15 else "yes"


def young_hours(per_day: float | None, per_week: float | None, born: date | None, day: date) -> str:
    """At most 8 hours a day and 40 a week under 18, 7 and 35 under 15."""
    if born is None or years(born, day) >= 18:
        return "yes"
    most_day, most_week = (8, 40) if years(born, day) >= 15 else (7, 35)
    too_long = (per_day is not None and per_day > most_day) or (per_week is not None and per_week > most_week)
    return "no" if too_long else "yes"


def hazards(stated: bool, born: date | None, day: date) -> str:
    """Hazardous work never under 16, only after asking under 18."""
    if not stated:
        return "yes"
    if born is None:
        return "unknown"
    age = years(born, day)
    return "no" if age < 16 else "unknown" if age < 18 else "yes"


def offer_age(least: int | None, born: date | None, day: date) -> str:
    """The age that the place itself asks for."""
    if least is None:
        return "yes"
    if born is None:
        return "unknown"
    return "no" if years(born, day) < least else "yes"


def card(needed: str | None, held: set[str] | None) -> str:
    """A card needed at the start; one needed by month 3 hinders nothing."""
    if needed != "at_start":
        return "yes"
    if held is None:
        return "unknown"
    return "yes" if "hygiene" in held else "no"


def language(kind: str, minimum: str | None, level: str | None) -> str:
    """A level that the place states; places to try may only ask."""
    if minimum is None:
        return "yes"
    if level is None:
        return "unknown"
    if LEVELS.index(level) >= LEVELS.index(minimum):
        return "yes"
    return "unknown" if kind in TRY_OUT else "no"


def dates(today: date, starts: date | None, until: date | None, free: date | None) -> str:
    """The last day to start is not over, and the person is free by then."""
    if until is not None and (until < today or (free is not None and free > until)):
        return "no"
    return "unknown" if starts is None and until is None else "yes"


def times(parts: set[str], possible: dict[str, bool]) -> str:
    """Parts of the day that the person ruled out, and those nobody has asked about."""
    ruled_out = {part for part, so in possible.items() if not so}
    if not parts:
        return "unknown" if ruled_out else "yes"
    if parts & ruled_out:
        return "no"
    return "unknown" if parts - set(possible) else "yes"


def mark(answer: str | None, so_here: bool | None) -> str:
    """A thing about the place that the person marked "cannot"."""
    if answer != "cannot":
        return "yes"
    return "unknown" if so_here is None else "no" if so_here else "yes"


def capacity(in_talks: int, cap: int | None) -> str:
    """As many in talks as agreed is full."""
    return "no" if cap is not None and in_talks >= cap else "yes"


def trial_times(kind: str, per_day: float | None, days: float | None) -> str:
    """A day of a work trial is 4 to 8 hours, at most five days a week."""
    if kind not in {"work_trial", "group_trial"}:
        return "yes"
    wrong_day = per_day is not None and not 4 <= per_day <= 8
    return "no" if wrong_day or (days is not None and days > 5) else "yes"


def trial_length(kind: str, months: float | None) -> str:
    """Over six months of a work trial at one employer has to be asked."""
    return "unknown" if kind in {"work_trial", "group_trial"} and months is not None and months > 6 else "yes"


def voucher(wished: bool, born: date | None, day: date) -> str:
    """The youth voucher: 18 to 29 years on the first day, from 1 February 2026 to 30 June 2027; it only asks."""
    if not wished:
        return "yes"
    if not date(2026, 2, 1) <= day <= date(2027, 6, 30):
        return "unknown"
    return "yes" if born is not None and 18 <= years(born, day) <= 29 else "unknown"


def around(day: date) -> list[date]:
    """The day itself and both its neighbours."""
    return [day - timedelta(days=1), day, day + timedelta(days=1)]
