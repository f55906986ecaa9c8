"""The README tells what is so: settings, commands, files."""

import re
from pathlib import Path

from placement.cli import main
from placement.settings import Settings

FOLDER = Path(__file__).parent.parent
README = (FOLDER / "README.md").read_text(encoding="utf-8")


def test_every_setting_is_told_with_its_default() -> None:
    told = dict(re.findall(r"^\| `SAUMA_([A-Z_]+)` \| ([^|]+) \|", README, flags=re.MULTILINE))

    assert set(told) == {name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        default = str(field.default).lower() if isinstance(field.default, bool) else str(field.default)
        said = told[name.upper()]
        assert said.startswith("empty") if default == "" else f"`{default}`" in said


def test_the_commands_exist() -> None:
    assert set(re.findall(r"`sauma ([a-z-]+)", README)) <= set(main.commands)


def test_the_files_exist() -> None:
    named = [*re.findall(r"\]\(([^)]+)\)", README), "examples/offers", "placement/rules/data"]
    assert [name for name in named if not (FOLDER / name).exists()] == []


def test_the_picture_is_small() -> None:
    assert (FOLDER / "docs/screenshot-suggestions.png").stat().st_size < 300_000
