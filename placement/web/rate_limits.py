"""Limits on sign-in and public forms, counted in the database so that all web processes share them."""

import time
from datetime import UTC, datetime
from typing import Any, cast

from flask import Flask, current_app
from flask.typing import RouteCallable
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits.storage import Storage
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from placement.accounts.models import RateCount
from placement.clock import utcnow
from placement.settings import Settings

SIGN_IN = "10 per minute;60 per hour"
PUBLIC_FORM = "20 per minute;200 per hour"


class DatabaseStorage(Storage):
    """Counts hits in the table ``rate_count``, each in a short transaction of its own."""

    STORAGE_SCHEME = ["database"]  # noqa: RUF012 - the library's own attribute

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: Any) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)

    @property
    def base_exceptions(self) -> type[Exception]:
        """What the database raises."""
        return SQLAlchemyError

    @staticmethod
    def _session() -> Any:
        return current_app.extensions["session_factory"].begin()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count a hit and return the hits of the window."""
        now = utcnow()
        ends = datetime.fromtimestamp(time.time() + expiry, UTC)
        with self._session() as session:
            changed = session.execute(
                update(RateCount)
                .where(RateCount.key == key, RateCount.expires_at > now)
                .values(hits=RateCount.hits + amount)
            )
            if changed.rowcount == 0:
                session.execute(delete(RateCount).where(RateCount.key == key))
                try:
                    with session.begin_nested():
                        session.add(RateCount(key=key, hits=amount, expires_at=ends))
                except IntegrityError:  # another process began the same window
                    session.execute(update(RateCount).where(RateCount.key == key).values(hits=RateCount.hits + amount))
            return int(session.scalar(select(RateCount.hits).where(RateCount.key == key)) or amount)

    def get(self, key: str) -> int:
        """Return the hits of the window."""
        with self._session() as session:
            query = select(RateCount.hits).where(RateCount.key == key, RateCount.expires_at > utcnow())
            return int(session.scalar(query) or 0)

    def get_expiry(self, key: str) -> float:
        """Return when the window ends, in seconds since 1970."""
        with self._session() as session:
            ends = session.scalar(select(RateCount.expires_at).where(RateCount.key == key))
            return ends.timestamp() if ends else time.time()

    def check(self) -> bool:
        """Return whether the table can be read."""
        with self._session() as session:
            session.scalar(select(func.count()).select_from(RateCount))
        return True

    def reset(self) -> int | None:
        """Forget every count."""
        with self._session() as session:
            return int(session.execute(delete(RateCount)).rowcount)

    def clear(self, key: str) -> None:
        """Forget the count of a key."""
        with self._session() as session:
            session.execute(delete(RateCount).where(RateCount.key == key))


limiter = Limiter(key_func=get_remote_address, storage_uri="database://", strategy="fixed-window")


def init_app(app: Flask, settings: Settings) -> None:
    """Switch the limits on; the test suite switches them on where it tests them."""
    app.config["RATELIMIT_ENABLED"] = not settings.testing
    app.config["RATELIMIT_HEADERS_ENABLED"] = True
    limiter.init_app(app)


def limit_library_pages(app: Flask) -> None:
    """Limit the forms of the sign-in library, once they are registered."""
    for endpoint in ("security.login", "security.two_factor_token_validation", "security.forgot_password"):
        view = app.view_functions[endpoint]
        app.view_functions[endpoint] = cast("RouteCallable", limiter.limit(SIGN_IN, methods=["POST"])(view))
