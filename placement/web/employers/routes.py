"""Employers, as staff see and keep them."""

from flask import Blueprint

bp = Blueprint("employers", __name__, url_prefix="/employers")
