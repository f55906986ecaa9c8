"""The ways out: a real SMTP conversation, a real HTTP gateway, files in a folder."""

import email
import email.policy
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from placement.clock import utcnow
from placement.notifications import channels
from placement.notifications.channels import FolderChannel, SmsChannel, SmtpChannel, make_channels, make_mail
from placement.notifications.delivery import Letter, OutcomeKind
from placement.notifications.models import Channel
from placement.settings import Settings
from tests.support.mail import smtp_sink

ICS = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


def _letter(**values: Any) -> Letter:
    given: dict[str, Any] = {
        "id": 1,
        "dedupe_key": "one",
        "channel": Channel.EMAIL,
        "address": "aino@example.fi",
        "language": "fi",
        "subject": "Päivä lähestyy",
        "text": "Tervetuloa!\n",
        "html": "<p>Tervetuloa!</p>",
        "calendar": "",
        "message_id": "<abc-1@sauma>",
        "created_at": utcnow(),
    }
    return Letter(**(given | values))


def test_an_email_arrives_whole_with_its_marks_and_its_calendar_file() -> None:
    with smtp_sink() as (sink, address):
        way = SmtpChannel(address, sender="sauma@example.fi")
        assert way.send(_letter(calendar=ICS)).kind is OutcomeKind.SENT
        assert way.send(_letter(message_id="<abc-2@sauma>")).kind is OutcomeKind.SENT
        way.close()
    first, second = sink.mails
    assert first["Subject"] == "Päivä lähestyy"
    assert (first["Message-ID"], second["Message-ID"]) == ("<abc-1@sauma>", "<abc-2@sauma>")
    assert first["Auto-Submitted"] == "auto-generated"
    parts = {part.get_content_type(): part for part in first.walk()}
    assert parts["text/plain"].get_content().strip() == "Tervetuloa!"
    assert "<p>" in parts["text/html"].get_content()
    assert parts["text/calendar"].get_param("method") == "REQUEST"
    assert Calendar.from_ical(parts["text/calendar"].get_content())["METHOD"] == "REQUEST"
    assert "text/calendar" not in {part.get_content_type() for part in second.walk()}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("450 mailbox busy", OutcomeKind.LATER),
        ("452 no room", OutcomeKind.LATER),
        ("550 no such person", OutcomeKind.REFUSED),
        ("552 too large", OutcomeKind.REFUSED),
        ("421 closing down", OutcomeKind.OUTAGE),
    ],
)
def test_the_code_of_the_server_says_what_comes_next(answer: str, kind: OutcomeKind) -> None:
    with smtp_sink() as (sink, address):
        sink.answers = [answer]
        way = SmtpChannel(address, sender="sauma@example.fi")
        outcome = way.send(_letter())
        assert outcome.kind is kind
        assert outcome.answer.startswith(answer[:3])
        assert way.send(_letter()).kind is OutcomeKind.SENT, "the next message is not harmed"
        way.close()


def test_a_server_that_is_down_is_an_outage() -> None:
    way = SmtpChannel("smtp://127.0.0.1:9", sender="sauma@example.fi")
    assert way.send(_letter()).kind is OutcomeKind.OUTAGE


def test_a_server_that_hangs_is_given_up_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels, "TIMEOUT_SECONDS", 0.3)
    with smtp_sink() as (_sink, address):
        silent = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)  # listens, never says 220
        try:
            way = SmtpChannel(f"smtp://127.0.0.1:{silent.server_address[1]}", sender="sauma@example.fi")
            assert way.send(_letter()).kind is OutcomeKind.OUTAGE
        finally:
            silent.server_close()
        assert address


def test_a_server_elsewhere_without_tls_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with smtp_sink() as (sink, address):
        monkeypatch.setattr(channels, "LOCAL_HOSTS", frozenset())
        outcome = SmtpChannel(address, sender="sauma@example.fi").send(_letter())
    assert outcome.kind is OutcomeKind.OUTAGE
    assert sink.mails == []


def test_a_line_break_in_a_subject_cannot_add_a_header() -> None:
    way = SmtpChannel("smtp://127.0.0.1:9", sender="sauma@example.fi")
    assert way.send(_letter(subject="Hello\nBcc: all@example.fi")).kind is OutcomeKind.REFUSED


