"""E-mail: a letter as a mail, and its way to an SMTP server."""

import email.policy
import re
import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from placement.clock import utcnow
from placement.notifications.delivery import Letter, Outcome
from placement.notifications.models import OutcomeKind

TIMEOUT_SECONDS = 15
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
CLOSING_DOWN = 421
PERMANENT = 500
ADDRESS_CODES = frozenset({550, 551, 553})
ENHANCED_CODE = re.compile(r"\b5\.(\d{1,3})\.(\d{1,3})\b")
ENCODED_WORD = "=?"


def make_mail(letter: Letter, *, sender: str) -> EmailMessage:
    """Return the e-mail of a letter: plain text, the same as HTML, and a calendar file if there is one.

    It comes in the name of the centre from the address of the installation, and answers go to the centre.
    Raises ValueError for an address that could smuggle in a header.
    """
    if ENCODED_WORD in letter.address or ENCODED_WORD in letter.reply_to:
        message = "the address holds an encoded word"
        raise ValueError(message)
    mail = EmailMessage(policy=email.policy.SMTP)
    mail["From"] = Address(display_name=letter.sender_name.replace(ENCODED_WORD, "= ?"), addr_spec=sender)
    if letter.reply_to:
        mail["Reply-To"] = letter.reply_to
    mail["To"] = letter.address
    # The library reads encoded words even in what it is given, and writes the line breaks in them as they are:
    # a title such as =?utf-8?q?x=0d=0aBcc:...?= would add headers of its own.
    mail["Subject"] = letter.subject.replace(ENCODED_WORD, "= ?")
    mail["Date"] = format_datetime(utcnow())
    mail["Message-ID"] = letter.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    if letter.unsubscribe:
        mail["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
    mail.set_content(letter.text)
    if letter.html:
        mail.add_alternative(letter.html, subtype="html")
    if letter.calendar:
        found = re.search(r"^METHOD:(\w+)", letter.calendar, re.MULTILINE)
        # Outlook acts on the calendar only when the type names the same method as the file.
        method = found.group(1) if found else "PUBLISH"
        mail.add_alternative(letter.calendar, subtype="calendar", params={"method": method})
    # Last, because setting the content takes away headers of this kind or moves them into a part.
    mail["Content-Language"] = letter.language
    return mail


class SmtpChannel:
    """Hands e-mails to an SMTP server over one connection, with a verified certificate unless it is this machine."""

    def __init__(self, address: str, *, sender: str) -> None:
        self._parts = urlsplit(address)
        self._sender = sender
        self._server: smtplib.SMTP | None = None

    def send(self, letter: Letter) -> Outcome:
        """Hand over one e-mail."""
        try:
            mail = make_mail(letter, sender=self._sender)
        except (ValueError, TypeError, LookupError) as error:
            return Outcome(OutcomeKind.REFUSED, f"the e-mail cannot be written: {error}")
        try:
            server = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Outcome(OutcomeKind.OUTAGE, f"no connection: {error}")
        try:
            server.send_message(mail, from_addr=self._sender, to_addrs=[letter.address])
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = next(iter(error.recipients.values()))
            return self._judged(code, answer, of_receiver=True)
        except smtplib.SMTPSenderRefused as error:
            self.close()
            return Outcome(OutcomeKind.OUTAGE, _answer(error.smtp_code, error.smtp_error))
        except smtplib.SMTPResponseException as error:
            return self._judged(error.smtp_code, error.smtp_error)
        except (smtplib.SMTPNotSupportedError, UnicodeError) as error:
            return Outcome(OutcomeKind.REFUSED, str(error))
        except (OSError, smtplib.SMTPException) as error:
            # It may have been taken: sent again later, under the same Message-ID.
            self.close()
            return Outcome(OutcomeKind.BROKEN, f"the connection broke: {error}")
        return Outcome(OutcomeKind.SENT, "accepted by the mail server")

    def _judged(self, code: int, answer: bytes | str, *, of_receiver: bool = False) -> Outcome:
        text = _answer(code, answer)
        if code == CLOSING_DOWN:
            self.close()
            return Outcome(OutcomeKind.OUTAGE, text)
        if code < PERMANENT:
            return Outcome(OutcomeKind.LATER, text)
        return Outcome(OutcomeKind.REFUSED, text, address_is_bad=speaks_of_address(code, text, of_receiver=of_receiver))

    def _connected(self) -> smtplib.SMTP:
        if self._server is not None:
            return self._server
        host = self._parts.hostname or ""
        context = ssl.create_default_context()
        if self._parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, self._parts.port or 465, timeout=TIMEOUT_SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(host, self._parts.port or 25, timeout=TIMEOUT_SECONDS)
        self._server = server
        if self._parts.scheme == "smtp" and host not in LOCAL_HOSTS:
            server.starttls(context=context)
        if self._parts.username:
            server.login(unquote(self._parts.username), unquote(self._parts.password or ""))
        return server

    def close(self) -> None:
        """Say goodbye to the server."""
        server, self._server = self._server, None
        if server is None:
            return
        try:
            server.quit()
        except (OSError, smtplib.SMTPException):
            server.close()


def speaks_of_address(code: int, answer: str, *, of_receiver: bool) -> bool:
    """Return whether a refusal says that the address itself is wrong or closed.

    The enhanced code tells it best: 5.1.x is about the address, 5.2.1 a closed mailbox (RFC 3463). Without
    one, only an answer to the receiver's address counts: after the text it may be about the text.
    """
    enhanced = ENHANCED_CODE.search(answer)
    if enhanced is not None:
        return enhanced.group(1) == "1" or enhanced.group(1, 2) == ("2", "1")
    return of_receiver and code in ADDRESS_CODES


def _answer(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {text}"
