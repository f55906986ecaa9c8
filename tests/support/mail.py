"""A real SMTP server on this machine, for the tests."""

import email
import email.policy
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller


class Sink:
    """An SMTP server's memory, and what it answers next."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.answers: list[str] = []
        self.answers_to_receivers: dict[str, str] = {}

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Answer to a receiver as told; else accept it."""
        answer = self.answers_to_receivers.get(address, "250 fine")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        """Answer as told; keep what is accepted."""
        answer = self.answers.pop(0) if self.answers else "250 taken"
        if answer.startswith("250"):
            self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return answer


@contextmanager
def smtp_sink(tls: ssl.SSLContext | None = None) -> Iterator[tuple[Sink, str]]:
    """Run a server on this machine, with TLS when asked; give its memory and its address as the settings want it."""
    sink = Sink()
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = chosen.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=port, tls_context=tls)
    controller.start()
    try:
        yield sink, f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()
