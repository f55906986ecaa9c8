"""Offers, as staff see, check and import them."""

from flask import Blueprint

bp = Blueprint("offers", __name__, url_prefix="/offers")
