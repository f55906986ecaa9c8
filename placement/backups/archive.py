"""One copy of an installation: a tar file with the database, the key that signs sessions, and what is in it."""

import hashlib
import json
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from placement.backups.databases import POSTGRESQL_FILE, SQLITE_FILE
from placement.backups.sealing import WrongKey, seal, unseal

MANIFEST, SECRET = "manifest.json", "secret_key"
OPEN_ENDING, CLOSED_ENDING = ".tar.gz", ".tar.gz.closed"
_NAME = re.compile(r"sauma-(\d{8}T\d{6})Z\.tar\.gz(?:\.closed)?")
_MEMBERS = frozenset({MANIFEST, SECRET, SQLITE_FILE, POSTGRESQL_FILE})
MOST_BYTES = 64 * 1024**3


class ArchiveRefused(ValueError):
    """The file is not a whole copy that can be read; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a copy says of itself. ``digests`` are SHA-256 of each file in it."""

    made_at: datetime
    version: str
    revision: str
    database: str
    digests: dict[str, str]


def archive_name(made_at: datetime, *, is_closed: bool) -> str:
    """Return the file name of a copy made at an instant (UTC, whole seconds)."""
    return f"sauma-{made_at:%Y%m%dT%H%M%S}Z{CLOSED_ENDING if is_closed else OPEN_ENDING}"


def made_at_of(path: Path) -> datetime | None:
    """Return when a copy was made by its name; None for any other file."""
    found = _NAME.fullmatch(path.name)
    return datetime.strptime(found.group(1), "%Y%m%dT%H%M%S").replace(tzinfo=UTC) if found else None


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_archive(folder: Path, target: Path, *, manifest: Manifest, key: str) -> None:
    """Pack the files that the manifest names from a folder into one file; with a key, closed."""
    described = asdict(manifest) | {"made_at": manifest.made_at.isoformat()}
    (folder / MANIFEST).write_text(json.dumps(described, indent=1), encoding="utf-8")
    packed = folder / "packed.tar.gz"
    with tarfile.open(packed, "w:gz", compresslevel=6) as tar:
        for name in (MANIFEST, *sorted(manifest.digests)):
            tar.add(folder / name, arcname=name)
    if key:
        seal(packed, target, key=key)
    else:
        packed.rename(target)


@contextmanager
def opened_archive(path: Path, *, key: str) -> Iterator[tuple[Manifest, Path]]:
    """Unpack a copy into a folder of its own for the duration, with every file compared to its digest.

    Raises
    ------
    ArchiveRefused
        When the key is missing or wrong, or when the file is damaged or no copy of Sauma.
    """
    with TemporaryDirectory(dir=path.parent) as name:
        folder = Path(name)
        packed = path
        if path.name.endswith(CLOSED_ENDING):
            packed = folder / "packed.tar.gz"
            _open_closed(path, packed, key)
        try:
            manifest = _unpack(packed, folder)
        except (tarfile.TarError, OSError, EOFError, ValueError, KeyError, TypeError) as error:
            message = f"{path.name} is damaged or is not a copy of Sauma"
            raise ArchiveRefused(message) from error
        for file, expected in manifest.digests.items():
            if not (folder / file).is_file() or digest(folder / file) != expected:
                message = f"{path.name} is damaged: {file} in it is not as it was when the copy was made"
                raise ArchiveRefused(message)
        yield manifest, folder


def _open_closed(path: Path, packed: Path, key: str) -> None:
    if not key:
        message = f"{path.name} is closed with a key: set SAUMA_BACKUP_KEY to the key it was made with"
        raise ArchiveRefused(message)
    try:
        unseal(path, packed, key=key)
    except WrongKey as error:
        message = f"{path.name} does not open with this SAUMA_BACKUP_KEY, or it is damaged"
        raise ArchiveRefused(message) from error


def _unpack(packed: Path, folder: Path) -> Manifest:
    with tarfile.open(packed, "r:gz") as tar:
        for member in tar:
            if member.name not in _MEMBERS or not member.isfile() or member.size > MOST_BYTES:
                raise ValueError(member.name)
            tar.extract(member, folder, filter="data")
    said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return Manifest(
        made_at=datetime.fromisoformat(said["made_at"]),
        version=str(said["version"]),
        revision=str(said["revision"]),
        database=str(said["database"]),
        digests={str(name): str(value) for name, value in said["digests"].items()},
    )
