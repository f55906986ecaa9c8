"""The door to the matching library: rows become its plain data, its codes become what screens show."""

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from sqlalchemy.orm import Session

import matching
from matching import CheckCode, OfferIndex, Ranking, Reason, ReasonCode, RuleId
from matching.travel import estimate_way
from placement.clock import today_in_helsinki
from placement.jobseekers.models import Youth
from placement.offers.models import Offer, OfferKind
from placement.offers.queries import live_offers
from placement.suggestions.models import Band
from placement.suggestions.queries import (
    declined_offers,
    offers_by_id,
    offers_state,
    people_in_talks,
)

__all__ = [
    "NOTHING_TO_CHECK",
    "Aside",
    "CheckCode",
    "Fit",
    "FitList",
    "ReasonCode",
    "RuleId",
    "Told",
    "Way",
    "as_offer",
    "as_person",
    "fit_of",
    "fits_for",
    "is_inside_municipality",
    "telling_cards",
    "wanted_by_offers",
    "way_to",
    "who_fits",
    "without_guess",
]

ABOUT_THE_WAY = frozenset(
    {
        ReasonCode.CLOSE_BY,
        CheckCode.TRAVEL_UNKNOWN,
        CheckCode.TRAVEL_NEAR_LIMIT,
        CheckCode.TRAVEL_OVER_LIMIT,
    }
)
"""Codes that tell where somebody moves about; never told of a person with protected contact."""
GUESSED = frozenset({"minutes", "kilometres", "mode"})
NOTHING_TO_CHECK = "nothing_to_check"
"""Our own code for a fit about which matching has nothing to check: something honest is always said."""
HIDDEN_RULE = ""
GOOD_BANDS = frozenset({Band.STRONG, Band.GOOD})
FIRST_SHOWN = 7
MOST_WEIGHED = 100
"""Offers among which a hypothetical answer is tried: those first in the list now."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence as code and slots, as it is kept with a suggestion."""

    code: str
    slots: Mapping[str, object]

    def as_data(self) -> dict[str, object]:
        """The form that is stored."""
        plain = {name: list(value) if isinstance(value, tuple) else value for name, value in self.slots.items()}
        return {"code": self.code, "slots": plain}


@dataclass(frozen=True, slots=True)
class Fit:
    """One offer in the list of a young person: how well it fits and why, all in codes."""

    offer: Offer
    band: Band
    position: int | None
    reasons: tuple[Told, ...]
    checks: tuple[Told, ...]
    way: "Way | None"


@dataclass(frozen=True, slots=True)
class Way:
    """A rough estimate of the way to a place in one direction; inside one municipality nothing is known of it."""

    minutes: int
    kilometres: int
    is_inside: bool


@dataclass(frozen=True, slots=True)
class Aside:
    """An offer that was left out, with the rules that said so."""

    offer: Offer
    rules: tuple[tuple[str, Told], ...]


@dataclass(frozen=True, slots=True)
class FitList:
    """The answer of a ranking for one young person."""

    fits: tuple[Fit, ...]
    asides: tuple[Aside, ...]
    considered: int
    eligible: int
    set_aside: int
    aside_rules: tuple[tuple[str, int], ...]
    kinds: tuple[OfferKind, ...]
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Shelf:
    mark: tuple[object, ...]
    offers: Mapping[int, matching.Offer]
    index: OfferIndex


# One shelf for each database and centre. A database is held weakly, so that it can go.
_shelves: WeakKeyDictionary[object, dict[int, _Shelf]] = WeakKeyDictionary()
_lock = threading.Lock()


