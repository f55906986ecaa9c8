"""One young person against a whole board: verdicts, features, scores and order, as arrays.

It says the same as asking `matching.setting.judge` about each offer, only sooner.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matching.board import Board
from matching.codes import RuleId
from matching.distinct import Numbers, Rows
from matching.features import FEATURES
from matching.measures import measures
from matching.scoring import DIGITS, REFERENCE_WEIGHT
from matching.setting import Setting, judge
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
    def of(cls, setting: Setting, board: Board) -> Self:
        """Ask every rule and every feature about every offer of a board."""
        answers = verdicts(setting.person, board, setting.today)
        worst = np.maximum.reduce(list(answers.values()))
        found = measures(setting.person, board, setting.today)
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

    def best(self, rows: Rows, limit: int | None) -> list[int]:
        """Return the rows with the best scores, best first; offers of the same score in the order of ids."""
        scores = self.scores[rows]
        if limit is not None and 0 < limit < len(rows):
            least = np.partition(scores, len(rows) - limit)[len(rows) - limit]
            rows, scores = rows[scores >= least], scores[scores >= least]
        best: list[int] = rows[np.lexsort((self.board.order[rows], -scores))][:limit].tolist()
        return best

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
    for row, setting in enumerate(settings):
        sheet = Sheet.of(setting, board)
        scores[row], eligible[row] = sheet.scores, sheet.worst <= UNKNOWN
    return scores, eligible


def _scores(setting: Setting, board: Board, values: Mapping[str, Numbers], rows: Rows) -> Numbers:
    kinds = board.distinct["kind"]
    powers = [setting.powers[one.offer.kind] for one in kinds.examples]
    codes = kinds.codes[rows]
    # Added up one feature after the other, so that a score does not depend on how many offers there are.
    total = np.zeros(len(rows))
    for name, column in values.items():
        total += np.array([power[name] for power in powers])[codes] * np.log(column[rows])
    scaled = np.exp(total) * 10.0**DIGITS
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
