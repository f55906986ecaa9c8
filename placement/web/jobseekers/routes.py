"""Young people: the list, one person, strengths, wishes and practical frame."""

from flask import Blueprint

bp = Blueprint("jobseekers", __name__, url_prefix="/young-people")
