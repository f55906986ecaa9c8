"""Which sent messages a worker may see, and how much of each.

A counsellor sees messages to the young people they serve, to employers and to themselves. The
coordinator sees that every message of the centre went out, but not what was written to a young
person. Codes and links that open an account are shown to nobody.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from placement.accounts.models import Staff
from placement.accounts.permissions import Role
from placement.employers.models import Employer, EmployerContact
from placement.i18n import gettext
from placement.jobseekers.models import Youth
from placement.notifications.models import Channel, Message, MessageState, MessageTry
from placement.notifications.sending_again import may_be_sent_again
from placement.web.admin.message_words import why_it_goes
from placement.web.pagination import ROWS_ON_A_PAGE, Page

SECRET_NAMES = ("sign_in_code", "password_reset")
LONGEST_LINE = 90
MOST_TRIES = 100
_LINK = re.compile(r"https?://\S+")
_LINK_KEY = re.compile(r"(https?://[^\s<>\"]*/)[\w-]{20,}")

_OneAdult = aliased(Staff)
_ToStaff = aliased(Staff)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to."""

    state: MessageState | None = None
    channel: Channel | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message as this worker may see it; ``text`` is empty when its content is not for them."""

    id: int
    title: str
    receiver: str
    receiver_detail: str
    address: str
    channel: Channel
    language: str
    state: MessageState
    created_at: datetime
    due_at: datetime
    ended_at: datetime | None
    retry_at: datetime | None
    outcome: str
    why: str
    present_address: str
    address_is_bad: bool
    is_readable: bool
    text: str
    youth_id: int | None
    may_be_sent_again: bool


def message_page(session: Session, staff: Staff, *, filters: Filters, page: int) -> Page[SentMessage]:
    """Return the messages that the worker may see, newest first."""
    conditions = [_may_be_seen_by(staff), *_narrowed(staff, filters)]
    total = session.scalar(_joined(select(func.count())).where(*conditions)) or 0
    query = _joined(select(*_COLUMNS)).where(*conditions).order_by(Message.due_at.desc(), Message.id.desc())
    rows = session.execute(query.limit(ROWS_ON_A_PAGE).offset((page - 1) * ROWS_ON_A_PAGE))
    return Page([_shown(row, staff) for row in rows], page, total)


def find_message(session: Session, staff: Staff, message_id: int) -> SentMessage | None:
    """Return one message if the worker may see it."""
    row = session.execute(
        _joined(select(*_COLUMNS)).where(Message.id == message_id, _may_be_seen_by(staff))
    ).one_or_none()
    return None if row is None else _shown(row, staff)


def _full_name(staff: Any) -> ColumnElement[str | None]:
    # Columns, not rows: a row of staff brings its centre along and would hide messages to others.
    return cast("ColumnElement[str | None]", staff.first_name + " " + staff.last_name)


_COLUMNS: tuple[Any, ...] = (
    Message,
    Youth,
    EmployerContact,
    Employer.name,
    _full_name(_OneAdult),
    _full_name(_ToStaff),
)


def _joined(query: Select[Any]) -> Select[Any]:
    return (
        query.select_from(Message)
        .outerjoin(Youth, Youth.id == Message.youth_id)
        .outerjoin(_OneAdult, _OneAdult.id == Youth.one_adult_id)
        .outerjoin(EmployerContact, EmployerContact.id == Message.employer_contact_id)
        .outerjoin(Employer, Employer.id == EmployerContact.employer_id)
        .outerjoin(_ToStaff, _ToStaff.id == Message.staff_id)
    )


def _serves(staff: Staff) -> ColumnElement[bool]:
    return or_(Youth.one_adult_id == staff.id, Youth.deputy_id == staff.id)


def _may_be_seen_by(staff: Staff) -> ColumnElement[bool]:
    of_centre = Message.centre_id == staff.centre_id
    if Role.LEAD in staff.role_codes:
        return of_centre
    mine = or_(Message.employer_contact_id.is_not(None), Message.staff_id == staff.id, _serves(staff))
    return and_(of_centre, mine)


def _narrowed(staff: Staff, filters: Filters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.state:
        found.append(Message.state == filters.state)
    if filters.channel:
        found.append(Message.channel == filters.channel)
    if filters.words:
        # Only where the content may be read: a search must not tell what reading would not.
        readable = and_(Message.name.not_in(SECRET_NAMES), or_(Message.youth_id.is_(None), _serves(staff)))
        texts = (Message.subject, Message.text, EmployerContact.name, Employer.name)
        found.append(and_(readable, or_(*(text.icontains(filters.words, autoescape=True) for text in texts))))
    return found


def _shown(row: Row[Any], staff: Staff) -> SentMessage:
    message, youth, contact, employer_name, one_adult, to_staff = cast("tuple[Any, ...]", row)
    serves = youth is not None and staff.id in {youth.one_adult_id, youth.deputy_id}
    is_readable = message.name not in SECRET_NAMES and (youth is None or serves)
    if youth is not None:
        receiver = f"{youth.first_name} {youth.last_name}".strip() if serves else gettext("A young person")
        detail = gettext("Own adult: %(name)s", name=one_adult) if one_adult else ""
    elif to_staff:
        receiver, detail = to_staff, ""
    else:
        receiver, detail = contact.name, employer_name
    present_address = _present_address(message, youth or contact) if is_readable else ""
    goes_nowhere = not present_address or (message.address_is_bad and present_address == message.address)
    return SentMessage(
        id=message.id,
        title=_title(message, is_readable),
        receiver=receiver,
        receiver_detail=detail,
        address=message.address if youth is None or serves else "",
        channel=message.channel,
        language=message.language,
        state=message.state,
        created_at=message.created_at,
        due_at=message.due_at,
        ended_at=message.ended_at,
        retry_at=message.retry_at,
        outcome=message.outcome if is_readable else "",
        why=why_it_goes(message.name),
        present_address=present_address,
        address_is_bad=message.address_is_bad,
        is_readable=is_readable,
        text=_LINK_KEY.sub(r"\1…", message.text) if is_readable else "",
        youth_id=message.youth_id,
        # A code or a link to an account is asked for anew by its owner; only who may read it may repeat it.
        may_be_sent_again=is_readable and not goes_nowhere and may_be_sent_again(message),
    )


def _present_address(message: Message, person: Youth | EmployerContact | None) -> str:
    """Where the same message would go today: a worker's address is not kept apart."""
    if person is None:
        return message.address
    return person.email if message.channel is Channel.EMAIL else person.phone


def tries_of(session: Session, message_id: int) -> Sequence[MessageTry]:
    """Return each try to hand a message over and each later word about it, the oldest first."""
    query = select(MessageTry).where(MessageTry.message_id == message_id).order_by(MessageTry.at, MessageTry.id)
    return session.scalars(query.limit(MOST_TRIES)).all()


def _title(message: Message, is_readable: bool) -> str:
    if message.name == "sign_in_code":
        return str(gettext("Sign-in code"))
    if message.name == "password_reset":
        return str(gettext("Link to choose a password"))
    if not is_readable:
        return str(gettext("Message to a young person"))
    line: str = message.subject or " ".join(_LINK.sub("", message.text).split())
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE].rstrip()}…"
