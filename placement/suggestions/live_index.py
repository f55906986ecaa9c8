"""The open offers of a centre, read in advance for ranking and kept current from the database.

Each process keeps its own copy. Before every use one small query asks whether anything has changed since, in whatever
process it was: a new, edited or closed offer and a changed number of talks count at once. Only what changed is then
read again. Nothing is kept that the database does not hold, so that a copy may be lost at any time.
"""

import threading
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

import matching
from matching import BANDS, OfferIndex
from matching.replaying import as_data, digest
from placement.offers.models import Offer
from placement.suggestions.models import Band
from placement.suggestions.queries import offers_state, open_offers, people_in_talks
from placement.suggestions.rows import OFFER_COLUMNS, as_offer
from placement.vocabulary import linker

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

AT_ONCE = 500
"""Up to this many changed offers are asked for by id; beyond, all are read in one query."""
MOST_REMEMBERED = 2_000
Mark = tuple[object, ...]
Version = tuple[int, datetime]


@dataclass(frozen=True, slots=True)
class _Known:
    """How well one young person fits the offers of one list, and what they were then."""

    person: matching.Person
    bands: "NDArray[np.int8]"


@dataclass(slots=True)
class _NewOffers:
    """A short list of offers that many workers look at, and the young people compared with it so far."""

    today: date
    offers: tuple[matching.Offer, ...]
    index: OfferIndex
    known: dict[str, _Known] = field(default_factory=dict)


@dataclass(slots=True)
class LiveOffers:
    """The open offers of one centre at one moment.

    ``mark`` is what the database said then, ``versions`` the row of each offer that was read, ``employers`` whose
    offer it is.
    """

    mark: Mark
    versions: Mapping[int, Version]
    offers: Mapping[int, matching.Offer]
    employers: Mapping[int, int]
    index: OfferIndex
    _new: _NewOffers | None = None
    hashes: dict[int, str] = field(default_factory=dict)
    advice: dict[str, tuple[tuple[matching.Person, date], Any]] = field(default_factory=dict)

    def remember(self, person: matching.Person, today: date, advice: object) -> None:
        """Keep what was worked out for a person as they are now; it goes with this copy when any offer changes."""
        kept = self.advice if len(self.advice) < MOST_REMEMBERED else {}
        self.advice = {**kept, person.id: ((person, today), advice)}

    def by_hash(self) -> dict[str, matching.Offer]:
        """Return the offers by the hash of their content, in the order of their ids; each is worked out once."""
        if len(self.hashes) < len(self.offers):
            known = self.hashes
            self.hashes = {one: known.get(one) or digest(as_data(offer)) for one, offer in self.offers.items()}
        hashes = self.hashes
        return {hashes[one]: offer for one, offer in self.offers.items()}

    def crowding(self, contacts: Mapping[int, int]) -> dict[str, float]:
        """Return how far the contacts expected by an employer are over what its offers have room for, by offer id.

        ``contacts`` counts the young people in talks or asked, by employer. Only offers that are over are told.
        """
        room: dict[int, int] = dict.fromkeys(contacts, 0)
        for one, employer in self.employers.items():
            if employer in room:
                room[employer] += self.offers[one].talks_cap or 0
        over = {
            employer: (contacts[employer] - cap) / cap
            for employer, cap in room.items()
            if cap and contacts[employer] > cap
        }
        return {str(one): over[employer] for one, employer in self.employers.items() if employer in over}

    def bands(
        self, people: Sequence[matching.Person], offer_ids: Sequence[int], today: date
    ) -> list[Mapping[int, Band | None]]:
        """Return, for each person, how well each of some offers fits them; None where a rule says no for good.

        Somebody who has not changed since the last time is not compared again.
        """
        chosen = tuple(self.offers[one] for one in offer_ids)
        new = self._new
        if new is None or new.today != today or new.offers != chosen:
            new = self._new = _NewOffers(today, chosen, self.index.with_offers(chosen))
        known = {one.id: found for one in people if (found := new.known.get(one.id)) and found.person == one}
        changed = [one for one in people if one.id not in known]
        if changed:
            bands = matching.band_matrix(changed, chosen, today=today, index=new.index)
            fresh = {one.id: _Known(one, row) for one, row in zip(changed, bands, strict=True)}
            new.known = {**(new.known if len(new.known) < MOST_REMEMBERED else {}), **fresh}
            known |= fresh
        return [
            {one: _band(place) for one, place in zip(offer_ids, known[person.id].bands.tolist(), strict=True)}
            for person in people
        ]


class _Shelf:
    """The place of one centre's offers in this process; one thread at a time brings it up to date."""

    __slots__ = ("live", "lock")

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.live: LiveOffers | None = None


# One shelf for each database and centre. A database is held weakly, so that it can go.
_shelves: WeakKeyDictionary[object, dict[int, _Shelf]] = WeakKeyDictionary()
_lock = threading.Lock()


def live_offers_of(session: Session, centre_id: int) -> LiveOffers:
    """Return the open offers of a centre as they are now in the database, within the transaction of the session."""
    with _lock:
        shelf = _shelves.setdefault(session.get_bind(), {}).setdefault(centre_id, _Shelf())
    talks = people_in_talks(session, centre_id)
    mark = (*offers_state(session, centre_id), tuple(sorted(talks.items())), linker().taxonomy.version)
    live = shelf.live
    if live is not None and live.mark == mark:
        return live
    with shelf.lock:
        live = shelf.live
        if live is None or live.mark != mark:
            live = shelf.live = _brought_up_to_date(session, centre_id, live, mark, talks)
        return live


def _brought_up_to_date(
    session: Session, centre_id: int, old: LiveOffers | None, mark: Mark, talks: Mapping[int, int]
) -> LiveOffers:
    found = select(Offer.id, Offer.version, Offer.updated_at).where(open_offers(centre_id)).order_by(Offer.id)
    versions: dict[int, Version] = {row[0]: (row[1], row[2]) for row in session.execute(found)}
    known = {} if old is None else {one: old.offers[one] for one in versions if old.versions.get(one) == versions[one]}
    rows = session.execute(_changed(centre_id, versions.keys() - known.keys())).all()
    fresh = {row.id: as_offer(row) for row in rows}
    offers = {one: _in_talks(known.get(one) or fresh[one], talks.get(one, 0)) for one in versions}
    employers = {one: old.employers[one] for one in known} if old else {}
    employers |= {row.id: row.employer_id for row in rows}
    # Only texts that changed are linked again, which takes most of the time.
    words = linker()
    index = OfferIndex.build((), words) if old is None or old.index.linker is not words else old.index
    index = index.with_offers(offers.values())
    hashes = {} if old is None else old.hashes
    kept = {one: hashes[one] for one in known if one in hashes and offers[one] is known[one]}
    return LiveOffers(mark, versions, offers, employers, index, hashes=kept)


def _changed(centre_id: int, offer_ids: AbstractSet[int]) -> "Select[Any]":
    query = select(*OFFER_COLUMNS).where(open_offers(centre_id))
    return query if len(offer_ids) > AT_ONCE else query.where(Offer.id.in_(offer_ids))


def _in_talks(offer: matching.Offer, number: int) -> matching.Offer:
    return offer if offer.people_in_talks == number else replace(offer, people_in_talks=number)


def _band(place: int) -> Band | None:
    return Band(BANDS[place].value) if place >= 0 else None
