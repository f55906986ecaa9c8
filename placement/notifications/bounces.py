"""Mail that comes back: a delivery report (RFC 3464) says that a message did not reach its receiver.

The report is believed when it names the Message-ID of a message that we sent: nobody but its receiver
and the mail servers on the way has seen that.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, MIMEPart

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.clock import utcnow
from placement.notifications.mail import speaks_of_address
from placement.notifications.models import Channel, Message, MessageState, MessageTry, OutcomeKind

PERMANENT = 500
LARGEST_REPORT = 1_000_000
LONGEST_ANSWER = 300
_MESSAGE_ID = re.compile(rb"^Message-ID:\s*(<[^<>\s]{1,120}>)", re.IGNORECASE | re.MULTILINE)


class NotAReport(ValueError):
    """The mail is no delivery report about a message of ours."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a delivery report says: of which message, and whether it failed for good."""

    message_id: str
    has_failed: bool
    status: str
    answer: str


def read_report(content: bytes) -> Report:
    """Read a delivery report; raise NotAReport for any other mail."""
    mail = email.message_from_bytes(content[:LARGEST_REPORT], policy=email.policy.default)
    if mail.get_content_type() != "multipart/report" or mail.get_param("report-type") != "delivery-status":
        message = "this mail is no delivery report"
        raise NotAReport(message)
    original = next(_originals(mail), None)
    fields = next(_recipients(mail), None)
    if original is None or fields is None:
        message = "this report does not tell which message it is about"
        raise NotAReport(message)
    status = str(fields.get("Status", ""))
    return Report(
        message_id=original,
        has_failed=str(fields.get("Action", "")).strip().lower() == "failed" and status.strip().startswith("5"),
        status=status.strip(),
        answer=" ".join(str(fields.get("Diagnostic-Code", status)).split())[:LONGEST_ANSWER],
    )


def _originals(mail: EmailMessage) -> Iterator[str]:
    for part in mail.walk():
        if part.get_content_type() in {"message/rfc822", "text/rfc822-headers"}:
            found = _MESSAGE_ID.search(part.as_bytes())
            if found is not None:
                yield found.group(1).decode("ascii", "replace")


def _recipients(mail: EmailMessage) -> Iterator[MIMEPart]:
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            # The first group is about the report itself, each later one about a receiver.
            yield from (group for group in part.iter_parts() if group.get("Action"))


def take_report(session: Session, report: Report) -> Message:
    """Note that a message came back; one that failed for good marks its address when the report says so.

    The same report twice changes nothing. Raises NotAReport when the message is not ours.
    """
    query = select(Message).where(Message.message_id == report.message_id, Message.channel == Channel.EMAIL)
    message = session.scalar(query.with_for_update())
    if message is None:
        unknown = "this report is about a message that was not sent from here"
        raise NotAReport(unknown)
    if report.has_failed and message.state is MessageState.SENT:
        now = utcnow()
        message.state, message.ended_at, message.outcome = MessageState.FAILED, now, f"came back: {report.answer}"
        message.address_is_bad = speaks_of_address(PERMANENT, report.status, of_receiver=False)
        session.add(MessageTry(message_id=message.id, at=now, kind=OutcomeKind.UNDELIVERED, answer=report.answer))
    return message
