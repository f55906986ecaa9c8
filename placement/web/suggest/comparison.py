"""The fields of a comparison: what each place asks for, what is known of the young person, and whether they meet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from placement.clock import today_in_helsinki
from placement.i18n import LazyString, format_day, format_number, gettext, language_name, local_name
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.models import CardAnswer, Youth
from placement.offers.models import UNPAID_KINDS, DayPart, Offer
from placement.suggestions.adapter import RuleId, Told
from placement.suggestions.comparing import Compared, Meets
from placement.suggestions.presenting import area_of, start_fact, way_fact
from placement.vocabulary import WorkCard, cards_by_id
from placement.web.jobseekers.page import hours_text, places_may_be_shown
from placement.web.suggest.page import told_to_worker

MEETS: dict[Meets, tuple[LazyString, str]] = {
    Meets.YES: (_l("meets"), "ok"),
    Meets.NO: (_l("does not meet"), "bad"),
    Meets.UNKNOWN: (_l("not known"), "warn"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one offer asks for or gives, and whether it meets what is known."""

    lines: tuple[str, ...]
    tag: tuple[LazyString, str] | None


@dataclass(frozen=True, slots=True)
class Row:
    """One field: what is known of the young person, and each offer."""

    label: str
    known: str
    cells: list[Cell]


def rows_of(youth: Youth, compared: Sequence[Compared]) -> list[Row]:
    """Return the fields that say anything of any of the offers."""
    fields: list[tuple[str, str, Callable[[Offer], str], tuple[RuleId, ...]]] = [
        (
            gettext("Times of day"),
            _parts_of(youth),
            lambda offer: _parts(offer.day_parts),
            (RuleId.DAY_PARTS, RuleId.YOUNG_WORKER_HOURS),
        ),
        (gettext("Start"), _free_from(youth), _start, (RuleId.DATES,)),
        (
            gettext("Languages"),
            _languages(youth.languages),
            lambda offer: _languages(offer.working_languages),
            (RuleId.LANGUAGE_MINIMUM,),
        ),
        (
            gettext("Cards needed at the start"),
            _cards(youth.cards_held),
            lambda offer: _cards([card for card, when in offer.cards_needed.items() if when == "at_start"]),
            (RuleId.CARDS_AT_START,),
        ),
        (
            gettext("Driving licence"),
            ", ".join(youth.licence_classes),
            lambda offer: offer.licence_needed or "",
            (RuleId.LICENCE,),
        ),
        (
            gettext("Age"),
            _age(youth),
            lambda offer: gettext("at least %(age)s", age=offer.minimum_age) if offer.minimum_age else "",
            (RuleId.OFFER_AGE, RuleId.HIRING_AGE, RuleId.YOUNG_WORKER_HAZARDS, RuleId.YOUNG_WORKER_WEEK),
        ),
        (gettext("The place is like this"), _marks_of(youth), _marks, (RuleId.CANNOT_MARKS,)),
    ]
    rows = [_hours_row(youth, compared), *(_row(*field, compared) for field in fields)]
    rows.insert(3, _way_row(youth, compared))
    rows += [
        _told_row(gettext("Guide"), lambda offer: str(offer.guide_time.label) if offer.guide_time else "", compared),
        _told_row(gettext("Pay"), _pay, compared),
        _sentences(gettext("Speaks for it"), [one.fit.reasons if one.fit else () for one in compared], youth),
        _sentences(gettext("To check"), [one.fit.checks if one.fit else () for one in compared], youth),
    ]
    return [row for row in rows if any(cell.lines or cell.tag for cell in row.cells)]


def _row(
    label: str, known: str, told: Callable[[Offer], str], rules: tuple[RuleId, ...], compared: Sequence[Compared]
) -> Row:
    return Row(label, known, [_cell(told(one.offer), one.meets(*rules), is_known=bool(known)) for one in compared])


