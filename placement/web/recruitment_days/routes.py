"""Recruitment days, as the coordinator plans them."""

from flask import Blueprint

bp = Blueprint("recruitment_days", __name__, url_prefix="/recruitment-days")
