"""The language of a page: chosen by the reader, else known of the person, else asked of the browser, else Finnish."""

from flask import Flask, g, request, session
from flask_babel import Babel
from flask_login import current_user

from placement.i18n import DEFAULT_LANGUAGE, LANGUAGES, locale_of

CODES = tuple(language.code for language in LANGUAGES)


def reader_language() -> str:
    """Return the code of the language of this page."""
    chosen = session.get("language")
    if chosen in CODES:
        return str(chosen)
    known = g.get("person_language")
    if known in CODES:
        return str(known)
    if not g.get("is_failing") and current_user and current_user.is_authenticated:
        return str(current_user.language)
    return request.accept_languages.best_match(CODES) or DEFAULT_LANGUAGE


def asked_language() -> str:
    """Return the language that the address asks for with ``?language=``, else that of the reader."""
    asked = request.args.get("language", "")
    return asked if asked in CODES else reader_language()


def remember_language(code: str) -> None:
    """Keep the reader's choice in the session cookie; an unknown code changes nothing."""
    if code in CODES:
        session["language"] = code


def greet_in(code: str) -> None:
    """Show this page in the language known of the person whose link was opened, unless they chose another."""
    g.person_language = code


def _switch_from_form() -> None:
    if request.method == "POST" and "_language" in request.form:
        remember_language(request.form["_language"])


def init_app(app: Flask, translations: str) -> None:
    """Set up translations and the switch that a form carries."""
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT_LANGUAGE
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = translations
    Babel(app, locale_selector=lambda: locale_of(reader_language()), timezone_selector=lambda: "Europe/Helsinki")
    app.before_request(_switch_from_form)
