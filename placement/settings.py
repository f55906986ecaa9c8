"""Settings of one installation, read once from the environment (prefix ``SAUMA_``) and ``.env``.

Every wrong or missing value is reported at once, in one plain list.
"""

import re
import secrets
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

SHORTEST_SECRET = 32


class SettingsError(Exception):
    """The environment does not describe an installation that can start; the message lists every fault."""


class Settings(BaseSettings):
    """One installation. Frozen: read once, passed along, never changed."""

    model_config = SettingsConfigDict(env_prefix="SAUMA_", env_file=".env", extra="ignore", frozen=True)

    instance: Path = Field(Path("instance"), description="Folder for the database, mail, backups and keys.")
    database_url: str = Field("", description="SQLAlchemy address; empty means SQLite in the instance folder.")
    secret_key: str = Field("", description="Signs sessions; made and kept in the instance folder when empty.")
    public_url: str = Field("http://127.0.0.1:8000", description="Address that links in messages begin with.")
    mail_url: str = Field(
        "", description="smtp://user:password@host:587 or smtps://…; empty writes .eml files to the instance folder."
    )
    mail_from: str = Field("sauma@example.fi", description="Sender address of every e-mail.")
    sms_url: str = Field("", description="HTTP address of the SMS gateway; empty writes .txt files instead.")
    sms_key: str = Field("", description="Key that the SMS gateway asks for; sent as a bearer token.")
    sms_per_second: float = Field(10, gt=0, le=1000, description="Text messages a second, at most.")
    sms_callback_key: str = Field("", description="Key with which the gateway signs its words about delivery.")
    company_register_url: str = Field(
        "",
        description="Address of the company register’s open data, such as "
        "https://avoindata.prh.fi/opendata-ytj-api/v3; empty asks nobody.",
    )
    backup_key: str = Field("", description="Closes copies of the installation; `sauma backup-key` makes one.")
    backup_dir: str = Field("", description="Folder of the copies; empty means `backups` in the instance folder.")
    trusted_proxies: int = Field(0, ge=0, le=5, description="Number of reverse proxies in front of the service.")
    tick_seconds: int = Field(5, ge=1, le=20, description="How often the jobs process looks for due work.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="Least serious log line kept.")
    demo: bool = Field(False, description="Demo installation: sign-in page tells the demo accounts.")
    testing: bool = Field(False, description="Only for the test suite: strict checks on, rate limits off.")

    @field_validator("public_url")
    @classmethod
    def _public_url_is_complete(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path not in {"", "/"}:
            message = "give scheme and host only, such as https://sauma.example.fi"
            raise ValueError(message)
        return value.rstrip("/")

    @field_validator("mail_url")
    @classmethod
    def _mail_url_is_smtp(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"smtp", "smtps"} or not parts.hostname):
            message = "give smtp://host:port or smtps://host:port"
            raise ValueError(message)
        return value

    @field_validator("sms_url")
    @classmethod
    def _sms_url_is_http(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in {"http", "https"}:
            message = "give an http:// or https:// address"
            raise ValueError(message)
        return value

    @field_validator("sms_callback_key")
    @classmethod
    def _callback_key_is_strong(cls, value: str) -> str:
        if value and (len(value) < SHORTEST_SECRET or len(set(value)) < 10):
            message = f"use at least {SHORTEST_SECRET} varied characters"
            raise ValueError(message)
        return value

    @field_validator("company_register_url")
    @classmethod
    def _register_url_is_http(cls, value: str) -> str:
        if value and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).netloc):
            message = "give an http:// or https:// address"
            raise ValueError(message)
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database_is_supported(cls, value: str) -> str:
        if not value:
            return value
        try:
            backend = make_url(value).get_backend_name()
        except ArgumentError as error:
            message = "this is not a database address"
            raise ValueError(message) from error
        if backend not in {"sqlite", "postgresql"}:
            message = "use sqlite:///… or postgresql+psycopg://…"
            raise ValueError(message)
        return value

    @field_validator("backup_key")
    @classmethod
    def _backup_key_is_a_key(cls, value: str) -> str:
        if value and not re.fullmatch(r"[A-Za-z0-9_-]{43}=", value):
            message = "this is not a key that `sauma backup-key` made"
            raise ValueError(message)
        return value

    @field_validator("secret_key")
    @classmethod
    def _secret_is_strong(cls, value: str) -> str:
        if value and (len(value) < SHORTEST_SECRET or len(set(value)) < 10):
            message = f"use at least {SHORTEST_SECRET} varied characters, or leave it empty to have one made"
            raise ValueError(message)
        return value

    @model_validator(mode="after")
    def _instance_can_be_used(self) -> "Settings":
        if self.instance.exists() and not self.instance.is_dir():
            message = f"SAUMA_INSTANCE: {self.instance} is a file, not a folder"
            raise ValueError(message)
        return self

    @property
    def database_address(self) -> str:
        """The SQLAlchemy address in use: the given one or SQLite in the instance folder."""
        return self.database_url or f"sqlite:///{self.instance.resolve() / 'sauma.sqlite3'}"

    @property
    def mail_folder(self) -> Path:
        """Folder where messages are written when no mail server or SMS gateway is set."""
        return self.instance.resolve() / "mail"

    @property
    def backup_folder(self) -> Path:
        """Folder where the copies of the installation are kept."""
        return Path(self.backup_dir) if self.backup_dir else self.instance.resolve() / "backups"

    @property
    def is_https(self) -> bool:
        """Whether people reach the service over https, so that cookies may be sent over it only."""
        return self.public_url.startswith("https://")

    def make_instance(self) -> None:
        """Make the instance folder when there is none; nobody else may look into it."""
        self.instance.mkdir(mode=0o700, parents=True, exist_ok=True)

    def signing_key(self) -> str:
        """The secret key: the given one, or one made on first use and kept in the instance folder, mode 0600."""
        if self.secret_key:
            return self.secret_key
        path = self.instance / "secret_key"
        if not path.exists():
            self.make_instance()
            path.touch(mode=0o600, exist_ok=True)
            path.write_text(secrets.token_urlsafe(48), encoding="ascii")
        return path.read_text(encoding="ascii").strip()


def load_settings(**overrides: object) -> Settings:
    """Read the settings from the environment and ``.env``; raise SettingsError naming every fault at once."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        lines = []
        for fault in error.errors():
            name = "_".join(str(part) for part in fault["loc"]).upper()
            prefix = f"SAUMA_{name}: " if name else ""
            lines.append(prefix + fault["msg"].removeprefix("Value error, "))
        raise SettingsError("\n".join(lines)) from error
