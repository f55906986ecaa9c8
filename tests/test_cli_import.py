"""``sauma import offers``: what it prints, what it makes, with which code it ends."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from placement.accounts.models import Centre
from placement.cli import main
from placement.db import make_engine
from placement.migrations.run import upgrade
from placement.offers.models import Offer
from placement.offers.states import OfferState

EXAMPLES = Path(__file__).parents[1] / "examples" / "offers"


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database with one centre, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "sauma.sqlite3"
    upgrade(f"sqlite:///{path}")
    _add_centre(path, "kivilampi")
    return path


@pytest.fixture
def database(migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database of an installation of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAUMA_INSTANCE", str(tmp_path))
    monkeypatch.delenv("SAUMA_DATABASE_URL", raising=False)
    return Path(shutil.copy(migrated, tmp_path / "sauma.sqlite3"))


@pytest.fixture
def engine(database: Path) -> Iterator[Engine]:
    made = make_engine(f"sqlite:///{database}")
    yield made
    made.dispose()


def _add_centre(path: Path, slug: str) -> None:
    engine = make_engine(f"sqlite:///{path}")
    with Session(engine) as session, session.begin():
        session.add(Centre(slug=slug, name=f"Ohjaamo {slug}", municipality_code="698"))
    engine.dispose()


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["import", "offers", *arguments, "--language", "en"])


def _states(engine: Engine) -> list[OfferState]:
    with Session(engine) as session:
        return list(session.scalars(select(Offer.state)))


def test_a_good_list_is_imported_and_again_makes_nothing(engine: Engine) -> None:
    first = _run(str(EXAMPLES / "offers-en.xlsx"), "--publish")
    assert first.exit_code == 0, first.output
    assert "5 offers were made." in first.output
    assert "Ripeä Kuriiri Oy: Bicycle courier" in first.output
    assert _states(engine) == [OfferState.LIVE] * 5
    second = _run(str(EXAMPLES / "offers-en.xlsx"))
    assert second.exit_code == 0
    assert "0 offers were made.\n5 are here already." in second.output
    assert len(_states(engine)) == 5


def test_a_dry_run_tells_row_by_row_and_changes_nothing(engine: Engine) -> None:
    result = _run(str(EXAMPLES / "with-faults.csv"), "--dry-run")
    assert result.exit_code == 3
    assert "1 offer would be made." in result.output
    assert "Kind: We do not know this kind of place." in result.output
    assert "These columns are not understood and are left out: Sisäinen muistiinpano." in result.output
    assert _states(engine) == []


def test_rows_to_mend_are_written_to_a_file(engine: Engine, tmp_path: Path) -> None:
    rejects = tmp_path / "mend.csv"
    result = _run(str(EXAMPLES / "with-faults.csv"), "--rejects", str(rejects))
    assert result.exit_code == 3
    assert len(rejects.read_text(encoding="utf-8-sig").splitlines()) == 1 + 9
    assert len(_states(engine)) == 1


@pytest.mark.parametrize("options", [[], ["--no-publish"]])
def test_offers_are_left_to_be_checked_unless_they_are_published(engine: Engine, options: list[str]) -> None:
    result = _run(str(EXAMPLES / "jobposting.json"), *options)
    assert result.exit_code == 0, result.output
    assert _states(engine) == [OfferState.SUBMITTED] * 2


def test_the_report_is_in_the_language_asked_for(database: Path) -> None:
    result = CliRunner().invoke(main, ["import", "offers", str(EXAMPLES / "offers-en.xlsx"), "--dry-run"])
    assert result.exit_code == 0, result.output


@pytest.mark.usefixtures("database")
def test_a_file_that_is_no_list_is_refused_with_one_line(tmp_path: Path) -> None:
    image = tmp_path / "list.csv"
    image.write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    result = _run(str(image))
    assert result.exit_code == 1
    assert result.output.startswith("Error: This is not a list.")


@pytest.mark.usefixtures("database")
def test_a_missing_file_is_a_fault_of_usage() -> None:
    assert _run("nothing-here.csv").exit_code == 2


def test_the_centre_is_asked_for_when_there_are_several(database: Path, engine: Engine) -> None:
    _add_centre(database, "rantala")
    refused = _run(str(EXAMPLES / "platser-sv.csv"))
    assert refused.exit_code == 1
    assert "there are: kivilampi, rantala" in refused.output
    assert _run(str(EXAMPLES / "platser-sv.csv"), "--centre", "rantala").exit_code == 0
    with Session(engine) as session:
        centre = session.scalar(select(Centre.id).where(Centre.slug == "rantala"))
        assert session.scalar(select(func.count(Offer.id)).where(Offer.centre_id == centre)) == 5


def test_a_long_list_shows_how_far_it_is(engine: Engine, tmp_path: Path) -> None:
    rows = "\n".join(f"Yritys {number};Tiskaaja;työkokeilu" for number in range(250))
    path = tmp_path / "long.csv"
    path.write_text(f"Työnantaja;Otsikko;Laji\n{rows}", encoding="utf-8")
    result = _run(str(path), "--dry-run")
    assert "Checking the rows" in result.output
    assert "250 offers would be made." in result.output
