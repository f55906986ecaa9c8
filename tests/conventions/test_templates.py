"""Templates parse, are used, carry no inline style or script; every message has its parts in three languages."""

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import StrictUndefined, meta

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
PAGES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.*"))
MESSAGES = sorted(path.name for path in (TEMPLATES / "messages").iterdir() if path.is_dir())


def test_undefined_values_are_errors(app: Flask) -> None:
    assert app.jinja_env.undefined is StrictUndefined


@pytest.mark.parametrize("name", PAGES)
def test_template_parses(app: Flask, name: str) -> None:
    app.jinja_env.get_template(name)


def test_every_template_is_used(app: Flask) -> None:
    used = {f"errors/{status}.html" for status in (400, 403, 404, 409, 413, 422, 429, 500, 503)}
    for name in PAGES:
        source = (TEMPLATES / name).read_text(encoding="utf-8")
        used |= {str(found) for found in meta.find_referenced_templates(app.jinja_env.parse(source)) if found}
        used |= set(re.findall(r'"([\w/]+\.html)"', source))
    for folder in ("placement", "jobs"):
        for path in (ROOT / folder).rglob("*.py"):
            program = path.read_text(encoding="utf-8")
            used |= set(re.findall(r'"([\w/-]+\.(?:html|txt|ics))"', program))
            for folder_name in re.findall(r'f"(\w+)/\{\w+\}\.html"', program):  # one view for several pages
                used |= {f"{folder_name}/{word}.html" for word in re.findall(r'"(\w+)"', program)}
    assert {name for name in PAGES if not name.startswith("messages/")} - used == set()


@pytest.mark.parametrize("name", [name for name in PAGES if name.endswith(".html")])
def test_no_inline_style_or_script(name: str) -> None:
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    assert not re.search(
        r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\s(?:src=|type=\"application/ld\+json\"))|javascript:", source
    )
    assert "|safe" not in source
    assert "autoescape false" not in source


@pytest.mark.parametrize("name", MESSAGES)
def test_message_has_its_parts_and_is_sent_by_the_program(name: str) -> None:
    parts = {path.name for path in (TEMPLATES / "messages" / name).iterdir()}
    assert parts <= {"subject.txt", "body.txt", "body.html", "sms.txt"}
    assert {"subject.txt", "body.txt", "body.html"} <= parts or parts == {"sms.txt"}
    program = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "placement").rglob("*.py"))
    program += "".join(path.read_text(encoding="utf-8") for path in (ROOT / "jobs").rglob("*.py"))
    assert f'"{name}"' in program, "nothing sends this message"


@pytest.mark.parametrize("name", MESSAGES)
def test_subject_is_one_line(name: str) -> None:
    subject = TEMPLATES / "messages" / name / "subject.txt"
    if subject.exists():
        text = re.sub(r"{#.*?#}|{%-? (from|import|set|extends).*?%}", "", subject.read_text("utf-8"), flags=re.DOTALL)
        assert len([line for line in text.splitlines() if line.strip()]) == 1
