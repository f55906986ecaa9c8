"""Every message is written in the language of its reader: no sentence of it stays English."""

import re
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes

from placement.i18n import in_language
from placement.templating import render_message

ROOT = Path(__file__).parents[2]
MESSAGES = ROOT / "templates" / "messages"
PARTS = sorted(path.relative_to(MESSAGES).as_posix() for path in MESSAGES.glob("*/*.*"))
SAMPLES = {
    "held_on": date(2026, 11, 26),
    "answer_by": date(2026, 11, 20),
    "offered_until": datetime(2026, 11, 20, 10, tzinfo=UTC),
    "meeting_at": datetime(2026, 11, 26, 10, tzinfo=UTC),
    "starts_on": date(2026, 11, 23),
    "begins": time(12, 30),
    "ends": time(15),
    "coming": 3,
    "waiting": 2,
    "day": date(2026, 11, 25),
    "months": 3,
    "offers": [{"title": "0", "employer": "0", "address": "0"}],
}
WORD = re.compile(r"[^\W\d_]{2,}")


def names_used(app: Flask, part: str) -> set[str]:
    tree = app.jinja_env.parse((MESSAGES / part).read_text(encoding="utf-8"))
    return {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load"}


def sentences(app: Flask, part: str, language: str) -> set[str]:
    """The sentences of a part; values are numbers, so that every word comes from the text itself."""
    known = set(app.jinja_env.globals) | {"when", "where"}
    values = {name: SAMPLES.get(name, "0") for name in names_used(app, part) - known}
    name, file = part.split("/")
    with app.test_request_context(), in_language(language):
        text = re.sub(r"<title>.*?</title>", "", render_message(name, file, **values))
    pieces = re.split(r"(?<=[.!?:])\s+|\n|<[^>]+>", text)
    return {" ".join(piece.split()) for piece in pieces if len(WORD.findall(piece)) > 1}


@pytest.mark.parametrize("part", PARTS)
def test_every_word_of_a_message_is_marked_for_translation(part: str) -> None:
    source = (MESSAGES / part).read_text(encoding="utf-8")
    marked = r"{%-? trans.*?endtrans -?%}|{[%#{].*?[%#}]}|<[^>]+>"
    assert WORD.findall(re.sub(marked, " ", source, flags=re.DOTALL)) == []


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("part", PARTS)
def test_no_sentence_of_a_message_stays_english(app: Flask, part: str, language: str) -> None:
    english = sentences(app, part, "en")
    names = {"Sauma · Ohjaamo"}
    assert sentences(app, part, language) & english - names == set()


def test_a_part_with_words_has_sentences_to_compare(app: Flask) -> None:
    assert "0 has a new time or place." in sentences(app, "day_moved/body.txt", "en")
    assert "See the day or change your answer" in sentences(app, "day_moved/body.html", "en")
