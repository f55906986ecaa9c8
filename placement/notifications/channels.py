"""The ways out: an SMTP server, an SMS gateway, or files in the instance folder."""

import email.policy
import http.client
import json
import os
import re
import smtplib
import ssl
import urllib.error
import urllib.request
from email.message import EmailMessage
from email.utils import format_datetime
from http import HTTPStatus
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from placement.clock import utcnow
from placement.notifications.delivery import Letter, Outcome, OutcomeKind
from placement.notifications.models import Channel
from placement.settings import Settings

TIMEOUT_SECONDS = 15
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
CLOSING_DOWN = 421
PERMANENT = 500
ENCODED_WORD = "=?"


class ChannelAdapter(Protocol):
    """A way out for letters of one channel."""

    def send(self, letter: Letter) -> Outcome:
        """Hand a letter over and tell what came of it; never raises for what the other side does."""

    def close(self) -> None:
        """End the connection, if one is open."""


def make_channels(settings: Settings) -> dict[Channel, ChannelAdapter]:
    """Return the ways out of an installation: servers where they are set, else the mail folder."""
    folder = FolderChannel(settings.mail_folder, sender=settings.mail_from)
    return {
        Channel.EMAIL: SmtpChannel(settings.mail_url, sender=settings.mail_from) if settings.mail_url else folder,
        Channel.SMS: SmsChannel(settings.sms_url) if settings.sms_url else folder,
    }


def make_mail(letter: Letter, *, sender: str) -> EmailMessage:
    """Return the e-mail of a letter: plain text, the same as HTML, and a calendar file if there is one."""
    if ENCODED_WORD in letter.address:
        message = "the address holds an encoded word"
        raise ValueError(message)
    mail = EmailMessage(policy=email.policy.SMTP)
    mail["From"] = sender
    mail["To"] = letter.address
    # The library reads encoded words even in what it is given, and writes the line breaks in them as they are:
    # a title such as =?utf-8?q?x=0d=0aBcc:...?= would add headers of its own.
    mail["Subject"] = letter.subject.replace(ENCODED_WORD, "= ?")
    mail["Date"] = format_datetime(utcnow())
    mail["Message-ID"] = letter.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
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
            return self._judged(code, answer)
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
            return Outcome(OutcomeKind.LATER, f"the connection broke: {error}")
        return Outcome(OutcomeKind.SENT, "accepted by the mail server")

    def _judged(self, code: int, answer: bytes | str) -> Outcome:
        text = _answer(code, answer)
        if code == CLOSING_DOWN:
            self.close()
            return Outcome(OutcomeKind.OUTAGE, text)
        return Outcome(OutcomeKind.REFUSED if code >= PERMANENT else OutcomeKind.LATER, text)

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


def _answer(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {text}"


class SmsChannel:
    """Hands text messages to a gateway: one POST of JSON with the number, the text and our reference."""

    def __init__(self, address: str) -> None:
        self._address = address

    def send(self, letter: Letter) -> Outcome:
        """Hand over one text message. An unclear answer is never followed by a second try."""
        body = json.dumps({"to": letter.address, "text": letter.text, "reference": letter.message_id.strip("<>")})
        request = urllib.request.Request(  # noqa: S310 - the settings allow http and https only
            self._address,
            data=body.encode(),
            headers={"Content-Type": "application/json", "Idempotency-Key": letter.message_id.strip("<>")},
            method="POST",
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310
                return Outcome(OutcomeKind.SENT, f"{response.status} accepted by the gateway")
        except urllib.error.HTTPError as error:
            with error:
                return _judged_by_status(error.code)
        except urllib.error.URLError as error:  # the request did not get through
            return Outcome(OutcomeKind.OUTAGE, f"no connection: {error.reason}")
        except (OSError, http.client.HTTPException) as error:
            return Outcome(OutcomeKind.UNCERTAIN, f"no clear answer: {error!r}")

    def close(self) -> None:
        """Nothing stays open between messages."""


def _judged_by_status(status: int) -> Outcome:
    text = f"{status} from the gateway"
    if status in {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
    }:
        return Outcome(OutcomeKind.OUTAGE, text)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Outcome(OutcomeKind.UNCERTAIN, text)
    return Outcome(OutcomeKind.REFUSED, text)


class FolderChannel:
    """Writes each letter to a file: ``.eml`` for e-mail, ``.txt`` for a text message."""

    def __init__(self, folder: Path, *, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    def send(self, letter: Letter) -> Outcome:
        """Write one file at once and whole; the same letter always has the same name."""
        stamp = letter.created_at.strftime("%Y%m%dT%H%M%S")
        name = f"{stamp}-{re.sub(r'[^0-9A-Za-z-]', '', letter.message_id.split('@')[0])}"
        try:
            if letter.channel is Channel.EMAIL:
                name, content = f"{name}.eml", make_mail(letter, sender=self._sender).as_bytes()
            else:
                name, content = f"{name}.txt", f"To: {letter.address}\n\n{letter.text}\n".encode()
        except (ValueError, TypeError, LookupError) as error:
            return Outcome(OutcomeKind.REFUSED, f"the e-mail cannot be written: {error}")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            unfinished = self._folder / f".{name}.{os.getpid()}"
            unfinished.write_bytes(content)
            unfinished.replace(self._folder / name)
        except OSError as error:
            return Outcome(OutcomeKind.OUTAGE, f"the mail folder cannot be written: {error.strerror}")
        return Outcome(OutcomeKind.SENT, f"written to {name}")

    def close(self) -> None:
        """Nothing stays open between files."""
