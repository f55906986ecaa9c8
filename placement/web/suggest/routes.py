"""The ranked suggestions of one young person and sending them."""

from flask import Blueprint

bp = Blueprint("suggest", __name__, url_prefix="/young-people")
