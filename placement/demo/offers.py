"""The invented offers of a centre: every kind, believable titles and tasks, within the rules."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from placement.demo.texts import offer_texts
from placement.demo.working_life import (
    DAY_PARTS,
    EARLY,
    EARLY_DAY_PARTS,
    FROM_HOME,
    OFFICE_FORMS,
    ON_THE_PHONE,
    ORDINARY_DAY_PARTS,
    SURROUNDINGS,
    TERMS,
    WITH_ANIMALS,
    can_offer,
    season_window,
)
from placement.demo.workplaces import Workplace
from placement.offers.models import TRIAL_KINDS, UNPAID_KINDS, GuideTime, OfferKind, SubsidyPath, Visibility
from placement.vocabulary import families_by_id

_K = OfferKind
ADULT = 18
KINDS_OF_KIVILAMPI = {
    _K.WORK_TRIAL: 52,
    _K.WAGE_SUBSIDY_JOB: 18,
    _K.HIDDEN_JOB: 19,
    _K.OPEN_JOB: 20,
    _K.SUMMER_JOB: 14,
    _K.WINTER_JOB: 6,
    _K.APPRENTICESHIP: 5,
    _K.GROUP_TRIAL: 4,
    _K.WORKSHOP_PLACE: 5,
    _K.VISIT: 3,
}
KINDS_OF_STRANDBY = {
    _K.WORK_TRIAL: 25,
    _K.WAGE_SUBSIDY_JOB: 9,
    _K.HIDDEN_JOB: 10,
    _K.OPEN_JOB: 10,
    _K.SUMMER_JOB: 8,
    _K.WINTER_JOB: 3,
    _K.APPRENTICESHIP: 2,
    _K.GROUP_TRIAL: 2,
    _K.WORKSHOP_PLACE: 3,
    _K.VISIT: 2,
}
_HEADS = {
    "fi": {
        _K.SUMMER_JOB: "Kesätyö",
        _K.WINTER_JOB: "Talvityö",
        _K.APPRENTICESHIP: "Oppisopimus",
        _K.GROUP_TRIAL: "Ryhmätyökokeilu",
        _K.WORKSHOP_PLACE: "Pajapaikka",
        _K.VISIT: "Puolen päivän tutustuminen",
    },
    "sv": {
        _K.SUMMER_JOB: "Sommarjobb",
        _K.WINTER_JOB: "Vinterjobb",
        _K.APPRENTICESHIP: "Läroavtal",
        _K.GROUP_TRIAL: "Arbetsprövning i grupp",
        _K.WORKSHOP_PLACE: "Verkstadsplats",
        _K.VISIT: "Halv dags besök",
    },
}
_FIRST_LINES = {
    "fi": {
        _K.APPRENTICESHIP: "Opit ammatin työssä ja käyt koulussa sovittuina päivinä.",
        _K.GROUP_TRIAL: "Teemme tätä pienessä ryhmässä, ja ohjaaja on mukana koko ajan.",
        _K.WORKSHOP_PLACE: "Tulet pajalle omaan tahtiin, ja valmentaja suunnittelee viikon kanssasi.",
        _K.VISIT: "Et tee vielä töitä, vaan katsot rauhassa, millaista työ on:",
    },
    "sv": {
        _K.APPRENTICESHIP: "Du lär dig yrket på jobbet och går i skolan vissa dagar.",
        _K.GROUP_TRIAL: "Vi gör det här i en liten grupp, och en handledare är med hela tiden.",
        _K.WORKSHOP_PLACE: "Du kommer till verkstaden i egen takt, och en coach planerar veckan med dig.",
        _K.VISIT: "Du arbetar inte ännu, du ser i lugn och ro hurdant arbetet är:",
    },
}
_PAY = {
    "fi": ("Alan työehtosopimuksen mukaan", "Alan työehtosopimuksen mukaan", "Tuntipalkka, ilta- ja viikonloppulisät"),
    "sv": ("Enligt branschens kollektivavtal", "Enligt branschens kollektivavtal", "Timlön, tillägg kväll och helg"),
}
_ACCESS = {
    "fi": (
        "Bussipysäkki on vieressä.",
        "Bussi kulkee kerran tunnissa.",
        "Pyörälle on katos.",
        "Kyydistä voi sopia.",
        "",
    ),
    "sv": (
        "Busshållplatsen är intill.",
        "Bussen går en gång i timmen.",
        "Det finns cykeltak.",
        "Skjuts kan ordnas.",
        "",
    ),
}
_PREMISES = {
    "fi": ("Esteetön sisäänkäynti.", "Kaksi porrasta ovella.", "Hissi ja inva-WC.", ""),
    "sv": ("Ingång utan trappor.", "Två trappsteg vid dörren.", "Hiss och tillgänglig toalett.", ""),
}
_CONTACT = {
    "fi": ("Ohjaaja soittaa ensin", "Sähköpostilla", "Saa tulla käymään arkisin kello 13–15", ""),
    "sv": ("Vägledaren ringer först", "Per e-post", "Man får komma förbi vardagar klockan 13–15", ""),
}
_SUBSIDIES = {
    _K.WAGE_SUBSIDY_JOB: [SubsidyPath.WAGE_SUBSIDY.value],
    _K.HIDDEN_JOB: [SubsidyPath.WAGE_SUBSIDY.value],
    _K.APPRENTICESHIP: [SubsidyPath.APPRENTICESHIP.value],
    _K.SUMMER_JOB: [SubsidyPath.SUMMER_VOUCHER.value],
}
_REASONS = {
    "fi": {
        "night": "Työhön kuuluu yövuoroja.",
        "task": "Tehtävä on täysi-ikäiselle.",
        "licence": "Ajokortti.",
    },
    "sv": {"night": "I arbetet ingår nattskift.", "task": "Uppgiften är för vuxna.", "licence": "Körkort."},
}
_WEEKDAYS = {
    "fi": {1: "päivä sovitaan", 2: "la–su", 3: "ma, ke ja pe", 4: "ma–to", 5: "ma–pe"},
    "sv": {1: "dagen avtalas", 2: "lör–sön", 3: "mån, ons och fre", 4: "mån–tors", 5: "mån–fre"},
}
_BEGINS = {"morning": (7, 8), "day": (9, 10), "evening": (14, 15), "night": (22, 22)}


@dataclass(frozen=True, slots=True)
class Place:
    """One place to be offered: who, what kind, which task family, and how many like it came before."""

    workplace: Workplace
    kind: OfferKind
    family: str
    earlier: int


def plan_places(random: Random, workplaces: Sequence[Workplace], kinds: dict[OfferKind, int]) -> list[Place]:
    """Share the kinds among the employers so that every employer and task family gets its part."""
    pairs = [(workplace, family) for workplace in workplaces for family in workplace.families]
    random.shuffle(pairs)
    used: Counter[tuple[Workplace, str]] = Counter()
    busy: Counter[Workplace] = Counter()
    alike: Counter[tuple[Workplace, str, OfferKind]] = Counter()
    places = []
    # The kinds that few employers can offer choose first.
    for kind in sorted(kinds, key=lambda kind: sum(can_offer(kind, pair[0].form, pair[1]) for pair in pairs)):
        for _ in range(kinds[kind]):
            able = [pair for pair in pairs if can_offer(kind, pair[0].form, pair[1])]
            pair = min(able, key=lambda pair: (alike[*pair, kind], used[pair], busy[pair[0]]))
            places.append(Place(*_named(pair, kind), earlier=used[pair]))
            used[pair] += 1
            busy[pair[0]] += 1
            alike[*pair, kind] += 1
    random.shuffle(places)
    return places


def _named(pair: tuple[Workplace, str], kind: OfferKind) -> tuple[Workplace, OfferKind, str]:
    return pair[0], kind, pair[1]


def offer_values(random: Random, place: Place, *, today: date, language: str) -> dict[str, Any]:
    """Return what the offer says, as values of its columns."""
    values: dict[str, Any] = {
        "kind": place.kind,
        "language": language,
        "task_family": place.family,
        "is_remote": place.family in FROM_HOME and random.random() < 0.5,
        "access_notes": random.choice(_ACCESS[language]),
        "premises_notes": random.choice(_PREMISES[language]),
        "contact_way": random.choice(_CONTACT[language]),
        "environment": _surroundings(random, place),
        "working_languages": _languages(random, place, language),
        "needs_record_check": "rec" in families_by_id()[place.family].watch and place.kind is not _K.VISIT,
        "can_grow_into_job": random.choice((True, True, None, False)) if place.kind in TRIAL_KINDS else None,
        "visibility": _visibility(random, place.kind),
        "employer_name_hidden": place.kind is _K.HIDDEN_JOB and random.random() < 0.3,
        "subsidy_paths": list(_SUBSIDIES.get(place.kind, [])),
        "laid_off_lately": random.choice(("no", "no", "no", "no", "unknown")),
        "taxes_in_order": random.choice(("yes", "yes", "yes", "unknown")),
    }
    values |= _text(place, language) | _time(random, place, today, language)
    values |= _limits(random, place, values["day_parts"], language) | _pay(random, place.kind, language)
    return values


def _text(place: Place, language: str) -> dict[str, Any]:
    text = offer_texts(language)[place.family]
    # Two employers with the same work do not call it the same.
    title = text.titles[(place.earlier + len(place.workplace.name)) % len(text.titles)]
    head = _HEADS[language].get(place.kind)
    if head:
        title = f"{head}: {title[0].lower()}{title[1:]}" if not title[:2].isupper() else f"{head}: {title}"
    first = _FIRST_LINES[language].get(place.kind)
    return {"title": title, "tasks": "\n".join([first, *text.tasks] if first else text.tasks)}


def _time(random: Random, place: Place, today: date, language: str) -> dict[str, Any]:
    terms = TERMS[place.kind]
    parts = _day_parts(random, place)
    hours, days = Decimal(random.choice(terms.hours)), random.choice(terms.days)
    begins, until = season_window(place.kind, today, random.randint(7, 40))
    values: dict[str, Any] = {
        "day_parts": parts,
        "hours_per_day": hours,
        "days_per_week": Decimal(days),
        "hours_per_week": hours * days,
        "schedule_notes": _schedule(random, parts, hours, days, language),
        "starts_from": begins,
        "starts_until": until,
        "months": Decimal(random.choice(terms.months)) if terms.months else None,
        "places": random.choice(terms.places),
    }
    if place.kind is _K.HIDDEN_JOB and random.random() < 0.35:
        # A hidden job often begins as a thought: the times are still open.
        for name in ("hours_per_day", "days_per_week", "hours_per_week", "starts_from", "starts_until", "months"):
            values[name] = None
        values |= {"day_parts": [], "schedule_notes": ""}
    return values


def _day_parts(random: Random, place: Place) -> list[str]:
    family = families_by_id()[place.family]
    if place.kind in {_K.VISIT, _K.GROUP_TRIAL, _K.WORKSHOP_PLACE}:
        return ["day"]
    usual = DAY_PARTS.get(family.group, ORDINARY_DAY_PARTS)
    if place.family in EARLY:
        usual = EARLY_DAY_PARTS
    elif place.workplace.form in OFFICE_FORMS:
        usual = ORDINARY_DAY_PARTS
    parts = random.choice(usual).split()
    is_job = place.kind in {_K.OPEN_JOB, _K.HIDDEN_JOB, _K.WAGE_SUBSIDY_JOB}
    if is_job and "night" in family.watch and random.random() < 0.3:
        parts = [*parts, "night"]
    return parts


def _schedule(random: Random, parts: Sequence[str], hours: Decimal, days: int, language: str) -> str:
    if "weekend" in parts or "night" in parts or random.random() < 0.3:
        return ""
    start = Decimal(random.choice(_BEGINS[parts[0]]))
    end = start + hours
    mark = "." if language == "fi" else ":"
    clock = f"{end // 1}{mark}30" if end % 1 else f"{end // 1}"
    return f"{_WEEKDAYS[language][days]} {start}–{clock}"


def _surroundings(random: Random, place: Place) -> dict[str, bool]:
    true, false = SURROUNDINGS[families_by_id()[place.family].group]
    marks = dict.fromkeys(false.split(), False) | dict.fromkeys(true.split(), True)
    for card, families in (("ENV16", WITH_ANIMALS), ("ENV09", ON_THE_PHONE), ("ENV11", FROM_HOME)):
        if place.family in families:
            marks[card] = True
    marks["ENV05"] = place.workplace.workers < 10
    marks["ENV06"] = place.workplace.workers >= 30
    return {card: holds for card, holds in sorted(marks.items()) if random.random() < 0.85}


def _languages(random: Random, place: Place, language: str) -> dict[str, str | None]:
    used: dict[str, str | None] = {language: random.choice((None, None, "A2", "B1"))}
    if language == "sv":
        used["fi"] = random.choice((None, "A2", "B1"))
    elif place.family in {"T12", "T18", "T19", "T37", "T78", "T79", "T80"}:
        used["en"] = random.choice(("A2", "B1"))
    return used


def _visibility(random: Random, kind: OfferKind) -> Visibility:
    if kind is _K.HIDDEN_JOB:
        return random.choice((Visibility.INSIDE, Visibility.SELECTED))
    if kind in {_K.OPEN_JOB, _K.SUMMER_JOB, _K.WINTER_JOB}:
        return Visibility.OPEN
    return random.choice((Visibility.SELECTED, Visibility.OPEN))


def _limits(random: Random, place: Place, parts: Sequence[str], language: str) -> dict[str, Any]:
    watch = families_by_id()[place.family].watch
    is_job = place.kind not in UNPAID_KINDS
    values: dict[str, Any] = {"cards_needed": {}, "licence_needed": None, "minimum_age": None, "minimum_age_reason": ""}
    if place.kind is _K.VISIT:
        return values
    if "hyg" in watch and (is_job or random.random() < 0.5):
        values["cards_needed"] = {"hygiene": "by_month_3"}
    if "saf" in watch and is_job:
        values["cards_needed"] = {"safety": random.choice(("at_start", "by_month_3"))}
    if "lic" in watch and is_job and (place.family == "T44" or random.random() < 0.5):
        values["licence_needed"] = "B"
    reasons = _REASONS[language]
    for holds, reason in (
        ("18" in watch, reasons["task"]),
        ("night" in parts, reasons["night"]),
        (values["licence_needed"] is not None, reasons["licence"]),
    ):
        if holds:
            values |= {"minimum_age": ADULT, "minimum_age_reason": reason}
    return values


def _pay(random: Random, kind: OfferKind, language: str) -> dict[str, Any]:
    guides = {
        True: (GuideTime.WHOLE_DAY, GuideTime.WHOLE_DAY, GuideTime.PART_OF_DAY, GuideTime.START),
        False: (GuideTime.PART_OF_DAY, GuideTime.START, GuideTime.START, None),
    }
    guide = GuideTime.WHOLE_DAY if kind in {_K.GROUP_TRIAL, _K.WORKSHOP_PLACE, _K.VISIT} else None
    is_unpaid = kind in UNPAID_KINDS
    return {
        "pay": "" if is_unpaid else random.choice(_PAY[language]),
        "is_zero_hours": kind is _K.OPEN_JOB and random.random() < 0.08,
        "guide_time": guide or random.choice(guides[is_unpaid]),
    }