def fits_for(
    session: Session,
    youth: Youth,
    *,
    kind: OfferKind | None = None,
    balance: float = 0.5,
    limit: int | None = None,
    with_asides: bool = False,
) -> FitList:
    """Rank the open offers of the centre for a young person loaded with their profile.

    The number of queries does not depend on the number of offers. Only the offers shown are loaded.
    """
    shelf = _shelf(session, youth.centre_id)
    declined = declined_offers(session, [youth.id]).get(youth.id, frozenset())
    chosen = [offer for offer in shelf.offers.values() if kind is None or offer.kind.value == kind.value]
    ranking = matching.rank(
        as_person(youth, declined),
        chosen,
        today=today_in_helsinki(),
        index=shelf.index,
        balance=balance,
        limit=limit,
    )
    shown = [*ranking.suggestions, *ranking.one_step_away]
    wanted = {int(one.offer_id) for one in shown}
    if with_asides:
        wanted |= {int(aside.offer_id) for aside in ranking.set_aside}
    rows = offers_by_id(session, wanted, youth.centre_id)
    return FitList(
        fits=tuple(_fit(one, rows[int(one.offer_id)], youth) for one in shown if int(one.offer_id) in rows),
        asides=_asides(ranking, rows, youth) if with_asides else (),
        considered=ranking.considered,
        eligible=ranking.eligible,
        set_aside=len(ranking.set_aside),
        aside_rules=_aside_rules(ranking, youth),
        kinds=tuple(one for one in OfferKind if any(offer.kind.value == one.value for offer in shelf.offers.values())),
        versions=ranking.versions,
    )


def fit_of(session: Session, youth: Youth, offer: Offer) -> tuple[Fit | None, FitList]:
    """Return how one open offer fits a young person, and the list it stands in; None when a rule says no for good."""
    everything = fits_for(session, youth)
    found = next((fit for fit in everything.fits if fit.offer.id == offer.id), None)
    shelf = _shelf(session, youth.centre_id)
    if found is None and offer.id in shelf.offers:
        declined = declined_offers(session, [youth.id]).get(youth.id, frozenset())
        alone = [shelf.offers[offer.id]]
        ranking = matching.rank(as_person(youth, declined), alone, today=today_in_helsinki(), index=shelf.index)
        found = next((_fit(one, offer, youth) for one in ranking.one_step_away), None)
    return found, everything


def who_fits(
    session: Session, centre_id: int, offers: Sequence[Offer], young_people: Sequence[Youth]
) -> dict[int, list[Youth]]:
    """Return, for each offer id, the young people for whom it is a good or strong fit, in their given order."""
    shelf = _shelf(session, centre_id)
    chosen = [shelf.offers[offer.id] for offer in offers if offer.id in shelf.offers]
    found: dict[int, list[Youth]] = {offer.id: [] for offer in offers}
    if not chosen:
        return found
    declined = declined_offers(session, [youth.id for youth in young_people])
    today = today_in_helsinki()
    for youth in young_people:
        person = as_person(youth, declined.get(youth.id, frozenset()))
        ranking = matching.rank(person, chosen, today=today, index=shelf.index)
        for one in ranking.suggestions:
            if Band(one.band.value) in GOOD_BANDS:
                found[int(one.offer_id)].append(youth)
    return found


def telling_cards(session: Session, youth: Youth, cards: Mapping[str, tuple[str, str]]) -> dict[str, float]:
    """Return how much the first suggestions would differ between two answers to each card, 0 for not at all.

    ``cards`` gives the two answers by card id. The offers now first in the list are scored again with each answer;
    every offer counts the difference of 1/place among the first seven. Nothing is kept.
    """
    shelf = _shelf(session, youth.centre_id)
    if not cards or len(shelf.offers) < 2:
        return dict.fromkeys(cards, 0.0)
    today, person = today_in_helsinki(), as_person(youth)
    offers = list(shelf.offers.values())
    scores, _eligible = matching.score_matrix([person], offers, today=today, index=shelf.index)
    now = [-1.0 if value != value else value for value in scores[0].tolist()]  # noqa: PLR0124 - not a number
    near = [offers[row] for row in sorted(range(len(offers)), key=lambda row: (-now[row], row))[:MOST_WEIGHED]]
    people = [
        replace(person, id=f"{card}|{answer}", cards={**person.cards, card: matching.CardAnswer(answer)})
        for card, pair in cards.items()
        for answer in pair
    ]
    scores, eligible = matching.score_matrix(people, near, today=today, index=shelf.index)
    weights = [_first_places(*row) for row in zip(scores.tolist(), eligible.tolist(), strict=True)]
    return {card: _difference(weights[2 * place], weights[2 * place + 1]) for place, card in enumerate(cards)}


