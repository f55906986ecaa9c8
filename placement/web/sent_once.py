"""A form sent twice acts once: double taps, the back button, a request repeated by a bad network.

Every form carries a random ``form_key``. The first request that succeeds stores the key and where it
led; a later one with the same key is led to the same place and changes nothing.
"""

import secrets
from typing import cast

from flask import Flask, Response, g, redirect, request
from sqlalchemy import select

from placement.accounts.models import IdempotencyKey
from placement.clock import utcnow
from placement.web.session import before_commit, db_session

LONGEST_KEY = 64


def new_form_key() -> str:
    """Return a fresh key for a form."""
    return secrets.token_urlsafe(16)


def _key() -> str:
    return request.form.get("form_key", "")[:LONGEST_KEY] if request.method == "POST" else ""


def _lead_to_first_answer() -> Response | None:
    key = _key()
    if not key or "_language" in request.form or request.endpoint is None:
        return None
    query = select(IdempotencyKey.location).where(
        IdempotencyKey.key == key, IdempotencyKey.endpoint == request.endpoint
    )
    location = db_session.scalar(query)
    if location is not None:
        return cast("Response", redirect(location, code=303))
    # Set only when the request goes on to its page: one led to signing in has not acted, and may be sent again.
    g.form_acts_now = True
    return None


def _remember(response: Response) -> None:
    key = _key()
    if key and request.endpoint and response.status_code == 303 and g.get("form_acts_now"):
        db_session.add(
            IdempotencyKey(key=key, endpoint=request.endpoint, location=response.location or "/", created_at=utcnow())
        )


def init_app(app: Flask) -> None:
    """Register the check before and the note after each form."""
    app.before_request(_lead_to_first_answer)
    app.extensions.setdefault(before_commit, []).append(_remember)
    app.jinja_env.globals["new_form_key"] = new_form_key
