"""The offers set aside from a list. Why each one was is worked out when somebody asks."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import overload

from matching.facts import OfferFacts
from matching.results import SetAside
from matching.setting import Setting, aside


class Asides(Sequence[SetAside]):
    """Offers set aside, told one by one when they are looked at; equal to the tuple of them all.

    Parameters
    ----------
    setting
        The list they are set aside from.
    offers
        All offers looked at.
    rows
        Which of them are set aside, in the order of their ids.
    by_rule
        Gives the ids that each rule says no to.
    """

    __slots__ = ("_offers", "_rows", "_setting", "by_rule")

    def __init__(
        self,
        setting: Setting,
        offers: Sequence[OfferFacts],
        rows: Sequence[int],
        by_rule: Callable[[], Mapping[str, Sequence[str]]],
    ) -> None:
        self._setting = setting
        self._offers = offers
        self._rows = rows
        self.by_rule = by_rule

    def __len__(self) -> int:
        """Return the number of offers set aside."""
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> SetAside: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[SetAside, ...]: ...

    def __getitem__(self, place: int | slice) -> "SetAside | tuple[SetAside, ...]":
        """Return one offer with its reasons, or some of the offers."""
        if isinstance(place, slice):
            return tuple(self[one] for one in range(*place.indices(len(self))))
        return aside(self._setting, self._offers[self._rows[place]])

    def __iter__(self) -> Iterator[SetAside]:
        """Yield every offer with its reasons."""
        return (aside(self._setting, self._offers[row]) for row in self._rows)

    def __eq__(self, other: object) -> bool:
        """Whether the same offers are set aside for the same reasons, here or in a tuple."""
        if not isinstance(other, Asides | tuple):
            return NotImplemented
        return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # reasons hold mappings, as in the tuple

    def __repr__(self) -> str:
        """Show it as the tuple it equals."""
        return repr(tuple(self))
