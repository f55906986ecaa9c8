"""Pages that anybody may open: the front page, how suggestions are made, accessibility, language, health."""

from urllib.parse import urlsplit

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import text

from placement.accounts.queries import all_centres
from placement.audit.queries import find_heartbeat
from placement.clock import utcnow
from placement.web.access import public
from placement.web.language import remember_language
from placement.web.public.weights import weights_page
from placement.web.session import db_session

bp = Blueprint("public", __name__)

OLDEST_HEARTBEAT_SECONDS = 90


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """Lead staff to their work and tell others what this is."""
    if current_user.is_authenticated:
        return redirect(url_for("today.show"), code=303)
    return render_template("public/index.html")


@bp.post("/language")
@public
def set_language() -> ResponseReturnValue:
    """Change the language and return to the page."""
    remember_language(request.form.get("language", ""))
    return redirect(safe_target(request.form.get("next", "")), code=303)


@bp.get("/how-suggestions-are-made")
@public
def how_suggestions_are_made() -> ResponseReturnValue:
    """Tell what the suggestions use, what they never use, and who decides."""
    return render_template("public/how_suggestions_are_made.html", weights=weights_page())


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """Show the accessibility statement."""
    return render_template("public/accessibility.html", centres=all_centres(db_session))


@bp.get("/health")
@public
def health() -> ResponseReturnValue:
    """Answer a proxy: 200 while the database answers and the jobs process is alive, else 503."""
    db_session.execute(text("SELECT 1"))
    beat = find_heartbeat(db_session)
    age = (utcnow() - beat.beat_at).total_seconds() if beat else None
    alive = age is not None and age <= OLDEST_HEARTBEAT_SECONDS
    body = {"database": "ok", "jobs": "ok" if alive else "not running"}
    return jsonify(body), 200 if alive else 503


def safe_target(target: str) -> str:
    """Return the path to go back to; anything that leads off this site leads to the front page."""
    is_path = target.isprintable() and target.startswith("/") and not target.startswith(("//", "/\\"))
    if not is_path or urlsplit(target).netloc:
        return url_for("public.index")
    return target.rstrip("?")
