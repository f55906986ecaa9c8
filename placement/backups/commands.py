"""The commands ``sauma backup``, ``sauma restore`` and ``sauma backup-key``."""

from pathlib import Path

import click

from placement.backups.archive import ArchiveRefused
from placement.backups.databases import DatabaseNotCopied
from placement.backups.making import make_backup
from placement.backups.restoring import Restored, RestoreRefused, restore
from placement.backups.sealing import new_key
from placement.clock import in_helsinki
from placement.settings import Settings, SettingsError, load_settings


def _settings() -> Settings:
    try:
        return load_settings()
    except SettingsError as error:
        message = f"the settings are not right:\n{error}"
        raise click.ClickException(message) from error


@click.command("backup")
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="Another folder for the copy.")
def backup(folder: Path | None) -> None:
    """Copy the whole installation into one file while it runs, and read the copy back to check it.

    Keeps the newest copy of each of the last 14 days and 8 weeks. With SAUMA_BACKUP_KEY the copy is closed
    with that key. Take copies to another place too, together with the file sent.ledger.
    """
    settings = _settings()
    try:
        made = make_backup(settings, folder=folder)
    except DatabaseNotCopied as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        message = f"the copy could not be written: {error.strerror}. Older copies are as they were."
        raise click.ClickException(message) from error
    click.echo(f"{made} ({made.stat().st_size / 1_000_000:.1f} MB), read back and whole.")
    if not settings.backup_key:
        click.echo("It is not closed with a key: whoever has the file can read it. See `sauma backup-key`.")


@click.command("backup-key")
def backup_key() -> None:
    """Print a new key for closing copies. Keep it somewhere else than the copies."""
    click.echo(new_key())


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Set the database that is there aside, under another name.")
def restore_copy(file: Path, *, replace: bool) -> None:
    """Put a copy back. Stop the service first.

    Afterwards nothing is sent until somebody has looked: sending is switched off, messages that went out
    after the copy was made are known from the file sent.ledger, and those that nobody can tell about wait
    for a person's decision.
    """
    try:
        done = restore(_settings(), file, replace=replace)
    except (ArchiveRefused, DatabaseNotCopied, RestoreRefused) as error:
        raise click.ClickException(str(error)) from error
    for line in _report(done):
        click.echo(line)


def _report(done: Restored) -> list[str]:
    lines = [f"The copy of {in_helsinki(done.made_at):%d.%m.%Y %H:%M} (Finnish time) is in place."]
    if done.set_aside is not None:
        lines.append(f"The database that was here is kept as {done.set_aside}.")
    if done.ledger_is_whole:
        lines.append(f"Messages sent since then, which will not be sent again: {done.known_as_sent}.")
    else:
        lines.append("There is no ledger of the time since then, so nobody can tell what was sent in it.")
        lines.append(f"Messages that were due and wait for somebody's decision: {done.uncertain}.")
    lines += [
        f"Messages that are due and were not sent: {done.waiting}.",
        "Sending is switched off. Start the service, look at Service › Sent messages,",
        "and switch it on under Service › Scheduled work.",
    ]
    return lines
