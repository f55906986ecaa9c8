"""The life of a list that was sent on a page: kept, looked at, taken in, forgotten."""

from datetime import timedelta
from pathlib import PurePath

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from placement.audit.services import Actor, record
from placement.clock import utcnow
from placement.errors import TransitionNotAllowed
from placement.i18n import lazy_gettext as _l
from placement.offers.importing.columns import map_columns
from placement.offers.importing.importing import ImportResult, import_offers
from placement.offers.importing.models import OfferList
from placement.offers.importing.planning import ImportPlan, Outcome, plan_import
from placement.offers.importing.tables import Row, Table, clean
from placement.offers.models import OfferKind
from placement.rules.sensitive_text import mask_sensitive

WAITS = timedelta(days=1)
KEPT_FOR_MENDING = timedelta(days=30)


def keep_list(
    session: Session, *, centre_id: int, file_name: str, table: Table, default_kind: OfferKind | None, actor: Actor
) -> OfferList:
    """Keep a list until it is taken in; raise ImportRefused when it lacks a column that it must have.

    Identity codes and bank accounts are not kept: a mark stands in their place, and the row is to be mended.
    """
    map_columns(table.headings)
    forget_old_lists(session)
    offer_list = OfferList(
        centre_id=centre_id,
        made_by_id=actor.staff_id,
        file_name=clean(PurePath(file_name).name).replace("\n", " ")[:120] or "–",
        default_kind=default_kind,
        headings=list(table.headings),
        rows=[_kept(row) for row in table.rows],
        created_at=utcnow(),
    )
    session.add(offer_list)
    record(session, actor=actor, action="offer.list_sent", about=offer_list, changes={"rows": len(table.rows)})
    return offer_list


def find_list(session: Session, list_id: int, centre_id: int, *, for_update: bool = False) -> OfferList | None:
    """Return a list of the centre, or None; ``for_update`` makes another request for it wait."""
    query = select(OfferList).where(OfferList.id == list_id, OfferList.centre_id == centre_id)
    return session.scalar(query.with_for_update() if for_update else query)


def plan_of_list(session: Session, offer_list: OfferList) -> ImportPlan:
    """Return what would become of the rows that are kept, as things stand now."""
    table = Table(tuple(offer_list.headings), tuple(Row(line, tuple(cells)) for line, cells in offer_list.rows))
    return plan_import(session, table, centre_id=offer_list.centre_id, default_kind=offer_list.default_kind)


def import_list(session: Session, *, offer_list: OfferList, publish: bool, actor: Actor) -> ImportResult:
    """Take a list in once; raise TransitionNotAllowed the second time. Only rows to be mended are kept."""
    if offer_list.imported_at is not None:
        raise TransitionNotAllowed(_l("This list has been imported already."))
    plan = plan_of_list(session, offer_list)
    result = import_offers(session, plan, centre_id=offer_list.centre_id, actor=actor, publish=publish)
    offer_list.imported_at = utcnow()
    offer_list.is_published = publish
    offer_list.counts = result.counts
    offer_list.rows = [_kept(row.row) for row in result.with_outcome(Outcome.WRONG)]
    return result


def forget_old_lists(session: Session) -> int:
    """Delete lists that nobody took in for a day, and rows that nobody mended for a month; return how many."""
    now = utcnow()
    waited = OfferList.imported_at.is_(None) & (OfferList.created_at < now - WAITS)
    is_old = or_(waited, OfferList.imported_at < now - KEPT_FOR_MENDING)
    old = session.scalars(select(OfferList.id).where(is_old)).all()
    session.execute(delete(OfferList).where(OfferList.id.in_(old)))
    return len(old)


def _kept(row: Row) -> list[object]:
    return [row.line, [mask_sensitive(cell) for cell in row.cells]]
