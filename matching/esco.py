"""Reading the official CSV files of ESCO, the European classification of skills and occupations.

The files are the ones the European Commission gives out, of any version, for Finnish, Swedish and English, in one
folder or in a folder for each language. Whatever is wrong with them is one `EscoError` with one line; whatever is
merely left out, such as a concept that ESCO has retired, is counted.
"""

import csv
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from matching.taxonomy import ESSENTIAL, LANGUAGES, OPTIONAL, Concept, ConceptKind, Need, Taxonomy
from matching.types import Language

MOST_LABELS = 40
"""Names of one concept in one language that are kept; ESCO has concepts with more, all much alike."""
WEIGHTS = {"essential": ESSENTIAL, "optional": OPTIONAL}
NAMES = {ConceptKind.SKILL: "skills", ConceptKind.OCCUPATION: "occupations"}
COLUMNS = ("conceptUri", "preferredLabel", "altLabels", "status", "description")
RELATIONS, RELATION_COLUMNS = "occupationSkillRelations", ("occupationUri", "relationType", "skillUri")
RETIRED = frozenset({"obsolete", "deprecated", "retired"})
Progress = Callable[[int], None]


class EscoError(ValueError):
    """The files cannot be used; the message says in one line which one and why."""


@dataclass(frozen=True, slots=True)
class EscoReport:
    """What was read.

    Parameters
    ----------
    taxonomy
        The concepts and what occupations need.
    languages
        Languages that were found.
    retired
        Addresses of concepts that ESCO itself marks as no longer in use; they are left out.
    dangling
        Addresses that a relation names although no file holds them.
    """

    taxonomy: Taxonomy
    languages: tuple[Language, ...]
    retired: tuple[str, ...]
    dangling: tuple[str, ...]

    @property
    def skills(self) -> int:
        """Number of skills."""
        return sum(1 for one in self.taxonomy.concepts if one.kind == ConceptKind.SKILL)

    @property
    def occupations(self) -> int:
        """Number of occupations."""
        return len(self.taxonomy.concepts) - self.skills


@dataclass(slots=True)
class _Draft:
    """One concept while its languages are gathered."""

    kind: ConceptKind
    labels: dict[Language, tuple[str, ...]]
    descriptions: dict[Language, str]
    isco: str


def read_esco(folder: Path, *, version: str = "", progress: Progress = lambda _bytes: None) -> EscoReport:
    """Read a folder of official ESCO files.

    Parameters
    ----------
    folder
        Where the files are, also in folders below.
    version
        Version of the classification; taken from the name of the folder when left out.
    progress
        Called with the number of bytes of each file when it has been read.

    Raises
    ------
    EscoError
        When a file is missing, is not UTF-8 CSV with the columns of ESCO, or names nothing.
    """
    files = esco_files(folder)
    drafts: dict[str, _Draft] = {}
    retired: set[str] = set()
    languages: list[Language] = []
    seen = hashlib.sha256()
    for language in LANGUAGES:
        found = {kind: files.get(f"{name}_{language}") for kind, name in NAMES.items()}
        if not any(found.values()):
            continue
        languages.append(language)
        for kind, path in found.items():
            if path is None:
                raise EscoError(f"{NAMES[kind]}_{language}.csv is missing in {folder}")
            _read_concepts(path, kind, language, drafts, retired)
            _note(path, seen, progress)
    if not languages:
        raise EscoError(f"no skills_fi.csv, skills_sv.csv or skills_en.csv in {folder}")
    path = next((one for name, one in sorted(files.items()) if name.startswith(RELATIONS)), None)
    if path is None:
        raise EscoError(f"{RELATIONS}.csv is missing in {folder}")
    needs, dangling = _read_needs(path, drafts, retired)
    _note(path, seen, progress)
    concepts = tuple(Concept(id_, one.kind, one.labels, one.descriptions, one.isco) for id_, one in drafts.items())
    for kind, name in NAMES.items():
        if not any(one.kind == kind for one in concepts):
            raise EscoError(f"the files hold no {name} in use")
    name = version or version_of(folder) or "unknown"
    taxonomy = Taxonomy("esco", f"{name}-{seen.hexdigest()[:12]}", concepts, needs)
    return EscoReport(taxonomy, tuple(languages), tuple(sorted(retired)), dangling)


def esco_files(folder: Path) -> Mapping[str, Path]:
    """Return the CSV files that are read, by name without ending; of two with the same name the first by path."""
    if not folder.is_dir():
        raise EscoError(f"{folder} is not a folder")
    wanted = re.compile(rf"(?:skills|occupations)_(?:fi|sv|en)|{RELATIONS}(?:_[a-z]{{2}})?", re.ASCII)
    files: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.csv")):
        if path.is_file() and wanted.fullmatch(path.stem):
            files.setdefault(path.stem, path)
    return files


def version_of(folder: Path) -> str:
    """Return the version in the name of a folder, such as 1.2.0, or nothing."""
    found = re.search(r"v?(\d+\.\d+(?:\.\d+)?)", folder.resolve().name)
    return found[1] if found else ""


def _read_concepts(
    path: Path, kind: ConceptKind, language: Language, drafts: dict[str, _Draft], retired: set[str]
) -> None:
    for row in _rows(path, COLUMNS):
        id_, name = row["conceptUri"].strip(), row["preferredLabel"].strip()
        if row["status"].strip().lower() in RETIRED:
            retired.add(id_)
            continue
        if not id_ or not name:
            continue  # ESCO leaves the name of a concept empty where a language has none
        draft = drafts.setdefault(id_, _Draft(kind, {}, {}, (row.get("iscoGroup") or "").strip()))
        others = (one.strip() for one in row["altLabels"].split("\n"))
        draft.labels[language] = tuple(dict.fromkeys([name, *(one for one in others if one)]))[:MOST_LABELS]
        if row["description"].strip():
            draft.descriptions[language] = " ".join(row["description"].split())


def _read_needs(
    path: Path, drafts: Mapping[str, _Draft], retired: set[str]
) -> tuple[tuple[Need, ...], tuple[str, ...]]:
    needs: dict[tuple[str, str], Need] = {}
    dangling: set[str] = set()
    for row in _rows(path, RELATION_COLUMNS):
        occupation, skill = row["occupationUri"].strip(), row["skillUri"].strip()
        weight = WEIGHTS.get(row["relationType"].strip().lower())
        if weight is None:
            raise EscoError(f"{path.name}: unknown relation {row['relationType'][:40]!r}")
        unknown = {one for one in (occupation, skill) if one not in drafts}
        dangling |= unknown - retired
        if not unknown:
            needs.setdefault((occupation, skill), Need(occupation, skill, weight))
    return tuple(needs.values()), tuple(sorted(dangling))


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
            if missing:
                raise EscoError(f"{path.name}: the column {missing[0]} is missing")
            for row in reader:
                if any(row[name] is None for name in columns):
                    raise EscoError(f"{path.name}: line {reader.line_num} is cut short")
                yield row
    except UnicodeDecodeError as error:
        raise EscoError(f"{path.name}: not UTF-8 text") from error
    except csv.Error as error:
        raise EscoError(f"{path.name}: not a whole CSV file ({error})") from error
    except OSError as error:
        raise EscoError(f"{path.name}: cannot be read ({error.strerror})") from error


def _note(path: Path, seen: "hashlib._Hash", progress: Progress) -> None:
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            seen.update(block)
    progress(path.stat().st_size)
