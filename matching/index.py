"""Offers read in advance, so that ranking one person against all of them takes a few milliseconds."""

from collections.abc import Iterable, Mapping
from typing import Self

from matching.facts import OfferFacts, read_offer
from matching.linking import Linker, default_linker
from matching.types import Offer


class OfferIndex:
    """Offers with the cards and the family their texts speak of.

    The index never changes; `with_offers` gives a new one that keeps what is still right. It is safe to keep one per
    process and to share it between threads.

    Parameters
    ----------
    facts
        Offer id to facts; use `OfferIndex.build`.
    linker
        Linker that read the texts.
    """

    def __init__(self, facts: Mapping[str, OfferFacts], linker: Linker) -> None:
        self._facts = dict(facts)
        self.linker = linker

    @classmethod
    def build(cls, offers: Iterable[Offer], linker: Linker | None = None) -> Self:
        """Read offers; about a millisecond each."""
        return cls({}, default_linker() if linker is None else linker).with_offers(offers)

    def with_offers(self, offers: Iterable[Offer]) -> Self:
        """Return an index of exactly these offers; only texts that changed are read again."""
        wanted = list(offers)
        known = {offer.id: facts for offer in wanted if (facts := self._known(offer)) is not None}
        fresh = [offer for offer in wanted if offer.id not in known]
        links = self.linker.link_many([(_text(offer), offer.language) for offer in fresh], limit=12)
        known.update((offer.id, read_offer(offer, found)) for offer, found in zip(fresh, links, strict=True))
        return type(self)(known, self.linker)

    def facts(self, offer: Offer) -> OfferFacts | None:
        """Return the facts of an offer, or None when it is not in the index as it is now."""
        return self._known(offer)

    def __len__(self) -> int:
        """Return the number of offers."""
        return len(self._facts)

    def _known(self, offer: Offer) -> OfferFacts | None:
        facts = self._facts.get(offer.id)
        return facts if facts is not None and (facts.offer is offer or facts.offer == offer) else None


def _text(offer: Offer) -> str:
    return f"{offer.title}.\n{offer.description}"
