"""The level of the list: what one person sees first when many places fit about as well.

The score of an offer depends on nothing but the person and that offer. Here, and only here, the list as a whole
counts: employers who are asked too much already step back, near-ties change places from week to week, the first
places are not all of one kind of task, and one marked place is for finding out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.arrangement import Arrangement

NEAR_TIE = 0.02
"""Only scores nearer to each other than this may change places by chance."""
CROWDING_WEIGHT = 0.15
"""Taken from the score of an offer when twice as many contacts are expected as its employer wants."""
LIKENESS_WEIGHT = 0.2
"""1 − λ of maximal marginal relevance, λ being 0.8."""
SAME_GROUP = 0.5
"""Likeness of two task families of one group; of the same family it is 1."""
POOL = 4
"""The first places are chosen among this many times as many offers."""
GROUPS_WITHIN = 5
"""The first five places hold at least two groups of tasks, when there are two."""
MOST_GIVEN_UP = 0.1
"""An offer of another group may come forward when its score is at most this much lower."""
EXPLORED_AMONG = 40
"""The place for finding out is drawn among so many offers after the first."""
UNKNOWN = -1
"""Code of a family or group that is not known; two of them are not alike."""
Numbers = NDArray[np.float64]
Codes = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Arranged:
    """The order of a list as places in the arrays given, the one for finding out, and its chance of being drawn."""

    order: list[int]
    explored: int | None
    chance: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """What is known of the eligible offers, one entry for each.

    Scores, how crowded they are, place in the order of ids, draws, and codes of task families and groups.
    """

    scores: Numbers
    crowding: Numbers
    id_order: Codes
    draws: NDArray[np.uint64]
    families: Codes
    groups: Codes


def draws_of(ids: Sequence[str]) -> NDArray[np.uint64]:
    """Return a number for each id from which chance begins; the same in every process."""
    # FNV-1a over the letters of all ids at once, so that a big board is read in milliseconds.
    width = max(map(len, ids), default=0)
    letters = np.array(ids, dtype=f"<U{max(width, 1)}").view(np.uint32).reshape(len(ids), max(width, 1))
    found = np.full(len(ids), 0xCBF29CE484222325, np.uint64)
    with np.errstate(over="ignore"):
        for column in letters.T:
            found = np.where(column > 0, (found ^ column) * np.uint64(0x100000001B3), found)
    return found


def chances(draws: NDArray[np.uint64], seed: str) -> Numbers:
    """Return an even chance between 0 and 1 for each draw: splitmix64 of the draw and the seed."""
    with np.errstate(over="ignore"):
        mixed = draws ^ draws_of([seed])[0]
        mixed = mixed + np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed = mixed ^ (mixed >> np.uint64(31))
    even: Numbers = (mixed >> np.uint64(11)).astype(np.float64) / float(1 << 53)
    return even


def arrange(found: Candidates, how: Arrangement, limit: int | None) -> Arranged:
    """Return the order of the eligible offers, at most `limit` of them.

    Parameters
    ----------
    found
        The eligible offers.
    how
        How the list is put together.
    limit
        Most offers wanted; the first ones are the same whatever it is.
    """
    count = len(found.scores)
    worth = found.scores - CROWDING_WEIGHT * found.crowding
    worth = worth + NEAR_TIE * chances(found.draws, how.seed)
    reach = max(how.first * POOL + EXPLORED_AMONG, limit or 0) if limit is not None else count
    ranked = _best(worth, found.id_order, reach)
    first = _diverse(found, worth, ranked[: how.first * POOL], how.first)
    _mix_groups(found, ranked, first)
    explored, chance = _explore(found, how, ranked, first)
    if explored is not None:
        first[-1] = explored
    chosen = set(first)
    return Arranged([*first, *(one for one in ranked if one not in chosen)][:limit], explored, chance)


def _best(worth: Numbers, id_order: Codes, most: int) -> list[int]:
    rows = np.arange(len(worth))
    if 0 < most < len(worth):
        least = np.partition(worth, len(worth) - most)[len(worth) - most]
        rows = np.flatnonzero(worth >= least)
    ranked: list[int] = rows[np.lexsort((id_order[rows], -worth[rows]))][:most].tolist()
    return ranked


def _diverse(found: Candidates, worth: Numbers, pool: list[int], most: int) -> list[int]:
    """Choose the first places one by one: what fits, less what is like a place already chosen."""
    if not pool:
        return []
    values = worth[pool]
    spread = float(values.max() - values.min())
    even = (values - values.min()) / spread if spread > 0 else np.zeros(len(pool))
    families, groups = found.families[pool], found.groups[pool]
    likeness, left = np.zeros(len(pool)), np.ones(len(pool), np.bool_)
    chosen: list[int] = []
    while len(chosen) < most and left.any():
        gain = np.where(left, (1.0 - LIKENESS_WEIGHT) * even - LIKENESS_WEIGHT * likeness, -np.inf)
        place = int(np.argmax(gain))
        chosen.append(pool[place])
        left[place] = False
        alike = np.where((groups == groups[place]) & (groups != UNKNOWN), SAME_GROUP, 0.0)
        alike[(families == families[place]) & (families != UNKNOWN)] = 1.0
        likeness = np.maximum(likeness, alike)
    return chosen


def _mix_groups(found: Candidates, ranked: list[int], first: list[int]) -> None:
    """Let an offer of another group into the fifth place when the first five are all of one."""
    if len(first) < GROUPS_WITHIN or len({int(found.groups[one]) for one in first[:GROUPS_WITHIN]}) > 1:
        return
    place, group = GROUPS_WITHIN - 1, found.groups[first[0]]
    least = found.scores[first[place]] - MOST_GIVEN_UP
    other = next((one for one in ranked if found.groups[one] != group and found.scores[one] >= least), None)
    if other is None:
        return
    if other in first:
        first.remove(other)
    else:
        first.pop()
    first.insert(place, other)


def _explore(found: Candidates, how: Arrangement, ranked: list[int], first: list[int]) -> tuple[int | None, float]:
    """Draw one offer of a task family that is not among the first, each with the same chance."""
    if not how.explore or len(first) < how.first:
        return None, 0.0
    seen = {int(found.families[one]) for one in first[:-1]} | {UNKNOWN}
    chosen = set(first[:-1])
    among = [
        one
        for one in ranked[: how.first + EXPLORED_AMONG]
        if one not in chosen and int(found.families[one]) not in seen
    ]
    if not among:
        return None, 0.0
    lots = chances(found.draws[among], f"{how.seed}|find out")
    return among[int(np.argmin(lots))], 1.0 / len(among)
