"""Changes that somebody could make, and what they would do: found by making them and asking every rule again.

Only what can be acted on is ever offered: a card to take, a licence, a little longer way, a language course, or other
hours asked of the employer. Age, a "cannot" of the young person, a full place and a no are never to be changed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from math import ceil

from matching.codes import CheckCode
from matching.eligibility import TRAVEL_MARGIN, WORTH_ASKING
from matching.facts import OfferFacts
from matching.heavy import load_sheet
from matching.index import OfferIndex
from matching.linking import default_linker
from matching.results import Band, CheckResult, Slots, Verdict
from matching.scoring import band
from matching.setting import Setting, aside, judge, make_settings
from matching.travel import estimate_way
from matching.types import DayPart, LanguageLevel, Offer, Person

MOST_CHANGES = 2
"""A plan of more changes than this is no advice."""
WAY_STEPS = (15, 30)
"""Minutes by which a longer way is tried."""
ROUNDED_TO = 5


class ChangeCode(StrEnum):
    """What could change."""

    GET_CARDS = "get_cards"
    """`cards` (work cards to get)."""
    GET_LICENCE = "get_licence"
    """`licence` (class)."""
    LEARN_LANGUAGE = "learn_language"
    """`language`, `level` (now), `minimum` (to reach)."""
    LONGER_WAY = "longer_way"
    """`minutes` (longest way afterwards); for protected contact no slots."""
    OTHER_HOURS = "other_hours"
    """`day_parts` (codes to ask the employer to leave out)."""
    SHORTER_HOURS = "shorter_hours"
    """`hours` (at most), `per` (day or week); asked of the employer."""
    FEWER_DAYS = "fewer_days"
    """`days` (at most, a week); asked of the employer."""
    LATER_START = "later_start"
    """`day` (ISO date); asked of the employer."""


EMPLOYER_CHANGES = frozenset(
    {ChangeCode.OTHER_HOURS, ChangeCode.SHORTER_HOURS, ChangeCode.FEWER_DAYS, ChangeCode.LATER_START}
)
"""Changes that the employer is asked for; the others are up to the young person, with help."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change, as a code with what its sentence needs, and the values it sets."""

    code: ChangeCode
    slots: Slots
    sets: Mapping[str, object] = field(default_factory=dict)

    @property
    def by_employer(self) -> bool:
        """Whether the employer is asked for it."""
        return self.code in EMPLOYER_CHANGES

    def applied(self, person: Person, offer: Offer) -> tuple[Person, Offer]:
        """Return both as they would be afterwards."""
        if self.by_employer:
            return person, replace(offer, **self.sets)  # type: ignore[arg-type]  # names of its own fields
        return replace(person, **self.sets), offer  # type: ignore[arg-type]  # as above


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes that would make an offer fit, and how well it would fit then."""

    changes: tuple[Change, ...]
    band: Band


@dataclass(frozen=True, slots=True)
class Opening:
    """One change of the young person and the offers that no rule would set aside any more."""

    change: Change
    offer_ids: tuple[str, ...]


def what_would_help(
    person: Person, offer: Offer, *, today: date, index: OfferIndex | None = None, balance: float = 0.5
) -> Plan | None:
    """Return the fewest changes after which no rule says no to an offer that is set aside, or None.

    Parameters
    ----------
    person, offer
        Whom and what.
    today
        Day of the question.
    index
        Offers read in advance; what it does not hold is read now.
    balance
        0 only "likely to work out", 1 only "what the young person wants"; for the band told.
    """
    index = OfferIndex({}, default_linker()) if index is None else index
    (facts,) = index.read([offer])
    (setting,) = make_settings([person], index.linker, today, balance)
    return plan(setting, facts)


def plan(setting: Setting, facts: OfferFacts) -> Plan | None:
    """Return what would help, see `what_would_help`."""
    out = aside(setting, facts)
    if not out.checks or not out.actionable:
        return None
    changes: list[Change] = []
    changed_setting, changed_facts = setting, facts
    # One change may answer several rules, so the rules are asked again after each.
    while out.checks and len(changes) < MOST_CHANGES:
        change = _answer_to(out.checks[0], changed_setting, changed_facts)
        if change is None:
            return None
        changes.append(change)
        changed_setting, changed_facts = _after(change, changed_setting, changed_facts)
        out = aside(changed_setting, changed_facts)
    if out.checks:
        return None
    judged = judge(changed_setting, changed_facts)
    powers = changed_setting.powers[changed_facts.offer.kind]
    return Plan(tuple(changes), band(judged.score, judged.row, powers, changed_setting.weights))


def opens_most(
    person: Person, offers: Iterable[Offer], *, today: date, index: OfferIndex | None = None
) -> Opening | None:
    """Return the one change of the young person that would open most offers, or None when none opens any.

    Parameters
    ----------
    person, offers
        Whom and what.
    today
        Day of the question.
    index
        Offers read in advance; what it does not hold is read now.
    """
    wanted = list(offers)
    index = (OfferIndex({}, default_linker()) if index is None else index).with_offers(wanted)
    (setting,) = make_settings([person], index.linker, today, 0.5)
    sheet_of = load_sheet().of
    sheet, ids = sheet_of(setting, index.board), index.board.ids
    steps = [index.board.offers[row] for row in sheet.one_step_away().tolist()]
    before = set(sheet.eligible().tolist())
    best: Opening | None = None
    for change in _worth_trying(setting, steps):
        changed, _ = _after(change, setting, None)
        opened = [row for row in sheet_of(changed, index.board).eligible().tolist() if row not in before]
        if opened and (best is None or len(opened) > len(best.offer_ids)):
            best = Opening(change, tuple(ids[row] for row in opened))
    return best


def _worth_trying(setting: Setting, steps: Sequence[OfferFacts]) -> list[Change]:
    """Changes of the person that answer the only no of some offer one step away, each once, in a fixed order."""
    found: dict[tuple[object, ...], Change] = {}
    for facts in steps:
        checks = aside(setting, facts).checks
        change = _answer_to(checks[0], setting, facts) if len(checks) == 1 else None
        if change is not None and not change.by_employer and change.code is not ChangeCode.LONGER_WAY:
            found.setdefault((change.code, *change.slots.items()), change)
    limit = setting.person.person.travel_minutes_max
    if limit is not None:
        for more in WAY_STEPS:
            found["way", more] = _longer_way(limit + more, setting)
    return [found[key] for key in sorted(found, key=str)]


def _after(change: Change, setting: Setting, facts: OfferFacts | None) -> tuple[Setting, OfferFacts]:
    # The texts stay as they are, so nothing has to be read again.
    if change.by_employer and facts is not None:
        return setting, replace(facts, offer=replace(facts.offer, **change.sets))  # type: ignore[arg-type]
    person = replace(setting.person, person=replace(setting.person.person, **change.sets))  # type: ignore[arg-type]
    return replace(setting, person=person), facts  # type: ignore[return-value]  # only without an offer


def _answer_to(check: CheckResult, setting: Setting, facts: OfferFacts) -> Change | None:
    answer = ANSWERS.get(CheckCode(check.code)) if check.verdict == Verdict.NO else None
    return answer(check, setting, facts) if answer else None


def _cards(check: CheckResult, setting: Setting, _facts: OfferFacts) -> Change:
    cards = check.slots["cards"]
    names = cards if isinstance(cards, tuple) else ()
    held = (setting.person.person.cards_held or frozenset()) | set(names)
    return Change(ChangeCode.GET_CARDS, {"cards": names}, {"cards_held": held})


def _licence(check: CheckResult, setting: Setting, _facts: OfferFacts) -> Change:
    licence = str(check.slots["licence"])
    held = (setting.person.person.licence_classes or frozenset()) | {licence}
    return Change(ChangeCode.GET_LICENCE, {"licence": licence}, {"licence_classes": held})


def _language(check: CheckResult, setting: Setting, _facts: OfferFacts) -> Change:
    language, minimum = str(check.slots["language"]), LanguageLevel(str(check.slots["minimum"]))
    languages = {**setting.person.person.languages, language: minimum}
    slots: Slots = {"language": language, "level": check.slots["level"], "minimum": minimum.value}
    return Change(ChangeCode.LEARN_LANGUAGE, slots, {"languages": languages})


def _way(_check: CheckResult, setting: Setting, facts: OfferFacts) -> Change | None:
    way, limit = estimate_way(setting.person.person, facts.offer), setting.person.person.travel_minutes_max
    if way is None or limit is None or way.minutes > limit * WORTH_ASKING:
        return None
    # With the margin that the rule leaves for a wrong estimate, so that what is told is enough for a plain yes.
    return _longer_way(ceil(way.minutes / (1 - TRAVEL_MARGIN) / ROUNDED_TO) * ROUNDED_TO, setting)


def _longer_way(minutes: int, setting: Setting) -> Change:
    slots: Slots = {} if setting.person.person.protected_contact else {"minutes": minutes}
    return Change(ChangeCode.LONGER_WAY, slots, {"travel_minutes_max": minutes})


def _other_hours(check: CheckResult, setting: Setting, facts: OfferFacts) -> Change | None:
    parts = check.slots["day_parts"]
    wrong = frozenset(DayPart(part) for part in (parts if isinstance(parts, tuple) else ()))
    left = facts.offer.day_parts - wrong
    if not left:
        # Work that is done at these times only may be asked for by day, when the person has not ruled that out.
        left = frozenset({DayPart.DAY}) if setting.person.day_parts.get(DayPart.DAY, True) else frozenset()
    if not left:
        return None
    told = tuple(part.value for part in DayPart if part in wrong)
    return Change(ChangeCode.OTHER_HOURS, {"day_parts": told}, {"day_parts": left})


def _shorter_hours(check: CheckResult, _setting: Setting, _facts: OfferFacts) -> Change:
    limit, per = float(str(check.slots["limit"])), str(check.slots["per"])
    return Change(ChangeCode.SHORTER_HOURS, {"hours": limit, "per": per}, {f"hours_per_{per}": limit})


def _fewer(check: CheckResult, _setting: Setting, _facts: OfferFacts) -> Change:
    limit, per = float(str(check.slots["limit"])), str(check.slots["per"])
    field_name = "hours_per_day" if per == "day" else "days_per_week"
    code = ChangeCode.SHORTER_HOURS if per == "day" else ChangeCode.FEWER_DAYS
    return Change(code, {"hours": limit, "per": per} if per == "day" else {"days": limit}, {field_name: limit})


def _later_start(check: CheckResult, _setting: Setting, _facts: OfferFacts) -> Change:
    day = date.fromisoformat(str(check.slots["available_from"]))
    return Change(ChangeCode.LATER_START, {"day": day.isoformat()}, {"starts_until": day})


Answer = Callable[[CheckResult, Setting, OfferFacts], Change | None]
ANSWERS: Mapping[CheckCode, Answer] = {
    CheckCode.CARD_NEEDED_AT_START: _cards,
    CheckCode.LICENCE_NEEDED: _licence,
    CheckCode.LANGUAGE_BELOW_MINIMUM: _language,
    CheckCode.TRAVEL_OVER_LIMIT: _way,
    CheckCode.DAY_PARTS_NOT_POSSIBLE: _other_hours,
    CheckCode.NIGHT_NOT_ALLOWED: _other_hours,
    CheckCode.HOURS_OVER_YOUNG_LIMIT: _shorter_hours,
    CheckCode.TRIAL_TIMES_OVER: _fewer,
    CheckCode.START_TOO_EARLY: _later_start,
}
"""What could be done about the no of each code; every other no stays."""
