"""ESCO in this installation: taking it in, keeping it, and the linker that every process uses.

Two files stand for one version in the folder ``esco`` of the instance: the concepts, and the same prepared for
linking. A third says which version is in use; it is replaced in one step, and every process looks at it before it
links, so that all of them use the same version from then on. Without it the vocabulary of Sauma stands alone.
"""

import gzip
import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import joblib

from matching import (
    Concept,
    ConceptKind,
    EscoError,
    EscoReport,
    Linker,
    Need,
    Taxonomy,
    default_linker,
    esco_files,
    make_linker,
    make_reader,
    own_taxonomy,
    read_esco,
)

if TYPE_CHECKING:
    from matching.reading import Reader

__all__ = ["EscoError", "EscoReport", "esco_in_use", "esco_size", "keep_esco_in", "linker", "take_in_esco"]

log = logging.getLogger(__name__)
PREPARED = 1
"""Raised when what is prepared would be read differently; it is then prepared again."""
Mark = tuple[int, int]


@dataclass(slots=True)
class _InUse:
    """What this process links with."""

    folder: Path | None = None
    mark: Mark | None = None
    linker: Linker | None = None


_in_use = _InUse()
_lock = threading.Lock()


def keep_esco_in(instance: Path) -> None:
    """Say where this process finds ESCO: the instance folder."""
    with _lock:
        _in_use.folder, _in_use.mark, _in_use.linker = instance.resolve() / "esco", None, None


def linker() -> Linker:
    """Return the linker over the version in use; the same object until another version is taken in."""
    folder = _in_use.folder
    mark = None if folder is None else _mark(folder)
    if folder is None or mark is None:
        return default_linker()
    if _in_use.mark == mark and _in_use.linker is not None:
        return _in_use.linker
    with _lock:
        if _in_use.mark != mark or _in_use.linker is None:
            _in_use.linker, _in_use.mark = _load(folder), mark
        return _in_use.linker


def esco_in_use() -> str:
    """Return the version of ESCO in use, or nothing."""
    taxonomy = linker().taxonomy
    return "" if taxonomy is own_taxonomy() else taxonomy.version.removeprefix(f"{own_taxonomy().version}+")


def esco_size(folder: Path) -> int:
    """Return how many bytes of a folder will be read, for a progress bar."""
    return sum(path.stat().st_size for path in esco_files(folder).values())


def take_in_esco(
    folder: Path, instance: Path, *, version: str = "", progress: Callable[[int], None] = lambda _bytes: None
) -> EscoReport:
    """Read the official files, prepare them for linking, and put them in use.

    Nothing changes when the files are refused or preparing is broken off.

    Raises
    ------
    EscoError
        When the files cannot be used.
    """
    report = read_esco(folder, version=version, progress=progress)
    kept = instance.resolve() / "esco"
    kept.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = report.taxonomy.version
    _write(kept / f"{name}.json.gz", gzip.compress(json.dumps(_plain(report.taxonomy)).encode("utf-8"), 6))
    _prepare(kept, name, report.taxonomy)
    _write(kept / "current.json", json.dumps({"version": name}).encode("utf-8"))
    for path in kept.iterdir():
        if path.name != "current.json" and not path.name.startswith(name):
            path.unlink(missing_ok=True)  # a process that still uses the old version holds it open
    return report


def _mark(folder: Path) -> Mark | None:
    try:
        found = (folder / "current.json").stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino


def _load(folder: Path) -> Linker:
    try:
        name = json.loads((folder / "current.json").read_text(encoding="utf-8"))["version"]
        taxonomy = _taxonomy(json.loads(gzip.decompress((folder / f"{name}.json.gz").read_bytes())))
        return make_linker(_together(taxonomy), lambda: _reader(folder, name, taxonomy))
    except (OSError, ValueError, KeyError, TypeError, EOFError):
        log.exception("ESCO cannot be read; linking goes on without it. Import it again.")
        return default_linker()


def _reader(folder: Path, name: str, taxonomy: Taxonomy) -> "Reader":
    path = _prepared_path(folder, name)
    try:
        # Mapped, not read: the processes of the service share the memory.
        prepared: Reader = joblib.load(path, mmap_mode="r")
    except Exception:  # noqa: BLE001 — whatever is wrong with a prepared file, it can be prepared again
        log.warning("preparing ESCO again for linking")
        return _prepare(folder, name, taxonomy)
    return prepared


def _prepare(folder: Path, name: str, taxonomy: Taxonomy) -> "Reader":
    reader = make_reader(_together(taxonomy))
    path = _prepared_path(folder, name)
    draft = path.with_suffix(".draft")
    joblib.dump(reader, draft)
    draft.replace(path)
    return reader


def _prepared_path(folder: Path, name: str) -> Path:
    return folder / f"{name}-{joblib.__version__}-{PREPARED}.prepared"


def _together(taxonomy: Taxonomy) -> Taxonomy:
    return own_taxonomy().followed_by(taxonomy)


def _write(path: Path, content: bytes) -> None:
    draft = path.with_name(path.name + ".draft")
    draft.write_bytes(content)
    draft.replace(path)


def _plain(taxonomy: Taxonomy) -> dict[str, Any]:
    places = {concept.id: place for place, concept in enumerate(taxonomy.concepts)}
    return {
        "name": taxonomy.name,
        "version": taxonomy.version,
        "concepts": [
            [one.id, one.kind.value, dict(one.labels), dict(one.descriptions), one.isco] for one in taxonomy.concepts
        ],
        "needs": [[places[one.occupation], places[one.skill], one.weight] for one in taxonomy.needs],
    }


def _taxonomy(plain: dict[str, Any]) -> Taxonomy:
    concepts = tuple(
        Concept(id_, ConceptKind(kind), {code: tuple(names) for code, names in labels.items()}, descriptions, isco)
        for id_, kind, labels, descriptions, isco in plain["concepts"]
    )
    needs = tuple(Need(concepts[row].id, concepts[column].id, weight) for row, column, weight in plain["needs"])
    return Taxonomy(plain["name"], plain["version"], concepts, needs)
