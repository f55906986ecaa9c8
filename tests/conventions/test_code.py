"""The house rules that a program can check: layers, sizes, who may commit, who may ask the time."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from placement.introductions.states import IntroductionAction
from placement.models import Base
from placement.offers.states import OfferAction
from placement.recruitment_days.states import DayAction
from placement.settings import Settings
from placement.suggestions.states import SuggestionAction
from placement.web.admin.audit_words import ACTIONS

ROOT = Path(__file__).parents[2]
MOST_LINES, MOST_FUNCTION_LINES = 500, 60
MAY_COMMIT = {
    "placement/backups/restoring.py",
    "placement/web/session.py",
    "placement/cli.py",
    "placement/web/rate_limits.py",
    "placement/db.py",
    "jobs/runner.py",
}


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_go_down_only() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_files_and_functions_stay_small() -> None:
    long = []
    for path in sources("placement", "matching", "jobs", "tests"):
        if "versions" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > MOST_LINES:
            long.append(name_of(path))
        long += [
            f"{name_of(path)}:{node.name}"
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= MOST_FUNCTION_LINES
        ]
    assert not long


def test_transactions_end_in_few_places() -> None:
    pattern = re.compile(r"\.(commit|begin)\(")
    found = {name_of(path) for path in sources("placement", "jobs") if pattern.search(path.read_text(encoding="utf-8"))}
    elsewhere = {name for name in found if not name.startswith("placement/migrations/")}
    assert elsewhere - MAY_COMMIT == set()


def test_only_the_clock_asks_the_time() -> None:
    pattern = re.compile(r"datetime\.(now|utcnow)\(|date\.today\(")
    found = {name_of(p) for p in sources("placement", "jobs", "matching") if pattern.search(p.read_text("utf-8"))}
    assert found <= {"placement/clock.py"}


def test_modules_tell_what_belongs_in_them() -> None:
    silent = [
        name_of(path)
        for path in sources("placement", "matching", "jobs")
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert not [name for name in silent if "/versions/" not in name]


def test_no_import_inside_a_function() -> None:
    inside = []
    for path in sources("placement", "matching", "jobs"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                inside += [name_of(path) for part in ast.walk(node) if isinstance(part, ast.Import | ast.ImportFrom)]
    # The text and array libraries of matching are slow to load, and most processes never need them.
    assert set(inside) <= {"matching/text.py", "matching/heavy.py", "placement/web/pdf.py"}


def test_actions_of_the_log_have_words() -> None:
    pattern = re.compile(r'action="([a-z_]+\.[a-z_]+)"')
    used = {code for path in sources("placement", "jobs") for code in pattern.findall(path.read_text("utf-8"))}
    for thing, actions in (
        ("offer", OfferAction),
        ("day", DayAction),
        ("suggestion", SuggestionAction),
        ("introduction", IntroductionAction),
    ):
        used |= {f"{thing}.{action.value}" for action in actions}
    assert used - set(ACTIONS) == set()


def test_readme_tells_every_setting() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`(SAUMA_[A-Z_]+)`", readme))
    assert {f"SAUMA_{name.upper()}" for name in Settings.model_fields if name != "testing"} <= told


@pytest.mark.database
def test_migrations_make_the_tables_of_the_models(engine: Engine) -> None:
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert not differences