def test_an_encoded_line_break_in_a_subject_cannot_add_a_header_or_a_text() -> None:
    subject = "Cancelled: =?utf-8?q?Day=0d=0aBcc:_spy=40example.fi=0d=0a=0d=0aForged?= today"
    with smtp_sink() as (sink, address):
        way = SmtpChannel(address, sender="sauma@example.fi")
        assert way.send(_letter(subject=subject)).kind is OutcomeKind.SENT
        way.close()
    [mail] = sink.mails
    assert mail["Bcc"] is None
    assert mail["Message-ID"] == "<abc-1@sauma>"
    assert mail["Subject"] == subject.replace("=?", "= ?")


def test_an_address_with_an_encoded_word_is_refused() -> None:
    letter = _letter(address="=?utf-8?q?a=0d=0aBcc:_spy?=@example.fi")
    with pytest.raises(ValueError, match="encoded word"):
        make_mail(letter, sender="sauma@example.fi")


def test_without_a_calendar_file_an_email_has_two_parts() -> None:
    mail = make_mail(_letter(), sender="sauma@example.fi")
    assert mail.get_content_type() == "multipart/alternative"
    assert len(list(mail.iter_parts())) == 2


@contextmanager
def gateway(*statuses: int) -> Iterator[tuple[list[Any], str]]:
    """An SMS gateway that answers with these statuses; 0 hangs up without an answer."""
    seen: list[Any] = []
    left = list(statuses)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            status = left.pop(0)
            if status:
                self.send_response(status)
                self.end_headers()

        def log_message(self, *_arguments: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield seen, f"http://127.0.0.1:{server.server_address[1]}/send"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (202, OutcomeKind.SENT),
        (400, OutcomeKind.REFUSED),
        (429, OutcomeKind.OUTAGE),
        (503, OutcomeKind.OUTAGE),
        (500, OutcomeKind.UNCERTAIN),
        (0, OutcomeKind.UNCERTAIN),
    ],
)
def test_the_answer_of_the_gateway_says_what_comes_next(status: int, kind: OutcomeKind) -> None:
    letter = _letter(channel=Channel.SMS, address="+358401234567", text="Tervetuloa", html="")
    with gateway(status) as (seen, address):
        assert SmsChannel(address).send(letter).kind is kind
    assert seen == [{"to": "+358401234567", "text": "Tervetuloa", "reference": "abc-1@sauma"}]


def test_a_gateway_that_cannot_be_reached_is_an_outage() -> None:
    assert SmsChannel("http://127.0.0.1:9/").send(_letter(channel=Channel.SMS)).kind is OutcomeKind.OUTAGE


def test_without_servers_messages_become_files(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, instance=tmp_path)
    ways = make_channels(settings)
    letter = _letter(calendar=ICS)
    assert ways[Channel.EMAIL].send(letter).kind is OutcomeKind.SENT
    assert ways[Channel.EMAIL].send(letter).kind is OutcomeKind.SENT
    assert ways[Channel.SMS].send(_letter(channel=Channel.SMS, address="+358401", text="Hei")).kind is OutcomeKind.SENT
    names = sorted(path.suffix for path in settings.mail_folder.iterdir())
    assert names == [".eml", ".txt"], "the same letter is the same file, and nothing half-written is left"
    (eml,) = settings.mail_folder.glob("*.eml")
    mail = email.message_from_bytes(eml.read_bytes(), policy=email.policy.default)
    assert any(part.get_content_type() == "text/calendar" for part in mail.walk())
    (text,) = settings.mail_folder.glob("*.txt")
    assert text.read_text(encoding="utf-8") == "To: +358401\n\nHei\n"


def test_a_folder_that_cannot_be_written_is_an_outage(tmp_path: Path) -> None:
    blocked = tmp_path / "mail"
    blocked.write_text("a file stands in the way")
    assert FolderChannel(blocked, sender="s@example.fi").send(_letter()).kind is OutcomeKind.OUTAGE


def test_servers_are_used_when_they_are_set(tmp_path: Path) -> None:
    ways = make_channels(
        Settings(_env_file=None, instance=tmp_path, mail_url="smtp://127.0.0.1:25", sms_url="http://127.0.0.1:1/")
    )
    assert isinstance(ways[Channel.EMAIL], SmtpChannel)
    assert isinstance(ways[Channel.SMS], SmsChannel)
