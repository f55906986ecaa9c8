"""The best offers of each of many people, without working out the score of every pair.

The log points that people have in common are added up for all offers in single precision (`matching.points`). What is
not in that sum, such as the words, can only lower it: an offer whose sum is below the worst of enough known scores is
out. The few that are left get their exact score, so the answer is that of `matching.sheet.Sheet.best`.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import numpy as np

from matching.board import Board
from matching.distinct import Numbers, Rows
from matching.facts import PersonFacts
from matching.points import Points, Single
from matching.scoring import Weights
from matching.setting import Setting
from matching.shared import Shared
from matching.sheet import rounded_scores
from matching.types import OfferKind
from matching.verdicts import refused

MOST_AT_ONCE, TASKS_AT_ONCE = 128, 500_000
"""People whose cards are compared with the tasks in one go, and pairs of people and tasks."""
PIECE = 64
"""Offers of which only the best sum is looked at when the first ones are chosen."""
FIRST_MORE = 12
"""How many more than asked are looked at first: the better these are, the fewer are left."""
SLACK = 1e-4
"""Log points; sums in single precision are wrong by less."""
LOWEST = -1e30
"""Below every sum, and above that of an offer that is out of the question."""
MOST_KEPT = 500
"""Columns of flags of one rule kept at once: of 20,000 offers 10 MB."""


class Batch:
    """Many people against one board; not to be shared between threads.

    Parameters
    ----------
    board
        The offers.
    today
        Day of the question.
    weights, powers
        Weights of the score, and the exponents of the features for each kind of offer; as in the settings of people.
    """

    def __init__(
        self, board: Board, today: date, weights: Weights, powers: Mapping[OfferKind, Mapping[str, float]]
    ) -> None:
        self._board, self._today = board, today
        self._points = Points(board, today, weights, powers)
        self._flags = Shared(MOST_KEPT)
        self._padded = np.full(-(-len(board) // PIECE) * PIECE, -np.inf, np.float32)

    def best(self, settings: Sequence[Setting], limit: int) -> Iterator[list[tuple[int, float]]]:
        """Return for each person the rows of the best eligible offers and their scores, as `Sheet.best` orders them."""
        share = max(1, min(MOST_AT_ONCE, TASKS_AT_ONCE // max(len(self._points.tasks.rows), 1)))
        for start in range(0, len(settings), share):
            some = settings[start : start + share]
            for setting, tasks in zip(some, self._points.by_tasks([one.person for one in some]), strict=True):
                yield self._best_of(setting, tasks, limit)

    def _best_of(self, setting: Setting, tasks: Numbers, limit: int) -> list[tuple[int, float]]:
        person, sums = setting.person, self._padded[: len(self._board)]
        parts, codes = self._points.parts(person), self._points.tasks.codes
        np.take(tasks.astype(np.float32), codes, out=sums, mode="clip")
        for part in parts:
            sums += part.nearly
        np.copyto(sums, -np.inf, where=refused(person, self._board, self._today, self._flags))
        rows, late = self._promising(person, sums, limit)
        exact = tasks[codes[rows]] + late
        for part in parts:
            exact += part.at(rows)
        scores = rounded_scores(setting, self._board, exact, rows)
        order = np.lexsort((self._board.order[rows], -scores))[:limit]
        return list(zip(rows[order].tolist(), scores[order].tolist(), strict=True))

    def _promising(self, person: PersonFacts, sums: Single, limit: int) -> tuple[Rows, Numbers]:
        """Return the offers that may be among the best, and what is to be added to their sums."""
        points = self._points
        first = self._first(sums, limit)
        late = points.late(person, first) + points.of_words(person, first)
        totals = sums[first] + late
        least = _least(totals, limit)
        sums[first] = -np.inf
        rest = np.flatnonzero(sums >= np.float32(least))
        more = points.late(person, rest)
        near = np.flatnonzero(sums[rest] + more >= least)
        rest, more = rest[near], more[near]
        more += points.of_words(person, rest)
        rows, late = np.concatenate([first, rest]), np.concatenate([late, more])
        totals = np.concatenate([totals, sums[rest] + more])
        near = np.flatnonzero(totals >= _least(totals, limit))
        return rows[near], late[near]

    def _first(self, sums: Single, limit: int) -> Rows:
        """Return some offers with good sums: as many as asked or more, unless there are fewer."""
        best = self._padded.reshape(PIECE, -1).max(axis=0)
        wanted = limit + FIRST_MORE
        least = np.partition(best, -wanted)[-wanted] if len(best) > wanted else LOWEST
        return np.flatnonzero(sums >= max(least, np.float32(LOWEST)))


def _least(totals: Numbers, limit: int) -> float:
    """Return what a sum must reach to be among the best."""
    if len(totals) < limit:
        return LOWEST
    return float(np.partition(totals, -limit)[-limit]) - SLACK
