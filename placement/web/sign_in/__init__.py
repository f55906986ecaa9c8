"""Signing in with a password and a second factor: the sign-in library fitted to this service."""

from placement.web.sign_in.lifetime import SESSION_ABSOLUTE
from placement.web.sign_in.security import init_app

__all__ = ["SESSION_ABSOLUTE", "init_app"]