def wanted_by_offers(session: Session, centre_id: int) -> Counter[str]:
    """Return how many open offers each card speaks of: by their task family, or by the marks of the place."""
    families = matching.load_task_families()
    found: Counter[str] = Counter()
    for offer in _shelf(session, centre_id).offers.values():
        family = families.get(offer.task_family or "")
        found.update(family.fits if family else ())
        found.update(offer.environment)
    return found


def way_to(youth: Youth, offer: Offer) -> Way | None:
    """Return the estimated way to an offer; None when unknown, when none is needed, and for protected contact."""
    if youth.protected_contact or offer.is_remote:
        return None
    person = matching.Person(
        id=str(youth.id),
        travel_from=youth.travel_from,
        travel_modes=frozenset(matching.TravelMode(mode) for mode in youth.travel_modes),
    )
    place = matching.Offer(
        id=str(offer.id),
        kind=matching.OfferKind(offer.kind.value),
        title=offer.title,
        municipality=offer.municipality_code,
    )
    way = estimate_way(person, place)
    return Way(way.minutes, way.kilometres, is_inside_municipality(youth, offer)) if way else None


def is_inside_municipality(youth: Youth, offer: Offer) -> bool:
    """Return whether the place is in the municipality from which the young person travels."""
    return youth.travel_from is not None and youth.travel_from == offer.municipality_code


def without_guess(code: str, slots: Mapping[str, object], youth: Youth, offer: Offer) -> Mapping[str, object]:
    """Return the slots of a sentence without minutes and kilometres that would only be a guess."""
    if code not in ABOUT_THE_WAY or not is_inside_municipality(youth, offer):
        return slots
    return {name: value for name, value in slots.items() if name not in GUESSED} | {"inside": True}


def as_person(youth: Youth, declined: frozenset[int] = frozenset()) -> matching.Person:
    """Return a young person loaded with their profile as matching sees them.

    An empty list of cards or licences means that nobody has asked, so that it never hides an offer. Own words
    that are linked to no card say nothing that is known to be a strength: “I do not like cleaning”.
    """
    return matching.Person(
        id=str(youth.id),
        language=_language(youth.language),
        cards={answer.card_id: matching.CardAnswer(answer.answer.value) for answer in youth.answers},
        own_words=tuple(
            matching.OwnWords(words.text, _language(words.language), tuple(words.card_ids))
            for words in youth.own_words
            if words.card_ids
        ),
        birth_date=youth.birth_date,
        languages={code: matching.LanguageLevel(level) for code, level in youth.languages.items() if level},
        hours_per_week_min=youth.hours_per_week_min,
        hours_per_week_max=youth.hours_per_week_max,
        day_parts={matching.DayPart(part): bool(possible) for part, possible in youth.day_parts.items()},
        travel_from=youth.travel_from,
        travel_minutes_max=youth.travel_minutes_max,
        travel_modes=frozenset(matching.TravelMode(mode) for mode in youth.travel_modes),
        cards_held=frozenset(youth.cards_held) if youth.cards_held else None,
        licence_classes=frozenset(youth.licence_classes) if youth.licence_classes else None,
        available_from=youth.available_from,
        declined_offer_ids=frozenset(str(offer_id) for offer_id in declined),
        protected_contact=youth.protected_contact,
    )


