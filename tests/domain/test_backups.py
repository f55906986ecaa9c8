"""Copies of an installation: whole, closed with a key, kept for a while, and never trusted when damaged."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placement.backups.archive import ArchiveRefused, archive_name, made_at_of, opened_archive
from placement.backups.databases import DatabaseNotCopied
from placement.backups.ledger import SentLedger
from placement.backups.making import make_backup, newest_backup
from placement.backups.restoring import RestoreRefused, restore
from placement.backups.rotation import DAYS_KEPT, WEEKS_KEPT, to_forget
from placement.backups.sealing import BLOCK, WrongKey, new_key, seal, unseal
from placement.clock import utcnow
from placement.migrations.run import upgrade
from placement.settings import Settings

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("new") / "sauma.sqlite3"
    upgrade(f"sqlite:///{path}")
    return path.read_bytes()


def _installation(folder: Path, content: bytes, **values: str) -> Settings:
    made = Settings(_env_file=None, instance=folder, **values)
    made.make_instance()
    (folder / "sauma.sqlite3").write_bytes(content)
    return made


@pytest.fixture
def installation(tmp_path: Path, new_database: bytes) -> Settings:
    return _installation(tmp_path / "instance", new_database, backup_key=new_key())


@pytest.fixture
def open_installation(tmp_path: Path, new_database: bytes) -> Settings:
    return _installation(tmp_path / "instance", new_database)


def test_a_copy_holds_database_and_key_and_is_for_its_owner_only(installation: Settings) -> None:
    made = make_backup(installation)
    assert made.stat().st_mode & 0o077 == 0
    assert newest_backup(installation) == made
    with opened_archive(made, key=installation.backup_key) as (manifest, folder):
        assert (folder / "secret_key").read_text(encoding="ascii") == installation.signing_key()
        assert manifest.revision
        assert (folder / manifest.database).read_bytes().startswith(b"SQLite format 3")
    assert [path.name for path in installation.backup_folder.iterdir()] == [made.name]


@pytest.mark.parametrize("key", ["", new_key()], ids=["no key", "another key"])
def test_a_closed_copy_does_not_open_without_its_key(installation: Settings, key: str) -> None:
    made = make_backup(installation)
    with pytest.raises(ArchiveRefused, match="SAUMA_BACKUP_KEY"), opened_archive(made, key=key):
        pytest.fail("it opened")


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK])
def test_sealing_gives_back_what_went_in(tmp_path: Path, size: int) -> None:
    plain, closed, opened = tmp_path / "plain", tmp_path / "closed", tmp_path / "opened"
    plain.write_bytes(bytes(index % 251 for index in range(size)))
    key = new_key()
    seal(plain, closed, key=key)
    unseal(closed, opened, key=key)
    assert opened.read_bytes() == plain.read_bytes()


@pytest.mark.parametrize("harm", ["cut", "swapped", "changed"])
def test_a_sealed_file_that_was_harmed_is_noticed(tmp_path: Path, harm: str) -> None:
    plain, closed = tmp_path / "plain", tmp_path / "closed"
    plain.write_bytes(b"x" * (2 * BLOCK))
    key = new_key()
    seal(plain, closed, key=key)
    first, second = closed.read_bytes().splitlines(keepends=True)
    harmed = {"cut": [first], "swapped": [second, first], "changed": [first[:-40] + b"A" * 39 + b"\n", second]}[harm]
    closed.write_bytes(b"".join(harmed))
    with pytest.raises(WrongKey):
        unseal(closed, tmp_path / "opened", key=key)


def test_a_byte_that_fell_over_in_a_copy_is_noticed_before_anything_is_touched(open_installation: Settings) -> None:
    installation = open_installation
    made = make_backup(installation)
    content = bytearray(made.read_bytes())
    content[len(content) // 2] ^= 0xFF
    made.write_bytes(bytes(content))
    before = (installation.instance / "sauma.sqlite3").read_bytes()
    with pytest.raises(ArchiveRefused, match="damaged"):
        restore(installation, made, replace=True)
    assert (installation.instance / "sauma.sqlite3").read_bytes() == before


def test_a_damaged_database_is_not_copied_as_if_it_were_whole(open_installation: Settings) -> None:
    installation = open_installation
    path = installation.instance / "sauma.sqlite3"
    content = bytearray(path.read_bytes())
    content[8192:12288] = b"\xff" * 4096
    path.write_bytes(bytes(content))
    with pytest.raises(DatabaseNotCopied):
        make_backup(installation)
    assert newest_backup(installation) is None


def test_a_database_that_is_there_is_set_aside_only_when_asked(installation: Settings) -> None:
    made = make_backup(installation)
    with pytest.raises(RestoreRefused, match="--replace"):
        restore(installation, made)
    done = restore(installation, made, replace=True)
    assert done.set_aside is not None
    assert done.set_aside.exists()


@given(st.lists(st.integers(min_value=0, max_value=400), unique=True, max_size=80))
def test_rotation_keeps_the_newest_and_at_most_one_a_day_and_a_week(days: list[int]) -> None:
    copies = {NOON - timedelta(days=day) for day in days}
    kept = copies - to_forget(copies)
    newest = sorted(copies, reverse=True)
    assert set(newest[:DAYS_KEPT]) <= kept
    assert len(kept) <= DAYS_KEPT + WEEKS_KEPT
    assert to_forget(kept) == set()


def test_the_name_of_a_copy_tells_its_time_and_other_files_are_left_alone() -> None:
    for is_closed in (True, False):
        assert made_at_of(Path(archive_name(NOON, is_closed=is_closed))) == NOON
    assert made_at_of(Path("notes.tar.gz")) is None


def test_the_ledger_knows_whether_it_covers_the_time_and_survives_a_torn_line(tmp_path: Path) -> None:
    ledger = SentLedger(tmp_path)
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    assert not ledger.since(long_ago).is_whole
    ledger.keep_from_now()
    begun = utcnow()
    ledger.note("day 7 | youth 3")
    with (tmp_path / "sent.ledger").open("a", encoding="ascii") as file:
        file.write("2026-11-25T1")
    assert not ledger.since(long_ago).is_whole
    assert ledger.since(begun).is_whole
    assert len(ledger.since(begun).marks) == 1
    assert "youth" not in (tmp_path / "sent.ledger").read_text(encoding="ascii")


def test_a_torn_line_does_not_swallow_the_next_one(tmp_path: Path) -> None:
    ledger = SentLedger(tmp_path)
    ledger.keep_from_now()
    with (tmp_path / "sent.ledger").open("a", encoding="ascii") as file:
        file.write("2026-11-25T1")
    begun = utcnow()
    ledger.note("one")
    assert len(ledger.since(begun).marks) == 1
