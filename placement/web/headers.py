"""Security headers of every response, and what browsers may keep."""

from flask import Flask, Response, current_app, request
from flask_talisman import Talisman

from placement.settings import Settings
from placement.web.access import BY_LINK, rule_of

CONTENT_POLICY = {
    "default-src": "'self'",
    "img-src": ["'self'", "data:"],
    "style-src": "'self'",
    "script-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
CACHED = frozenset({"static", "bootstrap.static"})
PAGE_FOR_LOG = "sauma.page"  # in the environment of the request: what the access log tells of the address


def init_app(app: Flask, settings: Settings) -> None:
    """Set the content policy, transport security and the rule that personal pages are never stored."""
    app.after_request(_privacy_headers)  # registered first, so it has the last word
    app.after_request(_name_page_for_log)
    Talisman(
        app,
        force_https=False,  # the reverse proxy redirects; a plain desk machine has no certificate
        strict_transport_security=settings.is_https,
        strict_transport_security_max_age=31536000,
        session_cookie_secure=settings.is_https,
        content_security_policy=CONTENT_POLICY,
        content_security_policy_nonce_in=["script-src"],
        referrer_policy="same-origin",
        permissions_policy={"geolocation": "()", "camera": "()", "microphone": "()", "browsing-topics": "()"},
    )


def _privacy_headers(response: Response) -> Response:
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.endpoint in CACHED:
        return response
    response.headers["Cache-Control"] = "no-store"
    if request.endpoint and rule_of(current_app, request.endpoint) is BY_LINK:
        response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _name_page_for_log(response: Response) -> Response:
    # The pattern, never the address: that may hold the token of a personal link or the name that was searched for.
    request.environ[PAGE_FOR_LOG] = request.url_rule.rule if request.url_rule else "-"
    return response
