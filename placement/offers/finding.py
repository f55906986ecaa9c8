"""What offers can be narrowed by, and the lists that come of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session, joinedload

from placement.clock import today_in_helsinki
from placement.i18n import LabelledEnum
from placement.i18n import lazy_gettext as _l
from placement.offers.models import Offer, OfferKind, Visibility
from placement.offers.queries import ASK_AGAIN_AFTER
from placement.offers.search import corrected, word_conditions
from placement.offers.states import OPEN_STATES, OfferState
from placement.vocabulary import distance_km, municipalities_by_code

LONGEST_WORDS = 100
FARTHEST = 500
MOST_HOURS = 100
_WAITING_FIRST = case((Offer.state == OfferState.SUBMITTED, 0), (Offer.state == OfferState.CHECKED, 1), else_=2)


class Freshness(LabelledEnum):
    """How sure it is that a live offer is still open."""

    CONFIRMED = "confirmed", _l("Confirmed in 30 days")
    SILENT = "silent", _l("Not confirmed for 30 days")
    PAUSED = "paused", _l("Paused")


@dataclass(frozen=True, slots=True)
class OfferFilter:
    """What a list of offers is narrowed to; an empty value does not narrow.

    ``near`` and ``within_km`` go together: the distance is between the centres of two municipalities.
    """

    state: OfferState | None = None
    kind: OfferKind | None = None
    municipality_code: str = ""
    task_family: str = ""
    words: str = ""
    near: str = ""
    within_km: int | None = None
    starts_by: date | None = None
    hours_most: Decimal | None = None
    visibility: Visibility | None = None
    freshness: Freshness | None = None

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for."""
        return self != OfferFilter()

    def as_data(self) -> dict[str, str]:
        """Return what is asked for as plain texts, as in an address."""
        texts = {name: _text(getattr(self, name)) for name in self.__slots__}
        return {name: text for name, text in texts.items() if text}


@dataclass(frozen=True, slots=True)
class Found:
    """A page of offers, how many there are in all, and the words that were looked for when those asked for had none."""

    rows: list[Offer]
    total: int
    corrected: str = ""


def read_filter(texts: Mapping[str, str]) -> OfferFilter:
    """Return the filter that an address or a kept search asks for; what cannot be read does not narrow."""
    near = texts.get("near", "") if texts.get("near") in municipalities_by_code() else ""
    within = _number(texts.get("within_km", ""), most=FARTHEST)
    return OfferFilter(
        state=_member(OfferState, texts.get("state", "")),
        kind=_member(OfferKind, texts.get("kind", "")),
        municipality_code=texts.get("municipality_code", "")[:3],
        task_family=texts.get("task_family", "")[:4],
        words=texts.get("words", "").strip()[:LONGEST_WORDS],
        near=near if within is not None else "",
        within_km=int(within) if within is not None and near else None,
        starts_by=_day(texts.get("starts_by", "")),
        hours_most=_number(texts.get("hours_most", ""), most=MOST_HOURS),
        visibility=_member(Visibility, texts.get("visibility", "")),
        freshness=_member(Freshness, texts.get("freshness", "")),
    )


def find_offers(session: Session, centre_id: int, wanted: OfferFilter, *, page: int = 1, size: int = 25) -> Found:
    """Return a page of the offers of a centre: those to be checked first, then the newest.

    When no offer has the words, the likeliest other words are looked for and told.
    """
    for loosely in (False, True):
        rows, total = _page(session, centre_id, conditions(wanted, loosely=loosely), page, size)
        if total or not wanted.words:
            return Found(rows, total)
    scope = [Offer.centre_id == centre_id, *conditions(replace(wanted, words=""))]
    words = corrected(session, wanted.words, scope)
    if not words:
        return Found([], 0)
    rows, total = _page(session, centre_id, conditions(replace(wanted, words=words)), page, size)
    return Found(rows, total, words if total else "")


def new_matches(session: Session, centre_id: int, wanted: OfferFilter, *, since: Any, limit: int) -> Sequence[Offer]:
    """Return the live offers of a search that were published since an instant, newest first, with employer."""
    query = (
        select(Offer)
        .join(Offer.employer)
        .where(
            Offer.centre_id == centre_id,
            Offer.state.in_(OPEN_STATES),
            Offer.paused_until.is_(None),
            Offer.live_at > since,
            *conditions(replace(wanted, state=None)),
        )
        .options(joinedload(Offer.employer))
    )
    return session.scalars(query.order_by(Offer.live_at.desc(), Offer.id.desc()).limit(limit)).all()


def _page(
    session: Session, centre_id: int, narrowed: list[ColumnElement[bool]], page: int, size: int
) -> tuple[list[Offer], int]:
    query = select(Offer).join(Offer.employer).where(Offer.centre_id == centre_id, *narrowed)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = session.scalars(
        query.options(joinedload(Offer.employer), joinedload(Offer.unit))
        .order_by(_WAITING_FIRST, Offer.created_at.desc(), Offer.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    ).all()
    return list(rows), total


def conditions(wanted: OfferFilter, *, loosely: bool = False, is_public: bool = False) -> list[ColumnElement[bool]]:
    """Return the conditions of a filter on offers joined with their employers."""
    found: list[ColumnElement[bool]] = []
    for column, value in (
        (Offer.state, wanted.state),
        (Offer.kind, wanted.kind),
        (Offer.municipality_code, wanted.municipality_code),
        (Offer.task_family, wanted.task_family),
        (Offer.visibility, wanted.visibility),
    ):
        if value:
            found.append(column == value)
    if wanted.near and wanted.within_km is not None:
        codes = municipalities_within(wanted.near, wanted.within_km)
        found.append(or_(Offer.municipality_code.in_(codes), Offer.is_remote))
    if wanted.starts_by is not None:
        found.append(or_(Offer.starts_from.is_(None), Offer.starts_from <= wanted.starts_by))
    if wanted.hours_most is not None:
        found.append(Offer.hours_per_week <= wanted.hours_most)
    if wanted.freshness is not None:
        found.append(_freshness(wanted.freshness))
    return [*found, *word_conditions(wanted.words, loosely=loosely, is_public=is_public)]


def municipalities_within(code: str, kilometres: int) -> list[str]:
    """Return the codes of the municipalities whose centres are within a distance of that of one of them."""
    return [
        other
        for other in municipalities_by_code()
        if (distance := distance_km(code, other)) is not None and distance <= kilometres
    ]


def _freshness(freshness: Freshness) -> ColumnElement[bool]:
    is_live = Offer.state.in_(OPEN_STATES)
    if freshness is Freshness.PAUSED:
        return and_(is_live, Offer.paused_until.is_not(None))
    limit = today_in_helsinki() - ASK_AGAIN_AFTER
    if freshness is Freshness.CONFIRMED:
        return and_(is_live, Offer.confirmed_on > limit)
    return and_(is_live, or_(Offer.confirmed_on.is_(None), Offer.confirmed_on <= limit))


def _member(members: Any, text: str) -> Any:
    return members(text) if text in set(members) else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if date(1900, 1, 1) <= day <= date(2200, 1, 1) - timedelta(days=1) else None


def _number(text: str, *, most: int) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and 0 <= number <= most else None


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
