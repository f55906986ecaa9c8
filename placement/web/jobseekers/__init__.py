"""Young people: the list, one person, strengths, wishes and practical frame."""

from placement.web.jobseekers import profile, telling
from placement.web.jobseekers.routes import bp

__all__ = ["bp", "profile", "telling"]
