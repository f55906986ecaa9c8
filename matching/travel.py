"""A rough time of travel between municipalities: straight line × 1.3 and a usual speed.

It is an estimate between centre points, good enough to order offers and to ask; rules that use it leave a margin.
"""

from dataclasses import dataclass
from functools import lru_cache

from matching.types import Offer, Person, TravelMode
from matching.vocabulary import distance_km

DETOUR = 1.3
INSIDE_KM = 4.0
"""Usual way inside one municipality, kilometres as the crow flies."""
SPEED_KMH = {
    TravelMode.WALK: 5.0,
    TravelMode.BICYCLE: 15.0,
    TravelMode.MOPED: 38.0,
    TravelMode.PUBLIC_TRANSPORT: 35.0,
    TravelMode.CAR: 60.0,
}
EXTRA_MINUTES = {TravelMode.PUBLIC_TRANSPORT: 12.0, TravelMode.CAR: 4.0, TravelMode.MOPED: 3.0}


@dataclass(frozen=True, slots=True)
class Way:
    """The quickest way: minutes and kilometres in one direction, and the mode of travel."""

    minutes: int
    kilometres: int
    mode: TravelMode


def estimate_way(person: Person, offer: Offer) -> Way | None:
    """Return the quickest way to an offer with the person's modes; None when either end is not known.

    A person who has told no mode is thought to use public transport.
    """
    if person.travel_from is None or offer.municipality is None:
        return None
    return _way(person.travel_from, offer.municipality, person.travel_modes)


@lru_cache(maxsize=20_000)
def _way(start: str, end: str, modes: frozenset[TravelMode]) -> Way | None:
    straight = distance_km(start, end)
    if straight is None:
        return None
    kilometres = max(straight, INSIDE_KM) * DETOUR
    options = (
        (kilometres / SPEED_KMH[mode] * 60 + EXTRA_MINUTES.get(mode, 0.0), mode)
        for mode in (modes or {TravelMode.PUBLIC_TRANSPORT})
    )
    minutes, mode = min(options)
    return Way(round(minutes), round(kilometres), mode)
