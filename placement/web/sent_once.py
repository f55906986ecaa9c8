"""A form sent twice acts once: double taps, the back button, a request repeated by a bad network.

Every form carries a random ``form_key``. The first request that succeeds stores the key and where it
led; a later one with the same key is led to the same place and changes nothing. What is kept tells
nothing: the key is mixed with the page and the person, and the token of a personal link is left out.
"""

import hashlib
import secrets
from typing import cast

from flask import Flask, Response, g, redirect, request
from flask import session as cookie
from sqlalchemy import select

from placement.accounts.models import IdempotencyKey
from placement.clock import utcnow
from placement.web.session import before_commit, db_session

LONGEST_KEY = 64
LONGEST_LOCATION = 400
TOKEN = "{token}"  # noqa: S105 - stands where the token of a personal link was


def new_form_key() -> str:
    """Return a fresh key for a form."""
    return secrets.token_urlsafe(16)


def _key() -> str:
    """Return the key of the form as it is kept: nobody else, and no other page, is led where it led."""
    key = request.form.get("form_key", "")[:LONGEST_KEY] if request.method == "POST" else ""
    if not key:
        return ""
    person = cookie.get("_user_id", "")
    return hashlib.sha256(f"{person}|{request.path}|{key}".encode(errors="replace")).hexdigest()


def _token() -> str:
    return str((request.view_args or {}).get("token", ""))


def _lead_to_first_answer() -> Response | None:
    key = _key()
    if not key or "_language" in request.form or request.endpoint is None:
        return None
    query = select(IdempotencyKey.location).where(
        IdempotencyKey.key == key, IdempotencyKey.endpoint == request.endpoint
    )
    location = db_session.scalar(query)
    if location is not None:
        return cast("Response", redirect(location.replace(TOKEN, _token()), code=303))
    # Set only when the request goes on to its page: one led to signing in has not acted, and may be sent again.
    # The key is kept as it is now: signing in changes the person.
    g.form_acts_now = key
    return None


def _remember(response: Response) -> None:
    key = g.get("form_acts_now")
    if not key or request.endpoint is None or response.status_code != 303:
        return
    location, token = response.location or "/", _token()
    if token:
        location = location.replace(token, TOKEN)
    if len(location) > LONGEST_LOCATION:
        location = "/"
    db_session.add(IdempotencyKey(key=key, endpoint=request.endpoint, location=location, created_at=utcnow()))


def init_app(app: Flask) -> None:
    """Register the check before and the note after each form."""
    app.before_request(_lead_to_first_answer)
    app.extensions.setdefault(before_commit, []).append(_remember)
    app.jinja_env.globals["new_form_key"] = new_form_key
