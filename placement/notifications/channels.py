"""The ways out of an installation: its servers where they are set, else files in the instance folder."""

import os
import re
from pathlib import Path
from typing import Protocol

from placement.notifications.delivery import Letter, Outcome
from placement.notifications.mail import SmtpChannel, make_mail
from placement.notifications.models import Channel, OutcomeKind
from placement.notifications.sms_gateway import SmsChannel
from placement.settings import Settings


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
        Channel.SMS: make_sms_channel(settings) or folder,
    }


def make_sms_channel(settings: Settings) -> SmsChannel | None:
    """Return the way to the text-message gateway, or None when none is set."""
    if not settings.sms_url:
        return None
    return SmsChannel(settings.sms_url, key=settings.sms_key, a_second=settings.sms_per_second)


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
