"""Offers read in advance, so that ranking one person against all of them takes a few milliseconds."""

from collections.abc import Iterable, Mapping, Sequence
from operator import is_
from typing import TYPE_CHECKING, Self

from matching.facts import OfferFacts, read_offer, said_in
from matching.heavy import load_board
from matching.linking import Linker, default_linker
from matching.types import Offer

if TYPE_CHECKING:
    from matching.board import Board


class OfferIndex:
    """Offers with the cards and the family their texts speak of, and as columns for ranking them all at once.

    The index never changes; `with_offers` gives a new one that keeps what is still right. It is safe to keep one per
    process and to share it between threads.

    Parameters
    ----------
    facts
        Offer id to facts; use `OfferIndex.build`.
    linker
        Linker that read the texts.
    board
        The same facts as columns, in the same order; made when left out.
    """

    def __init__(self, facts: Mapping[str, OfferFacts], linker: Linker, board: "Board | None" = None) -> None:
        self._facts = dict(facts)
        self._offers = tuple(one.offer for one in self._facts.values())
        self.linker = linker
        self.board = load_board().of(tuple(self._facts.values())) if board is None else board

    @classmethod
    def build(cls, offers: Iterable[Offer], linker: Linker | None = None) -> Self:
        """Read offers; about half a millisecond each."""
        return cls({}, default_linker() if linker is None else linker).with_offers(offers)

    def with_offers(self, offers: Iterable[Offer]) -> Self:
        """Return an index of exactly these offers; only offers that changed are read again."""
        wanted = list(offers)
        if self._holds_exactly(wanted):
            return self
        found = {offer.id: self._known(offer) for offer in wanted}
        fresh = [offer for offer in wanted if found[offer.id] is None]
        read = {offer.id: facts for offer, facts in zip(fresh, self._read(fresh), strict=True)}
        known = {offer_id: facts or read[offer_id] for offer_id, facts in found.items()}
        return type(self)(known, self.linker, self._board_of(known, read))

    def read(self, offers: Sequence[Offer]) -> list[OfferFacts]:
        """Return the facts of offers; those that are not in the index as they are now are read."""
        found = [self._known(offer) for offer in offers]
        fresh = [offer for offer, facts in zip(offers, found, strict=True) if facts is None]
        read = iter(self._read(fresh))
        return [facts or next(read) for facts in found]

    def facts(self, offer: Offer) -> OfferFacts | None:
        """Return the facts of an offer, or None when it is not in the index as it is now."""
        return self._known(offer)

    def __len__(self) -> int:
        """Return the number of offers."""
        return len(self._facts)

    def _read(self, offers: Sequence[Offer]) -> list[OfferFacts]:
        links = self.linker.link_many([(_text(offer), offer.language) for offer in offers], limit=12)
        words = self.linker.read_offers([said_in(offer) for offer in offers])
        return [read_offer(*one) for one in zip(offers, links, words, strict=True)]

    def _known(self, offer: Offer) -> OfferFacts | None:
        facts = self._facts.get(offer.id)
        return facts if facts is not None and (facts.offer is offer or facts.offer == offer) else None

    def _holds_exactly(self, offers: Sequence[Offer]) -> bool:
        return len(offers) == len(self._offers) and all(map(is_, offers, self._offers))

    def _board_of(self, known: Mapping[str, OfferFacts], read: Mapping[str, OfferFacts]) -> "Board":
        """Return the columns of the offers wanted, keeping the rows that are already there."""
        if not len(self.board):
            return load_board().of(tuple(known.values()))
        board = self.board.followed_by(load_board().of(tuple(read.values()))) if read else self.board
        later = {offer_id: len(self.board) + place for place, offer_id in enumerate(read)}
        rows = [later[one] if one in later else self.board.rows[one] for one in known]
        same = len(rows) == len(board) and rows == list(range(len(board)))
        return board if same else board.take(rows)


def _text(offer: Offer) -> str:
    return f"{offer.title}.\n{offer.description}"
