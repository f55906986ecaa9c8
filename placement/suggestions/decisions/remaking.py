"""What a list was made of and what came out, as plain values, and making it again from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import matching
from matching import Arrangement, Ranking
from matching.replaying import as_data, digest, offer_from, person_from, weights_from
from matching.setting import versions

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out: the order with scores, bands and places, the place for finding out, and what was left out."""

    considered: int
    eligible: int
    order: list[list[Any]]
    explored: str | None
    explored_chance: float
    set_aside: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, ranking: Ranking) -> "Outcome":
        """Read the answer of the matching library."""
        shown = (*ranking.suggestions, *ranking.one_step_away)
        return cls(
            considered=ranking.considered,
            eligible=ranking.eligible,
            order=[[one.offer_id, one.score, one.band.value, one.position] for one in shown],
            explored=ranking.explored,
            explored_chance=ranking.explored_chance,
            set_aside={rule: list(ids) for rule, ids in ranking.set_aside_by_rule().items()},
        )

    def as_data(self) -> Data:
        """The form that is compared."""
        return {
            "considered": self.considered,
            "eligible": self.eligible,
            "order": self.order,
            "explored": self.explored,
            "explored_chance": self.explored_chance,
            "set_aside": {rule: list(ids) for rule, ids in self.set_aside.items()},
        }


@dataclass(frozen=True, slots=True)
class MadeList:
    """A list just made, with all that went in; the open offers by the hash of their content."""

    person: matching.Person
    offers: Mapping[str, matching.Offer]
    ranking: Ranking
    arrangement: Arrangement
    today: date
    kind: str | None
    shown: int | None

    @property
    def versions(self) -> Mapping[str, str]:
        """Versions of engine, weights, vocabulary and rules."""
        return self.ranking.versions

    def outcome(self) -> Outcome:
        """What came out."""
        return Outcome.of(self.ranking)

    def person_data(self) -> Data:
        """The young person as matching saw them, without the id of the database, which stands beside it."""
        return as_data(self.person) | {"id": "person"}

    def offers_data(self) -> Data:
        """Hashes of the offers considered, in the order of their ids."""
        return {"offers": list(self.offers)}

    def offer_data(self, offer_hash: str) -> Data:
        """The offer of a hash."""
        return as_data(self.offers[offer_hash])

    def weights_data(self) -> Data:
        """The weights of the score."""
        return as_data(matching.load_weights())

    def settings(self) -> Data:
        """What the viewer chose and chance began from."""
        return {
            "kind": self.kind,
            "balance": self.ranking.balance,
            "seed": self.arrangement.seed,
            "crowding": dict(self.arrangement.crowding),
            "shown": self.shown,
        }

    @staticmethod
    def digest_of(data: object) -> str:
        """Return the hash of plain values."""
        return digest(data)


def current_versions() -> Mapping[str, str]:
    """Return the versions with which this program makes lists."""
    return versions(matching.load_weights())


def made_again(
    *,
    person: Data,
    offers: Sequence[Data],
    weights: Data,
    today: date,
    kind: str | None,
    balance: float,
    seed: str,
    crowding: Mapping[str, float],
    shown: int | None,
) -> tuple[Outcome, Mapping[str, str]]:
    """Make a list from what was written down; return what comes out and the versions that made it now."""
    chosen = [offer_from(one) for one in offers if kind is None or one["kind"] == kind]
    ranking = matching.rank(
        person_from(person),
        chosen,
        today=today,
        balance=balance,
        limit=shown,
        arrangement=Arrangement(seed, crowding),
        weights=weights_from(weights),
    )
    return Outcome.of(ranking), ranking.versions
