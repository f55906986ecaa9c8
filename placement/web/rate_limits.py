"""Limits on sign-in and public forms, counted in the database so that all web processes share them."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request
from limits import parse_many
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from placement.accounts.models import RateCount
from placement.clock import utcnow
from placement.settings import Settings

SIGN_IN = "10 per minute;60 per hour"
PUBLIC_FORM = "20 per minute;200 per hour"
_LIMITED_LIBRARY_PAGES = frozenset(
    {
        "security.login",
        "security.two_factor_token_validation",
        "security.mf_recovery",
        "security.forgot_password",
        "security.reset_password",
        "security.change_password",
        "security.verify",
    }
)


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


View = TypeVar("View", bound=Callable[..., Any])


def limited(limit: str) -> Callable[[View], View]:
    """Limit how often one address may send the forms of a view: ``@limited(PUBLIC_FORM)``."""

    def mark(view: View) -> View:
        view.rate_limit = limit  # type: ignore[attr-defined]
        return view

    return mark


def _limit_of(endpoint: str) -> str | None:
    own = getattr(current_app.view_functions[endpoint], "rate_limit", None)
    return own or (SIGN_IN if endpoint in _LIMITED_LIBRARY_PAGES else None)


def check_rate() -> None:
    """Refuse a form that its sender has sent too often.

    Runs before anything opens the session of the request: the count is written in a transaction of its
    own, which could not get the write lock that the request would already hold.
    """
    if request.method in {"GET", "HEAD", "OPTIONS"} or request.endpoint is None:
        return
    limit = _limit_of(request.endpoint)
    if limit is None:
        return
    strategy: FixedWindowRateLimiter = current_app.extensions["rate_limits"]
    for item in parse_many(limit):
        if not strategy.hit(item, request.endpoint, request.remote_addr or "unknown"):
            abort(429)


def init_app(app: Flask, settings: Settings) -> None:
    """Switch the limits on; the test suite switches them on where it tests them."""
    app.extensions["rate_limits"] = FixedWindowRateLimiter(DatabaseStorage())
    if not settings.testing:
        app.before_request(check_rate)
