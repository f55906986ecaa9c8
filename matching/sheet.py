"""One young person against a whole board: verdicts, features, scores and order, as arrays.

It says the same as asking `matching.setting.judge` about each offer, only sooner.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.arrangement import Arrangement
from matching.arranging import Candidates, arrange
from matching.board import Board
from matching.codes import RuleId
from matching.distinct import Numbers, Rows
from matching.features import FEATURES
from matching.measures import measures
from matching.results import BANDS, Band
from matching.scoring import DIGITS, NOT_TOLD, REFERENCE_WEIGHT
from matching.setting import Setting, judge
from matching.shared import Shared
from matching.verdicts import NO_WITH_A_STEP, UNKNOWN, Verdicts, verdicts

NEAR_A_HALF = 1e-4
"""Scores so near the middle of two rounded values, in units of the last digit, are worked out one by one."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Answers for every offer of a board.

    Parameters
    ----------
    board
        The offers.
    answers
        Verdict codes of every rule.
    worst
        The verdict that hinders most.
    values
        Features with the floor and the neutral value filled in.
    missing
        Where a feature is missing.
    scores
        Score of every offer that is eligible or one step away; not a number for the others.
    """

    board: Board
    answers: Mapping[RuleId, Verdicts]
    worst: Verdicts
    values: Mapping[str, Numbers]
    missing: Mapping[str, NDArray[np.bool_]]
    scores: Numbers

    @classmethod
    def of(cls, setting: Setting, board: Board, shared: Shared | None = None) -> Self:
        """Ask every rule and every feature about every offer of a board; ``shared`` only saves work in a batch."""
        shared = Shared() if shared is None else shared
        answers = verdicts(setting.person, board, setting.today, shared)
        worst = np.maximum.reduce(list(answers.values()))
        found = measures(setting.person, board, setting.today, shared)
        missing = {name: np.isnan(column) for name, column in found.items()}
        floor, neutral = setting.weights.floor, setting.weights.neutral
        values = {
            name: np.where(missing[name], neutral[name], np.clip(column, floor, 1.0)) for name, column in found.items()
        }
        rows = np.flatnonzero(worst <= NO_WITH_A_STEP)
        scores = np.full(len(board), np.nan)
        scores[rows] = _scores(setting, board, values, rows)
        return cls(board, answers, worst, values, missing, scores)

    def eligible(self) -> Rows:
        """Return the rows without a no."""
        return np.flatnonzero(self.worst <= UNKNOWN)

    def one_step_away(self) -> Rows:
        """Return the rows that only a step which somebody can take sets aside."""
        return np.flatnonzero(self.worst == NO_WITH_A_STEP)

    def set_aside(self) -> Rows:
        """Return the rows with a no, in the order of offer ids."""
        rows = np.flatnonzero(self.worst > UNKNOWN)
        return rows[np.argsort(self.board.order[rows])]

    def said_no(self) -> dict[str, int]:
        """Return how many offers each rule says no to; rules that never do are left out."""
        numbers = {rule: int(np.count_nonzero(answer > UNKNOWN)) for rule, answer in self.answers.items()}
        return {rule: number for rule, number in numbers.items() if number}

    def ids_by_rule(self) -> dict[str, list[str]]:
        """Return the ids of the offers that each rule says no to, in their order; rules that never do are left out."""
        rows = self.set_aside()
        found = {rule: rows[answer[rows] > UNKNOWN].tolist() for rule, answer in self.answers.items()}
        return {str(rule): [self.board.ids[row] for row in some] for rule, some in found.items() if some}

    def best(self, rows: Rows, limit: int | None) -> list[int]:
        """Return the rows with the best scores, best first; offers of the same score in the order of ids."""
        scores = self.scores[rows]
        if limit is not None and 0 < limit < len(rows):
            least = np.partition(scores, len(rows) - limit)[len(rows) - limit]
            rows, scores = rows[scores >= least], scores[scores >= least]
        best: list[int] = rows[np.lexsort((self.board.order[rows], -scores))][:limit].tolist()
        return best

    def arranged(self, how: Arrangement, limit: int | None) -> tuple[list[int], int | None, float]:
        """Return the rows of the eligible offers as they are shown, the one for finding out, and its chance."""
        rows, board = self.eligible(), self.board
        crowding = np.zeros(len(board))
        for offer_id, over in how.crowding.items():
            if offer_id in board.rows:
                crowding[board.rows[offer_id]] = over
        candidates = Candidates(
            scores=self.scores[rows],
            crowding=crowding[rows],
            id_order=board.order[rows],
            draws=board.draws[rows],
            families=board.codes("family")[rows],
            groups=board.codes("group")[rows],
        )
        found = arrange(candidates, how, limit)
        explored = None if found.explored is None else int(rows[found.explored])
        return rows[found.order].tolist(), explored, found.chance

    def place_of(self, row: int) -> int | None:
        """Return the place of one eligible offer in the order of `best`, 1 being the first; None for any other."""
        if self.worst[row] > UNKNOWN:
            return None
        rows, mine = self.eligible(), self.scores[row]
        before = (self.scores[rows] > mine) | (
            (self.scores[rows] == mine) & (self.board.order[rows] < self.board.order[row])
        )
        return int(np.count_nonzero(before)) + 1

    def bands(self, setting: Setting) -> NDArray[np.int8]:
        """Return the place of each offer's band in ``BANDS``, -1 where a rule says no for good."""
        kinds, powers = self.board.distinct["kind"], _powers(setting, self.board)
        known = np.zeros(len(self.board))
        for name, shares in powers.items():
            known += np.where(self.missing[name], 0.0, shares[kinds.codes])
        weights, strength = setting.weights, self.values["strength_fit"]
        meets_tasks = ~self.missing["strength_fit"] & (strength >= weights.least_strength_for_strong)
        little = np.logical_and.reduce([self.missing[name] for name in NOT_TOLD])
        little |= np.round(known, DIGITS) < weights.least_known_share
        return np.select(
            [
                self.worst > NO_WITH_A_STEP,
                self.worst == NO_WITH_A_STEP,
                little,
                (self.scores >= weights.bands["strong"]) & meets_tasks,
                self.scores >= weights.bands["good"],
            ],
            [-1, *(BANDS.index(one) for one in (Band.NEEDS_PREPARATION, Band.POSSIBLE, Band.STRONG, Band.GOOD))],
            BANDS.index(Band.POSSIBLE),
        ).astype(np.int8)

    def typical(self, setting: Setting) -> dict[str, float]:
        """Return the typical eligible offer, see `matching.scoring.reference`."""
        rows, neutral = self.eligible(), setting.weights.neutral
        count = len(rows)
        return {
            name: (count * _middle(self.values[name][rows]) + REFERENCE_WEIGHT * neutral[name])
            / (count + REFERENCE_WEIGHT)
            for name in FEATURES
        }


