"""Jobs by hand: the list, one run, a dry run, and a name that does not exist."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from jobs.__main__ import main
from jobs.lock import AlreadyRunning, only_process
from placement import cli
from placement.app import create_app
from placement.db import make_engine
from placement.migrations.run import upgrade
from placement.notifications.messages import password_changed
from placement.settings import Settings
from tests.support.factories.centres import make_centre, make_staff


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an installation that the environment names."""
    monkeypatch.setenv("SAUMA_INSTANCE", str(tmp_path))
    monkeypatch.delenv("SAUMA_DATABASE_URL", raising=False)
    return tmp_path


def _run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def test_the_list_tells_what_runs_when_and_why() -> None:
    result = _run("list")
    assert result.exit_code == 0
    assert "send_due_messages" in result.output
    assert "daily from 05:10, Finnish time" in result.output


def test_a_job_is_run_by_hand_and_a_dry_run_changes_nothing(instance: Path) -> None:
    settings = Settings(_env_file=None, instance=instance)
    upgrade(settings.database_address)
    app = create_app(settings)
    with app.app_context(), app.extensions["session_factory"].begin() as session:
        password_changed(session, staff=make_staff(session, make_centre(session)))
    assert _run("run", "send_due_messages", "--dry-run").output == "send_due_messages (dry run): due 1\n"
    assert not (instance / "mail").exists()
    assert _run("run", "send_due_messages").output == "send_due_messages: sent 1\n"
    assert len(list((instance / "mail").glob("*.eml"))) == 1
    assert _run("run", "send_due_messages").output == "send_due_messages: nothing to do\n"
    app.extensions["engine"].dispose()


def test_what_cannot_be_run_is_told_in_one_line(instance: Path) -> None:
    wrong = _run("run", "no_such_job")
    assert wrong.exit_code == 1
    assert wrong.output.startswith("Error: there is no job 'no_such_job'; the jobs are ")
    assert "run `sauma migrate` first" in _run("run", "sweep").output
    assert not (instance / "mail").exists()


def test_the_sauma_command_hands_over_to_the_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []

    class Ended:
        returncode = 3

    def run(command: list[str], *, check: bool) -> Ended:
        assert not check
        seen.append(command[1:])
        return Ended()

    monkeypatch.setattr(cli.subprocess, "run", run)
    result = CliRunner().invoke(cli.main, ["jobs", "run", "sweep", "--dry-run"])
    assert result.exit_code == 3
    assert seen == [["-m", "jobs", "run", "sweep", "--dry-run"]]


def test_only_one_process_holds_the_lock_and_it_is_free_again_afterwards(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, instance=tmp_path)
    engine = make_engine(settings.database_address)
    with only_process(settings, engine) as check:
        check()
        with pytest.raises(AlreadyRunning), only_process(settings, engine):
            pass
    with only_process(settings, engine):
        pass
    engine.dispose()


def test_on_postgresql_the_lock_also_holds_between_machines(engine: Engine, tmp_path: Path) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite lives on one machine, where the file is enough")
    one, other = (Settings(_env_file=None, instance=tmp_path / name) for name in ("one", "other"))
    with only_process(one, engine) as check:
        check()
        with pytest.raises(AlreadyRunning), only_process(other, engine):
            pass
    with only_process(other, engine):
        pass
