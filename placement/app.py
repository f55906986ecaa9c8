"""Making the web application: numbered steps, nothing else."""

from pathlib import Path
from typing import Any

from flask import Flask
from flask_bootstrap import Bootstrap5
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from placement import i18n, models
from placement.db import make_engine, make_session_factory
from placement.settings import Settings
from placement.templating import template_folder
from placement.vocabulary import keep_esco_in
from placement.web import (
    access,
    errors,
    headers,
    language,
    odd_input,
    rate_limits,
    register_screens,
    sent_once,
    session,
    sign_in,
)
from placement.web.forms import local_municipality
from placement.web.gateway import bp as gateway
from placement.web.navigation import navigation
from placement.web.pagination import url_for_page

LARGEST_UPLOAD = 5 * 1024 * 1024
LARGEST_FORM = 512 * 1024
MOST_FORM_PARTS = 1000


def create_app(settings: Settings, engine: Engine | None = None) -> Flask:
    """Return the application for one installation; the jobs process and the commands use it too."""
    # 1. the bare application
    app = Flask("placement", template_folder=str(template_folder()))
    app.config.update(
        SAUMA_SETTINGS=settings,
        SECRET_KEY=settings.signing_key(),
        TESTING=settings.testing,
        MAX_CONTENT_LENGTH=LARGEST_UPLOAD,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        MAX_FORM_PARTS=MOST_FORM_PARTS,
        SESSION_COOKIE_NAME="__Host-sauma" if settings.is_https else "sauma",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=sign_in.SESSION_ABSOLUTE,
        # Pages of personal links send no referrer, so the form token alone must do.
        WTF_CSRF_SSL_STRICT=False,
        WTF_CSRF_TIME_LIMIT=None,
        BOOTSTRAP_SERVE_LOCAL=True,
    )
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    keep_esco_in(settings.instance)
    # 2. the database
    engine = engine or make_engine(settings.database_address)
    app.extensions["engine"] = engine
    app.extensions["session_factory"] = make_session_factory(engine)
    models.Base.registry.configure()
    # 3. pages: templates, language, assets
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    Bootstrap5(app)
    language.init_app(app, str(Path(__file__).parent / "translations"))
    _give_templates(app)
    # 4. safety: limits first, then forms, sign-in, access
    rate_limits.init_app(app, settings)
    odd_input.init_app(app)
    form_tokens = CSRFProtect(app)
    errors.init_app(app)
    sign_in.init_app(app, settings)
    access.init_app(app)
    sent_once.init_app(app)
    # 5. screens
    app.url_map.strict_slashes = False
    register_screens(app)
    form_tokens.exempt(gateway)  # it comes from no form: its signature is checked instead
    access.refuse_open_endpoints(app)
    # 6. headers, then the end of each request
    headers.init_app(app, settings)
    session.init_app(app)
    return app


def _give_templates(app: Flask) -> None:
    app.jinja_env.globals.update(
        languages=i18n.LANGUAGES,
        may=access.may,
        url_for_page=url_for_page,
        municipality_name=local_municipality,
        local_name=i18n.local_name,
        language_now=i18n.current_language,
    )
    app.jinja_env.filters.update(
        day=i18n.format_day,
        long_day=i18n.format_long_day,
        weekday_day=i18n.format_weekday_day,
        weekday_name=i18n.weekday_name,
        clock=i18n.format_time,
        instant=i18n.format_instant,
        number=i18n.format_number,
        quoted=i18n.quoted,
        language_called=i18n.language_name,
    )

    @app.context_processor
    def _page_values() -> dict[str, Any]:
        if errors.is_failing():
            return {"current_staff": None, "current_centre": None, "navigation": [], "current_language": "fi"}
        staff = current_user if current_user and current_user.is_authenticated else None
        return {
            "current_staff": staff,
            "current_centre": staff.centre if staff else None,
            "navigation": navigation() if staff else [],
            "current_language": i18n.current_language(),
        }
