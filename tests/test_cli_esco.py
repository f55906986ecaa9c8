"""``sauma import esco``: the official files go in, bad ones are refused in one line, all processes use them."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from matching.said import OfferText, Statement, closeness
from placement.cli import main
from placement.vocabulary import esco_in_use, keep_esco_in, linker

SKILL, OCCUPATION = "http://data.europa.eu/esco/skill/", "http://data.europa.eu/esco/occupation/"
SKILLS = {
    "s1": ("hoitaa osteria", "sköta ostron", "tend oysters"),
    "s2": ("lajitella simpukoita", "sortera musslor", "sort mussels"),
    "s3": ("virittää urkuja", "stämma orglar", "tune organs"),
}
OCCUPATIONS = {"o1": ("osterinkasvattaja", "ostronodlare", "oyster farmer"), "o2": ("urkuri", "organist", "organist")}
COLUMNS = ("conceptType", "conceptUri", "preferredLabel", "altLabels", "status", "description", "iscoGroup")


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "instance"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAUMA_INSTANCE", str(folder))
    keep_esco_in(folder)
    yield folder
    keep_esco_in(tmp_path / "nothing")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A small classification in the format of the official files, with one retired and one missing concept."""
    folder = tmp_path / "ESCO dataset - v1.2.0 - csv"
    folder.mkdir()
    for place, language in enumerate(("fi", "sv", "en")):
        for name, kind, prefix, rows in (
            ("skills", "KnowledgeSkillCompetence", SKILL, SKILLS),
            ("occupations", "Occupation", OCCUPATION, OCCUPATIONS),
        ):
            lines = [(kind, prefix + id_, names[place], "", "released", "", "6222") for id_, names in rows.items()]
            lines.append((kind, f"{prefix}{name}-old", "old", "", "obsolete", "", ""))
            _write(folder / f"{name}_{language}.csv", COLUMNS, lines)
    needs = [("o1", "essential", "s1"), ("o1", "essential", "s2"), ("o2", "optional", "s3"), ("o2", "essential", "s9")]
    lines = [(OCCUPATION + one, kind, "skill", SKILL + other) for one, kind, other in needs]
    lines.append((OCCUPATION + "o1", "optional", "skill", SKILL + "skills-old"))
    _write(folder / "occupationSkillRelations.csv", ("occupationUri", "relationType", "skillType", "skillUri"), lines)
    return folder


def _write(path: Path, columns: tuple[str, ...], lines: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(lines)


def _run(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["import", "esco", str(folder), *options])


def _close(text: str, offer: OfferText) -> float:
    (person,), (row,) = linker().read_people([[Statement(text, "fi")]]), linker().read_offers([offer])
    return closeness(person, row) if person and row else 0.0


def test_after_the_import_finnish_words_meet_a_swedish_offer_that_shares_none(instance: Path, files: Path) -> None:
    offer = OfferText("Ostronodlare", "Vi söker folk till skärgården.", "sv")
    before = _close("hoidan ostereita", offer)

    result = _run(files)

    assert result.exit_code == 0, result.output
    assert "3 skills and 2 occupations" in result.output
    assert _close("hoidan ostereita", offer) > before + 0.3
    assert esco_in_use().startswith("1.2.0-")
    assert (instance / "esco").stat().st_mode & 0o077 == 0


def test_what_is_retired_or_missing_is_told(instance: Path, files: Path) -> None:
    output = _run(files).output

    assert "2 concepts are no longer in use and left out" in output
    assert f"1 concepts are named by a relation but missing from the files: {SKILL}s9" in output


def test_another_process_finds_what_was_prepared_and_a_spoilt_file_is_prepared_again(
    instance: Path, files: Path
) -> None:
    _run(files)
    first = esco_in_use()
    offer = OfferText("Ostronodlare", "", "sv")
    close = _close("hoidan ostereita", offer)
    keep_esco_in(instance)  # as in a process that starts later

    assert (esco_in_use(), _close("hoidan ostereita", offer)) == (first, pytest.approx(close))

    next((instance / "esco").glob("*.prepared")).write_bytes(b"spoilt")
    keep_esco_in(instance)
    assert _close("hoidan ostereita", offer) == pytest.approx(close)


def test_a_new_version_is_used_at_once_and_the_old_files_go(instance: Path, files: Path) -> None:
    _run(files)
    old = esco_in_use()

    assert _run(files, "--esco-version", "1.3.0").exit_code == 0

    assert esco_in_use() != old
    assert esco_in_use().startswith("1.3.0-")
    assert len(list((instance / "esco").iterdir())) == 3


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("skills_sv.csv", b"\xff\xfe\x00", "skills_sv.csv: not UTF-8 text"),
        ("skills_sv.csv", b"", "skills_sv.csv: the column conceptUri is missing"),
        ("occupations_fi.csv", b"conceptUri,preferredLabel\n", "occupations_fi.csv: the column altLabels is missing"),
        (
            "skills_en.csv",
            b'conceptUri,preferredLabel,altLabels,status,description\nx,"cut',
            "skills_en.csv: not a whole CSV file",
        ),
        (
            "skills_en.csv",
            b"conceptUri,preferredLabel,altLabels,status,description\nx,y\n",
            "skills_en.csv: line 2 is cut short",
        ),
        (
            "occupationSkillRelations.csv",
            b"occupationUri,relationType,skillUri\na,maybe,b\n",
            "occupationSkillRelations.csv: unknown relation 'maybe'",
        ),
        ("occupations_fi.csv", None, "occupations_fi.csv is missing"),
        ("occupationSkillRelations.csv", None, "occupationSkillRelations.csv is missing"),
    ],
)
def test_a_bad_file_is_refused_in_one_line_and_changes_nothing(
    instance: Path, files: Path, name: str, content: bytes | None, said: str
) -> None:
    if content is None:
        (files / name).unlink()
    else:
        (files / name).write_bytes(content)

    result = _run(files)

    assert result.exit_code == 1
    (line,) = [line for line in result.output.splitlines() if line.startswith("Error: ")]
    assert line.startswith(f"Error: {said}")
    assert esco_in_use() == ""


def test_a_folder_without_the_files_is_refused(instance: Path, tmp_path: Path) -> None:
    result = _run(tmp_path)

    assert result.exit_code == 1
    assert "no skills_fi.csv" in result.output


def test_when_the_kept_files_are_lost_the_vocabulary_stands_alone(instance: Path, files: Path) -> None:
    _run(files)
    next((instance / "esco").glob("*.json.gz")).unlink()
    keep_esco_in(instance)

    assert esco_in_use() == ""
    assert [one.id for one in linker().link("laitan ruokaa")][:1] == ["FOO01"]
