"""The ``sauma`` commands. Each says what it does, and fails with one clear line and a non-zero exit."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from flask import Flask
from sqlalchemy.orm import Session

from placement.app import create_app
from placement.migrations.run import is_current, upgrade
from placement.settings import Settings, SettingsError, load_settings


def _settings(**overrides: object) -> Settings:
    try:
        return load_settings(**overrides)
    except SettingsError as error:
        raise click.ClickException(f"the settings are not right:\n{error}") from error


def _app(settings: Settings) -> Flask:
    if not is_current(settings.database_address):
        message = "the database is not at the newest version: run `sauma migrate` first"
        raise click.ClickException(message)
    return create_app(settings)


@contextmanager
def transaction(app: Flask) -> Iterator[Session]:
    """One transaction of a command, in the context of the app."""
    with app.app_context(), app.extensions["session_factory"].begin() as session:
        yield session


@click.group()
@click.version_option(package_name="sauma")
def main() -> None:
    """Sauma: employer matching and work-trial placement for Ohjaamo centres."""


@main.command()
def migrate() -> None:
    """Bring the database to the newest version; makes it when there is none."""
    settings = _settings()
    settings.instance.mkdir(parents=True, exist_ok=True)
    upgrade(settings.database_address)
    click.echo("The database is at the newest version.")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 32), help="Web processes.")
@click.option("--jobs/--no-jobs", default=True, show_default=True, help="Run the jobs process too.")
def serve(host: str, port: int, workers: int, *, jobs: bool) -> None:
    """Run the web service and the jobs process until interrupted."""
    settings = _settings()
    if not is_current(settings.database_address):
        message = "the database is not at the newest version: run `sauma migrate` first"
        raise click.ClickException(message)
    address = f"{host}:{port}"
    web: list[str] = [sys.executable, "-m", "gunicorn", "placement.wsgi:app", "--bind", address]
    web += ["--worker-class", "gthread", "--workers", str(workers), "--threads", "4", "--access-logfile", "-"]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    commands = [web] + ([[sys.executable, "-m", "jobs"]] if jobs else [])
    processes = [subprocess.Popen(command, env=environment) for command in commands]
    sys.exit(_run_until_one_ends(processes))


def _run_until_one_ends(processes: list[subprocess.Popen[Any]]) -> int:
    """Wait until interrupted or until one process ends; then end all and return the worst exit code."""

    def _stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, _stop)
    try:
        while all(process.poll() is None for process in processes):
            for process in processes:
                try:
                    process.wait(timeout=0.5)
                except subprocess.TimeoutExpired:
                    continue
    except KeyboardInterrupt:
        pass
    finally:
        for process in processes:
            process.terminate()
        codes = [process.wait(timeout=30) for process in processes]
    return max((abs(code) for code in codes if code not in {0, -signal.SIGTERM}), default=0)
