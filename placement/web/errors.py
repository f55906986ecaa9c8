"""Error pages: one place that turns what went wrong into a page in the reader's language."""

from flask import Flask, Response, current_app, g, make_response, render_template
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from placement.errors import DomainError
from placement.i18n import DEFAULT_LANGUAGE, current_language

PAGES = frozenset({400, 403, 404, 409, 413, 422, 429, 500, 503})
STANDALONE = frozenset({500, 503})
RETRY_SECONDS = "10"


def render_error(status: int, *, message: object = None) -> Response:
    """Render the page of a status. The 500 and 503 pages ask nothing of the database or the session.

    Other statuses, such as 405, 414 and 415, have the page that says that we could not read it, or, from 500 on,
    that something went wrong.
    """
    page = status if status in PAGES else 400 if status < 500 else 500
    if page in STANDALONE:
        g.is_failing = True
        # Without the values that every other page gets: they ask the database who is signed in.
        html = current_app.jinja_env.get_template(f"errors/{page}.html").render(language=_language())
    else:
        html = render_template(f"errors/{page}.html", message=message, language=_language())
    response = make_response(html, status)
    if status in {429, 503}:
        response.headers["Retry-After"] = RETRY_SECONDS
    return response


def is_failing() -> bool:
    """Whether a page is being made because something broke, so that nothing may be asked of the database."""
    return bool(g.get("is_failing"))


def _language() -> str:
    try:
        return current_language()
    except Exception:  # noqa: BLE001 - an error page must never fail itself
        return DEFAULT_LANGUAGE


def init_app(app: Flask) -> None:
    """Register the handlers."""

    @app.errorhandler(HTTPException)
    def _http_error(error: HTTPException) -> Response:
        if error.response is not None:
            return make_response(error.response)
        return render_error(error.code or 500)

    @app.errorhandler(CSRFError)
    def _form_too_old(_error: CSRFError) -> Response:
        return render_error(400)

    @app.errorhandler(DomainError)
    def _domain_error(error: DomainError) -> Response:
        return render_error(error.status, message=error.message)

    @app.errorhandler(IntegrityError)
    @app.errorhandler(StaleDataError)
    def _conflict(_error: Exception) -> Response:
        return render_error(409)

    @app.errorhandler(OperationalError)
    def _no_database(_error: OperationalError) -> Response:
        current_app.logger.exception("the database did not answer")
        return render_error(503)

    @app.errorhandler(Exception)
    def _unexpected(error: Exception) -> Response:
        if app.testing:
            raise error
        current_app.logger.exception("unexpected error")
        return render_error(500)
