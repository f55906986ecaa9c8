"""Deadlines of granted subsidies: who is told, and what waits today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from placement.clock import helsinki_instant, utcnow
from placement.employers.messages import contact_receiver, contact_still_reached, to_present_contact_address
from placement.links import page_address
from placement.notifications.messages import staff_receiver
from placement.notifications.models import Message
from placement.notifications.preconditions import register_condition, register_refresh
from placement.notifications.services import Timing, queue_message
from placement.notifications.sms_text import shortened
from placement.placements.models import Placement
from placement.placements.packs.deadlines import LATE, Deadline, Due, due_stage, extension_by, payment_by
from placement.placements.packs.models import SubsidyPack
from placement.placements.packs.states import MONEY_COMES, PackState
from placement.placements.queries import looked_after_by
from placement.placements.states import OVER, PlacementState

STILL_DUE = {deadline: f"pack_{deadline.value}_due" for deadline in Deadline}
LONGEST_SMS_TITLE = 40
_AFTER_MIDNIGHT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DuePack:
    """A pack and a deadline of it that has come near."""

    pack: SubsidyPack
    due: Due


def dues_of(pack: SubsidyPack, today: date) -> list[Due]:
    """Return the deadlines of a granted pack whose reminders have begun and that nobody has settled; also late ones."""
    if not _money_comes(pack) or pack.subsidy_to is None:
        return []
    open_ones = []
    if not pack.extension_settled and pack.placement.state not in OVER:
        open_ones.append((Deadline.EXTENSION, extension_by(pack.subsidy_to)))
    if pack.payment_applied_on is None:
        open_ones.append((Deadline.PAYMENT, payment_by(pack.subsidy_to)))
    staged = [(deadline, by, due_stage(by, today)) for deadline, by in open_ones]
    return [Due(deadline, by, stage) for deadline, by, stage in staged if stage is not None]


def _money_comes(pack: SubsidyPack) -> bool:
    return pack.state in MONEY_COMES and pack.placement.state is not PlacementState.CANCELLED


def remind_of_deadlines(session: Session, *, today: date) -> int:
    """Queue the reminders that have come, to the worker in charge and to the employer; return how many are new.

    Each stage of a deadline is one promise: running it again sends nothing more.
    """
    query = (
        select(SubsidyPack)
        .join(SubsidyPack.placement)
        .where(SubsidyPack.state.in_(list(MONEY_COMES)))
        .options(
            contains_eager(SubsidyPack.placement).options(
                joinedload(Placement.youth),
                joinedload(Placement.employer),
                joinedload(Placement.owner),
                joinedload(Placement.contact),
                joinedload(Placement.centre),
            )
        )
    )
    count = 0
    for pack in session.scalars(query.order_by(SubsidyPack.id)).all():
        for due in (due for due in dues_of(pack, today) if due.stage != LATE):
            for message in (pack_deadline(session, pack=pack, due=due), employer_deadline(session, pack=pack, due=due)):
                count += message is not None and message.id is None
    return count


def pack_deadline(session: Session, *, pack: SubsidyPack, due: Due) -> Message | None:
    """Tell a worker that a deadline of a subsidy comes near."""
    placement = pack.placement
    if placement.owner is None:
        return None
    return queue_message(
        session,
        name="pack_deadline",
        receiver=staff_receiver(placement.owner),
        dedupe_key=f"pack_deadline|{pack.id}|{due.deadline.value}|{due.by.isoformat()}|{due.stage}",
        values={
            "name": placement.youth.short_name,
            "employer": placement.employer.name,
            "what": due.deadline.label,
            "day": due.by,
            "address": page_address("placements.pack", placement_id=placement.id),
        },
        timing=_until(due, pack),
    )


def employer_deadline(session: Session, *, pack: SubsidyPack, due: Due) -> Message | None:
    """Tell the employer, who is the one that applies; the job is named, and nobody who does it."""
    placement = pack.placement
    if placement.contact is None:
        return None
    return queue_message(
        session,
        name="employer_pack_deadline",
        receiver=contact_receiver(placement.contact),
        dedupe_key=f"employer_pack_deadline|{pack.id}|{due.deadline.value}|{due.by.isoformat()}|{due.stage}",
        values={
            "title": shortened(placement.title, LONGEST_SMS_TITLE),
            "what": due.deadline.label,
            "day": due.by,
            "centre_name": placement.centre.name,
            "centre_phone": placement.centre.phone,
        },
        timing=_until(due, pack),
    )


def _until(due: Due, pack: SubsidyPack) -> Timing:
    return Timing(
        due_at=utcnow(),
        not_after=helsinki_instant(due.by + _AFTER_MIDNIGHT, utcnow().time().min),
        precondition=STILL_DUE[due.deadline],
        precondition_id=pack.id,
    )


def packs_waiting(session: Session, *, centre_id: int, staff_id: int, limit: int) -> Sequence[SubsidyPack]:
    """Return the packs of a worker that something is to be done with: filled, answered, or a deadline watched."""
    query = (
        select(SubsidyPack)
        .join(SubsidyPack.placement)
        .join(Placement.youth)
        .where(
            Placement.centre_id == centre_id,
            looked_after_by(staff_id),
            SubsidyPack.state.in_([PackState.PACK, PackState.SUPPLEMENT, *MONEY_COMES]),
        )
        .options(
            contains_eager(SubsidyPack.placement).contains_eager(Placement.youth),
            contains_eager(SubsidyPack.placement).options(
                joinedload(Placement.employer), joinedload(Placement.contact)
            ),
        )
    )
    return session.scalars(query.order_by(SubsidyPack.id).limit(limit)).all()


def _still(deadline: Deadline) -> None:
    def holds(session: Session, message: Message) -> bool:
        pack = session.get(
            SubsidyPack, message.precondition_id, options=[joinedload(SubsidyPack.placement)], populate_existing=True
        )
        if pack is None or not _money_comes(pack):
            return False
        if message.employer_contact_id is not None and not contact_still_reached(session, message):
            return False
        if deadline is Deadline.EXTENSION:
            return not pack.extension_settled and pack.placement.state not in OVER
        return pack.payment_applied_on is None

    register_condition(STILL_DUE[deadline], holds)


for _deadline in Deadline:
    _still(_deadline)
register_refresh("employer_pack_deadline", to_present_contact_address)
