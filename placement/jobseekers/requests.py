"""What young people ask to be done with their data, their choices of messages, and erasing.

What stays after erasing, and why: the number of the row, so that no new person ever gets it and counts stay true; and
the lines of the log with that number, in codes without a name, so that it can still be seen who looked and when.
Everything else goes at once, and the database itself refuses to fill the row again.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session, joinedload

from placement.audit.services import Actor, diff, record
from placement.clock import today_in_helsinki, utcnow
from placement.db import Base
from placement.errors import DomainError, TransitionNotAllowed
from placement.i18n import lazy_gettext as _l
from placement.jobseekers.models import ERASED_NAME, RequestKind, Youth, YouthRequest
from placement.jobseekers.states import RequestState
from placement.notifications.models import Channel


def requests_of(session: Session, youth_id: int) -> Sequence[YouthRequest]:
    """Return what a young person has asked, newest first."""
    query = select(YouthRequest).where(YouthRequest.youth_id == youth_id)
    return session.scalars(query.order_by(YouthRequest.made_at.desc(), YouthRequest.id.desc())).all()


def get_request(session: Session, request_id: int, youth_id: int) -> YouthRequest | None:
    """Return one request of a young person for acting on it, or None."""
    query = select(YouthRequest).where(YouthRequest.id == request_id, YouthRequest.youth_id == youth_id)
    return session.scalar(query.with_for_update())


def requests_to_handle(session: Session, whose: ColumnElement[bool], *, limit: int) -> Sequence[YouthRequest]:
    """Return the open requests of some young people, the oldest first; ``whose`` is a condition on Youth."""
    query = (
        select(YouthRequest)
        .join(YouthRequest.youth)
        .where(whose, YouthRequest.state == RequestState.OPEN)
        .options(joinedload(YouthRequest.youth))
    )
    return session.scalars(query.order_by(YouthRequest.made_at, YouthRequest.id).limit(limit)).all()


def make_request(session: Session, youth: Youth, *, kind: RequestKind, text: str, actor: Actor) -> YouthRequest:
    """Ask for a correction or for deletion; one for deletion that waits already is not made again."""
    if kind is RequestKind.ERASE:
        open_one = next(
            (one for one in requests_of(session, youth.id) if one.kind is kind and one.state is RequestState.OPEN), None
        )
        if open_one is not None:
            return open_one
    asked = YouthRequest(youth_id=youth.id, kind=kind, text=text, state=RequestState.OPEN, made_at=utcnow())
    session.add(asked)
    record(session, actor=actor, action=f"youth.asked_to_{kind.value}", about=asked, youth_id=youth.id)
    return asked


def end_request(
    session: Session, asked: YouthRequest, *, state: RequestState, answer: str, actor: Actor
) -> YouthRequest:
    """Answer an open request, or take it back; raise TransitionNotAllowed when it has been answered."""
    if asked.state is not RequestState.OPEN:
        raise TransitionNotAllowed(_l("This has been answered already."))
    asked.state, asked.answer, asked.ended_at = state, answer, utcnow()
    changes = {"state": [RequestState.OPEN.value, state.value]}
    record(session, actor=actor, action="youth.request_ended", about=asked, youth_id=asked.youth_id, changes=changes)
    return asked


def choose_messages(session: Session, youth: Youth, *, language: str, channel: Channel, actor: Actor) -> Youth:
    """Choose language and way of messages among the addresses that are known; raise DomainError for another."""
    if (channel is Channel.SMS and not youth.phone) or (channel is Channel.EMAIL and not youth.email):
        raise DomainError(_l("Ohjaamo does not know this address. Tell it first."), code="address_unknown")
    youth.language, youth.channel = language, channel
    changes = {name: change for name, change in diff(youth).items() if name in {"language", "channel"}}
    if changes:
        record(session, actor=actor, action="youth.messages_chosen", about=youth, youth_id=youth.id, changes=changes)
    return youth


def take_a_break(session: Session, youth: Youth, *, is_on: bool, actor: Actor) -> Youth:
    """Stop or start suggestions for a young person who wants a break; everything else stays."""
    if (youth.paused_on is not None) != is_on:
        youth.paused_on = today_in_helsinki() if is_on else None
        action = "youth.break_began" if is_on else "youth.break_ended"
        record(session, actor=actor, action=action, about=youth, youth_id=youth.id)
    return youth


def erase_youth(session: Session, youth: Youth, *, actor: Actor) -> Youth:
    """Erase everything about a young person but the number of their row. It cannot be taken back.

    Every table that refers to a young person is emptied of them, whatever part of the service it belongs to.
    """
    session.flush()
    session.expunge_all()
    tables = Base.metadata.sorted_tables
    for table in reversed(tables):
        for column in table.columns:
            if any(key.column.table.name == Youth.__tablename__ for key in column.foreign_keys):
                session.execute(delete(table).where(column == youth.id))
    row = session.get_one(Youth, youth.id)
    row.first_name, row.last_name, row.sort_name = ERASED_NAME, "", ""
    row.phone, row.email, row.channel, row.language = "", "", Channel.NONE, "fi"
    row.birth_date = row.travel_from = row.travel_minutes_max = row.available_from = None
    row.hours_per_week_min = row.hours_per_week_max = row.last_contact_on = row.next_on = row.paused_on = None
    row.languages, row.day_parts = {}, {}
    row.travel_modes, row.cards_held, row.licence_classes = [], [], []
    row.question = row.next_step = ""
    row.one_adult_id = row.deputy_id = None
    row.protected_contact, row.is_active, row.erased_at = False, False, utcnow()
    record(session, actor=actor, action="youth.erased", about=row, youth_id=row.id)
    return row
