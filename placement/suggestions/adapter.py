"""The door to the matching library: rows become its plain data, its codes become what screens show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

import matching
from matching import Arrangement, ChangeCode, CheckCode, QuestionCode, Ranking, Reason, ReasonCode, RuleId, SetAside
from matching.travel import estimate_way
from placement.clock import today_in_helsinki
from placement.jobseekers.models import Youth
from placement.offers.models import Offer, OfferKind
from placement.suggestions.decisions.remaking import MadeList
from placement.suggestions.live_index import live_offers_of
from placement.suggestions.models import Band
from placement.suggestions.queries import contacts_of_employers, declined_offers, offers_by_id
from placement.suggestions.rows import as_offer, as_person, people_of

__all__ = [
    "NOTHING_TO_CHECK",
    "Aside",
    "ChangeCode",
    "CheckCode",
    "Fit",
    "FitList",
    "OneFit",
    "QuestionCode",
    "ReasonCode",
    "RuleId",
    "Told",
    "Way",
    "as_offer",
    "as_person",
    "fit_from",
    "fit_of",
    "fits_for",
    "is_inside_municipality",
    "person_of",
    "way_to",
    "weights_told",
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
    is_for_finding_out: bool = False


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
    made: MadeList


@dataclass(frozen=True, slots=True)
class OneFit:
    """One offer for one young person: how it fits, why it is left out, and the list it stands in."""

    fit: Fit | None
    aside: Aside | None
    considered: int
    eligible: int
    versions: Mapping[str, str]


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

    The list is put together as a whole: near-ties change from week to week, the first places are mixed, employers
    who are asked much step back, and one place is for finding out. Scores and reasons do not depend on it.
    The number of queries does not depend on the number of offers. Only the offers shown are loaded.
    """
    live, today = live_offers_of(session, youth.centre_id), today_in_helsinki()
    chosen = [offer for offer in live.offers.values() if kind is None or offer.kind.value == kind.value]
    person = person_of(session, youth)
    arrangement = Arrangement(
        seed=f"{youth.id}|{today:%G-%V}",
        crowding=live.crowding(contacts_of_employers(session, youth.centre_id)),
    )
    ranking = matching.rank(
        person, chosen, today=today, index=live.index, balance=balance, limit=limit, arrangement=arrangement
    )
    shown = [*ranking.suggestions, *ranking.one_step_away]
    wanted = {int(one.offer_id) for one in shown}
    if with_asides:
        wanted |= {int(aside.offer_id) for aside in ranking.set_aside}
    rows = offers_by_id(session, wanted, youth.centre_id)
    return FitList(
        fits=tuple(
            replace(fit_from(one, rows[int(one.offer_id)], youth), is_for_finding_out=one.offer_id == ranking.explored)
            for one in shown
            if int(one.offer_id) in rows
        ),
        asides=_asides(ranking.set_aside, rows, youth) if with_asides else (),
        considered=ranking.considered,
        eligible=ranking.eligible,
        set_aside=len(ranking.set_aside),
        aside_rules=_aside_rules(ranking, youth),
        kinds=tuple(one for one in OfferKind if any(offer.kind.value == one.value for offer in live.offers.values())),
        versions=ranking.versions,
        made=MadeList(person, live.by_hash(), ranking, arrangement, today, kind.value if kind else None, limit),
    )


def fit_of(session: Session, youth: Youth, offer: Offer, *, balance: float = 0.5) -> OneFit | None:
    """Return how one open offer fits a young person within the whole list; None when the offer is not open.

    Only the reasons of this offer are worked out; its place and what is typical are those of the whole list.
    """
    live = live_offers_of(session, youth.centre_id)
    if offer.id not in live.offers:
        return None
    placed = matching.place(
        person_of(session, youth),
        live.offers.values(),
        str(offer.id),
        today=today_in_helsinki(),
        index=live.index,
        balance=balance,
    )
    return OneFit(
        fit=None if placed.suggestion is None else fit_from(placed.suggestion, offer, youth),
        aside=next(iter(_asides((placed.set_aside,), {offer.id: offer}, youth)), None) if placed.set_aside else None,
        considered=placed.considered,
        eligible=placed.eligible,
        versions=placed.versions,
    )


def person_of(session: Session, youth: Youth) -> matching.Person:
    """Return a young person loaded with their profile as matching sees them, with the offers they said no to."""
    return as_person(youth, declined_offers(session, [youth.id]).get(youth.id, frozenset()))


def who_fits(
    session: Session, centre_id: int, offers: Sequence[Offer], young_people: Sequence[Youth]
) -> dict[int, list[Youth]]:
    """Return, for each offer id, the young people for whom it is a good or strong fit, in their given order.

    Their profiles need not be loaded. The number of queries is the same for any number of both.
    """
    live = live_offers_of(session, centre_id)
    chosen = [offer.id for offer in offers if offer.id in live.offers]
    found: dict[int, list[Youth]] = {offer.id: [] for offer in offers}
    if not chosen or not young_people:
        return found
    bands = live.bands(people_of(session, young_people), chosen, today_in_helsinki())
    for youth, fitting in zip(young_people, bands, strict=True):
        for offer_id in chosen:
            if fitting[offer_id] in GOOD_BANDS:
                found[offer_id].append(youth)
    return found


def weights_told() -> tuple[tuple[tuple[str, int], ...], tuple[tuple[str, int], ...], str]:
    """Return what weighs how much, of a hundred, for "would suit" and "would work out", and the version."""
    weights = matching.load_weights()
    sides = []
    for side in (weights.wish, weights.works_out):
        total = sum(side.values())
        shares = ((name, round(100 * weight / total)) for name, weight in side.items())
        sides.append(tuple(sorted(shares, key=lambda pair: (-pair[1], pair[0]))))
    return sides[0], sides[1], weights.version


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


def fit_from(one: matching.Suggestion, offer: Offer, youth: Youth) -> Fit:
    """Return what matching says of an offer and a young person, as it may be told."""
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


def _asides(found: Iterable[SetAside], rows: Mapping[int, Offer], youth: Youth) -> tuple[Aside, ...]:
    asides = []
    for one in found:
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
