"""The plain data that goes into matching; what comes out is in `matching.results`.

Everything here is frozen and free of behaviour beyond checking itself.
There is on purpose no field for sex, nationality, mother tongue, health, benefits, family, photo, name,
school grades, past absences or postcode: what has no field cannot be used.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

Language = Literal["fi", "sv", "en"]
"""Interface and text languages; working languages are any ISO 639-1 code."""

CardDeadline = Literal["at_start", "by_month_3"]
"""When a card, such as the hygiene pass, must be held."""

Visibility = Literal["inside", "selected", "open"]
"""Who may see an offer: staff only, chosen young people, or every young person of the area."""


class CardAnswer(StrEnum):
    """What a young person answered to one vocabulary card.

    The first four belong to strengths and interests (groups people to creative), the next three to the way and
    place of working (style, place), the last two to values.
    """

    YES = "yes"
    A_LITTLE = "a_little"
    WANT_TO_LEARN = "want_to_learn"
    NOT_ME = "not_me"
    SUITS = "suits"
    DOES_NOT_MATTER = "does_not_matter"
    CANNOT = "cannot"
    IMPORTANT = "important"
    NOT_IMPORTANT = "not_important"


class OfferKind(StrEnum):
    """The kinds of offers of a centre."""

    WORK_TRIAL = "work_trial"
    WAGE_SUBSIDY_JOB = "wage_subsidy_job"
    HIDDEN_JOB = "hidden_job"
    OPEN_JOB = "open_job"
    SUMMER_JOB = "summer_job"
    WINTER_JOB = "winter_job"
    APPRENTICESHIP = "apprenticeship"
    GROUP_TRIAL = "group_trial"
    WORKSHOP_PLACE = "workshop_place"
    VISIT = "visit"

    @property
    def is_exploration(self) -> bool:
        """Whether the purpose is to find out: such a place may not demand skills."""
        return self in _EXPLORATION_KINDS


_EXPLORATION_KINDS = frozenset({OfferKind.WORK_TRIAL, OfferKind.GROUP_TRIAL, OfferKind.WORKSHOP_PLACE, OfferKind.VISIT})


class DayPart(StrEnum):
    """Parts of the week: morning 06–12, day 09–16, evening 16–22, night 22–06, weekend any hour."""

    MORNING = "morning"
    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"
    WEEKEND = "weekend"


class TravelMode(StrEnum):
    """Ways to come to work."""

    WALK = "walk"
    BICYCLE = "bicycle"
    PUBLIC_TRANSPORT = "public_transport"
    CAR = "car"
    MOPED = "moped"


class LanguageLevel(StrEnum):
    """CEFR levels with `native` on top; `step` gives their order."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"
    NATIVE = "native"

    @property
    def step(self) -> int:
        """Place on the scale, 1 (A1) to 7 (native)."""
        return _LEVEL_STEPS[self]


_LEVEL_STEPS = {level: step for step, level in enumerate(LanguageLevel, start=1)}


class GuideTime(StrEnum):
    """How long each day a named guide is near the newcomer."""

    NONE = "none"
    START = "start"
    PART_OF_DAY = "part_of_day"
    WHOLE_DAY = "whole_day"


