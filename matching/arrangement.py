"""How a list as a whole is to be put together; `matching.arranging` does it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How a list is put together.

    Parameters
    ----------
    seed
        Decides near-ties and the place for finding out; the same seed gives the same list. Usually person and week.
    crowding
        Offer id to how far the contacts expected are over what the employer wants, (expected − cap) / cap, when over.
    first
        Number of places shown first; diversity and finding out concern these.
    explore
        Whether one of the first places is for finding out.
    """

    seed: str
    crowding: Mapping[str, float] = field(default_factory=dict)
    first: int = 7
    explore: bool = True

    def __post_init__(self) -> None:
        """Refuse a list without first places and crowding that is not a number of at least 0."""
        if self.first < 1:
            raise ValueError("first must be at least 1")
        if not all(math.isfinite(value) and value >= 0 for value in self.crowding.values()):
            raise ValueError("crowding must be finite numbers of at least 0")
