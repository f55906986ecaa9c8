"""Settings: every fault is told at once, the secret key is made, kept and checked."""

from pathlib import Path

import pytest

from placement.settings import SettingsError, load_settings


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("INSTANCE", "DATABASE_URL", "SECRET_KEY", "PUBLIC_URL", "MAIL_URL", "SMS_URL", "DEMO"):
        monkeypatch.delenv(f"SAUMA_{name}", raising=False)


def test_nothing_set_means_sqlite_and_folders_in_the_instance() -> None:
    settings = load_settings()
    assert settings.database_address.startswith("sqlite:///")
    assert settings.mail_folder.parts[-2:] == ("instance", "mail")
    assert not settings.is_https


def test_every_fault_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAUMA_DATABASE_URL", "mysql://somewhere/sauma")
    monkeypatch.setenv("SAUMA_SECRET_KEY", "short")
    monkeypatch.setenv("SAUMA_PUBLIC_URL", "sauma.example.fi")
    monkeypatch.setenv("SAUMA_MAIL_URL", "imap://mail.example.fi")
    monkeypatch.setenv("SAUMA_SMS_URL", "ftp://sms.example.fi")
    monkeypatch.setenv("SAUMA_TICK_SECONDS", "an hour")
    with pytest.raises(SettingsError) as raised:
        load_settings()
    told = str(raised.value)
    for name in ("DATABASE_URL", "SECRET_KEY", "PUBLIC_URL", "MAIL_URL", "SMS_URL", "TICK_SECONDS"):
        assert f"SAUMA_{name}: " in told


def test_an_address_that_is_no_address_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAUMA_DATABASE_URL", "not an address")
    with pytest.raises(SettingsError, match="SAUMA_DATABASE_URL: this is not a database address"):
        load_settings()


def test_a_file_in_place_of_the_instance_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "taken").write_text("a file")
    monkeypatch.setenv("SAUMA_INSTANCE", str(tmp_path / "taken"))
    with pytest.raises(SettingsError, match="is a file, not a folder"):
        load_settings()


def test_the_secret_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    settings = load_settings(instance=tmp_path / "instance")
    key = settings.signing_key()
    assert len(key) >= 32
    assert load_settings(instance=tmp_path / "instance").signing_key() == key
    assert (tmp_path / "instance" / "secret_key").stat().st_mode & 0o777 == 0o600
