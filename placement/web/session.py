"""One database session per request, ended in one place.

A GET session is read-only. The hook commits after an unsafe method that went well and rolls back
otherwise. Lines that log a view of a person are collected while a page is made and written by the
same hook in a second, short session: if they cannot be written, the page is not shown.
"""

from collections.abc import Callable
from typing import cast

from flask import Flask, Response, current_app, g, request
from flask import session as cookie
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import sessionmaker
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.local import LocalProxy

from placement.db import ServiceSession, open_session
from placement.web.errors import render_error

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
before_commit = "before_commit"  # name of the list of functions called with the response before it is committed
FIRST_REFUSED_STATUS = 400
FIRST_REDIRECT_STATUS = 300
# A form that comes back with its faults shows the person as well.
SHOWN_AGAIN = frozenset({409, 422})


def _factory() -> sessionmaker[ServiceSession]:
    return cast("sessionmaker[ServiceSession]", current_app.extensions["session_factory"])


def current_session() -> ServiceSession:
    """Return the session of this request, opened on first use."""
    if "db_session" not in g:
        g.db_session = open_session(_factory(), read_only=request.method in SAFE_METHODS)
    return cast("ServiceSession", g.db_session)


db_session = cast("ServiceSession", LocalProxy(current_session))


def end_transaction_before_waiting() -> None:
    """End the transaction of this request before it waits for another server, so that nobody else waits for us.

    Nothing may have been changed yet: it would be lost. The next query begins a new transaction.
    """
    if current_session().new or current_session().dirty or current_session().deleted:
        message = "end the transaction before changing anything"
        raise RuntimeError(message)
    current_session().rollback()


def after_view(write: Callable[[ServiceSession], None]) -> None:
    """Have a log line written once the page is ready, in its own transaction; the page fails if it cannot be."""
    g.setdefault("view_log", []).append(write)


def _shows_a_page(response: Response) -> bool:
    return response.status_code < FIRST_REDIRECT_STATUS or response.status_code in SHOWN_AGAIN


def end_request(response: Response) -> Response:
    """Commit or roll back, then write the log of views; turn a conflict at commit into the 409 page."""
    went_well = response.status_code < FIRST_REFUSED_STATUS
    try:
        if "db_session" in g:
            if request.method not in SAFE_METHODS and went_well:
                for prepare in current_app.extensions.get(before_commit, []):
                    prepare(response)
                g.db_session.commit()
            else:
                g.db_session.rollback()
        if g.get("view_log") and _shows_a_page(response):
            with _factory().begin() as session:
                for write in g.view_log:
                    write(session)
    except (IntegrityError, StaleDataError):
        g.db_session.rollback()
        # A success message set before a failed commit would announce what did not happen.
        cookie.pop("_flashes", None)
        return render_error(409)
    except OperationalError:
        current_app.logger.exception("the database did not answer")
        cookie.pop("_flashes", None)
        return render_error(503)
    return response


def init_app(app: Flask) -> None:
    """Register the hooks. Called last: Flask runs ``after_request`` hooks in reverse order."""
    app.after_request(end_request)

    @app.teardown_appcontext
    def _close(_error: BaseException | None) -> None:
        session = g.pop("db_session", None)
        if session is not None:
            session.close()
