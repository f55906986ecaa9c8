"""``python -m jobs``: the jobs process; with ``run NAME`` one job by hand, with ``list`` the table."""

import logging
import os
import sys

import click

from jobs.lock import AlreadyRunning
from jobs.runner import HAND_SLOT, Work, run_job
from jobs.schedule import JOBS, find_job
from jobs.scheduler import owner_name, run_forever
from placement.app import create_app
from placement.audit.models import JobRunState
from placement.clock import utcnow
from placement.migrations.run import is_current
from placement.settings import Settings, SettingsError, load_settings


def _settings() -> Settings:
    try:
        settings = load_settings()
    except SettingsError as error:
        raise click.ClickException(f"the settings are not right:\n{error}") from error
    if not is_current(settings.database_address):
        message = "the database is not at the newest version: run `sauma migrate` first"
        raise click.ClickException(message)
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    return settings


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Run the jobs process until it is told to end."""
    os.umask(0o077)  # what is written is about people: only the user who runs the service reads it
    if context.invoked_subcommand is not None:
        return
    settings = _settings()
    try:
        run_forever(create_app(settings), settings)
    except AlreadyRunning as error:
        message = "another jobs process is running for this installation"
        raise click.ClickException(message) from error


@main.command("list")
def list_jobs() -> None:
    """Show the table of jobs."""
    for job in JOBS:
        click.echo(f"{job.name:20}{job.trigger!s:34}{job.purpose}")


@main.command()
@click.argument("name")
@click.option("--dry-run", is_flag=True, help="Tell what would be done and change nothing.")
def run(name: str, *, dry_run: bool) -> None:
    """Run one job now."""
    job = find_job(name)
    if job is None:
        names = ", ".join(job.name for job in JOBS)
        message = f"there is no job {name!r}; the jobs are {names}"
        raise click.ClickException(message)
    work = Work(create_app(_settings()), owner_name("hand:"), dry_run=dry_run)
    state = run_job(job.function, job.name, work=work, slot=f"{HAND_SLOT}{utcnow().isoformat()}")
    counts = ", ".join(f"{what} {number}" for what, number in sorted(work.counts.items())) or "nothing to do"
    click.echo(f"{job.name}{' (dry run)' if dry_run else ''}: {counts}")
    if state is JobRunState.FAILED:
        click.echo("The job failed; the log above tells why.", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main(prog_name="python -m jobs")
