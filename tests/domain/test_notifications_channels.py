"""The ways out: a real SMTP conversation, a real HTTP gateway, files in a folder."""

import email
import email.policy
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from placement.clock import utcnow
from placement.notifications import mail as mail_way
from placement.notifications.channels import FolderChannel, make_channels
from placement.notifications.delivery import Letter
from placement.notifications.mail import SmtpChannel, make_mail
from placement.notifications.models import Channel, OutcomeKind
from placement.notifications.sms_gateway import GatewayStatus, SmsChannel, TokenBucket
from placement.settings import Settings
from tests.support.mail import smtp_sink
from tests.support.sms import Answer, gateway

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
    monkeypatch.setattr(mail_way, "TIMEOUT_SECONDS", 0.3)
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
        monkeypatch.setattr(mail_way, "LOCAL_HOSTS", frozenset())
        outcome = SmtpChannel(address, sender="sauma@example.fi").send(_letter())
    assert outcome.kind is OutcomeKind.OUTAGE
    assert sink.mails == []


@contextmanager
def self_signed(folder: Path) -> Iterator[ssl.SSLContext]:
    """A certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    today = utcnow()
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    kept = folder / "server.pem"
    kept.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + certificate.public_bytes(Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(kept)
    yield context


def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(mail_way, "LOCAL_HOSTS", frozenset())
    with self_signed(tmp_path) as context, smtp_sink(context) as (sink, address):
        outcome = SmtpChannel(address, sender="sauma@example.fi").send(_letter())
    assert outcome.kind is OutcomeKind.OUTAGE
    assert "CERTIFICATE_VERIFY_FAILED" in outcome.answer
    assert sink.mails == []


def test_an_email_comes_in_the_name_of_its_centre_and_answers_go_there() -> None:
    letter = _letter(
        sender_name="Ohjaamo Järvi, nuoret", reply_to="jarvi@example.fi", unsubscribe="https://sauma.test/end/abc"
    )
    with smtp_sink() as (sink, address):
        way = SmtpChannel(address, sender="sauma@example.fi")
        assert way.send(letter).kind is way.send(_letter()).kind is OutcomeKind.SENT
        way.close()
    named, plain = sink.mails
    assert (named["From"].addresses[0].display_name, named["From"].addresses[0].addr_spec) == (
        "Ohjaamo Järvi, nuoret",
        "sauma@example.fi",
    )
    assert named["Reply-To"] == "jarvi@example.fi"
    assert named["List-Unsubscribe"] == "<https://sauma.test/end/abc>"
    assert (plain["From"], plain["Reply-To"], plain["List-Unsubscribe"]) == ("sauma@example.fi", None, None)


@pytest.mark.parametrize(
    ("answer", "of_receiver", "is_bad"),
    [
        ("550 no such person", True, True),
        ("550 5.1.1 no such person", True, True),
        ("550 5.2.1 closed", True, True),
        ("552 5.2.2 mailbox full", True, False),
        ("550 5.7.1 we do not like you", True, False),
        ("550 this text is not wanted", False, False),
        ("550 5.1.1 no such person", False, True),
        ("554 no", True, False),
    ],
)
def test_only_a_refusal_about_the_address_marks_it(answer: str, *, of_receiver: bool, is_bad: bool) -> None:
    with smtp_sink() as (sink, address):
        if of_receiver:
            sink.answers_to_receivers["aino@example.fi"] = answer
        else:
            sink.answers = [answer]
        way = SmtpChannel(address, sender="sauma@example.fi")
        outcome = way.send(_letter())
        way.close()
    assert (outcome.kind, outcome.address_is_bad) == (OutcomeKind.REFUSED, is_bad)


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


@pytest.mark.parametrize(
    ("status", "body", "kind", "is_bad"),
    [
        (202, {}, OutcomeKind.SENT, False),
        (400, {"error": "text too long"}, OutcomeKind.REFUSED, False),
        (400, {"error": "wrong_number"}, OutcomeKind.REFUSED, True),
        (400, [], OutcomeKind.REFUSED, False),
        (429, {}, OutcomeKind.OUTAGE, False),
        (503, {}, OutcomeKind.OUTAGE, False),
        (500, {}, OutcomeKind.UNCERTAIN, False),
        (0, {}, OutcomeKind.UNCERTAIN, False),
    ],
)
def test_the_answer_of_the_gateway_says_what_comes_next(
    status: int, body: Any, kind: OutcomeKind, *, is_bad: bool
) -> None:
    letter = _letter(channel=Channel.SMS, address="+358401234567", text="Tervetuloa", html="")
    with gateway((status, {}, body)) as (seen, address):
        outcome = SmsChannel(address).send(letter)
    assert (outcome.kind, outcome.address_is_bad) == (kind, is_bad)
    assert seen == [{"to": "+358401234567", "text": "Tervetuloa", "reference": "abc-1@sauma"}]


@pytest.mark.parametrize(
    ("told", "rest"),
    [
        ("120", timedelta(seconds=120)),
        ("Thu, 26 Nov 2026 10:05:00 GMT", timedelta(minutes=5)),
        ("999999999999999999", timedelta(hours=1)),
        ("-5", timedelta()),
        ("soon", None),
    ],
)
def test_the_gateway_says_how_long_it_wants_to_be_left_alone(told: str, rest: timedelta | None) -> None:
    with time_machine.travel("2026-11-26T10:00:00Z", tick=False), gateway((429, {"Retry-After": told}, {})) as (_, url):
        assert SmsChannel(url).send(_letter(channel=Channel.SMS)).rest == rest


def test_the_gateway_is_asked_by_our_reference_and_believed_only_when_it_tells() -> None:
    told: list[Answer] = [(200, {}, {"status": "delivered"}), (200, {}, {"status": "unknown"}), (404, {}, {})]
    told += [(200, {}, {"status": "odd"}), (200, {}, []), (0, {}, {})]
    with gateway(*told) as (seen, url):
        way = SmsChannel(url, key="secret")
        answers = [way.ask("<abc-1@sauma>") for _ in told]
    assert answers == [GatewayStatus.DELIVERED, GatewayStatus.UNKNOWN, None, None, None, None]
    assert set(seen) == {("/send?reference=abc-1%40sauma", "Bearer secret")}


@given(st.lists(st.floats(0, 3), min_size=1, max_size=60), st.floats(0.5, 50))
def test_the_pace_is_never_passed(steps: list[float], a_second: float) -> None:
    now = 0.0
    bucket = TokenBucket(a_second, clock=lambda: now)
    used: list[float] = []
    for step in steps:
        now += step
        now += bucket.take()  # the sender waits
        used.append(now)
    for first, begin in enumerate(used):
        within = sum(begin <= at <= begin + 1 for at in used[first:])
        assert within <= max(a_second, 1) + a_second + 1 + 1e-6


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
