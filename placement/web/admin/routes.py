"""Sent messages, jobs, staff, the audit log and the rules."""

from flask import Blueprint

bp = Blueprint("admin", __name__, url_prefix="/service")