def score_board(settings: Sequence[Setting], board: Board) -> tuple[Numbers, NDArray[np.bool_]]:
    """Return scores and eligibility, people × offers; see `matching.people.score_matrix`."""
    scores = np.empty((len(settings), len(board)))
    eligible = np.empty((len(settings), len(board)), np.bool_)
    shared = Shared()
    for row, setting in enumerate(settings):
        sheet = Sheet.of(setting, board, shared)
        scores[row], eligible[row] = sheet.scores, sheet.worst <= UNKNOWN
    return scores, eligible


def band_board(settings: Sequence[Setting], board: Board) -> NDArray[np.int8]:
    """Return bands, people × offers; see `matching.people.band_matrix`."""
    bands, shared = np.empty((len(settings), len(board)), np.int8), Shared()
    for row, setting in enumerate(settings):
        bands[row] = Sheet.of(setting, board, shared).bands(setting)
    return bands


def _powers(setting: Setting, board: Board) -> dict[str, Numbers]:
    """Return for each feature its exponent for every kind of offer that occurs."""
    powers = [setting.powers[one.offer.kind] for one in board.examples("kind")]
    return {name: np.array([power[name] for power in powers]) for name in FEATURES}


def _scores(setting: Setting, board: Board, values: Mapping[str, Numbers], rows: Rows) -> Numbers:
    codes, powers = board.distinct["kind"].codes[rows], _powers(setting, board)
    # Added up one feature after the other, so that a score does not depend on how many offers there are.
    total = np.zeros(len(rows))
    for name, column in values.items():
        total += powers[name][codes] * np.log(column[rows])
    return rounded_scores(setting, board, total, rows)


def rounded_scores(setting: Setting, board: Board, log_points: Numbers, rows: Rows) -> Numbers:
    """Return the scores of some offers from the sums of their log points.

    The last bits of the sums do not matter: where they could decide about rounding, the offer is judged alone.
    """
    scaled = np.exp(log_points) * 10.0**DIGITS
    scores: Numbers = np.rint(scaled) / 10.0**DIGITS
    unsure = np.flatnonzero(np.abs(scaled - np.floor(scaled) - 0.5) < NEAR_A_HALF)
    for place in unsure.tolist():
        scores[place] = judge(setting, board.offers[rows[place]]).score
    return scores


def _middle(column: Numbers) -> float:
    if not len(column):
        return 0.0
    low, high = (len(column) - 1) // 2, len(column) // 2
    ordered = np.partition(column, (low, high))
    return float((ordered[low] + ordered[high]) / 2)
