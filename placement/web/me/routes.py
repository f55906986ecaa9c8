"""What a young person sees through a personal link."""

from flask import Blueprint

bp = Blueprint("me", __name__, url_prefix="/me")
