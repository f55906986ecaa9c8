"""The columns of many offers need numpy, which takes a moment to load: it is imported here and only when needed."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from matching.best import Batch
    from matching.board import Board
    from matching.reading import Reader
    from matching.setting import Setting
    from matching.sheet import Sheet


def load_board() -> "type[Board]":
    """Return the class for offers as columns."""
    from matching.board import Board  # noqa: PLC0415 — importing `matching` stays quick without numpy

    return Board


def load_sheet() -> "type[Sheet]":
    """Return the class for one person against a board."""
    from matching.sheet import Sheet  # noqa: PLC0415 — as above

    return Sheet


def load_reader() -> "type[Reader]":
    """Return the class that reads whole texts."""
    from matching.reading import Reader  # noqa: PLC0415 — as above

    return Reader


def score_pairs(settings: "Sequence[Setting]", board: "Board") -> "tuple[NDArray[np.float64], NDArray[np.bool_]]":
    """Return scores and eligibility of people × offers."""
    from matching.sheet import score_board  # noqa: PLC0415 — as above

    return score_board(settings, board)


def band_pairs(settings: "Sequence[Setting]", board: "Board") -> "NDArray[np.int8]":
    """Return bands of people × offers."""
    from matching.sheet import band_board  # noqa: PLC0415 — as above

    return band_board(settings, board)


def load_batch() -> "type[Batch]":
    """Return the class for the best offers of many people."""
    from matching.best import Batch  # noqa: PLC0415 — as above

    return Batch
