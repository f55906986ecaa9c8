"""What an employer sees through a personal link."""

from flask import Blueprint

bp = Blueprint("employer", __name__, url_prefix="/e")