def _cell(text: str, meets: Meets, *, is_known: bool) -> Cell:
    if not text and meets is not Meets.NO:
        return Cell((), None)  # what is not asked for cannot be missed
    if meets is Meets.YES and not is_known:
        meets = Meets.UNKNOWN
    return Cell((text,) if text else (), MEETS[meets])


def _told_row(label: str, told: Callable[[Offer], str], compared: Sequence[Compared]) -> Row:
    return Row(label, "", [Cell(tuple(text for text in (told(one.offer),) if text), None) for one in compared])


def _hours_row(youth: Youth, compared: Sequence[Compared]) -> Row:
    least, most = youth.hours_per_week_min, youth.hours_per_week_max
    cells = []
    for one in compared:
        hours = one.offer.hours_per_week
        if hours is None:
            cells.append(Cell((), None))
            continue
        is_inside = (least is None or least <= hours) and (most is None or hours <= most)
        meets = Meets.UNKNOWN if least is None and most is None else Meets.YES if is_inside else Meets.NO
        cells.append(Cell((str(gettext("%(hours)s h a week", hours=format_number(float(hours)))),), MEETS[meets]))
    return Row(gettext("Hours a week"), hours_text(least, most), cells)


def _way_row(youth: Youth, compared: Sequence[Compared]) -> Row:
    # With protected contact nothing here may tell how far somebody moves about.
    if youth.protected_contact or not places_may_be_shown(youth):
        return Row(gettext("Way there"), "", [Cell((area_of(one.offer),), None) for one in compared])
    limit = youth.travel_minutes_max
    known = gettext("travels up to %(minutes)s min", minutes=limit) if limit else ""
    return Row(gettext("Way there"), known, [_way_cell(one, is_known=bool(known)) for one in compared])


def _way_cell(one: Compared, *, is_known: bool) -> Cell:
    if one.offer.is_remote:
        return Cell((gettext("From home"),), MEETS[Meets.YES])
    way = way_fact(one.fit.way) if one.fit is not None else ""
    lines = tuple(part for part in (area_of(one.offer), way) if part)
    return Cell(lines, MEETS[one.meets(RuleId.TRAVEL_LIMIT) if is_known else Meets.UNKNOWN])


def _sentences(label: str, told: Sequence[Sequence[Told]], youth: Youth) -> Row:
    return Row(label, "", [Cell(tuple(told_to_worker(one, youth)), None) for one in told])


def _pay(offer: Offer) -> str:
    return str(gettext("No pay")) if offer.kind in UNPAID_KINDS else offer.pay


def _parts(parts: Sequence[str]) -> str:
    return ", ".join(str(part.label) for part in DayPart if part.value in parts)


def _parts_of(youth: Youth) -> str:
    return _parts([part for part, possible in youth.day_parts.items() if possible])


def _free_from(youth: Youth) -> str:
    return format_day(youth.available_from) if youth.available_from else ""


def _start(offer: Offer) -> str:
    if offer.starts_until is not None:
        return str(gettext("By %(day)s", day=format_day(offer.starts_until)))
    return start_fact(offer)


def _languages(levels: Mapping[str, str | None]) -> str:
    return ", ".join(
        f"{language_name(code)} {level}" if level else language_name(code) for code, level in levels.items()
    )


def _cards(codes: Sequence[str]) -> str:
    return ", ".join(str(card.label) for card in WorkCard if card.value in codes)


def _age(youth: Youth) -> str:
    age = youth.age_on(today_in_helsinki())
    return "" if age is None else str(age)


def _marks(offer: Offer) -> str:
    known = cards_by_id()
    return ", ".join(local_name(known[card]) for card, is_so in offer.environment.items() if is_so and card in known)


def _marks_of(youth: Youth) -> str:
    known = cards_by_id()
    words = {CardAnswer.SUITS: gettext("suits"), CardAnswer.CANNOT: gettext("cannot")}
    told = [
        f"{local_name(known[row.card_id])}: {words[row.answer]}"
        for row in youth.answers
        if row.answer in words and row.card_id in known
    ]
    return "; ".join(told)
