"""Making a copy of a running installation."""

import os
import shutil
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from placement.backups.archive import SECRET, Manifest, archive_name, digest, made_at_of, opened_archive, write_archive
from placement.backups.databases import copy_out, database_file, verify
from placement.backups.rotation import to_forget
from placement.clock import utcnow
from placement.migrations.run import current_revision
from placement.settings import Settings


def make_backup(settings: Settings, *, folder: Path | None = None) -> Path:
    """Copy database and key into one verified file, remove copies that are no longer kept, and return its path.

    The service may run meanwhile. Raises DatabaseNotCopied, or OSError when the disk is full; what was
    half made is removed and older copies stay.
    """
    target_folder = folder or settings.backup_folder
    target_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made_at = utcnow()
    name = database_file(settings.database_address)
    target = target_folder / archive_name(made_at, is_closed=bool(settings.backup_key))
    with TemporaryDirectory(dir=target_folder) as work_name:
        work = Path(work_name)
        copy_out(settings.database_address, work / name)
        (work / SECRET).write_text(settings.signing_key(), encoding="ascii")
        manifest = Manifest(
            made_at=made_at,
            version=version("sauma"),
            revision=current_revision(settings.database_address) or "",
            database=name,
            digests={file: digest(work / file) for file in (name, SECRET)},
        )
        made = work / target.name
        write_archive(work, made, manifest=manifest, key=settings.backup_key)
        # Read back as a restore would read it: a copy that cannot be opened is no copy.
        with opened_archive(made, key=settings.backup_key) as (_, opened):
            verify(opened / name)
        with made.open("rb") as file:
            os.fsync(file.fileno())
        made.chmod(0o600)
        shutil.move(made, target)
    _forget_old(target_folder)
    return target


def _forget_old(folder: Path) -> None:
    copies = {at: path for path in folder.iterdir() if (at := made_at_of(path)) is not None}
    for at in to_forget(copies):
        copies[at].unlink()


def newest_backup(settings: Settings) -> Path | None:
    """Return the newest copy in the folder of copies, None when there is none."""
    if not settings.backup_folder.is_dir():
        return None
    copies = [(at, path) for path in settings.backup_folder.iterdir() if (at := made_at_of(path)) is not None]
    return max(copies)[1] if copies else None
