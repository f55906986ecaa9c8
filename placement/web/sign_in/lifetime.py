"""How long a sign-in lasts: twelve hours at most, half an hour without opening a page.

A form that was left open is still saved within two hours, but saving it does not prolong the sign-in:
nothing that was typed is lost, and the next page asks for the password.
"""

from datetime import timedelta

from flask import Flask, Response, redirect, request
from flask import session as cookie
from flask_login import current_user
from flask_security import logout_user, user_authenticated

from placement.clock import utcnow
from placement.i18n import lazy_gettext as _l
from placement.web.flashes import FlashKind, say
from placement.web.session import SAFE_METHODS

SESSION_ABSOLUTE = timedelta(hours=12)
IDLE = timedelta(minutes=30)
IDLE_WITH_FORM = timedelta(hours=2)
NOTE_EVERY_SECONDS = 60
_BEGAN, _SEEN = "signed_in_at", "seen_at"
ASSETS = frozenset({"static", "bootstrap.static", "security.static"})


def _begin(_app: Flask, **_details: object) -> None:
    now = int(utcnow().timestamp())
    cookie[_BEGAN] = cookie[_SEEN] = now


def _end_old_sign_in() -> None:
    if request.endpoint in ASSETS or not cookie.get("_user_id") or not current_user.is_authenticated:
        return
    now = int(utcnow().timestamp())
    began, seen = cookie.get(_BEGAN, now), cookie.get(_SEEN, now)
    allowed = IDLE if request.method in SAFE_METHODS else IDLE_WITH_FORM
    if now - began > SESSION_ABSOLUTE.total_seconds() or now - seen > allowed.total_seconds():
        logout_user()
        cookie.pop(_BEGAN, None)
        cookie.pop(_SEEN, None)
        if request.endpoint != "security.logout":
            say(_l("You were signed out because nothing happened for a while. Sign in to go on."), FlashKind.INFO)
        return
    if _BEGAN not in cookie:
        cookie[_BEGAN] = now
    if _SEEN not in cookie or (now - seen >= NOTE_EVERY_SECONDS and now - seen <= IDLE.total_seconds()):
        cookie[_SEEN] = now


def _stay_signed_in_on_code_page() -> Response | None:
    # The library signs a worker out who opens this page without having asked for a change.
    if request.endpoint != "security.two_factor_token_validation" or not current_user.is_authenticated:
        return None
    if cookie.get("tf_state") == "validating_profile":
        return None
    return redirect("/today/", code=303)  # type: ignore[return-value]


def _finish(response: Response) -> Response:
    if request.blueprint == "security" and request.method == "POST" and response.status_code == 302:
        response.status_code = 303
    if request.endpoint == "security.logout" and response.status_code < 400:
        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def init_app(app: Flask) -> None:
    """Register the checks and the finish of each request."""
    user_authenticated.connect(_begin, app)
    app.before_request(_end_old_sign_in)
    app.before_request(_stay_signed_in_on_code_page)
    app.after_request(_finish)
