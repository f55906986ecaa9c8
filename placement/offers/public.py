"""The offers that everybody may see, of every centre: live, open to all by the employer's own word, not paused.

The name of an employer who is veiled is neither shown nor found by.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from placement.offers.finding import Found, OfferFilter, conditions
from placement.offers.models import Offer, OfferKind, Visibility
from placement.offers.search import corrected
from placement.offers.states import OPEN_STATES


def _is_public() -> list[ColumnElement[bool]]:
    return [Offer.state.in_(OPEN_STATES), Offer.visibility == Visibility.OPEN, Offer.paused_until.is_(None)]


def public_filter(wanted: OfferFilter) -> OfferFilter:
    """Return what of a filter the public may use; states and the like tell of the work of the centre."""
    return OfferFilter(
        kind=wanted.kind,
        municipality_code=wanted.municipality_code,
        words=wanted.words,
        near=wanted.near,
        within_km=wanted.within_km,
    )


def public_offers(session: Session, wanted: OfferFilter, *, page: int = 1, size: int = 25) -> Found:
    """Return a page of the public offers, newest first, with employer; other words are tried when these have none."""
    wanted = public_filter(wanted)
    for loosely in (False, True):
        rows, total = _page(session, conditions(wanted, loosely=loosely, is_public=True), page, size)
        if total or not wanted.words:
            return Found(rows, total)
    scope = [*_is_public(), *conditions(replace(wanted, words=""))]
    words = corrected(session, wanted.words, scope)
    if not words:
        return Found([], 0)
    rows, total = _page(session, conditions(replace(wanted, words=words), is_public=True), page, size)
    return Found(rows, total, words if total else "")


def find_public_offer(session: Session, offer_id: int) -> Offer | None:
    """Return a public offer with employer, or None."""
    query = select(Offer).where(Offer.id == offer_id, *_is_public()).options(joinedload(Offer.employer))
    return session.scalar(query)


def public_kinds(session: Session) -> Sequence[OfferKind]:
    """Return the kinds that the public offers have, in the usual order."""
    found = set(session.scalars(select(Offer.kind).where(*_is_public()).distinct()))
    return [kind for kind in OfferKind if kind in found]


def _page(session: Session, narrowed: list[ColumnElement[bool]], page: int, size: int) -> tuple[list[Offer], int]:
    query = select(Offer).join(Offer.employer).where(*_is_public(), *narrowed)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.options(joinedload(Offer.employer)).order_by(Offer.live_at.desc(), Offer.id.desc())
    return list(session.scalars(ordered.limit(size).offset((page - 1) * size))), total