def as_offer(offer: Offer, *, in_talks: int = 0) -> matching.Offer:
    """Return an offer row as matching sees it."""
    levels = {code: matching.LanguageLevel(level) if level else None for code, level in offer.working_languages.items()}
    return matching.Offer(
        id=str(offer.id),
        kind=matching.OfferKind(offer.kind.value),
        title=offer.title,
        description=offer.tasks,
        language=_language(offer.language),
        task_family=offer.task_family,
        municipality=offer.municipality_code,
        remote=offer.is_remote,
        hours_per_week=_number(offer.hours_per_week),
        hours_per_day=_number(offer.hours_per_day),
        days_per_week=_number(offer.days_per_week),
        day_parts=frozenset(matching.DayPart(part) for part in offer.day_parts),
        starts_from=offer.starts_from,
        starts_until=offer.starts_until,
        months=_number(offer.months),
        places=offer.places,
        people_in_talks=in_talks,
        talks_cap=offer.talks_cap * offer.places,
        guide_time=matching.GuideTime(offer.guide_time.value) if offer.guide_time else None,
        environment={card: bool(so) for card, so in offer.environment.items() if so is not None},
        working_languages=levels,
        minimum_age=offer.minimum_age,
        cards_needed=dict(offer.cards_needed),
        licence_needed=offer.licence_needed,
        record_check=offer.needs_record_check,
        visibility=_visibility(offer.visibility.value),
        can_grow_into_job=offer.can_grow_into_job,
        confirmed_on=offer.confirmed_on,
    )


def _shelf(session: Session, centre_id: int) -> _Shelf:
    talks = people_in_talks(session, centre_id)
    mark = (*offers_state(session, centre_id), tuple(sorted(talks.items())))
    with _lock:
        known = _shelves.setdefault(session.get_bind(), {})
        shelf = known.get(centre_id)
    if shelf is not None and shelf.mark == mark:
        return shelf
    rows = live_offers(session, centre_id)
    offers = {row.id: as_offer(row, in_talks=talks.get(row.id, 0)) for row in rows}
    # Only texts that changed are read again; the linker takes about a millisecond for each.
    index = shelf.index.with_offers(offers.values()) if shelf else OfferIndex.build(offers.values())
    fresh = _Shelf(mark, offers, index)
    with _lock:
        known[centre_id] = fresh
    return fresh


def _first_places(scores: Sequence[float], eligible: Sequence[bool]) -> dict[int, float]:
    rows = sorted((row for row, fits in enumerate(eligible) if fits), key=lambda row: (-scores[row], row))
    return {row: 1 / place for place, row in enumerate(rows[:FIRST_SHOWN], start=1)}


def _difference(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    return sum(abs(one.get(row, 0.0) - other.get(row, 0.0)) for row in one.keys() | other.keys())


def _fit(one: matching.Suggestion, offer: Offer, youth: Youth) -> Fit:
    checks = _tell(one.checks, youth, offer) or (Told(NOTHING_TO_CHECK, {}),)
    return Fit(
        offer=offer,
        band=Band(one.band.value),
        position=one.position,
        reasons=_tell(one.reasons_for, youth, offer),
        checks=checks,
        way=way_to(youth, offer),
    )


def _tell(reasons: Sequence[Reason], youth: Youth, offer: Offer) -> tuple[Told, ...]:
    return tuple(
        Told(str(reason.code), without_guess(reason.code, dict(reason.slots), youth, offer))
        for reason in reasons
        if not (youth.protected_contact and reason.code in ABOUT_THE_WAY)
    )


def _aside_rules(ranking: Ranking, youth: Youth) -> tuple[tuple[str, int], ...]:
    counts = {str(rule): number for rule, number in ranking.set_aside_rules.items()}
    if youth.protected_contact:
        counts.pop(RuleId.TRAVEL_LIMIT.value, None)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _asides(ranking: Ranking, rows: Mapping[int, Offer], youth: Youth) -> tuple[Aside, ...]:
    asides = []
    for one in ranking.set_aside:
        offer = rows.get(int(one.offer_id))
        if offer is None:
            continue
        rules = tuple(
            (str(check.rule_id), Told(str(check.code), without_guess(check.code, dict(check.slots), youth, offer)))
            for check in one.checks
        )
        if youth.protected_contact:
            # Which rule it was would tell how far away the person moves.
            rules = tuple(
                (HIDDEN_RULE, Told(told.code, {})) if rule == RuleId.TRAVEL_LIMIT else (rule, told)
                for rule, told in rules
            )
        asides.append(Aside(offer, rules))
    return tuple(asides)


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def _language(code: str) -> matching.Language:
    return "sv" if code == "sv" else "en" if code == "en" else "fi"


def _visibility(code: str) -> matching.Visibility:
    return "open" if code == "open" else "inside" if code == "inside" else "selected"
