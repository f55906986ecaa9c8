"""The words of the text-message gateway: signed, in any order, about messages of ours alone."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from placement.notifications.gateway_words import signature
from placement.notifications.models import Channel, Message, MessageState
from placement.settings import Settings
from placement.web.gateway.routes import SIGNATURE
from tests.support.factories.centres import make_staff
from tests.support.factories.messages import make_message
from tests.support.page import PageClient

KEY = "0123456789abcdef-ghijklmnopqrstuv"
ADDRESS = "/gateway/deliveries"


@pytest.fixture
def message(session: Session, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Message:
    settings: Settings = app.config["SAUMA_SETTINGS"]
    monkeypatch.setitem(app.config, "SAUMA_SETTINGS", settings.model_copy(update={"sms_callback_key": KEY}))
    staff = make_staff(session)
    return make_message(session, centre_id=staff.centre_id, staff_id=staff.id, channel=Channel.SMS)


def tell(page: PageClient, word: Any, *, key: str = KEY) -> int:
    body = word if isinstance(word, bytes) else json.dumps(word).encode()
    return page.client.post(ADDRESS, data=body, headers={SIGNATURE: signature(key, body)}).status_code


def test_what_the_gateway_tells_stays_the_best_that_is_known(
    page: PageClient, session: Session, message: Message
) -> None:
    reference = message.message_id.strip("<>")
    seen = []
    for status in ("undelivered", "delivered", "undelivered", "accepted", "delivered"):
        word = {"reference": reference, "status": status, "error": "wrong_number"}
        assert tell(page, word) == 204
        session.expire_all()
        seen.append((message.state, message.address_is_bad, message.delivered_at is not None))
    assert seen == [(MessageState.FAILED, True, False)] + [(MessageState.SENT, False, True)] * 4


def test_a_word_that_is_not_signed_not_readable_or_not_about_us_changes_nothing(
    page: PageClient, session: Session, message: Message
) -> None:
    good = {"reference": message.message_id.strip("<>"), "status": "undelivered"}
    assert page.client.post(ADDRESS, json=good).status_code == 400
    assert tell(page, good, key="another") == 400
    for odd in (b"", b"\xff", [], {}, {"reference": 1}, good | {"status": "gone"}, "x"):
        assert tell(page, odd) == 400
    assert tell(page, good | {"reference": "elsewhere"}) == 404
    session.expire_all()
    assert message.state is MessageState.SENT


def test_without_a_key_nobody_is_believed(page: PageClient, session: Session) -> None:
    staff = make_staff(session)
    message = make_message(session, centre_id=staff.centre_id, staff_id=staff.id, channel=Channel.SMS)
    word = {"reference": message.message_id.strip("<>"), "status": "undelivered"}
    assert tell(page, word, key="") == 400