@dataclass(frozen=True, slots=True)
class OwnWords:
    """One thing a young person said about themself.

    Parameters
    ----------
    text
        Their own words, kept as written.
    language
        Language of the text.
    card_ids
        Cards which the young person has confirmed to mean the same. Links that nobody confirmed are found again
        by the linker and weigh less.
    """

    text: str
    language: Language = "fi"
    card_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A young person as matching sees them.

    Parameters
    ----------
    id
        Opaque id.
    language
        Language in which they use the service; never a matching criterion.
    cards
        Card id to answer; a missing card is unknown, not "no".
    own_words
        Strengths in their own words.
    birth_date
        Only for the age limits of the law; never a feature of the score.
    languages
        ISO 639-1 code to level; a missing language is unknown.
    hours_per_week_min, hours_per_week_max
        Wished weekly hours.
    day_parts
        True possible, False not possible, missing unknown.
    travel_from
        Municipality code from which they travel (an area of their choice, not the home address).
    travel_minutes_max
        Longest way in one direction, minutes.
    travel_modes
        Ways of travelling they have; empty is unknown.
    cards_held
        Work cards: hygiene, safety, hot_work, serving, first_aid. None: not asked yet; empty: none.
    licence_classes
        Driving licence classes held, such as AM, B. None: not asked yet; empty: none.
    available_from
        First possible day.
    declined_offer_ids
        Offers they have said no to; the no lowers nothing else.
    protected_contact
        Person with a non-disclosure order: no distance or place may be told about them.
    sees
        Which offers may be in the list, when the young person looks at it themself. None: a worker looks.
    """

    id: str
    language: Language = "fi"
    cards: Mapping[str, CardAnswer] = field(default_factory=dict)
    own_words: tuple[OwnWords, ...] = ()
    birth_date: date | None = None
    languages: Mapping[str, LanguageLevel] = field(default_factory=dict)
    hours_per_week_min: float | None = None
    hours_per_week_max: float | None = None
    day_parts: Mapping[DayPart, bool] = field(default_factory=dict)
    travel_from: str | None = None
    travel_minutes_max: int | None = None
    travel_modes: frozenset[TravelMode] = frozenset()
    cards_held: frozenset[str] | None = None
    licence_classes: frozenset[str] | None = None
    available_from: date | None = None
    declined_offer_ids: frozenset[str] = frozenset()
    protected_contact: bool = False
    sees: frozenset[Visibility] | None = None

    def __post_init__(self) -> None:
        """Refuse numbers that are not finite or are below zero."""
        _require_amount("hours_per_week_min", self.hours_per_week_min)
        _require_amount("hours_per_week_max", self.hours_per_week_max)
        _require_amount("travel_minutes_max", self.travel_minutes_max)

    def age_on(self, day: date) -> int | None:
        """Full years on a day; None when the birth date is unknown. Born 29 February: a year older on 1 March."""
        if self.birth_date is None:
            return None
        had_birthday = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - (0 if had_birthday else 1)


@dataclass(frozen=True, slots=True)
class Offer:
    """A place as matching sees it; None always means "not known".

    Parameters
    ----------
    id, kind, title, description, language
        What it is and in which language it is written.
    task_family
        Id of a task family (T01–T90).
    municipality
        Three-digit municipality code.
    remote
        The work can be done from home.
    hours_per_week, hours_per_day, days_per_week
        Amount of work.
    day_parts
        When the work is done; empty is unknown.
    starts_from, starts_until
        Window for the first day.
    months
        Length in months.
    places, people_in_talks, talks_cap
        Number of places, young people now in talks, and the highest number in talks at once.
    guide_time
        How long each day a guide is near.
    environment
        Card id of the groups place and style (ENV.., STY..) to whether it is so at this place.
    working_languages
        ISO 639-1 code to the stated minimum level (None: used, no minimum). One of them is enough.
    minimum_age
        Lowest age in years, when the task has one.
    cards_needed
        Work card to when it must be held.
    licence_needed
        Driving licence class the task needs.
    record_check, hazards
        A criminal record check is needed; the tasks hold hazards for the young.
    visibility
        Who may see the offer.
    can_grow_into_job
        The employer sees a chance of a job afterwards.
    employer_openness
        0–1, how open the employer has been so far.
    confirmed_on
        Day on which the employer last said the offer is still open.
    subsidies
        Support the employer hopes for, such as youth_voucher; it may ask about the young person, never hide the place.
    """

    id: str
    kind: OfferKind
    title: str
    description: str = ""
    language: Language = "fi"
    task_family: str | None = None
    municipality: str | None = None
    remote: bool = False
    hours_per_week: float | None = None
    hours_per_day: float | None = None
    days_per_week: float | None = None
    day_parts: frozenset[DayPart] = frozenset()
    starts_from: date | None = None
    starts_until: date | None = None
    months: float | None = None
    places: int = 1
    people_in_talks: int = 0
    talks_cap: int | None = None
    guide_time: GuideTime | None = None
    environment: Mapping[str, bool] = field(default_factory=dict)
    working_languages: Mapping[str, LanguageLevel | None] = field(default_factory=dict)
    minimum_age: int | None = None
    cards_needed: Mapping[str, CardDeadline] = field(default_factory=dict)
    licence_needed: str | None = None
    record_check: bool = False
    hazards: bool = False
    visibility: Visibility = "open"
    can_grow_into_job: bool | None = None
    employer_openness: float | None = None
    confirmed_on: date | None = None
    subsidies: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse numbers that are not finite or are out of range."""
        for name in ("hours_per_week", "hours_per_day", "days_per_week", "months", "places", "people_in_talks"):
            _require_amount(name, getattr(self, name))
        _require_amount("employer_openness", self.employer_openness)
        if self.employer_openness is not None and self.employer_openness > 1:
            raise ValueError("employer_openness must be between 0 and 1")


def _require_amount(name: str, value: float | None) -> None:
    if value is not None and (not math.isfinite(value) or value < 0):
        raise ValueError(f"{name} must be a finite number of at least 0")
