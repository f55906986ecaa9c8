"""The Finnish and Swedish catalogues are complete, certain, and keep placeholders and tags."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
TRANSLATIONS = ROOT / "placement" / "translations"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
TAG = re.compile(r"</?[a-z]+")
METHODS = [("**.py", "python"), ("**/messages/**.txt", "jinja2"), ("**.html", "jinja2")]
OPTIONS = {"**.html": {"trimmed": "true"}, "**/messages/**.txt": {"trimmed": "true"}}
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}


def catalogue(language: str, domain: str) -> Catalog:
    with (TRANSLATIONS / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return read_po(file, locale="sv_FI" if language == "sv" else language, domain=domain)


def both_sides(message: Message) -> list[tuple[str, str]]:
    originals = message.id if isinstance(message.id, list | tuple) else [message.id]
    translated = message.string if isinstance(message.string, list | tuple) else [message.string]
    return [(originals[min(number, len(originals) - 1)], text) for number, text in enumerate(translated)]


def used_in_the_program() -> set[str]:
    used = set()
    for folder in ("placement", "templates", "jobs"):
        found = extract_from_dir(
            str(ROOT / folder), method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS, strip_comment_tags=True
        )
        for _file, _line, text, _comments, _context in found:
            used.add(text[0] if isinstance(text, tuple) else text)
    return used - {""}


@pytest.mark.parametrize("domain", ["messages", "flask_security"])
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_text_is_translated_and_certain(language: str, domain: str) -> None:
    found = catalogue(language, domain)
    assert not [message.id for message in found if message.id and message.fuzzy]
    assert not [message.id for message in found if message.id and not all(text for _, text in both_sides(message))]


@pytest.mark.parametrize("domain", ["messages", "flask_security"])
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_placeholders_and_tags_are_the_same_on_both_sides(language: str, domain: str) -> None:
    different = []
    for message in catalogue(language, domain):
        for original, text in both_sides(message) if message.id else []:
            same = all(sorted(mark.findall(original)) == sorted(mark.findall(text)) for mark in (PLACEHOLDER, TAG))
            # A plural form for one may say "one" instead of the number.
            if not same and not (message.pluralizable and "%(num)d" in original):
                different.append(message.id)
    assert not different


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_catalogue_knows_every_text_of_the_program(language: str) -> None:
    known = {
        message.id[0] if isinstance(message.id, list | tuple) else message.id
        for message in catalogue(language, "messages")
    }
    assert used_in_the_program() - known == set()
