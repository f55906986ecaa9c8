"""The command that adds the first administrator."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from placement.accounts.models import Staff
from placement.accounts.permissions import Role
from placement.cli import main
from placement.db import make_engine, make_session_factory

PERSON = ["--first-name", "Oona", "--last-name", "Salo", "--email", "Oona@example.fi"]
CENTRE = ["--centre", "kivilampi", "--centre-name", "Ohjaamo Kivilampi", "--municipality", "698"]
GOOD = ["--password", "seven green lamps"]


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty, migrated installation that the commands use."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAUMA_INSTANCE", str(tmp_path / "instance"))
    assert CliRunner().invoke(main, ["migrate"]).exit_code == 0
    return tmp_path / "instance"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["create-admin", *arguments])


def test_first_administrator_and_centre_are_made(instance: Path) -> None:
    assert run(*PERSON, *CENTRE, *GOOD).exit_code == 0
    engine = make_engine(f"sqlite:///{instance / 'sauma.sqlite3'}")
    with make_session_factory(engine)() as session:
        staff = session.scalars(select(Staff)).one()
        assert (staff.email, staff.role_codes) == ("oona@example.fi", {Role.ADMIN, Role.LEAD})
    engine.dispose()
    again = run(*PERSON, *CENTRE, *GOOD)
    assert (again.exit_code, "already" in again.output) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([*PERSON, *CENTRE, "--password", "short"], "12 characters"),
        ([*PERSON, *CENTRE, "--password", "oona oona oona oona x"], "name"),
        ([*PERSON, "--centre", "nowhere", *GOOD], "no centre"),
        (["--first-name", "O", "--last-name", "S", "--email", "nonsense", *CENTRE, *GOOD], "not an e-mail address"),
    ],
)
def test_bad_values_end_with_one_clear_line(instance: Path, arguments: list[str], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 1
    assert said in result.output
    assert "Traceback" not in result.output
